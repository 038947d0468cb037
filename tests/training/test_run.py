"""A whole run: what it writes, and what it will not overwrite."""

from __future__ import annotations

import json
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.checkpoint import Checkpoint, read_checkpoint
from assistant.errors import AssistantError, CheckpointError, CorpusError, TrainingError
from assistant.inference.runtime import OnnxNetwork
from assistant.replies.translator import Translator
from assistant.settings import Settings, settings_for
from assistant.training import run as run_module
from assistant.training.estimate import estimate
from assistant.training.news import Evaluation, News, Step
from assistant.training.plan import Plan, learnt_before, load_plan
from assistant.training.run import train
from tests.training.conftest import reversed_digits


@pytest.fixture
def data(tmp_path: Path) -> Path:
    file = tmp_path / "digits.tsv"
    lines = reversed_digits(60, seed=2)
    file.write_text("".join(f"uno {source}\tone {target}\n" for source, target in lines), "utf-8")
    return file


@pytest.fixture
def plan(settings: Settings, data: Path) -> Plan:
    quick = replace(
        settings,
        corpus=replace(settings.corpus, vocabulary=300, held_out=0.2, variants=0.0),
        training=replace(settings.training, max_epochs=1),
    )
    return Plan("digits", quick, [data], "assistant train digits.tsv")


def _train(plan: Plan, resume: bool = False, force: bool = False, news: list[str] | None = None) -> bool:
    report = (news if news is not None else []).append
    return train(plan, "cpu", resume, force, lambda _: None, report)


def _break_off(plan: Plan) -> None:
    """Leave a training unfinished, as a power cut after the first evaluation does."""

    def listen(news: News) -> None:
        if isinstance(news, Evaluation):
            raise RuntimeError("the lights went out")

    with pytest.raises(RuntimeError, match="lights"):
        train(plan, "cpu", False, False, listen, lambda _: None)


def _contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_a_run_writes_a_whole_checkpoint(plan: Plan, home: Path) -> None:
    news: list[str] = []
    assert _train(plan, news=news)
    folder = home / "checkpoints" / "digits"
    assert plan.checkpoint == folder
    checkpoint = read_checkpoint(folder)
    assert checkpoint.settings == plan.settings
    assert [f.name for f in folder.parent.iterdir()] == ["digits"]  # the workspace is gone
    assert set(_contents(folder)) == {
        "settings.json", "pieces.model", "weights.safetensors", "encoder.onnx", "decoder.onnx",
        "scores.json", "card.md", "metrics.jsonl", "corpus.json",
    }  # fmt: skip
    _check_scores(checkpoint)
    for fact in ("# digits", "digits.tsv", "assistant train digits.tsv", "LSTM", "seed 1"):
        assert fact in checkpoint.card
    assert Translator(checkpoint).translate("uno 1 2 3").text is not None
    assert OnnxNetwork(folder).encode([5, 6]).states.shape == (1, 2, 12)
    learnt = next(line for line in news if "to learn" in line)
    assert [int(word) for word in learnt.split() if word.isdigit()] == [
        60 - checkpoint.scores["held_out"]["examples"], checkpoint.scores["held_out"]["examples"]
    ]  # fmt: skip


def _check_scores(checkpoint: Checkpoint) -> None:
    scores = checkpoint.scores
    assert scores["held_out"].keys() == {"examples", "loss", "bleu", "chrf", "exact"}
    assert scores["held_out"]["loss"] == pytest.approx(scores["history"][-1]["loss"], abs=1e-4)
    assert scores["steps"] == scores["history"][-1]["step"] > 0


def test_a_chat_run(tmp_path: Path, plan: Plan) -> None:
    file = tmp_path / "talks.jsonl"
    talks = [
        {"turns": [f"say {a}", f"Here: {b}.", "and again", f"{b}, as before."]}
        for a, b in reversed_digits(30, 3)
    ]
    file.write_text("".join(json.dumps(talk) + "\n" for talk in talks), "utf-8")
    chat = replace(plan.settings, task="chat", decoding=settings_for("chat", "tiny").decoding)
    assert _train(replace(plan, name="talks", settings=chat, data=[file]))
    checkpoint = read_checkpoint(plan.checkpoint.with_name("talks"))
    assert checkpoint.settings.task == "chat"
    assert checkpoint.scores["held_out"]["examples"] > 0


