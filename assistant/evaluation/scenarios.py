"""Scores of small talk by scenario: whether a reply is one that the scenario allows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from assistant.evaluation.dialogue import words_of
from assistant.evaluation.ratios import Ratio, mean

NEAR = 0.6
"""The F1 in words from which a reply is near one that is allowed."""

_GENERIC = 0.01
_RUN = 4


def allowed(exchanges: Iterable[tuple[str, str]]) -> dict[str, list[list[str]]]:
    """Return the replies of each topic, as words.

    Args:
        exchanges: Topics and replies.
    """
    replies: dict[str, dict[str, None]] = defaultdict(dict)
    for topic, reply in exchanges:
        replies[topic][reply] = None
    return {topic: [words_of(reply) for reply in known] for topic, known in replies.items()}


def scenario_accuracy(
    topics: Sequence[str], answers: Sequence[str], replies: Mapping[str, Sequence[Sequence[str]]]
) -> Ratio:
    """Score replies by whether their topic allows them, or one near them.

    Args:
        topics: Of each prompt; empty where it has none, so that its reply has no say.
        answers: The replies, in the same order.
        replies: What each topic allows, as `allowed` gives it.
    """
    judged = [bool(topic and replies.get(topic)) for topic in topics]
    right = [
        float(say and _near(answer, replies[topic]))
        for say, topic, answer in zip(judged, topics, answers, strict=True)
    ]
    return Ratio(right, [float(say) for say in judged])


def generic(answers: Sequence[str], subjects: Sequence[str]) -> Ratio:
    """Return the share of replies that three subjects get, and more than one in a hundred.

    What two subjects get may be one taken for the other; it need not fit anything.

    Args:
        answers: The replies.
        subjects: What each answers: a topic, or where there is none the prompt itself.
    """
    met: dict[str, set[str]] = defaultdict(set)
    for answer, subject in zip(answers, subjects, strict=True):
        met[answer.lower()].add(subject)
    most = max(2.0, _GENERIC * len(set(subjects)))
    return mean([float(len(met[answer.lower()]) > most) for answer in answers])


def repeated(answers: Sequence[str]) -> Ratio:
    """Return the share of replies that hold a run of four words twice.

    Args:
        answers: The replies.
    """
    return mean([float(_repeats(words_of(answer))) for answer in answers])


def _near(answer: str, replies: Sequence[Sequence[str]]) -> bool:
    words = Counter(words_of(answer))
    return any(
        2 * (words & Counter(reply)).total() >= NEAR * (words.total() + len(reply)) for reply in replies
    )


def _repeats(words: list[str]) -> bool:
    runs = [tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)]
    return len(set(runs)) < len(runs)
