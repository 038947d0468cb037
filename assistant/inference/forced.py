"""What the network thinks of an answer that is given to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.inference.runtime import Memory, Network
from assistant.text.pieces import BEGIN, END


@dataclass(frozen=True)
class Forced:
    """An answer as the network sees it.

    Attributes:
        steps: The log-probability of each piece and of the end, in nats, (pieces + 1,).
        attention: Weights of the source pieces for each piece and the end, (pieces + 1, S).
    """

    steps: NDArray[np.float32]
    attention: NDArray[np.float32]

    @property
    def log_probability(self) -> float:
        """The sum over its pieces, the end included, in nats."""
        return float(self.steps.sum(dtype=np.float64))


def force(network: Network, source: Sequence[int], target: Sequence[int]) -> Forced:
    """Step the decoder over an answer.

    Args:
        network: Encodes and steps.
        source: Pieces, at least one.
        target: Pieces of the answer, without begin and end.
    """
    memory = network.encode(source)
    state, previous = memory.initial, BEGIN
    steps, attention = [], []
    for piece in (*target, END):
        scores, weights, state = network.step(np.array([previous], np.int64), state, memory)
        steps.append(scores[0, piece])
        attention.append(weights[0])
        previous = piece
    return Forced(np.array(steps, np.float32), np.stack(attention))


def force_all(network: Network, memory: Memory, targets: Sequence[Sequence[int]]) -> list[float]:
    """Step the decoder over several answers to one source at once.

    Args:
        network: Steps.
        memory: What the encoder left for the source.
        targets: Pieces of each answer, without begin and end; at least one answer.

    Returns:
        The log-probability of each, its end included, in nats.
    """
    ended = [[*target, END] for target in targets]
    state = np.repeat(memory.initial, len(ended), axis=1)
    previous = np.full(len(ended), BEGIN, np.int64)
    totals = np.zeros(len(ended))
    for step in range(max(map(len, ended))):
        # An answer that has ended is stepped on with the others, and no longer counted.
        scores, _, state = network.step(previous, state, memory)
        for row, pieces in enumerate(ended):
            if step < len(pieces):
                totals[row] += scores[row, pieces[step]]
                previous[row] = pieces[step]
    return [float(total) for total in totals]
