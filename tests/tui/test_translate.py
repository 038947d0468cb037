"""Translating as one types."""

from __future__ import annotations

import numpy as np
from textual.pilot import Pilot
from textual.widgets import Static

from assistant.replies.alignment import Attended, Word
from assistant.replies.alternatives import Alternative
from assistant.replies.translation import Translation
from assistant.tui.doors import History
from assistant.tui.rendering import Rendering, spans
from assistant.tui.screens.translate import TranslateScreen
from assistant.tui.widgets.shaded import Shaded
from assistant.tui.widgets.status import Status

from .conftest import Fake, FakeTranslator, build, prompt, send, toasts, until


def _side(pilot: Pilot[None], name: str) -> Shaded:
    return pilot.app.screen.query_one(f"#{name}", Shaded)


async def _opened(pilot: Pilot[None]) -> None:
    """Wait until the translator is there, and so everything else."""
    await until(pilot, lambda: isinstance(pilot.app.screen, TranslateScreen))
    await until(pilot, lambda: any("backwards" in status.line for status in pilot.app.screen.query(Status)))


async def test_what_is_typed_is_translated_line_by_line(
    fake: Fake, history: History, translator: FakeTranslator
) -> None:
    async with build(fake, history, translator=translator, translate=True).run_test() as pilot:
        await _opened(pilot)
        await pilot.press(*"uno dos")
        await until(pilot, lambda: _side(pilot, "english").text == "DOS UNO")
        assert pilot.app.screen.query_one(Status).line == "backwards · translate · 4 ms"
        assert _side(pilot, "english").border_subtitle == "80 %"
        await pilot.press("enter", "enter", *"tres")
        await until(pilot, lambda: _side(pilot, "english").text == "DOS UNO\n\nTRES")
        assert translator.asked.count("uno dos") == 1
        assert len(translator.asked) <= 6  # letters typed in one go are no text to translate


async def test_tab_goes_through_the_alternatives_of_the_line(
    fake: Fake, history: History, translator: FakeTranslator
) -> None:
    async with build(fake, history, translator=translator).run_test() as pilot:
        await pilot.press("f2")
        await _opened(pilot)
        _side(pilot, "spanish").text = "hola"
        await until(pilot, lambda: _side(pilot, "english").text == "HOLA")
        lines = str(pilot.app.screen.query_one("#alternatives", Static).content).splitlines()
        assert lines == ["› HOLA", "  HOLA 1", "  HOLA 2", "  HOLA 3", "  HOLA 4"]
        await pilot.press("tab")
        assert _side(pilot, "english").text == "HOLA 1"
        assert _side(pilot, "spanish").has_focus
        await pilot.press("tab", "tab", "tab", "tab")
        assert _side(pilot, "english").text == "HOLA"


async def test_the_spanish_word_under_attention_lights_up(
    fake: Fake, history: History, translator: FakeTranslator
) -> None:
    async with build(fake, history, translator=translator, translate=True).run_test() as pilot:
        await _opened(pilot)
        _side(pilot, "spanish").text = "uno dos tres"
        await until(pilot, lambda: _side(pilot, "english").text == "TRES DOS UNO")
        assert _side(pilot, "spanish").shades == []
        await pilot.press("shift+tab", "home")
        assert _side(pilot, "spanish").shades == [(0, 8, 12, 1.0)]
        assert [shade[1:3] for shade in _side(pilot, "english").shades] == [(0, 4)]
        await pilot.press("ctrl+right", "right")
        assert _side(pilot, "spanish").shades == [(0, 4, 7, 1.0)]
        await pilot.press("tab")  # of an alternative nothing is known
        assert _side(pilot, "spanish").shades == []
        await pilot.press("shift+tab")
        assert _side(pilot, "spanish").has_focus


async def test_the_sides_stand_side_by_side_where_there_is_room(fake: Fake, history: History) -> None:
    async with build(fake, history, translate=True).run_test(size=(120, 30)) as pilot:
        await _opened(pilot)
        spanish, english = _side(pilot, "spanish"), _side(pilot, "english")
        await until(
            pilot, lambda: spanish.region.y == english.region.y and english.region.x > spanish.region.x
        )
        await pilot.resize_terminal(80, 24)
        await until(
            pilot, lambda: spanish.region.x == english.region.x and english.region.y > spanish.region.y
        )


async def test_the_english_is_copied_and_kept_once(
    fake: Fake, history: History, translator: FakeTranslator, desktop: list[str]
) -> None:
    async with build(fake, history, translator=translator, translate=True).run_test() as pilot:
        await _opened(pilot)
        _side(pilot, "spanish").text = "hola"
        await until(pilot, lambda: _side(pilot, "english").text == "HOLA")
        await pilot.press("ctrl+y")
        await until(pilot, lambda: desktop == ["HOLA"])
        await pilot.press("f2")
        assert prompt(pilot).has_focus
    [kept] = history.translations.recent(9)
    assert (kept.source, kept.target, kept.model, kept.confidence) == ("hola", "HOLA", "backwards", 0.8)


async def test_what_stands_there_is_kept_when_the_window_closes(fake: Fake, history: History) -> None:
    async with build(fake, history).run_test() as pilot:
        await send(pilot, "/translate buenos días")
        await _opened(pilot)
        await until(pilot, lambda: _side(pilot, "english").text == "DÍAS BUENOS")
        await pilot.press("ctrl+q")
    assert [kept.source for kept in history.translations.recent(9)] == ["buenos días"]


async def test_a_translation_that_fails_is_said_and_the_next_is_tried(
    fake: Fake, history: History, translator: FakeTranslator
) -> None:
    translator.failing = RuntimeError("out of luck")
    async with build(fake, history, translator=translator, translate=True).run_test(
        notifications=True
    ) as pilot:
        await _opened(pilot)
        _side(pilot, "spanish").text = "hola"
        await until(pilot, lambda: toasts(pilot) == ["out of luck"])
        translator.failing = None
        await pilot.press("a")
        await until(pilot, lambda: _side(pilot, "english").text in ("AHOLA", "HOLAA"))


def test_words_are_found_one_behind_the_other() -> None:
    assert spans(["la", "casa", "«", "la"], "la casa de la") == [(0, 2), (3, 7), None, (11, 13)]
    assert spans([""], "x") == [None]


def test_attention_runs_over_the_sentences_of_a_line() -> None:
    stop, eye = Word(".", -0.1, 0.9), np.eye(2, dtype=np.float32)
    one = Attended(["Si", "."], [Word("Yes", -0.1, 0.9), stop], eye)
    two = Attended(["No", "."], [Word("No", -0.1, 0.9), stop], eye)
    line = "Si. No."
    rendering = Rendering(
        {line: Translation(line, "Yes. No.", 0.9, [Alternative("Yes. No.", 0.0)], 1.0, [one, two])}
    )
    assert rendering.seen(line, 0) == ((0, 3), [((0, 2), 1.0), ((2, 3), 0.0)])
    assert rendering.seen(line, 6) == ((5, 7), [((4, 6), 1.0), ((6, 7), 0.0)])
    assert rendering.seen("Otra", 0) == (None, [])
