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


def test_the_table_can_be_kept(tmp_path: Path) -> None:
    _ACCENTS.save(tmp_path / "accents")
    assert load_accents(tmp_path / "accents") == _ACCENTS


@steady
@given(any_text)
def test_only_accents_change(text: str) -> None:
    restored = _ACCENTS.restored(text, careless=True)
    assert without_accents(restored).lower() == without_accents(text).lower()
