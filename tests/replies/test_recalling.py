"""What was answered to like words, and how well it fits."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.replies.recalling import Recall
from assistant.text.openings import Openings, write_openings

_OPENINGS = [
    ("i play the guitar", "leisure", "Guitar, nice. What do you like to play?"),
    ("i play the trumpet", "leisure", "A trumpet! Alone or in a band?"),
    ("can you play the guitar", "cannot do", "No hands here. Do you?"),
    ("my sister called", "family", "What did she want?"),
    ("somebody called", "people", "What did they want?"),
    ("my brother called me kiddo", "family", "And how old are you, kiddo?"),
    ("my brother calls me kiddo", "family", "Since when does he?"),
    ("can i tell you a joke", "joke", "Please do."),
    ("hello", "hello", "Hello."),
    *(
        (f"hello {word}", "hello", "Good day.")
        for word in ("there", "you", "again", "all", "friend", "program")
    ),
]


@pytest.fixture(scope="module")
def recall(tmp_path_factory: pytest.TempPathFactory) -> Recall:
    file = tmp_path_factory.mktemp("openings") / "openings.db"
    write_openings(file, _OPENINGS)
    return Recall(Openings(file))


def _fits(recall: Recall, prompt: str, topic: str = "", within: bool = False) -> dict[str, float]:
    turns = ["hi", "Hi.", prompt] if within else [prompt]
    return {each.opening.reply: each.fits for each in recall.fitting(recall.near(prompt), turns, topic)}


def test_the_reply_to_the_likest_fits_best(recall: Recall) -> None:
    fits = _fits(recall, "I play the guitar!", "leisure")
    assert next(iter(fits)) == "Guitar, nice. What do you like to play?"
    assert list(fits.values()) == sorted(fits.values(), reverse=True)
    assert fits["Guitar, nice. What do you like to play?"] > 0.5


def test_a_reply_fits_less_that_takes_up_what_was_not_said(recall: Recall) -> None:
    fits = _fits(recall, "i play the banjo", "leisure")
    assert max(fits.values()) < 0.3
    fits = _fits(recall, "my brother calls me kid", "family")
    assert fits["Since when does he?"] > fits["And how old are you, kiddo?"]


def test_of_a_woman_nothing_is_said_where_nobody_spoke_of_one(recall: Recall) -> None:
    assert _fits(recall, "my sister called")["What did she want?"] > 0.5
    assert "What did she want?" not in _fits(recall, "my brother called")
    turns = ["my sister is ill", "I'm sorry. Is it bad?", "somebody called"]
    found = recall.fitting(recall.near("somebody called"), turns, "")
    assert "What did she want?" in [each.opening.reply for each in found]


def test_what_turns_round_who_does_what_is_not_recalled(recall: Recall) -> None:
    assert "Please do." in _fits(recall, "could I tell you a joke")
    assert "Please do." not in _fits(recall, "can you tell me a joke")


def test_a_reply_fits_better_to_the_same_subject_and_to_a_talk_that_opens(recall: Recall) -> None:
    reply = "Guitar, nice. What do you like to play?"
    same, other = (_fits(recall, "i play guitar", topic)[reply] for topic in ("leisure", "people"))
    assert same > other
    assert (
        _fits(recall, "i play guitar", "leisure")[reply]
        > _fits(recall, "i play guitar", "leisure", True)[reply]
    )


def test_a_reply_that_is_given_to_everything_fits_less(recall: Recall) -> None:
    seldom, often = (
        _fits(recall, prompt)[reply] for prompt, reply in (("hello", "Hello."), ("hello you", "Good day."))
    )
    assert seldom > often


def test_what_is_known_of_nothing(tmp_path: Path) -> None:
    assert Recall(None).near("hello") == []
    assert Recall(None).fitting([], ["hello"], "") == []
    write_openings(tmp_path / "o", [])
    empty = Recall(Openings(tmp_path / "o"))
    assert empty.fitting(empty.near("hello"), ["hello"], "hello") == []
