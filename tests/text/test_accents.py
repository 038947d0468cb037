from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from assistant.text.accents import Accents, load_accents, without_accents
from tests.text.strategies import any_text, steady

_ACCENTS = Accents({"manana": "mañana", "esta": "esta está -4 <ella:30 >casa:-20", "jose": "josé"})


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("manana, si puedo", "mañana, si puedo"),
        ("Manana voy", "Mañana voy"),
        ("ella esta aqui", "ella está aqui"),
        ("esta casa", "esta casa"),
        ("esta mañana y manana", "esta mañana y manana"),  # who types one accent types them all
        ("hoy viene Jose", "hoy viene Jose"),  # a name is as it is
        ("manana-manana", "mañana-mañana"),
        ("", ""),
    ],
)
def test_accents_come_back(typed: str, written: str) -> None:
    assert _ACCENTS.restored(typed, careless=True) == written


def test_who_writes_with_care_is_taken_at_their_word() -> None:
    assert _ACCENTS.restored("Ella esta aqui.", careless=False) == "Ella esta aqui."


def test_a_word_that_is_wrong_without_its_accent_tells_that_none_was_typed() -> None:
    typed = "Ella esta aqui, manana no."
    assert _ACCENTS.restored(typed, careless=False) == _ACCENTS.restored(typed, careless=True)
    assert "está aqui, mañana" in _ACCENTS.restored(typed, careless=False)


def test_names_get_their_capitals_only_when_wanted() -> None:
    accents = Accents({"japon": "Japón", "tom": "Tom"})
    assert accents.restored("tom va a japon", careless=True) == "tom va a japón"
    assert accents.restored("tom va a japon", careless=True, names=True) == "Tom va a Japón"
    assert accents.restored("¿qué hay en japón, tom?", careless=True, names=True) == "¿qué hay en Japón, Tom?"
    assert accents.restored("McDonald va a tom.", careless=True) == "McDonald va a tom."
    # A name without an accent is no word that lacks one.
    assert Accents({"tom": "Tom", "esta": "esta está 9"}).restored("tom esta", careless=False) == "tom esta"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("hablarias", "hablarías"),
        ("memorias", "memorias"),  # known as it is
        ("arias", "arias"),  # hardly a word, and none of which nothing is known
    ],
)
def test_a_word_never_seen_is_written_as_others_that_end_so(typed: str, written: str) -> None:
    accents = Accents({"-rias": "-rías"})
    known = frozenset({"memorias", "arias"})
    assert accents.restored(typed, careless=True, known=known) == written
    assert accents.restored(typed, careless=False, known=known) == typed
    assert accents.restored(typed, careless=True) == typed


def test_a_pair_is_told_apart_as_others_that_differ_so() -> None:
    accents = Accents({"llego": "llegó llego 0", "-o": "-o -ó 0 <yo:-20 <ella:20"})
    assert accents.restored("yo llego", careless=True) == "yo llego"
    assert accents.restored("ella llego", careless=True) == "ella llegó"


def test_a_question_is_a_clue() -> None:
    accents = Accents({"que": "que qué -9 ?:20"})
    assert accents.restored("que quieres?", careless=True) == "qué quieres?"
    assert accents.restored("que quieras", careless=True) == "que quieras"


def test_the_table_can_be_kept(tmp_path: Path) -> None:
    _ACCENTS.save(tmp_path / "accents")
    assert load_accents(tmp_path / "accents") == _ACCENTS


@steady
@given(any_text)
def test_only_accents_change(text: str) -> None:
    restored = _ACCENTS.restored(text, careless=True)
    assert without_accents(restored).lower() == without_accents(text).lower()
