"""Readers of commands: what was said, under the intent and the slots of its makers.

What these come to among our actions stands in the mapping that the part is named after; see
`corpora.commands`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from assistant.corpora.native.files import lines, matching, only, read_json, read_yaml, unexpected

_Commands = Iterator[tuple[str, dict[str, Any]]]
_SLOT = re.compile(r"\[(\w+) : ([^\]]+)\]")
_MASSIVE_PARTS = ("train", "dev", "test")
_CLINC_PARTS = {"train": "train", "val": "dev", "test": "test"}
_SNIPS_PARTS = {"train": "train", "validate": "test"}
_TEMPLATE = re.compile(r"[\[\](){}<>|]")


def massive(folder: Path, options: Mapping[str, Any]) -> _Commands:
    """Read the English commands of MASSIVE (FitzGerald et al. 2022, arXiv 2204.08582)."""
    path = only(folder, "en-US.jsonl")
    for number, line in lines(path):
        try:
            record = json.loads(line)
            intent, text, annotated = record["intent"], record["utt"], record["annot_utt"]
            part = record["partition"]
            if part not in _MASSIVE_PARTS:
                raise KeyError(part)
        except (ValueError, KeyError, TypeError):
            raise unexpected(path, number) from None
        slots = [{"name": name, "value": words.strip()} for name, words in _SLOT.findall(annotated)]
        yield f"massive-en-US-{part}", {"text": text, "intent": intent, "slots": slots}


def clinc(folder: Path, options: Mapping[str, Any]) -> _Commands:
    """Read CLINC150 (Larson et al. 2019, arXiv 1909.02027), what is out of scope included."""
    path = only(folder, "*.json")
    parts = read_json(path)
    if not isinstance(parts, dict):
        raise unexpected(path)
    for key, commands in parts.items():
        part = _CLINC_PARTS.get(key.removeprefix("oos_"))
        if part is None:
            raise unexpected(path)
        for command in commands:
            if not isinstance(command, list) or [type(cell) for cell in command] != [str, str]:
                raise unexpected(path)
            text, intent = command
            yield f"clinc150-{part}", {"text": text, "intent": intent, "slots": None}


def hwu(folder: Path, options: Mapping[str, Any]) -> _Commands:
    """Read HWU64 (Liu et al. 2019, arXiv 1903.05566): what is annotated, then the rest of the sentences.

    One fold of its cross-validation holds all that is annotated; its test part is held out, and no
    sentence of it is taken from the rest.

    Args:
        folder: The files.
        options: `train` and `test`: the parts of the fold, in Rasa's JSON; `rest`: all sentences, as
            pairs of text and intent.
    """
    seen: set[str] = set()
    for part in ("test", "train"):
        for text, intent, slots in _rasa_examples(only(folder, options[part])):
            if _letters(text) not in seen:
                yield f"hwu64-{part}", {"text": text, "intent": intent, "slots": slots}
            seen.add(_letters(text))
    for text, intent in _text_and_intent(only(folder, options["rest"])):
        if _letters(text) not in seen:
            yield "hwu64-train", {"text": text, "intent": intent, "slots": None}
        seen.add(_letters(text))


def _rasa_examples(path: Path) -> Iterator[tuple[str, str, list[dict[str, str]]]]:
    try:
        for example in read_json(path)["rasa_nlu_data"]["common_examples"]:
            slots = [{"name": slot["entity"], "value": slot["value"]} for slot in example["entities"]]
            yield example["text"], example["intent"], slots
    except (KeyError, TypeError):
        raise unexpected(path) from None


def _text_and_intent(path: Path) -> Iterator[tuple[str, str]]:
    rows = read_json(path)
    if not isinstance(rows, list):
        raise unexpected(path)
    for row in rows:
        if not isinstance(row, list) or [type(cell) for cell in row] != [str, str]:
            raise unexpected(path)
        yield row[0], row[1]


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text.lower())


def snips(folder: Path, options: Mapping[str, Any]) -> _Commands:
    """Read Snips' commands of 2017 (Coucke et al. 2018, arXiv 1805.10190), given in pieces."""
    for name, part in _SNIPS_PARTS.items():
        for path in matching(folder, f"{name}_*.json"):
            try:
                for intent, commands in json.loads(_with_pairs_joined(path.read_bytes())).items():
                    for command in commands:
                        text, slots = _pieces(command["data"])
                        yield f"snips-2017-{part}", {"text": text, "intent": intent, "slots": slots}
            except (ValueError, KeyError, TypeError, AttributeError):
                raise unexpected(path) from None


def _pieces(pieces: list[dict[str, str]]) -> tuple[str, list[dict[str, str]]]:
    text = "".join(piece["text"] for piece in pieces)
    slots = [
        {"name": piece["entity"], "value": piece["text"].strip()} for piece in pieces if "entity" in piece
    ]
    return " ".join(text.split()), slots


def _with_pairs_joined(raw: bytes) -> str:
    """Decode UTF-8 in which a pair of surrogates may stand for one character (CESU-8)."""
    text = raw.decode("utf-8-sig", "surrogatepass")
    return text.encode("utf-16", "surrogatepass").decode("utf-16")


def home_assistant(folder: Path, options: Mapping[str, Any]) -> _Commands:
    """Read the sentences that Home Assistant tests its English intents with.

    The intent stands with the sentences or, in newer files, in the name of their folder. What a slot
    holds is no span of the sentence: a number of minutes, or the name of a room.
    """
    for path in matching(folder, "*.yaml"):
        folder_meant = {"name": path.parent.name} if path.parent.name.startswith("Hass") else {}
        for test in read_yaml(path).get("tests") or ():
            try:
                meant = test.get("intent") or folder_meant | {"slots": test.get("slots")}
                record = {"intent": meant["name"], "slots": _values(meant.get("slots") or {})}
                for text in test["sentences"]:
                    if not _TEMPLATE.search(text):
                        yield "home-assistant-en-train", {"text": text.strip()} | record
            except (KeyError, TypeError, AttributeError):
                raise unexpected(path) from None


def _values(slots: dict[str, Any]) -> list[dict[str, str]]:
    return [
        {"name": name, "value": str(value).strip()}
        for name, values in slots.items()
        for value in (values if isinstance(values, list) else [values])
    ]
