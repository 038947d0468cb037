"""The parts of what people type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.replies.wording import clauses, leaves, sentences, without_greeting


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Sometimes, yes. Mostly evenings.", ["Sometimes,", "yes.", "Mostly evenings."]),
        ("I'm home and I'm tired", ["I'm home", "I'm tired"]),
        ("fish and chips", ["fish and chips"]),
        ("it cost 3.50", ["it cost 3.50"]),
        ("", []),
    ],
)
def test_clauses(text: str, parts: list[str]) -> None:
    assert clauses(text) == parts


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Good morning! Can you tell me a joke?", "Can you tell me a joke?"),
        ("hi there, how are you", "how are you"),
        ("hi there", "hi there"),
        ("hello, you", "hello, you"),
        ("hiking, mostly in spring", "hiking, mostly in spring"),
        ("good morning", "good morning"),
    ],
)
def test_a_greeting_is_left_out_before_something_else(text: str, rest: str) -> None:
    assert without_greeting(text) == rest


@pytest.mark.parametrize("text", ["ok, bye.", "goodbye Margaret!", "good night then", "see you tomorrow"])
def test_who_takes_leave(text: str) -> None:
    assert leaves(text)


@pytest.mark.parametrize("text", ["night shift at the home, all asleep", "nightmares", "I said bye"])
def test_who_stays(text: str) -> None:
    assert not leaves(text)


def test_the_last_sentence() -> None:
    assert sentences("I'd love to sleep. what's 17% of 240?")[-1] == "what's 17% of 240?"
    assert sentences("it cost 3.50 ")[-1] == "it cost 3.50"


@given(st.text(max_size=60))
def test_no_letter_is_lost_but_joining_words(text: str) -> None:
    kept = "".join("".join(clauses(text)).split())
    assert len(kept) <= len("".join(text.split()))
    assert text.endswith(without_greeting(text))
