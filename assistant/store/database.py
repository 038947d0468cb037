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
_WORDS = ("messages", "translations", "taught", "notes")
"""The tables whose words are indexed."""


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
        db = _database(sqlite3.connect(path, timeout=_BUSY_SECONDS))
        try:
            _prepare(db)
        except BaseException:
            db.close()
            raise
    except (OSError, sqlite3.Error, StoreError) as error:
        message = f"{path}: the history cannot be opened: {reason(error)}"
        raise StoreError(f"{message}; ask, chat and translate go on without it with --no-log") from error
    return db


def _database(connection: sqlite3.Connection) -> Database:
    # Whatever plugins sqlite-utils has elsewhere, none has business here, and looking for them takes 11 ms.
    return Database(connection, execute_plugins=False)


def _prepare(db: Database) -> None:
    db.execute("pragma foreign_keys = on")
    db.execute("pragma secure_delete = on")
    _refuse_newer(db)
    if migrations.pending(db):
        db.execute("begin immediate")
        migrations.apply(db)
        db.conn.commit()


def _refuse_newer(db: Database) -> None:
    ours = {migration.name for migration in migrations.pending(_database(sqlite3.connect(":memory:")))}
    unknown = [step.name for step in migrations.applied(db) if step.name not in ours]
    if unknown:
        raise StoreError(f"a newer version of assistant made it ({unknown[-1]}); update assistant")


@contextmanager
def reading(db: Database) -> Iterator[None]:
    """See one and the same moment of the history throughout a block, whatever others write meanwhile.

    Args:
        db: An open history file, with nothing under way.
    """
    db.execute("begin")
    try:
        yield
    finally:
        db.conn.rollback()


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
        raise StoreError(f"the history cannot be written: {reason(error)}") from error


def wipe(db: Database) -> None:
    """Take the traces of deleted words out of the file and what lies beside it.

    Args:
        db: An open history file, with nothing under way.

    Raises:
        StoreError: Traces remain, for instance because another program is reading.
    """
    try:
        for table in _WORDS:  # deleted words stay in the segments of an index until these are merged
            db.execute(f"insert into {table}_fts({table}_fts) values ('optimize')")
        db.conn.commit()
        db.execute("vacuum")
        busy = db.execute("pragma wal_checkpoint(truncate)").fetchone()[0]
    except sqlite3.Error as error:
        raise StoreError(f"it is deleted, but traces remain in the file: {reason(error)}") from error
    if busy:
        raise StoreError("it is deleted, but traces remain in the file until the programs that read it end")


def back_up(db: Database, path: Path) -> None:
    """Copy the history as it is now into another file, which a program may be put to use at once.

    Args:
        db: An open history file.
        path: The copy, made 0600; nothing may be there yet.

    Raises:
        StoreError: The copy cannot be written, or something is there.
    """
    try:
        if path.exists():
            raise FileExistsError("something is there already")
        handle, name = mkstemp(dir=path.parent, prefix=f".{path.name}.")  # 0600
        os.close(handle)
        try:
            db.execute("vacuum into ?", [name])
            copy = _database(sqlite3.connect(name))
            copy.enable_wal()
            copy.close()
            _name(Path(name), path)
        finally:
            Path(name).unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{path}: the copy cannot be written: {reason(error)}") from error


_REASONS = {
    "SQLITE_BUSY": "another program has locked it; try again when that has ended",
    "SQLITE_FULL": "the disk is full; make room and try again",
    "SQLITE_IOERR_SHMSIZE": "the disk is full; make room and try again",
    "SQLITE_IOERR": "the disk cannot be read or written",
    "SQLITE_READONLY": "it, or its folder, is read-only",
    "SQLITE_CANTOPEN": "it, or its folder, cannot be read and written",
    "SQLITE_NOTADB": "it is no SQLite database; move it away",
    "SQLITE_CORRUPT": "it is damaged; put a backup in its place",
}


def reason(error: Exception) -> str:
    """Return what went wrong with the file, and what to do.

    Args:
        error: What was raised.
    """
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    name = getattr(error, "sqlite_errorname", "")
    for code, words in _REASONS.items():
        if name.startswith(code):
            return f"{words} ({error})"
    return str(error)


def now() -> str:
    """Return the time as it is stored: ISO 8601, UTC, to the millisecond."""
    return stored(datetime.now(UTC))


def stored(moment: datetime) -> str:
    """Return a moment as it is stored, so that the order of the strings is that of time.

    Args:
        moment: With a time zone.
    """
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def _make(path: Path) -> None:
    """Make a blank history, whole before it has its name: two at once cannot switch WAL on."""
    handle, name = mkstemp(dir=path.parent, prefix=f".{path.name}.")  # 0600
    os.close(handle)
    try:
        blank = _database(sqlite3.connect(name))
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
