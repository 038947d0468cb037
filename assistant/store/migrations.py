"""The schema, as numbered steps that are never changed once released."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("assistant")


@migrations()
def m001_conversations(db: Database) -> None:
    """Conversations and their messages."""
    db.table("conversations").create(
        {"id": str, "title": str, "mode": str, "created": str, "updated": str},
        pk="id",
        not_null={"title", "mode", "created", "updated"},
    )
    db.table("messages").create(
        {
            "id": int,
            "conversation": str,
            "role": str,
            "text": str,
            "created": str,
            "origin": str,
            "confidence": float,
            "model": str,
            "milliseconds": float,
        },
        pk="id",
        foreign_keys=[("conversation", "conversations", "id")],
        not_null={"conversation", "role", "text", "created"},
    )
    db.table("messages").create_index(["conversation", "id"])
    db.table("conversations").create_index(["updated"])


@migrations()
def m002_translations(db: Database) -> None:
    """What was translated."""
    db.table("translations").create(
        {
            "id": int,
            "source": str,
            "target": str,
            "model": str,
            "confidence": float,
            "created": str,
        },
        pk="id",
        not_null={"source", "target", "created"},
    )
    db.table("translations").create_index(["source"])
