from __future__ import annotations

from pathlib import Path

import pytest

from assistant import locations
from assistant.corpora.dictionary import read_dictionary
from assistant.errors import CorpusError


def test_senses_are_gathered_in_order(tmp_path: Path) -> None:
    (tmp_path / "first.tsv").write_text("Tarde\tlate\tafternoon\nsin\twithout\n", "utf-8")
    (tmp_path / "second.tsv").write_text("tarde\tevening\tlate\n", "utf-8")
    dictionary = read_dictionary([tmp_path / "first.tsv", tmp_path / "second.tsv"])
    assert dictionary.senses("tarde") == ["late", "afternoon", "evening"]
    assert dictionary.senses("sin") == ["without"]


@pytest.mark.parametrize("line", ["sin", "sin\t", "\twithout", "sin\twithout\t\tnot"])
def test_a_line_that_lacks_something(tmp_path: Path, line: str) -> None:
    file = tmp_path / "words.tsv"
    file.write_text(f"con\twith\n{line}\n", "utf-8")
    with pytest.raises(CorpusError, match=r"words\.tsv:2: give the Spanish"):
        read_dictionary([file])


def test_ours_is_in_order_and_names_each_word_once() -> None:
    lines = locations.written_corpus("dictionary.tsv").read_text("utf-8").splitlines()
    words = [line.split("\t")[0] for line in lines]
    assert words == sorted(set(words))
    assert (
        len(read_dictionary([locations.written_corpus("dictionary.tsv")]).spanish.rows) == len(words) > 40_000
    )
