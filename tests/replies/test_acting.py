"""Whole talks, with an understanding that we script: what is done, asked, corrected and taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from tzlocal import reload_localzone

from assistant.replies.acting import Acting, local_now
from assistant.replies.reply import Reply
from assistant.replies.state import State
from assistant.replies.talk import Talk
from assistant.store.conversations import Conversations
from assistant.store.database import open_database
from assistant.store.loose_ends import LooseEnds
from assistant.store.notes import Notes
from assistant.store.reminders import Reminders
from assistant.store.timers import Timers
from assistant.store.todos import Todos
from assistant.text.marks import Action

_NOW = datetime(2026, 11, 18, 14, 30, tzinfo=ZoneInfo("Europe/London"))  # a Wednesday


class Understood:
    """Understands what it is told to understand; anything else is small talk."""

    name = "scripted"

    def __init__(self, actions: Mapping[str, Action], confidence: float = 0.9) -> None:
        self.heard: list[str] = []
        self._actions = actions
        self._confidence = confidence

    def reply(self, turns: Sequence[str], said: Sequence[str] = ()) -> Reply:
        self.heard.append(turns[-1])
        action = self._actions.get(turns[-1])
        if action and not said:  # what else there is are words, as a `Responder` has it
            return Reply("?", "unsure", self._confidence, 1.0, action, done=False)
        return Reply("Mm.", "generated", 0.4, 1.0)


def _act(name: str, **arguments: str) -> Action:
    return Action(name, {key.rstrip("_"): value for key, value in arguments.items()})


class Conversation:
    """A talk that is written to a real file, and taken up from it again before each turn."""

    def __init__(self, actions: Mapping[str, Action], confidence: float = 0.9, dry_run: bool = False) -> None:
        self.understood = Understood(actions, confidence)
        self.now = _NOW
        self.id: str | None = None
        self._acting = Acting(
            self.understood, open_database, dry_run=dry_run, clock=lambda: self.now, chance=Random(2)
        )

    def reply(self, prompt: str) -> Reply:
        db = open_database()
        talk = Talk(Conversations(db), self.id, ends=LooseEnds(db))
        reply = self._acting.reply(talk.hear(prompt), talk.state)
        talk.answer(reply, "scripted")
        self.id = talk.id
        self.now += timedelta(seconds=20)
        return reply

    def say(self, prompt: str) -> str:
        return self.reply(prompt).text


def test_a_talk_of_twenty_turns() -> None:
    talk = Conversation(
        {
            "don't let me forget to call mum at five": _act("reminder.add", what="call mum", when="at five"),
            "remind me to water the plants tomorrow at 7": _act(
                "reminder.add", what="water the plants", when="tomorrow at 7"
            ),
            "what have I got on tomorrow?": _act("reminder.list", when="tomorrow"),
            "put milk, eggs and bread on the shopping list": _act(
                "todo.add", item="milk, eggs and bread", list="shopping list"
            ),
            "take milk off the list": _act("todo.remove", item="milk"),
            "put olive oil on the shopping list": _act("todo.add", item="olive oil", list="shopping list"),
            "what's on the shopping list": _act("todo.list", list="shopping list"),
            "what's 15 percent of 80": _act("math.evaluate", expression="15 percent of 80"),
            "wake me in twenty minutes": _act("timer.set", duration="twenty minutes"),
            "set a reminder": _act("reminder.add"),
            "say that again": _act("conversation.repeat"),
        }
    )
    turns = [
        ("hello", "Mm."),
        (
            "don't let me forget to call mum at five",
            "Reminder set for Wednesday 18 November at 17:00: call mum.",
        ),
        ("make it six", "Moved to Wednesday 18 November at 18:00: call mum."),
        ("i like trains", "Mm."),
        (
            "remind me to water the plants tomorrow at 7",
            "Reminder set for Thursday 19 November at 07:00: water the plants.",
        ),
        ("no, in the evening", "Moved to Thursday 19 November at 19:00: water the plants."),
        ("what have I got on tomorrow?", "One reminder for tomorrow: water the plants, tomorrow at 19:00."),
        ("put milk, eggs and bread on the shopping list", "On the shopping list: milk, eggs and bread."),
        ("take milk off the list", "Take milk off the shopping list?"),
        ("yes please", "Taken off: milk."),
        ("undo that", "Taken back: milk."),
        ("put olive oil on the shopping list", "On the shopping list: olive oil."),
        ("actually, make it sunflower oil", "On the shopping list: sunflower oil."),
        ("what's on the shopping list", "Shopping: milk, eggs, bread and sunflower oil."),
        ("what's 15 percent of 80", "15 percent of 80 is 12."),
        ("make it 20 percent of 80", "20 percent of 80 is 16."),
        ("wake me in twenty minutes", "20 minutes, until 14:55."),
        ("make it 40", "40 minutes, until 15:15."),
        ("make it half an hour", "30 minutes, until 15:06."),
        ("set a reminder", "What shall I remind you of?"),
        ("feed the cat", "When shall I remind you?"),
        ("31 February", "February never has 31 days. When shall I remind you?"),
        ("friday at noon", "Reminder set for Friday 20 November at 12:00: feed the cat."),
        ("say that again", "Reminder set for Friday 20 November at 12:00: feed the cat."),
        ("undo that", "Taken back: feed the cat."),
        ("undo", "Taken back: the timer."),
        ("goodbye", "Mm."),
    ]
    for prompt, expected in turns:
        assert talk.say(prompt) == expected, prompt
    db = open_database()
    assert [(r.what, f"{r.due:%a %H:%M}") for r in Reminders(db).open()] == [
        ("call mum", "Wed 18:00"),
        ("water the plants", "Thu 19:00"),
    ]
    assert [todo.item for todo in Todos(db).open("shopping")] == ["milk", "eggs", "bread", "sunflower oil"]
    assert Timers(db).open() == []
    # What answers a question or takes something back never reaches the network.
    assert "yes please" not in talk.understood.heard and "undo that" not in talk.understood.heard


def test_what_is_destroyed_is_asked_about_and_may_be_left() -> None:
    talk = Conversation({"scrap the dentist": _act("reminder.remove", what="dentist")})
    Reminders(open_database()).add("dentist", _NOW + timedelta(days=2), "Europe/London")
    asked = talk.reply("scrap the dentist")
    assert (asked.text, asked.done) == ("Remove this one: dentist, Friday 20 November at 14:30?", False)
    assert talk.say("no") in ("All right, I'll leave it.", "Left as it is.", "Never mind, then.")
    assert talk.say("yes") == "Mm."  # the question is closed
    assert len(Reminders(open_database()).open()) == 1
    talk.say("scrap the dentist")
    assert talk.say("yes") == "Removed: dentist."
    assert Reminders(open_database()).open() == []


def test_the_other_one() -> None:
    talk = Conversation({"tick off the call": _act("todo.done", item="call")})
    for item in ("call mum", "call the bank"):
        Todos(open_database()).add(item)
    assert talk.say("tick off the call") == (
        "Which one: call mum on the to-do list or call the bank on the to-do list?"
    )
    assert talk.say("the first") == "Done: call mum. One thing left."
    assert talk.say("not that, the other one") == "Done: call the bank. One thing left."
    assert [todo.item for todo in Todos(open_database()).open()] == ["call mum"]


def test_a_choice_by_its_words_and_a_new_subject_instead_of_one() -> None:
    talk = Conversation(
        {
            "move it": _act("reminder.change", when="friday"),
            "flip a coin": _act("random.coin"),
        }
    )
    for what in ("dentist", "call mum"):
        Reminders(open_database()).add(what, _NOW + timedelta(days=1), "Europe/London")
    assert talk.say("move it").startswith("Which one: dentist, Thursday")
    assert talk.say("the dentist") == "Moved to Friday 20 November at 14:30: dentist."
    assert talk.say("move it").startswith("Which one")
    assert talk.say("flip a coin") in ("Heads.", "Tails.")
    assert talk.say("the dentist") == "Mm."


def test_an_unsure_reading_is_asked_about_and_can_be_mended() -> None:
    wake = {"twenty minutes or so": _act("timer.set", duration="twenty minutes")}
    talk = Conversation(wake, confidence=0.3)
    asked = talk.reply("twenty minutes or so")
    assert (asked.text, asked.origin, asked.done) == ("Set a timer: twenty minutes?", "unsure", False)
    assert Timers(open_database()).open() == []
    assert talk.say("no, thirty minutes") == "30 minutes, until 15:00."
    talk.say("twenty minutes or so")
    assert talk.say("yes") == "20 minutes, until 14:51."


def test_a_trifle_is_not_asked_about_where_other_things_are() -> None:
    actions = {"joke": _act("joke.tell"), "milk": _act("todo.add", item="milk")}
    talk = Conversation(actions, confidence=0.4)
    assert talk.reply("joke").done
    assert not talk.reply("milk").done
    assert not Conversation(actions, confidence=0.3).reply("joke").done


def test_an_unsure_removal_is_asked_about_twice() -> None:
    talk = Conversation({"bin the dentist": _act("reminder.remove", what="dentist")}, confidence=0.3)
    Reminders(open_database()).add("dentist", _NOW + timedelta(days=2), "Europe/London")
    assert talk.say("bin the dentist") == "Remove a reminder: dentist?"
    assert talk.say("yes") == "Remove this one: dentist, Friday 20 November at 14:30?"
    assert talk.say("no, the plants") == 'There\'s no reminder about "plants".'
    assert len(Reminders(open_database()).open()) == 1


def test_any_words_fill_what_takes_any_words_but_not_another_request() -> None:
    talk = Conversation({"make a note": _act("note.add"), "tell me a joke": _act("joke.tell")})
    assert talk.say("make a note") == "What shall I note down?"
    assert talk.reply("tell me a joke").action == _act("joke.tell")
    talk.say("make a note")
    assert talk.say("the gate code is 4711") == "Noted: the gate code is 4711."
    assert [note.text for note in Notes(open_database()).recent(5)] == ["the gate code is 4711"]


def test_small_talk_after_an_action_corrects_nothing() -> None:
    talk = Conversation({"note it": _act("note.add", text="gate 4711")})
    talk.say("note it")
    for prompt in ("it's raining", "no, i don't think so", "actually i feel fine"):
        assert talk.say(prompt) == "Mm."
    assert [note.text for note in Notes(open_database()).recent(5)] == ["gate 4711"]


def test_nothing_to_take_back() -> None:
    talk = Conversation({})
    reply = talk.reply("undo that")
    assert (reply.text, reply.done) == ("There's nothing in this talk to take back.", False)


def test_a_dry_run_understands_and_does_nothing() -> None:
    talk = Conversation({"wake me": _act("timer.set", duration="ten minutes")}, dry_run=True)
    reply = talk.reply("wake me")
    assert (reply.text, reply.done) == ("Set a timer: ten minutes.", False)
    assert reply.action == _act("timer.set", duration="ten minutes")
    assert Timers(open_database()).open() == []


def test_an_action_without_a_skill_is_out_of_reach() -> None:
    reply = Conversation({"play jazz": _act("music.play")}).reply("play jazz")
    assert (reply.origin, reply.action) == ("unsupported", None)


def test_nothing_is_said_again_before_there_was_anything() -> None:
    talk = Conversation({"it's me again": _act("conversation.repeat")})
    assert talk.reply("it's me again").origin == "generated"
    reply = talk.reply("it's me again")
    assert (reply.text, reply.action) == ("Mm.", _act("conversation.repeat"))


def test_a_state_survives_json() -> None:
    talk = Conversation({"tick": _act("todo.done", item="call")})
    for item in ("call mum", "call the bank"):
        Todos(open_database()).add(item)
    for prompt in ("tick", "the first", "tick"):
        state = talk.reply(prompt).state
        assert state and State.from_dict(state.to_dict()) == state
    assert State().to_dict() == {} and State.from_dict({}) == State()


def test_the_zone_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as there:
        there.setenv("TZ", "Asia/Tokyo")
        reload_localzone()  # what was asked for before is remembered
        assert str(local_now().tzinfo) == "Asia/Tokyo"
    reload_localzone()


def test_a_yes_to_an_offer_is_taken_up() -> None:
    acting = Acting(Understood({}), open_database, clock=lambda: _NOW)
    offer = ["I see the dentist on friday", "Soon, then. Shall I remind you?"]
    asked = acting.reply([*offer, "yes please"])
    assert asked.text == "What shall I remind you of?"
    when = acting.reply([*offer, "yes please", asked.text, "the dentist"], asked.state)
    done = acting.reply(
        [*offer, "yes please", asked.text, "the dentist", when.text, "friday at 9"], when.state
    )
    assert done.text.startswith("Reminder set for Friday")
    assert [each.what for each in Reminders(open_database()).open()] == ["the dentist"]
    assert acting.reply([*offer, "no"]).text == "Mm."
