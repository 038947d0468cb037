"""Conversations and their messages."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import Any, Literal

from sqlite_utils import Database

from assistant.errors import StoreError
from assistant.store.database import now, open_database, writing

Role = Literal["user", "assistant"]
_LONGEST_TITLE = 60
_last_moment = 0


@dataclass(frozen=True)
class Conversation:
    """A talk; `created` and `updated` are ISO 8601, UTC."""

    id: str
    title: str
    mode: str
    created: str
    updated: str
    messages: int


@dataclass(frozen=True)
class Message:
    """One turn of a talk; the last four are the assistant's alone."""

    id: int
    role: Role
    text: str
    created: str
    origin: str | None = None
    confidence: float | None = None
    model: str | None = None
    milliseconds: float | None = None


class Conversations:
    """The door to all conversations.

    Args:
        db: An open history file; each call commits.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    def start(self, mode: str = "chat") -> str:
        """Begin a conversation.

        Args:
            mode: `chat` or `translate`.

        Returns:
            Its id; later ids sort behind earlier ones.

        Raises:
            StoreError: The history cannot be written.
        """
        moment = now()
        row = {"id": new_id(), "title": "", "mode": mode, "created": moment, "updated": moment}
        with writing(self._db):
            self._db.table("conversations").insert(row)
        return str(row["id"])

    def add(self, conversation: str, role: Role, text: str, **details: Any) -> Message:
        """Write a message and commit it.

        Args:
            conversation: An id.
            role: Who said it.
            text: The words.
            details: Any of origin, confidence, model and milliseconds.

        Returns:
            The message as it was stored. The first one gives the conversation its title.

        Raises:
            StoreError: The history cannot be written.
        """
        moment = now()
        row = {"conversation": conversation, "role": role, "text": text, "created": moment, **details}
        with writing(self._db):
            message_id = self._db.table("messages").insert(row).last_rowid or 0
            self._db.execute(
                "update conversations set updated = ?, title = case title when '' then ? else title end"
                " where id = ?",
                [moment, title_of(text), conversation],
            )
        return Message(message_id, role, text, moment, **details)

    def messages(self, conversation: str) -> list[Message]:
        """Return the messages of a conversation, oldest first."""
        rows = self._db.query(
            "select id, role, text, created, origin, confidence, model, milliseconds"
            " from messages where conversation = ? order by id",
            [conversation],
        )
        return [Message(**row) for row in rows]

    def recent(self, most: int) -> list[Conversation]:
        """Return the conversations that were last spoken in, newest first.

        Args:
            most: How many at most.
        """
        rows = self._db.query(
            "select c.*, (select count(*) from messages where conversation = c.id) as messages"
            " from conversations c where c.title != '' order by c.updated desc, c.id desc limit ?",
            [most],
        )
        return [Conversation(**row) for row in rows]

    def find(self, prefix: str | None = None) -> Conversation:
        """Return one conversation.

        Args:
            prefix: The beginning of its id; None takes the one last spoken in.

        Raises:
            StoreError: There is none, or the prefix fits several.
        """
        if prefix is None:
            found = self.recent(1)
            if not found:
                raise StoreError("there is no conversation yet")
            return found[0]
        rows = self._db.query(
            "select c.*, (select count(*) from messages where conversation = c.id) as messages"
            " from conversations c where substr(c.id, 1, length(?)) = ? limit 2",
            [prefix.lower(), prefix.lower()],
        )
        fitting = [Conversation(**row) for row in rows]
        if len(fitting) != 1:
            raise StoreError(f"{'no' if not fitting else 'more than one'} conversation is {prefix}...")
        return fitting[0]


def open_conversations() -> Conversations:
    """Open the owner's history.

    Raises:
        StoreError: It cannot be opened.
    """
    return Conversations(open_database())


def new_id() -> str:
    """Return an id of 20 letters and digits whose order is the order of time."""
    global _last_moment
    # Two in one millisecond would sort by chance, so the second takes the next one.
    _last_moment = max(time.time_ns() // 1_000_000, _last_moment + 1)
    return f"{_last_moment:012x}{os.urandom(4).hex()}"


def title_of(text: str) -> str:
    """Return a title made from the first words of a text.

    Args:
        text: The first message.
    """
    words = " ".join(text.split())
    if len(words) <= _LONGEST_TITLE:
        return words
    return words[: _LONGEST_TITLE - 3].rsplit(" ", 1)[0] + "..."
