"""Batches: equal source lengths, every pair once, bounded."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from assistant.corpora.encode import EncodedPairs
from assistant.text.pieces import BEGIN, END, PAD
from assistant.training.batches import batches, make_batch, plan_batches


def _random_pairs(count: int, seed: int = 1) -> EncodedPairs:
    chance = np.random.default_rng(seed)
    pairs = EncodedPairs()
    for _ in range(count):
        source, target = (chance.integers(4, 50, size=chance.integers(1, 12)).tolist() for _ in range(2))
        pairs.append(source, target)
    return pairs


def _targets(pairs: EncodedPairs, indices: list[int]) -> list[int]:
    return [pairs.target_length(i) + 1 for i in indices]


@pytest.mark.parametrize("most_tokens", [12, 40, 10_000])
def test_every_pair_comes_once_among_sources_of_its_length(most_tokens: int) -> None:
    pairs = _random_pairs(500)
    plan = plan_batches(pairs, most_tokens, seed=1)
    assert sorted(i for indices in plan for i in indices) == list(range(500))
    for indices in plan:
        assert len({pairs.source_length(i) for i in indices}) == 1


@pytest.mark.parametrize("most_tokens", [12, 40, 300])
def test_batches_with_their_padding_stay_in_bounds(most_tokens: int) -> None:
    pairs = _random_pairs(500)
    plan = plan_batches(pairs, most_tokens, seed=1)
    assert all(make_batch(pairs, indices).target_out.numel() <= most_tokens for indices in plan)


def test_batches_are_as_full_as_the_bound_lets_them_be() -> None:
    pairs = EncodedPairs()
    for _ in range(10):
        pairs.append([5, 6], [7, 8, 9])  # four target pieces with the end
    assert sorted(map(len, plan_batches(pairs, 12, seed=1))) == [1, 3, 3, 3]
    assert sorted(map(len, plan_batches(pairs, 15, seed=1))) == [1, 3, 3, 3]
    assert sorted(map(len, plan_batches(pairs, 16, seed=1))) == [2, 4, 4]


def test_a_target_over_the_bound_is_a_batch_of_its_own() -> None:
    pairs = EncodedPairs()
    for length in (2, 30, 2, 31):
        pairs.append([5], [7] * length)
    plan = plan_batches(pairs, 10, seed=1)
    assert sorted(map(sorted, plan)) == [[0, 2], [1], [3]]


def test_targets_in_a_batch_are_of_similar_length() -> None:
    pairs = EncodedPairs()
    for length in [1, 9] * 6:
        pairs.append([5], [7] * length)
    plan = plan_batches(pairs, 20, seed=1)
    assert all(
        len(set(_targets(pairs, indices))) == 1 for indices in plan if max(_targets(pairs, indices)) == 10
    )
    assert sum(map(sum, (_targets(pairs, i) for i in plan))) == 6 * 2 + 6 * 10


def test_the_seed_orders_the_batches() -> None:
    pairs = _random_pairs(300)
    assert plan_batches(pairs, 40, seed=1) == plan_batches(pairs, 40, seed=1)
    assert plan_batches(pairs, 40, seed=1) != plan_batches(pairs, 40, seed=2)
    lengths = [pairs.source_length(indices[0]) for indices in plan_batches(pairs, 40, seed=1)]
    assert lengths != sorted(lengths)


def test_another_seed_groups_other_pairs() -> None:
    pairs = _random_pairs(300)
    one, other = ({frozenset(i) for i in plan_batches(pairs, 40, seed)} for seed in (1, 2))
    assert one != other


def test_the_layout_of_a_batch_by_hand() -> None:
    pairs = EncodedPairs()
    pairs.append([5, 6], [7])
    pairs.append([9], [9])
    pairs.append([8, 4], [10, 11, 12])
    batch = make_batch(pairs, [2, 0])
    assert batch.source.tolist() == [[8, 4], [5, 6]]
    assert batch.target_in.tolist() == [[BEGIN, 10, 11, 12], [BEGIN, 7, PAD, PAD]]
    assert batch.target_out.tolist() == [[10, 11, 12, END], [7, END, PAD, PAD]]
    assert batch.wanted.tolist() == [[True] * 4, [True, True, False, False]]


def test_planned_batches_arrive_in_order() -> None:
    pairs = _random_pairs(20)
    plan = plan_batches(pairs, 30, seed=1)
    for indices, batch in zip(plan, batches(pairs, plan, torch.device("cpu")), strict=True):
        assert batch.source.tolist() == [list(pairs.source(i)) for i in indices]
