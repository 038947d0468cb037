"""Scores of replies: how varied they are, and how near to a person's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from nltk.tokenize import TweetTokenizer
from nltk.util import ngrams

_FREQUENT = 20


def dialogue_scores(answers: Sequence[str], references: Sequence[str]) -> dict[str, float]:
    """Score replies by words, lower case (nltk's tweet tokeniser, which needs no download).

    Args:
        answers: The replies.
        references: What a person said there, in the same order.

    Returns:
        `distinct_1` and `distinct_2`, the share of word runs that are different (Li et al. 2016,
        arXiv 1510.03055); `f1`, the mean overlap in words with the reference; `frequent`, the share
        of the replies that are among the twenty commonest; `words`, the mean length.
    """
    tokenise = TweetTokenizer(preserve_case=False).tokenize
    words = [tokenise(answer) for answer in answers]
    expected = [tokenise(reference) for reference in references]
    common = Counter(answers).most_common(_FREQUENT)
    return {
        "distinct_1": _distinct(words, 1),
        "distinct_2": _distinct(words, 2),
        "f1": round(sum(map(_f1, words, expected)) / len(words), 4),
        "frequent": round(sum(count for _, count in common) / len(answers), 4),
        "words": round(sum(map(len, words)) / len(words), 2),
    }


def _distinct(answers: Sequence[Sequence[str]], n: int) -> float:
    runs = [run for answer in answers for run in ngrams(answer, n)]
    return round(len(set(runs)) / max(len(runs), 1), 4)


def _f1(answer: Sequence[str], reference: Sequence[str]) -> float:
    shared = (Counter(answer) & Counter(reference)).total()
    return 2 * shared / max(len(answer) + len(reference), 1)
