from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import locations
from assistant.corpora.commands import (
    Command,
    Intent,
    load_mapping,
    mapping_for,
    parse_command,
)
from assistant.corpora.readers import read_corpus
from assistant.errors import CorpusError
from assistant.text.actions import ARGUMENTS
from assistant.text.marks import Action

_MAPPING = """
[SET]
accepts = ["timer.set"]
[[SET.rules]]
unless = "song"
action = "timer.set"
slots = {"duration or time" = ["TIME"], label = ["NAME"]}

[LIST]
accepts = ["todo.add"]
[[LIST.rules]]
match = '^add'
action = "todo.add"
slots = {list = ["LIST"]}
patterns = {item = ['add (.+?) to']}
needs = ["item"]
[[LIST.rules]]
action = "todo.add"
slots = {list = ["LIST"]}

[HELLO]
accepts = ["say"]
[[HELLO.rules]]
action = "say"
replies = ["Hey."]

["PLAY_*"]
accepts = ["unsupported"]
[["PLAY_*".rules]]
action = "unsupported"
keep = 0.5

[ODD]
"""


@pytest.fixture
def mapping(tmp_path: Path) -> dict[str, Intent]:
    (tmp_path / "source.toml").write_text(_MAPPING)
    return load_mapping(tmp_path / "source.toml")


def _command(mapping: dict[str, Intent], text: str, intent: str, slots: dict[str, str] | None) -> Command:
    listed = None if slots is None else [{"name": name, "value": value} for name, value in slots.items()]
    return parse_command(json.dumps({"text": text, "intent": intent, "slots": listed}), mapping)


def test_slots_fill_arguments(mapping: dict[str, Intent]) -> None:
    slots = {"TIME": "for ten minutes", "NAME": "egg"}
    command = _command(mapping, "Set  the egg timer for ten minutes.", "SET", slots)
    assert command.target == "<act> timer.set | duration = ten minutes | label = egg"
    assert command.source == "<user> Set the egg timer for ten minutes."
    assert command.accepts == frozenset(["timer.set"])
    assert command.annotated == {"duration", "time", "label"}


def test_a_moment_is_no_duration(mapping: dict[str, Intent]) -> None:
    command = _command(mapping, "wake me at 7", "SET", {"TIME": "7"})
    assert command.meaning == Action("timer.set", {"time": "at 7"})


@pytest.mark.parametrize(
    ("text", "intent", "slots", "dropped"),
    [
        ("wake me up", "SET", {"TIME": "7"}, "not one span"),
        ("at 7 play it at 8", "SET", {"TIME": "7", "NAME": "a|b"}, "not one span"),
        ("stop the song", "SET", {}, "no rule"),
        ("wake me at 7", "SET", None, "no slots"),
        ("what", "ODD", {}, "no rule"),
        ("what", "NEVER_HEARD_OF", {}, "no rule"),
    ],
)
def test_what_cannot_be_learnt_from_says_why(
    mapping: dict[str, Intent], text: str, intent: str, slots: dict[str, str] | None, dropped: str
) -> None:
    command = _command(mapping, text, intent, slots)
    assert (command.meaning, command.target, command.dropped) == (None, "", dropped)


def test_a_rule_whose_needs_are_not_met_leaves_it_to_the_next(mapping: dict[str, Intent]) -> None:
    full = _command(mapping, "add milk to my shopping list", "LIST", {"LIST": "shopping"})
    assert full.meaning == Action("todo.add", {"item": "milk", "list": "shopping"})
    assert full.annotated == {"list"}
    bare = _command(mapping, "new shopping list", "LIST", {"LIST": "shopping"})
    assert bare.meaning == Action("todo.add", {"list": "shopping"})


def test_words_and_what_is_out_of_reach(mapping: dict[str, Intent]) -> None:
    assert _command(mapping, "hi", "HELLO", None).target == "<say> Hey."
    commands = [_command(mapping, f"play song {i}", "PLAY_MUSIC", {}) for i in range(200)]
    assert {command.target for command in commands} == {"<unsupported>"}
    assert 60 < sum(command.kept for command in commands) < 140
    assert {command.accepts for command in commands} == {frozenset(["unsupported"])}


