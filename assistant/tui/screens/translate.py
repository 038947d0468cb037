"""Translating as one types: Spanish in, English out."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static, TextArea

from assistant.errors import AssistantError
from assistant.tui.clipboard import copy
from assistant.tui.doors import Doors, Translating
from assistant.tui.keys import bound
from assistant.tui.messages import LoadFailed, Translated, TranslationFailed, TranslatorLoaded
from assistant.tui.rendering import Rendering, Span
from assistant.tui.visible import visible
from assistant.tui.widgets.shaded import Shaded
from assistant.tui.widgets.status import LOADING, Status

if TYPE_CHECKING:
    from assistant.replies.translation import Translation

_SECONDS_OF_REST = 0.15  # a pause in typing
_ALTERNATIVES = 5
_FAINTEST = 0.08  # what the network looked at less is not shown


class TranslateScreen(Screen[None]):
    """Two texts side by side, or one above the other where the window is narrow.

    Args:
        doors: Where the translator and the history are.
        text: Spanish to begin with.
    """

    AUTO_FOCUS = "#spanish"
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("translate", "back", show=True, label="Chat"),
        bound("other", show=True, priority=True),
        bound("side", show=True, priority=True),
        bound("copy_english", show=True, priority=True),
        bound("new", "clear"),
        bound("stop", "back"),
    ]

    def __init__(self, doors: Doors, text: str = "") -> None:
        super().__init__()
        self._doors = doors
        self._text = text  # what is typed; at the end, when it is to be kept, its widget is gone
        self._rendering = Rendering()
        self._translator: Translating | None = None
        self._busy = False
        self._rest: Timer | None = None
        self._kept: set[tuple[str, str]] = set()

    def compose(self) -> ComposeResult:
        """Lay out the two texts, the alternatives and the bottom line."""
        with Vertical(id="translation"):
            with Vertical(id="sides"):
                yield Shaded("spanish", placeholder="Escribe aquí")
                yield Shaded("english", read_only=True)
            yield Static(id="alternatives", markup=False)
        yield Status("translate")

    def on_mount(self) -> None:
        """Load the translator once the window stands there."""
        self.query_one("#spanish").border_title = "Spanish"
        self.query_one("#english").border_title = "English"
        self.spanish.text = self._text
        self.spanish.move_cursor(self.spanish.document.end)
        self.call_after_refresh(self._wake)

    def on_unmount(self) -> None:
        """Keep what stands here."""
        self._keep()

    @property
    def spanish(self) -> Shaded:
        """What is typed."""
        return self.query_one("#spanish", Shaded)

    @property
    def english(self) -> Shaded:
        """What it means."""
        return self.query_one("#english", Shaded)

    # What the keys do

    def action_back(self) -> None:
        """Go back to the chat; what stands here is kept."""
        self._keep()
        self.app.pop_screen()

    def action_clear(self) -> None:
        """Begin anew."""
        self._keep()
        self.spanish.clear()
        self.spanish.focus()

    def action_other(self) -> None:
        """Show the next alternative of the line."""
        self._rendering.turn(self._line)
        self._show()

    def action_side(self) -> None:
        """Go to the other text."""
        (self.english if self.spanish.has_focus else self.spanish).focus()

    def action_copy_english(self) -> None:
        """Copy the English."""
        if self.english.text.strip():
            self._keep()
            copy(self.app, self.english.text, "the English")

    def on_paste(self, event: events.Paste) -> None:
        """Leave a pasted text to the Spanish."""
        self.spanish.focus()

    # Translating

    @on(TextArea.Changed, "#spanish")
    def _typed(self) -> None:
        self._text = self.spanish.text
        if self._rest:
            self._rest.stop()
        self._rest = self.set_timer(_SECONDS_OF_REST, self._translate)
        self._show()

    def _translate(self) -> None:
        missing = self._rendering.missing(self.spanish.text)
        if missing and self._translator and not self._busy:
            self._busy = True
            translator = self._translator
            self.run_worker(lambda: self._translates(translator, missing), thread=True)

    def _wake(self) -> None:
        self.query_one(Status).model = LOADING
        self.run_worker(self._loads, thread=True)

    # In threads

    def _loads(self) -> None:
        try:
            translator = self._doors.load_translator()
        except Exception as error:
            self.post_message(LoadFailed(error))
        else:
            self.post_message(TranslatorLoaded(translator))

    def _translates(self, translator: Translating, lines: list[str]) -> None:
        try:
            found = {line: translator.translate(line, _ALTERNATIVES) for line in lines}
        except Exception as error:
            self.post_message(TranslationFailed(error))
        else:
            self.post_message(Translated(found))

    # What comes of it

    @on(TranslatorLoaded)
    def _loaded(self, event: TranslatorLoaded) -> None:
        self._translator = event.translator
        self.query_one(Status).model = event.translator.name
        self._translate()

    @on(LoadFailed)
    def _load_failed(self, event: LoadFailed) -> None:
        self.query_one(Status).model = "no model"
        self.notify(str(event.error), severity="error", markup=False)

    @on(Translated)
    def _translated(self, event: Translated) -> None:
        self._busy = False
        self._rendering.known.update(event.found)
        self.query_one(Status).milliseconds = sum(t.milliseconds for t in event.found.values())
        self._show()
        self._translate()  # what was typed in the meantime

    @on(TranslationFailed)
    def _translation_failed(self, event: TranslationFailed) -> None:
        self._busy = False
        self.notify(str(event.error), severity="error", markup=False)

    def _show(self) -> None:
        text = visible(self._rendering.english(self.spanish.text))
        # While a line is not translated yet, what stood there stays: nothing flickers.
        if text != self.english.text and not self._rendering.missing(self.spanish.text):
            place = self.english.cursor_location
            self.english.text = text
            self.english.move_cursor(place)
        self._show_alternatives()
        self._shade()

    def _show_alternatives(self) -> None:
        found = self._rendering.known.get(self._line)
        chosen = self._rendering.chosen.get(self._line, 0)
        lines = [
            Content.assemble(("› " if number == chosen else "  ", "$text-primary"), visible(text))
            for number, text in enumerate(self._rendering.alternatives(self._line))
        ]
        box = self.query_one("#alternatives", Static)
        box.update(Content("\n").join(lines))
        box.display = len(lines) > 1
        self.english.border_subtitle = f"{found.confidence:.0%}".replace("%", " %") if found else ""

    @property
    def _line(self) -> str:
        """The Spanish line that the cursor is on, in either text."""
        row = (self.english if self.english.has_focus else self.spanish).cursor_location[0]
        lines = self.spanish.text.split("\n")
        return lines[min(row, len(lines) - 1)]

    # Attention

    @on(TextArea.SelectionChanged)
    def _moved(self) -> None:
        self._show_alternatives()
        self._shade()

    def on_descendant_focus(self) -> None:
        """Shade for the text that has the focus."""
        self._shade()

    def _shade(self) -> None:
        row, column = self.english.cursor_location
        word: Span | None = None
        seen: list[tuple[Span, float]] = []
        if self.english.has_focus and self.english.text == self._rendering.english(self.spanish.text):
            word, seen = self._rendering.seen(self._line, column)
        self.english.shade([(row, *word, 0.35)] if word else [])
        self.spanish.shade([(row, *span, weight) for span, weight in seen if weight >= _FAINTEST])

    def _keep(self) -> None:
        """Write what stands here into the history, each line once."""
        known = self._rendering.known
        lines = [line for line in self._text.split("\n") if line in known]
        try:
            for line in lines if self._doors.history and self._translator else []:
                self._keep_line(line, known[line])
        except AssistantError as error:
            self.notify(str(error), severity="error", markup=False)

    def _keep_line(self, line: str, found: Translation) -> None:
        assert self._doors.history and self._translator
        english = self._rendering.line(line)
        if (line, english) not in self._kept:
            translations = self._doors.history.translations
            translations.add(line, english, self._translator.name, found.confidence)
            self._kept.add((line, english))
