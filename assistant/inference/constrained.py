"""Beam search for answers that must hold given terms and should hold no odd words."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.inference.hypothesis import Hypothesis
from assistant.inference.rules import Rules
from assistant.inference.runtime import Floats, Network
from assistant.inference.search import greatest, normalised, passed_over
from assistant.text.pieces import BEGIN, END

# The pieces of a word and whether it has ended, to the nats that it costs; what begins no word that
# would be free costs as much as the word.
Judge = Callable[[Sequence[int], bool], float]

# A term may begin where nothing is looked at that it translates, at this cost at most.
_LEAST_LOOKED_AT = 0.01


@dataclass(frozen=True)
class Term:
    """What an answer must hold once.

    Attributes:
        pieces: Its pieces, at least one; the first begins a word.
        places: The source pieces that it translates; empty where that is not known.
    """

    pieces: tuple[int, ...]
    places: tuple[int, ...] = ()


@dataclass(frozen=True)
class Spelling:
    """What the search has to know of how pieces make words.

    Attributes:
        begins: True for each piece that begins a word or is a mark of its own, (V,).
        judge: The cost of a word, charged once.
    """

    begins: NDArray[np.bool_]
    judge: Judge = lambda _, __: 0.0


@dataclass(frozen=True)
class _Growing:
    """One living hypothesis.

    Attributes:
        answer: Its pieces.
        total: Its log-probability, less what its words cost and where its terms stand.
        steps: The log-probability of each piece.
        attention: Weights of each step, each (S,).
        waiting: The terms that have not begun.
        rest: What is left of the term that has.
        sealed: Whether a term has just ended, so that a new word must begin.
        charged: Whether the last word has been paid for, or is of a term.
    """

    answer: tuple[int, ...]
    total: float
    steps: tuple[float, ...]
    attention: tuple[Floats, ...]
    waiting: tuple[Term, ...]
    rest: tuple[int, ...] = ()
    sealed: bool = False
    charged: bool = True


@dataclass(frozen=True)
class _Step:
    """A way for a hypothesis to go on, weighed before it is built.

    Attributes:
        total: The total that it leads to.
        row: Of the hypothesis.
        piece: The next piece.
        waiting: The terms that have not begun then.
        rest: What is left then of the term that has.
        sealed: Whether the piece ends a term.
        charged: Whether the last word is paid for then.
    """

    total: float
    row: int
    piece: int
    waiting: tuple[Term, ...]
    rest: tuple[int, ...]
    sealed: bool
    charged: bool

    @property
    def to_place(self) -> int:
        """The pieces of terms that are still to come."""
        return len(self.rest) + sum(len(term.pieces) for term in self.waiting)


def constrained_search(
    network: Network,
    source: Sequence[int],
    rules: Rules,
    beam: int,
    length_penalty: float,
    terms: Sequence[Term],
    spelling: Spelling,
    prune: float = math.inf,
    coverage: float = 0.0,
) -> list[Hypothesis]:
    """Find the best answers that hold every term once.

    Grid beam search (Hokamp and Liu 2017, arXiv 1704.07138): hypotheses compete with those alone
    that have placed as many pieces of terms. A term that has begun is finished at once, and it
    begins the more readily the more the network looks at what it translates.

    Args:
        network: Encodes and steps.
        source: Pieces, at least one.
        rules: What may come next; they bound the length.
        beam: Hypotheses kept alive for each number of placed pieces.
        length_penalty: Exponent of the normalisation; 0 for none.
        terms: What must come, in any order.
        spelling: Where words begin, and what they cost.
        prune: A hypothesis is given up when it is this many nats behind the best it competes with.
        coverage: Weight of what an answer passes over in the source.

    Returns:
        Up to `beam` finished hypotheses, best score first; none where the terms do not fit in.
    """
    memory = network.encode(source)
    alive = [_Growing((), 0.0, (), (), tuple(terms))]
    state = memory.initial
    finished: list[Hypothesis] = []
    likeliest = -math.inf  # of the finished
    while alive:
        previous = np.array([g.answer[-1] if g.answer else BEGIN for g in alive], np.int64)
        scores, weights, state = network.step(previous, state, memory)
        rules.apply(scores, [g.answer for g in alive])
        steps = [
            step for row in range(len(alive)) for step in _steps(alive, row, scores, weights, beam, spelling)
        ]
        chosen = _chosen(steps, beam, prune, likeliest)
        grown = [_grown(alive[step.row], step, scores, weights) for step in chosen]
        for growing in grown:
            if growing.answer[-1] == END:
                likeliest = max(likeliest, growing.total)
                finished.append(_finished(growing, length_penalty, coverage))
        finished = sorted(finished, key=lambda hypothesis: -hypothesis.score)[:beam]
        alive = [growing for growing in grown if growing.answer[-1] != END]
        rows = [step.row for step in chosen if step.piece != END]
        state = np.ascontiguousarray(state[:, rows])
        if len(finished) == beam and _cannot_improve(alive, finished, rules, length_penalty):
            break
    return finished


def _steps(
    alive: Sequence[_Growing], row: int, scores: Floats, weights: Floats, beam: int, spelling: Spelling
) -> Iterator[_Step]:
    growing, logs = alive[row], scores[row]
    if growing.rest:
        piece, *rest = growing.rest
        total = growing.total + float(logs[piece])
        yield _Step(total, row, piece, growing.waiting, tuple(rest), not rest, True)
        return
    word = _last_word(growing.answer, spelling)
    cost = 0.0 if growing.charged else spelling.judge(word, True)
    yield from _beginnings(growing, row, logs - np.float32(cost), weights[row])
    allowed = logs.copy()
    if growing.sealed:
        allowed[~spelling.begins] = -np.inf
        allowed[END] = logs[END]
    if growing.waiting:
        allowed[END] = -np.inf
    # Twice as many as can live on, twice over, since some will be charged.
    for piece in greatest(allowed, 4 * beam).tolist():
        new = bool(spelling.begins[piece]) or piece == END
        charge = cost if new else 0.0 if growing.charged else spelling.judge((*word, piece), False)
        charged = not new and (growing.charged or charge > 0)
        total = growing.total + float(allowed[piece]) - charge
        yield _Step(total, row, piece, growing.waiting, (), False, charged)


def _beginnings(growing: _Growing, row: int, logs: Floats, weights: Floats) -> Iterator[_Step]:
    """Begin each of the terms that wait."""
    for i, term in enumerate(growing.waiting):
        others = (*growing.waiting[:i], *growing.waiting[i + 1 :])
        looked_at = max(float(weights[list(term.places)].sum()), _LEAST_LOOKED_AT) if term.places else 1.0
        first, *rest = term.pieces
        total = growing.total + float(logs[first]) + math.log(looked_at)
        yield _Step(total, row, first, others, tuple(rest), not rest, True)


def _last_word(answer: tuple[int, ...], spelling: Spelling) -> tuple[int, ...]:
    first = len(answer) - 1
    while first > 0 and not spelling.begins[answer[first]]:
        first -= 1
    return answer[first:]


def _chosen(steps: Iterable[_Step], beam: int, prune: float, likeliest: float) -> list[_Step]:
    """Return the best steps of each kind, of those that are possible."""
    banks: defaultdict[int, list[_Step]] = defaultdict(list)
    for step in steps:
        if math.isfinite(step.total):
            banks[step.to_place].append(step)
    chosen: list[_Step] = []
    for left, bank in banks.items():
        bank.sort(key=lambda step: -step.total)
        floor = max(bank[0].total, -math.inf if left else likeliest) - prune
        going = [step for step in bank if step.piece != END and step.total >= floor]
        chosen += [step for step in bank[:beam] if step.piece == END] + going[:beam]
    return chosen


def _grown(growing: _Growing, step: _Step, scores: Floats, weights: Floats) -> _Growing:
    return _Growing(
        answer=(*growing.answer, step.piece),
        total=step.total,
        steps=(*growing.steps, float(scores[step.row, step.piece])),
        attention=(*growing.attention, weights[step.row]),
        waiting=step.waiting,
        rest=step.rest,
        sealed=step.sealed,
        charged=step.charged,
    )


def _finished(growing: _Growing, length_penalty: float, coverage: float) -> Hypothesis:
    pieces = growing.answer[:-1]
    attention = np.array(growing.attention, np.float32)[:-1]
    score = normalised(growing.total, len(growing.steps), length_penalty)
    score += coverage * passed_over(attention)
    return Hypothesis(pieces, score, np.array(growing.steps, np.float32), attention)


def _cannot_improve(
    alive: list[_Growing], finished: list[Hypothesis], rules: Rules, length_penalty: float
) -> bool:
    likeliest = max((growing.total for growing in alive), default=-math.inf)
    kindest = normalised(likeliest, rules.max_pieces + 1, length_penalty)
    return kindest <= finished[-1].score
