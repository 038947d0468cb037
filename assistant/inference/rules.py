"""Rules that both searches keep: which pieces may come next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assistant.inference.runtime import Floats
from assistant.settings import DecodingSettings
from assistant.text.pieces import END

_LONGEST_NAME = 24
"""Pieces; no corpus has a longer name for what it is about."""


@dataclass(frozen=True)
class Rules:
    """What an answer may and may not hold.

    Attributes:
        never: Pieces that may not be generated after the first place.
        first: Pieces of which the first must be one; empty for no such rule.
        min_pieces: Fewest pieces.
        max_pieces: Most pieces, of answers that `legal` leaves alone.
        block_ngram: Length of a run that may not come twice; 0 for no such rule.
        legal: From the pieces of an answer so far to all that may come next, or to None where the
            other rules say that; None for no such rule.
        names: None for answers that name no subject. Others name it first: it is what follows their first
            piece, the only one of `first`, until that comes again. Only the likeliest name is gone on with,
            and the other rules are for what comes after it. How likely a name is, is the network's word
            mixed with these: names in pieces, each with its probability; together at most 1, and the rest
            is the network's.
    """

    never: Sequence[int]
    first: Sequence[int]
    min_pieces: int
    max_pieces: int
    block_ngram: int
    legal: Callable[[Sequence[int]], Sequence[int] | None] | None = None
    names: Mapping[tuple[int, ...], float] | None = None

    @classmethod
    def of(
        cls,
        settings: DecodingSettings,
        source_length: int,
        never: Sequence[int],
        first: Sequence[int] = (),
    ) -> Rules:
        """Return the rules for one source.

        Args:
            settings: The numbers.
            source_length: Pieces of the source.
            never: Pieces that may not be generated.
            first: Pieces of which the first must be one.
        """
        most = settings.max_pieces
        if settings.max_ratio:
            # Ten pieces more let a short source have a long answer.
            most = min(most, int(settings.max_ratio * source_length) + 10)
        return cls(never, first, settings.min_pieces, most, settings.block_ngram)

    @property
    def longest(self) -> int:
        """The most pieces that an answer can have, its name included."""
        return self.max_pieces + (_LONGEST_NAME + 1) * (self.names is not None)

    @cached_property
    def _never(self) -> NDArray[np.int64]:
        return np.array(self.never, np.int64)

    def apply(self, scores: Floats, answers: Sequence[Sequence[int]]) -> None:
        """Forbid what may not come next, in place.

        Args:
            scores: Log-probabilities of the next piece, (K, V).
            answers: The pieces of each hypothesis so far.
        """
        length = len(answers[0])
        if length == 0 and self.first:
            for row in scores:
                _keep(row, self.first)
            return
        named = self._named(answers[0])
        if named is None:
            for row in scores:
                _keep(row, [self._name(row, answers[0])])
            return
        scores[:, self._never] = -np.inf
        if length - named < self.min_pieces:
            scores[:, END] = -np.inf
        for row, answer in enumerate(answers):
            legal = self.legal(answer) if self.legal else None
            if legal is not None:
                _keep(scores[row], legal)
            elif length - named >= self.max_pieces:
                _keep(scores[row], [END])
            elif self.block_ngram:
                scores[row, blocked_pieces(answer[named:], self.block_ngram)] = -np.inf

    def _named(self, answer: Sequence[int]) -> int | None:
        """Return how many pieces come before what is said, alike in all answers; None while one is named."""
        if self.names is None:
            return 0
        return answer.index(self.first[0], 1) if self.first[0] in answer[1:] else None

    def _name(self, row: Floats, answer: Sequence[int]) -> int:
        """Return the piece that goes on with the likeliest name, or ends it; set its log-probability."""
        mark = self.first[0]
        if len(answer) > _LONGEST_NAME:
            return mark
        given = self._given(tuple(answer[1:]))
        likely = np.exp(row) * (1 - sum(given.values()))
        likely[self._never_named] = 0
        for piece, probability in given.items():
            likely[piece] += probability
        best = int(likely.argmax())
        row[best] = np.log(likely[best])
        return best

    def _given(self, begun: tuple[int, ...]) -> dict[int, float]:
        """Return the pieces with which the given names go on from a beginning."""
        pieces: dict[int, float] = {}
        for name, probability in (self.names or {}).items():
            if name[: len(begun)] == begun:
                piece = (*name, self.first[0])[len(begun)]
                pieces[piece] = pieces.get(piece, 0.0) + probability
        return pieces

    @cached_property
    def _never_named(self) -> list[int]:
        """Pieces of no name: the mark that ends it is none of them."""
        return [END, *(piece for piece in self.never if piece != self.first[0])]


def _keep(scores: Floats, pieces: Sequence[int]) -> None:
    """Forbid all other pieces, in place."""
    kept = scores[list(pieces)]
    scores[:] = -np.inf
    scores[list(pieces)] = kept


def blocked_pieces(answer: Sequence[int], n: int) -> list[int]:
    """Return the pieces that would repeat a run of n (Paulus et al. 2018, arXiv 1705.04304).

    Args:
        answer: The pieces so far.
        n: Length of the run.
    """
    if len(answer) < n:
        return []
    head = tuple(answer[len(answer) - n + 1 :])
    starts = range(len(answer) - n + 1)
    return [answer[i + n - 1] for i in starts if tuple(answer[i : i + n - 1]) == head]
