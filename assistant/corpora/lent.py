"""Lent replies: the prompts of public small talk, answered in the words that we wrote for their topics.

A public corpus answers a scenario in several voices, none of them the assistant's. Where our own
dialogues begin with the same topic, its prompts are learnt with our replies, so that a model learns
from them what people say and not how another program talks.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from nltk.metrics.distance import jaccard_distance
from nltk.util import ngrams

from assistant import locations
from assistant.corpora.readers import Example, corpus_files, read_corpus

# The corpora whose topics our dialogues name; as their files begin.
_BORROWERS = ("qna-chitchat-en", "rasa-smalltalk")
# Replies of a topic that are lent: with all of them there are so many to a prompt that a small network
# settles for one that fits none. Those given most often are those that fit whatever was said.
_LENT = 3


@dataclass(frozen=True)
class _Opening:
    """What one of our dialogues begins with: the letters of its prompt, and its reply."""

    letters: frozenset[tuple[str, ...]]
    target: str


def answered_by_us(path: Path, example: Example) -> Example:
    """Return an example of a borrowing corpus with a reply of ours.

    Args:
        path: The file that it is of.
        example: With its topic.

    Returns:
        The same prompt and topic, with the reply that we gave to the prompt most like it; unchanged
        where the corpus does not borrow or we have no reply.
    """
    if not example.topic or not path.name.startswith(_BORROWERS):
        return example
    openings = _our_openings().get(example.topic)
    return replace(example, target=_nearest(openings, example.source)) if openings else example


@cache
def _our_openings() -> Mapping[str, Sequence[_Opening]]:
    """Return how those of our dialogues begin that lend their replies, by topic."""
    openings: dict[str, list[_Opening]] = defaultdict(list)
    for file in corpus_files(locations.written_corpus("dialogues")):
        for line in read_corpus(file, "chat", context_turns=1):
            first = line.examples[0]
            if first.topic:
                openings[first.topic].append(_Opening(_letters(first.source), first.target))
    return {topic: _lenders(found) for topic, found in openings.items()}


def _lenders(openings: Sequence[_Opening]) -> list[_Opening]:
    """Return the openings that were answered with the replies given most often."""
    given = Counter(opening.target for opening in openings)
    lent = {target for target, _ in given.most_common(_LENT)}
    return [opening for opening in openings if opening.target in lent]


def _nearest(openings: Sequence[_Opening], prompt: str) -> str:
    letters = _letters(prompt)
    return min(openings, key=lambda opening: jaccard_distance(letters, opening.letters)).target


def _letters(prompt: str) -> frozenset[tuple[str, ...]]:
    """Return the runs of three letters, by which prompts are compared."""
    return frozenset(ngrams(prompt.lower(), 3))
