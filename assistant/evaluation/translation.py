"""Scores of translations against one reference each."""

from __future__ import annotations

from collections.abc import Sequence

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF


def translation_scores(answers: Sequence[str], references: Sequence[str]) -> dict[str, float]:
    """Score translations with sacreBLEU (Post 2018, arXiv 1804.08771).

    Args:
        answers: The translations.
        references: One a translation, in the same order.

    Returns:
        `bleu` (13a, cased) and `chrf` (chrF2), both from 0 to 100, and `exact`, the share of
        answers equal to their reference, from 0 to 1.
    """
    # 13a and one reference are sacreBLEU's defaults; "force" silences advice for tokenised text.
    return {
        "bleu": round(float(BLEU(force=True).corpus_score(answers, [references]).score), 2),
        "chrf": round(float(CHRF().corpus_score(answers, [references]).score), 2),
        "exact": round(sum(map(str.__eq__, answers, references)) / len(answers), 4),
    }
