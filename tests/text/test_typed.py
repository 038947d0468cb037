from __future__ import annotations

import pytest
from hypothesis import given

from assistant.text.typed import is_careless, is_shouted, ordinary, quiet
from tests.text.strategies import normalised_text, steady


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("xq no vienes? tb voy", "porque no vienes? también voy"),
        ("q haces", "que haces"),
        ("x favor, plan d estudios", "por favor, plan de estudios"),
        ("TB voy", "También voy"),
        ("holaaaa amigooo", "hola amigo"),
        ("leeer", "leer"),
        ("nooo!!! ¿¿qué??", "no! ¿qué?"),
        ("jajajajaja no", "jaja no"),
        # What stands beside a digit, by itself, or as an initial, is no short form.
        ("5 x 3", "5 x 3"),
        ("q", "q"),
        ("print(x)", "print(x)"),
        ("Vitamina D", "Vitamina D"),
        ("siglo XXX y III", "siglo XXX y III"),
        ("d@e.es #tb", "d@e.es #tb"),
    ],
)
def test_how_people_type(typed: str, written: str) -> None:
    assert ordinary(typed, {"leer"}) == written


@pytest.mark.parametrize(
    "text", ["El perro corre.", "¿Dónde está la llave del coche?", "Creer, leer, llamar, innovar, acción."]
)
def test_ordinary_spanish_stays(text: str) -> None:
    assert ordinary(text) == text


@steady
@given(normalised_text)
def test_no_text_becomes_empty_and_no_number_changes(text: str) -> None:
    written = ordinary(text)
    assert bool(written) == bool(text)
    assert [c for c in written if c.isdigit()] == [c for c in text if c.isdigit()]


@pytest.mark.parametrize(
    ("text", "loud"),
    [("HOLA AMIGO", True), ("¡BASTA!", True), ("ONU", False), ("Hola", False), ("A", False), ("123", False),
     ("YO", False), ("NO SÉ", True), ("EE. UU.", True)],
)  # fmt: skip
def test_what_is_shouted(text: str, loud: bool) -> None:
    assert is_shouted(text) is loud


def test_quiet_keeps_one_capital() -> None:
    assert quiet("¿DÓNDE ESTÁ MI GATO?") == "¿Dónde está mi gato?"


@pytest.mark.parametrize(
    ("text", "careless"), [("hola amigo", True), ("Hola amigo", True), ("Hola.", False), ("¿Vienes?", False)]
)
def test_what_is_typed_without_care(text: str, careless: bool) -> None:
    assert is_careless(text) is careless
