"""Words to look up."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class WordList(Container[object]):
    """Words in order, looked up by halves: to make a set of them takes as long as to translate a sentence.

    Attributes:
        ordered: Each once.
    """

    ordered: Sequence[str]

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self.place(word) is not None

    def place(self, word: str) -> int | None:
        """Return which one a word is; None if it is none of them."""
        place = bisect_left(self.ordered, word)
        return place if place < len(self.ordered) and self.ordered[place] == word else None

    def begin(self, letters: str) -> bool:
        """Say whether one of them begins with some letters, or is them."""
        place = bisect_left(self.ordered, letters)
        return place < len(self.ordered) and self.ordered[place].startswith(letters)
