from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.corpora.lexicon import build_lexicon
from assistant.text.dictionary import Dictionary
from assistant.text.lexicon import Entry, Lexicon, load_lexicon
from assistant.text.words import split_words

_LEXICON = Lexicon.of(
    {"alma": Entry(("soul", "life"), True), "de": Entry(("of",), False)}, ["soul", "life", "of"]
)


def test_what_is_saved_is_read(tmp_path: Path) -> None:
    _LEXICON.save(tmp_path / "lexicon")
    read = load_lexicon(tmp_path / "lexicon")
    assert read == _LEXICON
    assert read.entry("alma") == Entry(("soul", "life"), True)
    assert read.entry("de") == Entry(("of",), False)
    assert read.entry("perro") is None


def test_beginnings() -> None:
    assert [_LEXICON.english.begin(text) for text in ("s", "soul", "souls", "zz", "li")] == [
        True, True, False, False, True,
    ]  # fmt: skip


@pytest.mark.parametrize("damage", [lambda b: b"no", lambda b: b[:-9], lambda b: b[:12] + b"\xff" + b[13:]])
def test_a_damaged_file(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    file = tmp_path / "lexicon"
    _LEXICON.save(file)
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises((OSError, ValueError)):
        load_lexicon(file)


def test_words_are_paired_by_what_they_come_with() -> None:
    pairs = [("el gato come", "the cat eats"), ("el perro come", "the dog eats"), ("el gato", "the cat"),
             ("un perro", "a dog"), ("un gato duerme", "a cat sleeps"),
             ("el perro duerme", "the dog sleeps")]  # fmt: skip
    lexicon = build_lexicon(pairs)
    for spanish, english in (("gato", "cat"), ("perro", "dog"), ("come", "eats")):
        entry = lexicon.entry(spanish)
        assert entry and entry.to[0] == english
    assert all(word in lexicon.english for word in ("cat", "dog", "the")) and "gato" not in lexicon.english
    assert (entry := lexicon.entry("gato")) and entry.sure  # seen three times
    assert (entry := lexicon.entry("come")) and not entry.sure  # seen twice
    assert (entry := lexicon.entry("el")) and not entry.sure  # a function word


def test_of_rare_words_the_dictionary_tells_more() -> None:
    pairs = [("el gato come", "the cat eats"), ("el gato duerme", "the cat sleeps")] * 30
    dictionary = Dictionary.of(
        {
            "gato": ["tomcat"],
            "codo": ["elbow"],
            "duerme": ["he sleeps", "sleep"],
            "ojalá": ["let it rain gold"],
        }
    )
    lexicon = build_lexicon([*pairs, ("un codo", "a bend")], dictionary)
    assert (entry := lexicon.entry("codo")) and entry.to[0] == "elbow" and entry.sure
    assert (entry := lexicon.entry("duerme")) and entry.to[:2] == ("sleeps", "sleep") and entry.sure
    assert (entry := lexicon.entry("gato")) and "tomcat" not in entry.to  # common
    assert lexicon.entry("ojalá") is None  # needs several words


def test_words() -> None:
    assert split_words("Don't pay 3.50 for e-mail, Zoë!") == ["Don't", "pay", "for", "e-mail", "Zoë"]
