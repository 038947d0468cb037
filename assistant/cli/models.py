"""`assistant models`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.streams import say, write_json, write_line
from assistant.errors import CheckpointError

if TYPE_CHECKING:
    from assistant.checkpoint import Checkpoint

app = typer.Typer(help="See the checkpoints.", no_args_is_help=True, rich_markup_mode=None)


@app.command("list")
def list_models(
    json: Annotated[bool, typer.Option("--json", help="One JSON object a checkpoint.")] = False,
) -> None:
    """List the checkpoints, your own first."""
    from assistant.checkpoint import checkpoint_folders, read_checkpoint

    for folder in checkpoint_folders():
        try:
            record = _record(read_checkpoint(folder))
        except CheckpointError as error:
            say(f"assistant: {error}")
            continue
        if json:
            write_json(record)
        else:
            write_line(
                f"{record['name']:<16} {record['task']:<10} {record['preset']:<6} "
                f"{record['megabytes']:5.1f} MB  {record['made'][:10]}  {record['path']}"
            )


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="Name or folder of a checkpoint.")],
    json: Annotated[bool, typer.Option("--json", help="Settings and scores as JSON.")] = False,
) -> None:
    """Show a checkpoint's card."""
    from assistant.checkpoint import named_checkpoint

    checkpoint = named_checkpoint(name)
    if json:
        write_json(
            {**_record(checkpoint), "settings": checkpoint.settings.to_dict(), "scores": checkpoint.scores}
        )
    else:
        write_line(checkpoint.card)


@app.command()
def path(name: Annotated[str, typer.Argument(help="Name of a checkpoint.")]) -> None:
    """Print a checkpoint's folder."""
    from assistant.checkpoint import named_checkpoint

    write_line(str(named_checkpoint(name).path))


def _record(checkpoint: Checkpoint) -> dict[str, Any]:
    return {
        "name": checkpoint.name,
        "task": checkpoint.settings.task,
        "preset": checkpoint.settings.preset,
        "megabytes": round(checkpoint.bytes / 1e6, 1),
        "made": checkpoint.made,
        "path": str(checkpoint.path),
    }
