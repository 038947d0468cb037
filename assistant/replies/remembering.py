"""Translations that are answered from memory."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

from assistant.checkpoint import Checkpoint
from assistant.replies.alternatives import Alternative
from assistant.replies.translation import Translation
from assistant.store.translations import Translations


@dataclass(frozen=True)
class Remembered(Translation):
    """A translation that was not made anew.

    Attributes:
        pinned: Whether the owner holds on to it.
        model: What made it once; None if the owner did.
    """

    pinned: bool = False
    model: str | None = None


class TranslationMemory:
    """What was translated before, and what is from now on.

    Args:
        translations: The history.
        checkpoint: What translates.
        variant: What else decides the translations, such as a glossary.
    """

    def __init__(self, translations: Translations, checkpoint: Checkpoint, variant: str = "") -> None:
        self._translations = translations
        # A checkpoint may be trained anew under its name, and says other things then.
        self._model = f"{checkpoint.name} {checkpoint.made}{variant}"

    def answer(self, text: str) -> Remembered | None:
        """Return the translation of a text that is pinned, or that the same checkpoint gave last.

        Args:
            text: Spanish, to the letter.
        """
        started = time.perf_counter()
        found = self._translations.remembered(text, self._model)
        if found is None:
            return None
        score = math.log(max(found.confidence, 1e-9))
        return Remembered(
            source=text,
            text=found.target,
            confidence=found.confidence,
            alternatives=[Alternative(found.target, score)],
            milliseconds=(time.perf_counter() - started) * 1000,
            attention=[],
            pinned=found.pinned,
            model=found.model,
        )

    def keep(self, result: Translation) -> None:
        """Write a translation that was given into the history, and commit it.

        Args:
            result: Made anew or remembered.

        Raises:
            StoreError: The history cannot be written.
        """
        model = result.model if isinstance(result, Remembered) else self._model
        self._translations.add(result.source, result.text, model, result.confidence)


def pin(translations: Translations, text: str, english: str) -> None:
    """Answer a text with words of the owner's from now on.

    Args:
        translations: The history.
        text: Spanish, to the letter.
        english: What to answer; without a word, the text is translated as before.

    Raises:
        StoreError: The history cannot be written.
    """
    if english:
        translations.add(text, english, model=None, confidence=1.0, pinned=True)
    else:
        translations.unpin(text)
