"""Accents that were not typed: which word was meant, by the words beside it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.text.gzipped import read_lines, write_lines

WORD = re.compile(r"[^\W\d_]+")
EDGE = "."
"""Stands beside the first word of a sentence, and beside the last."""

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
    """Words in lower case.

    Attributes:
        rows: By a word as it is typed without accents. Where it can be one word alone, that word:
            `mañana`. Else two words, how much likelier the second is, and how much likelier a
            neighbour makes it, in tenths of a nat: `esta está -4 <no:21 >casa:-30`.
    """

    rows: Mapping[str, str]

    def restored(self, text: str, careless: bool) -> str:
        """Put accents back into a sentence that has none.

        Args:
            text: A sentence of Spanish; one with an accent in it is left as it is.
            careless: Whether a word that would also be right without its accent may have lost it;
                who writes with care is taken at their word, unless a word is wrong without one.
        """
        if _ACCENTED.search(text):
            return text
        typed = WORD.findall(text)
        words = [word.lower() for word in typed]
        careless = careless or any(" " not in self.rows.get(word, " ") for word in words)
        forms = (
            typed[i] if i and typed[i] != words[i] else self._form(words, i, careless)  # a name is as it is
            for i in range(len(words))
        )
        return WORD.sub(lambda word: _like(word[0], next(forms)), text)

    def _form(self, words: Sequence[str], i: int, careless: bool) -> str:
        first, *rest = self.rows.get(words[i], words[i]).split(" ")
        if not rest:
            return first
        if not careless:
            return words[i]
        second, likelier, *clues = rest
        weights = dict(clue.rsplit(":", 1) for clue in clues)
        before, after = neighbours(words, i)
        odds = int(likelier) + int(weights.get(before, 0)) + int(weights.get(after, 0))
        return second if odds > 0 else first

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


def neighbours(words: Sequence[str], i: int) -> tuple[str, str]:
    """Return the words beside one as clues: `<before` and `>after`.

    Args:
        words: Of a sentence, without accents.
        i: Which.
    """
    before = words[i - 1] if i else EDGE
    after = words[i + 1] if i + 1 < len(words) else EDGE
    return f"<{before}", f">{after}"


def _like(typed: str, form: str) -> str:
    return form.capitalize() if typed[0].isupper() and form.islower() else form
