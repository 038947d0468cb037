"""Where the person writes."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.widgets import TextArea

_BREAK_LINE = {"ctrl+j", "shift+enter", "alt+enter"}


class Prompt(TextArea):
    """A text area that grows with its text, sends it with Enter and recalls what was sent before.

    Attributes:
        past: What was sent in this conversation, oldest first.
    """

    class Sent(Message):
        """The person sends a text.

        Args:
            text: It, without blanks around it.
        """

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Above(Message):
        """Up was pressed in an empty prompt that has nothing to recall."""

    class Paged(Message):
        """A page up or down is asked for, which is no use in six lines.

        Args:
            up: Up, not down.
        """

        def __init__(self, up: bool) -> None:
            super().__init__()
            self.up = up

    def __init__(self) -> None:
        super().__init__(placeholder="Say something", highlight_cursor_line=False, compact=True)
        self.past: list[str] = []
        self._draft = ""
        self._recalled = 0  # how far back, 0 being the draft

    def on_key(self, event: events.Key) -> None:
        """Take Enter from the text area.

        No priority binding does: it would overtake the letters typed just before.
        """
        if event.key == "enter":
            self.send()
        elif event.key in _BREAK_LINE:
            self.replace("\n", *self.selection, maintain_selection_offset=False)
        else:
            return
        event.stop()
        event.prevent_default()

    def send(self) -> None:
        """Send the text, if there is any."""
        text = self.text.strip()
        if text:
            self.past.append(text)
            self._recalled = 0
            self.clear()
            self.post_message(self.Sent(text))

    def action_cursor_up(self, select: bool = False) -> None:
        """Move up, or from the first line to the text sent before."""
        if select or not self._on_first_row:
            super().action_cursor_up(select)
        elif not self.past and not self.text:
            self.post_message(self.Above())
        else:
            self._recall(self._recalled + 1)

    def action_cursor_down(self, select: bool = False) -> None:
        """Move down, or from the last line to the text sent after."""
        if select or not self._on_last_row or not self._recalled:
            super().action_cursor_down(select)
        else:
            self._recall(self._recalled - 1)

    def action_cursor_page_up(self) -> None:
        """Leave the key to the messages."""
        self.post_message(self.Paged(up=True))

    def action_cursor_page_down(self) -> None:
        """Leave the key to the messages."""
        self.post_message(self.Paged(up=False))

    def give_back(self, text: str) -> None:
        """Return a text that could not be answered, before whatever is written by now.

        Args:
            text: It.
        """
        self._recalled = 0
        self._write(f"{text}\n{self.text}" if self.text else text)

    def begin(self, past: list[str]) -> None:
        """Turn to another conversation; what is written stays.

        Args:
            past: What was sent in it, oldest first.
        """
        self.past = past
        self._recalled = 0

    def _recall(self, back: int) -> None:
        if not 0 <= back <= len(self.past):
            return
        if not self._recalled:
            self._draft = self.text
        self._recalled = back
        self._write(self.past[-back] if back else self._draft)

    def _write(self, text: str) -> None:
        self.text = text
        self.move_cursor(self.document.end)

    @property
    def _on_first_row(self) -> bool:
        return self._row == 0

    @property
    def _on_last_row(self) -> bool:
        return self._row == self.wrapped_document.height - 1

    @property
    def _row(self) -> int:
        """The row of the cursor as it is seen, wrapped lines counted."""
        return self.wrapped_document.location_to_offset(self.cursor_location).y
