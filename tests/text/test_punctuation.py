from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

from assistant.text.punctuation import Ending, Punctuation, begun, is_bare, keys_of, load_punctuation
from tests.text.strategies import any_text, steady


def _table(**endings: Ending) -> Punctuation:
    """Return a table in which each word alone decides."""
    keys = {zlib.crc32(word.encode()): ending for word, ending in endings.items()}
    rows = [[0, 0, 0], *([100 * (ending == each) for each in Ending] for _, ending in sorted(keys.items()))]
    return Punctuation(np.array([0, *sorted(keys)], np.uint32), np.array(rows, np.int8))


_TABLE = _table(cuando=Ending.QUESTION, vino=Ending.STATEMENT, abre=Ending.BARE)


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        ("cuando llega", Ending.QUESTION),
        ("¿Cuándo llega?", Ending.QUESTION),
        ("vino tarde", Ending.STATEMENT),
        ("abre la puerta", Ending.BARE),
        ("nada de eso", Ending.BARE),  # what is not known is left as it is
        ("", Ending.BARE),
    ],
)
def test_the_words_of_a_sentence_say_how_it_ends(text: str, ending: Ending) -> None:
    assert _TABLE.ending(text) is ending


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("donde esta", True),
        ("son 3 o 4", True),
        ("Donde esta", False),
        ("dónde esta", False),
        ("donde esta?", False),
        ("si, claro", False),
    ],
)
def test_bare_is_what_has_no_capital_accent_or_mark(text: str, bare: bool) -> None:
    assert is_bare(text) is bare


def test_a_sentence_begins_with_its_capital_and_mark() -> None:
    assert begun("dónde está?", Ending.QUESTION) == "¿Dónde está?"
    assert begun("está aquí.", Ending.STATEMENT) == "Está aquí."
    assert begun("abre la puerta", Ending.BARE) == "abre la puerta"


def test_the_table_can_be_kept(tmp_path: Path) -> None:
    _TABLE.save(tmp_path / "table")
    kept = load_punctuation(tmp_path / "table")
    assert (kept.keys == _TABLE.keys).all()
    assert (kept.weights == _TABLE.weights).all()


@pytest.mark.parametrize("damaged", [b"no such thing", zlib.compress(b"12345678")])
def test_a_damaged_table_is_told(tmp_path: Path, damaged: bytes) -> None:
    (tmp_path / "table").write_bytes(damaged)
    with pytest.raises(ValueError, match=r"."):
        load_punctuation(tmp_path / "table")


@steady
@given(any_text)
def test_every_text_has_keys_each_once(text: str) -> None:
    keys = keys_of(text)
    assert 0 in keys
    assert len(set(keys)) == len(keys)
    assert _TABLE.ending(text) in Ending
