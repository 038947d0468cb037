"""The translation of what is being typed: line by line, each with its alternatives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.replies.translation import Translation

Span = tuple[int, int]


@dataclass
class Rendering:
    """All lines translated so far; a line that comes again is not translated again.

    Attributes:
        known: From a Spanish line to its translation.
        chosen: From a Spanish line to the number of the alternative that is shown.
    """

    known: dict[str, Translation] = field(default_factory=dict)
    chosen: dict[str, int] = field(default_factory=dict)

    def missing(self, spanish: str) -> list[str]:
        """Return the lines of a text that are not translated yet."""
        return [
            line for line in dict.fromkeys(spanish.split("\n")) if line.strip() and line not in self.known
        ]

    def english(self, spanish: str) -> str:
        """Return the English of a text; lines that are not translated yet are empty."""
        return "\n".join(map(self.line, spanish.split("\n")))

    def line(self, spanish: str) -> str:
        """Return the English of one line, in the alternative that is chosen."""
        found = self.known.get(spanish)
        return found.alternatives[self.chosen.get(spanish, 0)].text if found else ""

    def alternatives(self, spanish: str) -> list[str]:
        """Return all translations of a line, best first."""
        found = self.known.get(spanish)
        return [alternative.text for alternative in found.alternatives] if found else []

    def turn(self, spanish: str) -> None:
        """Choose the next alternative of a line, after the last one the first."""
        count = len(self.alternatives(spanish))
        if count:
            self.chosen[spanish] = (self.chosen.get(spanish, 0) + 1) % count

    def seen(self, spanish: str, column: int) -> tuple[Span | None, list[tuple[Span, float]]]:
        """Return what the network looked at for an English word.

        Args:
            spanish: A line.
            column: Of the English line, in characters.

        Returns:
            Where the English word is, and where the Spanish words are, each with its weight from 0
            to 1. Nothing for other alternatives than the best: only its attention is known.
        """
        found = self.known.get(spanish)
        if not found or self.chosen.get(spanish, 0):
            return None, []
        source_end = target_end = 0
        for sentence in found.attention:
            sources = spans(sentence.source, spanish, source_end)
            targets = spans([word.text for word in sentence.target], found.text, target_end)
            for target, weights in zip(targets, sentence.weights, strict=True):
                if target and target[0] <= column <= target[1]:
                    pairs = zip(sources, weights, strict=True)
                    return target, [(source, float(weight)) for source, weight in pairs if source]
            source_end, target_end = _end(sources, source_end), _end(targets, target_end)
        return None, []


def spans(words: Sequence[str], text: str, start: int = 0) -> list[Span | None]:
    """Find words in a text, one behind the other.

    Args:
        words: As the network read or wrote them.
        text: As it stands on the screen, where a quote may look otherwise; such a word is not found.
        start: Where to begin.

    Returns:
        Where each begins and ends, in characters.
    """
    found: list[Span | None] = []
    for word in words:
        place = text.find(word, start) if word else -1
        found.append((place, place + len(word)) if place >= 0 else None)
        start = place + len(word) if place >= 0 else start
    return found


def _end(found: list[Span | None], before: int) -> int:
    return max([before, *(span[1] for span in found if span)])
