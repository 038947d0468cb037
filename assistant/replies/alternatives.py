"""Several translations of one text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_UNSPOKEN = re.compile(r"[^\w\s]")
_SHORT = (
    ("won't", "will not"), ("can't", "cannot"), ("can not", "cannot"), ("n't", " not"), ("'m", " am"),
    ("'re", " are"), ("'ll", " will"), ("'ve", " have"), ("'s", " is"), ("'d", " would"),
)  # fmt: skip


@dataclass(frozen=True)
class Alternative:
    """One possible translation.

    Attributes:
        text: The English.
        score: Its length-normalised log-probability; of the senses of a word looked up, 0, -1, -2 ...
    """

    text: str
    score: float


def distinct(alternatives: Sequence[Alternative]) -> list[Alternative]:
    """Return the first of those that differ in marks, capitals or short forms alone.

    Args:
        alternatives: Best first.
    """
    first: dict[str, Alternative] = {}
    for alternative in alternatives:
        first.setdefault(_spoken(alternative.text), alternative)
    return list(first.values())


def combine(parts: Sequence[Sequence[Alternative]], count: int) -> list[Alternative]:
    """Combine the alternatives of a text's parts into the best texts.

    The parts are independent, so the best texts are found by extending the best beginnings.

    Args:
        parts: Of each part its alternatives, best first, at least one.
        count: Texts wanted.
    """
    texts = [Alternative("", 0.0)]
    for part in parts:
        extended = [
            Alternative(begun.text + more.text, begun.score + more.score)
            for begun in texts
            for more in part[:count]
        ]
        texts = distinct(sorted(extended, key=lambda a: -a.score))[:count]
    return texts


def _spoken(text: str) -> str:
    """Return what is heard of a text; of one without words, the text."""
    lower = text.lower()
    for short, long in _SHORT:
        lower = lower.replace(short, long)
    words = " ".join(_UNSPOKEN.sub(" ", lower).split())
    return words or text
