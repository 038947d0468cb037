"""What the owner told of themselves: kept, used, listed, and forgotten on request."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from assistant.replies.lines import line
from assistant.replies.reply import Reply
from assistant.replies.telling import Kind, Told, asked, said, told
from assistant.replies.wording import clauses
from assistant.text.marks import Action
from assistant.text.normalise import normalise

if TYPE_CHECKING:
    from sqlite_utils import Database

    from assistant.store.facts import Fact, Facts

_ABOUT_ME = r"(?:about me|about myself|of me|me)"
_WHAT_IS_KNOWN = re.compile(
    r"(?:(?:so |and |ok |okay )*(?:what|which things|tell me what|show me what|list what|list everything"
    r"|tell me everything)"
    rf" (?:(?:do|did|have) )?(?:you|i|i've|you've) (?:\w+ ){{0,2}}?(?:know|remember|remembered|learned"
    rf"|learnt|noted|kept|stored|told you|tell you) (?:\w+ )??{_ABOUT_ME}"
    rf"|(?:do you |what do you )(?:know|remember) (?:anything |something |things )?{_ABOUT_ME}|what have i"
    rf" told you)[\s?.!]*",
    re.I,
)
_EVERYTHING = (
    r"(?:everything|all|it all|all that|whatever|all the (?:facts|things)|what)"
    r"(?: (?:that )?(?:you|you've|you have|i|i've|i have) (?:\w+ )?(?:know|learned|learnt|remember|stored"
    r"|kept|told you))?"
)
_ALL = re.compile(
    r"(?:please |can you |could you )*"
    rf"(?:forget {_EVERYTHING}(?: {_ABOUT_ME})?|(?:delete|erase|clear|wipe) {_EVERYTHING}"
    rf" {_ABOUT_ME})[\s.!]*",
    re.I,
)
_FORGET = re.compile(
    r"(?:please |can you |could you )*(?:forget|delete|erase)(?: about| that)? (?P<what>.+?)[\s.!?]*", re.I
)
_SURE = "Forget all of it? I know {count}: {list}."
_ASKED = re.compile(r"Forget all of it\? I know \d+ things?: ")
_YES = re.compile(
    r"(?:(?:yes|yeah|yep|yup|y|sure|ok|okay|please|do it|do|go ahead|all of it|everything|confirm|i am sure"
    r"|i'm sure)\b[\s,.!]*)+",
    re.I,
)
_NO = re.compile(
    r"(?:(?:no|nope|nah|n|don't|do not|keep it|never ?mind|wait|stop|cancel|thanks|thank you"
    r"|please)\b[\s,.!]*)+",
    re.I,
)
_GREETS = re.compile(
    r"(?:hi|hello|hey|hiya|good (?:morning|evening|afternoon)|morning|evening|i'm back|i am back|im"
    r" back)\b[\w\s,'!.]{0,20}",
    re.I,
)
_GREETING = re.compile(
    r"(?P<hello>(?:Hey|Hi|Hello|Hello again|Hi again|Morning|Good morning|Evening|Good evening|Good"
    r" afternoon|Welcome back))(?P<rest>[.!,].*)",
    re.S,
)
_LONGEST = 150  # characters; what is told of oneself is short
_NOW_AND_THEN = 2  # one greeting of so many


class OwnFacts:
    """Keeps what the owner tells of themselves, and answers what they ask of it.

    Args:
        open_store: Opens the owner's file.
    """

    def __init__(self, open_store: Callable[[], Database]) -> None:
        self._open_store = open_store

    def answer(self, turns: Sequence[str]) -> Reply | None:
        """Answer the last turn, if it is about the owner.

        What is said in passing is kept, and left to be answered like anything else.

        Args:
            turns: The talk so far, the owner's words last.

        Raises:
            StoreError: The owner's file cannot be opened or written.
        """
        prompt = normalise(turns[-1])
        if len(prompt) > _LONGEST:
            return None
        if len(turns) > 1 and _ASKED.match(turns[-2]) and (_YES.fullmatch(prompt) or _NO.fullmatch(prompt)):
            return self._forget_all(turns) if _YES.fullmatch(prompt) else _reply("left alone", turns)
        if _WHAT_IS_KNOWN.fullmatch(prompt):
            return self._tell_all(turns)
        if _ALL.fullmatch(prompt):
            return self._ask_first(turns)
        if forget := _FORGET.fullmatch(prompt):
            return self._forget(forget["what"], turns)
        if wanted := asked(prompt):
            return self._tell(*wanted, turns)
        if statement := told(prompt):
            return self._keep(statement, turns)
        return self._keep_parts(prompt, turns)

    def greeted(self, reply: str, turns: Sequence[str]) -> str:
        """Put the owner's name into a greeting, now and then.

        Args:
            reply: What will be answered.
            turns: The talk so far, the owner's words last.

        Raises:
            StoreError: The owner's file cannot be opened.
        """
        greeting = _GREETING.fullmatch(reply)
        if not greeting or not _GREETS.fullmatch(normalise(turns[-1])):
            return reply
        names = self._facts().of("name")
        if not names or zlib.crc32("\n".join(turns).encode()) % _NOW_AND_THEN:
            return reply
        return f"{greeting['hello']}, {names[0].value}{greeting['rest']}"

    def _facts(self) -> Facts:
        from assistant.store.facts import Facts

        return Facts(self._open_store())

    def _keep(self, told: Told, turns: Sequence[str]) -> Reply | None:
        kind = told.kind
        self._facts().keep(kind.name, told.about, told.value, kind.only)
        if not told.aloud:
            return None
        if kind.name == "name":
            naming = Action("owner.name", {"name": told.value})
            return _reply("name kept", turns, naming, value=told.value)
        return _reply("kept", turns, said=said(kind.name, told.about, told.value))

    def _keep_parts(self, prompt: str, turns: Sequence[str]) -> Reply | None:
        """Keep what parts of a turn tell; only where nothing in it is asked is that what is answered."""
        parts = [part.rstrip(",;") for part in clauses(prompt)]
        if len(parts) < 2:
            return None
        # "I'm Anna" tells a name after a greeting alone.
        greeting = f"{parts[0]} " if _GREETS.fullmatch(parts[0]) else ""
        statements = [statement for part in parts if (statement := told(greeting + part))]
        replies = [self._keep(statement, turns) for statement in statements]
        if "?" in prompt or len(parts) > len(statements) + 1:
            return None
        return next((reply for reply in replies if reply), None)

    def _tell(self, kind: Kind, about: str | None, turns: Sequence[str]) -> Reply | None:
        found = self._facts().of(kind.name, about)
        return _words(f"{_sentence(found)}.") if found else _reply("not told", turns)

    def _tell_all(self, turns: Sequence[str]) -> Reply:
        found = self._facts().all()
        return _words(f"{_sentence(found)}.") if found else _reply("nothing known", turns)

    def _ask_first(self, turns: Sequence[str]) -> Reply:
        found = self._facts().all()
        if not found:
            return _reply("nothing known", turns)
        count = f"{len(found)} thing{'' if len(found) == 1 else 's'}"
        return Reply(_SURE.format(count=count, list=_listed(found)), "unsure", 1.0, 0.0, done=False)

    def _forget_all(self, turns: Sequence[str]) -> Reply:
        facts = self._facts()
        facts.forget(facts.all())
        return _reply("forgotten", turns)

    def _forget(self, what: str, turns: Sequence[str]) -> Reply | None:
        facts = self._facts()
        statement, wanted = told(what), asked(what)
        if statement:
            known = facts.of(statement.kind.name, statement.about)
            found = [fact for fact in known if fact.value.lower() == statement.value.lower()]
        elif wanted:
            found = facts.of(*_named(wanted))
        else:
            return None  # "forget it" is no fact
        facts.forget(found)
        return _reply("forgotten" if found else "nothing to forget", turns)


def _named(wanted: tuple[Kind, str | None]) -> tuple[str, str | None]:
    kind, about = wanted
    return kind.name, about


def _sentence(facts: Sequence[Fact]) -> str:
    listed = _listed(facts)
    return listed[:1].upper() + listed[1:]


def _listed(facts: Sequence[Fact]) -> str:
    """Return facts as one sentence, as they are said to the owner."""
    parts = [said(fact.kind, fact.about, fact.value) for fact in facts]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _words(text: str) -> Reply:
    return Reply(text, "skill", 1.0, 0.0)


def _reply(place: str, turns: Sequence[str], action: Action | None = None, **values: str) -> Reply:
    return Reply(line(place, turns, **values), "skill", 1.0, 0.0, action)
