"""What the window needs of the rest of the house."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.tui.export import write_conversation
from assistant.tui.rings import Rings

if TYPE_CHECKING:  # they load NumPy, which the first paint does not wait for
    from assistant.replies.nearest import Exchange
    from assistant.replies.reply import Reply
    from assistant.replies.state import State
    from assistant.replies.translation import Translation
    from assistant.store.conversations import Conversation
    from assistant.store.search import Found


class Answering(Protocol):
    """What answers, and does what it is asked for: an `Acting`, or a stand-in for one."""

    name: str

    def reply(self, turns: Sequence[str], state: State | None = None, said: Sequence[str] = ()) -> Reply:
        """Answer the last turn, with none of what was said to it before."""

    def understand(self, turns: Sequence[str]) -> Reply:
        """Answer the last turn, and do nothing."""


class Translating(Protocol):
    """What translates: a `Translator`, or a stand-in for one."""

    name: str

    def translate(self, text: str, count: int = 1) -> Translation:
        """Translate one line, with alternatives."""


class History:
    """Everything that is kept, behind one open file; it belongs to the window's own thread.

    Args:
        path: The file; None takes the owner's.

    Raises:
        StoreError: It cannot be opened.
    """

    def __init__(self, path: Path | None = None) -> None:
        from assistant.store.conversations import Conversations
        from assistant.store.database import open_database
        from assistant.store.feedback import Feedback
        from assistant.store.loose_ends import LooseEnds
        from assistant.store.taught import TaughtPairs
        from assistant.store.translations import Translations

        self._path = path
        self.db = open_database(path)
        self.conversations = Conversations(self.db)
        self.ends = LooseEnds(self.db)
        self.feedback = Feedback(self.db)
        self.taught = TaughtPairs(self.db)
        self.translations = Translations(self.db)
        self.rings = Rings(self.db)

    def search(self, words: str) -> list[Found]:
        """Find messages.

        Args:
            words: What somebody types; any string will do.
        """
        from assistant.store.search import search

        return search(self.db, words)

    def export(self, conversation: Conversation, path: Path) -> None:
        """Write a conversation to a file that is not there yet.

        Args:
            conversation: It.
            path: The file.

        Raises:
            TextError: It is there, or cannot be written.
        """
        write_conversation(self.db, conversation.id, path)

    def erase(self, conversations: Sequence[str]) -> None:
        """Erase conversations for good; may be called in any thread, and take a while.

        Args:
            conversations: Their ids.

        Raises:
            StoreError: The history cannot be written.
        """
        from assistant.store.conversations import Conversations
        from assistant.store.database import open_database

        db = open_database(self._path)
        try:
            Conversations(db).delete(conversations)
        finally:
            db.close()


@dataclass
class Doors:
    """What answers and translates is loaded in a thread when it is first needed.

    Attributes:
        load: Loads what answers, by the name of a checkpoint; None is the one to begin with.
        load_translator: Loads what translates.
        models: Names the checkpoints that can answer.
        learnt: Finds the exchange nearest to a prompt among those that what answers was trained on.
        history: What was said before; None where it is not open yet, or nothing is kept.
        acts: Whether what answers does what it is asked for, such as setting a reminder.
        opening: Opens the history, after the first paint, since that takes a while too.
    """

    load: Callable[[str | None], Answering]
    load_translator: Callable[[], Translating]
    models: Callable[[], Sequence[str]] = tuple
    learnt: Callable[[str], Exchange | None] = lambda prompt: None
    history: History | None = None
    acts: bool = False
    opening: Callable[[], History] | None = None

    @property
    def keeps(self) -> bool:
        """Whether what is said is kept."""
        return self.history is not None or self.opening is not None

    def open_history(self) -> History | None:
        """Open the history, if there is one and it is not open yet.

        Raises:
            StoreError: It cannot be opened.
        """
        if self.history is None and self.opening:
            self.history = self.opening()
        return self.history
