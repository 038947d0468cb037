"""`assistant notes`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.noun import noun
from assistant.cli.streams import say, sound, write_json, write_line
from assistant.errors import StoreError, TextError

if TYPE_CHECKING:
    from assistant.store.notes import Note, Notes

app = noun(help="See and change the notes.")

Most = Annotated[int, typer.Option("-n", "--most", min=1, help="How many at most.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a note.")]


@app.callback(invoke_without_command=True)
def notes(context: typer.Context) -> None:
    """List the notes, where nothing else is asked for."""
    if context.invoked_subcommand is None:
        list_notes()


@app.command("list")
def list_notes(most: Most = 50, json: Json = False) -> None:
    """List the notes, the newest first."""
    for note in _door().recent(most):
        _write(note, json)


@app.command()
def add(
    text: Annotated[list[str], typer.Argument(help="What to note down.")],
    json: Json = False,
) -> None:
    """Note something down."""
    words = sound(" ".join(text), "the text").strip()
    if not words:
        raise TextError("nothing to note: the text is empty")
    _write(_door().add(words), json)


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help="Words that a note must hold.")],
    most: Most = 50,
    json: Json = False,
) -> None:
    """Find notes by their words, the best first."""
    for note in _door().search(sound(" ".join(words), "the words"), most):
        _write(note, json)


@app.command()
def remove(numbers: Annotated[list[int], typer.Argument(help="Numbers from the list.")]) -> None:
    """Remove notes."""
    door = _door()
    found = []
    for number in numbers:
        note = door.get(number)
        if note is None:
            raise StoreError(f"there is no note {number}; `assistant notes` lists them")
        found.append(note)
    door.remove(numbers)
    for note in found:
        say(f"removed: {note.text}")


def _door() -> Notes:
    from assistant.store.database import open_database
    from assistant.store.notes import Notes

    return Notes(open_database())


def _write(note: Note, json: bool) -> None:
    from assistant.skills.notes import record

    if json:
        write_json(record(note))
    else:
        write_line(f"{note.id:>4}  {note.created[:10]}  {note.text}")
