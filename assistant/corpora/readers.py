"""Readers: lines of TSV or JSON to examples, from plain or gzipped files and folders of them.

Everything streams: a reader holds one line at a time.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import Any, BinaryIO, cast

from assistant.corpora.commands import Command, Intent, mapping_for, parse_command
from assistant.corpora.grammar import parse_grammar
from assistant.corpora.overheard import is_overheard
from assistant.corpora.phrases import draw_phrases
from assistant.corpora.scenarios import scenario
from assistant.errors import CorpusError
from assistant.settings import Task
from assistant.text.marks import UNSUPPORTED, USER, Action, escape, mark_action, mark_reply, mark_turns
from assistant.text.normalise import normalise

_GZIP_MAGIC = b"\x1f\x8b"
_TABLES = (".tsv", ".txt")
_JSON_LINES = (".jsonl", ".ndjson", ".json")
_GRAMMARS = (".grammar",)


@dataclass(frozen=True)
class Example:
    """One thing to learn: a source and the target that answers it, both marked text.

    Attributes:
        source: What is read.
        target: What is to be answered.
        topic: What a dialogue that begins with it is about; empty where that is not said; `USER` for
            the words of a person among people.
    """

    source: str
    target: str
    topic: str = field(default="", compare=False)


@dataclass(frozen=True)
class Line:
    """The examples of one line of a corpus; a dialogue gives several.

    Attributes:
        path: The file.
        number: The line, counted from 1.
        examples: At least one.
    """

    path: Path
    number: int
    examples: tuple[Example, ...]


def corpus_files(path: Path) -> list[Path]:
    """Return the corpus files at a path.

    Args:
        path: A file, or a folder that is searched through and through.

    Returns:
        The file, or the folder's `.tsv`, `.txt`, `.jsonl`, `.ndjson`, `.json` and `.grammar` files,
        also with `.gz` behind, in the order of their names.

    Raises:
        CorpusError: Nothing is there, or the folder holds no such file.
    """
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise CorpusError("there is no such file or folder", path)
    files = [
        f for f in sorted(path.rglob("*")) if f.is_file() and _suffix(f) in _TABLES + _JSON_LINES + _GRAMMARS
    ]
    if not files:
        raise CorpusError("the folder holds no .tsv or .jsonl file, plain or .gz", path)
    return files


def read_corpus(path: Path, task: Task, context_turns: int) -> Iterator[Line]:
    """Read a corpus file line by line.

    Args:
        path: A TSV file (source, target) or JSON lines ({"turns": [...]},
            {"source": ..., "target": ...} or {"text": ..., "action": ...}); gzip is seen by itself.
            Also a grammar, or a command corpus that we have a mapping for.
        task: What the examples are for: chat targets get the mark of their kind.
        context_turns: Turns that a dialogue's source holds at most, the prompt included.

    Yields:
        The lines that hold something; blank ones are passed over.

    Raises:
        CorpusError: The file cannot be read, or a line is not what it should be.
    """
    for number, raw in text_lines(path):
        line = parse_line(path, number, raw, task, context_turns)
        if line is not None:
            yield line


def parse_line(path: Path, number: int, raw: str, task: Task, context_turns: int) -> Line | None:
    """Read one line of a corpus file.

    Args:
        path: The file, whose name says what its lines are.
        number: The line, counted from 1.
        raw: Its text.
        task: What the examples are for.
        context_turns: Turns that a dialogue's source holds at most, the prompt included.

    Returns:
        The line, or None where it holds nothing.

    Raises:
        CorpusError: It is not what it should be.
    """
    if not raw.strip():
        return None
    try:
        examples = _parser_of(path)(raw, task, context_turns)
        _refuse_half_characters(examples)
        if is_overheard(path):
            examples = [replace(example, topic=USER) for example in examples]
    except ValueError as error:
        raise CorpusError(str(error), path, number) from None
    return Line(path, number, tuple(examples)) if examples else None


def read_commands(path: Path) -> Iterator[Command]:
    """Read a command corpus with all that counts as right, to measure on.

    Args:
        path: A file of JSON lines; nothing is yielded where we have no mapping for it.

    Raises:
        CorpusError: The file cannot be read, or a line is not what it should be.
    """
    mapping = mapping_for(path)
    for number, raw in text_lines(path) if mapping else ():
        try:
            yield parse_command(raw, mapping or {})
        except ValueError as error:
            raise CorpusError(str(error), path, number) from None


@cache
def _parser_of(path: Path) -> _Parser:
    if _suffix(path) in _GRAMMARS:
        return _parse_phrase
    if _suffix(path) not in _JSON_LINES:
        return _parse_table
    mapping = mapping_for(path)
    return partial(_parse_command, mapping) if mapping else _parse_json


def _parse_phrase(raw: str, task: Task, context_turns: int) -> list[Example]:
    if task == "translate":
        raise ValueError("a grammar gives messages, not translations")
    source, target = json.loads(raw)
    # A phrase comes after one exchange at most.
    return [Example(source if context_turns > 2 else source[source.rindex(USER) :], target)]


def _parse_command(mapping: dict[str, Intent], raw: str, task: Task, context_turns: int) -> list[Example]:
    if task == "translate":
        raise ValueError("a command is no translation: give pairs of source and target")
    command = parse_command(raw, mapping)
    return [Example(command.source, command.target)] if command.meaning and command.kept else []


def _refuse_half_characters(examples: Sequence[Example]) -> None:
    # JSON can spell half a surrogate pair (\ud800), which no vocabulary can hold.
    for example in examples:
        try:
            (example.source + example.target).encode()
        except UnicodeEncodeError:
            raise ValueError("half a surrogate pair is no text") from None


def _suffix(path: Path) -> str:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    return suffixes[-1] if suffixes else ""


def text_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of a corpus file, plain or gzipped, with their numbers, counted from 1.

    The lines of a grammar are the phrases that are drawn from it.

    Args:
        path: The file.

    Raises:
        CorpusError: The file cannot be read, or is not UTF-8.
    """
    if _suffix(path) in _GRAMMARS:
        yield from _phrases(path)
        return
    yield from _plain_lines(path)


