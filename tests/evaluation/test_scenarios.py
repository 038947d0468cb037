from __future__ import annotations

import pytest

from assistant.evaluation.scenarios import allowed, generic, repeated, scenario_accuracy

_REPLIES = allowed(
    [
        ("greeting", "Hey. What are we up to?"),
        ("greeting", "Hello there."),
        ("bye", "Bye. I'll keep your place."),
    ]
)


@pytest.mark.parametrize(
    ("topic", "answer", "right"),
    [
        ("greeting", "hey, what are we up to?", True),
        ("greeting", "Hello there.", True),
        ("greeting", "Hello there, you.", True),  # 3 of 3 and 5 words and marks: 0.75
        ("greeting", "Bye. I'll keep your place.", False),
        ("bye", "Bye. I'll keep your place.", True),
        ("bye", "Bye now, come back soon and tell me more.", False),
        ("bye", "", False),
    ],
)
def test_a_reply_is_right_when_its_topic_allows_it_or_one_near_it(
    topic: str, answer: str, right: bool
) -> None:
    assert scenario_accuracy([topic], [answer], _REPLIES).value == float(right)


def test_what_has_no_topic_has_no_say() -> None:
    score = scenario_accuracy(["", "bye", "unheard of", "bye"], ["x", "Bye.", "x", "Hello there."], _REPLIES)
    assert list(score.denominators) == [0.0, 1.0, 0.0, 1.0]
    assert score.value == 0.0
    assert scenario_accuracy([""], ["x"], _REPLIES).value is None


def _generic(answers: list[str]) -> float | None:
    return generic(answers, [f"prompt {n}" for n in range(len(answers))]).value


def test_generic_is_what_many_subjects_get() -> None:
    assert _generic(["Sure.", "sure.", "SURE.", "Not today.", "Perhaps.", "perhaps."]) == 0.5
    assert _generic([f"reply {n}" for n in range(300)] + ["Sure."] * 3) == 0.0
    assert _generic([f"reply {n}" for n in range(296)] + ["Sure."] * 4) == 4 / 300


def test_one_subject_may_get_one_reply_however_it_is_put() -> None:
    answers, subjects = ["Bye."] * 4 + ["Hi."] * 3, ["bye"] * 4 + ["greeting", "what is up", "back"]
    assert generic(answers, subjects).value == 3 / 7


def test_repeated_is_a_run_of_four_words() -> None:
    twice = "I do not know, I do not know"  # a comma is a word
    assert repeated([twice, f"{twice} it", "I do not know", ""]).value == 0.5
    assert repeated(["one two three, one two three"]).value == 0.0
