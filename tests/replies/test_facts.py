"""What the owner tells of themselves, and asks for."""

from __future__ import annotations

import pytest

from assistant.replies.facts import OwnFacts
from assistant.replies.reply import Reply
from assistant.replies.telling import asked, told
from assistant.store.database import open_database
from assistant.store.facts import Facts


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("my name is Ana", ("name", "", "Ana")),
        ("call me ana maria", ("name", "", "Ana Maria")),
        ("you can call me Jo.", ("name", "", "Jo")),
        ("Hi, I'm Ana!", ("name", "", "Ana")),
        ("Hello, my name's Ana. What's yours?", ("name", "", "Ana")),
        ("I live in Lisbon", ("home", "", "Lisbon")),
        ("i'm living in new york now", ("home", "", "New York")),
        ("I'm originally from Porto", ("origin", "", "Porto")),
        ("I'm a nurse", ("work", "", "nurse")),
        ("i work as an English teacher", ("work", "", "English teacher")),
        ("I work at a bank", ("workplace", "at", "a bank")),
        ("im 34", ("age", "", "34")),
        ("My birthday is on 3 May", ("birthday", "", "3 May")),
        ("I like jazz", ("likes", "", "jazz")),
        ("i really love to cook", ("likes", "", "to cook")),
        ("I can't stand mushrooms", ("dislikes", "", "mushrooms")),
        ("my sister is called Eva", ("relation", "sister", "Eva")),
        ("my dog was called Rufus", ("relation", "dog", "Rufus")),
        ("I'm Carla, by the way", ("name", "", "Carla")),
        ("My older brother's name is rui", ("relation", "older brother", "Rui")),
        ("I have a dog called Rex", ("relation", "dog", "Rex")),
        ("I have two cats", ("owned", "", "two cats")),
        ("I'm allergic to nuts", ("allergy", "", "nuts")),
        ("my favourite film is Alien", ("favourite", "film", "Alien")),
        ("I speak Spanish and English", ("speaks", "", "Spanish and English")),
        ("by the way, I live in Lisbon", ("home", "", "Lisbon")),
    ],
)
def test_what_is_told(prompt: str, expected: tuple[str, str, str]) -> None:
    found = told(prompt)
    assert found is not None
    assert (found.kind.name, found.about, found.value) == expected


@pytest.mark.parametrize(
    "prompt",
    [
        "call me later", "call me a taxi", "call me maybe", "my name is not important", "Hi, I'm Spanish",
        "hi, i'm bored",
        "I live in the past lol", "i live in hope", "I'm a mess", "I'm a bit tired", "i'm 5 minutes away",
        "my birthday is ruined", "I like you", "i like it", "I love how you think", "do I like jazz?",
        "I have a headache", "I have two minutes", "is my name Ana?", "she lives in Lisbon", "i hate you",
        "hello",
        "my sister is nice", "I'm from here", "I'm British by the way",
    ],
)  # fmt: skip
def test_what_tells_nothing(prompt: str) -> None:
    assert told(prompt) is None


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("What's my name?", ("name", None)),
        ("do you remember my name", ("name", None)),
        ("who am i?", ("name", None)),
        ("Where do I live?", ("home", None)),
        ("do you know where i live", ("home", None)),
        ("what do i do for a living", ("work", None)),
        ("how old am I?", ("age", None)),
        ("when's my birthday?", ("birthday", None)),
        ("what do I like?", ("likes", None)),
        ("what's my sister's name?", ("relation", "sister")),
        ("what am i allergic to?", ("allergy", None)),
        ("what is my favourite film?", ("favourite", "film")),
    ],
)
def test_what_is_asked_for(prompt: str, expected: tuple[str, str | None]) -> None:
    found = asked(prompt)
    assert found is not None
    assert (found[0].name, found[1]) == expected


@pytest.mark.parametrize(
    "prompt", ["what's your name?", "who are you", "where do you live", "what time is it"]
)
def test_what_is_not_about_the_owner(prompt: str) -> None:
    assert asked(prompt) is None


class _Talk:
    def __init__(self) -> None:
        self.turns: list[str] = []
        self._facts = OwnFacts(open_database)

    def say(self, prompt: str, otherwise: str = "Hm.") -> Reply | None:
        self.turns.append(prompt)
        reply = self._facts.answer(self.turns)
        self.turns.append(reply.text if reply else otherwise)
        return reply

    def text(self, prompt: str) -> str:
        reply = self.say(prompt)
        assert reply is not None
        assert reply.origin in ("skill", "unsure")
        return reply.text


