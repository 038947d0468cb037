from __future__ import annotations

import json
import os
import shutil
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant import locations
from assistant.checkpoint import (
    CARD,
    DECODER,
    ENCODER,
    PIECES,
    SCORES,
    SETTINGS,
    WEIGHTS,
    checkpoint_folders,
    find_checkpoint,
    read_checkpoint,
    refuse_taken,
    writing_checkpoint,
)
from assistant.errors import CheckpointError, NoCheckpointError
from assistant.settings import Settings, Task, settings_for
from assistant.text.pieces import train_pieces

_FILES = (PIECES, WEIGHTS, ENCODER, DECODER)
_MADE = "2026-01-01T00:00:00+00:00"


def _write(
    path: Path, task: Task = "chat", made: str = _MADE, force: bool = False, word: str = "old"
) -> Path:
    """Write a checkpoint of four files that hold a word each: whole, as far as the door is concerned."""
    with writing_checkpoint(path, settings_for(task, "tiny"), made, force) as folder:
        for name in _FILES:
            (folder / name).write_text(f"{word} {name}")
    return path


def _tree(folder: Path) -> dict[str, bytes | None]:
    """Return all that is in a folder, hidden things included."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


@pytest.fixture(autouse=True)
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of shipped checkpoints."""
    folder = tmp_path / "shipped"
    folder.mkdir()
    monkeypatch.setattr(locations, "shipped_checkpoints", lambda: folder)
    return folder


@pytest.fixture
def owned(home: Path) -> Path:
    return home / "checkpoints"


def test_what_was_written_is_read(tmp_path: Path) -> None:
    settings = replace(settings_for("translate", "tiny"), preset="mine")
    with writing_checkpoint(tmp_path / "es-en", settings, _MADE, force=False) as folder:
        assert folder.parent == tmp_path
        assert not (tmp_path / "es-en").exists()
        for name in _FILES:
            (folder / name).write_text(name)
        (folder / SCORES).write_text('{"bleu": 30.5}')
        (folder / CARD).write_text("# ¡Hola!\n", "utf-8")
    checkpoint = read_checkpoint(tmp_path / "es-en")
    assert (checkpoint.name, checkpoint.settings, checkpoint.made) == ("es-en", settings, _MADE)
    assert checkpoint.scores == {"bleu": 30.5}
    assert checkpoint.card == "# ¡Hola!\n"
    assert checkpoint.bytes == sum(len(content or b"") for content in _tree(tmp_path / "es-en").values())
    assert not folder.exists()


def test_scores_and_card_may_be_missing(owned: Path) -> None:
    checkpoint = read_checkpoint(_write(owned / "bare"))
    assert (checkpoint.scores, checkpoint.card) == ({}, "")


def test_the_vocabulary_is_read_when_asked_for(owned: Path) -> None:
    model = train_pieces(["hola"] * 3, 300)
    with writing_checkpoint(owned / "a", settings_for("chat", "tiny"), _MADE, force=False) as folder:
        for name in _FILES:
            (folder / name).write_bytes(model)
    pieces = read_checkpoint(owned / "a").pieces
    assert pieces.decode(pieces.encode("hola")) == "hola"


def test_a_damaged_vocabulary_is_named(owned: Path) -> None:
    checkpoint = read_checkpoint(_write(owned / "a"))
    with pytest.raises(CheckpointError) as error:
        _ = checkpoint.pieces
    assert str(error.value).startswith(f"{owned / 'a' / PIECES}: damaged: ")


def test_a_checkpoint_is_its_owner_s_alone(owned: Path) -> None:
    assert stat.S_IMODE(_write(owned / "a").stat().st_mode) == 0o700


@pytest.mark.parametrize("name", [*_FILES, SETTINGS])
def test_a_missing_file_is_named(owned: Path, name: str) -> None:
    folder = _write(owned / "a")
    (folder / name).unlink()
    with pytest.raises(CheckpointError) as error:
        read_checkpoint(folder)
    assert str(error.value) == f"{folder / name}: missing; fetch or train the checkpoint again"


@pytest.mark.parametrize("name", _FILES)
@pytest.mark.parametrize("change", [-1, 1])
def test_a_file_of_another_size_is_named(owned: Path, name: str, change: int) -> None:
    folder = _write(owned / "a")
    content = (folder / name).read_bytes()
    size = len(content)
    (folder / name).write_bytes((content + b"x")[: size + change])
    with pytest.raises(CheckpointError) as error:
        read_checkpoint(folder)
    message = f"damaged: {size + change} bytes where {size} were written; fetch or train the checkpoint again"
    assert str(error.value) == f"{folder / name}: {message}"


