"""`assistant data`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.noun import noun
from assistant.cli.streams import say, write_json, write_line
from assistant.errors import FetchError
from assistant.settings import Task, settings_for

if TYPE_CHECKING:
    from assistant.corpora.catalogue import Entry

_SECONDS_A_LINE = 10.0

app = noun(help="Get public corpora to train on.", no_args_is_help=True)


@app.command("list")
def list_corpora(
    json: Annotated[bool, typer.Option("--json", help="One JSON object a corpus.")] = False,
) -> None:
    """List the corpora that can be had; * marks what is here."""
    from assistant.corpora.catalogue import catalogue

    for entry in catalogue().values():
        if json:
            write_json(_record(entry))
        else:
            mark = "*" if entry.fetched else " "
            size = f"{entry.megabytes:,.0f} MB" if entry.megabytes >= 1 else "< 1 MB"
            line = f"{mark} {entry.name:<23} {entry.task:<10} {size:>8}  {_short(entry.licence):<16}"
            write_line(f"{line} {entry.title}")


@app.command()
def fetch(
    names: Annotated[list[str], typer.Argument(help="Names of corpora; see `assistant data list`.")],
    non_commercial: Annotated[
        bool, typer.Option("--non-commercial", help="I use it for no commercial purpose.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Fetch anew what is here.")] = False,
) -> None:
    """Download corpora, and make them ready to train on by their names."""
    from assistant.corpora.catalogue import find_entry
    from assistant.corpora.fetch import fetch as run

    # All are looked up and agreed to before the first byte comes.
    entries = [find_entry(name) for name in names]
    for entry in entries:
        if entry.terms != "open" and not non_commercial:
            _ask_word(entry)
    for entry in entries:
        with _showing_progress() as progress:
            counts = run(entry, force, progress)
        parts = ", ".join(f"{count:,} {part}" for part, count in sorted(counts.items()))
        say(f"{entry.name}: {parts}. Licence: {entry.licence}.")
        write_line(str(entry.folder))


@app.command()
def stats(
    corpus: Annotated[Path, typer.Argument(help="A name of the catalogue, a file or a folder.")],
    task: Annotated[Task | None, typer.Option(help="What it teaches; a fetched corpus knows.")] = None,
    json: Annotated[bool, typer.Option("--json", help="The counts as a JSON object.")] = False,
) -> None:
    """Count what a corpus holds, and what training would leave out of it."""
    from assistant.corpora.catalogue import SHIPPED, catalogue, corpus_path
    from assistant.corpora.statistics import corpus_statistics

    name = str(corpus).partition(":")[0]
    known = SHIPPED.get(name) or (catalogue()[name].task if name in catalogue() else "chat")
    counted = corpus_statistics(corpus_path(corpus), settings_for(task or known, "base"))
    if json:
        write_json(counted)
        return
    for key, value in counted.items():
        if isinstance(value, dict):
            write_line(f"{key.replace('_', ' ')}:")
            for inner, count in value.items():
                write_line(f"  {count:>9,}  {inner}")
        else:
            write_line(f"{key.replace('_', ' '):<16} {value:>10,}")


@app.command()
def card(name: Annotated[str, typer.Argument(help="Name of a corpus.")]) -> None:
    """Show a corpus's card: home, licence, size, and what was fetched."""
    from assistant import locations
    from assistant.corpora.catalogue import SHIPPED, find_entry
    from assistant.corpora.fetch import CARD, card_head

    if name in SHIPPED:
        write_line((locations.written_corpus(name).parent / "README.md").read_text("utf-8"))
        return
    entry = find_entry(name)
    made = entry.folder / CARD
    if made.is_file():
        write_line(made.read_text("utf-8"))
        return
    for line in [*card_head(entry), "", "Files:", ""]:
        write_line(line)
    for file in entry.files:
        write_line(f"* {file.address}{f' (SHA-256 {file.sha256})' if file.sha256 else ''}")
    write_line(f"\nNot here yet; get it with `assistant data fetch {name}`.")


def _ask_word(entry: Entry) -> None:
    """Ask for the person's word that they may use a corpus, or raise FetchError."""
    from assistant.corpora.fetch import TERMS

    say(f"{entry.name}: {entry.licence} ({entry.home})")
    say(f"Terms: {TERMS[entry.terms]}.")
    if not sys.stdin or not sys.stdin.isatty():
        message = f"{entry.name} was not fetched: it wants your word that your use is not commercial"
        raise FetchError(f"{message}; give it with --non-commercial")
    if not typer.confirm("Do you promise to use it for no commercial purpose?", err=True):
        raise FetchError(f"{entry.name} was not fetched")


@contextmanager
def _showing_progress() -> Iterator[Callable[[str, int, int | None], None]]:
    """Show a live bar a file on a terminal, and a line now and then elsewhere, on stderr."""
    from rich.console import Console

    console = Console(stderr=True, highlight=False)
    if not console.is_terminal:
        yield _lines()
        return
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"), BarColumn(bar_width=24), DownloadColumn(), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console) as bars:
        tasks: dict[str, Any] = {}

        def show(what: str, done: int, total: int | None) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=None)
            bars.update(tasks[what], completed=done, total=total)

        yield show


def _lines() -> Callable[[str, int, int | None], None]:
    due: dict[str, float] = {}

    def show(what: str, done: int, total: int | None) -> None:
        now = time.monotonic()
        if now >= due.get(what, 0.0) or done == total:
            due[what] = now + _SECONDS_A_LINE
            say(f"{what}: {done:,}{f' of {total:,}' if total else ''}")

    return show


def _short(licence: str) -> str:
    return licence.partition(",")[0].partition(";")[0].partition(" (")[0]


def _record(entry: Entry) -> dict[str, Any]:
    return {
        "name": entry.name,
        "title": entry.title,
        "task": entry.task,
        "home": entry.home,
        "licence": entry.licence,
        "terms": entry.terms,
        "megabytes": entry.megabytes,
        "files": [{"address": file.address, "sha256": file.sha256} for file in entry.files],
        "fetched": entry.fetched,
        "path": str(entry.folder),
    }