def test_a_checkpoint_is_replaced_only_by_force(plan: Plan) -> None:
    _train(plan)
    before = _contents(plan.checkpoint)
    with pytest.raises(CheckpointError, match="already there; replace it with --force"):
        _train(plan)
    assert _contents(plan.checkpoint) == before
    assert not plan.workspace.exists()
    other = replace(plan, settings=replace(plan.settings, training=replace(plan.settings.training, seed=5)))
    assert _train(other, force=True)
    assert read_checkpoint(plan.checkpoint).settings.training.seed == 5
    assert [f.name for f in plan.checkpoint.parent.iterdir()] == ["digits"]


def test_another_kind_of_folder_is_never_replaced(plan: Plan) -> None:
    plan.checkpoint.mkdir(parents=True)
    (plan.checkpoint / "diary.txt").write_text("mine")
    with pytest.raises(CheckpointError, match="something else is there"):
        _train(plan, force=True)
    assert _contents(plan.checkpoint) == {"diary.txt": b"mine"}


def test_an_unfinished_training_is_resumed(plan: Plan) -> None:
    two = replace(
        plan, settings=replace(plan.settings, training=replace(plan.settings.training, max_epochs=2))
    )
    _break_off(two)
    assert not plan.checkpoint.exists()
    with pytest.raises(TrainingError, match="go on with --resume, or begin anew with --force"):
        _train(two)
    again = load_plan("digits")
    assert again == replace(two, data=[two.data[0].resolve()])
    assert _train(again, resume=True)
    assert [entry["epoch"] for entry in read_checkpoint(plan.checkpoint).scores["history"]] == [1, 2]
    assert not plan.workspace.exists()


def test_an_unfinished_training_is_begun_anew_by_force(plan: Plan) -> None:
    two = replace(
        plan, settings=replace(plan.settings, training=replace(plan.settings.training, max_epochs=2))
    )
    _break_off(two)
    assert _train(plan, force=True)
    assert [entry["epoch"] for entry in read_checkpoint(plan.checkpoint).scores["history"]] == [1]
    assert not plan.workspace.exists()


def test_an_interrupted_run_writes_its_checkpoint_and_can_be_resumed(plan: Plan) -> None:
    def listen(news: News) -> None:
        if isinstance(news, Step) and news.step == 2:
            signal.raise_signal(signal.SIGINT)

    assert not train(plan, "cpu", False, False, listen, lambda _: None)
    assert read_checkpoint(plan.checkpoint).scores["steps"] == 2
    assert plan.workspace.exists()
    assert _train(load_plan("digits"), resume=True)
    assert read_checkpoint(plan.checkpoint).scores["steps"] > 2
    assert not plan.workspace.exists()


def test_a_corpus_at_fault_leaves_nothing_in_the_way_of_the_next_try(plan: Plan, tmp_path: Path) -> None:
    with pytest.raises(CorpusError):
        _train(replace(plan, data=[tmp_path / "mistyped.tsv"]))
    assert _train(plan)


def test_the_vocabulary_of_a_resumed_run_is_the_first_one(plan: Plan, data: Path) -> None:
    two = replace(
        plan, settings=replace(plan.settings, training=replace(plan.settings.training, max_epochs=2))
    )
    _break_off(two)
    first = (plan.corpus / "pieces.model").read_bytes()
    data.write_text(data.read_text("utf-8") + "dos tres\ttwo three\n" * 3, "utf-8")
    assert _train(load_plan("digits"), resume=True)
    assert (plan.checkpoint / "pieces.model").read_bytes() == first


def test_a_place_that_cannot_be_written(plan: Plan, home: Path) -> None:
    home.mkdir()
    (home / "checkpoints").write_text("a file where the folder should be")
    with pytest.raises(AssistantError, match="checkpoints"):
        _train(plan)
    assert (home / "checkpoints").read_text() == "a file where the folder should be"


def test_a_plan_comes_back(plan: Plan) -> None:
    plan.workspace.mkdir(parents=True)
    plan.save(plan.workspace)
    assert load_plan("digits") == replace(plan, data=[plan.data[0].resolve()])


