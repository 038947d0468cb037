"""The answer to a prompt, and what it is based on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from assistant.text.marks import Action

if TYPE_CHECKING:  # it loads NumPy, and the window shows replies before it needs that
    from assistant.replies.alternatives import Alternative
    from assistant.replies.seen import Seen
    from assistant.replies.state import State

Origin = Literal["skill", "taught", "generated", "recalled", "unsure", "unsupported"]


@dataclass(frozen=True)
class Explanation:
    """How the network came to a reply.

    Attributes:
        attended: What it looked at in the talk, piece by piece.
        alternatives: The other ends of the beam, best first, the reply itself among them.
    """

    attended: Seen
    alternatives: list[Alternative]


@dataclass(frozen=True)
class Reply:
    """What the assistant answers.

    Attributes:
        text: The words.
        origin: What they are based on.
        confidence: From 0 to 1: of an action the probability that it is the one meant, of words that
            are generated or recalled how likely they are to please, of what was taught how like its
            prompt is to this one, where it is unsure how sure the network was of its likeliest answer.
        milliseconds: Time it took.
        action: What was understood as something to do, if anything.
        done: Whether the reply settles the prompt; False when it asks back.
        data: What a skill answered, in values.
        state: What the talk leaves open after it; None where that was not looked at.
        alternatives: What else could have been answered, the best first.
        why: How the network came to it; None where the network was not asked.
    """

    text: str
    origin: Origin
    confidence: float
    milliseconds: float
    action: Action | None = None
    done: bool = True
    data: Mapping[str, Any] = field(default_factory=dict)
    state: State | None = None
    alternatives: tuple[str, ...] = ()
    why: Explanation | None = field(default=None, compare=False, repr=False)
