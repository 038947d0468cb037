from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.corpora.native import READERS
from assistant.errors import CorpusError


def _write(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        raw = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(raw)


def _turns(
    reader: str, folder: Path, files: dict[str, str | bytes], **options: Any
) -> list[tuple[str, list[str]]]:
    _write(folder, files)
    return [(part, talk["turns"]) for part, talk in READERS[reader](folder, options)]


def test_meena(tmp_path: Path) -> None:
    content = """Human Conversation 1
Human 1: Hi!
Human 2: What is your favorite holiday?
Human 2: Mine: all.
Human 1: one where I meet people.

Human Conversation 2
Human 1: Hi
"""
    assert _turns("labelled talks", tmp_path, {"human.txt": content}, file="human.txt") == [
        ("train", ["Hi!", "What is your favorite holiday? Mine: all.", "one where I meet people."])
    ]


def test_self_dialogue(tmp_path: Path) -> None:
    header = (
        '"AssignmentId","WorkerId","Reject",' + ",".join(f'"Answer.sentence{i}"' for i in (1, 2, 3)) + "\n"
    )
    rows = '"1","A","","Seen it?","Yes, twice.","{}"\n"2","B","","No","no",""\n"3","C","x","a","b",""\n'
    files: dict[str, str | bytes] = {"c/corpus/movies/m.csv": header + rows, "c/blocked_workers.txt": "B\n"}
    assert _turns("self-dialogue", tmp_path, files) == [("train", ["Seen it?", "Yes, twice."])]
    with pytest.raises(CorpusError, match=r"m\.csv:1: has no column WorkerId"):
        _turns("self-dialogue", tmp_path, {"c/corpus/movies/m.csv": "a,b\n1,2\n"})


def test_synthetic_persona_chat(tmp_path: Path) -> None:
    content = (
        "user 1 personas,user 2 personas,Best Generated Conversation\n"
        '"I ski.\nI read.","I cook.","User 1: Hi!\nUser 2: Hello: you?\nUser 1: Fine."\n'
    )
    name = "Synthetic-Persona-Chat"
    files: dict[str, str | bytes] = {f"{name}_train.csv": content, f"{name}_valid.csv": content}
    said = ["Hi!", "Hello: you?", "Fine."]
    assert _turns("persona chat", tmp_path, files) == [("train", said), ("dev", said)]


def _cornell(lines: bytes, conversations: str) -> dict[str, str | bytes]:
    return {"cornell movie-dialogs corpus/movie_lines.txt": lines, "c/movie_conversations.txt": conversations}


def test_cornell(tmp_path: Path) -> None:
    lines = (
        b"L1 +++$+++ u0 +++$+++ m0 +++$+++ ANA +++$+++ They don\x92t.\n"
        b"L2 +++$+++ u1 +++$+++ m0 +++$+++ BEN +++$+++ They do!\n"
        b"L3 +++$+++ u1 +++$+++ m0 +++$+++ BEN +++$+++ \n"
    )
    conversations = "u0 +++$+++ u1 +++$+++ m0 +++$+++ ['L1', 'L2', 'L3']\n"
    assert _turns("cornell", tmp_path, _cornell(lines, conversations)) == [
        ("train", ["They don\u2019t.", "They do!"])
    ]


@pytest.mark.parametrize("ids", ["__import__('os').getcwd()", "['L9']", "7", "['L1'"])
def test_cornell_runs_nothing_and_refuses_what_is_no_list(tmp_path: Path, ids: str) -> None:
    lines = b"L1 +++$+++ u0 +++$+++ m0 +++$+++ ANA +++$+++ Hi.\n"
    with pytest.raises(CorpusError, match=r"movie_conversations\.txt:1: not the format"):
        _turns("cornell", tmp_path, _cornell(lines, f"u0 +++$+++ u1 +++$+++ m0 +++$+++ {ids}\n"))


def test_dailydialog(tmp_path: Path) -> None:
    talk = {"fold": "train", "dialogue": [{"text": "Say , Jim , don ’ t go ?"}, {"text": "OK ."}]}
    files: dict[str, str | bytes] = {"d/valid.json": json.dumps(talk) + "\n"}
    assert _turns("dailydialog", tmp_path, files) == [("dev", ["Say, Jim, don't go?", "OK."])]


def test_empathetic_dialogues(tmp_path: Path) -> None:
    content = (
        "conv_id,utterance_idx,context,prompt,speaker_idx,utterance,selfeval,tags\n"
        "hit:0,1,proud,I won,1,I won_comma_ really!,5|5|5,\n"
        "hit:0,2,proud,I won,0,Well done!,5|5|5,\n"
        "hit:1,1,sad,p,1,alone,5,\n"
    )
    assert _turns("empathetic", tmp_path, {"e/test.csv": content}) == [
        ("test", ["I won, really!", "Well done!"])
    ]


_QNA = """> # QnA pairs

> !# @qna.pair.source = qna_chitchat_Witty

# ? Do you have a boss?
- Who is your boss?
- Who runs the show?

**Filters:**
- editorial = chitchat

```markdown
I only answer to the call
of destiny.
```
"""


def test_qna_chitchat(tmp_path: Path) -> None:
    answer = "I only answer to the call of destiny."
    asked = ["Do you have a boss?", "Who is your boss?", "Who runs the show?"]
    files: dict[str, str | bytes] = {"qna_chitchat_witty.qna": _QNA}
    assert _turns("qna", tmp_path, files, file="*.qna") == [
        ("qna-chitchat-en-witty", [text, answer]) for text in asked
    ]


def test_the_topic_of_chitchat_is_the_first_question_of_its_scenario(tmp_path: Path) -> None:
    curly = _QNA + "\n# ? Who\u2019s older?\n- Are you old?\n\n```markdown\nI'm new.\n```\n"
    _write(tmp_path, {"qna_chitchat_witty.qna": curly})
    talks = [talk for _, talk in READERS["qna"](tmp_path, {"file": "*.qna"})]
    assert [talk["topic"] for talk in talks] == ["Do you have a boss?"] * 3 + ["Who's older?"] * 2
    assert {talk["persona"] for talk in talks} == {"witty"}


def test_qna_chitchat_as_it_was_before(tmp_path: Path) -> None:
    asked = [("Hi", "Hey."), ("Who made you?", "People."), ("Hello", "Hey.")]
    rows = "".join(f"{text}\t{answer}\tqna_chitchat\teditorial:chitchat\n" for text, answer in asked)
    _write(tmp_path, {"qna_chitchat_friendly.tsv": f"Question\tAnswer\tSource\tMetadata\n{rows}"})
    talks = list(READERS["qna"](tmp_path, {"file": "*.tsv"}))
    assert [(part, talk["turns"], talk["topic"]) for part, talk in talks] == [
        ("qna-chitchat-en-friendly", ["Hi", "Hey."], "Hi"),
        ("qna-chitchat-en-friendly", ["Who made you?", "People."], "Who made you?"),
        ("qna-chitchat-en-friendly", ["Hello", "Hey."], "Hi"),
    ]


def test_rasa(tmp_path: Path) -> None:
    nlu = "## intent:agent.age\n- how old are you\n- your [age](what)\n\n## intent:odd\n- nothing\n"
    domain = (
        "intents:\n- agent.age\ntemplates:\n  utter_agent.age:\n  - text: Young.\n  - text: Old, {name}.\n"
    )
    _write(tmp_path, {"nlu.md": nlu, "domain.yml": domain})
    assert list(READERS["rasa"](tmp_path, {"part": "mine-train"})) == [
        ("mine-train", {"turns": ["how old are you", "Young."], "topic": "agent.age"}),
        ("mine-train", {"turns": ["your age", "Young."], "topic": "agent.age"}),
    ]


def test_chatterbot(tmp_path: Path) -> None:
    content = "categories:\n- food\nconversations:\n- - do you drink\n  - No.\n  - 'Never: ever.'\n"
    assert _turns("chatterbot", tmp_path, {"food.yml": content}) == [
        ("food", ["do you drink", "No."]),
        ("food", ["do you drink", "Never: ever."]),
    ]
    with pytest.raises(CorpusError, match=r"food\.yml: no YAML"):
        _turns("chatterbot", tmp_path, {"food.yml": "!!python/object/apply:os.getcwd []"})
