"""Beam search over one source, its hypotheses batched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.inference.hypothesis import Hypothesis
from assistant.inference.rules import Rules
from assistant.inference.runtime import Floats, Network
from assistant.text.pieces import BEGIN, END


@dataclass(frozen=True)
class _Alive:
    """The hypotheses that are still growing, as rows.

    Attributes:
        answers: Their pieces.
        totals: Their log-probabilities, (K,).
        attention: Weights of each step so far, (K, steps, S).
        state: (N, K, H).
    """

    answers: list[list[int]]
    totals: Floats
    attention: Floats
    state: Floats


def beam_search(
    network: Network, source: Sequence[int], rules: Rules, beam: int, length_penalty: float
) -> list[Hypothesis]:
    """Find the best answers to a source.

    Scores are normalised by length as in GNMT (Wu et al. 2016, arXiv 1609.08144, section 7). The
    search ends when no living hypothesis can still beat the worst of `beam` finished ones.

    Args:
        network: Encodes and steps.
        source: Pieces, at least one.
        rules: What may come next; they bound the length.
        beam: Hypotheses kept alive (K); 1 without a length penalty is greedy search.
        length_penalty: Exponent of the normalisation; 0 for none.

    Returns:
        Up to `beam` finished hypotheses, best score first; at least one.
    """
    memory = network.encode(source)
    alive = _Alive(
        answers=[[]],
        totals=np.zeros(1, np.float32),
        attention=np.zeros((1, 0, len(source)), np.float32),
        state=memory.initial,
    )
    finished: list[Hypothesis] = []
    while alive.answers:
        previous = np.array([a[-1] if a else BEGIN for a in alive.answers], np.int64)
        scores, weights, state = network.step(previous, alive.state, memory)
        rules.apply(scores, alive.answers)
        steps = np.concatenate([alive.attention, weights[:, None]], axis=1)
        rows, pieces, totals = _best(alive.totals[:, None] + scores, 2 * beam)
        finished += _ending(alive.answers, steps, rows, pieces, totals, beam, length_penalty)
        finished = sorted(finished, key=lambda h: -h.score)[:beam]
        kept = [i for i in range(len(rows)) if pieces[i] != END][:beam]
        alive = _Alive(
            answers=[[*alive.answers[rows[i]], int(pieces[i])] for i in kept],
            totals=totals[kept],
            attention=steps[rows[kept]],
            state=np.ascontiguousarray(state[:, rows[kept]]),
        )
        if len(finished) == beam and _cannot_improve(alive, finished, rules, length_penalty):
            break
    return finished


def normalised(log_probability: float, length: int, penalty: float) -> float:
    """Return GNMT's score: the log-probability over ((5 + length) / 6) ** penalty.

    Args:
        log_probability: In nats.
        length: Pieces, the end included.
        penalty: 0 leaves the log-probability, 1 nearly divides by the length.
    """
    return float(log_probability / ((5 + length) / 6) ** penalty)


def _best(totals: Floats, count: int) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """Return rows, pieces and totals of the best continuations that are possible, best first."""
    flat = totals.ravel()
    count = min(count, flat.size)
    chosen = np.argpartition(-flat, count - 1)[:count]
    chosen = chosen[np.argsort(-flat[chosen], kind="stable")]
    chosen = chosen[np.isfinite(flat[chosen])]
    rows, pieces = np.divmod(chosen, totals.shape[1])
    return rows, pieces, flat[chosen]


def _ending(
    answers: list[list[int]],
    steps: Floats,
    rows: NDArray[np.int64],
    pieces: NDArray[np.int64],
    totals: Floats,
    beam: int,
    length_penalty: float,
) -> list[Hypothesis]:
    """Return the hypotheses that end among the best `beam` continuations."""
    return [
        Hypothesis(
            pieces=tuple(answers[row]),
            score=normalised(float(total), len(answers[row]) + 1, length_penalty),
            log_probability=float(total),
            attention=steps[row, :-1],
        )
        for row, piece, total in zip(rows[:beam], pieces[:beam], totals[:beam], strict=True)
        if piece == END
    ]


def _cannot_improve(alive: _Alive, finished: list[Hypothesis], rules: Rules, length_penalty: float) -> bool:
    if not alive.answers:
        return True
    # A log-probability only falls, so the longest length gives the kindest score it can reach.
    kindest = normalised(float(alive.totals.max()), rules.max_pieces + 1, length_penalty)
    return kindest <= finished[-1].score
