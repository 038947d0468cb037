"""The catalogue: public corpora to train on, each with its home, its licence and its reader.

The rows are in `catalogue.toml`. A name of the catalogue may stand wherever a data path may:
`corpus_path` is the one place where it becomes a path.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from assistant import locations
from assistant.errors import CorpusError
from assistant.settings import Task

Terms = Literal["open", "non-commercial", "unstated"]

# Written with the program; they need no fetching.
SHIPPED: dict[str, Task] = {"dialogues": "chat", "actions": "chat", "spanish-english": "translate"}


@dataclass(frozen=True)
class Remote:
    """A file to download.

    Attributes:
        address: Where it is.
        name: What it is called here; one may be named after another of the same archive's name.
        sha256: Its checksum, where somebody published one; else None.
    """

    address: str
    name: str
    sha256: str | None = None


@dataclass(frozen=True)
class Entry:
    """A corpus of the catalogue.

    Attributes:
        name: What it is called on the command line.
        title: What it is, in a few words.
        task: What it teaches.
        home: The page of its makers.
        licence: Its licence, or what is known of it.
        terms: What the licence comes to: `open`, `non-commercial`, or `unstated`.
        megabytes: About how much is downloaded, in 10^6 bytes.
        reader: The reader of its native format, a name of `native.READERS`.
        files: What to download.
        keep: Patterns of the files to take out of archives; none takes all.
        leave_out: A pattern; what matches it is not taken over.
        options: What the reader needs to know besides.
    """

    name: str
    title: str
    task: Task
    home: str
    licence: str
    terms: Terms
    megabytes: float
    reader: str
    files: tuple[Remote, ...]
    keep: tuple[str, ...] = ()
    leave_out: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """Where it is once it is fetched."""
        return locations.fetched_corpora() / self.name

    @property
    def fetched(self) -> bool:
        """Whether it has been fetched."""
        return self.folder.is_dir()


@cache
def catalogue() -> dict[str, Entry]:
    """Return all entries by name, in the order of the file."""
    rows = tomllib.loads(Path(__file__).with_name("catalogue.toml").read_text("utf-8"))
    return {name: _entry(name, row) for name, row in rows.items()}


def find_entry(name: str) -> Entry:
    """Return the entry of a name.

    Args:
        name: As it stands in the catalogue.

    Raises:
        CorpusError: There is none; the message names the nearest.
    """
    try:
        return catalogue()[name]
    except KeyError:
        near = difflib.get_close_matches(name, catalogue(), 1)
        hint = f"did you mean {near[0]}? See" if near else "see"
        message = f"there is no corpus {name} in the catalogue; {hint} `assistant data list`"
        raise CorpusError(message) from None


def corpus_path(given: Path) -> Path:
    """Turn what was given as data into a path: a file, a folder, or a name of the catalogue.

    Args:
        given: A path comes before a name. A name may have a part behind a colon, as in
            `massive-commands:test`; without one it stands for all that is meant to be learnt from.

    Raises:
        CorpusError: Nothing of the kind is there, or the corpus has not been fetched.
    """
    if given.exists():
        return given
    name, _, part = str(given).partition(":")
    if name in SHIPPED and not part:
        return locations.written_corpus(name)
    if name not in catalogue():
        message = "there is no such file or folder, nor a corpus of this name in `assistant data list`"
        raise CorpusError(message, given)
    entry = find_entry(name)
    if not entry.fetched:
        raise CorpusError(f"the corpus {name} is not here yet; get it with `assistant data fetch {name}`")
    return _part(entry, part) if part else entry.folder / "train"


def _part(entry: Entry, part: str) -> Path:
    files = {_part_of(file): file for file in sorted(entry.folder.glob("*/*.jsonl.gz"))}
    if part not in files:
        raise CorpusError(f"the corpus {entry.name} has no part {part}: it has {', '.join(files)}")
    return files[part]


def _part_of(file: Path) -> str:
    # Where the name of a file matters, its makers' name stands in front: for the mapping of commands,
    # and for the replies that are lent.
    return file.name.partition(".")[0].rpartition("-")[2]


def _entry(name: str, row: dict[str, Any]) -> Entry:
    base = row.pop("base", "")
    files = tuple(_remote(base, file) for file in row.pop("files"))
    for key in ("keep",):
        row[key] = tuple(row.get(key, ()))
    return Entry(name=name, files=files, **row)


def _remote(base: str, file: str | dict[str, str]) -> Remote:
    record = {"address": file} if isinstance(file, str) else file
    address = base + record["address"]
    return Remote(address, record.get("name", address.rpartition("/")[2]), record.get("sha256"))
