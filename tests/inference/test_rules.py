"""What may come next."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.inference.rules import Rules, blocked_pieces
from assistant.settings import DecodingSettings
from assistant.text.pieces import END

V = 8


def _allowed(rules: Rules, *answers: list[int]) -> list[list[int]]:
    scores = np.zeros((len(answers), V), np.float32)
    rules.apply(scores, answers)
    return [np.flatnonzero(np.isfinite(row)).tolist() for row in scores]


def _rules(
    never: tuple[int, ...] = (), first: tuple[int, ...] = (), least: int = 0, most: int = 9, block: int = 0
) -> Rules:
    return Rules(never, first, least, most, block)


def test_no_rule_allows_everything() -> None:
    assert _allowed(_rules(), [], []) == [list(range(V))] * 2


def test_pieces_that_may_never_come() -> None:
    assert _allowed(_rules(never=(0, 1, 2)), [], []) == [[3, 4, 5, 6, 7]] * 2
    assert _allowed(_rules(never=(0, 1, 2)), [4], [5]) == [[3, 4, 5, 6, 7]] * 2


def test_the_first_piece_is_one_of_a_few_even_of_those_never_generated_later() -> None:
    rules = _rules(never=(0, 1, 2, 6, 7), first=(6, 7))
    assert _allowed(rules, []) == [[6, 7]]
    assert _allowed(rules, [6]) == [[3, 4, 5]]


def test_no_end_before_the_fewest_pieces() -> None:
    rules = _rules(least=2)
    assert END not in _allowed(rules, [])[0]
    assert END not in _allowed(rules, [4])[0]
    assert END in _allowed(rules, [4, 5])[0]


def test_only_the_end_after_the_most_pieces() -> None:
    rules = _rules(most=3, block=1)
    assert _allowed(rules, [4, 5]) == [[0, 1, 2, 3, 6, 7]]
    assert _allowed(rules, [4, 5, 6], [5, 6, 4]) == [[END], [END]]


def test_a_run_is_blocked_for_its_own_hypothesis() -> None:
    rules = _rules(block=2)
    assert _allowed(rules, [4, 5, 4], [4, 5, 6]) == [[0, 1, 2, 3, 4, 6, 7], list(range(V))]


@pytest.mark.parametrize(
    ("scores", "answer", "allowed"),
    [
        ({4: 0.5, 5: 0.4}, [7], [4]),  # the likeliest goes on with the name
        ({4: 0.5, 5: 0.6}, [7, 4], [5]),
        ({4: 0.2, 7: 0.5}, [7, 4], [7]),  # or ends it
        ({END: 0.9, 0: 0.8, 4: 0.1}, [7, 5], [4]),  # an answer does not end in a name
        ({4: 0.5, 5: 0.4}, [7, 4, 7], [3, 4, 5, 6]),  # what comes after is free
        ({4: 0.5}, [7, *[4] * 30], [7]),  # a name has an end
    ],
)
def test_of_names_the_likeliest_is_gone_on_with(
    scores: dict[int, float], answer: list[int], allowed: list[int]
) -> None:
    rules = Rules((0, 1, 2, 7), [7], 0, 40, 0, names={})
    row = np.zeros((1, V), np.float32)
    row[0, list(scores)] = list(scores.values())
    rules.apply(row, [answer])
    assert np.flatnonzero(np.isfinite(row[0])).tolist() == allowed


@pytest.mark.parametrize(
    ("answer", "names", "piece", "probability"),
    [
        ([7], {(5, 6): 0.4}, 5, 0.6 * 0.3 + 0.4),  # both say 5, together more than the network's 4
        ([7], {(5, 6): 0.1}, 4, 0.9 * 0.6),
        ([7], {(5, 6): 0.2, (5,): 0.3}, 5, 0.5 * 0.3 + 0.5),
        ([7, 5], {(5, 6): 0.8, (4, 4): 0.1}, 6, 0.2 * 0.1 + 0.8),  # of those that begin so
        ([7, 5], {(5,): 0.9}, 7, 0.9),
        ([7, 4], {(5, 6): 1.0}, 4, 0.6),
    ],
)
def test_a_name_is_as_likely_as_the_network_and_what_is_known_make_it(
    answer: list[int], names: dict[tuple[int, ...], float], piece: int, probability: float
) -> None:
    row = np.full((1, V), -np.inf, np.float32)
    row[0, [4, 5, 6]] = np.log([0.6, 0.3, 0.1])
    Rules((0, 1, 2, 7), [7], 0, 40, 0, names=names).apply(row, [answer])
    assert np.flatnonzero(np.isfinite(row[0])).tolist() == [piece]
    assert np.exp(row[0, piece]) == pytest.approx(probability)


def test_the_other_rules_are_for_what_comes_after_the_name() -> None:
    rules = Rules((), [7], 2, 3, 2, names={})
    name = [7, 4, 5, 4]
    assert END not in _allowed(rules, [*name, 7])[0]
    assert _allowed(rules, [*name, 7, 5]) == [list(range(V))]  # 5 4 stood in the name alone
    assert _allowed(rules, [*name, 7, 5, 6]) == [[END]]
    assert rules.longest > 3


@pytest.mark.parametrize(
    ("answer", "n", "blocked"),
    [
        ([], 1, []),
        ([4], 1, [4]),
        ([4, 5, 4], 1, [4, 5, 4]),
        ([4], 2, []),
        ([4, 4], 2, [4]),
        ([4, 5, 6, 4], 2, [5]),
        ([4, 5, 4, 6, 4], 2, [5, 6]),
        ([4, 5, 6, 7, 4, 5], 3, [6]),
        ([4, 5, 6, 7, 5, 6], 3, [7]),
        ([4, 5, 6, 7, 4, 6], 3, []),
        ([4, 5], 3, []),
    ],
)
def test_blocked_pieces(answer: list[int], n: int, blocked: list[int]) -> None:
    assert blocked_pieces(answer, n) == blocked


@pytest.mark.parametrize(
    ("ratio", "source", "most"),
    [(0.0, 3, 40), (2.0, 3, 16), (1.5, 3, 14), (2.0, 15, 40), (2.0, 500, 40)],
)
def test_the_longest_answer_grows_with_the_source(ratio: float, source: int, most: int) -> None:
    settings = DecodingSettings(max_pieces=40, max_ratio=ratio, min_pieces=2, block_ngram=5)
    assert Rules.of(settings, source, never=[0], first=[6]) == Rules([0], [6], 2, most, 5)
