"""A list of conversations to pick from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assistant.tui.dates import when

if TYPE_CHECKING:
    from assistant.store.conversations import Conversation

_NOTHING = Option(Content.styled("No conversations yet", "dim"), disabled=True)


class ConversationList(OptionList):
    """Titles and dates, newest first. Picking one posts `OptionList.OptionSelected` with its id."""

    def fill(self, conversations: Sequence[Conversation], now: datetime, current: str | None = None) -> None:
        """Show other conversations.

        Args:
            conversations: Newest first.
            now: The present, in the reader's zone.
            current: The id of the one that is open.
        """
        if self.has_focus and self.highlighted_option:  # the person is about to pick
            current = self.highlighted_option.id
        self.set_options([_option(conversation, now) for conversation in conversations] or [_NOTHING])
        ids = [conversation.id for conversation in conversations]
        self.highlighted = ids.index(current) if current in ids else None

    def on_focus(self) -> None:
        """Begin at the top, so that Enter picks something."""
        if self.highlighted is None:
            self.action_first()


def _option(conversation: Conversation, now: datetime) -> Option:
    date = when(conversation.updated, now)
    return Option(Content.assemble(conversation.title, "\n", (date, "dim")), id=conversation.id)
