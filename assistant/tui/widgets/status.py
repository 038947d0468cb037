"""The line at the bottom: what answers, how quickly it did, and the keys."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.reactive import reactive
from textual.widgets import Footer, Static

LOADING = "loading..."


class Status(Horizontal):
    """The state at the left, the keys at the right.

    Attributes:
        model: What answers, or why nothing does.
        milliseconds: What the last reply took; None before there is one.
    """

    model = reactive(LOADING)
    milliseconds: reactive[float | None] = reactive(None)

    def compose(self) -> ComposeResult:
        """Lay out the state and the keys."""
        yield Static(self.line, id="state", markup=False)
        yield Footer(show_command_palette=False)

    @property
    def line(self) -> str:
        """What the state says."""
        if self.milliseconds is None:
            return self.model
        return f"{self.model} · {self.milliseconds:.0f} ms"

    def watch_model(self) -> None:
        """Show the new state."""
        self._show()

    def watch_milliseconds(self) -> None:
        """Show the new state."""
        self._show()

    def _show(self) -> None:
        for state in self.query("#state").results(Static):
            state.update(self.line)
