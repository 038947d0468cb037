"""A dictionary: what a word, or a fixed phrase, is in English when it is looked up by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.text.gzipped import read_lines, write_lines
from assistant.text.word_list import WordTable


@dataclass(frozen=True)
class Dictionary:
    """Words and phrases in lower case.

    Attributes:
        spanish: What can be looked up, each with its English, one sense behind a tab from the other, the
            likeliest first.
    """

    spanish: WordTable

    @classmethod
    def of(cls, senses: Mapping[str, Sequence[str]]) -> Dictionary:
        """Return the dictionary of some words."""
        return cls(WordTable.of({word: "\t".join(several) for word, several in senses.items()}))

    def senses(self, word: str) -> list[str]:
        """Return the English of a word or phrase, the likeliest first; nothing where it is not known.

        Args:
            word: In lower case, without marks.
        """
        row = self.spanish.row(word)
        return [] if row is None else row.split("\t")

    def save(self, path: Path) -> None:
        """Write the dictionary as gzipped lines: the words, behind tabs, and the senses of each."""
        write_lines(path, ["\t".join(self.spanish.ordered), *self.spanish.rows])


def load_dictionary(path: Path) -> Dictionary:
    """Read what `Dictionary.save` wrote.

    Args:
        path: The file.

    Raises:
        OSError: It cannot be read.
        ValueError: It is damaged.
    """
    words, *rows = read_lines(path)
    return Dictionary(WordTable(words.split("\t"), rows))
