"""Beam search, on networks small enough to search by hand or exhaustively."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from math import log

import numpy as np
import pytest

from assistant.inference.hypothesis import Hypothesis
from assistant.inference.rules import Rules, blocked_pieces
from assistant.inference.search import beam_search, normalised, passed_over
from assistant.text.pieces import BEGIN, END, PAD, UNKNOWN
from tests.inference.fake import FakeNetwork, markov

A, B, C, D = 4, 5, 6, 7
V = 8
SOURCE = [9, 9, 9]
NEVER = (PAD, UNKNOWN, BEGIN)


def _rules(first: tuple[int, ...] = (), least: int = 0, most: int = 6, block: int = 0) -> Rules:
    return Rules(NEVER, first, least, most, block)


def _answers(found: list[Hypothesis]) -> list[tuple[int, ...]]:
    return [h.pieces for h in found]


# The likelier beginning, A, leads to nothing better than 0.21; B leads to 0.36.
_GARDEN_PATH = {
    BEGIN: {A: 0.6, B: 0.4},
    A: {C: 0.35, D: 0.33, END: 0.32},
    B: {D: 0.9, C: 0.1},
}


def test_hypotheses_and_scores_by_hand() -> None:
    found = beam_search(markov(_GARDEN_PATH, V), SOURCE, _rules(), beam=2, length_penalty=1.0)
    assert _answers(found) == [(B, D), (A, C)]
    assert [h.log_probability for h in found] == pytest.approx([log(0.36), log(0.21)], abs=1e-5)
    # Three pieces with the end: the divisor is (5 + 3) / 6.
    assert [h.score for h in found] == pytest.approx([log(0.36) * 0.75, log(0.21) * 0.75], abs=1e-5)
    assert [h.confidence for h in found] == pytest.approx([0.36 ** (1 / 3), 0.21 ** (1 / 3)], abs=1e-5)


def test_a_beam_finds_what_greed_walks_past() -> None:
    greedy = beam_search(markov(_GARDEN_PATH, V), SOURCE, _rules(), beam=1, length_penalty=0.0)
    wide = beam_search(markov(_GARDEN_PATH, V), SOURCE, _rules(), beam=2, length_penalty=0.0)
    assert _answers(greedy) == [(A, C)]
    assert _answers(wide)[0] == (B, D)
    assert wide[0].log_probability > greedy[0].log_probability


# 0.33 for the short answer, 0.45 * 0.9 * 0.9 * 0.9 = 0.328 for the long one.
_SHORT_OR_LONG = {
    BEGIN: {A: 0.55, B: 0.45},
    A: {END: 0.6, A: 0.4},
    B: {C: 0.9, END: 0.1},
    C: {D: 0.9, END: 0.1},
    D: {END: 0.9, A: 0.1},
}


@pytest.mark.parametrize(("penalty", "winner"), [(0.0, (A,)), (1.0, (B, C, D))])
def test_the_length_penalty_changes_the_winner(penalty: float, winner: tuple[int, ...]) -> None:
    found = beam_search(markov(_SHORT_OR_LONG, V), SOURCE, _rules(), beam=4, length_penalty=penalty)
    assert _answers(found)[0] == winner


def test_normalised_by_hand() -> None:
    assert normalised(-3.0, 1, 1.0) == pytest.approx(-3.0)
    assert normalised(-3.0, 7, 1.0) == pytest.approx(-1.5)
    assert normalised(-3.0, 7, 2.0) == pytest.approx(-0.75)
    assert normalised(-3.0, 7, 0.0) == pytest.approx(-3.0)


_STUTTER = {BEGIN: {A: 1.0}, A: {A: 0.9, B: 0.06, END: 0.04}, B: {A: 0.9, END: 0.1}}


def test_a_run_does_not_come_twice() -> None:
    free = beam_search(markov(_STUTTER, V), SOURCE, _rules(least=4, most=4), 3, 0.0)
    assert _answers(free)[0] == (A, A, A, A)
    blocked = beam_search(markov(_STUTTER, V), SOURCE, _rules(least=4, most=4, block=2), 3, 0.0)
    assert (A, A, B, A) in _answers(blocked)
    for h in blocked:
        pairs = list(zip(h.pieces, h.pieces[1:], strict=False))
        assert len(set(pairs)) == len(pairs)


@pytest.mark.parametrize(("least", "most"), [(0, 3), (2, 3), (3, 3), (1, 1)])
def test_lengths_stay_between_the_fewest_and_the_most(least: int, most: int) -> None:
    found = beam_search(markov(_STUTTER, V), SOURCE, _rules(least=least, most=most), 4, 1.0)
    assert found
    assert all(least <= len(h.pieces) <= most for h in found)


def test_the_first_piece_and_those_that_never_come() -> None:
    table = {BEGIN: {A: 0.9, C: 0.06, D: 0.04}, C: {PAD: 0.9, B: 0.1}, D: {BEGIN: 0.9, A: 0.1}, A: {END: 1.0}}
    found = beam_search(markov(table, V), SOURCE, _rules(first=(C, D)), 4, 0.0)
    assert _answers(found) == [(C, B), (D, A)]


def test_attention_follows_the_hypothesis() -> None:
    found = beam_search(markov(_GARDEN_PATH, V), SOURCE, _rules(), beam=2, length_penalty=0.0)
    best = found[0]
    assert best.pieces == (B, D)
    # The fake looks at the place that the piece before names: BEGIN 2, then B 5, modulo 3.
    assert best.attention.tolist() == [[0, 0, 1], [0, 0, 1]]
    assert found[1].attention.tolist() == [[0, 0, 1], [0, 1, 0]]


def test_what_is_passed_over_counts_against_an_answer() -> None:
    # Of the three places the likelier answer looks at one and the other, of 0.6 * 0.35, at two.
    found = beam_search(markov(_GARDEN_PATH, V), SOURCE, _rules(), 2, 0.0, coverage=0.2)
    assert _answers(found) == [(A, C), (B, D)]
    scores = [log(0.6 * 0.35) + 0.2 * log(0.05), log(0.4 * 0.9) + 0.2 * 2 * log(0.05)]
    assert [h.score for h in found] == pytest.approx(scores, abs=1e-5)
    assert passed_over(np.array([[0.5, 0.2, 1.0], [0.5, 0.3, 0.4]])) == pytest.approx(log(0.5))


def test_no_pieces_have_no_attention() -> None:
    found = beam_search(markov({BEGIN: {END: 1.0}}, V), SOURCE, _rules(), 2, 1.0)
    assert found[0].pieces == ()
    assert found[0].attention.shape == (0, 3)
    assert found[0].confidence == pytest.approx(1.0)


def _random_network(seed: int) -> FakeNetwork:
    return FakeNetwork(V, lambda _, answer: _random_row(seed, answer))


def _random_row(seed: int, answer: tuple[int, ...]) -> Mapping[int, float]:
    row = np.random.default_rng([seed, *answer]).dirichlet(np.full(V, 0.5))
    return dict(enumerate((0.99 * row + 0.01 / V).tolist()))


def _legal(rules: Rules) -> Iterator[tuple[int, ...]]:
    letters = [p for p in range(V) if p != END]
    for length in range(rules.min_pieces, rules.max_pieces + 1):
        for answer in product(letters, repeat=length):
            later = answer[1:] if rules.first else answer
            if rules.first and (not answer or answer[0] not in rules.first):
                continue
            if any(piece in NEVER for piece in later) or _repeats(answer, rules.block_ngram):
                continue
            yield answer


def _repeats(answer: tuple[int, ...], n: int) -> bool:
    runs = [answer[i : i + n] for i in range(len(answer) - n + 1)] if n else []
    return len(set(runs)) < len(runs)


def _log_probability(seed: int, answer: tuple[int, ...]) -> float:
    whole = (*answer, END)
    return sum(log(_random_row(seed, whole[:i])[piece]) for i, piece in enumerate(whole))


@pytest.mark.parametrize("penalty", [0.0, 0.6, 1.0, 2.0])
@pytest.mark.parametrize(
    "rules", [_rules(most=3), _rules(least=2, most=3), _rules(most=3, block=1), _rules(first=(A, 2), most=3)]
)
def test_a_beam_of_everything_equals_enumeration(rules: Rules, penalty: float) -> None:
    for seed in range(3):
        found = beam_search(_random_network(seed), SOURCE, rules, V**3, penalty)
        scores = {a: normalised(_log_probability(seed, a), len(a) + 1, penalty) for a in _legal(rules)}
        assert _answers(found) == sorted(scores, key=lambda a: -scores[a])
        assert [h.score for h in found] == pytest.approx(sorted(scores.values(), reverse=True), abs=1e-4)


@pytest.mark.parametrize("beam", [1, 2, 5])
def test_results_are_sorted_distinct_and_their_scores_are_the_sums(beam: int) -> None:
    for seed in range(10):
        rules = _rules(least=1, most=8, block=2)
        found = beam_search(_random_network(seed), SOURCE, rules, beam, 1.0)
        assert 1 <= len(found) <= beam
        assert len(set(_answers(found))) == len(found)
        assert [h.score for h in found] == sorted((h.score for h in found), reverse=True)
        for h in found:
            total = _log_probability(seed, h.pieces)
            assert h.log_probability == pytest.approx(total, abs=1e-4)
            assert h.score == pytest.approx(normalised(total, len(h.pieces) + 1, 1.0), abs=1e-4)
            assert not _repeats(h.pieces, 2)
            before = (BEGIN, *h.pieces)[:-1]
            assert h.attention.argmax(1).tolist() == [piece % 3 for piece in before]


def test_the_search_ends_before_the_longest_length_when_nothing_can_improve() -> None:
    steps: list[tuple[int, ...]] = []

    def likely(_: tuple[int, ...], answer: tuple[int, ...]) -> Mapping[int, float]:
        steps.append(answer)
        return {END: 0.9, A: 0.1}

    found = beam_search(FakeNetwork(V, likely), SOURCE, _rules(most=100), 2, 0.0)
    assert _answers(found) == [(), (A,)]
    assert max(map(len, steps)) == 1


def test_the_search_goes_on_while_a_longer_answer_may_win() -> None:
    # After the first step an end is finished; four sure pieces later a better one is, and no sooner.
    table = {BEGIN: {END: 0.55, A: 0.45}, A: {B: 1.0}, B: {C: 1.0}, C: {D: 1.0}, D: {END: 1.0}}
    found = beam_search(markov(table, V), SOURCE, _rules(), 1, 1.0)
    assert _answers(found) == [(A, B, C, D)]
    assert found[0].score == pytest.approx(log(0.45) * 0.6, abs=1e-5)


def test_blocked_pieces_agree_with_repeats() -> None:
    chance = np.random.default_rng(5)
    for _ in range(300):
        answer = tuple(chance.integers(A, D, size=chance.integers(0, 9)).tolist())
        n = int(chance.integers(1, 4))
        if not _repeats(answer, n):
            completing = {p for p in range(A, D) if _repeats((*answer, p), n)}
            assert set(blocked_pieces(answer, n)) == completing
