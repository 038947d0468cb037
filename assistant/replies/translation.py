"""What a translation is, made anew or remembered; to remember one takes no network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.replies.alternatives import Alternative

if TYPE_CHECKING:
    from assistant.replies.alignment import Attended
    from assistant.replies.certainty import Certainty


@dataclass(frozen=True)
class Translation:
    """A text and its English.

    Attributes:
        source: The text as it was given.
        text: The English.
        confidence: How likely it is to be right, from 0 to 1; without a calibration the geometric mean of
            the pieces' probabilities of each sentence.
        certainty: The word for the confidence; None without a calibration.
        alternatives: The best translations of the whole text, best first, `text` being the first.
        milliseconds: Time it took; of texts translated together, an equal share.
        attention: One entry a translated sentence.
        english: How many sentences were in English already, and came back as they are.
        unplaced: Glossary terms, and things to keep, that found no place.
    """

    source: str
    text: str
    confidence: float
    alternatives: list[Alternative]
    milliseconds: float
    attention: list[Attended]
    certainty: Certainty | None = None
    english: int = 0
    unplaced: tuple[str, ...] = ()
