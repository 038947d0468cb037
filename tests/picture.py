"""Draws the README's picture, a real talk with the shipped checkpoint: `python -m tests.picture`."""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

from textual.pilot import Pilot

from assistant import locations
from assistant.checkpoint import read_checkpoint
from assistant.tui.app import ChatApp, make_window
from assistant.tui.widgets.messages import Messages
from assistant.tui.widgets.prompt import Prompt

_PICTURE = Path(__file__).parent / "tui" / "window.svg"
_TALKS = (
    ("are you spying on me", "who can read this"),
    ("my boss is driving me crazy",),
    ("good morning", "i got the job!", "tea or coffee"),
)


async def draw() -> None:
    app = make_window(read_checkpoint(locations.shipped_checkpoints() / "chat"))
    async with app.run_test(size=(110, 28)) as pilot:
        for talk in _TALKS:
            await pilot.press("ctrl+n")
            await _talk(app, pilot, talk)
        app.screen.query_one(Prompt).cursor_blink = False
        _PICTURE.write_text(app.export_screenshot(title="assistant chat"), "utf-8")


async def _talk(app: ChatApp, pilot: Pilot[None], talk: tuple[str, ...]) -> None:
    for number, prompt in enumerate(talk, start=1):
        app.screen.query_one(Prompt).text = prompt
        await pilot.press("enter")
        for _ in range(1000):
            await pilot.pause(0.01)
            told = [e for e in app.screen.query_one(Messages).exchanges if e.footnote and e.shown]
            if len(told) == number and told[-1].shown == told[-1].reply_text:
                break
        else:
            raise TimeoutError(f"no reply to {prompt!r}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ["ASSISTANT_HOME"] = home
        asyncio.run(draw())
