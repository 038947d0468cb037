"""What was translated."""

from __future__ import annotations

from sqlite_utils import Database

from assistant.store.database import now


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
        """
        self._db.table("translations").insert(
            {
                "source": source,
                "target": target,
                "model": model,
                "confidence": confidence,
                "created": now(),
            }
        )
