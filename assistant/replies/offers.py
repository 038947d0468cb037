"""What a reply offered to do, so that a yes to it is taken up."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.replies.answers import is_yes
from assistant.replies.wording import clauses, sentences, words_of
from assistant.text.marks import Action

_OFFERING = re.compile(r"\b(?:shall (?:i|we)|should i|want|would you like|how about|if you like)\b", re.I)
# What is offered by its word, and the skill that asks for what it still has to know.
_SKILLS = (
    (r"remind\w*|alarm", "reminder.add"),
    (r"timer", "timer.set"),
    (r"list|to-do", "todo.add"),
    (r"notes?", "note.add"),
    (r"joke", "joke.tell"),
    (r"coin", "random.coin"),
)


def accepted(turns: Sequence[str]) -> Action | None:
    """Return what the last reply offered and the last turn says yes to.

    Args:
        turns: The talk so far, the person's words last.

    Returns:
        The action; None where nothing was offered, more than one thing was, or the turn says something else.
    """
    if len(turns) < 2:
        return None
    offer = " ".join(each for each in sentences(turns[-2]) if _OFFERING.search(each))
    names = [name for words, name in _SKILLS if re.search(rf"\b(?:{words})\b", offer, re.I)]
    yes, *rest = clauses(turns[-1]) or [""]
    # "Yes, keep it as a note please" says no more than yes.
    new = set(words_of(" ".join(rest))) - set(words_of(offer)) - {"please", "thanks", "me"}
    agreed = is_yes(turns[-1]) or (is_yes(yes) and not new)
    if len(names) != 1 or " or " in offer or not agreed:
        return None
    told = len(turns) > 2 and names[0] == "note.add" and re.search(r"\bit\b", offer)
    return Action(names[0], {"text": turns[-3]} if told else {})
