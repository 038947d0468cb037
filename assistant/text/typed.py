"""Spanish as people type it, brought to the spelling that it is written with."""

from __future__ import annotations

import re
from collections.abc import Container

# Short forms of messages. None of them is a Spanish word of its own.
_SHORT = {
    "q": "que", "k": "que", "ke": "que", "xq": "porque", "pq": "porque", "xk": "porque", "porq": "porque",
    "tb": "también", "tmb": "también", "tbn": "también", "tmbn": "también", "x": "por", "d": "de",
    "dl": "del", "bn": "bien", "mñn": "mañana", "dnd": "donde", "cnd": "cuando", "cdo": "cuando",
    "tqm": "te quiero mucho", "tkm": "te quiero mucho", "tq": "te quiero", "xfa": "por favor",
    "xfis": "por favor", "porfa": "por favor", "porfis": "por favor", "xfavor": "por favor",
    "salu2": "saludos", "msj": "mensaje", "finde": "fin de semana", "grax": "gracias", "grcs": "gracias",
    "ntp": "no te preocupes", "nvm": "no importa", "tngo": "tengo", "kiero": "quiero", "kieres": "quieres",
    "aki": "aquí", "asike": "así que", "nd": "nada", "tds": "todos", "sbs": "sabes",
}  # fmt: skip
# A single letter or pair that stands beside a digit or an operator is no word.
_SHORT_WORD = re.compile(
    r"(?<![\w@#.,/+*=<>^-])(" + "|".join(sorted(_SHORT, key=len, reverse=True)) + r")(?![\w@/+*=<>^-]|\.\w)",
    re.IGNORECASE,
)
_NEAR_DIGIT = re.compile(r"\d\s*$|^\s*[\d+*/=<>-]")
_STRETCHED = re.compile(r"\b[^\W\d_]*([^\W\d_])\1\1[^\W\d_]*\b")
_LONG_RUN = re.compile(r"([^\W\d_])\1{2,}")
_ROMAN = re.compile(r"[IVXLCDM]+\Z")
_LAUGH = re.compile(r"\b(j[aeio])\1{1,}j?\b|\b([aeio]j)\2{2,}[aeio]?\b", re.IGNORECASE)
_MARKS = re.compile(r"([!?¡¿])\1+")


def ordinary(text: str, known: Container[object] = ()) -> str:
    """Write out short forms, and take back letters and marks that were held down.

    Args:
        text: Normalised text.
        known: Spanish words in lower case, to choose how often a letter belongs: `leeer` is `leer`.
    """
    text = _MARKS.sub(r"\1", text)
    text = _LAUGH.sub(_laughing, text)
    text = _STRETCHED.sub(lambda match: _shrunk(match.group(), known), text)
    return _SHORT_WORD.sub(_written_out, text)


def is_shouted(text: str) -> bool:
    """Say whether a text is in capitals for no other reason than to be loud.

    Args:
        text: Any string. A single word of up to four letters may be a name such as `ONU`.
    """
    letters = [character for character in text if character.isalpha()]
    return len(letters) > 1 and text == text.upper() and (len(letters) > 4 or " " in text.strip())


def is_careless(text: str) -> bool:
    """Say whether a text is typed without a capital at its beginning or without a mark at its end.

    Args:
        text: A sentence.
    """
    return not text or text[0].islower() or text[-1].isalpha()


def quiet(text: str) -> str:
    """Return a text in capitals in ordinary case: the first letter stays large.

    Args:
        text: What `is_shouted`.
    """
    lower = text.lower()
    first = next(i for i, character in enumerate(lower) if character.isalpha())
    return lower[:first] + lower[first].upper() + lower[first + 1 :]


def _written_out(match: re.Match[str]) -> str:
    short = match.group()
    text = match.string
    if len(short) == 1 and (
        _NEAR_DIGIT.search(text[: match.start()]) or _NEAR_DIGIT.search(text[match.end() :])
    ):
        return short
    if len(short) == 1 and (short.isupper() or short == text.strip()):
        return short  # an initial, or a letter that is asked for by itself
    if text[: match.start()].endswith("(") and text[match.end() :].startswith(")"):
        return short  # of code: print(x)
    long = _SHORT[short.lower()]
    return long.capitalize() if short[0].isupper() else long


def _shrunk(word: str, known: Container[object]) -> str:
    if _ROMAN.match(word):
        return word
    once = _LONG_RUN.sub(r"\1", word)
    twice = _LONG_RUN.sub(r"\1\1", word)
    return twice if twice.lower() in known and once.lower() not in known else once


def _laughing(match: re.Match[str]) -> str:
    laugh = "jaja" if "a" in match.group().lower() else "jeje"
    return laugh.capitalize() if match.group()[0].isupper() else laugh