def test_an_intent_without_accepted_names_is_not_judged(mapping: dict[str, Intent]) -> None:
    assert _command(mapping, "what", "ODD", {}).accepts is None
    assert _command(mapping, "what", "NEVER_HEARD_OF", {}).accepts is None


@pytest.mark.parametrize("line", ["[]", '{"text": "a"}', '{"text": "a", "intent": 3}',
                                  '{"text": "a", "intent": "SET", "slots": [3]}', "{"])  # fmt: skip
def test_a_line_of_another_shape_is_refused(mapping: dict[str, Intent], line: str) -> None:
    with pytest.raises(ValueError):
        parse_command(line, mapping)


@pytest.mark.parametrize(
    "table",
    [
        "[A]\nrules = 3",
        "[A]\nacepts = []",
        '[[A.rules]]\naction = "timer.fly"',
        '[[A.rules]]\naction = "timer.list"\nslots = {label = ["X"]}',
        '[[A.rules]]\naction = "say"',
        '[[A.rules]]\naction = "timer.list"\nmatch = "("',
        '[[A.rules]]\naction = "timer.list"\nkeeep = 1',
        "A",
        'like = "gone"',
    ],
)
def test_a_faulty_mapping_is_named(tmp_path: Path, table: str) -> None:
    (tmp_path / "bad.toml").write_text(table)
    with pytest.raises(CorpusError, match=r"\.toml: not a mapping of intents: "):
        load_mapping(tmp_path / "bad.toml")


def test_one_mapping_can_be_like_another(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('[X]\naccepts = ["say"]\n[Y]\naccepts = ["say"]')
    (tmp_path / "b.toml").write_text('like = "a"\n[Y]\naccepts = ["unsupported"]')
    mapping = load_mapping(tmp_path / "b.toml")
    assert {name: intent.accepts for name, intent in mapping.items()} == {
        "X": frozenset(["say"]),
        "Y": frozenset(["unsupported"]),
    }


def test_the_file_name_finds_the_mapping() -> None:
    topv2 = mapping_for(Path("/anywhere/topv2-part-train.jsonl.gz"))
    assert topv2 and topv2["CREATE_TIMER"].accepts == frozenset(["timer.set"])
    assert mapping_for(Path("topv2-test.jsonl.gz")) == topv2
    assert mapping_for(Path("talk.jsonl")) is None


def test_a_command_corpus_is_a_corpus(tmp_path: Path) -> None:
    path = tmp_path / "snips-2017-dev.jsonl.gz"
    rows = [{"text": f"play song {i}", "intent": "PlayMusic", "slots": []} for i in range(100)]
    path.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode()))
    examples = [example for line in read_corpus(path, "chat", 3) for example in line.examples]
    assert 0 < len(examples) < 50
    assert {example.target for example in examples} == {"<unsupported>"}
    with pytest.raises(CorpusError, match=r":1: a command is no translation"):
        list(read_corpus(path, "translate", 3))


def test_a_fault_in_a_command_corpus_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "clinc150-x.jsonl"
    path.write_text('{"text": "hi", "intent": "ODD", "slots": null}\n{"text": "hi"}\n')
    with pytest.raises(CorpusError, match=r'clinc150-x\.jsonl:2: give \{"text"'):
        list(read_corpus(path, "chat", 3))


def _mapped_actions(mapping: dict[str, Intent]) -> Iterator[tuple[str, frozenset[str]]]:
    for intent in mapping.values():
        for rule in intent.rules:
            if intent.accepts is not None:
                yield rule.action, intent.accepts


@pytest.mark.parametrize(
    "path", sorted(locations.command_mappings().glob("*.toml")), ids=lambda path: path.stem
)
def test_the_shipped_mappings_learn_what_counts_as_right(path: Path) -> None:
    pairs = list(_mapped_actions(load_mapping(path)))
    assert pairs
    for action, accepts in pairs:
        assert action in accepts
        assert accepts <= {*ARGUMENTS, "say", "unsupported", "unsure"}
