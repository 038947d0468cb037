"""The network: its shapes, its weights, and that a step is the whole in small."""

from __future__ import annotations

import pytest
import torch

from assistant.network.decoder import Memory
from assistant.network.seq2seq import Seq2Seq
from assistant.settings import AttentionKind, Cell, NetworkSettings
from tests.network.conftest import VOCABULARY, tiny_network

every_kind = pytest.mark.parametrize(
    ("cell", "attention"),
    [("lstm", "luong"), ("lstm", "bahdanau"), ("gru", "luong"), ("gru", "bahdanau")],
)
SOURCE = torch.tensor([[4, 5, 6, 7, 3], [9, 8, 4, 4, 1]])
TARGET = torch.tensor([[2, 7, 6, 5, 4, 9], [2, 4, 4, 8, 9, 5]])


@every_kind
@pytest.mark.parametrize("layers", [1, 2])
def test_shapes(cell: Cell, attention: AttentionKind, layers: int) -> None:
    network = tiny_network(cell, attention, layers)
    state_tensors = 4 if cell == "lstm" else 2
    memory = network.encode(SOURCE)
    assert memory.states.shape == memory.keys.shape == (2, 5, 6)
    assert memory.initial.shape == (state_tensors, 2, 6)
    decoded = network.decode(TARGET, memory, memory.initial)
    assert decoded.features.shape == (2, 6, 4)
    assert decoded.attention.shape == (2, 6, 5)
    assert decoded.state.shape == memory.initial.shape
    assert network.logits(decoded.features).shape == (2, 6, VOCABULARY)


# By hand for V 10, E 4, H 6 and g gates: table V E + V bias 50, encoder 2 g 3 (4 + 3 + 2), first layer
# g 6 (4 + 6 + 2), second layer g 6 (12 + 6 + 2), bottleneck 12 * 4 + 4, attention 36 or 36 + 6 + 36 + 6.
@pytest.mark.parametrize(
    ("cell", "attention", "layers", "parameters"),
    [
        ("lstm", "luong", 1, 50 + 216 + 288 + 480 + 52 + 36),
        ("lstm", "bahdanau", 1, 50 + 216 + 288 + 480 + 52 + 84),
        ("gru", "luong", 1, 50 + 162 + 216 + 360 + 52 + 36),
        ("gru", "bahdanau", 1, 50 + 162 + 216 + 360 + 52 + 84),
        # The second encoder layer reads both directions of the first: 2 g 3 (6 + 3 + 2) more.
        ("lstm", "luong", 2, 50 + 216 + 264 + 288 + 480 + 52 + 36),
    ],
)
def test_number_of_weights(cell: Cell, attention: AttentionKind, layers: int, parameters: int) -> None:
    network = tiny_network(cell, attention, layers)
    assert sum(p.numel() for p in network.parameters()) == parameters


def test_source_target_and_softmax_share_one_table() -> None:
    network = tiny_network()
    tables = [p for p in network.parameters() if p.dim() == 2 and VOCABULARY in p.shape]
    assert len(tables) == 1
    assert tables[0] is network.table.weight
    features = torch.eye(4)
    assert torch.equal(network.logits(features), network.table.weight.t() + network.bias)
    before = network.encode(SOURCE).states
    with torch.no_grad():
        network.table.weight[4] += 1.0
    assert not torch.allclose(network.encode(SOURCE).states, before)
    assert torch.allclose(network.logits(features)[:, 4], network.table.weight[4] + network.bias[4])


@every_kind
def test_attention_weights_sum_to_one(cell: Cell, attention: AttentionKind) -> None:
    network = tiny_network(cell, attention)
    memory = network.encode(SOURCE)
    weights = network.decode(TARGET, memory, memory.initial).attention
    torch.testing.assert_close(weights.sum(-1), torch.ones(2, 6))
    assert (weights > 0).all()
    assert weights.std(-1).min() > 1e-3  # it looks somewhere


@every_kind
def test_steps_that_carry_the_state_equal_teacher_forcing(cell: Cell, attention: AttentionKind) -> None:
    network = tiny_network(cell, attention)
    memory = network.encode(SOURCE)
    whole = network.decode(TARGET, memory, memory.initial)
    state = memory.initial
    for t in range(TARGET.shape[1]):
        step = network.decode(TARGET[:, t : t + 1], memory, state)
        state = step.state
        torch.testing.assert_close(step.features[:, 0], whole.features[:, t], atol=1e-5, rtol=0)
        torch.testing.assert_close(step.attention[:, 0], whole.attention[:, t], atol=1e-5, rtol=0)
    torch.testing.assert_close(state, whole.state, atol=1e-5, rtol=0)


@every_kind
def test_a_prediction_depends_on_earlier_targets_only(cell: Cell, attention: AttentionKind) -> None:
    network = tiny_network(cell, attention)
    memory = network.encode(SOURCE)
    changed = TARGET.clone()
    changed[:, 3] = 1
    one = network.decode(TARGET, memory, memory.initial).features
    other = network.decode(changed, memory, memory.initial).features
    assert torch.equal(one[:, :3], other[:, :3])
    assert not torch.allclose(one[:, 3:], other[:, 3:])


