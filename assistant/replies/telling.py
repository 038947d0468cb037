"""What people tell of themselves and ask for again: "I live in Lisbon", "where do I live?"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.text.normalise import normalise

_I_AM = r"(?:i am|i'm|im)"
_I_HAVE = r"(?:i have got|i've got|i have|ive got|i got)"
_NAME = r"(?P<value>[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’.-]*){0,2})"
_WORDS = r"(?P<value>[^\s,;:!?.]+(?: [^\s,;:!?.]+){0,%d}?)"
_RELATION = (
    r"(?P<about>(?:(?:older|younger|elder|little|big|twin|best|new) )?(?:sister|brother|mother|mum|mom"
    r"|father|dad|wife|husband"
    r"|partner|girlfriend|boyfriend|fianc[eé]e?|son|daughter|friend|dog|cat|puppy|kitten|parrot|horse"
    r"|rabbit|hamster|fish"
    r"|turtle|pet|boss|teacher|neighbou?r|flatmate|roommate|uncle|aunt|cousin|niece|nephew|grandmother"
    r"|grandfather|grandma"
    r"|grandpa|baby|car|boat|guitar))"
)
_OWNED = (
    r"(?:(?:older|younger|little|big|small|old|twin|grown|teenage|black|white) )?(?:cats?|dogs?|pupp(?:y"
    r"|ies)|kittens?|kids?|child(?:ren)?"
    r"|sons?|daughters?|brothers?|sisters?|siblings?|twins|parrots?|horses?|rabbits?|hamsters?|fish"
    r"|turtles?|chickens|hens|pets?"
    r"|grandchild(?:ren)?|girlfriend|boyfriend|wife|husband|bike|motorbike|boat|car|garden|allotment)"
)
_WORK = (
    r"(?P<value>(?:(?:retired|primary|high|school|software|civil|electrical|mechanical|freelance|part-time"
    r"|nurse|student|bus|taxi"
    r"|truck|lorry|train|music|maths?|english|spanish|science|web|graphic|data|social|police|fire|medical"
    r"|phd|law|care|family) )*"
    r"(?:nurse|doctor|teacher|student|cook|chef|baker|writer|painter|driver|engineer|lawyer|waiter|waitress"
    r"|vet|plumber|electrician"
    r"|carpenter|joiner|mason|builder|architect|designer|developer|programmer|accountant|librarian"
    r"|translator|interpreter|journalist|editor"
    r"|photographer|musician|singer|actor|actress|dancer|artist|farmer|gardener|fisherman|pilot|sailor"
    r"|soldier|firefighter|policeman"
    r"|policewoman|officer|dentist|pharmacist|psychologist|therapist|physiotherapist|midwife|surgeon"
    r"|paramedic|carer|nanny|cleaner|cashier"
    r"|shopkeeper|salesman|saleswoman|manager|secretary|receptionist|consultant|analyst|scientist"
    r"|researcher|professor|lecturer|tutor"
    r"|biologist|chemist|physicist|mathematician|historian|economist|geologist|mechanic|technician|welder"
    r"|tailor|hairdresser|barber|butcher"
    r"|postman|courier|barista|bartender|worker|clerk|judge|priest|monk|nun|referee|coach|trainer|director"
    r"|producer|model|potter|florist"
    r"|housewife|househusband|pensioner|entrepreneur|banker|broker|statistician|tester|admin|trucker))"
)
_MONTH = r"(?:jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)"


@dataclass(frozen=True)
class Kind:
    """A kind of thing that people tell.

    Attributes:
        name: What it is stored as.
        tells: How it is told, with the groups `value` and, where there are several, `about`.
        asks: How it is asked for or named, with the same `about`.
        says: How it is said back.
        only: There is but one of it.
        aloud: Somebody who says it wants to hear that it was taken in; the rest is said in passing.
    """

    name: str
    tells: str
    asks: str
    says: str
    only: bool = True
    aloud: bool = False


KINDS = (
    Kind(
        "name",
        rf"(?:my (?:first )?name is|my name's|my names|{_I_AM} called|(?:you can |you may |please |just "
        rf"|everyone |people )*call me"
        rf"|i go by|the name is|the name's) {_NAME}",
        r"what(?:'s| is| was)? my name(?: is| again)?|who (?:am i|i am)|what i(?:'m| am) called|what am i"
        r" called|my name"
        r"|what (?:do|should) you call me",
        "your name is {value}",
        aloud=True,
    ),
    Kind(
        "home",
        rf"(?:i (?:now |currently )?live in|{_I_AM} (?:now |currently )?living in|i(?: have|'ve)? (?:just"
        rf" )?moved to) {_WORDS % 3}",
        r"where (?:do i|i) live|where (?:is|'s) my (?:home|house)|(?:what|which) (?:city|town|country"
        r"|place) (?:do i|i) live in"
        r"|my (?:home|address|city)",
        "you live in {value}",
    ),
    Kind(
        "origin",
        rf"(?:{_I_AM}|i come) (?:originally )?from {_WORDS % 3}",
        r"where (?:am i|i am|i'm|do i come|i come) from|where was i born",
        "you come from {value}",
    ),
    Kind(
        "work",
        rf"(?:{_I_AM}|i work as|my job is(?: being)?) an? {_WORK}",
        r"what(?:'s| is)? my (?:job|work|profession|occupation)(?: is)?|what (?:do i|i) do(?: for (?:a"
        r" living|work))?|my (?:job|profession|work)"
        r"|what (?:am i|i am)",
        "you're {a} {value}",
    ),
    Kind(
        "workplace",
        rf"i work (?P<about>at|for|in) {_WORDS % 3}",
        r"where (?:do i|i) work|who (?:do i|i) work for|my workplace",
        "you work {about} {value}",
    ),
    Kind(
        "age",
        rf"{_I_AM} (?P<value>\d{{1,2}}|1[01]\d)(?: years old| years of age)?",
        r"how old (?:am i|i am|i'm)|what(?:'s| is) my age|my age",
        "you're {value}",
    ),
    Kind(
        "birthday",
        rf"my birthday(?:'s| is) (?:on )?(?:the )?(?P<value>[\w ]*?(?:{_MONTH}|\d)[\w ]*)",
        r"when(?:'s| is)? my birthday(?: is)?|when was i born|my birthday",
        "your birthday is {value}",
        aloud=True,
    ),
    Kind(
        "relation",
        rf"my {_RELATION}(?:'s name (?:is|was)| (?:is|was) (?:called|named)|'s called) {_NAME}|{_I_HAVE} an?"
        rf" {_RELATION.replace('about', 'about_')}"
        rf" (?:called|named) {_NAME.replace('value', 'value_')}",
        rf"what(?:'s| is| was) my {_RELATION}(?:'s name| called| named)|what(?:'s| is| was) the name of my"
        rf" {_RELATION.replace('about', 'about_')}"
        rf"|my {_RELATION.replace('about', 'about__')}(?:'s name)?|who is my"
        rf" {_RELATION.replace('about', 'about___')}",
        "your {about} is called {value}",
        aloud=True,
    ),
    Kind(
        "owned",
        rf"{_I_HAVE} (?P<value>(?:an?|one|two|three|four|five|six|seven|\d+) {_OWNED}(?: and (?:an?|one|two"
        rf"|three|four|five|\d+) {_OWNED})?)",
        rf"(?:do i have|how many) (?:an?y? )?(?P<about>{_OWNED})(?: (?:do i|i) have)?|what pets do i have"
        rf"|my pets",
        "you have {value}",
        only=False,
    ),
    Kind(
        "allergy",
        rf"{_I_AM} (?:\w+ly )?allergic to {_WORDS % 3}|i have an? (?P<value_>\w+) allergy",
        r"what (?:am i|i am|i'm) allergic to|(?:do i have|what are) (?:any |my )?allergies|my allerg(?:y"
        r"|ies)",
        "you're allergic to {value}",
        only=False,
        aloud=True,
    ),
    Kind(
        "favourite",
        rf"my favou?rite (?P<about>\w+(?: \w+)?) (?:is|are) {_WORDS % 4}",
        r"what(?:'s| is| are|re) my favou?rite (?P<about>\w+(?: \w+)?)|my favou?rite (?P<about_>\w+(?:"
        r" \w+)?)",
        "your favourite {about} is {value}",
    ),
    Kind(
        "likes",
        rf"i (?:really |absolutely |also |just )*(?:like|love|enjoy|adore) {_WORDS % 3}",
        r"what (?:do i|i) (?:like|love|enjoy)|what are my (?:hobbies|interests)",
        "you like {value}",
        only=False,
    ),
    Kind(
        "dislikes",
        rf"i (?:really |absolutely |also |just )*(?:hate|dislike|can't stand|cannot stand|don't like|dont"
        rf" like) {_WORDS % 3}",
        r"what (?:do i|i) (?:hate|dislike|not like)|what (?:don't i|do i not) like",
        "you don't like {value}",
        only=False,
    ),
    Kind(
        "speaks",
        r"i (?:can |also )*speak (?P<value>[a-z]+(?:(?:,| and|, and) [a-z]+){0,3})",
        r"(?:what|which|how many) languages (?:do i|i|can i) speak|my languages",
        "you speak {value}",
        only=False,
    ),
)  # fmt: skip

_BEFORE = (
    r"^(?:(?:hi|hello|hey|hiya|good (?:morning|evening|afternoon)|well|so|oh|ok|okay|yes|no|yeah|actually"
    r"|btw|by the way|fyi|and|also|please"
    r"|remember(?: that)?|(?:you should|you need to|just so you) know(?: that)?|for the record|don't"
    r" forget(?: that)?)(?: there)?[\s,.!]+)*"
)
_AFTER = r"(?:,? (?:by the way|btw|actually|too|as well|now|please|ok|okay|thanks))*[\s.!]*$"
_QUESTION_BACK = re.compile(
    r"[,.!]* (?:and you(?:rs)?|what about you(?:rs)?|how about you(?:rs)?|what(?:'s| is) yours|you)\s*\?+$",
    re.I,
)
_INTRODUCED = re.compile(
    r"(?i:hi|hello|hey|hiya|good (?:morning|evening|afternoon))(?i: there)?[\s,.!]+(?i:i'm|i am|this is"
    r"|it's|im) "
    r"(?P<value>[A-Z][a-zà-ÿ'-]+)[\s.!]*"
    r"|(?i:i'm|i am) (?P<value_>[A-Z][a-zà-ÿ'-]+),? (?i:by the way|btw)[\s.!]*"
)
# What stands where a value would and is none.
_NO_VALUE = re.compile(
    r"^(?:not|later|back|maybe|when|if|crazy|the (?:best|worst)|what|here|there|whatever|anything|soon"
    r"|tomorrow|tonight|now|it|that|this|these|those|to you|you|your"
    r"|him|her|them|me|my|myself|us|how|who|where|why|so|as|old-fashioned|stupid|names|unknown|none|no"
    r"|nobody|important|secret|fear|hope|hell|peace"
    r"|talking|chatting|being here|nothing|everything|everyone|people|with|for|by|in|on|at|and|or|bored"
    r"|happy|sad|tired|fine|good|hungry|sorry|ready|sure)\b"
    r"|\b(?:you|your|it|me|my|that|this|him|her|them|when|because|but|if|what|how|today|yesterday|rn|lol)\b",
    re.I,
)
_NO_NAME = re.compile(
    r"american|british|english|spanish|french|german|italian|portuguese|irish|scottish|mexican|canadian|australian"
    r"|indian|chinese|japanese|korean|russian|brazilian|dutch|swedish|polish|greek|turkish|christian|muslim|jewish"
    r"|catholic|back|home|here|new|sorry|bored|tired|a|an|the",
    re.I,
)


@dataclass(frozen=True)
class Told:
    """One thing that somebody says of themselves; `aloud` where they wait for a sign that it was heard."""

    kind: Kind
    about: str
    value: str
    aloud: bool


def told(prompt: str) -> Told | None:
    """Read what somebody tells of themselves.

    Args:
        prompt: What they said: the whole of it must be one such sentence.
    """
    text = normalise(prompt)
    if introduced := _INTRODUCED.fullmatch(text):
        name = _group(introduced, "value")
        return None if _NO_NAME.fullmatch(name) else Told(KINDS[0], "", name, True)
    stated, asks_back = _QUESTION_BACK.subn("", text)
    for kind, pattern in _PATTERNS:
        match = pattern.match(stated)
        if match and "?" not in stated:
            value, about = _group(match, "value").rstrip("."), _group(match, "about").lower()
            if _NO_VALUE.search(value) or (kind.name == "name" and _NO_NAME.fullmatch(value.split()[0])):
                return None
            heard = (kind.aloud or bool(_REMEMBER.search(stated))) and not asks_back
            return Told(kind, about, _as_name(value) if kind.says.endswith(_NAMED) else value, heard)
    return None


def asked(question: str) -> tuple[Kind, str | None] | None:
    """Read which of the things somebody told is asked for.

    Args:
        question: What they said, such as "do you know what my name is?".

    Returns:
        The kind, and of what, where that is said.
    """
    text = _POLITE.sub("", normalise(question).lower()).strip(" ?.!")
    for kind in KINDS:
        if match := re.fullmatch(kind.asks, text):
            return kind, (None if kind.name == "owned" else _group(match, "about") or None)
    return None


def said(kind: str, about: str, value: str) -> str:
    """Return a fact as it is said to the owner: `you live in Lisbon`.

    Args:
        kind: The name of its kind.
        about: What of.
        value: What was told.
    """
    [template] = [each.says for each in KINDS if each.name == kind]
    article = "an" if value[:1].lower() in "aeiou" else "a"
    return template.format(about=about, value=value, a=article)


def _patterns() -> Iterator[tuple[Kind, re.Pattern[str]]]:
    for kind in KINDS:
        yield kind, re.compile(f"{_BEFORE}(?:{kind.tells}){_AFTER}", re.I)


def _group(match: re.Match[str], name: str) -> str:
    """Return what a group, or the same under a longer name, has matched."""
    return next((v for k, v in match.groupdict().items() if k.rstrip("_") == name and v), "")


def _as_name(value: str) -> str:
    return " ".join(part[:1].upper() + part[1:] for part in value.split()) if value.islower() else value


_NAMED = ("your name is {value}", "is called {value}", "you live in {value}", "you come from {value}")
_REMEMBER = re.compile(r"\b(?:remember|for the record|fyi|don't forget|you should know)\b", re.I)
_POLITE = re.compile(
    r"^(?:(?:hey|hi|so|ok|okay|and|please|well|oh)[\s,]+)*(?:(?:do you|can you|could you|would you|will you"
    r"|you)?\s*(?:still )?(?:please )?"
    r"(?:know|remember|recall|tell me|remind me(?: of)?)\s+)?(?:about )?"
)
_PATTERNS = list(_patterns())
