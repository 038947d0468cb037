"""Beam search over sources of one length, all their hypotheses in one batch."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.inference.hypothesis import Hypothesis
from assistant.inference.rules import Rules
from assistant.inference.runtime import Floats, Memory, Network
from assistant.text.pieces import BEGIN, END

# The vocabulary is looked through in blocks of this many pieces.
_BLOCK = 100
# As much as a source piece counts that was not looked at at all.
_LEAST_LOOKED_AT = 0.05


def beam_search(
    network: Network,
    source: Sequence[int],
    rules: Rules,
    beam: int,
    length_penalty: float,
    prune: float = math.inf,
    coverage: float = 0.0,
) -> list[Hypothesis]:
    """Find the best answers to one source; see `beam_search_all`."""
    return beam_search_all(network, [source], [rules], beam, length_penalty, prune, coverage)[0]


def beam_search_all(
    network: Network,
    sources: Sequence[Sequence[int]],
    rules: Sequence[Rules],
    beam: int,
    length_penalty: float,
    prune: float = math.inf,
    coverage: float = 0.0,
) -> list[list[Hypothesis]]:
    """Find the best answers to sources of one length.

    Scores are normalised by length as in GNMT (Wu et al. 2016, arXiv 1609.08144, section 7). The
    search for a source ends when no living hypothesis can still beat the worst of `beam` finished
    ones.

    Args:
        network: Encodes and steps.
        sources: Pieces of each, all of the same number, at least one.
        rules: What may come next in the answers to each; they bound the length.
        beam: Hypotheses kept alive (K); 1 without a length penalty is greedy search.
        length_penalty: Exponent of the normalisation; 0 for none.
        prune: A hypothesis is given up when it is this many nats less likely than the likeliest,
            living or finished (Freitag and Al-Onaizan 2017, arXiv 1702.01806).
        coverage: Weight of what an answer passes over in the source; see `passed_over`.

    Returns:
        For each source up to `beam` finished hypotheses, best score first; at least one.
    """
    memories = _Memories([network.encode(source) for source in sources])
    length = len(sources[0])
    searches = [_Search(one, beam, length_penalty, prune, coverage, _beginning(length)) for one in rules]
    state = memories.initial
    growing = list(range(len(sources)))
    while growing:
        sizes = [len(searches[i].alive.answers) for i in growing]
        firsts = np.cumsum([0, *sizes])
        previous = np.concatenate([searches[i].alive.last for i in growing])
        scores, weights, state = network.step(previous, state, memories.rows(growing, sizes))
        for i, first, last in zip(growing, firsts, firsts[1:], strict=False):
            rules[i].apply(scores[first:last], searches[i].alive.answers)
        # What is as large as the vocabulary is looked through once, for all hypotheses together.
        likely = likeliest(scores, 2 * beam)
        cuts = np.searchsorted(likely.rows, firsts)
        kept = []
        for at, i in enumerate(growing):
            first, last = firsts[at : at + 2]
            steps = likely.part(cuts[at], cuts[at + 1], first)
            kept.append(first + searches[i].advance(steps, weights[first:last]))
        state = np.ascontiguousarray(state[:, np.concatenate(kept)])
        growing = [i for i, rows in zip(growing, kept, strict=True) if len(rows)]
    return [search.finished for search in searches]


def normalised(log_probability: float, length: int, penalty: float) -> float:
    """Return GNMT's score: the log-probability over ((5 + length) / 6) ** penalty.

    Args:
        log_probability: In nats.
        length: Pieces, the end included.
        penalty: 0 leaves the log-probability, 1 nearly divides by the length.
    """
    return float(log_probability / ((5 + length) / 6) ** penalty)


def passed_over(attention: Floats) -> float:
    """Return GNMT's coverage penalty: 0 where every source piece was looked at, less where some were not.

    Args:
        attention: Weights of each step of an answer, (T, S).
    """
    looked_at = np.clip(attention.sum(axis=0), _LEAST_LOOKED_AT, 1.0)
    return float(np.log(looked_at).sum())


class _Memories:
    """What the encoder left for each source, and its rows for a step."""

    def __init__(self, memories: Sequence[Memory]) -> None:
        self._states = np.concatenate([memory.states for memory in memories])
        self._keys = np.concatenate([memory.keys for memory in memories])
        self.initial = np.concatenate([memory.initial for memory in memories], axis=1)
        self._owners: list[int] = []
        self._rows = Memory(self._states, self._keys, self.initial)

    def rows(self, sources: Sequence[int], sizes: Sequence[int]) -> Memory:
        """Return the memory of each row of a step, where sources have `sizes` hypotheses."""
        # One source is shared by all its rows; of several each row needs a copy, kept while it fits.
        one = len(sources) == 1
        owners = list(sources) if one else np.repeat(sources, sizes).tolist()
        if owners != self._owners:
            self._owners = owners
            self._rows = Memory(self._states[owners], self._keys[owners], self.initial)
        return self._rows


@dataclass(frozen=True)
class _Alive:
    """The hypotheses that are still growing, as rows.

    Attributes:
        answers: Their pieces.
        totals: Their log-probabilities, (K,).
        steps: The log-probability of each piece so far, (K, steps).
        attention: Weights of each step so far, (K, steps, S).
    """

    answers: list[list[int]]
    totals: Floats
    steps: Floats
    attention: Floats

    @property
    def last(self) -> NDArray[np.int64]:
        """The last piece of each, (K,)."""
        return np.array([answer[-1] if answer else BEGIN for answer in self.answers], np.int64)


def _beginning(source_length: int) -> _Alive:
    zeros = np.zeros((1, 0, source_length), np.float32)
    return _Alive([[]], np.zeros(1, np.float32), zeros[:, :, 0], zeros)


class _Search:
    """The search for the answers to one source.

    Attributes:
        alive: What is growing.
        finished: What has ended, best score first.
    """

    def __init__(
        self,
        rules: Rules,
        beam: int,
        length_penalty: float,
        prune: float,
        coverage: float,
        alive: _Alive,
    ) -> None:
        self._rules = rules
        self._beam = beam
        self._length_penalty = length_penalty
        self._prune = prune
        self._coverage = coverage
        self.alive = alive
        self.finished: list[Hypothesis] = []

    def advance(self, likely: Steps, weights: Floats) -> NDArray[np.int64]:
        """Take what the network said of the living hypotheses.

        Args:
            likely: Next pieces of each hypothesis, the best 2 K of all among them.
            weights: Attention, (K, S).

        Returns:
            The row that each hypothesis of the next step grew from; none when the search has ended.
        """
        before = self.alive
        all_totals = before.totals[likely.rows] + likely.logs
        best = np.argsort(-all_totals, kind="stable")[: 2 * self._beam]
        rows, pieces, totals = likely.rows[best], likely.pieces[best], all_totals[best]
        steps = np.concatenate([before.steps[rows], likely.logs[best][:, None]], axis=1)
        attention = np.concatenate([before.attention, weights[:, None]], axis=1)
        ends = pieces == END
        for i in np.flatnonzero(ends[: self._beam]):
            self._finish(before.answers[rows[i]], steps[i], attention[rows[i], :-1])
        kept = np.flatnonzero(~ends & (totals >= self._floor(totals)))[: self._beam]
        self.alive = _Alive(
            answers=[[*before.answers[rows[i]], int(pieces[i])] for i in kept],
            totals=totals[kept],
            steps=steps[kept],
            attention=attention[rows[kept]],
        )
        return rows[:0] if self._is_over() else rows[kept]

    def _finish(self, answer: list[int], steps: Floats, attention: Floats) -> None:
        score = normalised(float(steps.sum()), len(steps), self._length_penalty)
        score += self._coverage * passed_over(attention)
        self.finished.append(Hypothesis(tuple(answer), score, steps, attention))
        self.finished.sort(key=lambda hypothesis: -hypothesis.score)
        del self.finished[self._beam :]

    def _floor(self, totals: Floats) -> float:
        """Return the least log-probability with which a hypothesis goes on."""
        likeliest = (hypothesis.log_probability for hypothesis in self.finished)
        return max([*totals[:1].tolist(), *likeliest], default=0.0) - self._prune

    def _is_over(self) -> bool:
        if not self.alive.answers:
            return True
        if len(self.finished) < self._beam:
            return False
        # A log-probability only falls and coverage adds nothing, so the longest length gives the kindest
        # score it can reach.
        longest = self._rules.longest + 1
        kindest = normalised(float(self.alive.totals.max()), longest, self._length_penalty)
        return kindest <= self.finished[-1].score


@dataclass(frozen=True)
class Steps:
    """Ways in which hypotheses may go on, by hypothesis and piece.

    Attributes:
        rows: The hypothesis of each, (N,).
        pieces: Its next piece, (N,).
        logs: The log-probability of the piece, (N,).
    """

    rows: NDArray[np.int64]
    pieces: NDArray[np.int64]
    logs: Floats

    def part(self, first: int, last: int, row: int) -> Steps:
        """Return those from `first` to before `last`, with hypotheses counted from `row`."""
        some = slice(first, last)
        return Steps(self.rows[some] - row, self.pieces[some], self.logs[some])


def likeliest(scores: Floats, count: int) -> Steps:
    """Return the possible pieces among which are the likeliest of each hypothesis, without sorting any.

    The `count` greatest maxima of the blocks of a row are `count` values, so none that is less than the
    least of them is among the `count` greatest.

    Args:
        scores: Log-probabilities of the next piece, (K, V); what is impossible is not finite.
        count: Pieces wanted of each, at least; fewer come back where fewer are possible.
    """
    rows, size = scores.shape
    blocks = size // _BLOCK
    bounds = np.full((rows, 1), np.finfo(np.float32).min, np.float32)
    if blocks > count:
        maxima = scores[:, : blocks * _BLOCK].reshape(rows, blocks, _BLOCK).max(axis=2)
        least = np.partition(maxima, blocks - count, axis=1)[:, blocks - count]
        bounds = np.maximum(bounds, least[:, None])
    found = np.flatnonzero(scores >= bounds)
    return Steps(*np.divmod(found, size), scores.ravel()[found])


def greatest(values: Floats, count: int) -> NDArray[np.int64]:
    """Return where the greatest finite values are, the greatest first.

    Args:
        values: (N,).
        count: Places wanted; fewer come back where fewer values are finite.
    """
    likely = likeliest(values[None], count)
    return likely.pieces[np.argsort(-likely.logs, kind="stable")[:count]]
