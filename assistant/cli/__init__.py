"""The front desk: one short module a noun, and imports inside the commands.

Every command parses, imports, calls one function and prints. Results go to stdout, all else to
stderr. Mistakes of the person's are caught here, once.
"""

from __future__ import annotations

import atexit
import gc
import io
import os
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from assistant import __version__
from assistant.cli.streams import say
from assistant.errors import AssistantError

_NOUNS = (
    *("train", "chat", "ask", "translate", "evaluate", "teach", "history", "models", "data"),
    *("reminders", "todos", "notes"),
)


class _Commands(Mapping[str, Any]):
    """The commands by name. A module is imported when its command is asked for: all of them take 60 ms."""

    def __getitem__(self, name: str) -> Any:
        return _command(name)

    def __iter__(self) -> Iterator[str]:
        return iter(_NOUNS)

    def __len__(self) -> int:
        return len(_NOUNS)


@cache
def _command(name: str) -> Any:
    if name not in _NOUNS:
        raise KeyError(name)
    return get_command(import_module(f"assistant.cli.{name}").app)


class _Program(TyperGroup):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"commands": _Commands()})


app = typer.Typer(
    name="assistant",
    cls=_Program,
    help="A private assistant for the terminal that you train, talk to and keep.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"assistant {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(
        False, "--version", callback=_show_version, is_eager=True, help="Show the version and exit."
    ),
) -> None:
    pass


def main() -> None:
    """Run the program and end it with its exit code."""
    # All memory is given back at the end: to look for cycles in it first takes 50 ms.
    atexit.register(gc.freeze)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except AssistantError as error:
        say(f"assistant: {error}")
        _drop_output()
        sys.exit(error.exit_code)
    except BrokenPipeError:
        _drop_output()
        sys.exit(1)
    except _database_error() as error:  # looked up only now, when something went wrong
        from assistant.store.database import reason

        say(f"assistant: the history cannot be read: {reason(error)}")
        _drop_output()
        sys.exit(1)


def _database_error() -> type[Exception]:
    from sqlite3 import Error

    return Error


def _drop_output() -> None:
    """Let go of what a full disk or a closed pipe did not take, lest the exit complain of it."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
