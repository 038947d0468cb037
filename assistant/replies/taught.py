"""What the owner taught: the reply to the prompt that comes near enough to what was said.

Two prompts are near when they are about the same things, ask the same way and speak of the same
persons. The encoder's vectors alone take "what kind of music do you like" for "what kind of sweets do
you like"; of prompts that agree in their words they tell those that mean the same from the others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.inference.runtime import Floats
from assistant.replies.reply import Reply
from assistant.replies.wording import asking, content, denying, form, persons, stem, without_frame, words_of

if TYPE_CHECKING:
    from sqlite_utils import Database

    from assistant.store.taught import Taught

NEAR = 0.8
"""The cosine from which a prompt that agrees in its words is taken for the same."""

_CANDIDATES = 50
_LONGEST = 60  # words


@dataclass(frozen=True)
class Match:
    """What was taught, and how near its prompt is to what was said, from -1 to 1."""

    pair: Taught
    likeness: float


class TaughtMemory:
    """Answers with what the owner taught.

    Args:
        vector: What a text means to the encoder, of length 1.
        open_store: Opens the owner's file.
        near: The least likeness that will do.
    """

    def __init__(
        self, vector: Callable[[str], Floats], open_store: Callable[[], Database], near: float = NEAR
    ) -> None:
        self._vector = vector
        self._open_store = open_store
        self._near = near

    def answer(self, prompt: str) -> Reply | None:
        """Answer a prompt, if it comes near enough to one that was taught.

        Args:
            prompt: What was said.

        Raises:
            StoreError: The owner's file cannot be opened.
        """
        found = self.matches(prompt)
        if not found:
            return None
        best, *others = found
        alternatives = tuple(dict.fromkeys(other.pair.reply for other in others))
        return Reply(best.pair.reply, "taught", best.likeness, 0.0, alternatives=alternatives)

    def matches(self, prompt: str) -> list[Match]:
        """Return what was taught to prompts that come near enough, the nearest first.

        Args:
            prompt: What was said.

        Raises:
            StoreError: The owner's file cannot be opened.
        """
        from assistant.store.taught import TaughtPairs

        words = words_of(prompt)
        if len(words) > _LONGEST:
            return []
        wanted = " ".join(dict.fromkeys([prompt, *words, *map(stem, words)]))
        pairs = [
            p for p in TaughtPairs(self._open_store()).near(wanted, _CANDIDATES) if alike(prompt, p.prompt)
        ]
        found = [Match(pair, self._likeness(prompt, pair.prompt)) for pair in pairs]
        return sorted((m for m in found if m.likeness >= self._near), key=lambda m: -m.likeness)

    def _likeness(self, prompt: str, taught: str) -> float:
        if words_of(prompt) == words_of(taught):
            return 1.0
        return float(self._vector(prompt) @ self._vector(taught))


def alike(one: str, other: str) -> bool:
    """Say whether two prompts agree in what they are about, how they ask and of whom they speak.

    Args:
        one: A prompt.
        other: Another.
    """
    if words_of(one) == words_of(other):
        return True
    first, second = (without_frame(words_of(text)) for text in (one, other))
    return bool(content(first)) and all(
        trait(first) == trait(second) for trait in (content, asking, denying, persons, form)
    )