def test_no_plan() -> None:
    with pytest.raises(TrainingError, match="no unfinished training of digits"):
        load_plan("digits")


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"settings": {}}', '{"settings": {"other": 1}}'])
def test_a_damaged_plan(plan: Plan, content: str) -> None:
    plan.workspace.mkdir(parents=True)
    (plan.workspace / "plan.json").write_text(content)
    with pytest.raises(TrainingError, match=r"plan\.json: damaged"):
        load_plan("digits")


def test_a_plan_that_lacks_its_data(plan: Plan) -> None:
    plan.workspace.mkdir(parents=True)
    plan.save(plan.workspace)
    file = plan.workspace / "plan.json"
    record = json.loads(file.read_text("utf-8"))
    del record["data"]
    file.write_text(json.dumps(record))
    with pytest.raises(TrainingError, match=r"plan\.json: damaged"):
        load_plan("digits")


def test_killed_before_the_first_state_it_begins_again(plan: Plan) -> None:
    def listen(news: News) -> None:
        raise RuntimeError("the lights went out")

    with pytest.raises(RuntimeError, match="lights"):
        train(plan, "cpu", False, False, listen, lambda _: None)
    assert not plan.state.exists()
    assert _train(load_plan("digits"), resume=True)
    assert read_checkpoint(plan.checkpoint).scores["steps"] > 0


def test_killed_while_encoding_it_encodes_again(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(run_module, "encode_corpora", die)
        with pytest.raises(KeyboardInterrupt):
            _train(plan)
    assert not plan.workspace.exists()
    assert _train(load_plan("digits"), resume=True)
    assert [f.name for f in plan.checkpoint.parent.iterdir()] == ["digits"]


def test_the_data_of_a_resumed_run_is_that_it_began_with(plan: Plan, data: Path) -> None:
    _break_off(plan)
    data.unlink()
    assert _train(load_plan("digits"), resume=True)


def test_going_on_from_a_checkpoint_rehearses_what_it_learnt(plan: Plan, tmp_path: Path) -> None:
    _train(plan)
    first = read_checkpoint(plan.checkpoint)
    new = tmp_path / "new.tsv"
    new.write_text("".join(f"dos {a}\ttwo {b}\n" for a, b in reversed_digits(30, seed=8)), "utf-8")
    assert learnt_before(first, [new]) == [plan.data[0].resolve()]
    assert learnt_before(first, plan.data) == []
    news: list[str] = []
    second = replace(
        plan, name="second", data=[new], start=plan.checkpoint, rehearse=learnt_before(first, [new])
    )
    assert _train(second, news=news)
    assert any("from what the checkpoint learnt first" in line for line in news)
    record = json.loads((second.checkpoint / "corpus.json").read_text())
    assert 20 <= record["rehearsed"] <= 35  # about as many as are new
    assert [Path(file).name for file in record["files"]] == ["new.tsv", "digits.tsv"]


def test_what_talks_were_opened_with_is_kept_with_a_network_that_names_topics(
    plan: Plan, tmp_path: Path
) -> None:
    talks = tmp_path / "talks.jsonl"
    greetings = [{"turns": [f"good day number {i}", f"Day {i}."], "topic": "Day"} for i in range(30)]
    talks.write_text("\n".join(map(json.dumps, greetings)))
    corpus = replace(plan.settings.corpus, topics=True)
    chat = replace(plan, data=[talks], settings=replace(plan.settings, task="chat", corpus=corpus))
    assert _train(chat)
    openings = read_checkpoint(chat.checkpoint).openings
    assert openings and openings.near("a good day")[0].topic == "day"
    silent = replace(corpus, topics=False)
    assert _train(replace(chat, settings=replace(chat.settings, corpus=silent)), force=True)
    assert read_checkpoint(chat.checkpoint).openings is None


def test_an_estimate_leaves_nothing_behind(plan: Plan, home: Path) -> None:
    found = estimate(plan, "cpu", lambda line: None)
    assert (found.examples + found.held_out, found.vocabulary) == (60, 300)
    assert found.parameters > 0 and found.tokens_per_second > 0
    needed = found.target_pieces * found.epochs / found.tokens_per_second / 60
    assert found.minutes == pytest.approx(needed, abs=0.1)
    assert found.steps_an_epoch >= found.target_pieces // 60
    assert found.memory > 50e6 and found.disk > 0
    assert not home.exists() or not list(home.rglob("*.*"))
