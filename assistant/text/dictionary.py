"""A dictionary: what a word, or a fixed phrase, is in English when it is looked up by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.text.gzipped import read_lines, write_lines
from assistant.text.word_list import WordList


@dataclass(frozen=True)
class Dictionary:
    """Words and phrases in lower case.

    Attributes:
        spanish: What can be looked up.
        rows: The English of each, one sense behind a tab from the other, the likeliest first.
    """

    spanish: WordList
    rows: Sequence[str]

    @classmethod
    def of(cls, senses: Mapping[str, Sequence[str]]) -> Dictionary:
        """Return the dictionary of some words."""
        ordered = sorted(senses)
        return cls(WordList(ordered), ["\t".join(senses[word]) for word in ordered])

    def senses(self, word: str) -> list[str]:
        """Return the English of a word or phrase, the likeliest first; nothing where it is not known.

        Args:
            word: In lower case, without marks.
        """
        place = self.spanish.place(word)
        return [] if place is None else self.rows[place].split("\t")

    def save(self, path: Path) -> None:
        """Write the dictionary as gzipped lines: the words, behind tabs, and the senses of each."""
        write_lines(path, ["\t".join(self.spanish.ordered), *self.rows])


def load_dictionary(path: Path) -> Dictionary:
    """Read what `Dictionary.save` wrote.

    Args:
        path: The file.

    Raises:
        OSError: It cannot be read.
        ValueError: It is damaged.
    """
    words, *rows = read_lines(path)
    dictionary = Dictionary(WordList(words.split("\t")), rows)
    if len(rows) != len(dictionary.spanish.ordered):
        raise ValueError(f"{len(rows)} entries of {len(dictionary.spanish.ordered)} words")
    return dictionary
