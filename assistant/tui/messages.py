"""What the workers post when they are done, and what they need to be given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from textual.message import Message

from assistant.replies.reply import Reply
from assistant.tui.line import Job


class Answering(Protocol):
    """What answers: a `Responder`, or a stand-in for one."""

    name: str

    def reply(self, turns: Sequence[str]) -> Reply:
        """Answer the last turn."""


Load = Callable[[], Answering]


class Loaded(Message):
    """The model is there.

    Args:
        responder: It.
    """

    def __init__(self, responder: Answering) -> None:
        super().__init__()
        self.responder = responder


class LoadFailed(Message):
    """The model could not be loaded.

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
