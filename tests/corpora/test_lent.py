from __future__ import annotations

from pathlib import Path

from assistant.corpora.lent import answered_by_us
from assistant.corpora.readers import Example, corpus_files, read_corpus
from assistant.locations import written_corpus
from assistant.text.marks import mark_reply, mark_turns

_THEIRS = mark_reply("I'm not built for that, valued customer.")
_BORROWER = Path("qna-chitchat-en-train.jsonl.gz")


def _prompt(text: str, topic: str) -> Example:
    return Example(mark_turns([text]), _THEIRS, topic)


def _openings() -> list[Example]:
    files = corpus_files(written_corpus("dialogues"))
    return [line.examples[0] for file in files for line in read_corpus(file, "chat", 1)]


def test_a_prompt_gets_the_reply_that_we_gave_to_the_same_words() -> None:
    ours = next(example for example in _openings() if example.topic == "lonely")
    asked = Example(ours.source, _THEIRS, ours.topic)
    assert answered_by_us(_BORROWER, asked) == ours


def test_a_new_prompt_gets_a_reply_of_its_own_topic() -> None:
    known = {example.target for example in _openings() if example.topic == "bored"}
    answered = answered_by_us(_BORROWER, _prompt("oh I am SO bored right now", "bored"))
    assert answered.target in known
    assert answered.source == mark_turns(["oh I am SO bored right now"])


def test_another_corpus_keeps_its_own_words() -> None:
    example = _prompt("I'm bored", "bored")
    assert answered_by_us(Path("my-talks.jsonl"), example) is example


def test_a_topic_that_we_do_not_know_keeps_their_words() -> None:
    assert answered_by_us(_BORROWER, _prompt("how is my parcel", "parcels")).target == _THEIRS
    assert answered_by_us(_BORROWER, _prompt("how is my parcel", "")).target == _THEIRS
