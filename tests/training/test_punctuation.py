from __future__ import annotations

import pytest

from assistant.text.punctuation import Ending
from assistant.training.punctuation import build_punctuation, ending_of

_NAMES = ("Ana", "Luis", "Eva", "Juan", "Rosa", "Pedro", "Marta", "Hugo")
_TEXT = [
    *(f"¿Cuándo llega {name}?" for name in _NAMES),
    *(f"Ayer llegó {name}." for name in _NAMES),
    *(f"llama a {name}" for name in _NAMES),
]


def test_statements_questions_and_what_has_no_mark_are_told_apart() -> None:
    learnt = build_punctuation(_TEXT)
    assert learnt.ending("cuando llega elena") is Ending.QUESTION
    assert learnt.ending("ayer llego elena") is Ending.STATEMENT
    assert learnt.ending("llama a elena") is Ending.BARE


def test_words_that_tell_nothing_are_not_kept() -> None:
    learnt = build_punctuation(_TEXT)
    assert len(learnt.keys) < 20
    assert learnt.keys[0] == 0


def test_the_same_text_makes_the_same_table() -> None:
    one, other = build_punctuation(_TEXT), build_punctuation(_TEXT)
    assert (one.keys == other.keys).all()
    assert (one.weights == other.weights).all()


@pytest.mark.parametrize(
    ("sentence", "ending"),
    [
        ("¿Qué hora es?", Ending.QUESTION),
        ('"¿Qué hora es?"', Ending.QUESTION),
        ("Son las dos.", Ending.STATEMENT),
        ("¡Ya son las dos!", Ending.STATEMENT),
        ("La hora", Ending.BARE),
        ("", Ending.STATEMENT),
    ],
)
def test_the_ending_is_read_off_the_last_mark(sentence: str, ending: Ending) -> None:
    assert ending_of(sentence) is ending
