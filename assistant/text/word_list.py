"""Words to look up."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Mapping, Sequence
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


@dataclass(frozen=True)
class WordTable(WordList):
    """Words in order, and a row of text for each.

    Attributes:
        rows: As many as there are words.

    Raises:
        ValueError: They are more or fewer.
    """

    rows: Sequence[str]

    def __post_init__(self) -> None:
        if len(self.rows) != len(self.ordered):
            raise ValueError(f"{len(self.rows)} rows for {len(self.ordered)} words")

    @classmethod
    def of(cls, rows: Mapping[str, str]) -> WordTable:
        """Return the table of the rows of some words."""
        ordered = sorted(rows)
        return cls(ordered, [rows[word] for word in ordered])

    def row(self, word: str) -> str | None:
        """Return the row of a word; None if it has none."""
        place = self.place(word)
        return None if place is None else self.rows[place]
