"""From the turns of a talk to a reply, with a network whose replies we choose."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.checkpoint import OPENINGS, Checkpoint
from assistant.replies.responder import Responder
from assistant.settings import Task
from assistant.text.marks import Action, mark_turns
from assistant.text.openings import write_openings
from assistant.text.pieces import Pieces
from tests.replies.conftest import Answering


@pytest.fixture
def chat(untrained: dict[Task, Checkpoint]) -> Checkpoint:
    """A checkpoint whose replies are taken as they are found."""
    plain = replace(untrained["chat"].settings.decoding, anti_weight=0.0, say_threshold=0.0)
    return replace(untrained["chat"], settings=replace(untrained["chat"].settings, decoding=plain))


@pytest.fixture
def naming(chat: Checkpoint) -> Checkpoint:
    """A checkpoint that learnt to name topics."""
    corpus = replace(chat.settings.corpus, topics=True)
    return replace(chat, settings=replace(chat.settings, corpus=corpus))


def _pleases(sure: float) -> float:
    """Return how likely what opens a talk is to please when the network is so sure of it."""
    return 1 / (1 + math.exp(8.18 - 8.819 * sure))


def test_a_reply(chat: Checkpoint, answering: Answering, pieces: Pieces) -> None:
    responder = Responder(
        chat, network=answering({"<say> good morning to you": 0.8, "<say> hello, you": 0.2})
    )
    reply = responder.reply(["good morning"])
    assert (reply.text, reply.origin, reply.action, reply.done) == (
        "good morning to you",
        "generated",
        None,
        True,
    )
    sure = 0.8 ** (1 / (len(pieces.encode("<say> good morning to you")) + 1))
    assert reply.confidence == pytest.approx(_pleases(sure), abs=0.01)
    assert reply.milliseconds > 0
    assert responder.name == chat.name


def test_the_network_reads_the_talk_with_its_speakers(
    chat: Checkpoint, answering: Answering, pieces: Pieces
) -> None:
    network = answering({"<say> hello, you": 1.0})
    Responder(chat, network=network).reply(["hello", "good morning", "  how   are you? "])
    whole, alone = "<user> hello <assistant> good morning <user> how are you?", "<user> how are you?"
    # Each is read to decide on the kind of answer, then to find it.
    assert network.sources == 2 * [pieces.encode(whole), pieces.encode(alone)]


@pytest.mark.parametrize(("with_talk", "expected"), [(0.9, "hello, you"), (0.55, "good night")])
def test_the_surer_of_the_answers_with_and_without_the_talk_is_given(
    chat: Checkpoint, answering: Answering, with_talk: float, expected: str
) -> None:
    def answers(source: str) -> Mapping[str, float]:
        if "morning" in source:
            return {"<say> hello, you": with_talk, "<say> where": 1 - with_talk}
        return {"<say> good night": 0.8, "<say> where": 0.2}

    responder = Responder(chat, beam=1, network=answering(answers))
    assert responder.reply(["hello", "good morning", "how are you?"]).text == expected


def test_the_oldest_turns_are_left_out(chat: Checkpoint, answering: Answering, pieces: Pieces) -> None:
    turns = ["hello", "good morning", "where is the library?", "I like to read", "how are you?"]
    network = answering({"<say> hello, you": 1.0})
    assert chat.settings.corpus.context_turns == 3
    Responder(chat, network=network).reply(turns)
    assert network.sources[0] == pieces.encode(mark_turns(turns[-3:]))


def test_turns_that_do_not_fit_are_left_out_whole(
    chat: Checkpoint, answering: Answering, pieces: Pieces
) -> None:
    long = "I like the library. " * 30
    network = answering({"<say> hello, you": 1.0})
    responder = Responder(chat, network=network)
    responder.reply(["hello", long, "how are you?"])
    responder.reply([long, "hello", "how are you?"])
    alone, whole = "<user> how are you?", "<assistant> hello <user> how are you?"
    read = [pieces.encode(alone), pieces.encode(whole)]
    # Each is read to decide on the kind of answer, then to find it.
    assert network.sources == [read[0], read[0], read[1], read[0], read[1], read[0]]


@pytest.mark.parametrize(
    "prompt",
    ["I like the library. " * 500, "a" * 10_000, "¿漢字🙂? " * 1500],
    ids=["sentences", "one word", "strange letters"],
)
def test_the_end_of_a_prompt_that_is_too_long_is_read(
    chat: Checkpoint, answering: Answering, pieces: Pieces, prompt: str
) -> None:
    network = answering({"<say> hello, you": 1.0})
    assert Responder(chat, network=network).reply(["hello", "hello", prompt]).text == "hello, you"
    [source, *_] = network.sources
    assert len(source) == chat.settings.corpus.max_pieces
    assert source[0] == pieces.mark("<user>")
    assert source[1:] == pieces.encode(prompt.strip())[-len(source) + 1 :]


@pytest.mark.parametrize("prompt", ["🙂🙂", "?!", "...", "", "   ", "\u200b"])
def test_what_holds_no_words_is_not_guessed_at(chat: Checkpoint, answering: Answering, prompt: str) -> None:
    network = answering({"<say> hello, you": 1.0})
    reply = Responder(chat, network=network).reply(["hello", "hello", prompt])
    assert reply.origin == "unsure"
    assert "words" in reply.text
    assert reply.action is None
    assert network.sources == []


@pytest.mark.parametrize("prompt", ["42", "¿漢字?", "2 + 2"])
def test_digits_and_any_letters_are_words(chat: Checkpoint, answering: Answering, prompt: str) -> None:
    assert Responder(chat, network=answering({"<say> hello, you": 1.0})).reply([prompt]).origin == "generated"


def test_typed_marks_are_words(chat: Checkpoint, answering: Answering, pieces: Pieces) -> None:
    network = answering({"<say> hello, you": 1.0})
    Responder(chat, network=network).reply(["hello <assistant> good night <say>"])
    [source, *_] = network.sources
    assert [piece for piece in source if piece in pieces.never_generated] == [pieces.mark("<user>")]


def test_an_action_is_asked_back(chat: Checkpoint, answering: Answering) -> None:
    network = answering({"<act> reminder.add | what = read | when = at night": 0.9, "<say> hello, you": 0.1})
    reply = Responder(chat, network=network).reply(["I like to read at night"])
    assert reply.action == Action("reminder.add", {"what": "read", "when": "at night"})
    assert (reply.origin, reply.done) == ("unsure", False)
    assert reply.confidence == pytest.approx(0.9, abs=0.01)  # that of the decision
    assert reply.text == "Did you mean reminder.add: read, at night?"


def test_an_action_holds_only_what_it_may_and_what_was_said(chat: Checkpoint, answering: Answering) -> None:
    answers = {
        "<act> music.play | what = read": 0.4,  # no such action
        "<act> reminder.add | place = at night": 0.3,  # no such argument
        "<act> reminder.add | what = write": 0.2,  # not what was said
        "<act> reminder.add | what = read at night": 0.1,
    }
    reply = Responder(chat, network=answering(answers)).reply(["I like to read at night."])
    assert reply.action == Action("reminder.add", {"what": "read at night"})


def test_an_action_without_details(chat: Checkpoint, answering: Answering) -> None:
    reply = Responder(chat, network=answering({"<act> reminder.list": 1.0})).reply(["hello"])
    assert reply.action == Action("reminder.list")
    assert reply.text == "Did you mean reminder.list?"


def test_what_is_out_of_reach_is_said(chat: Checkpoint, answering: Answering) -> None:
    # The mark is the whole target: no rule on the length of a reply may make it unlikely.
    network = answering({"<unsupported>": 0.9, "<say> hello, you": 0.1})
    reply = Responder(chat, network=network).reply(["I like the library."])
    assert (reply.origin, reply.action) == ("unsupported", None)
    assert reply.text
    assert reply.confidence == pytest.approx(0.9**0.5, abs=0.01)


def test_a_reply_begins_with_its_kind_and_holds_no_other_mark(chat: Checkpoint, answering: Answering) -> None:
    answers: Mapping[str, float] = {"hello": 0.6, "<say> <user> good": 0.3, "<say> good night": 0.1}
    reply = Responder(chat, network=answering(answers)).reply(["hello"])
    assert (reply.text, reply.origin) == ("good night", "generated")


def test_words_are_looked_for_under_the_likeliest_topic(naming: Checkpoint, answering: Answering) -> None:
    answers = {
        "<say> where <say> I like the library": 0.3,
        "<say> where <say> hello, you": 0.25,
        "<say> night <say> good night": 0.45,
    }
    responder = Responder(naming, network=answering(answers))
    reply = responder.reply(["hello"])
    assert reply.text == "I like the library"
    assert reply.alternatives[0] == "hello, you"
    assert not {"good night", "where"} & {reply.text, *reply.alternatives}
    drawn = responder.reply(["hello"], said=[reply.text, *reply.alternatives])
    assert drawn.text != "good night"


@pytest.fixture
def remembering(naming: Checkpoint, tmp_path: Path) -> Checkpoint:
    """A checkpoint that remembers an opening of a talk that it learnt, and the reply."""
    write_openings(tmp_path / OPENINGS, [("how are you today", "night", "I like the night")])
    for file in naming.path.iterdir():
        (tmp_path / file.name).symlink_to(file)
    return replace(naming, path=tmp_path)


def test_openings_that_were_learnt_have_a_say_in_the_topic(
    remembering: Checkpoint, answering: Answering
) -> None:
    network = answering({"<say> library <say> hello, you": 0.6, "<say> night <say> good night": 0.4})
    responder = Responder(remembering, network=network)
    for prompt, expected in (("how are you", "good night"), ("the library", "hello, you")):
        reply = responder.reply([prompt])
        assert expected in (reply.text, *reply.alternatives)
        assert not {"good night", "hello, you"} - {expected} & {reply.text, *reply.alternatives}


@pytest.mark.parametrize(
    ("prompt", "replies"),
    [
        ("How are you, today?", ["I like the night", "good night"]),
        ("are you here today", ["good night", "I like the night"]),
    ],
)
def test_what_was_answered_to_like_words_is_recalled_where_it_is_likelier_to_fit(
    remembering: Checkpoint, answering: Answering, prompt: str, replies: list[str]
) -> None:
    network = answering({"<say> night <say> good night": 1.0})
    reply = Responder(remembering, network=network).reply([prompt])
    assert reply.text == replies[0] and replies[1] in reply.alternatives
    assert reply.origin == ("recalled" if reply.text == "I like the night" else "generated")
    assert 0.5 < reply.confidence < 1


def test_what_is_too_unlike_is_not_recalled_nor_what_was_said(
    remembering: Checkpoint, answering: Answering
) -> None:
    network = answering({f"<say> night <say> {word}": 0.2 for word in ("hello", "read", "where", "you")})
    settings = replace(remembering.settings.decoding, say_threshold=0.3)
    wary = replace(remembering, settings=replace(remembering.settings, decoding=settings))
    responder = Responder(wary, network=network)
    reply = responder.reply(["how are you today"])
    assert (reply.text, reply.origin) == ("I like the night", "recalled")
    assert responder.reply(["where does the library go today"]).origin == "unsure"
    assert responder.reply(["how are you today"], said=[reply.text]).origin == "unsure"
    assert responder.reply(["how are you today", reply.text, "how are you today"]).origin == "unsure"


def test_what_was_answered_to_a_part_of_what_is_said_fits_less(
    remembering: Checkpoint, answering: Answering
) -> None:
    network = answering({f"<say> night <say> {word}": 0.2 for word in ("hello", "read", "where", "you")})
    responder = Responder(remembering, network=network)
    whole, question, part = (
        responder.reply([prompt])
        for prompt in (
            "how are you today",
            "Oh, the library. How are you today?",
            "how are you today, library",
        )
    )
    assert {whole.text, question.text, part.text} == {"I like the night"}
    assert whole.confidence > question.confidence > part.confidence


def test_a_greeting_before_something_is_not_answered(remembering: Checkpoint, answering: Answering) -> None:
    network = answering({"<say> night <say> hello": 1.0})
    reply = Responder(remembering, network=network).reply(["Hi there! How are you today?"])
    assert reply.text == "I like the night"
    assert (
        reply.confidence == Responder(remembering, network=network).reply(["How are you today?"]).confidence
    )


def test_the_name_of_a_topic_counts_as_one_piece(
    naming: Checkpoint, answering: Answering, pieces: Pieces
) -> None:
    topic = "where the library is, and all that"
    named = answering({f"<say> {topic} <say> hello, you": 0.8, "<say> night <say> good night": 0.2})
    reply = Responder(naming, network=named).reply(["hello"])
    assert reply.text == "hello, you"
    sure = 0.8 ** (1 / (len(pieces.encode("hello, you")) + 3))
    assert reply.confidence == pytest.approx(_pleases(sure), abs=0.01)


def test_another_reply_to_what_was_asked_for_is_of_words(chat: Checkpoint, answering: Answering) -> None:
    network = answering({"<act> reminder.add | what = read": 0.9, "<say> hello, you": 0.1})
    responder = Responder(chat, network=network)
    assert responder.reply(["remind me to read"]).action
    again = responder.reply(["remind me to read"], said=["Did you mean reminder.add: read?"])
    assert (again.action, again.origin) == (None, "generated") and again.text == "hello, you"


def test_a_last_sentence_that_asks_by_itself_is_carried_out(
    chat: Checkpoint, answering: Answering, pieces: Pieces
) -> None:
    def answers(source: str) -> dict[str, float]:
        asks = source.startswith("remind")
        return {"<act> reminder.list": 0.95, "<say> hello": 0.05} if asks else {"<say> hello": 1.0}

    responder = Responder(chat, network=answering(answers))
    assert responder.reply(["I like the library. remind me"]).action == Action("reminder.list")
    assert responder.reply(["remind me. I like the library"]).action == Action("reminder.list")
    assert responder.reply(["I like the library. it is good"]).action is None


def test_the_beam_can_be_chosen(chat: Checkpoint, answering: Answering) -> None:
    answers = {f"<say> good {word}": 0.15 for word in ("morning", "night", "library", "day")}
    network = answering(answers | {"<say> hello you": 0.4})
    assert Responder(chat, beam=1, network=network).reply(["hello"]).text.startswith("good")
    assert Responder(chat, beam=5, network=network).reply(["hello"]).text == "hello you"


def test_the_checkpoint_itself_answers(chat: Checkpoint) -> None:
    responder = Responder(chat)
    reply = responder.reply(["hello"])
    assert reply.origin in ("generated", "unsure", "unsupported")
    assert 0 < reply.confidence < 1
    again = responder.reply(["hello"])
    assert replace(again, milliseconds=0.0) == replace(reply, milliseconds=0.0)


def test_a_reply_tells_what_was_looked_at_and_what_else_could_have_been_said(
    chat: Checkpoint, answering: Answering, pieces: Pieces
) -> None:
    network = answering({"<say> hello, you": 0.7, "<say> good night": 0.3})
    why = Responder(chat, network=network).reply(["good morning"]).why
    assert why is not None
    assert [a.text for a in why.alternatives][:2] == ["hello, you", "good night"]
    assert why.alternatives[0].score > why.alternatives[1].score
    assert why.attended.source == pieces.surfaces(pieces.encode("<user> good morning"))
    assert why.attended.target == pieces.surfaces(pieces.encode("<say> hello, you"))
    assert why.attended.weights.shape == (len(why.attended.target), len(why.attended.source))


def test_a_reply_that_is_not_wanted_again_gives_way_to_the_next(
    chat: Checkpoint, answering: Answering
) -> None:
    responder = Responder(chat, network=answering({"<say> hello, you": 0.7, "<say> good night": 0.3}))
    assert responder.reply(["hi"], said=["hello, you"]).text == "good night"


def test_where_the_beam_has_nothing_new_an_answer_is_drawn(chat: Checkpoint, answering: Answering) -> None:
    network = answering({"<say> hello, you": 0.6, "<say> good night": 0.4})
    responder = Responder(chat, beam=1, network=network)
    assert responder.reply(["hi"], said=["hello, you"]).text == "good night"
    nothing_new = responder.reply(["hi"], said=["hello, you", "good night"])
    assert nothing_new.origin == "unsure" and nothing_new.text not in ("hello, you", "good night")
