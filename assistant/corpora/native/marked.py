"""Readers of commands whose slots are marked in the sentence itself, by brackets or word by word."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.corpora.native.files import lines, matching, only, unexpected

_Commands = Iterator[tuple[str, dict[str, Any]]]
_Slots = list[dict[str, str]]
_TAGGED_PARTS = {"train": "train", "valid": "dev", "test": "test"}
_TREE_PARTS = {"train": "train", "eval": "dev", "test": "test"}
_TREE_HEADER = ["domain", "utterance", "semantic_parse"]
# A mark opens with its name, as in {Subject=lunch} or {@genre=jazz}; any other opening brace, and
# what stands for several sentences, makes a pattern of the line.
_MARKED = re.compile(r"\{@?(?P<name>\w+)\s*=|(?P<end>\})|(?P<text>[^{}]+)|(?P<pattern>\{)")
_PATTERN = re.compile(r"[\[\]()|^]")
_SPACE = re.compile(r"\s+")


def tagged_words(folder: Path, options: Mapping[str, Any]) -> _Commands:
    """Read Facebook's English commands (Schuster et al. 2019, arXiv 1810.13327), a tag behind each word.

    A line is `wake:O me:O at:B-datetime 7:I-datetime <=> alarm__set_alarm`, as in the repository
    sz128/slot_filling_and_intent_detection_of_SLU, which writes `__` for a slash.
    """
    for name, part in _TAGGED_PARTS.items():
        path = only(folder, name)
        for number, line in lines(path):
            if not line.strip():
                continue
            said, sign, intent = line.partition(" <=> ")
            cells = [cell.rpartition(":") for cell in said.split(" ") if cell]
            if not sign or not all(colon and tag for _, colon, tag in cells):
                raise unexpected(path, number)
            words = [(word, tag) for word, _, tag in cells if word]
            record = {"text": " ".join(word for word, _ in words), "slots": _tagged(words)}
            yield f"facebook-multilingual-en-{part}", record | {"intent": intent.strip().replace("__", "/")}


def _tagged(words: Sequence[tuple[str, str]]) -> _Slots:
    """Return the slots of words that are tagged as beginning one (B-), inside (I-) or outside (O)."""
    slots: _Slots = []
    last = ""
    for word, tag in words:
        place, _, name = tag.replace("__", "/").partition("-")
        if name and place == "I" and name == last:
            slots[-1]["value"] += f" {word}"
        elif name:
            slots.append({"name": name, "value": word})
        last = name
    return slots


def intent_trees(folder: Path, options: Mapping[str, Any]) -> _Commands:
    """Read TOPv2 (Chen et al. 2020, arXiv 2010.03546): `[IN:GET_ALARM show my [SL:AMOUNT two ] alarms ]`.

    The intent is the outermost one, and its slots are those right below it, with all their words. What
    has a bracket too many or too few is passed over, for people say brackets too.

    Args:
        folder: The files.
        options: `rename`: other names for slots, by theirs; it has two for a time that comes again.
    """
    for name, part in _TREE_PARTS.items():
        for path in matching(folder, f"*_{name}.tsv"):
            for number, line in lines(path):
                cells = [_unquoted(cell) for cell in line.split("\t")]
                if number == 1 and cells == _TREE_HEADER:
                    continue
                if number == 1 or len(cells) != len(_TREE_HEADER) or not cells[2].startswith("[IN:"):
                    raise unexpected(path, number)
                command = _tree(cells[1], cells[2].split(), options["rename"])
                if command:
                    yield f"topv2-{part}", command


def _tree(text: str, parse: Sequence[str], rename: Mapping[str, str]) -> dict[str, Any] | None:
    """Return the command that a parse says, or None where its brackets do not match."""
    opened: list[str] = []
    slots: list[tuple[str, list[str]]] = []
    for token in parse:
        if token.startswith(("[IN:", "[SL:")):
            opened.append(token[4:])
            if len(opened) == 2:
                slots.append((opened[1], []))
        elif not opened:
            return None
        elif token == "]":
            opened.pop()
        elif len(opened) > 1:
            slots[-1][1].append(token)
    if opened:
        return None
    values = [(rename.get(name, name), _as_said(text, words)) for name, words in slots if words]
    return {
        "text": text,
        "intent": parse[0][4:],
        "slots": [{"name": name, "value": value} for name, value in values],
    }


def _as_said(text: str, words: Sequence[str]) -> str:
    """Return words as they stand in the text: the parse has spaces around punctuation."""
    found = re.search(r"\s*".join(map(re.escape, words)), text)
    return found[0] if found else " ".join(words)


def _unquoted(cell: str) -> str:
    quoted = len(cell) > 1 and cell.startswith('"') and cell.endswith('"')
    return next(csv.reader([cell], delimiter="\t"))[0] if quoted else cell


def luis(folder: Path, options: Mapping[str, Any]) -> _Commands:
    """Read the examples of language understanding files (.lu) of Microsoft's Bot Framework.

    An intent is named after its file, as in `ToDo.AddToDo`. Patterns, which stand for many sentences,
    and entities are passed over.

    Args:
        folder: The files.
        options: `part`: the name of the part; `without`: intents to pass over.
    """
    for path in matching(folder, "*.lu"):
        intent = ""
        for _, line in lines(path):
            if line.startswith("#"):
                intent = f"{path.stem}.{line.strip('# ').rstrip()}"
            elif line.startswith(("$", "@")):
                intent = ""  # an entity: the lines below it are its values
            elif intent and intent not in options["without"] and line.startswith("- "):
                command = _example(line[2:])
                if command:
                    yield options["part"], {"text": command[0], "intent": intent, "slots": command[1]}


def _example(line: str) -> tuple[str, _Slots] | None:
    """Return an example and its slots, an inner slot before the one around it; None for a pattern."""
    text = ""
    opened: list[tuple[str, int]] = []
    slots: _Slots = []
    for mark in _MARKED.finditer(line):
        if mark["name"]:
            opened.append((mark["name"], len(text)))
        elif mark["end"] and opened:
            name, begin = opened.pop()
            slots.append({"name": name, "value": _single_spaced(text[begin:])})
        elif mark["text"]:
            text += mark["text"]
        else:
            return None
    plain = _single_spaced(text)
    return None if opened or not plain or _PATTERN.search(plain) else (plain, slots)


def _single_spaced(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
