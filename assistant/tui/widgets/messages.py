"""The messages of the talk on the screen, or a welcome where there are none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Static

from assistant.tui.keys import bound, unshown
from assistant.tui.widgets.exchange import Exchange, Part, footnote
from assistant.tui.widgets.welcome import Welcome

if TYPE_CHECKING:
    from assistant.store.conversations import Message as Stored

PAGE = 24  # messages that are read at once
_MOST_SHOWN = 60  # exchanges that are on the screen at once, however long the talk is
_SOON = 0.05  # seconds until it is looked again whether a page is laid out
_NEAR = 3  # lines from an end at which the next page is read

Fetch = Callable[[int, int], "list[Stored]"]
Note = Callable[["Stored"], str]


class Messages(VerticalScroll, can_focus=True):
    """A column of exchanges that stays at its end until the person scrolls away from it.

    Of a long talk a part is shown; what lies before and after is read as it is scrolled to. With the
    focus, one message is chosen.
    """

    turning = False
    """Whether another page is being read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bound("previous", "step(True)"),
        bound("next", "step(False)"),
        bound("first", "reach(True)"),
        bound("last", "reach(False)"),
        bound("sibling_before", "screen.sibling(-1)"),
        bound("sibling_after", "screen.sibling(1)"),
        bound("copy", "screen.copy", show=True),
        bound("copy_all", "screen.copy_all"),
        bound("good", "screen.rate(True)", show=True),
        bound("bad", "screen.rate(False)", show=True),
        bound("edit", "screen.edit", show=True),
        bound("why", "screen.why", show=True),
        bound("again", "screen.again", show=True),
        *unshown("new", "list", "find", "translate"),
    ]

    class Below(Message):
        """The person went down from the last message."""

    def __init__(self) -> None:
        super().__init__()
        self._chosen: Part | None = None
        self._fetch: Fetch | None = None
        self._note: Note = _plain_note
        self._first: int | None = None
        self._later: list[Stored] = []

    @property
    def exchanges(self) -> list[Exchange]:
        """What is shown, oldest first."""
        return list(self.query_children(Exchange).results(Exchange))

    @property
    def notices(self) -> list[str]:
        """What is shown that nobody said."""
        return [str(notice.content) for notice in self.query_children(".notice").results(Static)]

    @property
    def chosen(self) -> Part | None:
        """The message that is chosen, if it still stands there."""
        return self._chosen if self._chosen and self._chosen.is_attached else None

    @property
    def at_end(self) -> bool:
        """Whether the end of the talk is among what is shown."""
        return not self._later

    # What is shown

    def show_welcome(self, welcome: Welcome) -> None:
        """Replace everything with a welcome."""
        self._forget()
        self.remove_children()
        self.mount(welcome)

    def show_talk(
        self,
        stored: Sequence[Stored],
        waiting: Sequence[Exchange] = (),
        later: Sequence[Stored] = (),
        fetch: Fetch | None = None,
        note: Note | None = None,
    ) -> None:
        """Replace everything with a talk, or a part of it.

        Args:
            stored: Messages to be shown, oldest first.
            waiting: Exchanges that are not answered yet, to stand below.
            later: Messages that come after.
            fetch: Reads messages before the one of an id, so many at most; None where there are none.
            note: Says what a stored reply rests on.
        """
        self._forget()
        self._fetch, self._note, self._later = fetch, note or _plain_note, list(later)
        exchanges = self._paired(stored)
        self._first = _first_id(exchanges) if len(stored) >= PAGE else None
        self.remove_children()
        self.mount_all([*exchanges, *waiting])
        self.anchor()
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        """Show another page where one does not fill the window."""
        if self.max_scroll_y > 0 or self._first is None or self.turning:
            return
        if not all(exchange.size for exchange in self.exchanges):
            self.set_timer(_SOON, self._fill)  # a busy machine has not laid them out yet
            return
        self.turning = True
        self.call_later(self._show_earlier)

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

    def say(self, notice: str) -> None:
        """Show at the end what went wrong, until the next prompt."""
        self.mount(Static(notice, classes="notice wrong", markup=False))
        self.anchor()

    def turn_page(self, up: bool) -> None:
        """Scroll by a page.

        Args:
            up: Up, not down.
        """
        if self.at_end:
            self.release_anchor()
        else:
            self.anchor(False)  # the end of what is shown is not the end
        (self.scroll_page_up if up else self.scroll_page_down)()

    def _forget(self) -> None:
        self._chosen, self._fetch, self._first, self._later = None, None, None, []

    def _paired(self, stored: Sequence[Stored]) -> list[Exchange]:
        # Where a page begins with a reply, its prompt is on the page before, and there it is shown.
        cut = len(stored) >= PAGE and stored[0].role == "assistant"
        return exchanges_of(stored[1:] if cut else stored, self._note)

    # Pages of a long talk

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Read the next page when an end is near."""
        super().watch_scroll_y(old_value, new_value)
        if old_value != new_value:
            self._look(up=new_value < old_value, down=new_value > old_value)

    def _look(self, up: bool = True, down: bool = True) -> None:
        """Read the next page if an end is near that the person may be heading for."""
        if self.turning:
            return
        if up and self.scroll_y <= _NEAR and self._first is not None and self._fetch:
            self.turning = True
            self.call_later(self._show_earlier)
        elif down and self.scroll_y >= self.max_scroll_y - _NEAR and self._later:
            self.turning = True
            self.call_later(self._show_later)

    async def _show_earlier(self) -> None:
        shown = self.exchanges
        if not shown or self._fetch is None or self._first is None:
            self.turning = False  # another talk came in between
            return
        stored = self._fetch(self._first, PAGE)
        new = self._paired(stored)
        self._first = _first_id(new) if len(stored) >= PAGE else None
        surplus = shown[max(1, _MOST_SHOWN - len(new)) :]
        if all(exchange.prompt or exchange.reply for exchange in surplus):
            self._later = [*_stored(surplus), *self._later]
            if self._later:  # the end of what is shown is no longer the end of the talk
                self.anchor(False)
            await self.remove_children(surplus)
        await self._put(new, shown[0], before=True)

    async def _show_later(self) -> None:
        shown = self.exchanges
        if not shown:
            self.turning = False
            return
        stored, self._later = self._later[:PAGE], self._later[PAGE:]
        new = exchanges_of(stored, self._note)
        await self._put(new, shown[-1], before=False)
        surplus = shown[: max(0, len(shown) + len(new) - _MOST_SHOWN)]
        if surplus and self._fetch:
            height = shown[-1].virtual_region.y
            await self.remove_children(surplus)
            self._first = _first_id(self.exchanges)
            self.call_after_refresh(self._hold, shown[-1], height)

    async def _put(self, new: Sequence[Exchange], beside: Exchange, before: bool) -> None:
        if beside.is_attached:
            height = beside.virtual_region.y
            await self.mount_all(new, before=beside if before else None, after=None if before else beside)
            self.call_after_refresh(self._hold, beside, height)
        else:
            self.turning = False

    def _hold(self, exchange: Exchange, height: int) -> None:
        """Keep an exchange where it was before something was put above it."""
        if exchange.is_attached:
            moved = exchange.virtual_region.y - height
            self.scroll_to(y=self.scroll_y + moved, animate=False, immediate=True)
        self.turning = False
        self.call_after_refresh(self._look)  # they may have gone on to an end meanwhile

    # The message that is chosen

    @property
    def _parts(self) -> list[Part]:
        return [part for part in self.query(Part) if part.text]

    def choose(self, part: Part | None) -> None:
        """Choose a message.

        Args:
            part: It; None chooses none.
        """
        if self.chosen:
            self.chosen.remove_class("-chosen")
        self._chosen = part
        if part:
            part.add_class("-chosen")
            self.anchor(False)
            part.scroll_visible(animate=False)

    def choose_message(self, message: int) -> None:
        """Choose the message of an id, if it is shown, and go there."""
        for exchange in self.exchanges:
            for stored, part in ((exchange.prompt, exchange.said), (exchange.reply, exchange.answer)):
                if stored and stored.id == message:
                    self.focus()
                    self.choose(part)

    def on_focus(self) -> None:
        """Choose the last message, unless one is chosen."""
        if not self.chosen and self._parts:
            self.choose(self._parts[-1])

    @on(Part.Chosen)
    def _clicked(self, event: Part.Chosen) -> None:
        event.stop()
        self.focus()
        self.choose(event.part)

    def action_step(self, back: bool) -> None:
        """Choose the message before or after; after the last one the prompt is next."""
        parts = self._parts
        if not self.chosen or self.chosen not in parts:
            return
        place = parts.index(self.chosen) + (-1 if back else 1)
        if place >= len(parts):
            self.post_message(self.Below())
        elif place < 0:
            self.scroll_home(animate=False)
        else:
            self.choose(parts[place])

    def action_reach(self, first: bool) -> None:
        """Choose the first or the last message of what is shown."""
        if self._parts:
            self.choose(self._parts[0 if first else -1])
            (self.scroll_home if first else self.scroll_end)(animate=False)
            self.call_after_refresh(self._look, first, not first)


def exchange_of(part: Part) -> Exchange:
    """Return the exchange that a message belongs to."""
    return part.query_ancestor(Exchange)


def exchanges_of(messages: Iterable[Stored], note: Note | None = None) -> list[Exchange]:
    """Pair the stored messages of a talk.

    Args:
        messages: Oldest first. A prompt that was never answered stands alone.
        note: Says what a stored reply rests on.
    """
    exchanges: list[Exchange] = []
    waiting: Exchange | None = None
    for message in messages:
        if message.role == "user":
            waiting = Exchange(message.text)
            waiting.prompt = message
            exchanges.append(waiting)
            continue
        if waiting is None:
            waiting = Exchange("")
            exchanges.append(waiting)
        waiting.reply = message
        waiting.set_reply(message.text, (note or _plain_note)(message))
        waiting = None
    return exchanges


def _plain_note(message: Stored) -> str:
    return footnote(message.origin, message.confidence)


def _stored(exchanges: Iterable[Exchange]) -> list[Stored]:
    return [message for one in exchanges for message in (one.prompt, one.reply) if message]


def _first_id(exchanges: Sequence[Exchange]) -> int | None:
    first = next(iter(_stored(exchanges)), None)
    return first.id if first else None
