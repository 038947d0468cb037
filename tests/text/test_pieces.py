from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.text.marks import ASSISTANT, MARKS, SAY, USER, escape, mark_turns
from assistant.text.normalise import normalise
from assistant.text.pieces import BEGIN, END, PAD, UNKNOWN, Pieces, train_pieces
from tests.text.strategies import normalised_text, steady

_TEXTS = ["<user> hola, ¿cómo estás?", "<say> hello, how are you?", "<user> hola <assistant> hello <user> sí"]


@pytest.fixture(scope="module")
def model() -> bytes:
    return train_pieces(_TEXTS * 4, 300)


@pytest.fixture(scope="module")
def pieces(model: bytes) -> Pieces:
    return Pieces(model)


def test_the_first_pieces_are_where_the_network_expects_them(pieces: Pieces) -> None:
    assert pieces.surfaces([PAD, UNKNOWN, BEGIN, END]) == ["<pad>", "<unk>", "<s>", "</s>"]
    assert pieces.surfaces([pieces.mark(mark) for mark in MARKS]) == list(MARKS)


def test_each_mark_is_one_piece(pieces: Pieces) -> None:
    ids = pieces.encode("<user> hola <assistant> hello <user> sí")
    user, assistant = pieces.mark(USER), pieces.mark(ASSISTANT)
    assert [i for i in ids if i in (user, assistant)] == [user, assistant, user]
    assert ids[0] == user
    assert pieces.encode(SAY) == [pieces.mark(SAY)]
    assert pieces.encode("") == []


def test_surfaces_show_where_words_begin(pieces: Pieces) -> None:
    assert pieces.surfaces(pieces.encode("hola")) == ["▁hola"]
    assert "".join(pieces.surfaces(pieces.encode("hola sí"))) == "▁hola▁sí"


def test_what_is_not_words_leaves_nothing(pieces: Pieces) -> None:
    words = pieces.encode("hola")
    marks = [pieces.mark(mark) for mark in MARKS]
    assert pieces.decode([BEGIN, *marks, *words, END, PAD, PAD]) == "hola"
    assert pieces.decode([]) == ""


def test_what_an_answer_never_holds(pieces: Pieces) -> None:
    special = ["<pad>", "<unk>", "<s>", *MARKS]
    control = [f"<0x{byte:02X}>" for byte in (*range(32), 127)]
    assert pieces.surfaces(pieces.never_generated) == special + control


@steady
@given(normalised_text)
@example("👩\u200d🚀 ᚠᚢᚦ 漢字 \U0010ffff")
@example(normalise("a \u2581 b"))
def test_decoding_undoes_encoding(pieces: Pieces, text: str) -> None:
    text = escape(text)
    assert pieces.decode(pieces.encode(text)) == text


@steady
@given(normalised_text)
def test_no_typed_text_becomes_a_special_piece(pieces: Pieces, text: str) -> None:
    assert not {*pieces.never_generated, END} & set(pieces.encode(escape(text)))


@steady
@given(st.lists(normalised_text, min_size=1, max_size=5))
def test_a_talk_holds_one_mark_a_turn(pieces: Pieces, turns: list[str]) -> None:
    ids = pieces.encode(mark_turns(turns))
    assert sum(i in pieces.never_generated for i in ids) == len(turns)


@pytest.mark.parametrize("marked", ["{}", "<say> {}", "<say> the library <say> {}", "<act> {}"])
def test_an_answer_is_what_follows_its_last_mark(pieces: Pieces, marked: str) -> None:
    assert pieces.answer(pieces.encode(marked.format("good morning"))) == "good morning"


def test_training_passes_marks_over() -> None:
    pieces = Pieces(train_pieces(["<user> hola <say> hola"] * 9, 8000))
    learnt = pieces.surfaces(range(len(pieces)))
    assert "▁hola" in learnt
    assert [surface for surface in learnt if "<" in surface and not surface.startswith("<0x")] == [
        "<pad>", "<unk>", "<s>", "</s>", *MARKS
    ]  # fmt: skip


def test_training_is_the_same_each_time(model: bytes) -> None:
    assert train_pieces(_TEXTS * 4, 300) == model


@pytest.mark.parametrize("texts", [["a"], ["hola"], ["hola que tal", "hello"], ["á é í ó ú ñ"] * 50])
@pytest.mark.parametrize("vocabulary", [100, 270, 8000])
def test_a_small_corpus_bounds_the_vocabulary(texts: list[str], vocabulary: int) -> None:
    pieces = Pieces(train_pieces(texts, vocabulary))
    characters = len(set("".join(texts)) - {" "})
    assert 4 + len(MARKS) + 256 + characters <= len(pieces) < 400
    assert [pieces.decode(pieces.encode(text)) for text in texts] == texts


def test_a_vocabulary_is_as_large_as_asked_where_the_text_allows_it(pieces: Pieces) -> None:
    assert len(pieces) == 300


def test_a_vocabulary_is_read_from_its_file(model: bytes, pieces: Pieces, tmp_path: Path) -> None:
    (tmp_path / "pieces.model").write_bytes(model)
    loaded = Pieces.load(tmp_path / "pieces.model")
    assert loaded.encode("hello, sí") == pieces.encode("hello, sí")
