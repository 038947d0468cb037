"""How sentences end, learnt from text that is written with care."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from assistant.text.punctuation import SCALE, Ending, Punctuation, keys_of

_MOST_SENTENCES = 400_000
_LEAST_SEEN = 5
_EPOCHS = 8
_BATCH = 4096
_RATE = 0.1
_SHRINK = 1e-3  # what each step takes from each weight, so that what tells little is nothing
_END = re.compile(r"[.!?…]+[\"»”)]*(?:\s|$)")


def build_punctuation(sentences: Iterable[str], seed: int = 1) -> Punctuation:
    """Learn to tell statements, questions and what is written without marks apart.

    Args:
        sentences: Carefully written Spanish; lines of more than one sentence are passed over.
        seed: Of the order in which they are read.
    """
    seen = ((keys_of(s), ending_of(s)) for s in dict.fromkeys(sentences) if len(_END.findall(s)) < 2)
    examples = list(islice(seen, _MOST_SENTENCES))
    counts = Counter(key for found, _ in examples for key in found)
    keys = sorted(key for key, count in counts.items() if count >= _LEAST_SEEN or not key)
    row_of = {key: row for row, key in enumerate(keys)}
    rows = [[row_of[key] for key in found if key in row_of] for found, _ in examples]
    weights = _fitted(rows, torch.tensor([ending.value for _, ending in examples]), len(keys), seed)
    table = (weights * SCALE).round().clamp(-127, 127).to(torch.int8).numpy()
    telling = table.any(1) | (np.array(keys) == 0)
    return Punctuation(np.array(keys, np.uint32)[telling], table[telling])


def ending_of(sentence: str) -> Ending:
    """Return how a carefully written sentence ends.

    Args:
        sentence: Of Spanish.
    """
    last = sentence.rstrip("\"»”') ")[-1:]
    if last == "?":
        return Ending.QUESTION
    return Ending.BARE if last.isalnum() else Ending.STATEMENT


def _fitted(rows: Sequence[list[int]], endings: torch.Tensor, count: int, seed: int) -> torch.Tensor:
    """Return the weights, `[count, endings]`, of a regression with a lasso by proximal steps."""
    bags = nn.EmbeddingBag(count, len(Ending), mode="sum")
    nn.init.zeros_(bags.weight)
    optimizer = torch.optim.Adagrad(bags.parameters(), lr=_RATE)
    order = torch.Generator().manual_seed(seed)
    for _ in range(_EPOCHS):
        shuffled = torch.randperm(len(rows), generator=order)
        for first in range(0, len(rows), _BATCH):
            chosen = shuffled[first : first + _BATCH]
            batch = [rows[i] for i in chosen.tolist()]
            starts = torch.tensor([0, *map(len, batch[:-1])]).cumsum(0)
            scores = bags(torch.tensor([row for found in batch for row in found]), starts)
            loss = functional.cross_entropy(scores, endings[chosen])
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            with torch.no_grad():
                bags.weight.copy_(functional.softshrink(bags.weight, _SHRINK))
    return bags.weight.detach()