def test_a_name_is_taken_in_and_known_in_the_next_talk() -> None:
    reply = _Talk().say("my name is ana")
    assert reply is not None
    assert "Ana" in reply.text
    assert reply.action is not None
    assert (reply.action.name, reply.action.arguments, reply.done) == ("owner.name", {"name": "Ana"}, True)
    assert _Talk().text("do you know my name?") == "Your name is Ana."


def test_what_is_said_in_passing_is_kept_without_a_word() -> None:
    talk = _Talk()
    assert talk.say("I live in Lisbon") is None
    assert talk.say("i like jazz") is None
    assert talk.say("My name is Ana, what's yours?") is None
    assert "nuts" in talk.text("I'm allergic to nuts")
    assert talk.text("what do you know about me?") == (
        "You live in Lisbon, you like jazz, your name is Ana and you're allergic to nuts."
    )
    assert "tea" in talk.text("remember that I like tea")


@pytest.mark.parametrize(
    ("prompt", "kept", "aloud"),
    [
        ("Hi there! I'm Anna, how are you today?", [("name", "Anna")], False),
        ("My name is Anna and I have two kids", [("name", "Anna"), ("owned", "two kids")], True),
        ("hi, I'm Hana, I'm a nurse", [("name", "Hana"), ("work", "nurse")], True),
        ("my son is called Leo, he's seven", [("relation", "Leo")], True),
        ("I'm a nurse. It was a long night, and nobody came.", [("work", "nurse")], False),
        ("I'm Dutch, I like cheese", [("likes", "cheese")], False),
        ("It rained, and I was cold", [], False),
    ],
)
def test_what_parts_of_a_turn_tell_is_kept(prompt: str, kept: list[tuple[str, str]], aloud: bool) -> None:
    reply = OwnFacts(open_database).answer([prompt])
    assert [(fact.kind, fact.value) for fact in Facts(open_database()).all()] == kept
    assert bool(reply) == aloud


def test_what_was_not_told_is_not_known() -> None:
    talk = _Talk()
    assert talk.text("what's my name?") != talk.text("where do i live?")
    assert talk.text("what do you know about me?")


@pytest.mark.parametrize(
    "request_", ["forget my name", "please forget what my name is", "forget that my name is Ana"]
)
def test_one_thing_is_forgotten(request_: str) -> None:
    talk = _Talk()
    talk.say("my name is Ana")
    talk.say("I live in Lisbon")
    talk.text(request_)
    assert [fact.kind for fact in Facts(open_database()).all()] == ["home"]
    talk.text("forget my name")
    for other in (
        "forget it",
        "delete everything",
        "delete my reminder",
        "forget the milk",
        "forget about that",
    ):
        assert talk.say(other) is None


def test_everything_is_forgotten_only_after_a_yes() -> None:
    talk = _Talk()
    talk.say("my name is Ana")
    asks = talk.say("forget everything you know about me")
    assert asks is not None
    assert (asks.origin, asks.done) == ("unsure", False)
    assert "your name is Ana" in asks.text
    talk.text("no")
    assert len(Facts(open_database()).all()) == 1
    talk.say("forget everything about me")
    assert talk.say("what's the time") is None
    assert talk.say("yes") is None, "the question was let go"
    assert len(Facts(open_database()).all()) == 1
    talk.say("forget everything about me")
    talk.text("yes please")
    assert Facts(open_database()).all() == []


def test_the_name_stands_in_a_greeting_now_and_then() -> None:
    facts = OwnFacts(open_database)
    greetings = [f"hello{' there' * n}" for n in range(3)] + [
        "hi",
        "hey",
        "good morning",
        "hi again",
        "Hello!",
    ]
    assert {facts.greeted("Hey. What now?", [prompt]) for prompt in greetings} == {"Hey. What now?"}
    facts.answer(["my name is Ana"])
    assert {facts.greeted("Hey. What now?", [prompt]) for prompt in greetings} == {
        "Hey. What now?",
        "Hey, Ana. What now?",
    }
    assert facts.greeted("Hey. What now?", ["what is up with cats"]) == "Hey. What now?"
    assert all("Ana" not in facts.greeted("Good question.", [prompt]) for prompt in greetings)
