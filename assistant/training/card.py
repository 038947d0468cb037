"""The card of a checkpoint: what it is, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.corpora.encode import EncodedCorpus
from assistant.settings import Settings

_PURPOSE = {"chat": "Replies in small talk, English.", "translate": "Translates Spanish to English."}


def write_card(
    name: str,
    settings: Settings,
    corpus: EncodedCorpus,
    parameters: int,
    scores: Mapping[str, Any],
    command: str,
) -> str:
    """Return the card of a checkpoint, in Markdown.

    Args:
        name: The checkpoint's name.
        settings: All settings of the run.
        corpus: What it was trained on.
        parameters: Number of weights.
        scores: What was measured on the held-out examples.
        command: The command that makes it again.
    """
    network, training = settings.network, settings.training
    return "\n".join(
        [
            f"# {name}",
            "",
            _PURPOSE[settings.task],
            "",
            f"A recurrent encoder-decoder with attention: {network.cell.upper()}, {network.attention} "
            f"attention, embeddings {network.embedding}, hidden {network.hidden}, "
            f"{network.encoder_layers} encoder and 2 decoder layers, {parameters / 1e6:.1f} million weights.",
            "",
            "## Data",
            "",
            f"{len(corpus.train):,} examples learnt, {len(corpus.held_out):,} held out, from:",
            "",
            *_files(corpus),
            "",
            f"Left out: {_dropped(corpus)}.",
            "",
            "The licence of the weights follows from the licences of these files.",
            "",
            "## Training",
            "",
            f"Preset {settings.preset}, seed {training.seed}, batches of {training.batch_tokens} target "
            f"pieces, Adam {training.learning_rate:g}, dropout {network.dropout:g}, word dropout "
            f"{network.word_dropout:g}, label smoothing {training.label_smoothing:g}, weights averaged.",
            "",
            "Made again with:",
            "",
            f"    {command}",
            "",
            "## Scores on the held-out examples",
            "",
            *(f"* {key}: {value}" for key, value in scores.items()),
            "",
        ]
    )


def _files(corpus: EncodedCorpus) -> Sequence[str]:
    times = Counter(corpus.files)
    return [
        f"* {Path(*file.parts[-2:])}{f' (weighs {count} times)' if count > 1 else ''}"
        for file, count in times.items()
    ]


def _dropped(corpus: EncodedCorpus) -> str:
    return ", ".join(f"{n:,} {reason}" for reason, n in corpus.dropped.most_common()) or "nothing"
