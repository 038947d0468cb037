from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, replace

import pytest

from assistant.settings import PRESETS, TASKS, DecodingSettings, Settings, Task, fine_tuning, settings_for

_TASKS: tuple[Task, ...] = ("chat", "translate")


def test_the_tasks() -> None:
    assert TASKS == _TASKS


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("task", _TASKS)
def test_settings_survive_their_file(task: Task, preset: str) -> None:
    settings = settings_for(task, preset)
    assert Settings.from_dict(json.loads(json.dumps(settings.to_dict()))) == settings
    assert (settings.task, settings.preset) == (task, preset)


def test_changed_settings_survive_their_file() -> None:
    base = settings_for("chat", "tiny")
    changed = replace(
        base,
        network=replace(base.network, cell="gru", attention="bahdanau", hidden=48),
        training=replace(base.training, seed=7, max_minutes=1.5),
        decoding=DecodingSettings(beam=1, block_ngram=0),
    )
    again = Settings.from_dict(json.loads(json.dumps(changed.to_dict())))
    assert again == changed != base


@pytest.mark.parametrize("name", ["task", "preset", "corpus", "network", "training", "decoding"])
def test_a_missing_section_is_told(name: str) -> None:
    values = Settings().to_dict()
    del values[name]
    with pytest.raises(KeyError, match=name):
        Settings.from_dict(values)


@pytest.mark.parametrize("section", ["corpus", "network", "training", "decoding"])
def test_an_unknown_name_is_told(section: str) -> None:
    values = Settings().to_dict()
    values[section]["colour"] = "blue"
    with pytest.raises(TypeError, match="colour"):
        Settings.from_dict(values)


def test_a_value_left_out_takes_its_default() -> None:
    values = Settings().to_dict()
    del values["decoding"]["beam"]
    assert Settings.from_dict(values) == Settings()


def test_what_a_task_changes() -> None:
    chat, translate = settings_for("chat", "base"), settings_for("translate", "base")
    assert (chat.corpus.vocabulary, translate.corpus.vocabulary) == (4000, 8000)
    assert chat.decoding == DecodingSettings(block_ngram=3, max_pieces=50)
    assert translate.decoding == DecodingSettings(max_ratio=2.0, coverage=0.1)
    assert chat.network == translate.network == Settings().network
    assert chat.training == translate.training


def test_a_course_brings_its_own_augmentation_and_half_the_dropout() -> None:
    fresh = settings_for("translate", "base")
    first = fine_tuning(fresh, fresh)
    assert first.corpus == fresh.corpus
    assert (first.network.dropout, first.network.word_dropout) == (0.1, 0.05)
    assert (first.training.learning_rate, first.training.keep) == (1e-3, "last")
    older = replace(fresh, corpus=replace(fresh.corpus, variants=0.2, bpe_dropout=0.0, vocabulary=300))
    second = fine_tuning(fine_tuning(older, fresh), fresh)  # no less after many courses
    assert second == replace(first, corpus=replace(first.corpus, vocabulary=300))


def test_what_a_preset_changes() -> None:
    networks = [settings_for("translate", preset).network for preset in ("tiny", "small", "base")]
    assert [(net.embedding, net.hidden) for net in networks] == [(128, 256), (256, 384), (256, 512)]
    assert PRESETS["base"] == Settings()
    assert settings_for("chat", "tiny").corpus.max_pieces == 60
    with pytest.raises(KeyError):
        settings_for("chat", "huge")


def test_asking_for_a_preset_leaves_it_as_it_is() -> None:
    before = dict(PRESETS)
    settings_for("chat", "small")
    assert before == PRESETS
    with pytest.raises(FrozenInstanceError):
        PRESETS["tiny"].corpus.vocabulary = 1  # type: ignore[misc]


@pytest.mark.parametrize("preset", PRESETS)
def test_the_two_directions_of_the_encoder_share_the_state_evenly(preset: str) -> None:
    assert PRESETS[preset].network.hidden % 2 == 0
