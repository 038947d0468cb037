"""`assistant train` with the real program, on a corpus of digits to reverse."""

from __future__ import annotations

import json
import random
import signal
import subprocess
from pathlib import Path

import pytest

from assistant.store.conversations import Conversations
from assistant.store.database import open_database
from assistant.store.feedback import Feedback
from assistant.store.taught import TaughtPairs
from tests.cli.program import PROGRAM, run


@pytest.fixture
def digits(tmp_path: Path) -> Path:
    chance = random.Random(1)
    words = ["uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho"]
    lines = []
    for _ in range(400):
        line = [chance.choice(words) for _ in range(chance.randint(2, 5))]
        lines.append(" ".join(line) + "\t" + " ".join(reversed(line)))
    path = tmp_path / "digits.tsv"
    path.write_text("\n".join(lines) + "\n")
    return path


def _train(digits: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return run("train", "--task", "translate", "--data", digits, *more)


def test_what_is_trained_is_what_answers_next(digits: Path, home: Path) -> None:
    ended = _train(digits, "--name", "mine", "--max-epochs", "2")
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout == ""
    assert "held-out loss" in ended.stderr
    folder = home / "checkpoints" / "mine"
    assert {f.name for f in folder.iterdir()} == {
        "card.md", "decoder.onnx", "encoder.onnx", "pieces.model", "scores.json",
        "settings.json", "weights.safetensors", "metrics.jsonl", "corpus.json",
    }  # fmt: skip
    assert "assistant train --task translate" in (folder / "card.md").read_text()
    assert not (home / "checkpoints" / ".mine.training").exists()
    newest = json.loads(run("models", "list", "--json").stdout.splitlines()[0])
    assert (newest["name"], newest["task"]) == ("mine", "translate")
    assert run("translate", "--json", "dos tres").returncode == 0
    scores = json.loads(run("evaluate", "--task", "translate", "--data", digits, "--json").stdout)
    assert scores["model"] == "mine" and scores["examples"] == 400


def test_a_checkpoint_is_gone_on_from(digits: Path, home: Path) -> None:
    assert _train(digits, "--name", "first", "--max-epochs", "2").returncode == 0
    ended = _train(digits, "--name", "second", "--from", "first", "--max-epochs", "1", "--json")
    assert ended.returncode == 0, ended.stderr
    folders = [home / "checkpoints" / name for name in ("first", "second")]
    assert (
        folders[0].joinpath("pieces.model").read_bytes() == folders[1].joinpath("pieces.model").read_bytes()
    )
    history = json.loads((folders[0] / "scores.json").read_text())["history"]
    last = json.loads(ended.stdout.splitlines()[-2])
    assert last["loss"] < history[0]["loss"]  # it did not begin anew
    refused = _train(digits, "--name", "third", "--from", "first", "--cell", "gru")
    assert refused.returncode == 2
    grown = ("--from", "first", "--max-epochs", "1", "--encoder-layers")
    ended = _train(digits, "--name", "third", *grown, "2", "--json")
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout.splitlines()[-2])["loss"] < history[0]["loss"]
    settings = json.loads((home / "checkpoints" / "third" / "settings.json").read_text())["settings"]
    assert settings["network"]["encoder_layers"] == 2
    assert run("translate", "dos tres").returncode == 0
    refused = _train(digits, "--name", "fourth", "--from", "third", "--encoder-layers", "1")
    assert refused.returncode == 2 and "not take them off" in " ".join(refused.stderr.split())


def test_events_are_json_lines_on_stdout(digits: Path) -> None:
    ended = _train(digits, "--max-epochs", "1", "--json", "--cell", "gru")
    events = [json.loads(line) for line in ended.stdout.splitlines()]
    evaluation, end = events[-2:]
    assert (evaluation["event"], evaluation["epoch"]) == ("evaluation", 1)
    assert evaluation["samples"]
    assert (end["event"], end["reason"], end["step"]) == ("end", "epochs", evaluation["step"])


def test_ctrl_c_leaves_a_checkpoint_and_resume_goes_on(digits: Path, home: Path) -> None:
    arguments = ["train", "--task", "translate", "--data", str(digits), "--max-epochs", "500", "--json"]
    with subprocess.Popen(
        [PROGRAM, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout
        program.stdout.readline()  # training is under way
        program.send_signal(signal.SIGINT)
        _, said = program.communicate(timeout=120)
    assert program.returncode == 130, said
    assert "--resume" in said
    assert run("translate", "dos tres").returncode == 0
    refused = _train(digits)
    assert refused.returncode == 1 and "already there" in refused.stderr
    resumed = run("train", "--task", "translate", "--resume", "--max-epochs", "3")
    assert resumed.returncode == 0, resumed.stderr
    assert not (home / "checkpoints" / ".translate.training").exists()
    assert run("train", "--task", "translate", "--resume").returncode == 1


def test_what_was_taught_and_found_good_is_learnt_and_nothing_else(
    installed: Path, home: Path, tmp_path: Path
) -> None:
    refused = run("train", "--from-history", "--name", "mine")
    assert refused.returncode == 1 and "nothing to learn" in refused.stderr
    db = open_database()
    TaughtPairs(db).teach("where do I live", "You live by the sea.")
    talks = Conversations(db)
    talk = talks.start()
    for prompt, reply, good in (("hi", "Hello, captain.", True), ("bye", "Whatever.", None)):
        talks.add(talk, "user", prompt)
        message = talks.add(talk, "assistant", reply)
        Feedback(db).rate(message.id, good)
    ended = run("train", "--from-history", "--name", "mine", "--max-epochs", "1", "--json")
    assert ended.returncode == 0, ended.stderr
    record = json.loads((home / "checkpoints" / "mine" / "corpus.json").read_text())
    # About as many as the lessons, two learnt twenty times; a line of a talk may hold several examples.
    assert 20 <= record["rehearsed"] <= 60
    assert f"of these {record['rehearsed']} from what the checkpoint learnt first" in ended.stderr
    lessons = [Path(file) for file in record["files"] if file.endswith("lessons.jsonl")]
    assert len(lessons) == 20  # two lessons weigh as forty lines
    assert not lessons[0].exists()


def test_a_dry_run_counts_and_changes_nothing(digits: Path, home: Path) -> None:
    ended = _train(digits, "--dry-run")
    assert ended.returncode == 0, ended.stderr
    names = [line.split()[0] for line in ended.stdout.splitlines()]
    assert names == [
        "examples", "pieces", "vocabulary", "weights", "steps", "speed", "time", "memory", "disk"
    ]  # fmt: skip
    assert not (home / "checkpoints").exists()
