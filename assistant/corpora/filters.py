"""Filters: what is left out of a corpus, and the count of it by reason.

What is wrong with an example by itself is seen by `fault`, in whichever process reads it; what was
met before is seen by `Repeats`, in one.
"""

from __future__ import annotations

import re
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from assistant.corpora.pairs import Mask, Numbers
from assistant.corpora.readers import Example
from assistant.settings import CorpusSettings, Task
from assistant.text.marks import SAY

Keys = NDArray[np.uint64]

# As nltk's WordPunctTokenizer cuts, which took half the time of encoding a corpus.
_WORDS_AND_MARKS = re.compile(r"\w+|[^\w\s]+")


def fault(example: Example, settings: CorpusSettings, task: Task) -> str | None:
    """Say why an example is not learnt from, or None if it may be.

    Args:
        example: The example.
        settings: The limits.
        task: Length ratios and equal sides matter to translation alone.
    """
    if not example.source or not example.target:
        return "empty"
    # Marks and spaces cost nothing to count; the exact limit is in pieces, after encoding.
    if max(example.source.count(" "), example.target.count(" ")) >= settings.max_words:
        return "too long"
    if task == "translate" and example.source == example.target:
        return "source equals target"
    if task == "translate" and _ratio(example) > settings.max_ratio:
        return "length ratio"
    return None


def pair_key(example: Example, copy: int) -> int:
    """Return a number that stands for a pair, case aside.

    Args:
        example: The pair.
        copy: How often its file was named before: a file named twice is meant to weigh double, so
            only repeats within one copy are duplicates.
    """
    return _key(f"{copy}\t{example.source}\t{example.target}".lower())


def reply_key(example: Example, task: Task, copy: int) -> int:
    """Return a number that stands for a reply, or 0 where it may come as often as it likes.

    Args:
        example: A prompt and its reply.
        task: Only the replies of small talk can be too common.
        copy: How often its file was named before.
    """
    # Any number of messages may ask for the same action.
    said = task == "chat" and example.target.startswith(SAY)
    return _key(f"{copy}\t{example.target}") if said else 0


class Repeats:
    """Sees what was met before; one serves one pass over the corpora.

    Args:
        max_same_reply: Most examples that may share one reply.
    """

    def __init__(self, max_same_reply: int) -> None:
        self._most = max_same_reply
        self._pairs, self._replies = Tally(), Tally()

    def find(self, pairs: Keys, replies: Keys) -> tuple[Mask, Mask]:
        """Look at the next examples.

        Args:
            pairs: A key a pair.
            replies: A key a reply; 0 is never too common.

        Returns:
            Which are duplicates, and which of the others have a reply that is too common.
        """
        duplicate = self._pairs.add(pairs) > 0
        counted = ~duplicate & (replies != 0)
        common = np.zeros(len(replies), bool)
        common[counted] = self._replies.add(replies[counted]) >= self._most
        return duplicate, common


class Tally:
    """Counts 64-bit keys, in sixteen bytes a key: a set of Python's would take six times that.

    Keys are kept in sorted arrays, each at least twice as large as the next, so that a look-up is a
    few binary searches and each key is moved but a few times.
    """

    def __init__(self) -> None:
        self._levels: list[tuple[Keys, Numbers]] = []

    def add(self, keys: Keys) -> Numbers:
        """Count keys.

        Args:
            keys: The keys.

        Returns:
            How often each was met before, counting those that stand before it in `keys`.
        """
        unique, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
        met = self._met(unique)[inverse] + _rank(inverse, counts)
        self._levels.append((unique, counts))
        while len(self._levels) > 1 and len(self._levels[-2][0]) < 2 * len(self._levels[-1][0]):
            self._levels.append(_merged(self._levels.pop(), self._levels.pop()))
        return met

    def _met(self, unique: Keys) -> Numbers:
        met = np.zeros(len(unique), np.int64)
        for keys, counts in self._levels:
            at = np.minimum(np.searchsorted(keys, unique), max(len(keys) - 1, 0))
            if len(keys):
                met += np.where(keys[at] == unique, counts[at], 0)
        return met


def _rank(inverse: Numbers, counts: Numbers) -> Numbers:
    """Return for each key how many equal ones stand before it."""
    order = np.argsort(inverse, kind="stable")
    starts = np.cumsum(counts) - counts
    rank = np.empty(len(inverse), np.int64)
    rank[order] = np.arange(len(inverse)) - starts[inverse[order]]
    return rank


def _merged(one: tuple[Keys, Numbers], other: tuple[Keys, Numbers]) -> tuple[Keys, Numbers]:
    keys, inverse = np.unique(np.concatenate([one[0], other[0]]), return_inverse=True)
    counts = np.zeros(len(keys), np.int64)
    np.add.at(counts, inverse, np.concatenate([one[1], other[1]]))
    return keys, counts


def _ratio(example: Example) -> float:
    # Two words more or less say nothing about a short sentence.
    sides = (example.source, example.target)
    shorter, longer = sorted(len(_WORDS_AND_MARKS.findall(side)) for side in sides)
    return (longer + 2) / (shorter + 2)


def _key(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")
