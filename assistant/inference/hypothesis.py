"""A hypothesis: one possible answer and what the network thinks of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Hypothesis:
    """One finished answer.

    Attributes:
        pieces: Its pieces, without end.
        score: Its log-probability under the length normalisation of the search.
        steps: The log-probability of each piece and of the end, in nats, (pieces + 1,).
        attention: Weights of the source pieces for each piece, (pieces, S).
        named: Pieces that name what it is about, before it says something.
    """

    pieces: tuple[int, ...]
    score: float
    steps: NDArray[np.float32]
    attention: NDArray[np.float32]
    named: int = 0

    @property
    def log_probability(self) -> float:
        """The sum over its pieces, the end included, in nats."""
        return float(self.steps.sum())

    @property
    def confidence(self) -> float:
        """The geometric mean of the pieces' probabilities, from 0 to 1; a name counts as one piece."""
        return math.exp(self.log_probability / (len(self.steps) - max(0, self.named - 1)))
