"""Cleaning: one spelling for what looks the same."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff\ud800-\udfff]")
_SPACE = re.compile(r"\s+")
# The corpora are written with plain quotes, so what a person pastes is made plain too.
_PLAIN = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"',
     "\u00ab": '"', "\u00bb": '"', "\u2026": "...", "\u2581": "_"}
)  # fmt: skip


def normalise(text: str) -> str:
    """Bring a text to the form that corpora and prompts share.

    Args:
        text: Any string.

    Returns:
        The text in Unicode NFC, without control and zero-width characters or halves of a character,
        with plain quotes and single spaces, trimmed.
    """
    # What is invisible goes first: it can stand between a letter and its accent.
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return _SPACE.sub(" ", text.translate(_PLAIN)).strip()


def printable(text: str) -> str:
    """Take from a text what a terminal would obey rather than show; line ends stay.

    Args:
        text: Any string, such as a stranger's.
    """
    return _INVISIBLE.sub("", text)


def has_letters(text: str) -> bool:
    """Say whether a text holds a letter, so that there is something to understand.

    Args:
        text: Any string.
    """
    return any(character.isalpha() for character in text)
