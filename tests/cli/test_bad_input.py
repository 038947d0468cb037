"""Bad input to the real program: a clear message and the right exit code, and nothing lost."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from assistant.checkpoint import Checkpoint
from assistant.settings import Task
from tests.cli.program import PROGRAM, run

_OFTEN = ("--max-epochs", "1")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.tsv", b"", "nothing to learn from"),
        ("blank.tsv", b"\n\n \n", "nothing to learn from"),
        ("column.tsv", b"hola\thello\nadios\n", "column.tsv:2: only one column"),
        ("binary.tsv", bytes(range(256)), "binary.tsv:1: this is a binary file"),
        ("latin.tsv", "año\tyear\n".encode("latin-1"), "latin.tsv:1: byte 2 is not UTF-8"),
        ("broken.jsonl", b'{"turns": ["a", \n', "broken.jsonl:1: not JSON"),
        ("shape.jsonl", b'{"words": 1}\n', "shape.jsonl:1: give"),
    ],
)
def test_a_bad_corpus_is_named_by_file_and_line(
    tmp_path: Path, home: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    ended = run("train", "--data", tmp_path / name, *_OFTEN)
    assert ended.returncode == 1
    assert said in ended.stderr
    assert not (home / "checkpoints" / "chat").exists()


def test_a_missing_corpus(tmp_path: Path) -> None:
    ended = run("train", "--data", tmp_path / "nowhere.tsv")
    assert ended.returncode == 1
    assert "nowhere.tsv: there is no such file" in ended.stderr


def test_a_place_that_cannot_be_written(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A file where a folder should be stops root as well, whom permissions would not.
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "file" / "home"))
    ended = run("train", *_OFTEN)
    assert ended.returncode == 1
    assert "cannot be written" in ended.stderr


@pytest.mark.usefixtures("installed")
def test_training_does_not_overwrite(home: Path) -> None:
    before = (home / "checkpoints" / "chat" / "settings.json").read_bytes()
    ended = run("train", *_OFTEN)
    assert ended.returncode == 1
    assert "--force" in ended.stderr
    assert (home / "checkpoints" / "chat" / "settings.json").read_bytes() == before


@pytest.mark.parametrize("file", ["pieces.model", "encoder.onnx", "decoder.onnx", "settings.json"])
@pytest.mark.parametrize("harm", ["missing", "truncated"])
def test_a_damaged_checkpoint(
    tmp_path: Path, untrained: dict[Task, Checkpoint], file: str, harm: str
) -> None:
    folder = tmp_path / "damaged"
    shutil.copytree(untrained["translate"].path, folder)
    if harm == "missing":
        (folder / file).unlink()
    else:
        os.truncate(folder / file, (folder / file).stat().st_size // 2)
    ended = run("translate", "--model", folder, "hola")
    assert ended.returncode == 1
    assert file in ended.stderr
    assert ended.stdout == ""


@pytest.mark.parametrize(("file", "content"), [("scores.json", "{"), ("card.md", b"\xff".decode("latin-1"))])
def test_a_damaged_score_or_card(
    tmp_path: Path, untrained: dict[Task, Checkpoint], file: str, content: str
) -> None:
    folder = tmp_path / "damaged"
    shutil.copytree(untrained["translate"].path, folder)
    (folder / file).write_text(content, "latin-1")
    ended = run("models", "show", folder, *(["--json"] if file == "scores.json" else []))
    assert ended.returncode == 1
    assert file in ended.stderr


def test_settings_of_wrong_types_are_refused(tmp_path: Path, untrained: dict[Task, Checkpoint]) -> None:
    folder = tmp_path / "strange"
    shutil.copytree(untrained["translate"].path, folder)
    record = (folder / "settings.json").read_text()
    (folder / "settings.json").write_text(record.replace('"beam": 5', '"beam": "x"'))
    ended = run("translate", "--model", folder, "hola")
    assert ended.returncode == 1
    assert "beam = 'x'" in ended.stderr


def test_a_stranger_s_card_does_not_command_the_terminal(
    tmp_path: Path, untrained: dict[Task, Checkpoint]
) -> None:
    folder = tmp_path / "strange"
    shutil.copytree(untrained["translate"].path, folder)
    (folder / "card.md").write_text("# mine\n\x1b]0;yours\x07")
    assert run("models", "show", folder).stdout == "# mine\n]0;yours\n"


def test_a_name_that_is_too_long_is_not_found() -> None:
    assert run("translate", "--model", "n" * 300, "hola").returncode == 3


def test_a_mistyped_corpus_costs_no_unfinished_training(home: Path, tmp_path: Path) -> None:
    workspace = home / "checkpoints" / ".chat.training"
    workspace.mkdir(parents=True)
    (workspace / "plan.json").write_text("{}")
    ended = run("train", "--force", "--data", tmp_path / "typo.tsv")
    assert ended.returncode == 1
    assert (workspace / "plan.json").exists()


def test_no_checkpoint_names_the_command_that_makes_one(tmp_path: Path) -> None:
    for command, wanted in (("ask", "assistant train"), ("translate", "assistant train --task translate")):
        ended = run(command, "--model", "mine", "hola")
        assert ended.returncode == 3
        assert wanted in ended.stderr


@pytest.mark.usefixtures("installed")
class TestAnswering:
    """Odd texts to programs that have a checkpoint."""

    @pytest.mark.parametrize("command", ["translate", "ask"])
    def test_ten_thousand_characters(self, command: str) -> None:
        ended = run(command, "--no-log", stdin=("palabra y otra cosa " * 500) + "\n")
        assert ended.returncode == 0
        assert ended.stdout.count("\n") == 1

    def test_only_emoji_comes_back_as_it_is(self) -> None:
        assert run("translate", "🙂🎉").stdout == "🙂🎉\n"

    def test_only_emoji_gets_a_sensible_reply(self) -> None:
        ended = run("ask", "🙂🎉")
        assert ended.returncode == 0
        assert ended.stdout.strip()

    @pytest.mark.parametrize("command", ["translate", "ask"])
    def test_a_nul_byte_does_no_harm(self, command: str) -> None:
        ended = run(command, stdin=b"ho\0la\n")
        assert ended.returncode == 0
        assert ended.stdout == run(command, stdin=b"hola\n").stdout

    @pytest.mark.parametrize("command", ["translate", "ask"])
    def test_invalid_utf8_is_named_by_line(self, command: str) -> None:
        ended = run(command, stdin=b"hola\n\xff\xfe\n")
        assert ended.returncode == 1
        assert "stdin:2: byte 1 is not UTF-8" in ended.stderr

    def test_what_came_before_a_bad_line_is_kept(self) -> None:
        assert run("translate", stdin=b"hola\n\xff\n").stdout == run("translate", "hola").stdout

    @pytest.mark.parametrize("command", ["translate", "ask"])
    @pytest.mark.parametrize("how", [(b"ni\xf1o", b""), (b"--jsonl", b'"ni\\ud800o"\n')])
    def test_half_a_character_is_refused(self, command: str, how: tuple[bytes, bytes]) -> None:
        argument, piped = how
        ended = run(command, os.fsdecode(argument), stdin=piped)
        assert ended.returncode == 1
        assert "is not Unicode text" in ended.stderr

    @pytest.mark.parametrize("command", ["translate", "ask"])
    def test_nothing_at_all(self, command: str) -> None:
        ended = run(command, stdin="")
        assert ended.returncode == 1
        assert "nothing to" in ended.stderr
        assert run(command, "--jsonl", stdin="").returncode == 1

    @pytest.mark.parametrize("arguments", [("translate", ""), ("ask", " ")])
    def test_an_empty_argument(self, arguments: tuple[str, ...]) -> None:
        ended = run(*arguments)
        assert ended.returncode in (1, 2)
        assert "nothing to" in ended.stderr

    @pytest.mark.parametrize("from_file", [False, True])
    def test_a_closed_pipe_ends_quietly(self, tmp_path: Path, from_file: bool) -> None:
        (tmp_path / "text").write_text("hola\n" * 200)
        with subprocess.Popen(
            [PROGRAM, "translate", "--no-log", *(("-i", str(tmp_path / "text")) if from_file else ())],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        ) as program:  # fmt: skip
            assert program.stdin and program.stdout and program.stderr
            program.stdout.close()
            try:
                program.stdin.write(b"hola\n" * 200)
                program.stdin.close()
            except BrokenPipeError:
                pass
            assert program.stderr.read() == b""
        assert program.returncode != 0

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        ended = run("translate", "-i", tmp_path / "nowhere.txt")
        assert ended.returncode == 1
        assert "nowhere.txt: cannot be read" in ended.stderr

    def test_a_file_is_not_written_over_while_it_is_read(self, tmp_path: Path) -> None:
        (tmp_path / "text").write_text("hola\n")
        ended = run("translate", "-i", tmp_path / "text", "-o", tmp_path / "text")
        assert ended.returncode == 2
        assert (tmp_path / "text").read_text() == "hola\n"

    def test_a_failure_leaves_the_output_as_it_was(self, tmp_path: Path) -> None:
        (tmp_path / "out").write_text("mine\n")
        for arguments in (("-i", "nowhere"), ("--model", "nobody")):
            ended = run("translate", *arguments, "-o", tmp_path / "out", stdin="hola\n")
            assert ended.returncode != 0
            assert (tmp_path / "out").read_text() == "mine\n"

    def test_empty_input_leaves_the_output_as_it_was(self, tmp_path: Path) -> None:
        (tmp_path / "out").write_text("mine\n")
        for stdin in (b"", b"\xff\n"):
            assert run("translate", "-o", tmp_path / "out", stdin=stdin).returncode == 1
            assert (tmp_path / "out").read_text() == "mine\n"

    @pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="no /dev/full here")
    def test_a_full_disk_is_said(self) -> None:
        ended = run("translate", "-o", "/dev/full", stdin="hola\n")
        assert (ended.returncode, "/dev/full: cannot be written" in ended.stderr) == (1, True)
        with Path("/dev/full").open("w") as full:
            ended = subprocess.run([PROGRAM, "ask", "hello"], stdout=full, stderr=subprocess.PIPE, text=True)
        assert ended.returncode == 1
        assert ended.stderr.count("\n") == 1 and "stdout: cannot be written" in ended.stderr

    @pytest.mark.parametrize("command", ["translate", "ask"])
    def test_a_closed_stdin(self, command: str) -> None:
        ended = subprocess.run(f'"{PROGRAM}" {command} <&-', shell=True, capture_output=True, text=True)
        assert ended.returncode == 2
        assert "Traceback" not in ended.stderr

    def test_an_output_that_cannot_be_written(self, tmp_path: Path) -> None:
        ended = run("translate", "-o", tmp_path / "no" / "folder.txt", stdin="hola\n")
        assert ended.returncode == 1
        assert "cannot be written" in ended.stderr

    def test_a_history_that_is_no_database(self, home: Path) -> None:
        (home / "history.db").write_text("these are my notes, do not touch " * 100)
        ended = run("ask", "hello")
        assert ended.returncode == 1
        assert "history.db" in ended.stderr and "--no-log" in ended.stderr
        assert (home / "history.db").read_text().startswith("these are my notes")

    @pytest.mark.parametrize("line", ["not json", '{"words": 1}', '{"turns": []}', "[1]", "[" * 100_000])
    def test_a_bad_json_line(self, line: str) -> None:
        for command in ("ask", "translate"):
            ended = run(command, "--jsonl", stdin=line + "\n")
            assert ended.returncode == 1
            assert "1" in ended.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("train", "--preset", "huge"),
        ("train", "--task", "sing"),
        ("train", "--name", "../elsewhere"),
        ("train", "--name", "n" * 300),
        ("train", "--name", ""),
        ("train", "--resume", "--seed", "3"),
        ("translate", "--jsonl", "hola"),
        ("translate", "-n", "0", "hola"),
        ("ask", "--no-log", "-c", "hola"),
        ("translate", "-i", "file", "hola"),
    ],
)
def test_wrong_usage_is_exit_code_2(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).returncode == 2
