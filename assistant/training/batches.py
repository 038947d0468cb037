"""Batches of equal source length."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from assistant.corpora.encode import EncodedPairs
from assistant.text.pieces import BEGIN, END, PAD


@dataclass(frozen=True)
class Batch:
    """Pairs whose sources are equally long.

    Attributes:
        source: Pieces, (B, S), never padded.
        target_in: The targets behind a begin, (B, T), padded at the end.
        target_out: The targets with an end behind, (B, T), padded at the end.
    """

    source: Tensor
    target_in: Tensor
    target_out: Tensor

    @property
    def wanted(self) -> Tensor:
        """True where a target is no padding, (B, T)."""
        return self.target_out != PAD

    def to(self, device: torch.device) -> Batch:
        """Return the batch on a device."""
        moved = (t.to(device) for t in (self.source, self.target_in, self.target_out))
        return Batch(*moved)


def plan_batches(pairs: EncodedPairs, most_tokens: int, seed: int) -> list[list[int]]:
    """Group pairs into batches of equal source length and similar target length.

    Args:
        pairs: All pairs.
        most_tokens: Largest number of target pieces in a batch, padding included; a single longer
            target makes a batch of its own.
        seed: Breaks ties and orders the batches.

    Returns:
        Indices of each batch.
    """
    chance = np.random.default_rng(seed)
    sources = np.diff(np.asarray(pairs.source_ends))
    targets = np.diff(np.asarray(pairs.target_ends)) + 1  # with the end
    batches: list[list[int]] = []
    current: list[int] = []
    for i in np.lexsort((chance.random(len(pairs)), targets, sources)).tolist():
        # Sorted by target length, so the newest is the longest.
        full = (len(current) + 1) * targets[i] > most_tokens
        if current and (full or sources[i] != sources[current[0]]):
            batches.append(current)
            current = []
        current.append(i)
    if current:
        batches.append(current)
    chance.shuffle(batches)
    return batches


def make_batch(pairs: EncodedPairs, indices: list[int]) -> Batch:
    """Lay pairs out as tensors.

    Args:
        pairs: All pairs.
        indices: Those of the batch, of equal source length.
    """
    source = torch.tensor([list(pairs.source(i)) for i in indices])
    targets = [list(pairs.target(i)) for i in indices]
    longest = max(map(len, targets)) + 1
    target_in = torch.full((len(indices), longest), PAD)
    target_out = torch.full((len(indices), longest), PAD)
    for row, target in enumerate(targets):
        target_in[row, : len(target) + 1] = torch.tensor([BEGIN, *target])
        target_out[row, : len(target) + 1] = torch.tensor([*target, END])
    return Batch(source, target_in, target_out)


def batches(pairs: EncodedPairs, plan: list[list[int]], device: torch.device) -> Iterator[Batch]:
    """Yield the planned batches on a device."""
    for indices in plan:
        yield make_batch(pairs, indices).to(device)
