"""What to say to what was not understood: that, once, and after it what a good listener says."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.replies.lines import all_lines, line
from assistant.replies.wording import asking, form, words_of

_TOLD = "unsure, told something"
_ADVICE = frozenset(["should", "how"])
_BIDDING = frozenset(
    "explain find give help let make play please say show sing teach tell".split()  # noqa: SIM905
)
_TO_COME = frozenset(
    "will maybe might should want need must tomorrow tonight later soon".split()  # noqa: SIM905
)
_OTHERS = frozenset(["he", "she", "they", "everyone", "everybody", "nobody", "somebody", "someone", "people"])
_MINE, _THINGS = frozenset(["i", "we"]), frozenset(["it", "that", "this", "there", "the", "nothing"])
_FEW = 3  # words; fewer are no telling by themselves


def unsure_line(turns: Sequence[str]) -> str:
    """Return what is said to a last turn that was not understood.

    Args:
        turns: The talk so far, the person's words last.
    """
    return line(_place(turns), turns)


def _place(turns: Sequence[str]) -> str:
    words = words_of(turns[-1])
    if _asks(turns[-1], words):
        return _asked(words)
    if len(turns) == 1 and not _tells(words):
        return "unsure"
    # It is said once in a talk that its words are few; who tells more wants to be listened to.
    if set(all_lines()[_TOLD].texts).isdisjoint(turns):
        return _TOLD
    if not _TO_COME.isdisjoint(words):
        return "listening, to what comes"
    first = words[:2]
    if not _OTHERS.isdisjoint(first) or words[0] == "my":
        return "listening, to what people do"
    if not _MINE.isdisjoint(first):
        return "listening, to what I did"
    return "listening, to how things are" if not _THINGS.isdisjoint(first) else "listening, to more"


def _asked(words: Sequence[str]) -> str:
    """Return the place of the lines for what is asked."""
    turned, subject, _ = form(words)
    if "or" in words[1:-1] and (turned or asking(words[:2])):
        return "unsure, asked to choose"
    if not _ADVICE.isdisjoint(words[:3]) and "i" in words[:4]:
        return "unsure, asked for advice"
    return "unsure, asked about itself" if turned and subject == "you" else "unsure"


def _asks(prompt: str, words: Sequence[str]) -> bool:
    """Say whether somebody asks or bids."""
    turned, _, _ = form(words)
    return turned or "?" in prompt or bool(asking(words[:2])) or not _BIDDING.isdisjoint(words[:1])


def _tells(words: Sequence[str]) -> bool:
    """Say whether a talk is opened by telling something; by less it is told in the midst of one."""
    _, subject, _ = form(words)
    return subject not in ("", "you") or "my" in words or len(words) > _FEW
