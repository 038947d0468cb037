from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.marks import (
    ASSISTANT,
    MARK_PATTERN,
    MARKS,
    USER,
    Action,
    escape,
    mark_action,
    mark_reply,
    mark_topic,
    mark_turns,
    parse_action,
)
from tests.text.strategies import any_text, normalised_text, steady


@pytest.mark.parametrize("mark", MARKS)
def test_a_literal_mark_keeps_its_word_and_loses_its_brackets(mark: str) -> None:
    assert escape(f"so <b>{mark}{mark}> ok") == f"so <b>({mark[1:-1]})({mark[1:-1]})> ok"


@steady
@given(any_text)
def test_no_mark_survives_escaping(text: str) -> None:
    escaped = escape(text)
    assert not MARK_PATTERN.search(escaped)
    assert len(escaped) == len(text)
    assert escape(escaped) == escaped


def test_turns_stand_behind_their_speakers() -> None:
    talk = ["hi", "Hey. What are we up to?", "not much"]
    assert mark_turns(talk) == "<user> hi <assistant> Hey. What are we up to? <user> not much"
    assert mark_turns(talk[1:]) == "<assistant> Hey. What are we up to? <user> not much"
    assert mark_turns(talk[:1]) == "<user> hi"
    assert mark_turns([]) == ""


@steady
@given(st.lists(normalised_text, min_size=1, max_size=6))
def test_no_typed_text_can_add_or_move_a_turn(turns: list[str]) -> None:
    _, *parts = MARK_PATTERN.split(mark_turns(turns))
    speakers, texts = parts[::2], [part.strip() for part in parts[1::2]]
    assert texts == [escape(turn) for turn in turns]
    assert speakers[::-1] == [(USER, ASSISTANT)[i % 2] for i in range(len(turns))]


@steady
@given(normalised_text)
def test_a_reply_holds_one_mark_and_it_comes_first(text: str) -> None:
    reply = mark_reply(text)
    assert reply == "<say> " + escape(text)
    assert MARK_PATTERN.findall(reply) == ["<say>"]


def test_a_reply_names_its_topic_before_its_words() -> None:
    assert mark_topic("<say> Hi.", "Greeting <say>") == "<say> greeting (say) <say> Hi."
    assert mark_topic("<say> Hi.", "").split() == ["<say>", "<say>", "Hi."]


@pytest.mark.parametrize("target", ["<unsupported>", "<act> todo.list", "Hello."])
def test_what_says_nothing_names_no_topic(target: str) -> None:
    assert mark_topic(target, "greeting") == target


def test_an_action_as_it_is_written() -> None:
    action = Action("reminder.add", {"what": "call mum", "when": "thursday at 5"})
    target = "<act> reminder.add | what = call mum | when = thursday at 5"
    assert mark_action(action) == target
    assert parse_action(target) == action
    assert mark_action(Action("todo.list")) == "<act> todo.list"
    assert parse_action("<act> todo.list") == Action("todo.list", {})


def test_parts_that_fill_nothing_are_passed_over() -> None:
    assert parse_action("<act> note.add | stray | text = a = b |") == Action("note.add", {"text": "a = b"})
    assert parse_action("reminder.list") == Action("reminder.list", {})


_names = st.from_regex(r"[a-z]{1,8}(\.[a-z]{1,8})?", fullmatch=True)
# The bar parts the arguments and is the one sign that a value cannot hold.
_values = normalised_text.map(lambda text: escape(text.replace("|", "")).strip())


@steady
@given(_names, st.dictionaries(_names, _values, max_size=4))
def test_reading_an_action_undoes_writing_it(name: str, arguments: dict[str, str]) -> None:
    action = Action(name, arguments)
    assert parse_action(mark_action(action)) == action
