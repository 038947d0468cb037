"""What was translated."""

from __future__ import annotations

from sqlite_utils import Database

from assistant.store.database import now, writing


class Translations:
    """The door to all translations.

    Args:
        db: An open history file; each call commits.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, source: str, target: str, model: str, confidence: float) -> None:
        """Write a translation and commit it.

        Args:
            source: The Spanish.
            target: The English.
            model: Name of the checkpoint.
            confidence: From 0 to 1.

        Raises:
            StoreError: The history cannot be written.
        """
        row = {
            "source": source,
            "target": target,
            "model": model,
            "confidence": confidence,
            "created": now(),
        }
        with writing(self._db):
            self._db.table("translations").insert(row)
