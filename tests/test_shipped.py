"""The checkpoints that come with the program, and the README's commands run with them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from assistant import locations
from assistant.checkpoint import WEIGHTS, find_checkpoint, read_checkpoint
from assistant.evaluation.actions import same_value
from assistant.replies.responder import Responder
from assistant.replies.translator import Translator
from assistant.settings import TASKS

_README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
_COMMANDS = re.findall(r"^    \$ (.*?)(?:  +#.*)?$", _README, re.MULTILINE)


@pytest.mark.parametrize("name", TASKS)
def test_each_is_whole_small_and_says_what_it_is(name: str) -> None:
    checkpoint = read_checkpoint(locations.shipped_checkpoints() / name)
    assert checkpoint.settings.task == name
    # What serves; the weights in half precision are read by training alone.
    assert checkpoint.bytes - (checkpoint.path / WEIGHTS).stat().st_size <= 20_000_000
    assert checkpoint.bytes <= 36_000_000
    for heading in ("## Data", "## Training", "## Scores"):
        assert heading in checkpoint.card
    assert "licence" in checkpoint.card.lower()


@pytest.fixture(scope="module")
def translator() -> Translator:
    return Translator(read_checkpoint(locations.shipped_checkpoints() / "translate"))


@pytest.mark.parametrize(
    ("spanish", "english"),
    [
        ("hola", r"^(hello|hi|hey)\b"),
        ("¿Dónde está la biblioteca?", r"where.*library"),
        ("No tengo dinero.", r"(no|n't have( any)?) money"),
        ("Mi hermana vive en Madrid.", r"my sister lives in madrid"),
        ("¿Qué hora es?", r"what time is it|what's the time"),
    ],
)
def test_it_translates(translator: Translator, spanish: str, english: str) -> None:
    assert re.search(english, translator.translate(spanish).text.lower())


@pytest.mark.parametrize("word", ["nunca", "Apple", "never", "enrolled", "sí", "a"])
def test_a_single_word_does_not_loop(translator: Translator, word: str) -> None:
    assert len(translator.translate(word).text.split()) <= 4


@pytest.fixture(scope="module")
def responder() -> Responder:
    return Responder(read_checkpoint(locations.shipped_checkpoints() / "chat"))


def test_it_converses(responder: Responder) -> None:
    prompts = ["hello", "i'm tired", "what can you do", "thanks", "good night"]
    replies = [responder.reply([prompt]) for prompt in prompts]
    assert all(reply.origin in ("generated", "recalled") and reply.text for reply in replies)
    assert len({reply.text for reply in replies}) == len(prompts)
    later = [responder.reply(["hi", "Hi. What brings you by?", prompt]) for prompt in prompts]
    assert all(reply.origin in ("generated", "recalled") and reply.text for reply in later)


@pytest.mark.parametrize(
    ("message", "name", "arguments"),
    [
        ("set a timer for ten minutes", "timer.set", {"duration": "ten minutes"}),
        ("remind me to call mum on friday", "reminder.add", {"what": "call mum", "when": "on friday"}),
        ("add olive oil to my shopping list", "todo.add", {"item": "olive oil", "list": "shopping"}),
        ("what's 15% of 80", "math.evaluate", {"expression": "15% of 80"}),
        ("flip a coin", "random.coin", {}),
        ("what's the date today?", "clock.date", {}),
    ],
)
def test_it_knows_what_is_asked_of_it(
    responder: Responder, message: str, name: str, arguments: dict[str, str]
) -> None:
    reply = responder.reply([message])
    assert reply.action and reply.confidence >= responder.threshold
    assert reply.action.name == name
    given = reply.action.arguments
    assert given.keys() == arguments.keys()
    assert all(same_value(given[key], value) for key, value in arguments.items())


@pytest.mark.parametrize("message", ["play some music", "what's the weather tomorrow", "order me a pizza"])
def test_it_says_what_is_out_of_its_reach(responder: Responder, message: str) -> None:
    reply = responder.reply([message])
    assert reply.origin in ("unsupported", "unsure") or "I can't" in reply.text


@pytest.mark.parametrize("message", ["i hate reminders", "what is a timer?", "time flies", "thanks a lot"])
def test_talk_is_not_taken_for_a_request(responder: Responder, message: str) -> None:
    assert responder.reply([message]).action is None


def test_what_is_asked_for_is_there(home: Path) -> None:
    program = Path(sys.executable).parent / "assistant"
    said = subprocess.run(
        [program, "ask", "remind me to water the plants tomorrow at 7"], capture_output=True, text=True
    ).stdout
    assert "water the plants" in said
    listed = subprocess.run([program, "reminders"], capture_output=True, text=True).stdout
    assert "07:00" in listed and "water the plants" in listed


def test_they_answer_where_nothing_was_trained() -> None:
    for task in ("chat", "translate"):
        assert find_checkpoint(task).path == locations.shipped_checkpoints() / task


@pytest.mark.parametrize("command", _COMMANDS)
def test_the_readme_s_commands_run(command: str, home: Path) -> None:
    program = Path(sys.executable).parent / "assistant"
    if "ask -c" in command:
        subprocess.run([program, "ask", "hello"], check=True, capture_output=True)
    line = re.sub(r"\bassistant (?=ask|translate|models)", f"{program} ", command, count=1)
    ended = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", line], capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.strip()
    if "--json" in command:
        json.loads(ended.stdout)


def test_the_readme_has_commands() -> None:
    assert len(_COMMANDS) >= 6
