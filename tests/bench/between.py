"""A checkpoint between the one a course began with and the one it made.

    python -m tests.bench.between BEFORE AFTER SHARE FOLDER

Weights on the line between the two, SHARE of the way, are often better on what either knows than both
(Wortsman et al. 2022, "Robust fine-tuning of zero-shot models", arXiv 2109.01903). Upper layers of the
encoder that BEFORE lacks are taken as they began, saying nothing. Tables, scores and card are
AFTER's; `tests.bench.finish` calibrates anew.
"""

from __future__ import annotations

import argparse
import shutil
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path

import torch

from assistant.checkpoint import (
    ACCENTS,
    CARD,
    DICTIONARY,
    LEXICON,
    OPENINGS,
    PIECES,
    PUNCTUATION,
    SCORES,
    read_checkpoint,
    writing_checkpoint,
)
from assistant.network.encoder import silence
from assistant.network.seq2seq import Seq2Seq
from assistant.training.export import export_network, load_weights, quantise, save_weights


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("share", type=float)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    after = read_checkpoint(given.after)
    network = between(given.before, given.after, given.share)
    made = datetime.now(UTC).isoformat(timespec="seconds")
    with writing_checkpoint(given.folder, after.settings, made, force=False) as folder:
        for name in (PIECES, SCORES, CARD, LEXICON, ACCENTS, PUNCTUATION, DICTIONARY, OPENINGS):
            if (given.after / name).exists():
                shutil.copy(given.after / name, folder)
        save_weights(network, folder)
        export_network(network, folder)
        quantise(folder)


def between(before: Path, after: Path, share: float) -> Seq2Seq:
    """Return the network that lies a share of the way from one to the other.

    Args:
        before: A checkpoint of the same shape, or with fewer layers of the encoder.
        after: A checkpoint.
        share: 0 gives `before`, 1 gives `after`.
    """
    checkpoint = read_checkpoint(after)
    last = Seq2Seq(checkpoint.settings.network, len(checkpoint.pieces)).requires_grad_(False)
    load_weights(last, after)
    first = deepcopy(last)
    for layer in first.encoder.upper:
        silence(layer)
    load_weights(first, before)
    torch._foreach_lerp_(list(first.parameters()), list(last.parameters()), share)
    return first


if __name__ == "__main__":
    main()
