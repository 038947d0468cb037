"""Files of text: which parts of their lines are language, and how the lines are put together again."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal["plain", "markdown", "subtitles", "table"]

KINDS: dict[str, Kind] = {".md": "markdown", ".srt": "subtitles", ".vtt": "subtitles", ".tsv": "table"}

_FENCE = re.compile(r"\s*(```+|~~~+)")
_UNTOUCHED = re.compile(
    r"\s*$|\s*\[[^\]]+\]:\s|\s*[-=*_]{3,}\s*$|\s*<!--.*-->\s*$|(?: {4}|\t)(?!\s*(?:[-*+]|\d+\.)\s)"
)
_TABLE_RULE = re.compile(r"\s*\|?[\s:|-]+\|[\s:|-]*$")
# A link or an image, or emphasis; what is inside is translated by itself.
_INLINE = re.compile(
    r"(?P<open>!?\[)(?P<link>[^\]]+)(?P<close>\]\([^)]*\))"
    r"|(?P<mark>\*\*|__|(?<![\w*])\*(?![*\s])|(?<!\w)_(?![_\s]))(?P<emphasis>[^*_`]+?)(?P=mark)(?![\w*])"
)
_CODE = re.compile(r"(`[^`]+`)")
_TIMES = re.compile(r"\s*(?:\d+:)?\d+:\d+[.,]\d+\s*-->")
_BLOCK = re.compile(r"(?:WEBVTT|NOTE|STYLE|REGION)\b")
_TURN = re.compile(r"\s*[-–—]")
# What stands for words that are translated by themselves: their number, between two marks of no language.
_HELD = "\ue000{}\ue001"
_HELD_NUMBER = re.compile(_HELD.format(r"(\d+)"))


@dataclass(frozen=True)
class Passage:
    """Lines that are translated together, or left as they are.

    Attributes:
        lines: As they stand in the file.
        texts: What is to be translated; nothing leaves the lines as they are.
        render: From the translations of `texts` to as many lines.
    """

    lines: Sequence[str]
    texts: Sequence[str]
    render: Callable[[Sequence[str]], Sequence[str]]

    def spelled_out(self, text: str) -> str:
        """Return a part of the first text with the words that are held back in their places."""
        return _HELD_NUMBER.sub(lambda held: self.texts[1 + int(held[1])], text)


def kind_of(path: Path | None) -> Kind:
    """Return how a file is read, by the end of its name; stdin is plain."""
    return KINDS.get(path.suffix.lower(), "plain") if path else "plain"


def passages(lines: Iterable[str], kind: Kind, column: int = 1) -> Iterator[Passage]:
    """Divide a file into passages, as it is read.

    Args:
        lines: Without their ends.
        kind: Which parts of them are language.
        column: Of a table, the one that is translated, counted from 1.
    """
    if kind == "table":
        return (_row(line, column) for line in lines)
    readers = {"plain": _plain, "markdown": _markdown, "subtitles": _subtitles}
    return readers[kind](lines)


def whole(line: str, keep_blank: bool = False) -> Passage:
    """Return the passage of a line that is language altogether.

    Args:
        line: One line.
        keep_blank: Whether a blank line is a text too, and not left as it is.
    """
    return Passage([line], [line] if keep_blank or line.strip() else [], lambda texts: list(texts) or [line])


def _left(*lines: str) -> Passage:
    return Passage(lines, [], lambda _: lines)


def _plain(lines: Iterable[str]) -> Iterator[Passage]:
    return map(whole, lines)


def _row(line: str, column: int) -> Passage:
    cells = line.split("\t")
    if len(cells) < column or not cells[column - 1].strip():
        return _left(line)
    before, after = cells[: column - 1], cells[column:]
    return Passage([line], [cells[column - 1]], lambda texts: ["\t".join([*before, texts[0], *after])])


def _markdown(lines: Iterable[str]) -> Iterator[Passage]:
    fence = ""
    front = False
    for number, line in enumerate(lines):
        opening = _FENCE.match(line)
        if number == 0 and line.strip() == "---":
            front = True
            yield _left(line)
        elif front:
            front = line.strip() not in ("---", "...")
            yield _left(line)
        elif opening and not fence:
            fence = opening.group(1)
            yield _left(line)
        elif fence:
            if opening and line.strip().startswith(fence):
                fence = ""
            yield _left(line)
        elif _UNTOUCHED.match(line) or _TABLE_RULE.match(line):
            yield _left(line)
        elif line.lstrip().startswith("|"):
            yield _cells(line)
        else:
            yield _marked_up(line)


def _cells(line: str) -> Passage:
    cells = line.split("|")
    places = [i for i, cell in enumerate(cells) if cell.strip()]

    def render(texts: Sequence[str]) -> list[str]:
        filled = list(cells)
        for place, text in zip(places, texts, strict=True):
            cell = cells[place]
            before = len(cell) - len(cell.lstrip())
            filled[place] = " " * before + text.strip() + cell[len(cell.rstrip()) :]
        return ["|".join(filled)]

    return Passage([line], [cells[i] for i in places], render)


def _marked_up(line: str) -> Passage:
    """Translate the words of links and of emphasis by themselves, behind a mark for each."""
    inner: list[tuple[str, str, str]] = []

    def hold(match: re.Match[str]) -> str:
        if match["link"]:
            inner.append((match["open"], match["link"], match["close"]))
        else:
            inner.append((match["mark"], match["emphasis"], match["mark"]))
        return _HELD.format(len(inner) - 1)

    parts = _CODE.split(line)
    parts[::2] = [_INLINE.sub(hold, part) for part in parts[::2]]

    def render(texts: Sequence[str]) -> list[str]:
        whole, *translated = texts
        for i, ((before, _, after), text) in enumerate(zip(inner, translated, strict=True)):
            whole = whole.replace(_HELD.format(i), before + text + after)
        return [whole]

    return Passage([line], ["".join(parts), *(text for _, text, _ in inner)], render)


def _subtitles(lines: Iterable[str]) -> Iterator[Passage]:
    cue: list[str] = []
    inside = False
    block = False
    for line in lines:
        if line.strip() and inside:
            cue.append(line)
            continue
        if cue:
            yield from _cue(cue)
            cue = []
        inside = not block and bool(_TIMES.match(line))
        block = bool(line.strip()) and (block or bool(_BLOCK.match(line)))
        yield _left(line)
    if cue:
        yield from _cue(cue)


def _cue(lines: list[str]) -> Iterator[Passage]:
    if len(lines) == 1 or all(map(_TURN.match, lines)):
        yield from map(whole, lines)
        return
    count = len(lines)
    joined = " ".join(line.strip() for line in lines)
    yield Passage(lines, [joined], lambda texts: _wrapped(texts[0], count))


def _wrapped(text: str, count: int) -> list[str]:
    """Wrap a text to a number of lines as even as its words allow."""
    for width in range(max(len(text) // count, 1), len(text) + 1):
        lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
        if len(lines) <= count:
            return lines + [""] * (count - len(lines))
    return [text] + [""] * (count - 1)
