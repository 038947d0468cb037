"""Sentence splitting: a text becomes sentences short enough for the network."""

from __future__ import annotations

import re

# A full stop after one of these ends no sentence (Spanish and shared abbreviations).
_ABBREVIATIONS = frozenset(
    {
        *("sr", "sra", "srta", "sres", "dr", "dra", "prof", "profa", "ing", "lic", "arq", "da", "dña"),
        *("av", "avda", "pág", "págs", "art", "núm", "nº", "tel", "ej", "etc", "vs", "ee", "uu"),
        *("ud", "uds", "vd", "vds", "st", "mr", "mrs", "ms"),
    }
)
_LONGEST_WORD = 12  # more than any abbreviation
_END = re.compile(r"(?<=[.!?…])[\"')\]]*\s+(?=[\"'(\[¿¡-]*[^\W\d_a-záéíóúüñ]|[¿¡])")
_CLAUSE = re.compile(r"(?<=[,;:])\s+|\s+(?=-\s)")


def split_sentences(text: str) -> list[str]:
    """Split a paragraph into sentences.

    Args:
        text: One paragraph of normalised text.

    Returns:
        The sentences in order; joined by spaces they give the text back.
    """
    sentences: list[str] = []
    start = 0
    for match in _END.finditer(text):
        if not _ends_in_abbreviation(text[max(start, match.start() - _LONGEST_WORD) : match.start()]):
            sentences.append(text[start : match.end()].strip())
            start = match.end()
    rest = text[start:].strip()
    return [*sentences, rest] if rest else sentences


def split_long(sentence: str, most: int) -> list[str]:
    """Split a sentence that is too long at its clauses, or failing that between words.

    Args:
        sentence: One sentence.
        most: Most characters of a part; a longer single word is cut.

    Returns:
        The parts in order.
    """
    if len(sentence) <= most:
        return [sentence]
    parts: list[str] = []
    for clause in _CLAUSE.split(sentence):
        for unit in [clause] if len(clause) <= most else _cut_words(clause, most):
            if parts and len(parts[-1]) + 1 + len(unit) <= most:
                parts[-1] = f"{parts[-1]} {unit}"
            else:
                parts.append(unit)
    return parts


def _cut_words(clause: str, most: int) -> list[str]:
    words = clause.split(" ")
    return [word[i : i + most] for word in words for i in range(0, max(len(word), 1), most)]


def _ends_in_abbreviation(text: str) -> bool:
    if not text.endswith("."):
        return False
    word = re.split(r"[\s(\"'¿¡]", text[:-1])[-1].lower()
    return word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha())
