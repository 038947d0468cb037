"""What is said to what was not understood."""

from __future__ import annotations

import pytest

from assistant.replies.lines import all_lines
from assistant.replies.listening import unsure_line

_TOLD = all_lines()["unsure, told something"].texts


@pytest.mark.parametrize("prompt", ["teach me to read now", "do I like to read", "so how to read", "mum?"])
def test_what_asks_is_not_understood(prompt: str) -> None:
    assert unsure_line([prompt]) in all_lines()["unsure"].texts
    assert unsure_line(["the bus was late", _TOLD[0], prompt]) in all_lines()["unsure"].texts


@pytest.mark.parametrize(
    ("prompt", "place"),
    [
        ("should I read it", "for advice"),
        ("how can I read more?", "for advice"),
        ("who should I ask, my mum or my dad?", "to choose"),
        ("do you like to read", "about itself"),
    ],
)
def test_what_is_asked_and_not_understood_is_answered_by_its_form(prompt: str, place: str) -> None:
    assert unsure_line([prompt]) in all_lines()[f"unsure, asked {place}"].texts


@pytest.mark.parametrize("prompt", ["nearly read", "third try", "you read"])
def test_a_scrap_is_listened_to_within_a_talk_alone(prompt: str) -> None:
    assert unsure_line([prompt]) in all_lines()["unsure"].texts
    assert unsure_line(["the bus was late", _TOLD[0], prompt]) in all_lines()["listening, to more"].texts


@pytest.mark.parametrize(
    ("prompt", "place"),
    [
        ("I like to read", "what I did"),
        ("yesterday we read all night", "what I did"),
        ("my cat reads", "what people do"),
        ("and she never said why", "what people do"),
        ("nobody told us of it", "what people do"),
        ("it's raining again", "how things are"),
        ("the bus was late", "how things are"),
        ("maybe I'll just walk", "what comes"),
        ("I want to read it", "what comes"),
        ("no, just reading all night", "more"),
    ],
)
def test_what_is_told_is_not_understood_once_and_then_listened_to(prompt: str, place: str) -> None:
    told = unsure_line([prompt])
    assert told in _TOLD
    heard = [unsure_line([prompt, told, prompt])]
    assert heard[0] in all_lines()[f"listening, to {place}"].texts
    heard.append(unsure_line([prompt, told, prompt, heard[0], prompt]))
    assert heard[1] in all_lines()[f"listening, to {place}"].texts
    assert heard[0] != heard[1]
