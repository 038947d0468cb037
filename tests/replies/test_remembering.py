"""Translations that are answered from memory."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.checkpoint import Checkpoint
from assistant.replies.alternatives import Alternative
from assistant.replies.remembering import Remembered, TranslationMemory, pin
from assistant.replies.translation import Translation
from assistant.settings import Task
from assistant.store.database import open_database
from assistant.store.translations import Translations


@pytest.fixture
def translations() -> Translations:
    return Translations(open_database())


@pytest.fixture
def checkpoint(untrained: dict[Task, Checkpoint]) -> Checkpoint:
    return untrained["translate"]


def _made(source: str, text: str) -> Translation:
    return Translation(source, text, 0.5, [Alternative(text, -3.0)], 12.0, [])


def test_the_same_text_and_checkpoint_give_the_same(
    translations: Translations, checkpoint: Checkpoint
) -> None:
    memory = TranslationMemory(translations, checkpoint)
    assert memory.answer("hola") is None
    memory.keep(_made("hola", "hi"))
    again = memory.answer("hola")
    assert again and (again.text, again.confidence, again.pinned) == ("hi", 0.5, False)
    assert memory.answer("Hola") is None
    memory.keep(again)
    assert translations.counts(1)[0].times == 2


def test_a_checkpoint_made_anew_under_its_name_translates_anew(
    translations: Translations, checkpoint: Checkpoint
) -> None:
    TranslationMemory(translations, checkpoint).keep(_made("hola", "hi"))
    anew = replace(checkpoint, made="2030-01-01T00:00:00+00:00")
    assert TranslationMemory(translations, anew).answer("hola") is None


def test_the_owner_s_words_are_not_taken_for_the_checkpoint_s(
    translations: Translations, checkpoint: Checkpoint
) -> None:
    memory = TranslationMemory(translations, checkpoint)
    memory.keep(_made("hola", "hi"))
    pin(translations, "hola", "howdy")
    pinned = memory.answer("hola")
    assert isinstance(pinned, Remembered) and (pinned.text, pinned.pinned) == ("howdy", True)
    memory.keep(pinned)
    pin(translations, "hola", "")
    again = memory.answer("hola")
    assert again and again.text == "hi"
