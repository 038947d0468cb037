"""The exported network says what the trained one says."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
import torch

from assistant.errors import CheckpointError
from assistant.inference.rules import Rules
from assistant.inference.runtime import Floats, Memory, OnnxNetwork
from assistant.inference.search import beam_search
from assistant.network.seq2seq import Seq2Seq
from assistant.settings import AttentionKind, Cell, NetworkSettings
from assistant.text.pieces import END, PAD
from assistant.training.export import export_network, quantise
from assistant.training.greedy import greedy

V = 40


class _Both(NamedTuple):
    trained: Seq2Seq
    served: OnnxNetwork
    folder: Path


def _network(cell: Cell, attention: AttentionKind, layers: int) -> Seq2Seq:
    torch.manual_seed(7)
    settings = NetworkSettings(
        cell=cell, attention=attention, embedding=12, hidden=16, encoder_layers=layers, dropout=0.3
    )
    network = Seq2Seq(settings, V)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.mul_(3.0)  # as decided as a trained network, so that a mistake shows
        network.bias[END] = 2.0
    return network.eval()


@pytest.fixture(autouse=True)
def _quiet(one_thread: None) -> None:
    pass


@pytest.fixture(
    scope="module",
    params=list(product(["lstm", "gru"], ["luong", "bahdanau"], [1, 2])),
    ids=lambda shape: "-".join(map(str, shape)),
)
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> _Both:
    folder = tmp_path_factory.mktemp("exported")
    network = _network(*request.param)
    export_network(network, folder)
    return _Both(network, OnnxNetwork(folder), folder)


def _sources(seed: int) -> list[list[int]]:
    chance = np.random.default_rng(seed)
    return [chance.integers(4, V, size=length).tolist() for length in (1, 2, 5, 17, 60)]


def _differences(both: _Both, served: OnnxNetwork, steps: int) -> dict[str, Floats]:
    """Feed both networks the same random pieces; return how far apart they come, by part."""
    chance = np.random.default_rng(2)
    apart: dict[str, list[Floats]] = {"scores": [], "attention": [], "state": []}
    for source, k in product(_sources(1), (1, 2, 5)):
        memory = served.encode(source)
        with torch.no_grad():
            expected_memory = both.trained.encode(torch.tensor([source]))
        state = np.repeat(memory.initial, k, axis=1)
        expected_state = expected_memory.initial.repeat(1, k, 1)
        for _ in range(steps):
            previous = chance.integers(0, V, size=k)
            scores, attention, state = served.step(previous, state, memory)
            with torch.no_grad():
                decoded = both.trained.decode(
                    torch.from_numpy(previous).unsqueeze(1), expected_memory, expected_state
                )
                expected = torch.log_softmax(both.trained.logits(decoded.features[:, 0]), -1)
            expected_state = decoded.state
            for part, ours, theirs in (
                ("scores", scores, expected),
                ("attention", attention, decoded.attention[:, 0]),
                ("state", state, expected_state),
            ):
                assert ours.shape == tuple(theirs.shape)
                apart[part].append(np.abs(ours - theirs.numpy()).ravel())
    return {part: np.concatenate(differences) for part, differences in apart.items()}


def test_the_export_in_32_bits_is_the_network(both: _Both) -> None:
    for part, differences in _differences(both, both.served, steps=6).items():
        assert differences.max() < 1e-4, part


def test_the_encoders_agree(both: _Both) -> None:
    for source in _sources(3):
        with torch.no_grad():
            expected = both.trained.encode(torch.tensor([source]))
        memory = both.served.encode(source)
        assert isinstance(memory, Memory)
        for name in ("states", "keys", "initial"):
            np.testing.assert_allclose(getattr(memory, name), getattr(expected, name).numpy(), atol=1e-4)


def test_greedy_equals_a_beam_of_one(both: _Both) -> None:
    sources = [source for seed in range(8) for source in _sources(seed)]
    answers = greedy(both.trained, sources, most=12)
    assert len({len(answer) for answer in answers}) >= 3  # some end early, some late
    rules = Rules(never=[PAD], first=(), min_pieces=0, max_pieces=12, block_ngram=0)
    for source, answer in zip(sources, answers, strict=True):
        # Without a length penalty, no longer answer can overtake the one that greed ends.
        [best] = beam_search(both.served, source, rules, beam=1, length_penalty=0.0)
        assert best.pieces == tuple(answer)


def test_eight_bits_stay_close(both: _Both, tmp_path: Path) -> None:
    for file in both.folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    quantise(tmp_path)
    assert sorted(f.name for f in tmp_path.iterdir() if f.is_file()) == ["decoder.onnx", "encoder.onnx"]
    apart = _differences(both, OnnxNetwork(tmp_path), steps=3)
    assert apart["scores"].max() > 0.0  # it was rounded at all
    # Measured, then doubled; the log-probabilities spread over some ten nats.
    for part, most in (("scores", 0.12), ("attention", 0.005), ("state", 0.025)):
        assert apart[part].mean() < most, part


@pytest.mark.parametrize("content", [None, b"", b"no graph"])
def test_a_missing_or_damaged_graph_is_named(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "encoder.onnx").write_bytes(content)
    with pytest.raises(CheckpointError, match=r"encoder\.onnx: damaged"):
        OnnxNetwork(tmp_path)
