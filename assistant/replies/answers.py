"""Reading the turn after a question or an action: yes, no, the other one, make it six, undo that."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from assistant.skills.outcome import Option, Question
from assistant.text.marks import Action

_YES = re.compile(
    r"(?:(?:yes|yeah|yep|yup|yea|aye|sure|ok|okay|right|correct|exactly|absolutely|definitely|of course"
    r"|certainly|please|do|do it|do that|go ahead|go on|go for it|that's right|that's it|that one"
    r"|sounds good|confirm|confirmed|fine|perfect|y|i am|i do|you may)\b[\s,.!]*)+",
    re.I,
)
_NO = re.compile(
    r"(?:(?:no|nope|nah|no thanks|no thank you|don't|do not|never ?mind|forget (?:it|about it|that)|cancel"
    r"|cancel that|stop|leave it|leave (?:it|that) alone|not (?:now|really|that|that one)|none|neither|n"
    r"|rather not|actually)\b[\s,.!]*)+",
    re.I,
)
_SORRY = r"(?:please |oops,? |no,? |sorry,? )*"
_UNDO = re.compile(
    rf"{_SORRY}(?:undo|revert|reverse|take back|put back|scratch)"
    r"(?: (?:that|it|this|the last (?:one|thing|change|action)|what you (?:just )?did))?"
    r"(?: back)?(?: please)?[.!]*"
    rf"|{_SORRY}(?:take|put) (?:that|it|this) back(?: please)?[.!]*",
    re.I,
)
_END = r"(?:,? (?:instead|please|rather))*[.!]*$"
_CHANGE = re.compile(
    r"^(?:(?:no|nope|oops|sorry|wait|oh|hang on|please)[\s,.!]+)*"
    r"(?:actually,? )?"
    r"(?:(?:can you |could you )?(?:make|change|set|turn|move) (?:it|that|this|them)(?: to| into| for)?"
    rf"|i meant(?: to say)?|i mean)\s+(?P<told>.+?){_END}"
    r"|^(?P<instead>.+?),? instead[.!]*$"
    # Said of anything at all, so they change only what they can stand for.
    rf"|^(?:no|nope|actually|not that|rather|it's|it should be|better)[\s,]+(?P<guessed>.+?){_END}",
    re.I,
)
_LEAD = re.compile(
    r"^(?:(?:um+|uh|er|well|oh|please|just|let's say|say|maybe|the answer is|it's|it is|call it|make it|for"
    r"|to|that|about)[\s,]+)+",
    re.I,
)
_PLACES = {
    "first": 0, "1st": 0, "one": 0, "1": 0, "second": 1, "2nd": 1, "two": 1, "2": 1, "third": 2, "3rd": 2,
    "three": 2, "3": 2, "fourth": 3, "4th": 3, "four": 3, "4": 3, "fifth": 4, "5th": 4, "five": 4, "5": 4,
    "last": -1, "latter": -1, "former": 0,
}  # fmt: skip
_PLACE = re.compile(rf"(?:(?:number|the|option)\s+)*({'|'.join(_PLACES)})(?: (?:one|option))?", re.I)
_OTHER = re.compile(r"(?:(?:no|not that|not that one|nope)[\s,.]+)*(?:i meant )?the other(?: one)?", re.I)
_IDLE = {"the", "one", "on", "at", "in", "please", "of", "that", "a", "no", "i", "mean", "meant"}
_FREE_WORDS = 15
_LONGEST = 80  # characters; who answers a question does it in few words


def is_yes(prompt: str) -> bool:
    """Say whether a turn says yes and nothing else."""
    return len(prompt) <= _LONGEST and bool(_YES.fullmatch(prompt.strip()))


def is_no(prompt: str) -> bool:
    """Say whether a turn says no, or to let it be, and nothing else."""
    return len(prompt) <= _LONGEST and bool(_NO.fullmatch(prompt.strip()))


def is_undo(prompt: str) -> bool:
    """Say whether a turn asks to take the last thing back."""
    return len(prompt) <= _LONGEST and bool(_UNDO.fullmatch(prompt.strip()))


def answered(prompt: str, question: Question, now: datetime) -> Action | None:
    """Read a turn as the answer to a question.

    Args:
        prompt: What the person said.
        question: What was asked.
        now: The time, in their zone.

    Returns:
        What to carry out; None where the turn does not answer the question.
    """
    prompt = prompt.strip()
    if question.options:
        option = chosen(prompt, question.options)
        return question.filled(**option.arguments) if option else None
    if question.fills is None:
        return question.action if is_yes(prompt) else corrected(prompt, question, now)
    for words in (prompt, _LEAD.sub("", prompt)):
        if _fits(question.fills, words.strip(" .!"), now):
            return question.filled(**{question.fills: words.strip(" .!")})
    return corrected(prompt, question, now)


def corrected(prompt: str, question: Question, now: datetime) -> Action | None:
    """Read a turn as a change to what was done or asked about: `make it six`, `no, the blue one`.

    Args:
        prompt: What the person said.
        question: What may be changed.
        now: The time, in their zone.

    Returns:
        What to carry out; None where the turn changes nothing.
    """
    prompt = prompt.strip()
    if question.options and (option := chosen(prompt, question.options)) and _corrects(prompt):
        return question.filled(**option.arguments)
    match = _CHANGE.match(prompt) if len(prompt) <= _LONGEST else None
    if not match:
        return None
    value = next(group for group in match.groups() if group).strip(" .!,")
    value = _with_unit(value, question, now)
    if question.fills:
        sure = match["guessed"] is None or not is_free(question.fills)
        fits = sure and _fits(question.fills, value, now)
        return question.filled(**{question.fills: value}) if fits else None
    # What was about to be done was settled for other words.
    arguments = {k: v for k, v in question.action.arguments.items() if k not in ("id", "confirmed")}
    # Of what was understood the change is to what it could stand for.
    for name in sorted(arguments, key=lambda each: each not in _FITS):
        if name in _FITS and _FITS[name](value, now):
            return replace(question.action, arguments={**arguments, name: value})
    free = [name for name in arguments if is_free(name)]
    return replace(question.action, arguments={**arguments, free[0]: value}) if len(free) == 1 else None


def _with_unit(value: str, question: Question, now: datetime) -> str:
    """Return a bare number with the unit of what it takes the place of: `twelve` for `10 minutes`."""
    before = question.action.arguments.get(question.fills or "", "")
    number, _, unit = before.partition(" ")
    if " " in unit or not (_number(value, now) and _number(number, now)):
        return value
    return f"{value} {unit}".strip()


def chosen(prompt: str, options: tuple[Option, ...]) -> Option | None:
    """Return the option that a turn chooses, by its place or by its words; None where it does not tell.

    Args:
        prompt: What the person said.
        options: What may be chosen.
    """
    words = prompt.strip(" .!?").lower()
    if _OTHER.fullmatch(words):
        return options[-1] if len(options) <= 2 else None
    if place := _PLACE.fullmatch(words):
        at = _PLACES[place[1]]
        return options[at] if at < len(options) else None
    if words in ("both", "all", "all of them", "them all", "everything"):
        return next((option for option in options if option.words == "all of them"), None)
    said = set(re.findall(r"\w+", words)) - {
        "the",
        "one",
        "on",
        "at",
        "in",
        "please",
        "of",
        "that",
        "a",
        "no",
        "i",
        "mean",
    }
    fitting = [option for option in options if said and said <= set(re.findall(r"\w+", option.words.lower()))]
    return fitting[0] if len(fitting) == 1 else None


def is_free(argument: str) -> bool:
    """Say whether an argument takes any words, so that a turn that fills it may also be something else."""
    return argument not in _FITS


def _corrects(prompt: str) -> bool:
    return bool(re.match(r"(?:no\b|not\b|i meant|the other|actually|oops)", prompt, re.I))


def _fits(argument: str, words: str, now: datetime) -> bool:
    if argument in _FITS:
        return _FITS[argument](words, now)
    return bool(words) and not words.endswith("?") and len(words.split()) <= _FREE_WORDS


def _moment(words: str, now: datetime) -> bool:
    from assistant.skills.reading.moments import read_moments
    from assistant.skills.reading.tidy import ImpossibleError

    try:
        return bool(read_moments(words, now)) or bool(re.search(r"\b(?:later|earlier|sooner)$", words))
    except ImpossibleError:
        return True  # a moment, if one that never comes


def _duration(words: str, now: datetime) -> bool:
    from assistant.skills.reading.durations import read_duration

    return read_duration(words) is not None


def _number(words: str, now: datetime) -> bool:
    from assistant.skills.reading.numbers import read_number

    return read_number(words) is not None


def _place(words: str, now: datetime) -> bool:
    from assistant.skills.places import zones_of

    return bool(zones_of(words))


def _quantity(words: str, now: datetime) -> bool:
    from assistant.skills.reading.quantities import read_quantities

    return bool(read_quantities(words))


def _sum(words: str, now: datetime) -> bool:
    from assistant.skills.reading.sums import evaluate
    from assistant.skills.reading.tidy import ImpossibleError

    try:
        return evaluate(words) is not None
    except ImpossibleError:
        return True


_FITS: dict[str, Callable[[str, datetime], bool]] = {
    "when": _moment, "time": _moment, "duration": _duration, "count": _number, "sides": _number,
    "low": _number, "high": _number, "place": _place, "amount": _quantity, "expression": _sum,
}  # fmt: skip
