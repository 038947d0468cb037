"""English as people type it, brought to words that can be compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.text.normalise import normalise

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# What is typed in a hurry, or run together, in full.
_IN_FULL = {
    "aint": "is not", "ain't": "is not", "arent": "are not", "b": "be", "bc": "because", "can't": "can not",
    "cannot": "can not", "cant": "can not", "couldnt": "could not", "cuz": "because", "didnt": "did not",
    "doesnt": "does not", "dont": "do not", "dunno": "do not know", "gimme": "give me", "gonna": "will",
    "gotta": "got to", "havent": "have not", "hows": "how is", "idk": "i do not know", "im": "i am",
    "isnt": "is not", "ive": "i have", "kinda": "kind of", "lemme": "let me", "let's": "let us",
    "lets": "let us", "n": "and", "pls": "please", "plz": "please", "r": "are", "shouldnt": "should not",
    "tellme": "tell me", "thats": "that is", "theyre": "they are", "thx": "thanks", "tmrw": "tomorrow",
    "u": "you", "ur": "your", "wanna": "want to", "wasnt": "was not", "werent": "were not",
    "whats": "what is", "wheres": "where is", "whos": "who is", "won't": "will not", "wont": "will not",
    "wouldnt": "would not", "y": "why", "ya": "you", "youre": "you are", "yr": "your",
}  # fmt: skip
_ENDINGS = {"n't": "not", "'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'s": "is"}

# Said before what is meant: "could you please tell me", "do you know".
_FRAMES = [
    tuple(frame.split())
    for frame in (
        "hey", "hi", "hello", "oh", "ok", "okay", "so", "well", "um", "and", "but", "please", "just", "now",
        "tell me", "can you", "could you", "would you", "will you", "can you tell me", "could you tell me",
        "would you tell me", "do you know", "do you happen to know", "have you any idea", "any idea",
        "i want to know", "i would like to know", "i wonder", "i want you to", "i would like you to",
        "let me know", "would you mind telling me", "do you remember", "quick question", "i am wondering",
        "guess", "remind me", "yeah", "oh yeah",
    )
]  # fmt: skip

# Words that say how something is put, not what it is about.
_LITTLE = _set(
    "a an the this that these those it its itself he she they them his her their him there here i me my mine"
    " myself we us our ours you your yours yourself is am are was were be been being do does did done have"
    " has had having will would shall should can could may might must to of in on at for with by from as"
    " into about and or but so if then than what who whom whose which when where why how not no never"
    " yes yeah nope super such bit little extremely totally absolutely completely truly really very quite"
    " pretty just please now ever actually kind sort lot much well also even still"
    " any some get got let all oh hey hi hello ok okay today right up"
)
_ASKING = _set("what who whom whose which when where why how")
_DENYING = _set("not no never nothing nobody without")
_PERSONS = {
    word: person
    for person, words in {
        "I": "i me my mine myself we us our ours",
        "you": "you your yours yourself",
        "they": "he she they him her them his hers their",
    }.items()
    for word in words.split()
}
_SUBJECTS = _set("i we you he she they it that this there")
_HELPING = _set("is am are was were do does did have has had will would can could shall should may might")
_SAME = {
    "movie": "film", "mum": "mother", "mom": "mother", "dad": "father", "tv": "television",
    "favorite": "favourite", "color": "colour", "photo": "picture", "anybody": "anyone",
    "somebody": "someone", "everybody": "everyone", "thank": "thanks", "bot": "robot", "chatbot": "robot",
    "pissed": "angry", "mad": "angry",
}  # fmt: skip


_CLAUSE = re.compile(r"(?<=[.!?;,])\s+|\s+(?:and|but)\s+(?=(?:i|im|my|we|he|she|they|it)\b)", re.I)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_GREETING = re.compile(
    r"^(?:hi|hello|hey|hiya|good (?:morning|evening|afternoon)|morning|evening)"
    r"(?: there| again| you| everyone)?[,.!]+\s+(?=\S+\s+\S)",
    re.I,
)
_LEAVING = re.compile(
    r"(?:(?:ok|okay|well|and|so|thanks)[\s,]+)*"
    r"(?:bye|goodbye|good night|night|see you|see ya|talk (?:to you )?later)\b[\w\s']{0,20}[.!]*",
    re.I,
)


def leaves(text: str) -> bool:
    """Say whether a clause takes leave.

    Args:
        text: As it was typed.
    """
    return bool(_LEAVING.fullmatch(text.strip()))


def clauses(text: str) -> list[str]:
    """Return the parts of a turn that may be said by themselves, with their marks.

    Args:
        text: As it was typed.
    """
    return [part for part in _CLAUSE.split(text.strip()) if part]


def sentences(text: str) -> list[str]:
    """Return the sentences of a turn, at least one, as people type them: few begin with a capital.

    Args:
        text: As it was typed.
    """
    return _SENTENCE.split(text.strip())


def without_greeting(text: str) -> str:
    """Return what follows a greeting, or the text itself where nothing does.

    Args:
        text: As it was typed.
    """
    return _GREETING.sub("", text)


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, lower case, short forms in full: `what's up` as `what is up`.

    Args:
        text: Any string.
    """
    words: list[str] = []
    for word in _WORD.findall(normalise(text).lower()):
        words += _in_full(word)
    return tuple(words)


