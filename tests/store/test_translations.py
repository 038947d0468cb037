from __future__ import annotations

import pytest
from sqlite_utils import Database

from assistant.errors import StoreError
from assistant.store.database import open_database
from assistant.store.translations import Translations


def test_a_translation_is_kept_and_seen_at_once_by_others(db: Database) -> None:
    other = open_database()
    Translations(db).add("hola", "hi", "es-en", 0.9)
    Translations(db).add("hola", "hello", "es-en", 0.4)
    assert list(other.table("translations").rows) == [
        {
            "id": 1, "source": "hola", "target": "hi", "model": "es-en", "confidence": 0.9,
            "created": "2026-01-01T00:00:00.000+00:00",
        },
        {
            "id": 2, "source": "hola", "target": "hello", "model": "es-en", "confidence": 0.4,
            "created": "2026-01-01T00:00:01.000+00:00",
        },
    ]  # fmt: skip


def test_a_history_that_cannot_be_written_is_told_as_such(db: Database) -> None:
    db.execute("pragma query_only = on")
    with pytest.raises(StoreError):
        Translations(db).add("hola", "hi", "es-en", 0.9)
