from __future__ import annotations

import json
from pathlib import Path

from assistant.corpora.lent import answered_by_us
from assistant.corpora.readers import read_corpus
from assistant.corpora.scenarios import scenario


def test_a_scenario_has_one_name_whatever_a_corpus_calls_it() -> None:
    assert scenario("Can you jump rope?") == scenario("Can you play a game?") == "cannot do"
    assert scenario("greetings.hello") == scenario("Yo dude") == "hello"
    assert scenario("my own topic") == "my own topic"


def test_the_reader_gives_topics_by_that_name(tmp_path: Path) -> None:
    corpus = tmp_path / "talks.jsonl"
    talks = [{"turns": ["hug", "One for you."], "topic": topic} for topic in ("dialog.hug", "mine")]
    corpus.write_text("".join(json.dumps(talk) + "\n" for talk in talks), "utf-8")
    topics = [line.examples[0].topic for line in read_corpus(corpus, "chat", 1)]
    assert topics == ["hug", "mine"]


def test_what_we_wrote_for_one_topic_answers_the_same_scenario_of_another_corpus(tmp_path: Path) -> None:
    corpus = tmp_path / "rasa-smalltalk-train.jsonl"
    corpus.write_text('{"turns": ["good evening there", "Hi."], "topic": "greetings.goodevening"}\n', "utf-8")
    (line,) = read_corpus(corpus, "chat", 1)
    theirs = line.examples[0]
    assert theirs.topic == scenario("Good evening robot")
    assert answered_by_us(corpus, theirs).target != theirs.target
