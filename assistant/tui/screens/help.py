"""The keys, on one page."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

_KEYS = [
    ("Enter", "Send"),
    ("Ctrl-J", "Break the line; in some terminals Shift-Enter too"),
    ("Up, Down", "Recall what you sent before"),
    ("PgUp, PgDn", "Scroll the conversation"),
    ("Esc", "Show the whole reply at once, or take back the prompt"),
    ("Ctrl-N", "Begin a new conversation"),
    ("Ctrl-B", "Show or hide the list of conversations"),
    ("Ctrl-C", "Copy what is selected"),
    ("Ctrl-P", "All commands, themes among them"),
    ("F1", "Show this page"),
    ("Ctrl-Q", "Quit; the conversation is kept"),
]


class HelpScreen(ModalScreen[None]):
    """A page over the chat that any of its keys closes."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1,q,enter", "dismiss", "Close", show=False)]

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        width = max(len(key) for key, _ in _KEYS) + 3
        lines = [Content.assemble((key.ljust(width), "$text-primary"), what) for key, what in _KEYS]
        with Vertical():
            yield Static(Content("\n").join(lines))