def _damage(record: Any, change: str) -> str | bytes:
    if change == "section":
        del record["settings"]["network"]
    elif change == "name":
        record["settings"]["network"]["colour"] = "blue"
    elif change == "null":
        record["settings"]["network"] = None
    elif change == "sizes":
        record["files"] = []
    elif change in ("settings", "made", "files"):
        del record[change]
    text = json.dumps(record)
    plain: dict[str, str | bytes] = {"half": text[:50], "empty": "", "list": "[]", "bytes": b"\xff\xfe{}"}
    return plain.get(change, text)


@pytest.mark.parametrize(
    "change",
    ["section", "name", "null", "sizes", "settings", "made", "files", "half", "empty", "list", "bytes"],
)
def test_settings_that_cannot_be_read_are_named(owned: Path, change: str) -> None:
    file = _write(owned / "a") / SETTINGS
    damaged = _damage(json.loads(file.read_text()), change)
    file.write_bytes(damaged if isinstance(damaged, bytes) else damaged.encode())
    with pytest.raises(CheckpointError) as error:
        read_checkpoint(owned / "a")
    assert str(error.value).startswith(f"{file}: cannot be read: ")


def test_a_place_that_is_taken_is_refused(tmp_path: Path) -> None:
    refuse_taken(tmp_path / "free", force=False)
    refuse_taken(tmp_path / "free", force=True)
    taken = _write(tmp_path / "taken")
    refuse_taken(taken, force=True)
    with pytest.raises(CheckpointError) as error:
        refuse_taken(taken, force=False)
    assert str(error.value) == f"{taken}: already there; replace it with --force or give another --name"


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("kind", ["folder", "file"])
def test_what_is_no_checkpoint_is_never_replaced(tmp_path: Path, kind: str, force: bool) -> None:
    path = tmp_path / "photos"
    if kind == "folder":
        path.mkdir()
        (path / "me.jpg").write_text("precious")
    else:
        path.write_text("precious")
    before = _tree(tmp_path)
    with pytest.raises(CheckpointError) as error:
        _write(path, force=force)
    assert str(error.value) == f"{path}: something else is there; choose another --name"
    assert _tree(tmp_path) == before


def test_replacing_takes_force(owned: Path) -> None:
    folder = _write(owned / "a")
    before = _tree(owned)
    with pytest.raises(CheckpointError, match="--force"):
        _write(folder, word="new")
    assert _tree(owned) == before
    _write(folder, "translate", "2026-02-02T00:00:00+00:00", force=True, word="new")
    assert {path.name for path in owned.iterdir()} == {"a"}
    assert read_checkpoint(folder).settings.task == "translate"
    assert all((folder / name).read_text() == f"new {name}" for name in _FILES)


def test_replacing_leaves_nothing_of_the_old(owned: Path) -> None:
    folder = _write(owned / "a")
    (folder / CARD).write_text("old")
    _write(folder, force=True)
    assert read_checkpoint(folder).card == ""


def test_replacing_a_link_leaves_what_it_led_to_and_nothing_else(owned: Path, tmp_path: Path) -> None:
    elsewhere = _write(tmp_path / "elsewhere")
    before = _tree(elsewhere)
    owned.mkdir(parents=True)
    (owned / "a").symlink_to(elsewhere)
    _write(owned / "a", force=True, word="new")
    assert (owned / "a" / PIECES).read_text() == f"new {PIECES}"
    assert _tree(elsewhere) == before
    assert [path.name for path in owned.iterdir()] == ["a"]


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize("failure", [RuntimeError("no"), KeyboardInterrupt(), CheckpointError("no")])
def test_a_failure_while_writing_changes_nothing(owned: Path, there: bool, failure: BaseException) -> None:
    owned.mkdir(parents=True)
    if there:
        _write(owned / "a")
    before = _tree(owned)
    with (
        pytest.raises(type(failure)),
        writing_checkpoint(owned / "a", settings_for("chat", "tiny"), _MADE, force=True) as folder,
    ):
        (folder / PIECES).write_text("half")
        raise failure
    assert _tree(owned) == before


@pytest.mark.parametrize("there", [False, True])
def test_a_file_that_was_not_written_changes_nothing(owned: Path, there: bool) -> None:
    owned.mkdir(parents=True)
    if there:
        _write(owned / "a")
    before = _tree(owned)
    with (
        pytest.raises(CheckpointError, match="cannot be written"),
        writing_checkpoint(owned / "a", settings_for("chat", "tiny"), _MADE, force=True) as folder,
    ):
        (folder / PIECES).write_text("half")
    assert _tree(owned) == before


@pytest.mark.parametrize("failing", [1, 2])
def test_a_failure_while_replacing_changes_nothing(
    owned: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    _write(owned / "a")
    before = _tree(owned)
    real, calls = os.replace, iter(range(1, 9))

    def replace_or_fail(source: Path, target: Path) -> None:
        if next(calls) == failing:
            raise OSError(28, "No space left on device")
        real(source, target)

    monkeypatch.setattr(os, "replace", replace_or_fail)
    with pytest.raises(CheckpointError, match="cannot be written: No space left on device"):
        _write(owned / "a", force=True, word="new")
    assert _tree(owned) == before


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CheckpointError) as error:
        _write(tmp_path / "file" / "a")
    assert str(error.value).startswith(f"{tmp_path / 'file'}: cannot be written: ")


