"""A lexicon: which words were seen in training, and what they were translated by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.text.gzipped import read_lines, write_lines
from assistant.text.word_list import WordList, WordTable

_SURE, _UNSURE = "!", "?"

# Words that say how a sentence is built and not what it is about.
FUNCTION_WORDS = frozenset(
    """a an the this that these those some any each every all both no not none i you he she it we
    they me him her us them my your his its our their mine yours ours theirs myself yourself himself
    herself itself themselves who whom whose which what when where why how here there am is are was
    were be been being do does did done doing have has had having will would shall should can could
    may might must ought to of in on at by for from with without about into onto over under up down
    out off as than then so such if and or but nor because while though although until since before
    after again just very too also only even still yet already more most much many little few less
    least other another own same one ones let get got go going goes went come came make made take
    took don isn aren wasn weren doesn didn haven hasn hadn won wouldn couldn shouldn cannot""".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Entry:
    """What a Spanish word was translated by.

    Attributes:
        to: English words, likeliest first.
        sure: Whether the word is rare, and the first should stand in most translations.
    """

    to: tuple[str, ...]
    sure: bool


@dataclass(frozen=True)
class Lexicon:
    """Words in lower case.

    Attributes:
        spanish: The Spanish words, each with its entry as it is written in the file.
        english: All English words.
    """

    spanish: WordTable
    english: WordList

    @classmethod
    def of(cls, entries: Mapping[str, Entry], english: Iterable[str]) -> Lexicon:
        """Return the lexicon of some entries."""
        rows = {word: " ".join([_SURE if e.sure else _UNSURE, *e.to]) for word, e in entries.items()}
        return cls(WordTable.of(rows), WordList(sorted(set(english))))

    def entry(self, word: str) -> Entry | None:
        """Return what a Spanish word was translated by, if it is known."""
        row = self.spanish.row(word)
        if row is None:
            return None
        sure, *to = row.split(" ")
        return Entry(tuple(to), sure == _SURE)

    def save(self, path: Path) -> None:
        """Write the lexicon as gzipped lines: the English words, the Spanish words, an entry a line."""
        spanish = self.spanish
        write_lines(path, [" ".join(self.english.ordered), " ".join(spanish.ordered), *spanish.rows])


def load_lexicon(path: Path) -> Lexicon:
    """Read what `Lexicon.save` wrote.

    Args:
        path: The file.

    Raises:
        OSError: It cannot be read.
        ValueError: It is damaged.
    """
    english, spanish, *rows = read_lines(path)
    # An entry is read when it is asked for: a short text asks for few of fifty thousand.
    return Lexicon(WordTable(spanish.split(), rows), WordList(english.split()))
