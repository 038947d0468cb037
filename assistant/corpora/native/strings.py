"""Reader of localised programs: texts with a key in two languages, paired by the key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from assistant.corpora.native.files import lines, matching, read_json, read_yaml
from assistant.errors import CorpusError

# A text that is filled in later, marked up, or refers to another is no sentence.
_SLOT = re.compile(r"[{}<>%$|\\]|@@")
_MESSAGE = re.compile(r"(?P<key>[a-zA-Z][\w-]*)\s*=\s?(?P<text>.*)")


def strings(folder: Path, options: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Read string files of JSON, Rails, Fluent, Android or Java; texts with slots are passed over.

    Args:
        folder: The files.
        options: `en`: the pattern of the English files; `es`: a list of patterns, one a variety of
            Spanish. All files of a side share their keys.
    """
    english = _texts(folder, options["en"])
    for pattern in options["es"]:
        for key, spanish in _texts(folder, pattern).items():
            text = english.get(key, "")
            if _plain(spanish) and _plain(text) and spanish != text:
                yield "train", {"source": spanish, "target": text}


def _texts(folder: Path, pattern: str) -> dict[str, str]:
    read = {
        ".json": _json, ".yml": _rails, ".ftl": _fluent, ".xml": _android, ".properties": _properties,
    }  # fmt: skip
    return {key: text for path in matching(folder, pattern) for key, text in read[path.suffix](path)}


def _plain(text: str) -> bool:
    return any(character.isalpha() for character in text) and not _SLOT.search(text)


def _json(path: Path) -> Iterator[tuple[str, str]]:
    return _leaves(read_json(path))


def _rails(path: Path) -> Iterator[tuple[str, str]]:
    # Keys are nested under one that names the language, or written out in full.
    for name, texts in read_yaml(path).items():
        yield from _leaves(texts if isinstance(texts, dict) else {name: texts})


def _leaves(tree: Any) -> Iterator[tuple[str, str]]:
    todo = [("", tree)]
    while todo:
        key, value = todo.pop()
        if isinstance(value, dict):
            todo += ((f"{key}.{name}", inner) for name, inner in value.items())
        elif isinstance(value, str):
            yield key, value.strip()


def _fluent(path: Path) -> Iterator[tuple[str, str]]:
    key, text, attribute = "", "", False
    for _, line in lines(path):
        message = _MESSAGE.match(line)
        if key and line.startswith((" ", "\t")):
            attribute = attribute or line.lstrip().startswith(".")
            text += "" if attribute else " " + line.strip()
            continue
        if key:
            yield key, text.strip()
        key, text = (message["key"], message["text"]) if message else ("", "")
        attribute = False
    if key:
        yield key, text.strip()


def _android(path: Path) -> Iterator[tuple[str, str]]:
    try:
        for element in ElementTree.parse(path).iter("string"):
            text = "".join(element.itertext())
            yield element.get("name", ""), re.sub(r"\\(['\"])", r"\1", " ".join(text.split())).strip('"')
    except ElementTree.ParseError as error:
        raise CorpusError(f"no XML: {error}", path, error.position[0]) from None


def _properties(path: Path) -> Iterator[tuple[str, str]]:
    for _, line in lines(path):
        key, sign, text = line.partition("=")
        if sign and not key.startswith(("#", "!")):
            yield key.strip(), text.strip().replace("''", "'")
