"""The links between a prompt and its reply, in their order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlite_utils import Database

from assistant.checkpoint import Checkpoint
from assistant.replies.lines import all_lines
from assistant.replies.responder import Responder
from assistant.settings import Task
from assistant.store.database import open_database
from assistant.store.taught import TaughtPairs
from tests.inference.fake import FakeNetwork
from tests.replies.conftest import Answering


@pytest.fixture
def chat(untrained: dict[Task, Checkpoint]) -> Checkpoint:
    """A checkpoint that says what may just fit."""
    sure = replace(untrained["chat"].settings.decoding, anti_weight=0.0, say_threshold=0.005)
    return replace(untrained["chat"], settings=replace(untrained["chat"].settings, decoding=sure))


@pytest.fixture
def network(answering: Answering) -> FakeNetwork:
    return answering({"<say> hello, you": 0.9, "<say> good night": 0.1})


@pytest.fixture
def responder(chat: Checkpoint, network: FakeNetwork) -> Responder:
    return Responder(chat, network=network, open_store=open_database)


def _lines(place: str) -> tuple[str, ...]:
    return all_lines()[place].texts


def test_words_come_from_the_network_when_no_link_has_an_answer(responder: Responder) -> None:
    reply = responder.reply(["hello"])
    assert (reply.text, reply.origin, reply.alternatives[0]) == ("hello, you", "generated", "good night")


def test_a_crisis_comes_before_what_was_taught(responder: Responder, network: FakeNetwork) -> None:
    TaughtPairs(open_database()).teach("i want to die", "ok")
    reply = responder.reply(["i want to die"])
    assert reply.text in _lines("crisis")
    assert (reply.origin, network.sources) == ("skill", [])


def test_what_was_taught_comes_before_the_rest(responder: Responder) -> None:
    pairs = TaughtPairs(open_database())
    for prompt in ("you are stupid", "what's my name", "what is the capital of France", "hello"):
        pairs.teach(prompt, f"taught: {prompt}")
        reply = responder.reply([prompt])
        assert (reply.text, reply.origin) == (f"taught: {prompt}", "taught")


def test_what_the_owner_told_is_known(responder: Responder) -> None:
    responder.reply(["my name is Ana"])
    reply = responder.reply(["what's my name?"])
    assert (reply.text, reply.origin) == ("Your name is Ana.", "skill")


@pytest.mark.parametrize(
    ("prompt", "place", "origin"),
    [
        ("should i take ibuprofen", "medicine", "skill"),
        ("you are stupid", "insult", "skill"),
        ("who wrote hamlet", "facts", "unsure"),
        ("will it rain tomorrow", "weather", "unsure"),
    ],
)
def test_some_is_better_said_by_hand(responder: Responder, prompt: str, place: str, origin: str) -> None:
    reply = responder.reply([prompt])
    assert reply.text in _lines(place)
    assert reply.origin == origin


def test_an_action_comes_before_what_is_said_by_hand(chat: Checkpoint, answering: Answering) -> None:
    network = answering({"<act> note.add | text = night": 0.9, "<say> hello, you": 0.1})
    assert Responder(chat, network=network).reply(["should i take ibuprofen at night"]).action is not None


def test_what_is_unsupported_stays_so_when_it_is_said_better(chat: Checkpoint, answering: Answering) -> None:
    responder = Responder(chat, network=answering({"<unsupported>": 0.9, "<say> hello, you": 0.1}))
    for prompt, place in (("play some music", "unsupported"), ("will it rain tomorrow", "weather")):
        reply = responder.reply([prompt])
        assert reply.origin == "unsupported"
        assert reply.text in _lines(place)


def test_the_unsure_network_says_so(chat: Checkpoint, answering: Answering) -> None:
    doubtful = answering(
        {f"<say> {word}": 0.05 for word in ("hello", "good", "where", "night", "read", "all", "you")}
    )
    wary = replace(chat.settings, decoding=replace(chat.settings.decoding, say_threshold=0.9))
    responder = Responder(replace(chat, settings=wary), network=doubtful)
    for prompt in ("read it", "surprise me", "teach me to read now", "do I like to read", "you read"):
        reply = responder.reply([prompt])
        assert (reply.origin, reply.done) == ("unsure", True)
        assert reply.text in _lines("unsure")


def test_nothing_is_said_twice(responder: Responder) -> None:
    turns: list[str] = []
    for _ in range(11):
        turns.append("hello")
        turns.append(responder.reply(turns).text)
    replies = turns[1::2]
    assert len(set(replies)) == len(replies)
    assert replies[:2] == ["hello, you", "good night"]
    assert set(replies[2:]) <= {*_lines("unsure, told something"), *_lines("listening, to more")}


def test_what_is_not_wanted_again_is_not_said(responder: Responder) -> None:
    assert responder.reply(["hello"], said=["hello, you"]).text == "good night"


def test_a_slur_is_not_said(chat: Checkpoint, answering: Answering, monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant.replies import blocked

    monkeypatch.setattr(blocked, "_sums", lambda: frozenset({blocked.digest("morning")}))
    network = answering({"<say> good morning": 0.9, "<say> good night": 0.1})
    reply = Responder(chat, network=network).reply(["hello"])
    assert reply.text == "good night"
    assert "good morning" not in reply.alternatives


def test_without_the_owners_file_nothing_is_looked_up(chat: Checkpoint, network: FakeNetwork) -> None:
    TaughtPairs(open_database()).teach("hello", "taught")
    responder = Responder(chat, network=network)
    assert responder.reply(["hello"]).text == "hello, you"
    assert responder.reply(["my name is Ana"]).origin == "generated"


def test_the_file_is_opened_in_the_thread_that_asks(chat: Checkpoint, network: FakeNetwork) -> None:
    opened: list[Database] = []

    def open_store() -> Database:
        opened.append(open_database())
        return opened[-1]

    responder = Responder(chat, network=network, open_store=open_store)
    assert opened == []
    responder.reply(["hello"])
    assert opened
