"""`assistant teach`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from assistant.cli.noun import noun
from assistant.cli.streams import say, sound, write_json, write_line

if TYPE_CHECKING:
    from assistant.store.taught import TaughtPairs


class _Group(TyperGroup):
    """Takes what is no command for a prompt and its reply."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        known = args and args[0] in self.commands
        return super().resolve_command(ctx, args if known else ["pair", *args])


app = noun(
    cls=_Group,
    help="Teach replies: `assistant teach PROMPT REPLY`.",
    subcommand_metavar="PROMPT REPLY | COMMAND",
    no_args_is_help=True,
)
_JSON = Annotated[bool, typer.Option("--json", help="One JSON object a pair.")]


def _complete(incomplete: str) -> Iterator[tuple[str, str]]:
    from assistant import locations

    if locations.history_file().exists():
        pairs = ((str(pair.id), pair.prompt) for pair in _pairs().all())
        yield from (pair for pair in pairs if pair[0].startswith(incomplete))


def _pairs() -> TaughtPairs:
    from assistant.store.database import open_database
    from assistant.store.taught import TaughtPairs

    return TaughtPairs(open_database())


@app.command(hidden=True)
def pair(
    prompt: Annotated[str, typer.Argument(help="What will be said.")],
    reply: Annotated[str, typer.Argument(help="What to answer.")],
) -> None:
    """Keep the reply to a prompt, in place of the one taught before."""
    taught = _pairs().teach(sound(prompt, "the prompt"), sound(reply, "the reply"))
    say(f"taught, as number {taught.id}")


@app.command("list")
def list_pairs(json: _JSON = False) -> None:
    """List what was taught: number, prompt, reply."""
    pairs = _pairs().all()
    for taught in pairs:
        if json:
            write_json(asdict(taught))
        else:
            write_line(
                f"{taught.id:>4}  {' '.join(taught.prompt.split())}  ->  {' '.join(taught.reply.split())}"
            )
    if not pairs:
        say("nothing is taught yet")


@app.command()
def forget(
    number: Annotated[int, typer.Argument(metavar="ID", help="Its number.", autocompletion=_complete)],
) -> None:
    """Forget a pair for good."""
    _pairs().forget(number)