def test_folders_are_listed_the_owners_first(owned: Path, shipped: Path) -> None:
    assert checkpoint_folders() == []
    names = [shipped / "b", owned / "d", owned / "c", shipped / "a"]
    for path in names:
        _write(path)
    (owned / "notes").mkdir()
    shutil.copytree(owned / "c", owned / ".c.x1y2")
    assert checkpoint_folders() == [owned / "c", owned / "d", shipped / "a", shipped / "b"]


def test_the_newest_of_the_owner_comes_before_the_shipped(owned: Path, shipped: Path) -> None:
    _write(shipped / "chat", made="2026-09-09T00:00:00+00:00")
    assert find_checkpoint("chat").path == shipped / "chat"
    _write(owned / "z", made="2026-01-01T00:00:00+00:00")
    assert find_checkpoint("chat").path == owned / "z"
    _write(owned / "a", made="2026-03-01T00:00:00+00:00")
    _write(owned / "m", made="2026-02-01T00:00:00+00:00")
    assert find_checkpoint("chat").path == owned / "a"


def test_a_task_is_served_by_its_own_checkpoints_alone(owned: Path, shipped: Path) -> None:
    _write(owned / "mine", "chat", made="2026-09-09T00:00:00+00:00")
    _write(shipped / "es-en", "translate")
    assert find_checkpoint("translate").path == shipped / "es-en"
    assert find_checkpoint("chat").path == owned / "mine"


def test_damage_to_a_checkpoint_that_is_not_wanted_is_no_obstacle(owned: Path) -> None:
    _write(owned / "talk", "chat")
    _write(owned / "es-en", "translate")
    (owned / "talk" / WEIGHTS).unlink()
    assert find_checkpoint("translate").path == owned / "es-en"


def test_a_damaged_checkpoint_gives_way_to_a_whole_one(owned: Path, shipped: Path) -> None:
    _write(shipped / "chat")
    _write(owned / "older", made="2026-01-01T00:00:00+00:00")
    _write(owned / "newer", made="2026-02-01T00:00:00+00:00")
    (owned / "newer" / WEIGHTS).unlink()
    assert find_checkpoint("chat").path == owned / "older"
    (owned / "older" / WEIGHTS).unlink()
    assert find_checkpoint("chat").path == shipped / "chat"


def test_damage_to_the_wanted_one_is_told(owned: Path) -> None:
    _write(owned / "talk", "chat")
    (owned / "talk" / WEIGHTS).write_text("")
    for name in (None, "talk"):
        with pytest.raises(CheckpointError, match=r"weights\.safetensors: damaged"):
            find_checkpoint("chat", name)


def test_a_checkpoint_can_be_named(owned: Path, shipped: Path, tmp_path: Path) -> None:
    for path in (owned / "a", shipped / "a", shipped / "b", tmp_path / "far" / "c"):
        _write(path)
    assert find_checkpoint("chat", "a").path == owned / "a"
    assert find_checkpoint("chat", "b").path == shipped / "b"
    assert find_checkpoint("chat", str(tmp_path / "far" / "c")).path == tmp_path / "far" / "c"


def test_a_checkpoint_for_another_task_is_refused(owned: Path) -> None:
    _write(owned / "talk", "chat")
    with pytest.raises(CheckpointError) as error:
        find_checkpoint("translate", "talk")
    assert str(error.value) == "talk is made for chat, not for translate: see `assistant models list`"


@pytest.mark.parametrize(
    ("task", "name", "message"),
    [
        ("chat", None, "there is no checkpoint for chat yet: make one with `assistant train`"),
        (
            "translate", None,
            "there is no checkpoint for translate yet: make one with `assistant train --task translate`",
        ),
        ("chat", "mine", "there is no checkpoint mine: make one with `assistant train --name mine`"),
        (
            "translate", "mine",
            "there is no checkpoint mine: make one with `assistant train --task translate --name mine`",
        ),
        ("chat", "/no/such/place", "there is no checkpoint /no/such/place: make one with `assistant train`"),
    ],
)  # fmt: skip
def test_where_there_is_none_the_command_that_makes_one_is_told(
    task: Task, name: str | None, message: str
) -> None:
    with pytest.raises(NoCheckpointError) as error:
        find_checkpoint(task, name)
    assert str(error.value) == message
    assert error.value.exit_code == 3


def test_settings_are_in_the_file_as_plain_values(owned: Path) -> None:
    record = json.loads((_write(owned / "a") / SETTINGS).read_text("utf-8"))
    assert Settings.from_dict(record["settings"]) == settings_for("chat", "tiny")
    assert record["files"] == {name: len(f"old {name}") for name in _FILES}
    assert record["made"] == _MADE
