from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.sentences import split_long, split_sentences
from tests.text.strategies import normalised_text, steady


@pytest.mark.parametrize(
    "sentences",
    [
        [],
        ["sin punto"],
        ["Hola.", "¿Qué tal?", "¡Muy bien!", "Adiós"],
        ["¿sí?", "¡claro que sí!"],
        ["El Sr. García y la Dra. Núñez llegaron.", "Se fueron."],
        ["Lo firmó J. R. R. Tolkien.", "Nadie más."],
        ["Cuesta 3.50 euros en EE. UU. según la pág. 4."],
        ["Lee cuentos, poemas, etc. También novelas."],
        ["No sé... quizá mañana."],
        ["No sé...", "Quizá mañana."],
        ['Dijo "basta."', "Luego calló."],
        ['Calló.', '"Basta", dijo.'],
        ["(Así es.)", "(Así fue.)"],
        ["Es de www.ejemplo.es y ya."],
        ["Vive en Ávila.", "Óscar también.", "Ñoño."],
        ["I left.", "You stayed!", "Why?"],
    ],
)  # fmt: skip
def test_where_sentences_end(sentences: list[str]) -> None:
    assert split_sentences(" ".join(sentences)) == sentences


@steady
@given(normalised_text)
def test_sentences_joined_by_spaces_give_the_text_back(text: str) -> None:
    sentences = split_sentences(text)
    assert " ".join(sentences) == text
    assert all(sentences)


def test_a_long_sentence_breaks_at_its_clauses() -> None:
    sentence = "uno dos tres, cuatro cinco; seis siete - ocho nueve"
    assert split_long(sentence, 30) == ["uno dos tres, cuatro cinco;", "seis siete - ocho nueve"]
    assert split_long(sentence, 14) == ["uno dos tres,", "cuatro cinco;", "seis siete", "- ocho nueve"]


def test_a_long_clause_breaks_between_words_and_a_long_word_is_cut() -> None:
    assert split_long("uno dos tres cuatro", 8) == ["uno dos", "tres", "cuatro"]
    assert split_long("abcdefghij kl", 4) == ["abcd", "efgh", "ij", "kl"]


def test_what_fits_stays_whole() -> None:
    assert split_long("uno, dos; tres", 14) == ["uno, dos; tres"]


@steady
@given(normalised_text, st.integers(1, 40))
def test_parts_respect_the_bound_and_lose_nothing(sentence: str, most: int) -> None:
    parts = split_long(sentence, most)
    assert all(len(part) <= most for part in parts)
    assert "".join(parts).replace(" ", "") == sentence.replace(" ", "")


@steady
@given(normalised_text, st.integers(1, 40))
def test_words_that_fit_are_never_cut(sentence: str, most: int) -> None:
    longest = max((len(word) for word in sentence.split(" ")), default=0)
    most = max(most, longest)
    assert " ".join(split_long(sentence, most)) == sentence
