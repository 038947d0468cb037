"""What talks are opened with, what that is about and how it is answered, from an encoded corpus."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from assistant.corpora.pairs import EncodedPairs
from assistant.text.marks import ASSISTANT, SAY
from assistant.text.pieces import Pieces

_MOST = 200_000
"""More openings make a larger file and no better answers."""


def openings_of(pairs: EncodedPairs, pieces: Pieces) -> Iterator[tuple[str, str, str]]:
    """Yield the openings of the talks that name their topic.

    Args:
        pairs: Marked sources and targets, in pieces.
        pieces: Their vocabulary.

    Yields:
        What was said, the name of its topic, and the reply; the same may come twice.
    """
    answered, say = pieces.mark(ASSISTANT), pieces.mark(SAY)
    return islice(_openings(pairs, pieces, answered, say), _MOST)


def _openings(pairs: EncodedPairs, pieces: Pieces, answered: int, say: int) -> Iterator[tuple[str, str, str]]:
    for i in range(len(pairs)):
        source, target = pairs.sources[i].tolist(), pairs.targets[i].tolist()
        if answered in source or target[0] != say or say not in target[1:]:
            continue
        if topic := pieces.decode(target[: target.index(say, 1)]):
            yield pieces.decode(source), topic, pieces.answer(target)
