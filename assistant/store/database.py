"""Opening the history file."""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

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
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        db = Database(sqlite3.connect(path, timeout=_BUSY_SECONDS))
        db.enable_wal()
        db.execute("pragma foreign_keys = on")
        migrations.apply(db)
    except (OSError, sqlite3.Error) as error:
        message = f"{path}: the history cannot be opened: {error}"
        raise StoreError(f"{message}; use --no-log to go on without it") from error
    return db


def now() -> str:
    """Return the time as it is stored: ISO 8601, UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
