"""`assistant reminders`."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.noun import noun
from assistant.cli.streams import say, sound, write_json, write_line
from assistant.errors import StoreError, TextError

if TYPE_CHECKING:
    from assistant.skills.outcome import Outcome
    from assistant.store.reminders import Reminder, Reminders

app = noun(help="See and change the reminders.")

Json = Annotated[bool, typer.Option("--json", help="One JSON object a reminder.")]
Numbers = Annotated[list[int], typer.Argument(help="Numbers from the list.")]


@app.callback(invoke_without_command=True)
def reminders(context: typer.Context) -> None:
    """List the reminders, where nothing else is asked for."""
    if context.invoked_subcommand is None:
        list_reminders()


@app.command("list")
def list_reminders(json: Json = False) -> None:
    """List the reminders to come, the soonest first."""
    _write(_door().open(), json)


@app.command()
def add(
    what: Annotated[str, typer.Argument(help="What to be reminded of.")],
    when: Annotated[str, typer.Argument(help='When, as in "tomorrow at 7" or "every weekday at 8".')],
    json: Json = False,
) -> None:
    """Set a reminder."""
    _told(_perform("reminder.add", what=sound(what, "the text"), when=sound(when, "the time")), json)


@app.command()
def move(
    number: Annotated[int, typer.Argument(help="Number from the list.")],
    when: Annotated[str, typer.Argument(help='When, as in "friday" or "an hour later".')],
    json: Json = False,
) -> None:
    """Move a reminder to another time."""
    _found(_door(), [number])
    _told(_perform("reminder.change", id=str(number), when=sound(when, "the time")), json)


@app.command()
def done(numbers: Numbers) -> None:
    """Close reminders; what comes again is set to its next time."""
    from assistant.replies.acting import local_now
    from assistant.skills.reminders import close

    door = _door()
    for reminder in _found(door, numbers):
        following = close(door, reminder, local_now())
        said = f", again on {_when(following)}" if following else ""
        say(f"done: {reminder.what}{said}")


@app.command()
def remove(numbers: Numbers) -> None:
    """Remove reminders."""
    door = _door()
    found = _found(door, numbers)
    door.remove(numbers)
    for reminder in found:
        say(f"removed: {reminder.what}")


@app.command()
def due(
    watch: Annotated[bool, typer.Option("--watch", help="Go on, with a line at each change.")] = False,
    seconds: Annotated[float, typer.Option(min=0.1, help="How often to look, with --watch.")] = 2.0,
    json: Json = False,
) -> None:
    """Show the reminders whose time has come, until they are done.

    With --watch each line holds all of them, as a status bar shows them; it is empty where there are none.
    """
    from assistant.replies.acting import local_now

    door = _door()
    if not watch:
        _write(door.due(local_now()), json)
        return
    shown: list[Reminder] | None = None
    while True:
        found = door.due(local_now())
        if found != shown:
            if json:
                write_json({"due": [_record(reminder) for reminder in found]})
            else:
                write_line("; ".join(reminder.what for reminder in found))
            shown = found
        time.sleep(seconds)


@app.command()
def export(
    output: Annotated[Path | None, typer.Option("-o", "--output", help="A file; without it, stdout.")] = None,
) -> None:
    """Write the reminders as iCalendar."""
    from assistant.skills.calendar import calendar_of

    text = calendar_of(_door().open())
    if output is None:
        write_line(text.decode().replace("\r\n", "\n").rstrip("\n"))
        return
    try:
        output.write_bytes(text)
    except OSError as error:
        raise TextError(f"{output}: cannot be written: {error.strerror}") from error


def _door() -> Reminders:
    from assistant.store.database import open_database
    from assistant.store.reminders import Reminders

    return Reminders(open_database())


def _found(door: Reminders, numbers: list[int]) -> list[Reminder]:
    reminders = {reminder.id: reminder for reminder in door.open()}
    for number in numbers:
        if number not in reminders:
            raise StoreError(f"there is no reminder {number}; `assistant reminders` lists them")
    return [reminders[number] for number in numbers]


def _perform(name: str, **arguments: str) -> Outcome:
    from assistant.replies.acting import local_now
    from assistant.skills.outcome import Context
    from assistant.skills.registry import perform
    from assistant.store.database import open_database
    from assistant.text.marks import Action

    return perform(Action(name, arguments), Context(local_now(), open_database))


def _told(outcome: Outcome, json: bool) -> None:
    """Print what was done; where the time cannot be read, or more than one is meant, say so and fail."""
    if not outcome.done:
        raise TextError(outcome.text)
    if json:
        write_json(dict(outcome.data))
    else:
        write_line(outcome.text)


def _write(reminders: list[Reminder], json: bool) -> None:
    from assistant.skills.reading.repeats import words_of_rule

    for reminder in reminders:
        if json:
            write_json(_record(reminder))
            continue
        again = f"  ({words_of_rule(reminder.repeat)})" if reminder.repeat else ""
        write_line(f"{reminder.id:>4}  {_when(reminder.due)}  {reminder.what}{again}")


def _when(moment: Any) -> str:
    return f"{moment:%a %d %b %Y %H:%M}"


def _record(reminder: Reminder) -> dict[str, Any]:
    from assistant.skills.reminders import record

    return record(reminder)
