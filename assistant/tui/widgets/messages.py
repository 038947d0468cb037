"""The messages of the talk on the screen, or a welcome where there are none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.widgets import Static

from assistant.tui.widgets.exchange import Exchange, footnote
from assistant.tui.widgets.welcome import Welcome

if TYPE_CHECKING:
    from assistant.store.conversations import Message

_MOST_SHOWN = 100


class Messages(VerticalScroll, can_focus=False):
    """A column of exchanges that stays at its end until the person scrolls away from it."""

    @property
    def exchanges(self) -> list[Exchange]:
        """What is shown, oldest first."""
        return list(self.query_children(Exchange).results(Exchange))

    @property
    def notices(self) -> list[str]:
        """What is shown that nobody said."""
        return [str(notice.content) for notice in self.query_children(".notice").results(Static)]

    def show_welcome(self, welcome: Welcome) -> None:
        """Replace everything with a welcome."""
        self.remove_children()
        self.mount(welcome)

    def show_talk(self, exchanges: Sequence[Exchange]) -> None:
        """Replace everything with the exchanges of a talk, of a long one only the last."""
        self.remove_children()
        hidden = len(exchanges) - _MOST_SHOWN
        if hidden > 0:
            self.mount(_notice(f"{hidden} earlier exchanges are kept, but not shown", "quiet"))
        self.mount_all(exchanges[-_MOST_SHOWN:])
        self.anchor()

    def add(self, prompt: str) -> Exchange:
        """Show a new prompt at the end.

        Args:
            prompt: What the person said.
        """
        self.query_children("Welcome, .notice").remove()
        exchange = Exchange(prompt)
        self.mount(exchange)
        self.anchor()
        return exchange

    def turn_page(self, up: bool) -> None:
        """Scroll by a page.

        Args:
            up: Up, not down.
        """
        self.release_anchor()
        (self.scroll_page_up if up else self.scroll_page_down)()

    def say(self, notice: str) -> None:
        """Show at the end what went wrong, until the next prompt."""
        self.mount(_notice(notice, "wrong"))
        self.anchor()


def _notice(text: str, kind: str) -> Static:
    return Static(text, classes=f"notice {kind}", markup=False)


def exchanges_of(messages: Iterable[Message]) -> list[Exchange]:
    """Pair the stored messages of a talk.

    Args:
        messages: Oldest first. A prompt that was never answered stands alone.
    """
    exchanges: list[Exchange] = []
    prompt: str | None = None
    for message in messages:
        if message.role == "assistant":
            note = footnote(message.origin, message.confidence)
            exchanges.append(Exchange(prompt or "", message.text, note))
            prompt = None
            continue
        if prompt is not None:
            exchanges.append(Exchange(prompt))
        prompt = message.text
    return exchanges if prompt is None else [*exchanges, Exchange(prompt)]
