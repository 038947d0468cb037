"""What can be done to a message: copied, judged, put otherwise, taught, made again, asked about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from assistant.tui.clipboard import copy
from assistant.tui.line import Job
from assistant.tui.screens.talking import Talking
from assistant.tui.screens.why import Question, WhyScreen
from assistant.tui.told import told
from assistant.tui.widgets.exchange import Exchange, Part
from assistant.tui.widgets.messages import exchange_of

if TYPE_CHECKING:
    from assistant.replies.nearest import Exchange as Learnt
    from assistant.replies.reply import Reply

_MOST_TURNS = 10  # before a reply in the midst of a talk, to see how it came about
_MOST_NEAR = 3
_LABELS = {"said": "Say it otherwise", "reply": "What should have been said"}


@dataclass(frozen=True)
class Editing:
    """What is being edited in the prompt.

    Attributes:
        exchange: Where it stands.
        kind: The person's own words, or a reply that is to be taught.
        draft: What stood in the prompt before.
    """

    exchange: Exchange
    kind: Literal["said", "reply"]
    draft: str


class Acting(Talking):
    """The deeds that the keys of a message do; without one chosen they mean the last reply."""

    _editing: Editing | None = None

    @property
    def unsent(self) -> str:
        """What is written and not sent; what is being edited is no such thing."""
        return self._editing.draft if self._editing else super().unsent

    @property
    def _meant(self) -> Part | None:
        """The message that is chosen, or the last one."""
        if self.messages.chosen:
            return self.messages.chosen
        exchange = self._last
        return (exchange.answer if exchange.reply_text else exchange.said) if exchange else None

    @property
    def _meant_reply(self) -> Exchange | None:
        """The exchange that is chosen, or else the last one, if its reply stands there whole."""
        part = self.messages.chosen
        exchange = exchange_of(part) if part else self._last
        telling = self._telling is not None and exchange is self._telling.exchange
        return exchange if exchange and exchange.reply_text and not telling else None

    @property
    def _last(self) -> Exchange | None:
        return next(reversed(self.messages.exchanges), None)

    def open(self, conversation: str | None, at: int | None = None) -> None:
        """Show a talk; what is being edited is left as it was.

        Args:
            conversation: Its id; None begins a new one.
            at: The id of the message to go to; None goes to the end.
        """
        self._leave_editing()
        super().open(conversation, at)

    # Copying

    def action_copy(self) -> None:
        """Copy the message."""
        part = self._meant
        if part:
            copy(self.app, part.text, "your words" if part.kind == "said" else "the reply")

    def action_copy_all(self) -> None:
        """Copy the conversation, all of it."""
        if self._conversations and self._talk.id:
            said = [(message.role, message.text) for message in self._conversations.messages(self._talk.id)]
        else:
            said = [
                ("assistant" if number % 2 else "user", text) for number, text in enumerate(self._talk.turns)
            ]
        if said:
            text = "\n\n".join(f"{'You' if role == 'user' else 'Assistant'}: {text}" for role, text in said)
            copy(self.app, text, "the conversation")

    # Judging and teaching

    @told
    def action_rate(self, up: bool) -> None:
        """Call a reply good or bad, or take that back.

        Args:
            up: Good, not bad.
        """
        exchange = self._meant_reply
        if not exchange or not exchange.reply or not self._history:
            self.notify("There is no reply here that is kept.")
            return
        feedback, message = self._history.feedback, exchange.reply
        feedback.rate(message.id, None if feedback.rating(message.id) == up else up)
        exchange.set_reply(message.text, self.note(message))

    def action_edit(self) -> None:
        """Put one's last words otherwise, or say what a reply should have been."""
        part = self._meant
        if not part:
            return
        exchange = exchange_of(part)
        if part.kind == "reply":
            self._edit(exchange, "reply")
        elif exchange is self._last:
            self.edit_last()
        else:
            self.notify("Only your last words can be put otherwise: what followed rests on these.")

    def edit_last(self) -> None:
        """Put one's last words otherwise."""
        if self._last and not self.busy and self.messages.at_end:
            self._edit(self._last, "said")
        else:
            self.notify("There is nothing to put otherwise yet.")

    def teaching(self, words: str) -> None:
        """Say what a reply should have been.

        Args:
            words: A prompt and a reply with ` = ` between them; empty for the last reply, in the prompt.
        """
        prompt, equals, reply = (part.strip() for part in words.partition("="))
        if words and not (equals and prompt and reply):
            self.notify("Write it so: /teach PROMPT = REPLY", severity="warning", markup=False)
        elif words:
            self.teach(prompt, reply)
        elif exchange := self._meant_reply:
            self._edit(exchange, "reply")

    def _edit(self, exchange: Exchange, kind: Literal["said", "reply"]) -> None:
        if kind == "reply" and not (self._history and exchange.prompt_text and exchange.reply_text):
            self.notify("There is no reply here that could be taught.")
            return
        draft = self._editing.draft if self._editing else self.prompt.text
        self._editing = Editing(exchange, kind, draft)
        self.prompt.border_title = _LABELS[kind]
        self.prompt.border_subtitle = "Esc leaves it"
        self.prompt.write(exchange.prompt_text if kind == "said" else exchange.reply_text)
        self.prompt.focus()

    def _leave_editing(self) -> None:
        if self._editing:
            self.prompt.write(self._editing.draft)
            self.prompt.border_title = self.prompt.border_subtitle = None
            self._editing = None

    @told
    def _edited(self, text: str) -> None:
        """Take what was edited."""
        assert self._editing
        exchange, kind = self._editing.exchange, self._editing.kind
        self._leave_editing()
        if kind == "reply":
            self._teach(exchange, text)
        elif not self.busy:
            job = Job(text, self._talk, exchange, "reword")
            self._enqueue(job)
            exchange.said.show(text)

    def _teach(self, exchange: Exchange, reply: str) -> None:
        self.teach(exchange.prompt_text, reply)
        # In the midst of a talk another reply would take away all that followed.
        if exchange is self._last and not self.busy:
            self._talk.answer_instead(reply, "taught")
            exchange.reply, exchange.why = self._talk.reply, None
            exchange.set_reply(reply, self.note(self._talk.reply) if self._talk.reply else "taught")

    def teach(self, prompt: str, reply: str) -> None:
        """Keep what should be said to a prompt.

        Args:
            prompt: What is said.
            reply: What is to be answered.
        """
        if self._history:
            self._history.taught.teach(prompt, reply)
            self.notify(f"{prompt}\n→ {reply}", title="Taught", markup=False)

    # Other replies

    def action_again(self) -> None:
        """Have the last reply made again; the one there is can be paged back to."""
        exchange = self._last
        if not exchange or self.busy or not self.messages.at_end:
            self.notify("There is nothing to be made again yet.")
            return
        if exchange.footnote.startswith("skill"):
            self.notify('That was done, not only said. Say "undo that" to take it back.', markup=False)
            return
        self.messages.choose(None)
        self.messages.anchor()
        self._enqueue(Job(exchange.prompt_text, self._talk, exchange, "again"))

    @told
    def action_sibling(self, step: int) -> None:
        """Page through what was said at one place of a talk.

        Args:
            step: 1 for what was said after, -1 before.
        """
        part = self.messages.chosen
        exchange = exchange_of(part) if part else None
        stored = (exchange.prompt if part and part.kind == "said" else exchange.reply) if exchange else None
        if not stored or not self._conversations or self.busy:
            return
        siblings = self._conversations.siblings(stored.id)
        place = [sibling.id for sibling in siblings].index(stored.id) + step
        if 0 <= place < len(siblings):
            self._conversations.choose(siblings[place].id)
            self.open(self._talk.id, siblings[place].id)

    # Asking why

    @told
    def action_why(self) -> None:
        """Show why a reply is what it is."""
        exchange = self._meant_reply
        if not exchange:
            self.notify("There is no reply here to ask about.")
            return
        prompt = exchange.prompt_text
        taught = self._history.taught.near(prompt, _MOST_NEAR) if self._history else []
        near = [(pair.prompt, pair.reply) for pair in taught]
        again = self._asking_again(exchange)
        question = Question(prompt, exchange.reply_text, exchange.footnote, near, again, exchange.why)
        self.app.push_screen(WhyScreen(question))

    def _asking_again(self, exchange: Exchange) -> Callable[[], tuple[Reply | None, Learnt | None]]:
        turns, prompt, learnt = self._turns_before(exchange), exchange.prompt_text, self._doors.learnt
        # A reply that the network did not make cannot be explained by it.
        made = exchange.footnote.startswith(("generated", "recalled", "unsure", "unsupported"))
        responder = self._mind.responder if made and not exchange.why else None

        def again() -> tuple[Reply | None, Learnt | None]:
            return responder.understand(turns) if responder else None, learnt(prompt)

        return again

    def _turns_before(self, exchange: Exchange) -> list[str]:
        """Return the talk up to the prompt of an exchange."""
        prompt = exchange.prompt
        if not prompt or not self._conversations:
            return [exchange.prompt_text]
        before = self._conversations.messages(prompt.conversation, _MOST_TURNS, prompt.id)
        turns: list[str] = []
        for message in before:
            if (len(turns) % 2 == 0) == (message.role == "user"):
                turns.append(message.text)
        return [*turns[: len(turns) - len(turns) % 2], prompt.text]
