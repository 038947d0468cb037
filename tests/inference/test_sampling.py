"""Nucleus sampling: the truncated distribution, and the rules."""

from __future__ import annotations

from collections import Counter
from math import log

import numpy as np
import pytest

from assistant.inference.rules import Rules
from assistant.inference.sampling import nucleus, nucleus_sample
from assistant.text.pieces import BEGIN, END, PAD, UNKNOWN
from tests.inference.fake import FakeNetwork, markov

A, B, C, D = 4, 5, 6, 7
V = 8
SOURCE = [9, 9, 9]
NEVER = (PAD, UNKNOWN, BEGIN)


@pytest.mark.parametrize(
    ("top_p", "kept"),
    [
        (0.01, [2]),
        (0.5, [2]),
        (0.51, [2, 0]),
        (0.75, [2, 0]),
        (0.76, [2, 0, 1]),
        (0.88, [2, 0, 1, 3]),
        (1.0, [2, 0, 1, 3]),
    ],
)
def test_nucleus_by_hand(top_p: float, kept: list[int]) -> None:
    # Binary fractions, so that the sums are exact.
    assert nucleus(np.array([0.25, 0.125, 0.5, 0.125]), top_p).tolist() == kept


def test_equally_likely_pieces_come_in_order() -> None:
    assert nucleus(np.full(4, 0.25), 0.5).tolist() == [0, 1]


def test_rounding_loses_no_piece() -> None:
    tenths = np.full(10, 0.1)  # their sum in floats is under 1
    assert len(nucleus(tenths, 1.0)) == 10


def _first_pieces(top_p: float, temperature: float) -> dict[int, float]:
    network = markov({BEGIN: {A: 0.5, B: 0.3, C: 0.15, D: 0.05}}, V)
    rules = Rules(NEVER, (), 0, 1, 0)
    drawn = nucleus_sample(network, SOURCE, rules, 4000, top_p, temperature, seed=3)
    counts = Counter(h.pieces[0] for h in drawn)
    return {piece: count / 4000 for piece, count in counts.items()}


@pytest.mark.parametrize(
    ("top_p", "temperature", "truth"),
    [
        (1.0, 1.0, {A: 0.5, B: 0.3, C: 0.15, D: 0.05}),
        (0.7, 1.0, {A: 0.625, B: 0.375}),
        (0.9, 1.0, {A: 0.5 / 0.95, B: 0.3 / 0.95, C: 0.15 / 0.95}),
        (0.4, 1.0, {A: 1.0}),
        # Squared at temperature 0.5: 0.25, 0.09, 0.0225 and 0.0025 of 0.365.
        (1.0, 0.5, {A: 0.25 / 0.365, B: 0.09 / 0.365, C: 0.0225 / 0.365, D: 0.0025 / 0.365}),
        # The nucleus is taken after the temperature: A alone reaches 0.65 now.
        (0.65, 0.5, {A: 1.0}),
    ],
)
def test_frequencies_follow_the_truncated_distribution(
    top_p: float, temperature: float, truth: dict[int, float]
) -> None:
    drawn = _first_pieces(top_p, temperature)
    assert set(drawn) == set(truth)
    for piece, share in truth.items():
        assert drawn[piece] == pytest.approx(share, abs=0.025)  # three standard deviations


def _random_network(seed: int) -> FakeNetwork:
    def likely(_: tuple[int, ...], answer: tuple[int, ...]) -> dict[int, float]:
        row = np.random.default_rng([seed, *answer]).dirichlet(np.ones(V))
        return dict(enumerate((0.99 * row + 0.01 / V).tolist()))

    return FakeNetwork(V, likely)


def test_the_same_seed_draws_the_same() -> None:
    rules = Rules(NEVER, (), 1, 8, 0)
    draws = [
        [h.pieces for h in nucleus_sample(_random_network(0), SOURCE, rules, 6, 0.95, 1.0, seed)]
        for seed in (1, 1, 2)
    ]
    assert draws[0] == draws[1] != draws[2]


def test_samples_keep_the_rules_and_know_their_sums() -> None:
    rules = Rules((*NEVER, D), (D, C), 3, 6, 2)
    network = _random_network(1)
    found = nucleus_sample(network, SOURCE, rules, 50, 1.0, 1.0, seed=4)
    assert len(found) == 50
    assert [h.score for h in found] == sorted((h.score for h in found), reverse=True)
    assert len({len(h.pieces) for h in found}) > 1
    for h in found:
        assert h.pieces[0] in (C, D)
        assert not {*NEVER, D, END} & set(h.pieces[1:])
        assert 3 <= len(h.pieces) <= 6
        pairs = list(zip(h.pieces, h.pieces[1:], strict=False))
        assert len(set(pairs)) == len(pairs)
        whole = (*h.pieces, END)
        total = sum(log(network._likely((), whole[:i])[piece]) for i, piece in enumerate(whole))
        assert h.log_probability == pytest.approx(total, abs=1e-4)
        assert h.score == pytest.approx(total / len(whole), abs=1e-4)
        assert h.attention.shape == (len(h.pieces), 3)
        before = (BEGIN, *h.pieces)[:-1]
        assert h.attention.argmax(1).tolist() == [piece % 3 for piece in before]


def test_an_empty_sample_has_no_attention() -> None:
    found = nucleus_sample(markov({BEGIN: {END: 1.0}}, V), SOURCE, Rules(NEVER, (), 0, 3, 0), 2, 0.9, 1.0, 1)
    assert [h.pieces for h in found] == [(), ()]
    assert found[0].attention.shape == (0, 3)
