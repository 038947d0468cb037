"""From prepared sentences to their answers: many at once, and once more where one lacks something."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import groupby, takewhile

import numpy as np

from assistant.checkpoint import Checkpoint
from assistant.inference.constrained import Spelling, Term, constrained_search
from assistant.inference.hypothesis import Hypothesis
from assistant.inference.rules import Rules
from assistant.inference.runtime import Network
from assistant.inference.search import beam_search_all
from assistant.replies.looking_up import may_be_looked_up, said, senses, sureness
from assistant.replies.sentence import Sentence
from assistant.text.lexicon import Lexicon
from assistant.text.marks import escape
from assistant.text.pieces import Pieces
from assistant.text.words import Wanted, split_words, word_spans

_ROWS = 80  # hypotheses that are stepped together; more are no faster
_THREADS = 2
# What a word costs, in nats, that is in no training text and not in the source.
_UNHEARD_COST = 6.0
_MOST_HINTS = 5
# How much lower the score may be of an answer that keeps to hints.
_MOST_LOST = 3.0
# Each term multiplies the hypotheses, so fewer are kept of each kind.
_WIDEST_MENDING = 3


@dataclass(frozen=True)
class Answer:
    """What the network made of a sentence.

    Attributes:
        source: The pieces that it read.
        found: Its translations, best first, at least one.
        unplaced: What should stand in the best one and does not.
        sure: How sure the dictionary is of the best, from 0 to 1; None where the network found them.
    """

    source: list[int]
    found: list[Hypothesis]
    unplaced: tuple[Wanted, ...] = ()
    sure: float | None = None


class Searching:
    """Finds answers with one network.

    Args:
        checkpoint: Made for translation.
        network: Its network.
        beam: Hypotheses kept alive.
        lexicon: The words it was trained on; None leaves odd words alone.
    """

    def __init__(
        self, checkpoint: Checkpoint, network: Network, beam: int, lexicon: Callable[[], Lexicon | None]
    ) -> None:
        self._checkpoint = checkpoint
        self._settings = replace(checkpoint.settings.decoding, beam=beam)
        self._pieces: Pieces = checkpoint.pieces
        self._network = network
        self._lexicon = lexicon
        self._begins = np.array(self._pieces.begins_word)

    def encode(self, text: str) -> list[int]:
        """Return the pieces of a text."""
        return self._pieces.encode(escape(text))

    def answer(self, sentences: Iterable[Sentence], count: int) -> dict[Sentence, Answer]:
        """Translate sentences, those of one length together.

        Args:
            sentences: Each is translated once, however often it comes.
            count: Translations wanted of each, at least one.
        """
        sources = {sentence: self.encode(sentence.source) for sentence in sentences}
        answers = {
            sentence: found
            for sentence, source in sources.items()
            if (found := self._looked_up(sentence, source, count))
        }
        others = {sentence: source for sentence, source in sources.items() if sentence not in answers}
        batches = list(_batches(others, max(1, _ROWS // self._settings.beam)))
        if len(batches) == 1:
            return answers | self._answer_batch(batches[0], others, count)
        # Sentences do not wait for each other, so two threads of one core each serve them best.
        with ThreadPoolExecutor(_THREADS) as pool:
            for done in pool.map(lambda batch: self._answer_batch(batch, others, count), batches):
                answers |= done
        return answers

    def _looked_up(self, sentence: Sentence, source: list[int], count: int) -> Answer | None:
        if not may_be_looked_up(sentence) or (dictionary := self._checkpoint.dictionary) is None:
            return None
        if not (found := senses(sentence, dictionary)):
            return None
        wanted = said(self._network, self._pieces, source, found[:count])
        return Answer(source, wanted, sure=sureness(found))

    def _answer_batch(
        self, batch: Sequence[Sentence], sources: dict[Sentence, list[int]], count: int
    ) -> dict[Sentence, Answer]:
        settings = self._settings
        pieces = [sources[sentence] for sentence in batch]
        # Many translations need many living hypotheses, however unlikely.
        beam = max(settings.beam, 2 * count if count > 1 else 1)
        prune = settings.prune if settings.prune and count == 1 else np.inf
        rules = [self._rules(sentence, source) for sentence, source in zip(batch, pieces, strict=True)]
        found = beam_search_all(
            self._network, pieces, rules, beam, settings.length_penalty, prune, settings.coverage
        )
        return {
            sentence: self._mended(sentence, Answer(source, hypotheses), beam, count)
            for sentence, source, hypotheses in zip(batch, pieces, found, strict=True)
        }

    def _rules(self, sentence: Sentence, source: Sequence[int]) -> Rules:
        rules = Rules.of(self._settings, len(source), self._pieces.never_generated)
        if len(split_words(sentence.source)) == 1:
            # A word by itself is not said twice.
            return replace(rules, block_ngram=1, max_pieces=min(rules.max_pieces, len(source) + 4))
        return rules

    def _mended(self, sentence: Sentence, answer: Answer, beam: int, count: int) -> Answer:
        """Search once more where the best answer lacks something or holds a word that is none."""
        text = self._pieces.decode(answer.found[0].pieces)
        lacking = list(sentence.lacks(text))
        # Greedy search is for speed: there, only what was asked for is searched for once more.
        careful = self._settings.beam > 1
        hints = self._hints(sentence, text) if careful else []
        odd = careful and self._odd(sentence, text)
        if not lacking and not hints and not odd:
            return answer
        wanted = {*lacking, *hints, *sentence.wishes, *sentence.names()}
        found = self._search_with(
            sentence,
            answer,
            sorted(wanted, key=lambda one: one.first),
            max(count, min(beam, _WIDEST_MENDING)),
        )
        needed = lacking or odd  # a hint by itself may be wrong
        if not found or (not needed and found[0].score < answer.found[0].score - _MOST_LOST):
            return replace(answer, unplaced=tuple(lacking))
        text = self._pieces.decode(found[0].pieces)
        return replace(answer, found=found, unplaced=tuple(sentence.lacks(text)))

    def _search_with(
        self, sentence: Sentence, answer: Answer, wanted: Sequence[Wanted], beam: int
    ) -> list[Hypothesis]:
        settings = self._settings
        terms = [Term(tuple(self.encode(one.target)), self._places(answer.source, one)) for one in wanted]
        allowed = frozenset(
            split_words(f"{sentence.source} {' '.join(one.target for one in wanted)}".lower())
        )

        def cost(word: Sequence[int], ended: bool) -> float:
            text = self._pieces.decode(word).lower()
            return 0.0 if self._may_be_heard(text, ended, allowed) else _UNHEARD_COST

        return constrained_search(
            self._network, answer.source, self._rules(sentence, answer.source), beam,
            settings.length_penalty, terms, Spelling(self._begins, cost), settings.prune or np.inf,
            settings.coverage,
        )  # fmt: skip

    def _hints(self, sentence: Sentence, text: str) -> list[Wanted]:
        """Find words whose translation is well known and that an answer passes over."""
        lexicon = self._lexicon()
        if lexicon is None or sentence.wishes:
            return []
        said = split_words(text.lower())
        hints = []
        for first, last in word_spans(sentence.source):
            word = sentence.source[first:last].lower()
            entry = lexicon.entry(word)
            if not entry or not entry.sure:
                continue
            # What was copied is taken for a name.
            if not any(_akin(to, other) for to in (*entry.to, word) for other in said):
                hints.append(Wanted(first, last, word, entry.to[0]))
        return hints[:_MOST_HINTS]

    def _places(self, source: Sequence[int], wanted: Wanted) -> tuple[int, ...]:
        text, starts = self._pieces.starts(source)
        shift = len(text) - len(text.lstrip())  # the first word's space
        first, last = wanted.first + shift, wanted.last + shift
        ends = [*starts[1:], len(text)]
        return tuple(i for i, (a, b) in enumerate(zip(starts, ends, strict=True)) if a < last and b > first)

    def _may_be_heard(self, text: str, ended: bool, allowed: frozenset[str]) -> bool:
        lexicon = self._lexicon()
        if lexicon is None or not text.isalpha():
            return True
        if ended:
            return text in allowed or text in lexicon.english
        return lexicon.english.begin(text) or any(word.startswith(text) for word in allowed)

    def _odd(self, sentence: Sentence, text: str) -> bool:
        return bool(self._unheard(text, frozenset(split_words(sentence.source.lower()))))

    def _unheard(self, text: str, allowed: frozenset[str]) -> list[str]:
        """Return the words of a text that are neither allowed nor in any training text."""
        lexicon = self._lexicon()
        if lexicon is None:
            return []
        words = (word for word in split_words(text.lower()) if word not in allowed)
        return [word for word in words if not _is_heard(word, lexicon)]


def _akin(word: str, other: str) -> bool:
    """Say whether two words look like forms of one: they begin alike for most of their length."""
    alike = takewhile(lambda letters: letters[0] == letters[1], zip(word, other, strict=False))
    return word == other or sum(1 for _ in alike) >= max(3, 0.7 * max(len(word), len(other)) - 1)


def _is_heard(word: str, lexicon: Lexicon) -> bool:
    if word in lexicon.english or any(character.isdigit() for character in word):
        return True
    parts = word.replace("-", "'").split("'")
    return len(parts) > 1 and all(part in lexicon.english or len(part) < 3 for part in parts)


def _batches(sources: dict[Sentence, list[int]], most: int) -> Iterator[list[Sentence]]:
    ordered = sorted(sources, key=lambda sentence: len(sources[sentence]))
    for _, group in groupby(ordered, key=lambda sentence: len(sources[sentence])):
        same = list(group)
        for first in range(0, len(same), most):
            yield same[first : first + most]
