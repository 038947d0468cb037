from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.documents import Kind, kind_of, passages, whole
from tests.text.strategies import any_text, steady


def _shouted(text: str, kind: Kind, column: int = 1) -> str:
    """Put what is language into capitals, as a translation that shows."""
    lines: list[str] = []
    for passage in passages(text.split("\n"), kind, column):
        lines += passage.render([words.upper() for words in passage.texts])
    return "\n".join(lines)


def test_markdown() -> None:
    text = "\n".join(
        ["---", "title: x", "---", "# Título", "Hola **amigo**, lee la [guía](http://a.b) y `codigo`.",
         "```py", "x = hola", "```", "| a | b |", "|---|---|", "    código",
         "[x]: http://y", "![foto](a.png) fin"]
    )  # fmt: skip
    assert _shouted(text, "markdown").split("\n") == [
        "---", "title: x", "---", "# TÍTULO", "HOLA **AMIGO**, LEE LA [GUÍA](http://a.b) Y `CODIGO`.",
        "```py", "x = hola", "```", "| A | B |", "|---|---|", "    código",
        "[x]: http://y", "![FOTO](a.png) FIN",
    ]  # fmt: skip


def test_what_is_held_back_is_named_by_its_words() -> None:
    (passage,) = passages(["Lee **esto** y la [guía](http://a.b)."], "markdown")
    first, second = passage.texts[0].removeprefix("Lee ").removesuffix(".").split(" y la ")
    assert (passage.spelled_out(first), passage.spelled_out(second)) == ("esto", "guía")
    assert passage.spelled_out("esto") == "esto"


_TIMES = "00:00:01,000 --> 00:00:02,000\n"


def test_subtitles() -> None:
    srt = f"1\n{_TIMES}hola mi amigo,\nqué tal\n\n2\n{_TIMES}- sí\n- no\n"
    said = f"1\n{_TIMES}HOLA MI AMIGO,\nQUÉ TAL\n\n2\n{_TIMES}- SÍ\n- NO\n"
    assert _shouted(srt, "subtitles") == said
    untouched = "WEBVTT - título\n\nNOTE\nuna nota\n\nSTYLE\n::cue {}\n\nintro\n"
    vtt = f"{untouched}00:01.000 --> 00:02.000 align:start\nhola\n"
    assert _shouted(vtt, "subtitles") == vtt.replace("hola", "HOLA")


def test_a_column_of_a_table() -> None:
    assert _shouted("a\thola\tb\nsolo\n\t\t", "table", 2) == "a\tHOLA\tb\nsolo\n\t\t"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.md", "markdown"), ("A.SRT", "subtitles"), ("b.vtt", "subtitles"), ("c.tsv", "table"),
     ("d", "plain")],
)  # fmt: skip
def test_the_kind_is_told_by_the_name(name: str, kind: str) -> None:
    assert kind_of(Path(name)) == kind


def test_a_blank_line_is_left_unless_it_is_a_text() -> None:
    assert whole(" ").texts == []
    assert whole(" ", keep_blank=True).texts == [" "]


@steady
@given(st.lists(any_text.map(lambda text: text.replace("\n", " ").replace("\r", " ")), max_size=6),
       st.sampled_from(["plain", "markdown", "subtitles", "table"]))  # fmt: skip
def test_one_line_out_per_line_in(lines: list[str], kind: Kind) -> None:
    found = list(passages(lines, kind))
    assert [line for passage in found for line in passage.lines] == lines
    assert all(len(passage.render(passage.texts)) == len(passage.lines) for passage in found)
