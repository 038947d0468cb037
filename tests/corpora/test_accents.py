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


def test_a_word_with_a_capital_wherever_it_stands_is_a_name() -> None:
    rows = build_accents(["Vivo en Japón.", "Voy a Japón con Tom.", "Soy Tom.", "Casa mía", "Mi casa"]).rows
    assert rows["japon"] == "Japón"
    assert rows["tom"] == "Tom"
    assert "casa" not in rows


def test_an_ending_that_tells_the_accent_is_kept() -> None:
    words = ("hablarías", "cantarías", "bailarías", "mirarías")
    accents = build_accents([f"Tú {word} hoy." for word in words for _ in range(2)])
    assert accents.restored("tu comerias", careless=True, known=()) == "tú comerías"
    assert accents.restored("ellas", careless=True, known=()) == "ellas"


def test_clues_of_alike_pairs_are_pooled() -> None:
    verbs = (("hablo", "habló"), ("canto", "cantó"), ("bailo", "bailó"))
    text = [f"{who} {form} hoy." for pair in verbs for who, form in zip(("yo", "ella"), pair, strict=True)]
    accents = build_accents([*text * 3, *["Nado.", "Nadó."] * 3])
    assert accents.restored("ella nado mucho", careless=True) == "ella nadó mucho"
    assert accents.restored("yo nado mucho", careless=True) == "yo nado mucho"


def test_questions_have_their_own_accents() -> None:
    text = [*["¿Cuándo viene?"] * 4, *["Cuando viene, canta."] * 6]
    accents = build_accents(text)
    assert accents.restored("cuando viene?", careless=True) == "cuándo viene?"
    assert accents.restored("cuando viene", careless=True) == "cuando viene"
