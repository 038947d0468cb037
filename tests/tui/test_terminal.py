"""The real program with the shipped checkpoint: on a terminal of tmux's, and served to a browser."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.tui.doors import History

_PROGRAM = f"{sys.executable} -m assistant"
_SECONDS = 60

_ORIGINS = ("generated", "recalled", "unsure")


class Tmux:
    """A terminal of 100 columns and 30 rows, on a server of its own."""

    def __init__(self, folder: Path) -> None:
        self._socket = str(folder / "tmux")
        self._run("new-session", "-d", "-s", "test", "-x", "100", "-y", "30", "sh")

    def _run(self, *arguments: str) -> str:
        command = ["tmux", "-f", "/dev/null", "-S", self._socket, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def keys(self, *keys: str) -> None:
        self._run("send-keys", "-t", "test", *keys)

    def type(self, text: str) -> None:
        self._run("send-keys", "-t", "test", "-l", text)

    @property
    def screen(self) -> str:
        return self._run("capture-pane", "-p", "-t", "test")

    def until(self, happens: Callable[[str], bool]) -> str:
        end = time.monotonic() + _SECONDS
        while time.monotonic() < end:
            if happens(screen := self.screen):
                return screen
            time.sleep(0.05)
        raise AssertionError(f"it never happened:\n{self.screen}")

    def close(self) -> None:
        self._run("kill-server")


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    if not shutil.which("tmux"):
        pytest.skip("needs tmux")
    terminal = Tmux(tmp_path)
    yield terminal
    terminal.close()


def test_a_day_in_a_real_terminal(tmux: Tmux, home: Path) -> None:
    tmux.type(f"{_PROGRAM} chat")
    tmux.keys("Enter")
    tmux.until(lambda screen: "Say something" in screen)
    tmux.type("good morning")
    tmux.keys("Enter")
    screen = tmux.until(lambda screen: any(origin in screen for origin in _ORIGINS))
    assert "good morning" in screen
    tmux.keys("Escape")
    tmux.until(lambda screen: "Copy" in screen)
    tmux.type("?")
    tmux.until(lambda screen: "What else I could have said" in screen and "looking" not in screen)
    tmux.keys("Escape")
    tmux.until(lambda screen: "What else I could have said" not in screen)
    tmux.keys("Escape")
    tmux.until(lambda screen: "Copy" not in screen)
    tmux.keys("F2")
    tmux.until(lambda screen: "Escribe" in screen and "loading" not in screen)
    tmux.type("¿Dónde está la biblioteca?")
    tmux.until(lambda screen: "library" in screen)
    tmux.keys("F2")
    tmux.until(lambda screen: "Say something" in screen)
    tmux.type("not sent")
    tmux.until(lambda screen: "not sent" in screen)
    tmux.keys("C-q")
    tmux.until(lambda screen: "Say something" not in screen and "not sent" not in screen)
    tmux.type(f"{_PROGRAM} chat -c")
    tmux.keys("Enter")
    tmux.until(lambda screen: "not sent" in screen and any(origin in screen for origin in _ORIGINS))
    tmux.keys("C-q")
    tmux.until(lambda screen: "New" not in screen)
    history = History(home / "history.db")
    assert [message.role for message in history.conversations.messages(history.conversations.find().id)] == [
        "user", "assistant",
    ]  # fmt: skip
    assert [one.source for one in history.translations.recent(9)] == ["¿Dónde está la biblioteca?"]
    history.db.close()


async def test_a_browser_of_this_machine_with_the_key_alone_is_served() -> None:
    aiohttp = pytest.importorskip("aiohttp")
    pytest.importorskip("textual_serve")
    arguments = [sys.executable, "-m", "assistant", "chat", "--web"]
    program = await asyncio.create_subprocess_exec(
        *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, env=os.environ.copy()
    )
    assert program.stdout
    try:
        address = (await asyncio.wait_for(program.stdout.readline(), _SECONDS)).decode().strip()
        base, key = address.split("/?")
        assert base.startswith("http://127.0.0.1:") and key.startswith("key=")
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as browser:
            await _listening(browser, base)
            assert (await browser.get(base)).status == 403
            assert (await browser.get(f"{base}/?key=guess")).status == 403
            assert (await browser.get(f"{base}/ws", headers={"Origin": base})).status == 403
            assert (await browser.get(address)).status == 200
            assert (await browser.get(f"{base}/ws", headers={"Origin": "http://elsewhere"})).status == 403
            async with browser.ws_connect(
                f"{base}/ws?width=80&height=24", headers={"Origin": base}
            ) as window:
                seen = b""
                while b"ay something" not in seen:
                    seen += (await asyncio.wait_for(window.receive(), _SECONDS)).data
    finally:
        program.terminate()
        await program.wait()


async def _listening(browser: object, base: str) -> None:
    import aiohttp

    for _ in range(600):
        try:
            await browser.get(base)  # type: ignore[attr-defined]
            return
        except aiohttp.ClientConnectionError:
            await asyncio.sleep(0.05)
    raise AssertionError("nothing is served")


def test_a_history_that_cannot_be_opened_is_said_when_the_window_has_closed(tmux: Tmux, home: Path) -> None:
    home.mkdir()
    (home / "history.db").write_text("no database" * 100)
    tmux.type(f"{_PROGRAM} chat; echo ended with $?")
    tmux.keys("Enter")
    screen = tmux.until(lambda screen: "ended with 1" in screen)
    assert "history.db" in screen.replace("\n", "") and "--no-log" in screen
