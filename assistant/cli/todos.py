"""`assistant todos`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.noun import noun
from assistant.cli.streams import say, sound, write_json, write_line
from assistant.errors import StoreError, TextError

if TYPE_CHECKING:
    from assistant.store.todos import Todo, Todos

app = noun(help="See and change the to-do lists.")

List = Annotated[str | None, typer.Option("-l", "--list", help="Name of a list, such as shopping.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object an item.")]
Numbers = Annotated[list[int], typer.Argument(help="Numbers from the list.")]


@app.callback(invoke_without_command=True)
def todos(context: typer.Context) -> None:
    """List what is to do, where nothing else is asked for."""
    if context.invoked_subcommand is None:
        list_todos()


@app.command("list")
def list_todos(
    name: List = None,
    done: Annotated[bool, typer.Option("--done", help="What is done, instead.")] = False,
    json: Json = False,
) -> None:
    """List what is to do, list by list."""
    from assistant.skills.todos import list_named

    for todo in _door().open(list_named(name) if name else None, done=done):
        _write(todo, json)


@app.command()
def add(
    item: Annotated[list[str], typer.Argument(help="What is to do.")],
    name: List = None,
    json: Json = False,
) -> None:
    """Put an item on a list."""
    from assistant.skills.todos import list_named

    words = sound(" ".join(item), "the text").strip()
    if not words:
        raise TextError("nothing to add: the text is empty")
    _write(_door().add(words, list_named(sound(name, "the list") if name else None)), json)


@app.command()
def done(numbers: Numbers) -> None:
    """Tick items off."""
    door = _door()
    for todo in _found(door, numbers):
        door.tick(todo.id)
        say(f"done: {todo.item}")


@app.command()
def remove(numbers: Numbers) -> None:
    """Take items off their lists."""
    door = _door()
    found = _found(door, numbers)
    door.remove(numbers)
    for todo in found:
        say(f"removed: {todo.item}")


def _door() -> Todos:
    from assistant.store.database import open_database
    from assistant.store.todos import Todos

    return Todos(open_database())


def _found(door: Todos, numbers: list[int]) -> list[Todo]:
    todos = {todo.id: todo for todo in (*door.open(), *door.open(done=True))}
    for number in numbers:
        if number not in todos:
            raise StoreError(f"there is no item {number}; `assistant todos` lists them")
    return [todos[number] for number in numbers]


def _write(todo: Todo, json: bool) -> None:
    from assistant.skills.todos import record

    if json:
        write_json(record(todo))
    else:
        write_line(f"{todo.id:>4}  {todo.list:<12}  {todo.item}")
