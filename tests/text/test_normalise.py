from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given

from assistant.text.normalise import has_letters, normalise
from tests.text.strategies import any_text, steady


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("", ""),
        (" \t\n ", ""),
        ("  dos   palabras\t\r\n", "dos palabras"),
        ("fijo\u00a0y\u2003fino\u2028linea", "fijo y fino linea"),
        ("\ufeffman\u0303ana", "mañana"),
        ("ca\u00adsa\u200b y\u2060a\x07", "casa ya"),
        ("“Hola”, dijo «él»", '"Hola", dijo "él"'),
        ("it’s ‘fine’", "it's 'fine'"),
        ("bueno…", "bueno..."),
        ("¿Qué? 😀 漢字", "¿Qué? 😀 漢字"),
        ("ﬁn de x² y ½", "ﬁn de x² y ½"),
    ],
)
def test_what_is_made_plain(typed: str, clean: str) -> None:
    assert normalise(typed) == clean


@steady
@given(any_text)
@example("e\u200b\u0301")
def test_the_result_is_in_nfc(text: str) -> None:
    assert unicodedata.is_normalized("NFC", normalise(text))


@steady
@given(any_text)
@example("e\u200b\u0301")
def test_twice_is_once(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@steady
@given(any_text)
def test_spaces_are_single_and_controls_gone(text: str) -> None:
    clean = normalise(text)
    assert clean == clean.strip()
    assert not re.search(r"\s\s|[^\S ]|[\x00-\x1f\x7f-\x9f\u200b\ufeff]", clean)


@steady
@given(any_text)
def test_letters_survive(text: str) -> None:
    assert has_letters(normalise(text)) == has_letters(text)


@pytest.mark.parametrize(
    ("text", "answer"),
    [("", False), ("  ", False), ("?!... 42 😀", False), ("a", True), ("... ñ", True), ("字", True)],
)
def test_has_letters(text: str, answer: bool) -> None:
    assert has_letters(text) is answer
