from __future__ import annotations

from assistant.corpora.accents import build_accents

_TEXT = [
    *["Esta casa es mía."] * 4,
    *["Ella está en casa."] * 4,
    *["Mañana voy."] * 3,
    *["La casa de mi madre."] * 3,
    "Una canción",
]


def test_a_word_that_is_none_without_its_accent_gets_it() -> None:
    assert build_accents(_TEXT).rows["manana"] == "mañana"


def test_what_has_no_accent_or_was_seen_once_is_not_kept() -> None:
    rows = build_accents(_TEXT).rows
    assert "casa" not in rows
    assert "cancion" not in rows


def test_two_words_are_told_apart_by_those_beside_them() -> None:
    accents = build_accents(_TEXT)
    assert accents.restored("esta casa", careless=True) == "esta casa"
    assert accents.restored("ella esta en casa", careless=True) == "ella está en casa"
