"""What can be done to a message: chosen, copied, judged, put otherwise, taught, made again, asked about."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from assistant.replies.alternatives import Alternative
from assistant.replies.reply import Explanation
from assistant.replies.seen import Seen
from assistant.tui.app import ChatApp
from assistant.tui.doors import History
from assistant.tui.screens.why import WhyScreen
from assistant.tui.visible import visible
from assistant.tui.widgets.heatmap import heat_map
from assistant.tui.widgets.welcome import Welcome

from .conftest import (
    Fake,
    ask,
    build,
    exchanges,
    messages,
    prompt,
    rows,
    send,
    stored_talk,
    talk,
    toasts,
    until,
    whole,
)


def _chosen(pilot: Pilot[None]) -> str | None:
    part = messages(pilot).chosen
    return part.text if part else None


async def test_a_message_is_chosen_with_the_keys_and_left_again(fake: Fake, history: History) -> None:
    before = stored_talk(history, "one", "1", "two", "2")
    async with build(fake, history, before).run_test() as pilot:
        await pilot.press("escape")
        assert _chosen(pilot) == "2"
        await pilot.press("up", "k")
        assert _chosen(pilot) == "1"
        await pilot.press("g")
        assert _chosen(pilot) == "one"
        await pilot.press("j", "down", "down")
        assert _chosen(pilot) == "2"
        await pilot.press("down")
        assert prompt(pilot).has_focus
        await pilot.press("escape", "escape", *"hi")
        assert prompt(pilot).text == "hi"


async def test_a_message_is_chosen_with_a_click(fake: Fake, history: History) -> None:
    before = stored_talk(history, "one", "1", "two", "2")
    async with build(fake, history, before).run_test() as pilot:
        await pilot.pause()
        await pilot.click(exchanges(pilot)[0].answer)
        assert _chosen(pilot) == "1"


async def test_a_message_and_the_conversation_are_copied(
    fake: Fake, history: History, desktop: list[str]
) -> None:
    before = stored_talk(history, "one", "1\n\x1b[31mred", "two", "2")
    async with build(fake, history, before).run_test(notifications=True) as pilot:
        await pilot.press("escape", "up", "up", "c")
        await until(pilot, lambda: bool(desktop))
        assert desktop == ["1\n\x1b[31mred"]
        assert pilot.app.clipboard == "1\n\x1b[31mred"
        await until(pilot, lambda: toasts(pilot) == ["Copied the reply (10 characters)"])
        await pilot.press("C")
        await until(pilot, lambda: len(desktop) == 2)
        assert desktop[1].startswith("You: one\n\nAssistant: 1")
        assert desktop[1].endswith("You: two\n\nAssistant: 2")


async def test_a_reply_is_called_good_then_bad_and_that_is_taken_back(app: ChatApp, history: History) -> None:
    async with app.run_test() as pilot:
        await ask(pilot, "one")
        await pilot.press("escape", "+")
        assert history.feedback.rating(2) is True
        assert exchanges(pilot)[0].footnote == "generated · 62 % · good"
        await pilot.press("-")
        assert history.feedback.rating(2) is False
        assert exchanges(pilot)[0].footnote == "generated · 62 % · bad"
        await pilot.press("-")
        assert history.feedback.rating(2) is None
        assert exchanges(pilot)[0].footnote == "generated · 62 %"


async def test_a_reply_is_made_again_and_both_are_paged_through(
    app: ChatApp, fake: Fake, history: History
) -> None:
    async with app.run_test() as pilot:
        await ask(pilot, "one")
        await pilot.press("ctrl+r")
        await until(pilot, lambda: talk(pilot) == [("one", "You said one. Again.")])
        await until(pilot, lambda: exchanges(pilot)[0].footnote == "generated · 62 % · 2 of 2")
        assert rows(history) == [("user", "one"), ("assistant", "You said one. Again.")]
        await pilot.press("escape", "left")
        await until(pilot, lambda: _chosen(pilot) == "You said one.")
        assert exchanges(pilot)[0].footnote == "generated · 62 % · 1 of 2"
        assert rows(history) == [("user", "one"), ("assistant", "You said one.")]
        await pilot.press("left", "right")
        await until(pilot, lambda: _chosen(pilot) == "You said one. Again.")
        await pilot.press("escape")
        await ask(pilot, "two")
    assert fake.asked == [["one"], ["one"], ["one", "You said one. Again.", "two"]]


async def test_a_failed_reply_made_again_leaves_the_one_before(app: ChatApp, fake: Fake) -> None:
    async with app.run_test() as pilot:
        await ask(pilot, "one")
        fake.failing = RuntimeError("out of luck")
        await pilot.press("ctrl+r")
        await until(pilot, lambda: bool(messages(pilot).notices))
        assert talk(pilot) == [("one", "You said one.")]
        assert prompt(pilot).text == ""
        fake.failing = None
        await send(pilot, "two")
        await whole(pilot, 2)
    assert fake.asked[-1] == ["one", "You said one.", "two"]


async def test_the_last_words_are_put_otherwise(app: ChatApp, fake: Fake, history: History) -> None:
    async with app.run_test() as pilot:
        await ask(pilot, "one")
        await ask(pilot, "tow")
        await pilot.press(*"draft", "escape", "up", "e")
        assert prompt(pilot).text == "tow"
        assert str(prompt(pilot).border_title) == "Say it otherwise"
        prompt(pilot).text = "two"
        await pilot.press("enter")
        await until(pilot, lambda: talk(pilot)[-1] == ("two", "You said two."))
        assert prompt(pilot).text == "draft"
        assert prompt(pilot).border_title is None
    assert fake.asked[-1] == ["one", "You said one.", "two"]
    assert [text for _, text in rows(history)] == ["one", "You said one.", "two", "You said two."]
    assert [one.text for one in history.conversations.siblings(3)] == ["tow", "two"]


async def test_escape_leaves_editing_and_gives_the_draft_back(app: ChatApp, fake: Fake) -> None:
    async with app.run_test() as pilot:
        await ask(pilot, "one")
        await pilot.press(*"draft", "escape", "e", *"xyz", "escape")
        assert prompt(pilot).text == "draft"
        await pilot.press("enter")
        await whole(pilot, 2)
    assert fake.asked[-1][-1] == "draft"


async def test_a_reply_is_edited_into_what_should_have_been_said(
    app: ChatApp, fake: Fake, history: History
) -> None:
    async with app.run_test() as pilot:
        await ask(pilot, "hello")
        await pilot.press("escape", "e")
        assert prompt(pilot).text == "You said hello."
        prompt(pilot).text = "Ahoy."
        await pilot.press("enter")
        await until(pilot, lambda: talk(pilot) == [("hello", "Ahoy.")])
        assert exchanges(pilot)[0].footnote == "taught · 2 of 2"
        await ask(pilot, "bye")
    [pair] = history.taught.all()
    assert (pair.prompt, pair.reply) == ("hello", "Ahoy.")
    assert fake.asked[-1] == ["hello", "Ahoy.", "bye"]


async def test_teaching_a_reply_in_the_midst_of_a_talk_leaves_what_followed(
    fake: Fake, history: History
) -> None:
    before = stored_talk(history, "one", "1", "two", "2")
    async with build(fake, history, before).run_test() as pilot:
        await pilot.press("escape", "up", "up", "e")
        prompt(pilot).text = "I"
        await pilot.press("enter")
        await until(pilot, lambda: bool(history.taught.all()))
        assert talk(pilot) == [("one", "1"), ("two", "2")]
    assert len(history.conversations.messages(before)) == 4


def _page(pilot: Pilot[None]) -> str:
    return "\n".join(str(static.render()) for static in pilot.app.screen.query(Static))


async def test_why_a_reply_is_what_it_is(app: ChatApp, fake: Fake, history: History) -> None:
    seen = Seen(
        ["<user>", "▁he", "llo"], ["<say>", "▁You"], np.array([[1, 0, 0], [0.2, 0.5, 0.3]], np.float32)
    )
    fake.why = Explanation(seen, [Alternative("You said hello.", -0.5), Alternative("Hm.", -1.5)])
    history.taught.teach("hello there", "Ahoy.")
    async with app.run_test() as pilot:
        await ask(pilot, "hello")
        await pilot.press("escape", "?")
        await until(pilot, lambda: "learnt" in _page(pilot))
        page = _page(pilot)
        await until(pilot, lambda: "80" in _page(pilot))  # the map, 50 + 30 percent on "hello"
        assert "-1.50  Hm." in page
        assert "hello there\nAhoy." in page
        assert "near hello\nlearnt" in page
        await pilot.press("escape")
        assert not isinstance(app.screen, WhyScreen)
    assert len(fake.asked) == 1


async def test_how_an_old_reply_came_about_is_found_out_by_asking_again(fake: Fake, history: History) -> None:
    before = stored_talk(history, "one", "You said one.", "two", "something else")
    seen = Seen(["▁two"], ["▁You"], np.array([[1]], np.float32))
    fake.why = Explanation(seen, [Alternative("You said one.", -0.25)])
    async with build(fake, history, before).run_test() as pilot:
        await until(pilot, lambda: pilot.app.screen.query_one("#state", Static).content == "fake · chat")
        await pilot.press("escape", "?")
        await until(pilot, lambda: "Today I would say: You said two." in _page(pilot))
        await pilot.press("escape", "up", "up", "?")
        await until(pilot, lambda: "-0.25  You said one." in _page(pilot))
    assert fake.asked == [["one", "You said one.", "two"], ["one"]]
    assert len(history.conversations.messages(before)) == 4


def test_a_heat_map_goes_on_below_where_the_window_ends() -> None:
    words = Seen(["<user>", "uno", "dos", "tres"], ["<say>", "one", "two"], np.full((3, 4), 0.25, np.float32))
    assert heat_map(words, 80).plain.splitlines() == [
        "     you: uno dos tres ",
        "one   25   25  25  25 ",
        "two   25   25  25  25 ",
    ]
    narrow = heat_map(words, 16).plain.splitlines()
    assert max(map(len, narrow)) <= 16
    assert [line.split() for line in narrow] == [
        ["you:", "uno"], ["one", "25", "25"], ["two", "25", "25"], [],
        ["dos", "tres"], ["one", "25", "25"], ["two", "25", "25"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain\n\ttext ñ 👍", "plain\n\ttext ñ 👍"),
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("\x1b]52;c;aGk=\a", "␛]52;c;aGk=␇"),
        ("a\rb\x7f\x9b2J\u202egnp", "a␍b␡�2J�gnp"),
    ],
)
def test_what_a_terminal_would_obey_is_made_to_be_seen(text: str, shown: str) -> None:
    assert visible(text) == shown


async def test_escape_sequences_are_shown_wherever_text_is(fake: Fake, history: History) -> None:
    bad = "\x1b]0;owned\x07\x1b[2J hi"
    before = stored_talk(history, bad, bad)
    async with build(fake, history, before).run_test(size=(120, 30)) as pilot:
        shown = "␛]0;owned␇␛[2J"  # as the prompt, the reply and the title
        await until(pilot, lambda: pilot.app.export_screenshot().count(shown) == 3)
        assert not {"\x1b", "\x07"} & set(pilot.app.export_screenshot())
        assert exchanges(pilot)[0].said.text == bad


async def test_a_pasted_escape_sequence_is_made_to_be_seen(app: ChatApp) -> None:
    from textual import events

    async with app.run_test() as pilot:
        app.post_message(events.Paste("a\x1b[31mb\r\nc"))
        await until(pilot, lambda: prompt(pilot).text == "a␛[31mb\nc")


# Long talks


async def test_of_a_long_talk_a_part_is_shown_and_the_rest_as_it_is_scrolled_to(
    fake: Fake, history: History
) -> None:
    before = stored_talk(history, *map(str, range(200)))
    async with build(fake, history, before).run_test() as pilot:
        shown = messages(pilot)
        await until(pilot, lambda: len(exchanges(pilot)) == 12)
        await until(pilot, lambda: shown.scroll_y == shown.max_scroll_y > 0)
        assert talk(pilot)[-1] == ("198", "199")
        seen = {text for text, _ in talk(pilot)}
        await pilot.press("escape")
        while talk(pilot)[0] != ("0", "1"):
            await _turn(pilot, "g", 0)
            seen |= {text for text, _ in talk(pilot)}
        assert seen == {str(n) for n in range(0, 200, 2)}
        assert not shown.at_end
        while talk(pilot)[-1] != ("198", "199"):
            await _turn(pilot, "G", -1)
        assert shown.at_end


async def test_a_page_that_is_not_laid_out_yet_is_not_taken_for_too_short(
    fake: Fake, history: History
) -> None:
    before = stored_talk(history, *map(str, range(200)))
    async with build(fake, history, before).run_test() as pilot:
        shown = messages(pilot)
        await until(pilot, lambda: shown.scroll_y == shown.max_scroll_y > 0)
        stored = history.conversations.messages(before)[-24:]
        shown.show_welcome(Welcome([], datetime.now()))
        await until(pilot, lambda: not exchanges(pilot))
        shown.show_talk(stored, fetch=lambda first, most: stored)
        shown._fill()  # as on a machine so busy that the layout comes after this
        await until(pilot, lambda: shown.scroll_y == shown.max_scroll_y > 0)
        await pilot.pause(0.2)
        assert len(exchanges(pilot)) == 12


async def _turn(pilot: Pilot[None], key: str, end: int) -> None:
    """Go to an end and wait until the next page is there; what is on the screen has a bound."""
    before = talk(pilot)[end]
    await pilot.press(key)
    await until(pilot, lambda: talk(pilot)[end] != before and not messages(pilot).turning)
    assert len(exchanges(pilot)) <= 60


async def test_what_is_read_stays_where_it_is_when_more_comes_above(fake: Fake, history: History) -> None:
    before = stored_talk(history, *map(str, range(200)))
    async with build(fake, history, before).run_test() as pilot:
        shown = messages(pilot)
        await until(pilot, lambda: shown.scroll_y == shown.max_scroll_y > 0)
        shown.scroll_to(y=3, animate=False)
        held = exchanges(pilot)[1]
        await until(pilot, lambda: len(exchanges(pilot)) > 12 and not shown.turning)
        await until(pilot, lambda: shown.scroll_y > 12)
        await pilot.pause()
        assert abs(held.region.y - (held.virtual_region.y - int(shown.scroll_y) + shown.region.y)) <= 1


async def test_a_prompt_sent_from_the_midst_of_a_talk_comes_to_its_end(fake: Fake, history: History) -> None:
    before = stored_talk(history, *map(str, range(200)))
    first = history.conversations.messages(before)[10].id
    async with build(fake, history, before).run_test() as pilot:
        await pilot.pause()
        pilot.app.screen.open(before, first)  # type: ignore[attr-defined]
        await until(pilot, lambda: _chosen(pilot) == "10")
        await pilot.press("escape")
        await send(pilot, "on")
        await until(pilot, lambda: talk(pilot)[-1] == ("on", "You said on."))
        assert talk(pilot)[-2] == ("198", "199")
    assert fake.asked[-1][-2:] == ["199", "on"]
