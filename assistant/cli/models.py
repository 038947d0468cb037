"""`assistant models`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.noun import noun
from assistant.cli.streams import say, write_json, write_line
from assistant.errors import CheckpointError, TextError
from assistant.settings import Task

if TYPE_CHECKING:
    from assistant.checkpoint import Checkpoint
    from assistant.evaluation.metrics import Course
    from assistant.evaluation.page import Looked

_PICTURES = 4
_PROMPTS: dict[Task, list[str]] = {
    "chat": ["hi, how are you?", "what can you do?"],
    "translate": ["¿Dónde está la biblioteca?", "No tengo tiempo para leer hoy."],
}

app = noun(help="See the checkpoints.", no_args_is_help=True)


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
    html: Annotated[
        Path | None, typer.Option(help="Write a page with curves, samples and attention here.")
    ] = None,
) -> None:
    """Show a checkpoint's card, and the curves of the run that made it."""
    from assistant.checkpoint import named_checkpoint
    from assistant.evaluation.metrics import read_course

    checkpoint = named_checkpoint(name)
    if json:
        write_json(
            {**_record(checkpoint), "settings": checkpoint.settings.to_dict(), "scores": checkpoint.scores}
        )
        return
    course = read_course(checkpoint.path, checkpoint.scores)
    if html:
        _write_page(checkpoint, course, html)
        return
    write_line(checkpoint.card)
    _draw(course)


@app.command()
def path(name: Annotated[str, typer.Argument(help="Name of a checkpoint.")]) -> None:
    """Print a checkpoint's folder."""
    from assistant.checkpoint import named_checkpoint

    write_line(str(named_checkpoint(name).path))


def _draw(course: Course) -> None:
    from assistant.evaluation.plot import draw

    for curve in course.curves:
        write_line(f"\n{curve.name}, by step")
        for line in draw(curve.points):
            write_line(line)
    for warning in course.warnings:
        write_line(f"Warning: {warning}")


def _write_page(checkpoint: Checkpoint, course: Course, path: Path) -> None:
    from assistant.evaluation.page import write_page

    page = write_page(checkpoint.name, checkpoint.card, course, _attention(checkpoint, course))
    try:
        path.write_text(page, "utf-8")
    except OSError as error:
        raise TextError(f"{path}: cannot be written: {error.strerror}") from error
    write_line(str(path))


def _attention(checkpoint: Checkpoint, course: Course) -> list[Looked]:
    """Return what the network looks at while it answers the last samples, or else ours."""
    from assistant.cli.measure import answer_to
    from assistant.evaluation.page import Looked
    from assistant.inference.forced import force
    from assistant.inference.runtime import OnnxNetwork
    from assistant.text.pieces import END

    sampled = [source for source, _, _ in course.samples[-1][1]] if course.samples else []
    network, pieces = OnnxNetwork(checkpoint.path), checkpoint.pieces
    pictures = []
    for text in (sampled or _PROMPTS[checkpoint.settings.task])[:_PICTURES]:
        source, target = (pieces.encode(side) for side in answer_to(checkpoint, text))
        weights = force(network, source, target).attention.tolist()
        pictures.append(Looked(pieces.surfaces(source), pieces.surfaces([*target, END]), weights))
    return pictures


def _record(checkpoint: Checkpoint) -> dict[str, Any]:
    return {
        "name": checkpoint.name,
        "task": checkpoint.settings.task,
        "preset": checkpoint.settings.preset,
        "megabytes": round(checkpoint.bytes / 1e6, 1),
        "made": checkpoint.made,
        "path": str(checkpoint.path),
    }
