"""The way of a prompt to its reply, link by link; the first link that has an answer gives it.

    urgent -> taught -> facts -> [action] -> grave, beyond -> found or recalled -> unsure

What cannot wait comes first, then what the owner taught and told. The network is asked next: an action is
carried out by others. Of what is left, some is better said by hand. The rest is the best of what the network
found and of what was answered to like words, whichever is likelier to fit; where neither is likely enough,
that is said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from assistant.inference.hypothesis import Hypothesis
from assistant.inference.runtime import Floats, Network
from assistant.inference.vectors import sentence_vector
from assistant.replies.certainty import logistic
from assistant.replies.facts import OwnFacts
from assistant.replies.factual import beyond
from assistant.replies.lines import line
from assistant.replies.listening import unsure_line
from assistant.replies.ranking import Freshness, Ranking
from assistant.replies.recalling import Recall
from assistant.replies.reply import Origin, Reply
from assistant.replies.safe import URGENT, alarms, grave
from assistant.replies.taught import TaughtMemory
from assistant.replies.wording import clauses, leaves, words_of
from assistant.settings import DecodingSettings
from assistant.text.marks import SAY, UNSUPPORTED, mark_turns
from assistant.text.openings import Opening
from assistant.text.pieces import Pieces

if TYPE_CHECKING:  # a talk that nothing was taught or told does without the store
    from sqlite_utils import Database

_MOST_ALTERNATIVES = 5
# How likely what the network found is to please, by its confidence and whether a talk goes on: fitted, as
# the weights of what is recalled are, on what readers made of replies.
_FOUND = (-8.18, 8.819, -0.643)
# What fits a question or a goodbye fits the whole turn by so much; other parts, by their share of the words.
_WANTED = 0.95
_MOST_PARTS = 6


class Chain:
    """Answers what the network is not asked, and chooses among what it finds.

    Args:
        network: Encodes and steps.
        pieces: Its vocabulary.
        settings: How replies are chosen.
        recall: Knows what was answered to like words.
        open_store: Opens the owner's file; None where nothing may be read from it or written to it.
    """

    def __init__(
        self,
        network: Network,
        pieces: Pieces,
        settings: DecodingSettings,
        recall: Recall,
        open_store: Callable[[], Database] | None = None,
    ) -> None:
        self._network = network
        self._pieces = pieces
        self._settings = settings
        self._recall = recall
        self._ranking = Ranking(network, pieces, settings)
        self._taught = TaughtMemory(self._vector, open_store) if open_store else None
        self._facts = OwnFacts(open_store) if open_store else None

    def first(self, turns: Sequence[str]) -> Reply | None:
        """Answer what the network is not asked.

        Args:
            turns: The talk so far, cleaned, the person's words last.

        Raises:
            StoreError: The owner's file cannot be opened or written.
        """
        place = grave(turns[-1])
        if place in URGENT:
            return _by_hand(place, turns, "skill")
        taught = self._taught.answer(turns[-1]) if self._taught else None
        return taught or (self._facts.answer(turns) if self._facts else None)

    def last(
        self,
        found: Sequence[Hypothesis],
        turns: Sequence[str],
        said: Sequence[str],
        near: Sequence[Opening],
        draw: Callable[[], list[Hypothesis]],
    ) -> Reply:
        """Choose the reply to what is no action.

        Args:
            found: What the search found, at least one; some of it may be an action after all.
            turns: The talk so far, cleaned, the person's words last.
            said: Replies to the last turn that are not wanted again.
            near: Openings that were learnt and are like the last turn, the likest first.
            draw: Draws other answers.

        Raises:
            StoreError: The owner's file cannot be opened.
        """
        likeliest = max(found, key=lambda each: each.confidence)
        declined = likeliest.pieces[0] == self._pieces.mark(UNSUPPORTED)
        if place := grave(turns[-1]):
            return _by_hand(place, turns, "unsupported" if declined else "skill")
        if place := beyond(turns[-1]):
            return _by_hand(place, turns, "unsupported" if declined else "unsure")
        if declined:
            return Reply(line("unsupported", turns), "unsupported", likeliest.confidence, 0.0)
        wanted = Freshness(turns, said, self._settings.block_words)
        topic = self._pieces.decode(likeliest.pieces[1 : likeliest.named])
        recalled = self._recalled(near, turns, topic, wanted)
        fresh = self._found(found, turns, wanted)
        if not fresh and not recalled:
            fresh = self._found(draw(), turns, wanted)
        fitting = sorted([*recalled, *fresh], key=lambda reply: -reply.confidence)
        if not fitting or fitting[0].confidence < self._settings.say_threshold:
            return Reply(unsure_line(turns), "unsure", likeliest.confidence, 0.0)
        best, *others = fitting
        texts = dict.fromkeys(other.text for other in others if other.text != best.text)
        alternatives = tuple(texts)[:_MOST_ALTERNATIVES]
        text = self._facts.greeted(best.text, turns) if self._facts else best.text
        return replace(best, text=text, alternatives=alternatives)

    def _recalled(
        self, near: Sequence[Opening], turns: Sequence[str], topic: str, wanted: Freshness
    ) -> list[Reply]:
        """Return what was answered to words like these or a part of them, and was not said before.

        The fittest first, as many as are wanted: whether a text may be said takes time to find out.
        """
        fitting = [(each.opening.reply, each.fits) for each in self._recall.fitting(near, turns, topic)]
        parts, words = clauses(turns[-1]), len(words_of(turns[-1]))
        for part in parts[-_MOST_PARTS:] if len(parts) > 1 else ():
            # Whatever else was said, a question wants to be answered, and a goodbye.
            share = _WANTED if part.endswith("?") or leaves(part) else len(words_of(part)) / words
            like = self._recall.fitting(self._recall.near(part), [*turns[:-1], part], topic)
            fitting += [(each.opening.reply, share * each.fits) for each in like]
        fittest: dict[str, float] = {}
        for text, fits in sorted(fitting, key=lambda pair: -pair[1]):
            fittest.setdefault(text, fits)
        allowed = (
            Reply(text, "recalled", fits, 0.0)
            for text, fits in fittest.items()
            if wanted.allows(text) and not alarms(text, turns)
        )
        return list(islice(allowed, 1 + _MOST_ALTERNATIVES))

    def _found(self, found: Sequence[Hypothesis], turns: Sequence[str], wanted: Freshness) -> list[Reply]:
        """Return what the network found and did not say before, the best first.

        All are as likely to fit as the surest: what fits the prompt best may be a little less likely.
        """
        say = [each for each in found if each.pieces[0] == self._pieces.mark(SAY)]
        fresh = [
            (text, each)
            for each in self._ranking.ranked(say)
            if wanted.allows(text := self._pieces.answer(each.pieces)) and not alarms(text, turns)
        ]
        surest = max((each.confidence for _, each in fresh), default=0.0)
        fits = logistic(_FOUND, [surest, float(len(turns) > 1)])
        return [Reply(text, "generated", fits, 0.0) for text, _ in fresh]

    def _vector(self, text: str) -> Floats:
        return sentence_vector(self._network, self._pieces.encode(mark_turns([text])))


def _by_hand(place: str, turns: Sequence[str], origin: Origin) -> Reply:
    return Reply(line(place, turns), origin, 1.0, 0.0)
