"""A glossary: how a person wants words translated."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import snowballstemmer

from assistant.errors import TextError
from assistant.text.accents import without_accents
from assistant.text.normalise import normalise
from assistant.text.words import Wanted, word_spans

_KEEP = re.compile(r"keep\s*:", re.IGNORECASE)
_spanish = snowballstemmer.stemmer("spanish")


@dataclass(frozen=True)
class Entry:
    """One wish.

    Attributes:
        source: The Spanish words, or the stem of the one word, in lower case and without accents.
        target: The English that must come; empty for what is kept as it stands.
        stem: Whether inflected forms of the one source word count.
    """

    source: tuple[str, ...]
    target: str
    stem: bool


class Glossary:
    """Finds the entries that apply to a sentence.

    Args:
        entries: Where two apply, the one of more words does, or else the earlier one.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = sorted(entries, key=lambda entry: -len(entry.source))

    def find(self, sentence: str) -> list[Wanted]:
        """Return where entries apply, in the order of the sentence.

        Args:
            sentence: Normalised Spanish.
        """
        spans = list(word_spans(sentence))
        words = [without_accents(sentence[first:last].lower()) for first, last in spans]
        stems = [_stem(sentence[first:last]) for first, last in spans]
        taken: set[int] = set()
        found = []
        for entry in self._entries:
            size = len(entry.source)
            forms = stems if entry.stem else words
            for i in range(len(spans) - size + 1):
                places = range(i, i + size)
                if tuple(forms[i : i + size]) != entry.source or not taken.isdisjoint(places):
                    continue
                taken.update(places)
                first, last = spans[i][0], spans[i + size - 1][1]
                written = sentence[first:last]
                found.append(Wanted(first, last, written, entry.target or written))
        return sorted(found, key=lambda match: match.first)


def read_glossary(path: Path) -> Glossary:
    """Read a glossary file.

    A line holds Spanish and English apart by a tab or by `=`, or `keep:` and words, apart by commas,
    that pass as they are. Blank lines and those that begin with `#` are passed over.

    Args:
        path: The file, UTF-8.

    Raises:
        TextError: It cannot be read, or a line is none of these; names the line.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except OSError as error:
        raise TextError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise TextError(f"{path}: not UTF-8; convert the glossary to UTF-8") from error
    entries: list[Entry] = []
    for number, line in enumerate(lines, start=1):
        line = line.strip(" \r\n")
        if line and not line.startswith("#"):
            entries += _entries(line, f"{path}:{number}")
    return Glossary(entries)


def _entries(line: str, where: str) -> list[Entry]:
    if kept := _KEEP.match(line):
        kept_words = [normalise(word) for word in line[kept.end() :].split(",")]
        return [Entry(_words(word, where), "", stem=False) for word in kept_words if word]
    source, found, target = line.partition("\t" if "\t" in line else "=")
    source, target = normalise(source), normalise(target.split("\t")[0])
    if not found or not source or not target:
        message = "give Spanish and English apart by a tab or by =, or `keep:` and words"
        raise TextError(f"{where}: no glossary entry: {message}")
    words = _words(source, where)
    _words(target, where)
    if len(words) == 1:
        return [Entry((_stem(source),), target, stem=True)]
    return [Entry(words, target, stem=False)]


def _words(text: str, where: str) -> tuple[str, ...]:
    words = tuple(without_accents(text[first:last].lower()) for first, last in word_spans(text))
    if not any(map(str.isalnum, "".join(words))):
        raise TextError(f"{where}: no glossary entry: there is no word in {text!r}")
    return words


def _stem(word: str) -> str:
    # Stemmed with its accents, and compared without: people leave them out.
    return without_accents(str(_spanish.stemWord(word.lower())))
