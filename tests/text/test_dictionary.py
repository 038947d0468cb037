from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.text.dictionary import Dictionary, load_dictionary
from assistant.text.word_list import WordList

_DICTIONARY = Dictionary.of({"tarde": ["late", "afternoon"], "por favor": ["please"], "año": ["year"]})


def test_what_is_saved_is_read(tmp_path: Path) -> None:
    _DICTIONARY.save(tmp_path / "dictionary")
    read = load_dictionary(tmp_path / "dictionary")
    assert read == _DICTIONARY
    assert read.senses("tarde") == ["late", "afternoon"]
    assert read.senses("por favor") == ["please"]
    assert read.senses("favor") == read.senses("") == []


@pytest.mark.parametrize("damage", [lambda b: b"no", lambda b: b[:-9], lambda b: b[:12] + b"\xff" + b[13:]])
def test_a_damaged_file(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    file = tmp_path / "dictionary"
    _DICTIONARY.save(file)
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises((OSError, ValueError)):
        load_dictionary(file)


def test_words_are_found_by_halves() -> None:
    words = WordList(sorted(["life", "of", "soul", "souls"]))
    assert [word in words for word in ("life", "soul", "lif", "zz", "")] == [True, True, False, False, False]
    assert [words.place("of"), words.place("off")] == [1, None]
    assert 3 not in words
