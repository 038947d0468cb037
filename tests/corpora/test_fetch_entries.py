"""Entries of the catalogue fetched whole, with small files in their native formats on this machine."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.corpora.catalogue import Entry, Remote, corpus_path, find_entry
from assistant.corpora.fetch import fetch
from assistant.corpora.lent import answered_by_us
from assistant.corpora.readers import Example, corpus_files, read_commands, read_corpus
from tests.corpora.server import Server


def _zipped(members: Mapping[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _tarred(members: Mapping[str, str]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content.encode())
            archive.addfile(info, io.BytesIO(content.encode()))
    return buffer.getvalue()


def _fetch(name: str, server: Server, contents: Mapping[str, bytes | str]) -> dict[str, int]:
    """Fetch an entry of the catalogue whose files are on this machine; return its parts."""
    entry = find_entry(name)
    assert {file.name for file in entry.files} == set(contents)
    for file, content in contents.items():
        server.files[f"/{file}"] = content if isinstance(content, bytes) else content.encode()
    files = tuple(Remote(f"{server.address}/{file.name}", file.name) for file in entry.files)
    return dict(fetch(replace(entry, files=files), False, lambda what, done, total: None))


def _lent(entry: Entry) -> list[tuple[Example, Example]]:
    """Return what an entry's talks are as they came, and as they are learnt."""
    return [
        (example, answered_by_us(file, example))
        for file in corpus_files(entry.folder / "train")
        for line in read_corpus(file, "chat", 1)
        for example in line.examples
    ]


def test_chitchat_is_learnt_with_our_replies(server: Server) -> None:
    scenario = "# ? I think I'm going to overdose\n- I took too much\n\n```markdown\nCall 555-0100.\n```\n"
    voices = [file.name for file in find_entry("qna-chitchat").files]
    parts = _fetch("qna-chitchat", server, dict.fromkeys(voices, scenario))
    assert parts == {f"qna-chitchat-en-{name[13:-4]}": 2 for name in voices}
    assert corpus_path(Path("qna-chitchat:witty")).name == "qna-chitchat-en-witty.jsonl.gz"
    pairs = _lent(find_entry("qna-chitchat"))
    assert len(pairs) == 10
    for theirs, ours in pairs:
        assert "555" in theirs.target and "555" not in ours.target


def test_the_small_talk_of_rasa_is_learnt_with_our_replies(server: Server) -> None:
    nlu = "## intent:user.bored\n- such a dull day\n\n## intent:elsewhere\n- where is it\n"
    answers = "  utter_user.bored:\n  - text: ZZZ\n  utter_elsewhere:\n  - text: ZZZ\n"
    contents = {"nlu.md": nlu, "domain.yml": f"responses:\n{answers}"}
    assert _fetch("rasa-smalltalk", server, contents) == {"rasa-smalltalk-train": 2}
    lent = {ours.topic: "ZZZ" in ours.target for _, ours in _lent(find_entry("rasa-smalltalk"))}
    assert lent == {"bored": False, "elsewhere": True}


def _rasa_json(text: str) -> str:
    examples = [{"text": text, "intent": "alarm_query", "entities": []}]
    return json.dumps({"rasa_nlu_data": {"common_examples": examples}})


_FOLD = "2018_03_22-13_01_25_169.json"
_TREES = "domain\tutterance\tsemantic_parse\ntimer\tStop it.\t[IN:DELETE_TIMER Stop it . ]\n"
_SPLITS = ("train", "eval", "test")
_SKILLS = ("ToDo", "Calendar", "Email", "General", "MusicSkill", "WeatherSkill")
_LU = "## ShowToDo\n- which errands are left\n\n## Cancel\n- drop it\n"
_TESTED = "tests:\n  - sentences: [what is the hour]\n    intent: {name: HassGetCurrentTime}\n"
_PIECES = [{"text": "play "}, {"text": "any tune", "entity": "track"}]

_NATIVE: dict[str, dict[str, bytes | str]] = {
    "facebook-multilingual": dict.fromkeys(
        ("train", "valid", "test"), "which:O alarms:O <=> alarm__show_alarms\n"
    ),
    "topv2": {
        "TOPv2_Dataset.zip": _zipped(
            {"README.txt": "", **{f"timer_{split}.tsv": _TREES for split in _SPLITS}}
            | {"low_resource_splits/timer_train_10spis.tsv": _TREES}
        )
    },
    "hwu64": {
        f"RasaNlu_Merged_KFold_1_{_FOLD}": _rasa_json("which alarms"),
        f"RasaNluTestset_Merged_{_FOLD}": _rasa_json("any alarms"),
        "hwu64.json": json.dumps([["any alarms", "alarm_query"], ["alarms please", "alarm_query"]]),
    },
    "botframework-skills": dict.fromkeys((f"{skill}.lu" for skill in _SKILLS), _LU),
    "snips-2017": {
        file.name: json.dumps({"PlayMusic": [{"data": _PIECES}]}) for file in find_entry("snips-2017").files
    },
    "home-assistant-commands": {
        "home-assistant-intents.tar.gz": _tarred(
            {"intents-9/tests/en/clock.yaml": _TESTED, "intents-9/tests/es/clock.yaml": _TESTED}
        )
    },
}
_PARTS = {
    "facebook-multilingual": {f"facebook-multilingual-en-{part}": 1 for part in ("train", "dev", "test")},
    "topv2": {f"topv2-{part}": 1 for part in ("train", "dev", "test")},
    "hwu64": {"hwu64-train": 2, "hwu64-test": 1},
    "botframework-skills": {"botframework-skills-en-train": 11},
    "snips-2017": {"snips-2017-train": 7, "snips-2017-test": 7},
    "home-assistant-commands": {"home-assistant-en-train": 1},
}


def test_a_time_that_comes_again_has_one_name(server: Server) -> None:
    tree = "[IN:CREATE_REMINDER Nag [SL:PERSON_REMINDED me ] [SL:RECURRING_DATE_TIME daily ] ]"
    files = {f"reminder_{split}.tsv": _TREES + f"reminder\tNag me daily\t{tree}\n" for split in _SPLITS}
    _fetch("topv2", server, {"TOPv2_Dataset.zip": _zipped(files)})
    [file] = corpus_files(corpus_path(Path("topv2")))
    meant = [command.meaning for command in read_commands(file)]
    assert meant[1] and meant[1].arguments["when"] == "daily"


@pytest.mark.parametrize("name", _NATIVE)
def test_commands_of_others_are_fetched_and_understood(name: str, server: Server) -> None:
    assert _fetch(name, server, _NATIVE[name]) == _PARTS[name]
    [file] = corpus_files(corpus_path(Path(name)))
    assert any(command.accepts for command in read_commands(file))
    with gzip.open(file, "rt", encoding="utf-8") as stream:
        assert all(set(json.loads(line)) == {"text", "intent", "slots"} for line in stream)
