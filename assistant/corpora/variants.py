"""Variants of pairs to learn from: Spanish as it is typed in a hurry, and other names and numbers."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from hashlib import blake2b

# What is typed for short, whole words only. "k" and "q" are everybody's "que".
_SHORT_FORMS: dict[str, tuple[str, ...]] = {
    "que": ("q", "q", "k"),
    "qué": ("q", "q", "k"),
    "porque": ("xq", "pq", "porq"),
    "también": ("tb", "tmb", "tbn"),
    "tampoco": ("tp", "tpco"),
    "por": ("x",),
    "para": ("pa", "xa"),
    "mucho": ("mxo", "muxo"),
    "muchos": ("mxos", "muxos"),
    "bien": ("bn",),
    "estoy": ("toy", "stoy"),
    "está": ("sta",),
    "mañana": ("mñn", "mñna"),
    "favor": ("fa",),
    "gracias": ("grax", "grcias"),
    "tengo": ("tngo",),
    "quiero": ("kiero",),
    "aquí": ("aki",),
    "cuando": ("cdo", "cuand"),
    "dónde": ("dnd",),
    "donde": ("dnd",),
    "nada": ("nd",),
    "te": ("t",),
    "de": ("d",),
}
_FIXED = (("por favor", ("xfa", "porfa", "x favor")), ("por qué", ("xq", "pq", "por q")))
_WORD = re.compile(r"\w+")
_MARKS = re.compile(r"(?<!\d)[.,;:](?!\d)|[¿¡!?…«»“”\"]|\.(?=$|\s)")
_OPENING = re.compile(r"[¿¡]")
_STRESSED = str.maketrans("áéíóúüÁÉÍÓÚÜ", "aeiouuAEIOUU")
_VOWEL_END = re.compile(r"[aeio](?=\W*$)")
_NAME_OR_NUMBER = re.compile(r"\b(?:[A-ZÁÉÍÓÚÑ][a-záéíóúñ]{2,}|\d+)\b")
_ONSETS = "b br c ch cl cr d dr f fl g gr h j k kr l ll m n p pr qu r rr s sh st t tr v w y z"
_VOWELS = "a a a e e e i i i o o o u ai au ea ei ia ie io oo ue á é í ó ú"
_CODAS = ("", "", "", "", "l", "n", "n", "r", "r", "s", "s", "ck", "ll", "m", "nd", "rd", "rt", "t", "x", "z")


def typed(sentence: str, seed: int) -> str:
    """Return a sentence as somebody in a hurry might type it.

    Args:
        sentence: Carefully written Spanish.
        seed: The same sentence and seed give the same variant.

    Returns:
        The sentence with some of these: no accents, no capitals, no ¿ and ¡, no marks, short forms
        such as "q" and "xq", a letter held down. It may come back as it was.
    """
    chance = _chance(sentence, seed)
    for share, change in _CHANGES:
        if chance.random() < share:
            sentence = change(sentence, chance)
    return " ".join(sentence.split())


def renamed(source: str, target: str, seed: int) -> tuple[str, str]:
    """Return a pair in which names and numbers that both sides share are others, made up.

    What nobody has ever seen can only be copied, so this teaches the attention to copy
    (compare Currey et al. 2017, "Copied monolingual data improves low-resource neural machine
    translation").

    Args:
        source: The Spanish.
        target: The English.
        seed: The same pair and seed give the same names.

    Returns:
        Both sides; as they were where they share nothing of the kind.
    """
    chance = _chance(source, seed)
    for shared in sorted(_once(source) & _once(target)):
        other = _number_like(shared, chance) if shared.isdecimal() else _name(chance)
        source, target = (re.sub(rf"\b{shared}\b", other, side) for side in (source, target))
    return source, target


def _once(side: str) -> set[str]:
    found = _NAME_OR_NUMBER.findall(side)
    return {word for word in found if found.count(word) == 1}


def _number_like(number: str, chance: random.Random) -> str:
    first = chance.choice("123456789")
    return first + "".join(chance.choice("0123456789") for _ in number[1:])


def _name(chance: random.Random) -> str:
    syllables = chance.choice((1, 2, 2, 2, 3, 3, 4))
    parts = [chance.choice(_ONSETS.split()) + chance.choice(_VOWELS.split()) for _ in range(syllables)]
    return ("".join(parts) + chance.choice(_CODAS)).capitalize()


def _chance(text: str, seed: int) -> random.Random:
    key = seed.to_bytes(8, "big", signed=True)
    return random.Random(blake2b(text.encode(), digest_size=8, key=key).digest())


def _without_accents(sentence: str, chance: random.Random) -> str:
    if chance.random() < 0.4:
        sentence = sentence.replace("ñ", "n").replace("Ñ", "N")
    return sentence.translate(_STRESSED)


def _without_capitals(sentence: str, chance: random.Random) -> str:
    return sentence.lower()


def _without_marks(sentence: str, chance: random.Random) -> str:
    return _MARKS.sub(" ", sentence)


def _without_opening_marks(sentence: str, chance: random.Random) -> str:
    return _OPENING.sub("", sentence)


def _shortened(sentence: str, chance: random.Random) -> str:
    for words, forms in _FIXED:
        sentence = re.sub(rf"\b{words}\b", chance.choice(forms), sentence)
    return _WORD.sub(lambda word: _short_form(word[0], chance), sentence)


def _short_form(word: str, chance: random.Random) -> str:
    forms = _SHORT_FORMS.get(word.lower())
    # Nobody shortens every word.
    return chance.choice(forms) if forms and chance.random() < 0.7 else word


def _held_down(sentence: str, chance: random.Random) -> str:
    return _VOWEL_END.sub(lambda letter: letter[0] * chance.randint(3, 5), sentence)


# In this order, since short forms are looked up with their accents.
_CHANGES: tuple[tuple[float, Callable[[str, random.Random], str]], ...] = (
    (0.3, _shortened),
    (0.02, _held_down),
    (0.8, _without_opening_marks),
    (0.7, _without_marks),
    # Most accents are put back before the network reads (text/accents.py); what it reads has some.
    (0.4, _without_accents),
    (0.7, _without_capitals),
)
