"""Marks that were not typed: whether a sentence states or asks, by its words."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.text.accents import EDGE, WORD, without_accents

SCALE = 16
"""Weights are kept in whole sixteenths."""

# In sixteenths: a question that is read as a statement costs more than a mark that is lacking.
_LEANING = np.array((0, 8, 24), np.int32)
_WRITTEN_WITH_CARE = re.compile(r"[A-ZÁÉÍÓÚÜÑáéíóúüñ¿?¡!.,;:…\"«»“”]")


class Ending(IntEnum):
    """How a sentence ends where it is written with care."""

    STATEMENT = 0
    QUESTION = 1
    BARE = 2  # titles, entries of lists, what is said to a device

    @property
    def mark(self) -> str:
        """The mark at the end."""
        return (".", "?", "")[self]


@dataclass(frozen=True, eq=False)
class Punctuation:
    """A softmax regression on words and their pairs and triples.

    Attributes:
        keys: Of the words, pairs and triples that tell something, by `keys_of`, ascending; the first is
            0, which every sentence has.
        weights: Key by ending, in 8 bits.
    """

    keys: NDArray[np.uint32]
    weights: NDArray[np.int8]

    def ending(self, text: str) -> Ending:
        """Say how a sentence would end.

        Args:
            text: A sentence; its own case, accents and marks make no difference.
        """
        wanted = np.array(keys_of(text), np.uint32)
        rows = np.searchsorted(self.keys, wanted).clip(max=len(self.keys) - 1)
        known = rows[self.keys[rows] == wanted]
        return Ending(int((self.weights[known].sum(0, dtype=np.int32) + _LEANING).argmax()))

    def save(self, path: Path) -> None:
        """Write the keys, then the weights, compressed."""
        path.write_bytes(zlib.compress(self.keys.tobytes() + self.weights.tobytes(), 9))


def load_punctuation(path: Path) -> Punctuation:
    """Read what `Punctuation.save` wrote.

    Args:
        path: The file.

    Raises:
        OSError: It cannot be read.
        ValueError: It is damaged.
    """
    try:
        data = zlib.decompress(path.read_bytes())
    except zlib.error as error:
        raise ValueError(str(error)) from error
    count, rest = divmod(len(data), 4 + len(Ending))
    if rest:
        raise ValueError(f"{len(data)} bytes are no whole number of rows")
    keys = np.frombuffer(data, np.uint32, count)
    return Punctuation(keys, np.frombuffer(data, np.int8, offset=keys.nbytes).reshape(count, len(Ending)))


def is_bare(text: str) -> bool:
    """Say whether a sentence is typed with no capital, no accent and no mark.

    Args:
        text: A sentence.
    """
    return not _WRITTEN_WITH_CARE.search(text)


def begun(text: str, ending: Ending) -> str:
    """Give a sentence its first capital and the mark that a question begins with.

    Args:
        text: A sentence whose end has its mark.
        ending: What it is.
    """
    if ending == Ending.BARE:
        return text
    return "¿" * (ending == Ending.QUESTION) + text[:1].upper() + text[1:]


def keys_of(text: str) -> list[int]:
    """Return the keys of a sentence's words, pairs and triples, each once, and 0.

    A key is a 32-bit hash: a table of numbers is there at once, a dictionary of strings is not.

    Args:
        text: A sentence.
    """
    words = [EDGE, *WORD.findall(without_accents(text.lower())), EDGE]
    spans = (words[i : i + n] for n in (1, 2, 3) for i in range(len(words) - n + 1))
    return list({zlib.crc32(" ".join(span).encode()): None for span in spans} | {0: None})
