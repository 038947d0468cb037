"""Measuring: the held-out loss, sample answers, and what looks wrong about them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from assistant.corpora.encode import EncodedCorpus
from assistant.corpora.pairs import EncodedPairs, Numbers
from assistant.network.seq2seq import Seq2Seq
from assistant.settings import Settings
from assistant.text.pieces import Pieces
from assistant.training.batches import batches, plan_batches
from assistant.training.greedy import greedy

_SHOWN = 4
_ANSWERED = 48
_FIRST_BYTE, _LAST_BYTE = "<0x00>", "<0xFF>"


@dataclass(frozen=True)
class Measured:
    """What one evaluation found.

    Attributes:
        loss: Nats a piece, without label smoothing.
        samples: Source (of a talk its last turn), target and answer of a few examples, in words.
        common: The answer given most often, and the share of the sources that got it.
        common_target: The share that the commonest of their targets has.
    """

    loss: float
    samples: list[tuple[str, str, str]]
    common: tuple[str, float]
    common_target: float


class Examiner:
    """Measures a network on the held-out examples, the same ones each time.

    Args:
        settings: All settings of the run.
        corpus: What to measure on.
        device: Where to compute.
    """

    def __init__(self, settings: Settings, corpus: EncodedCorpus, device: torch.device) -> None:
        self._pieces = Pieces(corpus.pieces_model)
        self._held_out = corpus.held_out
        self._device = device
        self._most = settings.corpus.max_pieces
        self.plan = _measured(corpus.held_out, settings)
        # The same few all along, so that their answers can be seen to improve.
        self.answered = [int(batch[0]) for batch in self.plan[:_SHOWN]]
        others = (int(i) for batch in self.plan for i in batch if int(i) not in self.answered)
        self.answered += [i for i, _ in zip(others, range(_ANSWERED - len(self.answered)), strict=False)]

    @torch.inference_mode()
    def measure(self, network: Seq2Seq) -> Measured:
        """Measure a network.

        Args:
            network: In evaluation mode.
        """
        total, count = 0.0, 0
        for batch in batches(self._held_out, self.plan, self._device):
            scores = network(batch.source, batch.target_in, batch.wanted).float()
            targets = batch.target_out[batch.wanted]
            total += float(nn.functional.cross_entropy(scores, targets, reduction="sum"))
            count += len(targets)
        answers = greedy(network, [self._source(i) for i in self.answered], self._most)
        return self._measured(total / count, [self._pieces.answer(answer) for answer in answers])

    def _measured(self, loss: float, answers: list[str]) -> Measured:
        targets = [self._pieces.answer(self._held_out.targets[i].tolist()) for i in self.answered]
        sources = [self._pieces.answer(self._source(i)) for i in self.answered[:_SHOWN]]
        samples = list(zip(sources, targets, answers, strict=False))
        return Measured(loss, samples, _commonest(answers), _commonest(targets)[1])

    def _source(self, i: int) -> list[int]:
        source: list[int] = self._held_out.sources[i].tolist()
        return source


def _measured(held_out: EncodedPairs, settings: Settings) -> list[Numbers]:
    plan = plan_batches(held_out, settings.training.batch_tokens, settings.training.seed)
    counts = np.cumsum([len(indices) for indices in plan])
    enough = int((counts < settings.corpus.max_measured).sum()) + 1
    return plan[:enough]


def _commonest(texts: list[str]) -> tuple[str, float]:
    text, count = Counter(texts).most_common(1)[0]
    return text, count / len(texts)


def is_dull(measured: Measured, examples: int) -> bool:
    """Say whether one answer dominates, far beyond its place in the corpus.

    Args:
        measured: What was found.
        examples: How many sources were answered.
    """
    return examples >= 20 and measured.common[1] >= max(0.25, 2 * measured.common_target)


def misfit(pieces_model: bytes, pairs: EncodedPairs) -> str | None:
    """Say in words how a vocabulary does not fit a text, or None if it does.

    Args:
        pieces_model: The vocabulary.
        pairs: The text in its pieces.
    """
    pieces = Pieces(pieces_model)
    surfaces = pieces.surfaces(range(len(pieces)))
    some = np.concatenate([side.pieces[:100_000] for side in (pairs.sources, pairs.targets)])
    is_byte = np.array([_FIRST_BYTE <= s <= _LAST_BYTE and s.startswith("<0x") for s in surfaces])
    begins = np.array([surface.startswith("▁") for surface in surfaces])
    bytewise, words = float(is_byte[some].mean()), max(1, int(begins[some].sum()))
    a_word = len(some) / words
    if bytewise > 0.03:
        return f"{bytewise:.0%} of the text has to be spelt byte by byte: its script is new to the vocabulary"
    if a_word > 3.0:
        return f"a word takes {a_word:.1f} pieces: the vocabulary was learnt from other text, or is too small"
    return None
