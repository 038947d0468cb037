"""The keys, on one page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static


class HelpScreen(ModalScreen[None]):
    """A page over the chat that any of its keys closes.

    Args:
        keys: Each key and what it does, in order.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1,q,enter", "dismiss", "Close", show=False)]

    def __init__(self, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._keys = keys

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        width = max(len(key) for key, _ in self._keys) + 3
        lines = [Content.assemble((key.ljust(width), "$text-primary"), what) for key, what in self._keys]
        with Vertical():
            yield Static(Content("\n").join(lines))