def without_frame(words: Sequence[str]) -> tuple[str, ...]:
    """Leave out what is said before what is meant, as long as that leaves something.

    Args:
        words: As `words_of` gives them.
    """
    rest = tuple(words)
    while frame := max((f for f in _FRAMES if rest[: len(f)] == f), key=len, default=None):
        if not content(rest[len(frame) :]):
            break
        rest = rest[len(frame) :]
    return rest


def content(words: tuple[str, ...]) -> frozenset[str]:
    """Return the stems of the words that say what something is about.

    Args:
        words: As `words_of` gives them.
    """
    will = {i for i, word in enumerate(words) if word == "going" and words[i + 1 : i + 2] == ("to",)}
    return frozenset(stem(word) for i, word in enumerate(words) if word not in _LITTLE and i not in will)


def asking(words: Sequence[str]) -> frozenset[str]:
    """Return the question words among words."""
    return frozenset(words) & _ASKING


def denying(words: Sequence[str]) -> bool:
    """Say whether words deny something."""
    return not _DENYING.isdisjoint(words)


def persons(words: Sequence[str]) -> tuple[str, ...]:
    """Return who is spoken of, in order, each `I`, `you` or `they`; runs of one person count once."""
    found = [_PERSONS[word] for word in words if word in _PERSONS]
    return tuple(person for i, person in enumerate(found) if i == 0 or found[i - 1] != person)


def form(words: Sequence[str]) -> tuple[bool, str, bool]:
    """Return how a sentence is built.

    Args:
        words: As `words_of` gives them.

    Returns:
        Whether it begins as a question, its subject where that is a pronoun, whether it supposes.
    """
    rest = [word for word in words if word not in ("yes", "no", "yeah", *_ASKING)]
    turned = bool(rest) and rest[0] in _HELPING
    subject = rest[turned] if len(rest) > turned and rest[turned] in _SUBJECTS else ""
    return turned, subject, not {"would", "should", "might"}.isdisjoint(words)


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """Return a word without the endings of number and time, and one word for several of one meaning.

    Args:
        word: In lower case.
    """
    word = _SAME.get(word, _SAME.get(word.removesuffix("s"), word))
    for ending, kept in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ied", "y"), ("ed", ""), ("s", "")):
        base = word.removesuffix(ending) + kept
        if word.endswith(ending) and not word.endswith("ss") and len(base) > 2:
            # singing - sing, stopped - stop, liked - lik, as like
            word = base[:-1] if ending in ("ing", "ed") and len(base) > 3 and base[-1] == base[-2] else base
            break
    return _SAME.get(word, word.removesuffix("e") if len(word) > 3 else word)


def _in_full(word: str) -> list[str]:
    if word in _IN_FULL:
        return _IN_FULL[word].split()
    for ending, full in _ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending):
            return [*_in_full(word.removesuffix(ending)), full]
    return [word.replace("'", "")]
