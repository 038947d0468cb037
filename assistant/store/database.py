"""Opening the history file."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkstemp

from sqlite_utils import Database

from assistant import locations
from assistant.errors import StoreError
from assistant.store.migrations import migrations

_BUSY_SECONDS = 10.0


def open_database(path: Path | None = None) -> Database:
    """Open the history file, made and brought up to date where needed.

    A connection belongs to the thread that opened it; another thread opens its own.

    Args:
        path: The file; None takes the owner's. It is made 0600, its folder 0700.

    Raises:
        StoreError: The file cannot be opened, or is no database.
    """
    path = path or locations.history_file()
    try:
        locations.private_folder(path.parent)
        if not path.exists():
            _make(path)
        db = Database(sqlite3.connect(path, timeout=_BUSY_SECONDS))
        db.execute("pragma foreign_keys = on")
        if migrations.pending(db):
            db.execute("begin immediate")
            migrations.apply(db)
            db.conn.commit()
    except (OSError, sqlite3.Error) as error:
        message = f"{path}: the history cannot be opened: {error}"
        raise StoreError(f"{message}; use --no-log to go on without it") from error
    return db


@contextmanager
def writing(db: Database) -> Iterator[None]:
    """Make the writes of a block one transaction, committed at its end.

    The write lock is taken at the start, since a reader that turns writer cannot wait for it.

    Args:
        db: An open history file.

    Raises:
        StoreError: The history cannot be written; nothing of the block was.
    """
    try:
        db.execute("begin immediate")
        try:
            yield
        except BaseException:
            db.conn.rollback()
            raise
        db.conn.commit()
    except sqlite3.Error as error:
        raise StoreError(f"the history cannot be written: {error}") from error


def now() -> str:
    """Return the time as it is stored: ISO 8601, UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _make(path: Path) -> None:
    """Make a blank history, whole before it has its name: two at once cannot switch WAL on."""
    handle, name = mkstemp(dir=path.parent, prefix=f".{path.name}.")  # 0600
    os.close(handle)
    try:
        blank = Database(sqlite3.connect(name))
        blank.enable_wal()
        blank.close()
        _name(Path(name), path)
    finally:
        Path(name).unlink(missing_ok=True)


def _name(made: Path, path: Path) -> None:
    with suppress(FileExistsError):  # another program was quicker
        try:
            os.link(made, path)
        except PermissionError:  # a file system without links
            if not path.exists():
                made.rename(path)
