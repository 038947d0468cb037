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
        log_probability: The sum over its pieces, the end included, in nats.
        attention: Weights of the source pieces for each piece, (pieces, S).
    """

    pieces: tuple[int, ...]
    score: float
    log_probability: float
    attention: NDArray[np.float32]

    @property
    def confidence(self) -> float:
        """The geometric mean of the pieces' probabilities, from 0 to 1."""
        return math.exp(self.log_probability / (len(self.pieces) + 1))
