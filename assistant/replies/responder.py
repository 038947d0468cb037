"""From the turns of a talk to a reply."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from assistant.checkpoint import Checkpoint
from assistant.inference.actions import ActionGrammar, choice
from assistant.inference.hypothesis import Hypothesis
from assistant.inference.rules import Rules
from assistant.inference.runtime import Network, OnnxNetwork
from assistant.inference.sampling import nucleus_sample
from assistant.inference.search import beam_search
from assistant.replies.alternatives import Alternative, distinct
from assistant.replies.chain import Chain
from assistant.replies.lines import line
from assistant.replies.recalling import Recall
from assistant.replies.reply import Explanation, Reply
from assistant.replies.seen import Seen
from assistant.replies.wording import sentences, without_greeting
from assistant.text.marks import ACT, KINDS, SAY, UNSUPPORTED, Action, escape, mark_turns, parse_action
from assistant.text.normalise import has_letters, normalise
from assistant.text.openings import Opening, topics

if TYPE_CHECKING:
    from sqlite_utils import Database

_SURELY = 0.9  # a last sentence is taken for an action by itself

_Beam = list[tuple[tuple[int, ...], Hypothesis]]
"""Hypotheses, each with the source it answers."""


class Responder:
    """Answers with one checkpoint.

    Args:
        checkpoint: Made for chat.
        beam: Hypotheses kept alive; None takes the checkpoint's own number.
        network: Stands in for the exported network in tests.
        open_store: Opens the owner's file, in the thread that asks, for what they taught and told; None
            where it is to be left alone.

    Attributes:
        name: The checkpoint's name.
        threshold: The least confidence with which an action should be carried out unasked.
    """

    def __init__(
        self,
        checkpoint: Checkpoint,
        beam: int | None = None,
        network: Network | None = None,
        open_store: Callable[[], Database] | None = None,
    ) -> None:
        settings = checkpoint.settings.decoding
        self._settings = replace(settings, beam=beam or settings.beam)
        self.name = checkpoint.name
        self.threshold = self._settings.act_threshold
        self._context_turns = checkpoint.settings.corpus.context_turns
        self._topics = checkpoint.settings.corpus.topics
        self._recall = Recall(checkpoint.openings)
        self._most_pieces = checkpoint.settings.corpus.max_pieces
        self._pieces = checkpoint.pieces
        self._network = network or OnnxNetwork(checkpoint.path)
        self._chain = Chain(self._network, self._pieces, self._settings, self._recall, open_store)

    def reply(self, turns: Sequence[str], said: Sequence[str] = ()) -> Reply:
        """Answer the last turn.

        Args:
            turns: The talk so far, oldest first, speakers alternating, the last one the user's.
            said: Replies to it that are not wanted again.

        Raises:
            StoreError: The owner's file cannot be opened or written.
        """
        started = time.perf_counter()
        cleaned = [normalise(turn) for turn in turns]
        if not has_letters(cleaned[-1]) and not any(c.isdigit() for c in cleaned[-1]):
            return Reply(line("nothing to read", cleaned), "unsure", 1.0, _since(started))
        if reply := self._chain.first(cleaned):
            return replace(reply, milliseconds=_since(started))
        cleaned[-1] = without_greeting(cleaned[-1])
        cleaned = self._asking(cleaned)
        sources = self._sources(cleaned)
        kind, likely = self._kind(sources)
        if said and kind == self._pieces.mark(ACT):
            kind = self._pieces.mark(SAY)  # what was done is done: what else there is are words
        near = self._recall.near(cleaned[-1])
        beam = [
            (source, each) for source in sources for each in self._search(source, cleaned[-1], kind, near)
        ]
        source, best = max(beam, key=lambda pair: pair[1].confidence)
        if kind == self._pieces.mark(ACT):
            reply = self._asked(best, likely)
        else:
            found = [each for _, each in beam]
            reply = self._chain.last(
                found,
                cleaned,
                said,
                near,
                lambda: self._draw(source, cleaned[-1], kind, near, seed=len(said)),
            )
        return replace(reply, milliseconds=_since(started), why=self._explained(beam, reply.text))

    def _asking(self, turns: list[str]) -> list[str]:
        """Return the last sentence alone where it asks for something and the whole turn is taken for talk."""
        last = sentences(turns[-1])[-1]
        if last == turns[-1] or self._kind([self._source(turns[-1:])])[0] != self._pieces.mark(SAY):
            return turns
        kind, likely = self._kind([self._source([last])])
        asks = kind == self._pieces.mark(ACT) and likely >= _SURELY
        return [*turns[:-1], last] if asks else turns

    def _sources(self, turns: Sequence[str]) -> list[tuple[int, ...]]:
        """Encode the last turn with and without the talk before it.

        A prompt that opens a new subject is understood better without: both are read, and of the answers
        the one that the network is surer of is taken.
        """
        return list(dict.fromkeys(tuple(self._source(some)) for some in (turns, turns[-1:])))

    def _source(self, turns: Sequence[str]) -> list[int]:
        """Encode as many of the last turns as fit, newest last."""
        for first in range(max(0, len(turns) - self._context_turns), len(turns)):
            source = self._pieces.encode(mark_turns(turns[first:]))
            if len(source) <= self._most_pieces:
                return source
        # One turn that is too long by itself: its end matters most, behind the speaker's mark.
        return [source[0], *source[1 - self._most_pieces :]]

    def _kind(self, sources: Sequence[Sequence[int]]) -> tuple[int, float]:
        """Decide between words, an action and what is out of reach, before any of it is written.

        The words of an action are copied and each is sure, those of talk could always be others: by
        the probability of whole answers everything would be an action.
        """
        kinds = [self._pieces.mark(kind) for kind in KINDS]
        likely = np.mean([choice(self._network, source, kinds) for source in sources], axis=0)
        return kinds[int(likely.argmax())], float(likely.max())

    def _search(
        self, source: Sequence[int], prompt: str, kind: int, near: Sequence[Opening]
    ) -> list[Hypothesis]:
        """Return what the beam finds, best first; at least one."""
        settings, rules = self._settings, self._rules(source, prompt, kind, near)
        found = beam_search(self._network, source, rules, settings.beam, settings.length_penalty)
        say = self._pieces.mark(SAY)
        found = [replace(each, named=_named(each.pieces, say)) for each in found]
        # What ends with <say> has no words; it is taken only where there is nothing else.
        return [each for each in found if each.pieces[-1] != say] or found

    def _draw(
        self, source: Sequence[int], prompt: str, kind: int, near: Sequence[Opening], seed: int
    ) -> list[Hypothesis]:
        """Draw answers, for where everything the beam finds was said before."""
        settings, rules = self._settings, self._rules(source, prompt, kind, near)
        count, top_p, temperature = settings.samples, settings.top_p, settings.temperature
        return nucleus_sample(self._network, source, rules, count, top_p, temperature, seed)

    def _rules(self, source: Sequence[int], prompt: str, kind: int, near: Sequence[Opening]) -> Rules:
        grammar = ActionGrammar(self._pieces.encode, self._pieces.mark(ACT), escape(prompt))
        rules = Rules.of(self._settings, len(source), self._pieces.never_generated, first=[kind])
        names = self._names(near) if self._topics and kind == self._pieces.mark(SAY) else None
        return replace(rules, legal=grammar.legal, names=names)

    def _names(self, near: Sequence[Opening]) -> dict[tuple[int, ...], float]:
        """Return the topics of the openings near a prompt, as far as these are believed."""
        weight = self._settings.openings_weight
        return {tuple(self._pieces.encode(topic)): weight * share for topic, share in topics(near).items()}

    def _asked(self, best: Hypothesis, likely: float) -> Reply:
        """Ask back with the reading of an action; what carries it out may do so unasked."""
        action = self._action(best)
        name = best.steps[1 : 1 + len(self._pieces.encode(action.name))]
        return Reply(_asking(action), "unsure", likely * float(np.exp(name.mean())), 0.0, action, False)

    def _explained(self, beam: _Beam, text: str) -> Explanation:
        """Show what was looked at for a reply, or for the likeliest where it was not of the beam."""
        ranked = sorted(beam, key=lambda pair: -pair[1].score)
        source, shown = next((pair for pair in ranked if self._text(pair[1]) == text), ranked[0])
        surfaces = self._pieces.surfaces
        seen = Seen(surfaces(source), surfaces(shown.pieces), shown.attention)
        return Explanation(seen, distinct([Alternative(self._text(each), each.score) for _, each in ranked]))

    def _text(self, hypothesis: Hypothesis) -> str:
        """Return what a hypothesis comes to, in words."""
        if hypothesis.pieces[0] == self._pieces.mark(UNSUPPORTED):
            return "(out of reach)"
        if hypothesis.pieces[0] == self._pieces.mark(ACT):
            return _asking(self._action(hypothesis))
        return self._pieces.answer(hypothesis.pieces)

    def _action(self, hypothesis: Hypothesis) -> Action:
        return parse_action(f"{ACT} {self._pieces.answer(hypothesis.pieces)}")


def _asking(action: Action) -> str:
    details = ", ".join(action.arguments.values())
    return f"Did you mean {action.name}{f': {details}' if details else ''}?"


def _named(pieces: Sequence[int], mark: int) -> int:
    """Return how many pieces name the topic: those before the second mark."""
    return pieces.index(mark, 1) if mark in pieces[1:] else 0


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000