@every_kind
def test_hypotheses_share_the_memory_of_one_sentence(cell: Cell, attention: AttentionKind) -> None:
    network = tiny_network(cell, attention)
    one = network.encode(SOURCE[:1])
    hypotheses = torch.tensor([[2, 5], [2, 9], [4, 4]])
    state = one.initial.repeat(1, 3, 1)
    repeated = Memory(one.states.repeat(3, 1, 1), one.keys.repeat(3, 1, 1), state)
    shared = network.decode(hypotheses, one, state)
    each = network.decode(hypotheses, repeated, state)
    torch.testing.assert_close(shared.features, each.features)
    torch.testing.assert_close(shared.attention, each.attention)
    torch.testing.assert_close(shared.state, each.state)


def test_a_batch_equals_its_sentences_alone() -> None:
    network = tiny_network()
    together = network.encode(SOURCE)
    for row in range(2):
        alone = network.encode(SOURCE[row : row + 1])
        torch.testing.assert_close(together.states[row], alone.states[0])
        torch.testing.assert_close(together.initial[:, row], alone.initial[:, 0])


def test_the_decoder_begins_with_what_each_direction_read_last() -> None:
    memory = tiny_network("gru").encode(SOURCE)
    forward, backward = memory.states[:, -1, :3], memory.states[:, 0, 3:]
    last = torch.cat([forward, backward], dim=-1)
    torch.testing.assert_close(memory.initial, torch.stack([last, last]))


def test_forward_scores_the_wanted_places_alone() -> None:
    network = tiny_network()
    wanted = torch.tensor([[True, True, False, False, False, False], [True] * 6])
    scores = network(SOURCE, TARGET, wanted)
    memory = network.encode(SOURCE)
    every = network.logits(network.decode(TARGET, memory, memory.initial).features)
    assert scores.shape == (8, VOCABULARY)
    torch.testing.assert_close(scores, torch.cat([every[0, :2], every[1]]))


@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_an_upper_layer_of_the_encoder_begins_by_adding_nothing(cell: Cell) -> None:
    low, high = (NetworkSettings(cell, embedding=4, hidden=6, encoder_layers=n, dropout=0.0) for n in (1, 3))
    torch.manual_seed(1)
    grown = Seq2Seq(high, VOCABULARY).eval()
    below = Seq2Seq(low, VOCABULARY).eval()
    below.load_state_dict({k: v for k, v in grown.state_dict().items() if k in below.state_dict()})
    memories = [network.encode(SOURCE) for network in (below, grown)]
    assert torch.equal(memories[0].states, memories[1].states)
    assert torch.equal(memories[0].initial, memories[1].initial)
    wanted = torch.ones_like(TARGET, dtype=torch.bool)
    optimiser = torch.optim.Adam(grown.parameters(), lr=0.01)
    for _ in range(2):
        optimiser.zero_grad()
        grown(SOURCE, TARGET, wanted).square().mean().backward()
        optimiser.step()
    for upper in grown.encoder.upper:  # and they learn
        added = upper(torch.ones(1, 3, 6))[0]
        assert added.abs().min() > 0


def test_words_are_dropped_in_training_only() -> None:
    network = tiny_network(word_dropout=0.5)
    assert torch.equal(network.encode(SOURCE).states, tiny_network().encode(SOURCE).states)
    network.train()
    torch.manual_seed(1)
    drawn = [network.encode(SOURCE).states for _ in range(3)]
    assert not torch.equal(drawn[0], drawn[1])
    torch.manual_seed(1)
    assert torch.equal(network.encode(SOURCE).states, drawn[0])


def test_a_dropped_word_is_dropped_whole() -> None:
    network = tiny_network(word_dropout=0.5).train()
    torch.manual_seed(1)
    embedded = network._embed(torch.full((40, 50), 7))
    kept = embedded.abs().sum(-1) > 0
    assert 0.45 < kept.float().mean() < 0.55
    # What is kept is kept whole and not scaled up: the vector times the root of its size.
    expected = (network.table.weight[7] * 2.0).expand(int(kept.sum()), 4)
    torch.testing.assert_close(embedded[kept], expected)


# At the last target: scores of pieces 4 to 7 in the second sentence, and where the first one looks.
@pytest.mark.parametrize(
    ("cell", "attention", "scores", "weights"),
    [
        ("lstm", "luong", [-1.2544, -1.0802, 0.8347, -0.5447], [0.2132, 0.2036, 0.1949, 0.1911, 0.1973]),
        ("lstm", "bahdanau", [1.2931, -2.331, -0.0777, 1.8988], [0.2721, 0.1824, 0.1785, 0.2348, 0.1323]),
        ("gru", "luong", [1.0575, -2.6158, 0.5303, 1.3888], [0.2816, 0.205, 0.1964, 0.1587, 0.1583]),
        ("gru", "bahdanau", [1.4085, -1.9444, -0.6984, 2.3236], [0.1588, 0.1847, 0.2119, 0.2385, 0.2062]),
    ],
)
def test_values(cell: Cell, attention: AttentionKind, scores: list[float], weights: list[float]) -> None:
    network = tiny_network(cell, attention)
    memory = network.encode(SOURCE)
    decoded = network.decode(TARGET, memory, memory.initial)
    last = network.logits(decoded.features)[1, -1, 4:8]
    assert last.tolist() == pytest.approx(scores, abs=2e-4)
    assert decoded.attention[0, -1].tolist() == pytest.approx(weights, abs=2e-4)
