"""Accents and capitals that were not typed: which word was meant, by the words beside it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.text.gzipped import read_lines, write_lines

WORD = re.compile(r"[^\W\d_]+")
EDGE = "."
"""Stands beside the first word of a sentence, and beside the last."""

LONGEST_ENDING = 6
"""Letters of an ending that is looked up."""

_LEAST_STEM = 2
_ACCENTED = re.compile(r"[áéíóúüñ¿¡]", re.IGNORECASE)


def without_accents(word: str) -> str:
    """Return a word in plain letters; ñ becomes n.

    Args:
        word: Any text.
    """
    return "".join(
        letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter)
    )


@dataclass(frozen=True)
class Accents:
    """How words are written, by how they are typed.

    Attributes:
        rows: By a word in lower case without accents. Where it can be one word alone, that word, with a
            capital where it is a name: `mañana`, `Japón`. Else two words, how much likelier the second
            is, and how much likelier a clue makes it, in tenths of a nat: `esta está -4 <no:21 >casa:-30`.
            By an ending such as `-rias`, the same of all words that end so and have no row: `-rías`; or,
            by what two words differ in, of all such pairs: `-o -ó 0 <yo:-31`.
    """

    rows: Mapping[str, str]

    def restored(
        self, text: str, careless: bool, names: bool = False, known: Container[object] | None = None
    ) -> str:
        """Put accents back into a sentence that has none, and capitals if they are wanted.

        Args:
            text: A sentence of Spanish; where there is an accent in it none is added.
            careless: Whether a word that would also be right without its accent may have lost it;
                who writes with care is taken at their word, unless a word is wrong without one.
            names: Whether names get their capitals.
            known: Words that are right as they are; any other may be taken for what its ending makes
                it. None takes all words without a row for right.
        """
        accented = bool(_ACCENTED.search(text))
        if accented and not names:
            return text
        typed = WORD.findall(text)
        words = [word.lower() for word in typed]
        if accented:
            forms = [self._named(word) for word in words]
        else:
            careless = careless or any(self._is_wrong(word) for word in words)
            asks = "?" in text
            forms = [self._form(word, careless, clues(words, i, asks), known) for i, word in enumerate(words)]
        written = (
            word if i and word != lower else _like(word, form, names)  # a name is as it is
            for i, (word, lower, form) in enumerate(zip(typed, words, forms, strict=True))
        )
        return WORD.sub(lambda _: next(written), text)

    def _named(self, word: str) -> str:
        """Return a word whose accents are right, with its capital if it is a name."""
        forms = self.rows.get(without_accents(word), word).split(" ")[:2]
        return next((form for form in forms if form.lower() == word), word)

    def _is_wrong(self, word: str) -> bool:
        form = self.rows.get(word, word)
        return " " not in form and form.lower() != word

    def _form(self, word: str, careless: bool, beside: Sequence[str], known: Container[object] | None) -> str:
        if word not in self.rows:
            foreign = known is None or word in known or not careless
            return word if foreign else self._by_ending(word)
        first, *rest = self.rows[word].split(" ")
        if not rest:
            return first
        if not careless:
            return word
        second, likelier, *own = rest
        weights = _weights(own)
        odds = int(likelier) + sum(int(weights[clue]) for clue in beside if clue in weights)
        if others := [clue for clue in beside if clue not in weights]:
            odds += self._pooled(first, second, others)
        return second if odds > 0 else first

    def _by_ending(self, word: str) -> str:
        for cut in range(max(_LEAST_STEM, len(word) - LONGEST_ENDING), len(word) - 1):
            row = self.rows.get(f"-{word[cut:]}", " ")
            if " " not in row:
                return word[:cut] + row[1:]
        return word

    def _pooled(self, first: str, second: str, beside: Sequence[str]) -> int:
        """Return what clues say of all pairs that differ like this one."""
        ending, accented_first = ending_of(first, second)
        weights = _weights(self.rows.get(f"-{ending}", "").split(" ")[3:])
        odds = sum(int(weights.get(clue, 0)) for clue in beside)
        return -odds if accented_first else odds

    def save(self, path: Path) -> None:
        """Write the rows as gzipped lines."""
        write_lines(path, map(" ".join, sorted(self.rows.items())))


def load_accents(path: Path) -> Accents:
    """Read what `Accents.save` wrote.

    Args:
        path: The file.

    Raises:
        OSError: It cannot be read.
        ValueError: It is damaged.
    """
    return Accents(dict(line.split(" ", 1) for line in read_lines(path)))


def clues(words: Sequence[str], i: int, asks: bool) -> list[str]:
    """Return what tells of a word: those beside it, `<before` and `>after`, and `?` in a question.

    Args:
        words: Of a sentence, without accents.
        i: Which.
        asks: Whether the sentence is a question.
    """
    before = words[i - 1] if i else EDGE
    after = words[i + 1] if i + 1 < len(words) else EDGE
    return [f"<{before}", f">{after}", *("?" * asks)]


def ending_of(first: str, second: str) -> tuple[str, bool]:
    """Return the plain letters from where two words differ, and whether the first has the accent there.

    Args:
        first: A word.
        second: The same with other accents.
    """
    at = next((i for i, pair in enumerate(zip(first, second, strict=False)) if pair[0] != pair[1]), 0)
    return without_accents(first[at:]), not first.isascii()


def _weights(clues: Iterable[str]) -> dict[str, str]:
    # Of thousands one or two are looked up; only these are made numbers.
    return dict(clue.rsplit(":", 1) for clue in clues)


def _like(typed: str, form: str, names: bool) -> str:
    if typed[0].isupper():
        if form.lower() == typed.lower():
            return typed
        return form.capitalize() if form.islower() else form
    return form if names else form.lower()
