"""A responder that does as it is told, a history with a frozen clock, and ways to wait."""

from __future__ import annotations

import threading
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from textual.pilot import Pilot

from assistant.replies.alignment import Attended, Word
from assistant.replies.alternatives import Alternative
from assistant.replies.nearest import Exchange
from assistant.replies.reply import Explanation, Reply
from assistant.replies.state import State
from assistant.replies.translation import Translation
from assistant.tui import app as window
from assistant.tui.app import ChatApp
from assistant.tui.doors import Doors, History
from assistant.tui.remembered import Remembered
from assistant.tui.widgets.exchange import Exchange as Shown
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
        self.loaded: list[str | None] = []
        self.why: Explanation | None = None

    def load(self, name: str | None) -> Fake:
        self.loaded.append(name)
        assert self.may_load.wait(20)
        if self.failing_load:
            raise self.failing_load
        self.name = name or "fake"
        return self

    def understand(self, turns: Sequence[str]) -> Reply:
        return self.reply(turns)

    def reply(self, turns: Sequence[str], state: State | None = None, said: Sequence[str] = ()) -> Reply:
        self.asked.append(list(turns))
        assert self.may_reply.wait(20)
        if self.failing:
            raise self.failing
        text = self.answers.get(turns[-1], f"You said {turns[-1]}.")
        return Reply(text + " Again." * len(said), "generated", 0.624, 12.3, why=self.why)


class FakeTranslator:
    """Says the words of a line backwards, and looks at the word that it says."""

    name = "backwards"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.failing: Exception | None = None

    def translate(self, text: str, count: int = 1) -> Translation:
        self.asked.append(text)
        if self.failing:
            raise self.failing
        words = text.split()
        back = [word.upper() for word in reversed(words)]
        others = [Alternative(f"{' '.join(back)} {n}", -float(n)) for n in range(1, count)]
        said = [Word(word, -0.1, 0.9) for word in back]
        seen = Attended(words, said, np.eye(len(words), dtype=np.float32)[::-1])
        return Translation(
            text, " ".join(back), 0.8, [Alternative(" ".join(back), 0.0), *others], 4.0, [seen]
        )


@pytest.fixture
def fake() -> Iterator[Fake]:
    fake = Fake()
    yield fake
    fake.may_load.set()
    fake.may_reply.set()


@pytest.fixture
def translator() -> FakeTranslator:
    return FakeTranslator()


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    history = History(tmp_path / "history.db")
    yield history
    history.db.close()


@pytest.fixture(autouse=True)
def desktop(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A clipboard that is nobody's."""
    copied: list[str] = []
    monkeypatch.setattr("pyperclip.copy", copied.append)
    return copied


@pytest.fixture
def app(fake: Fake, history: History) -> ChatApp:
    return build(fake, history)


def build(
    fake: Fake,
    history: History | None,
    conversation: str | None = None,
    translator: FakeTranslator | None = None,
    translate: bool = False,
    remembered: Remembered | None = None,
) -> ChatApp:
    doors = Doors(
        fake.load,
        lambda: translator or FakeTranslator(),
        lambda: ["fake", "other"],
        lambda prompt: Exchange(f"near {prompt}", "learnt"),
        history,
    )
    return _Window(doors, conversation, translate, clock=lambda: NOON, remembered=remembered)


class _Window(ChatApp):
    """The window, which a test is given once its first talk is on the screen."""

    CSS_PATH = str(Path(window.__file__).with_name("assistant.tcss"))

    @asynccontextmanager
    async def run_test(self, **options: Any) -> AsyncGenerator[Pilot[None], None]:
        async with super().run_test(**options) as pilot:
            await until(pilot, lambda: self._chat.ready)
            await pilot.pause()
            yield pilot


def stored_talk(history: History, *turns: str) -> str:
    """Put a talk into the history and return its id."""
    conversations = history.conversations
    conversation = conversations.start()
    for number, text in enumerate(turns):
        if number % 2:
            conversations.add(conversation, "assistant", text, origin="generated", confidence=0.5)
        else:
            conversations.add(conversation, "user", text)
    return conversation


def rows(history: History) -> list[tuple[str, str]]:
    """Return role and text of the messages of the talk last spoken in."""
    conversations = history.conversations
    return [(row.role, row.text) for row in conversations.messages(conversations.find().id)]


def prompt(pilot: Pilot[None]) -> Prompt:
    return pilot.app.screen.query_one(Prompt)


def messages(pilot: Pilot[None]) -> Messages:
    return pilot.app.screen.query_one(Messages)


def exchanges(pilot: Pilot[None]) -> list[Shown]:
    return messages(pilot).exchanges


def talk(pilot: Pilot[None]) -> list[tuple[str, str]]:
    """Return what is to be seen of the talk: prompts and replies."""
    return [(exchange.prompt_text, exchange.shown) for exchange in exchanges(pilot)]


def toasts(pilot: Pilot[None]) -> list[str]:
    """Return what the toasts say."""
    return [str(toast.render()) for toast in pilot.app.screen.query("Toast")]


async def until(pilot: Pilot[None], happens: Callable[[], bool]) -> None:
    """Wait until something is so, and fail if it is not within some seconds."""
    for _ in range(3000):  # a busy machine takes its time
        if happens():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never happened")


async def ready(pilot: Pilot[None]) -> None:
    """Wait until the window stands there; `run_test` does so by itself."""
    await until(pilot, lambda: bool(pilot.app.screen.query(Prompt)))


async def send(pilot: Pilot[None], text: str) -> None:
    written = prompt(pilot)
    written.text = text
    await pilot.press("enter")
    await until(pilot, lambda: not written.text)


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
