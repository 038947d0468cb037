"""A yes to what a reply offered."""

from __future__ import annotations

import pytest

from assistant.replies.offers import accepted
from assistant.skills.registry import knows
from assistant.text.marks import Action


@pytest.mark.parametrize(
    ("reply", "answer", "name"),
    [
        ("Only a check-up, I hope. Shall I remind you on Friday?", "yes please", "reminder.add"),
        ("How long? Shall I set a timer?", "ok", "timer.set"),
        ("Shall we make a list?", "sure, go ahead", "todo.add"),
        ("I can make a note, if you like.", "yes", "note.add"),
        ("Want a joke?", "Yeah!", "joke.tell"),
        ("Toss a coin, see how you feel. Shall I toss a coin?", "do it", "random.coin"),
    ],
)
def test_what_was_offered_is_taken_up(reply: str, answer: str, name: str) -> None:
    assert accepted(["hm", reply, answer]) == Action(name)
    assert knows(name)


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        ("Shall I keep it as a note?", "yes, and tell me about cats"),
        ("Shall I remind you?", "no thanks"),
        ("Shall I remind you?", "yes but what about the cat"),
        ("Want a joke, or shall I set a timer?", "yes"),
        ("I told a joke. Want to hear about it?", "yes"),
        ("Did you set a timer?", "yes"),
        ("Good.", "yes"),
    ],
)
def test_what_was_not_offered_or_not_wanted_is_left(reply: str, answer: str) -> None:
    assert accepted(["hm", reply, answer]) is None


def test_a_note_is_made_of_what_was_told() -> None:
    turns = ["the key is under the pot", "Shall I keep it as a note?", "Yes, keep it as a note please"]
    assert accepted(turns) == Action("note.add", {"text": "the key is under the pot"})


def test_nothing_was_offered_before_the_first_turn() -> None:
    assert accepted(["yes"]) is None
