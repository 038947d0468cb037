"""A responder that does as it is told, a history with a frozen clock, and ways to wait."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from assistant.replies.reply import Reply
from assistant.store.conversations import Conversations
from assistant.store.database import open_database
from assistant.tui.app import ChatApp
from assistant.tui.widgets.exchange import Exchange
from assistant.tui.widgets.messages import Messages
from assistant.tui.widgets.prompt import Prompt

NOON = datetime(2026, 6, 15, 12, 0, tzinfo=UTC)


class Fake:
    """Answers "You said X.", or as told, once it may; and loads once it may."""

    name = "fake"

    def __init__(self) -> None:
        self.may_load, self.may_reply = threading.Event(), threading.Event()
        self.may_load.set()
        self.may_reply.set()
        self.answers: dict[str, str] = {}
        self.failing: Exception | None = None
        self.failing_load: Exception | None = None
        self.asked: list[list[str]] = []

    def load(self) -> Fake:
        assert self.may_load.wait(20)
        if self.failing_load:
            raise self.failing_load
        return self

    def reply(self, turns: Sequence[str]) -> Reply:
        self.asked.append(list(turns))
        assert self.may_reply.wait(20)
        if self.failing:
            raise self.failing
        return Reply(self.answers.get(turns[-1], f"You said {turns[-1]}."), "generated", 0.624, 12.3)


@pytest.fixture
def fake() -> Iterator[Fake]:
    fake = Fake()
    yield fake
    fake.may_load.set()
    fake.may_reply.set()


@pytest.fixture
def conversations(tmp_path: Path) -> Iterator[Conversations]:
    db = open_database(tmp_path / "history.db")
    yield Conversations(db)
    db.close()


@pytest.fixture
def app(fake: Fake, conversations: Conversations) -> ChatApp:
    return build(fake, conversations)


def build(fake: Fake, conversations: Conversations | None, conversation: str | None = None) -> ChatApp:
    return ChatApp(fake.load, conversations, conversation, clock=lambda: NOON)


def stored_talk(conversations: Conversations, *turns: str) -> str:
    """Put a talk into the history and return its id."""
    conversation = conversations.start()
    for number, text in enumerate(turns):
        if number % 2:
            conversations.add(conversation, "assistant", text, origin="generated", confidence=0.5)
        else:
            conversations.add(conversation, "user", text)
    return conversation


def rows(conversations: Conversations) -> list[tuple[str, str]]:
    """Return role and text of all messages of the talk last spoken in."""
    return [(row.role, row.text) for row in conversations.messages(conversations.find().id)]


def prompt(pilot: Pilot[None]) -> Prompt:
    return pilot.app.screen.query_one(Prompt)


def messages(pilot: Pilot[None]) -> Messages:
    return pilot.app.screen.query_one(Messages)


def exchanges(pilot: Pilot[None]) -> list[Exchange]:
    return messages(pilot).exchanges


def talk(pilot: Pilot[None]) -> list[tuple[str, str]]:
    """Return what is to be seen of the talk: prompts and replies."""
    return [(exchange.prompt_text, exchange.shown) for exchange in exchanges(pilot)]


async def until(pilot: Pilot[None], happens: Callable[[], bool]) -> None:
    """Wait until something is so, and fail if it is not within some seconds."""
    for _ in range(1000):
        if happens():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never happened")


async def ready(pilot: Pilot[None]) -> None:
    """Wait until the window stands there; `run_test` does so by itself."""
    await until(pilot, lambda: bool(pilot.app.screen.query(Prompt)))


async def send(pilot: Pilot[None], text: str) -> None:
    prompt(pilot).text = text
    await pilot.press("enter")
    await until(pilot, lambda: not prompt(pilot).text)


async def whole(pilot: Pilot[None], replies: int) -> None:
    """Wait until so many replies stand there whole."""
    await until(
        pilot,
        lambda: sum(bool(e.reply_text) and e.shown == e.reply_text for e in exchanges(pilot)) == replies,
    )


async def ask(pilot: Pilot[None], text: str) -> None:
    """Send a prompt and wait for its reply, whole."""
    before = len(exchanges(pilot))
    await send(pilot, text)
    await whole(pilot, before + 1)
