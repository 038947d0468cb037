"""Marked text: the form in which turns and targets reach the network.

A chat source is the talk so far, each turn behind its speaker's mark:

    <user> hi <assistant> Hey. What are we up to? <user> not much

A chat target begins with the mark of its kind:

    <say> words
    <act> name | argument = words copied from the message | ...
    <unsupported>

The network learns to name what it is spoken to about before it says something, for with the subject
settled the words are easy: `<say> topic <say> words`, where a topic may be empty. What it learns as the
words of a person among people has `<user>` for its topic.

Each mark is one piece of the vocabulary that no typed text can produce: `escape` takes the
angle brackets from a literal `<say>` before the text is joined with real marks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

USER = "<user>"
ASSISTANT = "<assistant>"
SAY = "<say>"
ACT = "<act>"
UNSUPPORTED = "<unsupported>"
MARKS = (USER, ASSISTANT, SAY, ACT, UNSUPPORTED)
KINDS = (SAY, ACT, UNSUPPORTED)

MARK_PATTERN = re.compile("(" + "|".join(MARKS) + ")")


@dataclass(frozen=True)
class Action:
    """Something to do, as the chat model names it.

    Attributes:
        name: The action, such as `reminder.add`.
        arguments: Argument names and the words of the message that fill them.
    """

    name: str
    arguments: Mapping[str, str] = field(default_factory=dict)


def escape(text: str) -> str:
    """Make every literal mark in a text harmless.

    Args:
        text: What somebody typed or wrote in a corpus.

    Returns:
        The text with `<say>` as `(say)`, and so on.
    """
    return MARK_PATTERN.sub(lambda mark: f"({mark.group()[1:-1]})", text)


def mark_turns(turns: Sequence[str]) -> str:
    """Join the turns of a talk into one source.

    Args:
        turns: Normalised turns, oldest first, the last one the user's; speakers alternate.

    Returns:
        Marked text.
    """
    speakers = (USER, ASSISTANT)
    last = len(turns) - 1
    return " ".join(f"{speakers[(last - i) % 2]} {escape(turn)}" for i, turn in enumerate(turns))


def mark_reply(text: str) -> str:
    """Return the target that says a text.

    Args:
        text: A normalised reply.
    """
    return f"{SAY} {escape(text)}"


def mark_topic(target: str, topic: str) -> str:
    """Return a target that names its topic before its words; one that says nothing is left as it is.

    Args:
        target: Marked text.
        topic: What a corpus calls the subject; empty where it does not say; `USER` for the words of a
            person.
    """
    named = topic if topic == USER else escape(topic.lower())
    return f"{SAY} {named} {target}" if target.startswith(SAY) else target


def mark_action(action: Action) -> str:
    """Return the target that asks for an action.

    Args:
        action: Its values are words of the message.
    """
    parts = [action.name, *(f"{key} = {value}" for key, value in action.arguments.items())]
    return f"{ACT} {escape(' | '.join(parts))}"


def unmark(text: str) -> list[str]:
    """Return the parts of a marked text, without the marks.

    Args:
        text: Marked text, such as a source; the inverse of `mark_turns`, escapes aside.
    """
    parts = (part.strip() for part in MARK_PATTERN.split(text))
    return [part for part in parts if part and part not in MARKS]


def parse_action(target: str) -> Action:
    """Read a target that begins with `<act>`, the inverse of `mark_action`.

    Args:
        target: Marked text.

    Returns:
        The action; parts without a `=` are passed over.
    """
    name, *parts = (part.strip() for part in target.removeprefix(ACT).split("|"))
    pairs = (part.split("=", 1) for part in parts if "=" in part)
    return Action(name, {key.strip(): value.strip() for key, value in pairs})