def _phrases(path: Path) -> Iterator[tuple[int, str]]:
    """Yield what a grammar is drawn into, as lines of JSON."""
    grammar = parse_grammar(path, lambda file: [raw for _, raw in _plain_lines(file)])
    for phrase in draw_phrases(grammar):
        yield phrase.number, json.dumps([phrase.source, phrase.target])


def _plain_lines(path: Path) -> Iterator[tuple[int, str]]:
    number = 0
    try:
        with _open(path) as stream:
            for number, raw in enumerate(stream, start=1):
                yield number, _decode(raw, path, number)
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CorpusError(f"cannot be read: {reason}", path, number + 1 if number else None) from None


def _open(path: Path) -> BinaryIO:
    with path.open("rb") as stream:
        zipped = stream.read(2) == _GZIP_MAGIC
    return cast(BinaryIO, gzip.open(path)) if zipped else path.open("rb")


def _decode(raw: bytes, path: Path, number: int) -> str:
    if b"\0" in raw:
        raise CorpusError("this is a binary file, not text: give TSV or JSON lines", path, number)
    try:
        return raw.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        message = f"byte {error.start + 1} is not UTF-8: convert the file to UTF-8"
        raise CorpusError(message, path, number) from None


def _parse_table(raw: str, task: Task, context_turns: int) -> list[Example]:
    columns = raw.rstrip("\r\n").split("\t")
    if len(columns) < 2:
        raise ValueError("only one column: a line is source, tab, target")
    return [_pair(columns[0], columns[1], task)]


def _parse_json(raw: str, task: Task, context_turns: int) -> list[Example]:
    try:
        record = json.loads(raw)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg} at column {error.colno}") from None
    except RecursionError:
        raise ValueError("not JSON of ours: nested too deeply") from None
    if isinstance(record, dict):
        for keys, build in _SHAPES.items():
            if all(key in record for key in keys):
                return build(record, task, context_turns)
    raise ValueError('give {"turns": [...]}, {"source": ..., "target": ...} or {"text": ..., "action": ...}')


def _pair(source: str, target: str, task: Task) -> Example:
    source, target = normalise(source), normalise(target)
    if task == "translate":
        return Example(escape(source), escape(target))
    # An empty side stays empty, for the filter to see and count.
    return Example(source and mark_turns([source]), target and mark_reply(target))


def _from_pair(record: dict[str, Any], task: Task, context_turns: int) -> list[Example]:
    return [_pair(_string(record, "source"), _string(record, "target"), task)]


def _from_turns(record: dict[str, Any], task: Task, context_turns: int) -> list[Example]:
    turns = record["turns"]
    if not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
        raise ValueError('"turns" is not a list of strings')
    if task == "translate":
        raise ValueError("a dialogue is no translation: give pairs of source and target")
    turns = [normalise(turn) for turn in turns]
    if record.get("learn") == "last":  # what comes before is context alone
        return [_reply(turns, len(turns) - 1, context_turns)] if len(turns) > 1 else []
    examples = [_reply(turns, i, context_turns) for i in range(1, len(turns), 2)]
    topic = record.get("topic")
    if examples and isinstance(topic, str):
        examples[0] = replace(examples[0], topic=scenario(normalise(topic)))
    return examples


def _reply(turns: Sequence[str], i: int, context_turns: int) -> Example:
    context = turns[max(0, i - context_turns) : i]
    said = all(context) and turns[i]
    return Example(mark_turns(context), mark_reply(turns[i])) if said else Example("", "")


def _from_action(record: dict[str, Any], task: Task, context_turns: int) -> list[Example]:
    if task == "translate":
        raise ValueError("an action is no translation: give pairs of source and target")
    text, action = normalise(_string(record, "text")), record["action"]
    if action is None:
        return [Example(text and mark_turns([text]), UNSUPPORTED)]
    if not isinstance(action, dict) or not isinstance(action.get("name"), str):
        raise ValueError('"action" is neither null nor {"name": ..., "arguments": {...}}')
    given = action.get("arguments", {})
    if not isinstance(given, dict):
        raise ValueError('"arguments" is not {"name": "words of the text", ...}')
    arguments = {normalise(key): normalise(str(value)) for key, value in given.items()}
    for key, value in arguments.items():
        if value not in text:
            raise ValueError(f'the argument {key} = "{value}" does not stand in the text')
        if "|" in value:
            raise ValueError(f'the argument {key} = "{value}" holds a "|", which parts arguments')
    return [Example(text and mark_turns([text]), mark_action(Action(action["name"], arguments)))]


def _string(record: dict[str, Any], key: str) -> str:
    if not isinstance(record[key], str):
        raise ValueError(f'"{key}" is not a string')
    return str(record[key])


_Parser = Callable[[str, Task, int], list[Example]]
_Builder = Callable[[dict[str, Any], Task, int], list[Example]]
_SHAPES: dict[tuple[str, ...], _Builder] = {
    ("turns",): _from_turns,
    ("source", "target"): _from_pair,
    ("text", "action"): _from_action,
}
