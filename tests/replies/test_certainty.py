from __future__ import annotations

import math

import numpy as np
import pytest

from assistant.replies.alignment import Attended, Word
from assistant.replies.certainty import Calibration

# A sentence is as sure as half, whatever it is; a word is as sure as its log-probability says.
_CALIBRATION = Calibration(sentence=(0.0,) * 7, word=(0.0, 1.0, 0.0, 0.0, 0.0, 0.0))


def _said(*logs: float) -> Attended:
    words = [Word("w", log, 0.0) for log in logs]
    return Attended(["p"], words, np.ones((len(words), 1), np.float32))


def test_a_sentence_is_as_sure_as_its_calibration_says() -> None:
    assert _CALIBRATION.of_sentence(_said(-1.0, -1.0, -1.0)) == 0.5


def test_a_word_or_two_are_as_sure_as_these_words() -> None:
    sure = 1 / (1 + math.exp(1.0))
    assert _CALIBRATION.of_sentence(_said(-1.0)) == pytest.approx(sure)
    assert _CALIBRATION.of_sentence(_said(-1.0, -1.0)) == pytest.approx(sure)
