from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from assistant.corpora.readers import Example, Line
from assistant.corpora.split import holds_out
from tests.text.strategies import steady

_spanish = st.text("abcdefghijklmnopqrstuvwxyzáéíóúüñ ", min_size=1, max_size=30)


def _line(source: str, target: str = "x", number: int = 1) -> Line:
    return Line(Path("a.tsv"), number, (Example(source, target),))


def _held(share: float, seed: int) -> list[int]:
    return [i for i in range(2000) if holds_out(_line(f"frase {i}"), share, seed)]


def test_the_split_is_the_same_on_every_machine_and_in_every_run() -> None:
    assert [i for i in range(40) if holds_out(_line(f"frase {i}"), 0.2, 1)] == [0, 1, 4, 6, 8, 16, 24, 37]


def test_about_the_share_is_held_out() -> None:
    assert _held(0.0, 1) == []
    assert len(_held(1.0, 1)) == 2000
    assert 150 < len(_held(0.1, 1)) < 250


def test_another_seed_holds_out_other_lines() -> None:
    assert _held(0.1, 1) == _held(0.1, 1)
    assert len(set(_held(0.1, 1)) & set(_held(0.1, 2))) < 50
    assert _held(0.1, -1) != _held(0.1, 1)


def test_a_larger_share_holds_out_the_same_lines_and_more() -> None:
    assert set(_held(0.05, 1)) < set(_held(0.1, 1))


@steady
@given(_spanish, st.integers(-5, 5))
def test_case_punctuation_target_and_place_change_no_side(source: str, seed: int) -> None:
    side = holds_out(_line(source), 0.5, seed)
    assert holds_out(_line(source.upper()), 0.5, seed) is side
    assert holds_out(_line(f"¡{source}!..."), 0.5, seed) is side
    assert holds_out(_line(source.replace(" ", ", ")), 0.5, seed) is side
    assert holds_out(_line(source, "another", 99), 0.5, seed) is side


def test_dialogues_that_open_alike_fall_on_one_side() -> None:
    def talk(opening: str, rest: str) -> Line:
        return Line(Path("b.jsonl"), 7, (Example(opening, "<say> a"), Example(rest, "<say> b")))

    openings = [f"<user> hello {i}" for i in range(50)]
    sides = [holds_out(talk(opening, "<user> x"), 0.5, 1) for opening in openings]
    assert sides == [holds_out(talk(opening.upper() + "!", "<user> y"), 0.5, 1) for opening in openings]
    assert {True, False} == set(sides)
