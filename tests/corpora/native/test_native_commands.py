from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.corpora.catalogue import catalogue
from assistant.corpora.commands import mapping_for
from assistant.corpora.native import READERS
from assistant.errors import CorpusError


def _write(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        raw = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(raw)


def _commands(
    reader: str, folder: Path, files: dict[str, str | bytes], **options: Any
) -> list[tuple[str, str, str, Any]]:
    """Return part, text, intent and slots; the slots as pairs of name and value."""
    _write(folder, files)
    return [
        (part, record["text"], record["intent"], _pairs(record["slots"]))
        for part, record in READERS[reader](folder, options)
    ]


def _pairs(slots: list[dict[str, str]] | None) -> list[tuple[str, str]] | None:
    return None if slots is None else [(slot["name"], slot["value"]) for slot in slots]


def test_massive_has_intents_and_slots(tmp_path: Path) -> None:
    rows = [
        ("train", "alarm_set", "wake me at five today", "wake me at [time : five] [date : today]"),
        ("dev", "general_quirky", "are you mad", "are you mad"),
    ]
    content = "".join(
        json.dumps({"id": "1", "partition": part, "intent": intent, "utt": text, "annot_utt": annotated})
        + "\n"
        for part, intent, text, annotated in rows
    )
    slots = [("time", "five"), ("date", "today")]
    assert _commands("massive", tmp_path, {"en-US.jsonl": content}) == [
        ("massive-en-US-train", "wake me at five today", "alarm_set", slots),
        ("massive-en-US-dev", "are you mad", "general_quirky", []),
    ]
    with pytest.raises(CorpusError, match=r"en-US\.jsonl:1: not the format"):
        _commands("massive", tmp_path, {"en-US.jsonl": '{"partition": "other"}'})


def test_clinc(tmp_path: Path) -> None:
    content = {
        "train": [["flip a coin", "flip_coin"], ["hi", "greeting"]],
        "oos_val": [["how big is the moon", "oos"]],
    }
    assert _commands("clinc", tmp_path, {"data_full.json": json.dumps(content)}) == [
        ("clinc150-train", "flip a coin", "flip_coin", None),
        ("clinc150-train", "hi", "greeting", None),
        ("clinc150-dev", "how big is the moon", "oos", None),
    ]
    for wrong in ("[]", '{"train": ["a"]}', '{"other": []}', "no"):
        with pytest.raises(CorpusError, match=r"data_full\.json: (not the format|no JSON)"):
            _commands("clinc", tmp_path, {"data_full.json": wrong})


def _tags(**parts: str) -> dict[str, str | bytes]:
    files: dict[str, str | bytes] = dict.fromkeys(("train", "valid", "test"), "hi:O <=> alarm__show_alarms\n")
    return {**files, **parts}


def test_words_with_tags(tmp_path: Path) -> None:
    said = (
        "nudge:O me:O at:B-datetime 6:I-datetime ::I-datetime 15:I-datetime to:O water:B-reminder__todo "
        "ferns:I-reminder__todo <=> reminder__set_reminder\n\n"
        "alarms:O mondays:B-datetime noon:B-datetime sharp:I-location <=> alarm__set_alarm\n"
    )
    part = "facebook-multilingual-en"
    assert _commands("tagged words", tmp_path, _tags(train=said)) == [
        (
            f"{part}-train",
            "nudge me at 6 : 15 to water ferns",
            "reminder/set_reminder",
            [("datetime", "at 6 : 15"), ("reminder/todo", "water ferns")],
        ),
        (
            f"{part}-train",
            "alarms mondays noon sharp",
            "alarm/set_alarm",
            [("datetime", "mondays"), ("datetime", "noon"), ("location", "sharp")],
        ),
        (f"{part}-dev", "hi", "alarm/show_alarms", []),
        (f"{part}-test", "hi", "alarm/show_alarms", []),
    ]


@pytest.mark.parametrize("line", ["wake:O me:O", "wake me:O <=> alarm__set_alarm", "wake: <=> a"])
def test_words_without_tags_are_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(CorpusError, match=r"valid:2: not the format"):
        _commands("tagged words", tmp_path, _tags(valid=f"hi:O <=> a\n{line}\n"))


_TREES = "domain\tutterance\tsemantic_parse\n"


def _trees(**parts: str) -> dict[str, str | bytes]:
    row = "alarm\tsnooze\t[IN:SNOOZE_ALARM snooze ]\n"
    return {f"t/alarm_{name}.tsv": _TREES + parts.get(name, row) for name in ("train", "eval", "test")}


def test_trees_of_intents(tmp_path: Path) -> None:
    rows = (
        "reminder\tPing Ann's dad at 7:30am daily.\t[IN:CREATE_REMINDER Ping [SL:PERSON_REMINDED "
        "[IN:GET_CONTACT [SL:CONTACT_RELATED Ann 's ] [SL:TYPE_RELATION dad ] ] ] "
        "[SL:AGAIN [IN:GET_TIME [SL:DATE_TIME at 7 : 30 am ] [SL:FREQUENCY daily ] ] ] . ]\n"
        'alarm\t"Add ""tea"" [now]"\t[IN:CREATE_ALARM Add " [SL:ALARM_NAME tea ] " [now] ]\n'
        "alarm\twake] me\t[IN:CREATE_ALARM wake ] me ]\nalarm\twake\t[IN:CREATE_ALARM [SL:TODO wake ]\n"
    )
    assert _commands("intent trees", tmp_path, _trees(train=rows), rename={"AGAIN": "DATE_TIME_AGAIN"}) == [
        (
            "topv2-train",
            "Ping Ann's dad at 7:30am daily.",
            "CREATE_REMINDER",
            [("PERSON_REMINDED", "Ann's dad"), ("DATE_TIME_AGAIN", "at 7:30am daily")],
        ),
        ("topv2-train", 'Add "tea" [now]', "CREATE_ALARM", [("ALARM_NAME", "tea")]),
        ("topv2-dev", "snooze", "SNOOZE_ALARM", []),
        ("topv2-test", "snooze", "SNOOZE_ALARM", []),
    ]


@pytest.mark.parametrize(
    "row", ["alarm\tsnooze\n", "alarm\t[IN:A snooze ]\n", "a\tb\tsnooze\n", "a\tb\t[IN:A b ]\tc\n"]
)
def test_a_tree_that_is_none_is_refused(tmp_path: Path, row: str) -> None:
    with pytest.raises(CorpusError, match=r"alarm_eval\.tsv:2: not the format"):
        _commands("intent trees", tmp_path, _trees(eval=row), rename={})


def test_trees_need_their_header(tmp_path: Path) -> None:
    files = _trees()
    files["t/alarm_train.tsv"] = "alarm\tsnooze\t[IN:SNOOZE_ALARM snooze ]\n"
    with pytest.raises(CorpusError, match=r"alarm_train\.tsv:1: not the format"):
        _commands("intent trees", tmp_path, files, rename={})


_LU = """> # Intent definitions

## AddToDo
- put {TaskContent=oat milk} on my {ListType=shopping}  list
- note {TaskContent=get {ListType=grocery} bags}
- {@Parent={@verb=jot} {@thing=plums}{@end=.}}
- ^[please] (add|put) {TaskContent}
- what about the {TaskContent} of today
- (now|later) then

@ intent AddToDo usesFeature Verbs
- jot

## Confirm
- sure

> # Entity definitions

$ListType:grocery=
- groceries
"""


def test_language_understanding_files(tmp_path: Path) -> None:
    read = _commands("luis", tmp_path, {"a/ToDo.lu": _LU}, part="mine-train", without=["ToDo.Confirm"])
    assert read == [
        (
            "mine-train",
            "put oat milk on my shopping list",
            "ToDo.AddToDo",
            [("TaskContent", "oat milk"), ("ListType", "shopping")],
        ),
        (
            "mine-train",
            "note get grocery bags",
            "ToDo.AddToDo",
            [("ListType", "grocery"), ("TaskContent", "get grocery bags")],
        ),
        (
            "mine-train",
            "jot plums.",
            "ToDo.AddToDo",
            [("verb", "jot"), ("thing", "plums"), ("end", "."), ("Parent", "jot plums.")],
        ),
    ]


def _rasa_json(*examples: tuple[str, str, str]) -> str:
    common = [
        {
            "text": text,
            "intent": "alarm_set",
            "entities": [{"start": 0, "end": 1, "value": value, "entity": name}] if name else [],
        }
        for text, name, value in examples
    ]
    return json.dumps({"rasa_nlu_data": {"common_examples": common}})


def test_hwu_keeps_its_test_part_out_of_the_rest(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "train.json": _rasa_json(("up at six", "time", "six"), ("what's set", "", "")),
        "test.json": _rasa_json(("up at ten", "time", "ten")),
        "all.json": json.dumps(
            [["Up at ten!", "alarm_set"], ["whats set", "alarm_query"], ["new one", "alarm_set"]]
        ),
    }
    options = {"train": "train.json", "test": "test.json", "rest": "all.json"}
    assert _commands("hwu", tmp_path, files, **options) == [
        ("hwu64-test", "up at ten", "alarm_set", [("time", "ten")]),
        ("hwu64-train", "up at six", "alarm_set", [("time", "six")]),
        ("hwu64-train", "what's set", "alarm_set", []),
        ("hwu64-train", "new one", "alarm_set", None),
    ]
    for name, wrong in (("all.json", "{}"), ("all.json", '[["a"]]'), ("train.json", '{"a": 1}')):
        with pytest.raises(CorpusError, match=rf"{name}: not the format"):
            _commands("hwu", tmp_path, {**files, name: wrong}, **options)


def test_snips_in_pieces(tmp_path: Path) -> None:
    pieces = [{"text": "Spin "}, {"text": "Café \U0001f355 ", "entity": "album"}, {"text": " soon"}]
    whole = json.dumps({"PlayMusic": [{"data": pieces}]}, ensure_ascii=False)
    # One of its files spells a character outside the first plane as two surrogates.
    spelt = whole.encode().replace("\U0001f355".encode(), b"\xed\xa0\xbc\xed\xbd\x95")
    files: dict[str, str | bytes] = {
        "train_PlayMusic_full.json": spelt,
        "validate_PlayMusic.json": json.dumps({"PlayMusic": [{"data": [{"text": "Mute"}]}]}),
    }
    assert _commands("snips", tmp_path, files) == [
        ("snips-2017-train", "Spin Café \U0001f355 soon", "PlayMusic", [("album", "Café \U0001f355")]),
        ("snips-2017-test", "Mute", "PlayMusic", []),
    ]


@pytest.mark.parametrize("content", [b"[]", b"{}x", b'{"A": [{}]}', b'{"A": [1]}', b'{"A": "\xff"}'])
def test_snips_in_another_form_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(CorpusError, match=r"train_A\.json: not the format"):
        _commands("snips", tmp_path, {"train_A.json": content})


def test_the_tests_of_home_assistant(tmp_path: Path) -> None:
    older = """language: en
tests:
  - sentences:
      - "8 minutes off tea timer"
    intent:
      name: HassDecreaseTimer
      slots:
        minutes: 8
        name: "tea "
    response: Timer updated
  - sentences: ["[please] stop (it|that)", "stop it"]
    intent:
      name: HassNevermind
"""
    newer = """language: "en"
tests:
  - sentences:
      - "begin a 3 hour timer"
    slots:
      hours: 3
      state: ["on", "idle"]
"""
    files: dict[str, str | bytes] = {
        "r/tests/en/HassStartTimer/hours_only.yaml": newer,
        "r/tests/en/homeassistant_HassTimers.yaml": older,
        "r/tests/en/_fixtures.yaml": "language: en\nareas: []\n",
    }
    part = "home-assistant-en-train"
    assert _commands("home assistant", tmp_path, files) == [
        (
            part,
            "begin a 3 hour timer",
            "HassStartTimer",
            [("hours", "3"), ("state", "on"), ("state", "idle")],
        ),
        (part, "8 minutes off tea timer", "HassDecreaseTimer", [("minutes", "8"), ("name", "tea")]),
        (part, "stop it", "HassNevermind", []),
    ]
    with pytest.raises(CorpusError, match=r"x\.yaml: not the format"):
        _commands("home assistant", tmp_path, {"x.yaml": "tests:\n  - sentences: [no folder names it]\n"})


@pytest.mark.parametrize(
    "part",
    [
        "clinc150-train", "massive-en-US-dev", "facebook-multilingual-en-train", "topv2-train", "hwu64-train",
        "snips-2017-train", "home-assistant-en-train",
        catalogue()["botframework-skills"].options["part"],
    ],
)  # fmt: skip
def test_what_is_fetched_is_read_by_the_mapping_of_its_name(part: str) -> None:
    assert mapping_for(Path(f"{part}.jsonl.gz"))
