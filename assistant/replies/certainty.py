"""How sure a translation is: the network's probabilities, made to mean what they say.

A recurrent network's probability of a sentence falls with its length and is no measure of how
often such sentences are right. A logistic regression, fitted on pairs that were not trained on
and kept with the checkpoint's scores, turns what the network says into that measure.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from assistant.replies.alignment import Attended, Word

Certainty = Literal["sure", "likely", "unsure"]

# Where the words begin: so often what is called by the word is right.
_SURE, _LIKELY = 0.75, 0.4
# The calibration is fitted on sentences of three words and more.
_LEAST_WORDS = 3
_LEAST_LOG = -4.0


@dataclass(frozen=True)
class Calibration:
    """Weights of the features of sentences and of words; the first is the bias."""

    sentence: tuple[float, ...]
    word: tuple[float, ...]

    @classmethod
    def of(cls, scores: Mapping[str, Any]) -> Calibration | None:
        """Read what a checkpoint's scores hold; None where it was never fitted.

        Args:
            scores: Of a checkpoint.
        """
        kept = scores.get("calibration")
        return cls(tuple(kept["sentence"]), tuple(kept["word"])) if kept else None

    def of_sentence(self, attended: Attended) -> float:
        """Return how likely a sentence is to be right, from 0 to 1.

        What is shorter than the sentences that this was fitted on is as sure as its words.
        """
        if 0 < len(attended.target) < _LEAST_WORDS:
            words = self.of_words(attended)
            return sum(words) / len(words)
        return logistic(self.sentence, sentence_features(attended))

    def of_words(self, attended: Attended) -> list[float]:
        """Return how likely each word is to be right, from 0 to 1."""
        return [logistic(self.word, word_features(attended, i)) for i in range(len(attended.target))]


def certainty(confidence: float) -> Certainty:
    """Return the word for a calibrated confidence."""
    return "sure" if confidence >= _SURE else "likely" if confidence >= _LIKELY else "unsure"


def logistic(weights: Sequence[float], features: Sequence[float]) -> float:
    """Return the probability that weights give to features, the bias first."""
    total = weights[0] + sum(w * x for w, x in zip(weights[1:], features, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def sentence_features(attended: Attended) -> list[float]:
    """Describe a translated sentence.

    Args:
        attended: Its words.

    Returns:
        The mean log-probability of its words and its exponential, the log-probability of its
        unlikeliest word and its exponential, the logarithm of its length, and the share of the
        source words that it never looked at.
    """
    logs = _logs(attended.target) or [0.0]
    looked_at = attended.weights.sum(0)
    passed_over = float((looked_at < 0.3).mean()) if len(looked_at) else 0.0
    mean, least = sum(logs) / len(logs), min(logs)
    return [mean, math.exp(mean), least, math.exp(least), math.log(len(logs)), passed_over]


def word_features(attended: Attended, i: int) -> list[float]:
    """Describe a word of a translated sentence.

    Args:
        attended: The words.
        i: Which of the target.

    Returns:
        Its log-probability and probability, the log-probability of the word before it, the mean of
        the sentence, and how much it looked at one source word alone.
    """
    logs = _logs(attended.target)
    before = logs[i - 1] if i else 0.0
    peak = float(attended.weights[i].max()) if attended.weights.size else 0.0
    return [logs[i], math.exp(logs[i]), before, sum(logs) / len(logs), peak]


def _logs(words: Sequence[Word]) -> list[float]:
    # Below this a word was put in by the lexicon or a glossary, and how unlikely it was says no more.
    return [max(word.log_probability, _LEAST_LOG) for word in words]
