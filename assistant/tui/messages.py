"""What the workers post when they are done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from assistant.tui.doors import Answering, Translating
from assistant.tui.line import Job

if TYPE_CHECKING:
    from assistant.replies.nearest import Exchange
    from assistant.replies.reply import Reply
    from assistant.replies.translation import Translation


class Loaded(Message):
    """What answers is there.

    Args:
        responder: It.
    """

    def __init__(self, responder: Answering) -> None:
        super().__init__()
        self.responder = responder


class TranslatorLoaded(Message):
    """What translates is there.

    Args:
        translator: It.
    """

    def __init__(self, translator: Translating) -> None:
        super().__init__()
        self.translator = translator


class LoadFailed(Message):
    """What answers or translates could not be loaded.

    Args:
        error: Why.
    """

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


class Replied(Message):
    """A reply is made.

    Args:
        job: To what.
        reply: The reply.
        model: What made it.
    """

    def __init__(self, job: Job, reply: Reply, model: str) -> None:
        super().__init__()
        self.model = model
        self.job = job
        self.reply = reply


class ReplyFailed(Message):
    """A reply could not be made.

    Args:
        job: To what.
        error: Why.
    """

    def __init__(self, job: Job, error: Exception) -> None:
        super().__init__()
        self.job = job
        self.error = error


class Translated(Message):
    """Lines are translated.

    Args:
        found: From each line to its translation.
    """

    def __init__(self, found: dict[str, Translation]) -> None:
        super().__init__()
        self.found = found


class TranslationFailed(Message):
    """Lines could not be translated.

    Args:
        error: Why.
    """

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


class Explained(Message):
    """How a reply came about is known, or why it is not.

    Args:
        reply: What is answered to the same words today; None where that failed.
        learnt: The nearest exchange that the model was trained on.
        error: What went wrong.
    """

    def __init__(
        self, reply: Reply | None, learnt: Exchange | None = None, error: Exception | None = None
    ) -> None:
        super().__init__()
        self.reply = reply
        self.learnt = learnt
        self.error = error
