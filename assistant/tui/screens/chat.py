"""The chat: messages, prompt, conversations, and what happens between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import OptionList

from assistant.errors import AssistantError
from assistant.replies.talk import Talk
from assistant.tui.dates import Clock
from assistant.tui.line import Job, Line
from assistant.tui.messages import Load, Loaded, LoadFailed, Replied, ReplyFailed
from assistant.tui.mind import Mind
from assistant.tui.widgets.conversations import ConversationList
from assistant.tui.widgets.exchange import Exchange, footnote
from assistant.tui.widgets.messages import Messages, exchanges_of
from assistant.tui.widgets.prompt import Prompt
from assistant.tui.widgets.status import LOADING, Status
from assistant.tui.widgets.welcome import Welcome

if TYPE_CHECKING:
    from assistant.store.conversations import Conversations

_MOST_LISTED = 200
_MOST_PICKS = 4


class ChatScreen(Screen[None]):
    """One talk at a time, and a list of the others.

    Args:
        load: Loads what answers; called in a thread, after the first paint.
        conversations: The history; None keeps nothing.
        conversation: The id of the talk to open; None begins a new one.
        clock: Gives the time here.
    """

    AUTO_FOCUS = "Prompt"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "new", "New", tooltip="Begin a new conversation"),
        Binding("ctrl+b", "list", "List", tooltip="Show or hide the list of conversations"),
        Binding("escape", "stop", "Stop", show=False),
    ]

    def __init__(
        self, load: Load, conversations: Conversations | None, conversation: str | None, clock: Clock
    ) -> None:
        super().__init__()
        self._conversations = conversations
        self._first = conversation
        self._clock = clock
        self._mind = Mind(load, self)
        self._line = Line()
        self._telling: Exchange | None = None

    def compose(self) -> ComposeResult:
        """Lay out the window."""
        with Horizontal():
            yield ConversationList(id="conversations", compact=True)
            with Vertical(id="talk"):
                yield Messages()
                yield Center(Prompt())
        yield Status()

    def on_mount(self) -> None:
        """Open the first talk, and load the model once the window stands there."""
        self.set_class(self._conversations is None, "-unkept")
        self._open(self._first)
        self.call_after_refresh(self._mind.wake)

    def on_unmount(self) -> None:
        """Keep the prompts whose turn never came."""
        for job in self._line.all():
            if job is not self._line.current:
                job.talk.hear(job.text)

    # What the keys do

    def action_new(self) -> None:
        """Begin a new conversation."""
        self._open(None)

    def action_list(self) -> None:
        """Show or hide the list of conversations."""
        if self._conversations is None:
            self.notify("Nothing is kept with --no-log, so there is nothing to list.")
            return
        self.toggle_class("-toggled")
        self.query_one("#conversations" if self._list_shown else Prompt).focus()

    def action_stop(self) -> None:
        """Show the whole reply at once, or stop waiting for it and take the words back."""
        prompt = self.query_one(Prompt)
        if self.focused is not prompt:
            self._close_list()
            prompt.focus()
        elif self._telling:
            self._telling.finish()
        else:
            self._give_back(self._line.of(self._talk))
            self._advance()

    @property
    def _list_shown(self) -> bool:
        return self.has_class("-narrow") == self.has_class("-toggled")

    def _close_list(self) -> None:
        if self.has_class("-narrow"):
            self.remove_class("-toggled")

    # Talks

    @on(OptionList.OptionSelected)
    def _picked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._open(event.option_id)

    @on(Prompt.Above)
    def _reach_for_picks(self) -> None:
        for picks in self.query("Welcome ConversationList"):
            picks.focus()

    @on(Prompt.Paged)
    def _paged(self, event: Prompt.Paged) -> None:
        self.query_one(Messages).turn_page(event.up)

    def _open(self, conversation: str | None) -> None:
        """Show a talk, a new one if there is no id; prompts of others go on in the background."""
        self._telling = None
        unanswered = [job for job in self._line.all() if conversation and job.talk.id == conversation]
        self._talk = unanswered[0].talk if unanswered else Talk(self._conversations, conversation)
        self._show_talk(unanswered)
        self._list_conversations()
        self._close_list()
        self.query_one(Prompt).focus()
        self._advance()

    def _show_talk(self, unanswered: list[Job]) -> None:
        messages = self.query_one(Messages)
        if not self._conversations or not self._talk.id:
            recent = self._conversations.recent(_MOST_PICKS) if self._conversations else []
            messages.show_welcome(Welcome(recent, self._clock()))
            self.query_one(Prompt).begin([])
            return
        stored = self._conversations.messages(self._talk.id)
        if self._line.current in unanswered:
            stored.pop()  # it is shown below, where its reply will appear
        exchanges = exchanges_of(stored)
        for job in unanswered:
            job.exchange = Exchange(job.text)
            exchanges.append(job.exchange)
        messages.show_talk(exchanges)
        self._show_waiting()
        self.query_one(Prompt).begin([exchange.prompt_text for exchange in exchanges])

    def _list_conversations(self) -> None:
        if self._conversations:
            found = self._conversations.recent(_MOST_LISTED)
            self.query_one("#conversations", ConversationList).fill(found, self._clock(), self._talk.id)

    # Prompts and replies

    @on(Prompt.Sent)
    def _sent(self, event: Prompt.Sent) -> None:
        if self._telling:
            self._telling.finish()
        exchange = self.query_one(Messages).add(event.text)
        exchange.wait()
        self._line.join(Job(event.text, self._talk, exchange))
        self._advance()

    @on(Exchange.Told)
    def _told(self, event: Exchange.Told) -> None:
        if event.exchange is self._telling:
            self._telling = None
            self._advance()

    def _advance(self) -> None:
        """Answer the next prompt, if it may be."""
        job = None if self._telling else self._line.call()
        if job is None:
            return
        try:
            job.turns = job.talk.hear(job.text)
        except AssistantError as error:
            self._fail(job, str(error))
            return
        job.exchange.think()
        self._list_conversations()
        if not self._mind.responder:
            self.query_one(Status).model = LOADING
        self._mind.answer(job)

    @on(Replied)
    def _replied(self, event: Replied) -> None:
        job, reply = event.job, event.reply
        if job is not self._line.current:
            return  # taken back in the meantime
        self._line.done()
        try:
            job.talk.answer(reply, event.model)
        except AssistantError as error:
            self.query_one(Messages).say(str(error))
        self.query_one(Status).milliseconds = reply.milliseconds
        self._list_conversations()
        if job.talk is self._talk:
            self._telling = job.exchange
            job.exchange.tell(reply.text, footnote(reply.origin, reply.confidence))
        self._advance()

    @on(ReplyFailed)
    def _reply_failed(self, event: ReplyFailed) -> None:
        if event.job is self._line.current:
            self._fail(
                event.job, f"That went wrong: {_said(event.error)}. Your words are back in the prompt."
            )

    def _fail(self, job: Job, what: str) -> None:
        if job.talk is self._talk:
            self._give_back([job])
            self.query_one(Messages).say(what)
        else:
            self._line.leave([job])
            self.notify(f"{job.text}\n\n{what}", severity="error", markup=False)
        self._advance()

    def _give_back(self, jobs: list[Job]) -> None:
        if jobs:
            self._line.leave(jobs)
            self.query_one(Prompt).give_back("\n".join(job.text for job in jobs))
            for job in jobs:
                job.exchange.remove()

    def _show_waiting(self) -> None:
        for job in self._line.of(self._talk):
            (job.exchange.think if job is self._line.current else job.exchange.wait)()

    # The model

    @on(Loaded)
    def _loaded(self, event: Loaded) -> None:
        self.query_one(Status).model = event.responder.name
        self._mind.woken(event.responder, self._line.current)

    @on(LoadFailed)
    def _load_failed(self, event: LoadFailed) -> None:
        self._mind.woken(None, None)
        self.query_one(Status).model = "no model"
        elsewhere = [job for job in self._line.all() if job.talk is not self._talk]
        self._line.leave(elsewhere)
        for job in elsewhere:
            self.notify(f"{job.text}\n\nwas not answered", severity="error", markup=False)
        self._give_back(self._line.of(self._talk))
        self.query_one(Messages).say(f"{_said(event.error)}. Send again to try again.")


def _said(error: Exception) -> str:
    """Return what an error says, and its name where it was not made to be read by people."""
    text = str(error).rstrip(".")
    return text if isinstance(error, AssistantError) else f"{type(error).__name__}: {text}"
