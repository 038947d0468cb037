"""The way of a prompt to its reply, link by link; the first link that has an answer gives it.

    urgent -> taught -> facts -> [action] -> grave, beyond -> learnt -> ranked -> recalled -> unsure

What cannot wait comes first, then what the owner taught and told. The network is asked next: an action is
carried out by others. Of what is left, some is better said by hand. A talk that is opened as one that was
learnt, and is taken to be about the same, is answered as that was; the rest is the best of what the network
found. Where it is too unsure of that, it falls back on what was answered to nearly the same words in a talk
that it learnt.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from assistant.inference.hypothesis import Hypothesis
from assistant.inference.runtime import Floats, Network
from assistant.inference.vectors import sentence_vector
from assistant.replies.facts import OwnFacts
from assistant.replies.factual import beyond
from assistant.replies.lines import all_lines, line
from assistant.replies.ranking import Freshness, Ranking
from assistant.replies.reply import Origin, Reply
from assistant.replies.safe import URGENT, alarms, grave
from assistant.replies.taught import TaughtMemory
from assistant.replies.wording import asking, content, form, words_of
from assistant.settings import DecodingSettings
from assistant.text.marks import SAY, UNSUPPORTED, mark_turns
from assistant.text.openings import Opening
from assistant.text.pieces import Pieces

if TYPE_CHECKING:  # a talk that nothing was taught or told does without the store
    from sqlite_utils import Database

_MOST_ALTERNATIVES = 5
_BIDDING = frozenset(
    [
        "explain",
        "find",
        "give",
        "help",
        "let",
        "make",
        "play",
        "please",
        "say",
        "show",
        "sing",
        "teach",
        "tell",
    ]
)
_TOLD = "unsure, told something"
_FEW = 3  # words; fewer are no telling by themselves
# How like an opening is to what was said where the words are the same, and where it means the same nine
# times of ten on dev.
_SAME, _NEARLY = 0.999, 0.7
# Topics under which people tell of themselves, whatever it is. Their replies fit everything; what was
# answered to nearly the same words says more.
_ANYTHING = frozenset(["about me", "doing", "likes"])


class Chain:
    """Answers what the network is not asked, and chooses among what it finds.

    Args:
        network: Encodes and steps.
        pieces: Its vocabulary.
        settings: How replies are chosen.
        open_store: Opens the owner's file; None where nothing may be read from it or written to it.
    """

    def __init__(
        self,
        network: Network,
        pieces: Pieces,
        settings: DecodingSettings,
        open_store: Callable[[], Database] | None = None,
    ) -> None:
        self._network = network
        self._pieces = pieces
        self._settings = settings
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
        opened = near if len(turns) == 1 else []
        reply = _recalled([each for each in opened if each.topic == topic], turns, wanted, _SAME)
        if reply is None and topic in _ANYTHING:
            of_something = [each for each in opened if each.topic not in _ANYTHING]
            reply = _recalled(of_something, turns, wanted, _NEARLY)
        reply = reply or self._said(found, turns, wanted, draw)
        reply = reply or _recalled(near, turns, wanted, _NEARLY)
        if reply:
            return reply
        return _by_hand(_unsure(turns), turns, "unsure", likeliest.confidence)

    def _said(
        self,
        found: Sequence[Hypothesis],
        turns: Sequence[str],
        wanted: Freshness,
        draw: Callable[[], list[Hypothesis]],
    ) -> Reply | None:
        """Return the best of what was found that the network is sure of and that was not said before."""
        fresh = self._fresh(found, turns, wanted) or self._fresh(draw(), turns, wanted)
        # Asked of the surest: what fits the prompt best may be a little less likely.
        if not fresh or max(each.confidence for _, each in fresh) < self._settings.say_threshold:
            return None
        (text, best), *others = fresh
        if self._facts:
            text = self._facts.greeted(text, turns)
        alternatives = tuple(dict.fromkeys(other for other, _ in others))[:_MOST_ALTERNATIVES]
        return Reply(text, "generated", best.confidence, 0.0, alternatives=alternatives)

    def _fresh(
        self, found: Sequence[Hypothesis], turns: Sequence[str], wanted: Freshness
    ) -> list[tuple[str, Hypothesis]]:
        say = [each for each in found if each.pieces[0] == self._pieces.mark(SAY)]
        texts = ((self._pieces.answer(each.pieces), each) for each in self._ranking.ranked(say))
        return [(text, each) for text, each in texts if wanted.allows(text) and not alarms(text, turns)]

    def _vector(self, text: str) -> Floats:
        return sentence_vector(self._network, self._pieces.encode(mark_turns([text])))


def _recalled(near: Sequence[Opening], turns: Sequence[str], wanted: Freshness, least: float) -> Reply | None:
    """Return what was answered to words that are alike, if it was not said before."""
    for opening in near:
        if opening.likeness < least:
            return None
        if not _fits(opening, turns[-1]):
            continue
        if wanted.allows(opening.reply) and not alarms(opening.reply, turns):
            return Reply(opening.reply, "recalled", opening.likeness, 0.0)
    return None


def _fits(opening: Opening, prompt: str) -> bool:
    """Say whether an opening's reply fits other words too: it takes up none of its own that these lack."""
    own = content(words_of(opening.words)) - content(words_of(prompt))
    return own.isdisjoint(content(words_of(opening.reply)))


def _unsure(turns: Sequence[str]) -> str:
    """Return the place of the lines for what the network is unsure of."""
    if not _tells(turns[-1]):
        return "unsure"
    # Whoever has just heard that it is listening wants to be asked, and not told so once more.
    heard = len(turns) > 1 and turns[-2] in all_lines()[_TOLD].texts
    return "unsure, listening on" if heard else _TOLD


def _tells(prompt: str) -> bool:
    """Say whether somebody tells something, of themselves or of their day, and neither asks nor bids."""
    words = words_of(prompt)
    turned, subject, _ = form(words)
    if turned or "?" in prompt or asking(words[:1]) or not _BIDDING.isdisjoint(words[:1]):
        return False
    return subject not in ("", "you") or "my" in words or len(words) > _FEW


def _by_hand(place: str, turns: Sequence[str], origin: Origin, confidence: float = 1.0) -> Reply:
    return Reply(line(place, turns), origin, confidence, 0.0)
