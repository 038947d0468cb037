from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from sqlite_utils import Database

from assistant.store import conversations, translations
from assistant.store.conversations import Conversations
from assistant.store.database import open_database


@pytest.fixture(autouse=True)
def ticking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a second pass with each look at the clock, so that order never hangs on speed."""
    seconds = count()
    start = datetime(2026, 1, 1, tzinfo=UTC)

    def now() -> str:
        return (start + timedelta(seconds=next(seconds))).isoformat(timespec="milliseconds")

    monkeypatch.setattr(conversations, "now", now)
    monkeypatch.setattr(translations, "now", now)


@pytest.fixture
def db() -> Iterator[Database]:
    db = open_database()
    yield db
    db.close()


@pytest.fixture
def talks(db: Database) -> Conversations:
    return Conversations(db)
