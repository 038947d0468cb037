"""The window: first paint, from keystroke to paint, and long conversations: `python -m tests.bench.window`.

The first two drive the real program on a terminal of its own; a number is what a person would wait.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from assistant.errors import AssistantError

if TYPE_CHECKING:
    from assistant.tui.doors import History
    from assistant.tui.screens.chat import ChatScreen

_ROWS, _COLUMNS = 40, 120
_OPENINGS = 5
_PROMPTS = (
    "good morning",
    "i got the job!",
    "my boss is driving me crazy",
    "who can read this",
    "tea or coffee",
)
_LETTERS = "abcdefghij"


class Terminal:
    """The real program on a terminal.

    Args:
        arguments: What stands behind `assistant`.
    """

    def __init__(self, *arguments: str) -> None:
        self.started = time.perf_counter()
        self.pid, self._end = pty.fork()
        if self.pid == 0:
            os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
            os.execv(sys.executable, [sys.executable, "-m", "assistant", *arguments])
        fcntl.ioctl(self._end, termios.TIOCSWINSZ, struct.pack("HHHH", _ROWS, _COLUMNS, 0, 0))

    def wait_for(self, text: str, seconds: float = 30) -> float:
        """Read until a text is painted, and return how long that took."""
        started, seen = time.perf_counter(), b""
        while text.encode() not in seen:
            left = started + seconds - time.perf_counter()  # a cursor that blinks is no answer
            if left <= 0 or not select.select([self._end], [], [], left)[0]:
                raise TimeoutError(f"{text!r} was never painted")
            seen += os.read(self._end, 65536)
        return time.perf_counter() - started

    def write(self, keys: str) -> None:
        """Press keys."""
        os.write(self._end, keys.encode())

    def close(self) -> None:
        """End the program."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._end)


@contextmanager
def _opened() -> Iterator[Terminal]:
    terminal = Terminal("chat")
    try:
        yield terminal
    finally:
        terminal.close()


def first_paint() -> None:
    """From the start of the program until the prompt stands there."""
    taken = []
    for _ in range(_OPENINGS):
        with _opened() as terminal:
            terminal.wait_for("ay something")
            taken.append(time.perf_counter() - terminal.started)
    print(f"first paint: median {statistics.median(taken):.2f} s of {_OPENINGS}, best {min(taken):.2f} s")


def keystrokes() -> None:
    """From a key until its letter is painted, while a reply is made and told."""
    taken: list[float] = []
    with _opened() as terminal:
        terminal.wait_for("ay something")
        terminal.write("hello\r")
        terminal.wait_for("recalled")  # under its reply
        for prompt in _PROMPTS:
            terminal.write(f"{prompt}\r")
            terminal.wait_for(prompt.split()[0])
            for letter in range(len(_LETTERS)):
                terminal.write(_LETTERS[letter])
                taken.append(terminal.wait_for(_LETTERS[: letter + 1]))
            time.sleep(2)
            terminal.write("\x15")  # Ctrl-U empties the line
            terminal.wait_for("ay something")
    taken.sort()
    p50, p95 = (taken[int(len(taken) * share)] * 1000 for share in (0.5, 0.95))
    print(f"keystroke to paint: p50 {p50:.0f} ms, p95 {p95:.0f} ms of {len(taken)}")


async def long_talks() -> None:
    """Opening a talk, and reading a page further up, where it holds 100 messages and 10,000."""
    from assistant.tui.app import ChatApp
    from assistant.tui.doors import Doors, History
    from assistant.tui.screens.chat import ChatScreen

    history = History(Path(os.environ["ASSISTANT_HOME"]) / "long.db")
    talks = {count: _write(history, count) for count in (100, 10_000)}
    app = ChatApp(Doors(_no_model, _no_model, history=history))
    async with app.run_test(size=(_COLUMNS, _ROWS)) as pilot:
        chat = app.screen
        assert isinstance(chat, ChatScreen)
        await pilot.pause()
        taken: dict[int, list[tuple[float, float]]] = {count: [] for count in talks}
        for _ in range(_OPENINGS + 1):
            for count, talk in talks.items():
                taken[count].append(await _open_and_page(chat, talk))
    for count, figures in taken.items():
        opening, paging = (statistics.median(column) * 1000 for column in zip(*figures[1:], strict=True))
        print(f"a talk of {count:>6,} messages: opened in {opening:.0f} ms, a page up in {paging:.0f} ms")


async def _open_and_page(chat: ChatScreen, talk: str) -> tuple[float, float]:
    started = time.perf_counter()
    chat.open(talk)
    await _painted(chat)
    opened = time.perf_counter()
    chat.messages.scroll_home(animate=False)
    await _painted(chat)
    while chat.messages.turning:
        await asyncio.sleep(0.001)
    return opened - started, time.perf_counter() - opened


async def _painted(chat: ChatScreen) -> None:
    done = asyncio.Event()
    chat.call_after_refresh(done.set)
    await done.wait()


def _write(history: History, count: int) -> str:
    """Write a talk straight into the file: ten thousand commits are not what is measured."""
    talk = history.conversations.start()
    roles, first = ("user", "assistant"), history.db.execute("select coalesce(max(id), 0) + 1 from messages")
    start = first.fetchone()[0]
    rows = (
        {
            "id": start + i, "conversation": talk, "role": roles[i % 2], "text": f"message {i} of a talk",
            "created": "2026-01-01T00:00:00.000+00:00", "parent": start + i - 1 if i else None,
        }
        for i in range(count)
    )  # fmt: skip
    history.db.table("messages").insert_all(rows)
    history.db.execute(
        "update conversations set tip = ?, title = ? where id = ?",
        [start + count - 1, f"{count} messages", talk],
    )
    history.db.conn.commit()
    return talk


def _no_model(name: str | None = None) -> NoReturn:
    raise AssistantError("the bench asks nothing of a model")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ["ASSISTANT_HOME"] = home
        first_paint()
        keystrokes()
        asyncio.run(long_talks())
