"""Spanish in, English out."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.checkpoint import Checkpoint
from assistant.inference.runtime import Network, OnnxNetwork
from assistant.replies.alignment import Attended, align
from assistant.replies.alternatives import Alternative, combine, distinct
from assistant.replies.certainty import Calibration, certainty
from assistant.replies.searching import Answer, Searching
from assistant.replies.sentence import Sentence, is_hasty, prepare
from assistant.replies.translation import Translation
from assistant.text.language import looks_english
from assistant.text.layout import Part, split_text
from assistant.text.lexicon import Lexicon
from assistant.text.sentences import split_long

if TYPE_CHECKING:
    from assistant.text.glossary import Glossary

# A sentence of more characters than this is translated clause by clause.
_LONGEST_SENTENCE = 250
# Of texts that are translated together: where fewer are typed bare, these are titles, entries of lists
# and parts of sentences, and want no marks.
_HASTY = 0.75


class Translator:
    """Translates with one checkpoint.

    Args:
        checkpoint: Made for translation.
        beam: Hypotheses kept alive; None takes the checkpoint's own number.
        network: Stands in for the exported network in tests.
        glossary: How the person wants words translated.

    Attributes:
        name: The checkpoint's name.
    """

    def __init__(
        self,
        checkpoint: Checkpoint,
        beam: int | None = None,
        network: Network | None = None,
        glossary: Glossary | None = None,
    ) -> None:
        self.name = checkpoint.name
        self._checkpoint = checkpoint
        self._most_pieces = checkpoint.settings.corpus.max_pieces
        self._glossary = glossary
        self._searching = Searching(
            checkpoint,
            network or _opened(checkpoint),
            beam or checkpoint.settings.decoding.beam,
            lambda: self._lexicon,
        )

    def translate(self, text: str, count: int = 1) -> Translation:
        """Translate one text.

        Args:
            text: Spanish. Line ends, indentation and list marks stay, other white space is folded;
                what holds no letter, and what is in English already, comes back as it is.
            count: Alternatives wanted, at least one; fewer come back where the search finds fewer.
        """
        return self.translate_all([text], count)[0]

    def translate_all(self, texts: Sequence[str], count: int = 1) -> list[Translation]:
        """Translate texts together, which is faster than one after the other.

        Args:
            texts: See `translate`. They are taken to be of one hand: marks that were not typed are put
                back where nearly all of them lack them.
            count: Alternatives wanted of each.
        """
        started = time.perf_counter()
        hasty = len(texts) == 1 or sum(map(is_hasty, texts)) >= _HASTY * len(texts)
        plans = [list(self._plan(text, hasty)) for text in texts]
        sentences = (step for plan in plans for step in plan if isinstance(step, Sentence))
        answers = self._searching.answer(sentences, count)
        each = (time.perf_counter() - started) * 1000 / max(len(texts), 1)
        return [
            replace(self._joined(text, plan, answers, count), milliseconds=each)
            for text, plan in zip(texts, plans, strict=True)
        ]

    @cached_property
    def _lexicon(self) -> Lexicon | None:
        return self._checkpoint.lexicon

    @cached_property
    def _calibration(self) -> Calibration | None:
        return Calibration.of(self._checkpoint.scores)

    def _plan(self, text: str, hasty: bool) -> Iterable[Part | Sentence]:
        """Return what is translated of a text and what stands between, in order."""
        for part in split_text(text):
            if not part.translatable or (looks_english(part.text) and not self._is_entry(part.text)):
                yield part
                continue
            if self._is_letter(part.text):
                yield Part(part.text, False)
                continue
            for i, clause in enumerate(split_long(part.text, _LONGEST_SENTENCE)):
                for j, piece in enumerate(self._split_to_fit(clause)):
                    if i or j:
                        yield Part(" ", False)
                    yield self._prepared(piece, hasty)

    def _is_entry(self, text: str) -> bool:
        """Say whether a word that looks English is in the Spanish dictionary, such as `someter`."""
        if len(text.split()) > 1 or (dictionary := self._checkpoint.dictionary) is None:
            return False
        return text.strip().lower() in dictionary.spanish

    def _is_letter(self, text: str) -> bool:
        """Say whether a text is a letter that is no word; `y` is one."""
        return len(text.strip()) == 1 and self._checkpoint.dictionary is not None and not self._is_entry(text)

    def _prepared(self, sentence: str, hasty: bool) -> Sentence:
        kept = self._checkpoint
        punctuation = kept.punctuation if hasty else None
        return prepare(sentence, self._lexicon, self._glossary, kept.accents, punctuation)

    def _split_to_fit(self, clause: str) -> list[str]:
        """Halve the limit until the pieces fit what the network was trained on."""
        limit = len(clause)
        fitting = [clause]
        while limit > 1 and any(len(self._searching.encode(p)) > self._most_pieces for p in fitting):
            limit //= 2
            fitting = split_long(clause, limit)
        return fitting

    def _joined(
        self, text: str, plan: Sequence[Part | Sentence], answers: dict[Sentence, Answer], count: int
    ) -> Translation:
        translated = [
            (step, answers[step], self._attended(step, answers[step]))
            for step in plan
            if isinstance(step, Sentence)
        ]
        alternatives = combine([self._alternatives(step, answers) for step in plan], count)
        confidence = self._confidence([(answer, seen) for _, answer, seen in translated])
        return Translation(
            source=text,
            text=alternatives[0].text,
            confidence=confidence,
            certainty=certainty(confidence) if self._calibration else None,
            alternatives=alternatives,
            milliseconds=0.0,
            attention=[seen for _, _, seen in translated],
            english=sum(isinstance(step, Part) and step.translatable for step in plan),
            unplaced=tuple(
                sentence.restore(lacking.target)
                for sentence, answer, _ in translated
                for lacking in answer.unplaced
            ),
        )

    def _alternatives(self, step: Part | Sentence, answers: dict[Sentence, Answer]) -> list[Alternative]:
        if isinstance(step, Part):
            return [Alternative(step.text, 0.0)]
        decode = self._checkpoint.pieces.decode
        found = answers[step].found
        return distinct([Alternative(step.restore(decode(h.pieces)), h.score) for h in found])

    def _attended(self, sentence: Sentence, answer: Answer) -> Attended:
        seen = align(self._checkpoint.pieces, sentence, answer.source, answer.found[0])
        if answer.sure is not None:
            sure = [answer.sure] * len(seen.target)
        elif self._calibration:
            sure = self._calibration.of_words(seen)
        else:
            return seen
        words = [replace(word, confidence=c) for word, c in zip(seen.target, sure, strict=True)]
        return replace(seen, target=words)

    def _confidence(self, translated: Sequence[tuple[Answer, Attended]]) -> float:
        """Return the mean of the sentences, a longer one counting for more."""
        if not translated:
            return 1.0  # what comes back as it is is certainly right
        weights = [len(seen.target) or 1 for _, seen in translated]
        sure = [self._sentence_confidence(answer, seen) for answer, seen in translated]
        return sum(weight * each for weight, each in zip(weights, sure, strict=True)) / sum(weights)

    def _sentence_confidence(self, answer: Answer, seen: Attended) -> float:
        if answer.sure is not None:
            return answer.sure
        if self._calibration is None:
            return answer.found[0].confidence
        return self._calibration.of_sentence(seen)


def _opened(checkpoint: Checkpoint) -> Network:
    """Open the network, and meanwhile read the tables: ONNX Runtime opens a graph beside the interpreter."""
    with ThreadPoolExecutor(1) as aside:
        aside.submit(lambda: (checkpoint.lexicon, checkpoint.accents))  # what fails here is met again later
        return OnnxNetwork(checkpoint.path)
