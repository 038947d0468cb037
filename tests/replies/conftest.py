"""The vocabulary of the untrained checkpoints, to write answers in, and networks that give them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from assistant.checkpoint import Checkpoint
from assistant.settings import Task
from assistant.text.pieces import Pieces
from tests.inference.fake import FakeNetwork, scripted

# From the marked text of a source to marked answers and their probabilities.
Answers = Mapping[str, float] | Callable[[str], Mapping[str, float]]
Answering = Callable[[Answers], FakeNetwork]


@pytest.fixture
def pieces(untrained: dict[Task, Checkpoint]) -> Pieces:
    """The vocabulary, which both untrained checkpoints share."""
    chat, translate = (untrained[task].pieces for task in ("chat", "translate"))
    assert chat.encode("hello <say> there") == translate.encode("hello <say> there")
    return chat


@pytest.fixture
def answering(pieces: Pieces) -> Answering:
    """Make a network that gives written answers."""

    def make(answers: Answers) -> FakeNetwork:
        def of(source: tuple[int, ...]) -> dict[tuple[int, ...], float]:
            wanted = answers(pieces.decode(source)) if callable(answers) else answers
            return {tuple(pieces.encode(text)): probability for text, probability in wanted.items()}

        return scripted(of, len(pieces))

    return make
