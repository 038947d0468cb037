"""From a turn to an answer that may do something: what was asked back, taken back, or asked anew."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from assistant.errors import AssistantError, StoreError
from assistant.replies.answers import answered, corrected, is_free, is_no, is_undo
from assistant.replies.offers import accepted
from assistant.replies.readings import reading
from assistant.replies.reply import Reply
from assistant.replies.safe import URGENT, grave
from assistant.replies.state import State
from assistant.skills.outcome import Context, Question
from assistant.skills.registry import knows, perform
from assistant.text.marks import Action
from assistant.text.normalise import normalise

if TYPE_CHECKING:  # the store would load NumPy before the window's first paint
    from sqlite_utils import Database

    from assistant.checkpoint import Checkpoint

_LET_BE = ("All right, I'll leave it.", "Left as it is.", "Never mind, then.")
# What answers in a line and touches nothing: a wrong one costs no more than a question back, so that it is
# given at this part of the threshold.
_TRIFLES = frozenset(
    """clock.time clock.date clock.until clock.convert math.evaluate unit.convert random.coin random.dice
    random.number joke.tell word.spell help.show reminder.list timer.list todo.list note.list""".split()  # noqa: SIM905
)
_SHARE = 0.75
_OF_A_REPLY = frozenset(["conversation.repeat"])
_NOTHING_TO_UNDO = "There's nothing in this talk to take back."


class Understanding(Protocol):
    """What understands a turn: a `Responder`, or what stands in for it."""

    name: str

    def reply(self, turns: Sequence[str], said: Sequence[str] = ()) -> Reply:
        """Answer the last turn in words, or name an action, with how sure it is of that."""


class Acting:
    """Answers turns, and does what they ask.

    Args:
        understanding: Tells words from actions.
        open_store: Opens the owner's file, once for each reply that needs it.
        translate: Puts Spanish into English; None where nothing is there that can.
        threshold: The least confidence with which an action is carried out unasked.
        dry_run: Understand, and do nothing.
        clock: Tells the time, in the person's zone.
        chance: What coins and dice fall by.

    Attributes:
        name: Of the checkpoint that understands.
    """

    def __init__(
        self,
        understanding: Understanding,
        open_store: Callable[[], Database],
        translate: Callable[[str], str] | None = None,
        threshold: float = 0.5,
        dry_run: bool = False,
        clock: Callable[[], datetime] | None = None,
        chance: Random | None = None,
    ) -> None:
        self.name = understanding.name
        self._understanding = understanding
        self._open_store = open_store
        self._translate = translate
        self._threshold = threshold
        self._dry_run = dry_run
        self._clock = clock or local_now
        self._chance = chance or Random()

    def understand(self, turns: Sequence[str]) -> Reply:
        """Answer the last turn, and do nothing.

        Args:
            turns: As for `reply`.
        """
        return self._understanding.reply(turns)

    def reply(self, turns: Sequence[str], state: State | None = None, said: Sequence[str] = ()) -> Reply:
        """Answer the last turn.

        Args:
            turns: The talk so far, oldest first, speakers alternating, the last one the user's.
            state: Where the talk stands; None where nothing is open.
            said: Replies to it that are not wanted again.

        Returns:
            The reply, with where the talk stands after it.

        Raises:
            StoreError: The owner's file cannot be opened or written.
        """
        started = time.perf_counter()
        reply = self._answer(turns, state or State(), said)
        return replace(reply, milliseconds=(time.perf_counter() - started) * 1000)

    def _answer(self, turns: Sequence[str], state: State, said: Sequence[str]) -> Reply:
        prompt = normalise(turns[-1])
        if grave(prompt) in URGENT:  # whatever was asked before
            return self._understood(self._understanding.reply(turns, said), turns, state)
        if is_undo(prompt):
            return self._undo(state)
        if state.question and is_no(prompt):
            text = self._chance.choice(_LET_BE)
            return Reply(text, "skill", 1.0, 0.0, state=state.settled())
        answer = self._reaction(prompt, turns, state)
        if isinstance(answer, Reply):
            return answer
        if answer := answer or accepted(turns):
            return self._act(answer, turns, state, 1.0)
        return self._understood(self._understanding.reply(turns, said), turns, state)

    def _reaction(self, prompt: str, turns: Sequence[str], state: State) -> Action | Reply | None:
        """Read a turn as the answer to what was asked, or as a change to what was done."""
        now = self._clock()
        if state.question and (answer := answered(prompt, state.question, now)):
            if state.question.fills is None or not is_free(state.question.fills):
                return answer
            # Any words could be the answer; those that ask for something else are not.
            understood = self._understanding.reply(turns)
            if understood.action and self._sure(understood):
                return self._understood(understood, turns, state)
            return answer
        if state.correction and (change := corrected(prompt, state.correction, now)):
            last = state.done[-1] if state.done else None
            if last and last.name == change.name and not self._dry_run:
                self._take_back(state)
                return self._act(change, turns, replace(state.undone(), correction=state.correction), 1.0)
            return change
        return None

    def _understood(self, understood: Reply, turns: Sequence[str], state: State) -> Reply:
        action = understood.action
        if action and action.name in _OF_A_REPLY and len(turns) == 1:
            # "It's me again" asks for nothing: there is no reply yet that it could be about.
            understood = self._understanding.reply(turns, [understood.text])
            action = understood.action
        if action is None or understood.done:
            return replace(understood, state=state.settled())
        if not knows(action.name):
            return replace(understood, action=None, origin="unsupported", done=True, state=state.settled())
        if not self._sure(understood):
            asked = replace(state, question=Question(action))
            return replace(understood, text=f"{reading(action)}?", origin="unsure", done=False, state=asked)
        return self._act(action, turns, state, understood.confidence)

    def _sure(self, understood: Reply) -> bool:
        if understood.action is None:
            return False
        share = _SHARE if understood.action.name in _TRIFLES else 1.0
        return understood.confidence >= share * self._threshold

    def _act(self, action: Action, turns: Sequence[str], state: State, confidence: float) -> Reply:
        if self._dry_run:
            return Reply(f"{reading(action)}.", "skill", confidence, 0.0, action, done=False, state=state)
        context = Context(self._clock(), self._open_store, turns, self._translate, self._chance)
        outcome = perform(action, context)
        after = state.after(action, outcome)
        if state.question and state.question.options and outcome.done and outcome.undo:
            after = replace(after, correction=_others(state.question, action))
        return Reply(outcome.text, "skill", confidence, 0.0, action, outcome.done, outcome.data, after)

    def _undo(self, state: State) -> Reply:
        if not state.done:
            return Reply(_NOTHING_TO_UNDO, "skill", 1.0, 0.0, done=False, state=state.settled())
        if self._dry_run:
            return Reply(f"Take back: {state.done[-1].about}.", "skill", 1.0, 0.0, done=False, state=state)
        self._take_back(state)
        return Reply(f"Taken back: {state.done[-1].about}.", "skill", 1.0, 0.0, state=state.undone())

    def _take_back(self, state: State) -> None:
        from assistant.store.rows import restore

        restore(self._open_store(), state.done[-1].undo)


def _others(question: Question, chosen: Action) -> Question:
    """Return what could have been chosen instead, for "not that, the other one"."""
    others = [
        option
        for option in question.options
        if any(chosen.arguments.get(name) != value for name, value in option.arguments.items())
    ]
    return replace(question, options=tuple(o for o in others if o.words != "all of them"))


def acting_with(checkpoint: Checkpoint, keeps: bool = True, dry_run: bool = False) -> Acting:
    """Return what answers with a checkpoint, and does what it is asked for.

    Args:
        checkpoint: Made for chat.
        keeps: Whether anything may be written to the owner's file.
        dry_run: Understand, and do nothing.
    """
    from assistant.replies.responder import Responder
    from assistant.replies.translating import translate

    # Nothing is known of the owner where nothing may be kept of them.
    responder = Responder(checkpoint, open_store=_opened if keeps and not dry_run else None)
    return Acting(responder, _opened if keeps else _closed, translate, responder.threshold, dry_run)


def _opened() -> Database:
    from assistant.store.database import open_database

    return open_database()


def _closed() -> Database:
    raise StoreError("nothing is kept with --no-log, so this cannot be done; ask again without it")


def local_now() -> datetime:
    """Return the time in the zone of this machine, which `TZ` may name.

    Raises:
        AssistantError: The machine's zone has no name.
    """
    from tzlocal import get_localzone

    try:
        zone = ZoneInfo(str(get_localzone()))
    except (ZoneInfoNotFoundError, ValueError) as error:
        message = "this machine's time zone has no name; set TZ to one, as in TZ=Europe/London"
        raise AssistantError(f"{message} ({error})") from error
    return datetime.now(zone)
