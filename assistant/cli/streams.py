"""Reading what is piped in, and writing what comes out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import typer

from assistant.errors import TextError


def text_lines(stream: IO[bytes], name: str) -> Iterator[str]:
    """Yield the lines of a stream as they come, without their ends.

    Args:
        stream: Bytes, UTF-8.
        name: What to call it in an error.

    Raises:
        TextError: A line is not UTF-8.
    """
    for number, raw in enumerate(stream, start=1):
        try:
            yield raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            message = f"{name}:{number}: byte {error.start + 1} is not UTF-8; convert the text to UTF-8"
            raise TextError(message) from None


@contextmanager
def input_lines(path: Path | None) -> Iterator[Iterator[str]]:
    """Open a file, or stdin, for reading line by line.

    Args:
        path: None or `-` is stdin.

    Raises:
        TextError: The file cannot be opened or read.
    """
    if path is None or str(path) == "-":
        yield text_lines(sys.stdin.buffer, "stdin")
        return
    try:
        with path.open("rb") as stream:
            yield text_lines(stream, str(path))
    except OSError as error:
        raise TextError(f"{path}: cannot be read: {error.strerror}") from error


def piped() -> bool:
    """Say whether something is piped in."""
    return not sys.stdin.isatty()


def print_line(text: str) -> None:
    """Print one line to stdout at once."""
    typer.echo(text)
    sys.stdout.flush()


def print_json(value: dict[str, Any]) -> None:
    """Print one object on one line of stdout at once."""
    print_line(json.dumps(value, ensure_ascii=False))


def say(text: str) -> None:
    """Print one line to stderr."""
    typer.echo(text, err=True)


def sound(text: str, where: str) -> str:
    """Return a text if it can be written as UTF-8.

    Args:
        text: An argument or a JSON string, which may hold half of a character.
        where: What to call it in an error.

    Raises:
        TextError: It cannot.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        message = f"{where}: character {error.start + 1} is not Unicode text; give UTF-8"
        raise TextError(message) from None
    return text
