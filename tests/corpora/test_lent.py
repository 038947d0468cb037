from __future__ import annotations

from collections import Counter
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


def _lent(topic: str) -> list[str]:
    """Return the three replies that we give most often to a topic."""
    given = Counter(example.target for example in _openings() if example.topic == topic)
    return [target for target, _ in given.most_common(3)]


def test_a_prompt_gets_the_reply_that_we_gave_to_the_same_words() -> None:
    ours = next(e for e in _openings() if e.topic == "lonely" and e.target in _lent("lonely"))
    assert answered_by_us(_BORROWER, Example(ours.source, _THEIRS, ours.topic)) == ours


def test_a_new_prompt_gets_a_reply_that_is_often_given_to_its_topic() -> None:
    answered = answered_by_us(_BORROWER, _prompt("oh I am SO bored right now", "bored"))
    assert answered.target in _lent("bored")
    assert answered.source == mark_turns(["oh I am SO bored right now"])


def test_what_we_said_once_to_a_topic_is_lent_to_no_other_prompt() -> None:
    given = Counter(example.target for example in _openings() if example.topic == "lonely")
    rare = next(e for e in _openings() if e.topic == "lonely" and given[e.target] == 1)
    assert answered_by_us(_BORROWER, Example(rare.source, _THEIRS, rare.topic)).target in _lent("lonely")


def test_another_corpus_keeps_its_own_words() -> None:
    example = _prompt("I'm bored", "bored")
    assert answered_by_us(Path("my-talks.jsonl"), example) is example


def test_a_topic_that_we_do_not_know_keeps_their_words() -> None:
    assert answered_by_us(_BORROWER, _prompt("how is my parcel", "parcels")).target == _THEIRS
    assert answered_by_us(_BORROWER, _prompt("how is my parcel", "")).target == _THEIRS
