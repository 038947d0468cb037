"""Openings that are remembered word for word."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.text.openings import Openings, topics, write_openings

_OPENINGS = [
    ("how old are you?", "your age"), ("what is your age", "your age"), ("How are you", "how are you"),
    ("how are you doing today", "how are you"), ("you're boring", "boring"),
    ("where do you live", "your home"),
    ("ok", "assent"), ("ok", "yes"), ("...", "nothing"),
]  # fmt: skip


@pytest.fixture(scope="module")
def openings(tmp_path_factory: pytest.TempPathFactory) -> Openings:
    file = tmp_path_factory.mktemp("openings") / "openings.db"
    write_openings(file, [(said, topic, f"({topic})") for said, topic in (*_OPENINGS, *_OPENINGS)])
    return Openings(file)


@pytest.mark.parametrize(
    ("prompt", "topic"),
    [
        ("how old are you?", "your age"),
        ("HOW OLD ARE YOU", "your age"),
        ("how old r you", "your age"),
        ("so how old are you then", "your age"),
        ("how are you", "how are you"),
        ("youre boring", "boring"),
        ("where do u live", "your home"),
    ],
)
def test_what_is_like_an_opening_has_its_topic(openings: Openings, prompt: str, topic: str) -> None:
    near = openings.near(prompt)
    shares = topics(near)
    assert max(shares, key=lambda each: shares[each]) == topic
    assert near[0].reply == f"({topic})"
    assert [each.likeness for each in near] == sorted((each.likeness for each in near), reverse=True)


def test_the_shares_are_how_like_the_nearest_is(openings: Openings) -> None:
    same, like, unlike = (
        sum(topics(openings.near(prompt)).values())
        for prompt in ("how old are you?", "how old is he", "tell me where the butter is")
    )
    assert same == pytest.approx(1.0)
    assert 0 < unlike < like < same


def test_an_opening_of_two_topics_is_shared(openings: Openings) -> None:
    assert topics(openings.near("OK!")) == pytest.approx({"assent": 0.5, "yes": 0.5})


@pytest.mark.parametrize("prompt", ["", "...", "xyzzy", "no word of it known", "how " * 41])
def test_of_what_is_like_none_nothing_is_known(openings: Openings, prompt: str) -> None:
    assert openings.near(prompt) == []
    assert topics([]) == {}


def test_of_many_that_share_a_word_those_with_rarer_ones_are_looked_at(tmp_path: Path) -> None:
    write_openings(
        tmp_path / "o", [*((f"you {i}", "number", "") for i in range(3000)), ("you rascal", "insult", "")]
    )
    openings = Openings(tmp_path / "o")
    assert [each.topic for each in openings.near("you rascal")] == ["insult"]
    assert "number" in topics(openings.near("you"))


def test_what_has_all_the_words_is_found_however_common_they_are(tmp_path: Path) -> None:
    words = ("do", "you", "like", "me")
    some = [f"{one} {other} {i}" for i in range(1200) for one in words for other in words if one != other]
    write_openings(
        tmp_path / "o", [*((each, "", "") for each in some), ("do you like me", "liking", "I do.")]
    )
    nearest = Openings(tmp_path / "o").near("Do you like me?")[0]
    assert (nearest.reply, nearest.likeness) == ("I do.", 1.0)


def test_of_replies_to_the_same_words_the_first_is_found_first(tmp_path: Path) -> None:
    replies = [f"Reply {i}." for i in (3, 1, 2, 0)]
    write_openings(tmp_path / "o", [("hello there", "hello", reply) for reply in (*replies, *replies)])
    assert [each.reply for each in Openings(tmp_path / "o").near("Hello there!")] == replies


def test_how_often_a_reply_is_given_and_how_rare_words_are(tmp_path: Path) -> None:
    said = [("hello you", "a", "Yes?"), ("hello there", "b", "Yes?"), ("you rascal", "c", "Me?")]
    write_openings(tmp_path / "o", said)
    openings = Openings(tmp_path / "o")
    assert {each.words: each.given for each in openings.near("hello you")} == {
        "hello you": 2,
        "hello there": 2,
        "you rascal": 1,
    }
    rare = openings.rarities(["rascal", "you", "nobody"])
    assert rare == pytest.approx({"nobody": math.log(4), "rascal": math.log(2), "you": math.log(4 / 3)})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_any_text_may_be_asked_for(openings: Openings, prompt: str) -> None:
    assert 0 <= sum(topics(openings.near(prompt)).values()) <= 1 + 1e-9


def test_no_openings_at_all(tmp_path: Path) -> None:
    write_openings(tmp_path / "o", [])
    assert Openings(tmp_path / "o").near("hello") == []


def test_faults(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Openings(tmp_path / "none")
    (tmp_path / "damaged").write_bytes(b"no database at all, but of some length")
    with pytest.raises(ValueError, match="not a database"):
        Openings(tmp_path / "damaged")
    with pytest.raises(OSError, match="unable to open"):
        write_openings(tmp_path / "no folder" / "o", [])
