"""What the network reads of a sentence, and what the person reads of its answer."""

from __future__ import annotations

import zlib

import numpy as np
import pytest

from assistant.replies.alternatives import Alternative, combine, distinct
from assistant.replies.sentence import prepare
from assistant.text.accents import Accents
from assistant.text.lexicon import Entry, Lexicon
from assistant.text.punctuation import Ending, Punctuation

_KNOWN = ("vive", "en", "su", "diploma", "maría", "tom", "con", "que", "el", "la", "y", "a", "de")
_LEXICON = Lexicon.of({word: Entry(("x",), False) for word in _KNOWN}, [])


@pytest.mark.parametrize(
    ("given", "source", "kept"),
    [
        (
            "Escribe a ana@x.com o mira https://a.b/c.",
            "Escribe a Z1 o mira Z2.",
            ("ana@x.com", "https://a.b/c"),
        ),
        ("MIRA WWW.HOLA.ES YA", "Mira Z1 ya", ("WWW.HOLA.ES",)),
        ("el 3er piso, 5km y COVID-19", "el 3er piso, Z1 y Z2", ("5km", "COVID-19")),
        (
            "Hsieh vive en Tlaquepaque con Ana Xu.",
            "Z1 vive en Z2 con Z3.",
            ("Hsieh", "Tlaquepaque", "Ana Xu"),
        ),
        ("Obtuvo su diploma", "Obtuvo su diploma", ()),
        ("Tom vive con María", "Tom vive con María", ()),
        ("la vitamina Z1 de a@b.es", "la vitamina Z1 de a@b.es", ()),
        ("xq no holaaa", "porque no hola", ()),
    ],
)
def test_what_is_not_translated_has_a_name(given: str, source: str, kept: tuple[str, ...]) -> None:
    sentence = prepare(given, _LEXICON, None)
    assert (sentence.source, sentence.kept) == (source, kept)


@pytest.mark.parametrize(
    ("given", "source"),
    [
        ("MANANA ESTA ABIERTO", "Mañana está abierto"),
        ("manana esta abierto", "mañana está abierto"),
        ("Manana esta abierto.", "Mañana está abierto."),
        ("Hoy esta abierto.", "Hoy esta abierto."),
        ("escribe a manana@x.com manana", "escribe a Z1 mañana"),
    ],
)
def test_accents_that_were_not_typed_come_back(given: str, source: str) -> None:
    accents = Accents({"manana": "mañana", "esta": "está esta -9"})
    assert prepare(given, None, None, accents).source == source


@pytest.mark.parametrize(
    ("given", "source"),
    [
        ("donde vive tom", "¿Dónde vive Tom?"),
        ("DONDE VIVE TOM", "¿Dónde vive Tom?"),
        ("tom vive en japon", "Tom vive en Japón."),
        ("lista de tom", "lista de Tom"),
        ("dónde vive tom", "dónde vive Tom"),  # accents were typed: marks would have been, too
        ("Donde vive Tom", "Dónde vive Tom"),
    ],
)
def test_marks_and_capitals_come_back_where_none_was_typed(given: str, source: str) -> None:
    accents = Accents({"donde": "donde dónde 9", "japon": "Japón", "tom": "Tom"})
    endings = {"donde": Ending.QUESTION, "japon": Ending.STATEMENT}
    keys = {zlib.crc32(word.encode()): ending for word, ending in endings.items()}
    rows = [[0, 0, 0], *([100 * (keys[key] == ending) for ending in Ending] for key in sorted(keys))]
    table = Punctuation(np.array([0, *sorted(keys)], np.uint32), np.array(rows, np.int8))
    assert prepare(given, None, None, accents, table).source == source


def test_answers_get_things_and_capitals_back() -> None:
    assert prepare("Escribe a ana@x.com.", None, None).restore("Write to z1.") == "Write to ana@x.com."
    assert (
        prepare("MIRA https://a.b/Cd YA", None, None).restore("Look at Z1 now")
        == "LOOK AT https://a.b/Cd NOW"
    )
    assert prepare("hola", None, None).restore("Z1") == "Z1"


def test_what_begins_small_stays_small_where_it_was_typed_so() -> None:
    accents = Accents({"tom": "Tom"})
    sentence = prepare("llama a tom", None, None, accents)
    assert sentence.source == "llama a Tom"
    assert sentence.restore("call Tom") == "call tom"
    assert sentence.restore("Call Tom.") == "Call Tom."
    assert prepare("Llama a Tom", None, None, accents).restore("call Tom") == "call Tom"


@pytest.mark.parametrize(
    ("given", "answer", "lacking"),
    [
        ("Escribe a ana@x.com.", "Write to Z1.", []),
        ("Escribe a ana@x.com.", "Write.", ["Z1"]),
        ("Escribe a ana@x.com.", "Write to Z1 Z1.", ["Z1"]),
        ("Tengo 3 gatos y 1.500 perros.", "I have three cats and 1,500 dogs.", []),
        ("Tengo 3 gatos y 17 perros.", "I have four cats and dogs.", ["3", "17"]),
        ("El 21 de mayo.", "May 21st.", []),
    ],
)
def test_what_an_answer_lacks(given: str, answer: str, lacking: list[str]) -> None:
    assert [wanted.target for wanted in prepare(given, None, None).lacks(answer)] == lacking


def test_alternatives_differ_in_words() -> None:
    texts = ["I'm here.", "I am here", "i am here!", "I was here.", "?!", "!?"]
    kept = distinct([Alternative(text, -float(i)) for i, text in enumerate(texts)])
    assert [alternative.text for alternative in kept] == ["I'm here.", "I was here.", "?!", "!?"]


def test_the_best_combinations() -> None:
    parts = [[Alternative("a", -1.0), Alternative("b", -2.0)], [Alternative(" ", 0.0)],
             [Alternative("c", -1.0), Alternative("d", -1.5)]]  # fmt: skip
    assert [(a.text, a.score) for a in combine(parts, 3)] == [("a c", -2.0), ("a d", -2.5), ("b c", -3.0)]
