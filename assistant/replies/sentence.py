"""A sentence as the network reads it, and its answer as the person reads it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.text.accents import Accents
from assistant.text.language import english_odds
from assistant.text.lexicon import Lexicon
from assistant.text.punctuation import Ending, Punctuation, begun, is_bare
from assistant.text.typed import is_careless, is_shouted, ordinary, quiet
from assistant.text.verbatim import VERBATIM, bare
from assistant.text.words import Wanted

if TYPE_CHECKING:
    from assistant.text.glossary import Glossary

# What stands for a thing that is not translated: the network copies names like this one best.
_NAME = re.compile(r"\bZ(\d)\b", re.IGNORECASE)
_MOST_NAMED = 9

_CAPITALISED = re.compile(
    r"(?<!\w)[^\W\d_a-záéíóúüñ][\w'’]*(?:[-.]\w+)*(?:\s+[^\W\d_a-záéíóúüñ][\w'’]*(?:[-.]\w+)*)*"
)
_MIXED = re.compile(r"(?=\w*[^\W\d_])\d+[^\W\d_]\w*(?:-\w+)*|[^\W\d_]+-?\d\w*(?:-\w+)*")
_ORDINAL = re.compile(r"\d+(?:er|ra|ro|do|da|to|ta|mo|ma|vo|va|no|º|ª)s?\Z")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
# How the words for a number begin, "3" and "3rd" alike.
_SMALL = """zero one|first two|second three|third four fi[fv] six seven eight nin ten eleven twel thirteen
    fourteen fifteen sixteen seventeen eighteen nineteen"""
_ROUND = {20: "twent", 30: "thirt", 40: "fort", 50: "fift", 60: "sixt", 70: "sevent", 80: "eight",
          90: "ninet", 100: "hundred", 1000: "thousand"}  # fmt: skip
_NUMBER_WORDS = dict(enumerate(_SMALL.split())) | _ROUND


@dataclass(frozen=True)
class Sentence:
    """One sentence to translate.

    Attributes:
        given: As the person wrote it.
        source: As the network reads it: in ordinary case and spelling, with names such as `Z1` for
            what is not translated.
        kept: What the names stand for, in their order.
        shouted: Whether the answer is given back in capitals.
        small: Whether it was typed in small letters and has capitals for the network's sake; an answer
            that begins small then stays so.
        wishes: The entries of the glossary that apply to `source`.
    """

    given: str
    source: str
    kept: tuple[str, ...] = ()
    shouted: bool = False
    small: bool = False
    wishes: tuple[Wanted, ...] = ()

    def restore(self, answer: str) -> str:
        """Give an answer its capitals and the things behind the names.

        Args:
            answer: What the network made of `source`.
        """
        if self.shouted:
            answer = answer.upper()
        elif self.small and answer[:1].islower():
            answer = answer.lower()
        if not self.kept:
            return answer
        parts = _NAME.split(answer)
        for i in range(1, len(parts), 2):
            number = int(parts[i])
            parts[i] = self.kept[number - 1] if 0 < number <= len(self.kept) else f"Z{number}"
        return "".join(parts)

    def lacks(self, answer: str) -> Iterator[Wanted]:
        """Find what must stand in an answer and does not.

        Args:
            answer: What the network made of `source`, before it is restored.
        """
        yield from self._names_lacking(answer)
        yield from self._numbers_lacking(answer)
        wanted = Counter(wish.target.lower() for wish in self.wishes)
        for wish in self.wishes:
            said = len(
                re.findall(rf"(?<!\w){re.escape(wish.target)}(?:e?s|'s)?(?!\w)", answer, re.IGNORECASE)
            )
            if said < wanted[wish.target.lower()]:
                yield wish

    def names(self) -> list[Wanted]:
        """Return the names of what is kept."""
        return [_itself(match) for match in _NAME.finditer(self.source)] if self.kept else []

    def _names_lacking(self, answer: str) -> Iterator[Wanted]:
        said = Counter(match.group().upper() for match in _NAME.finditer(answer))
        return (name for name in self.names() if said[name.target] != 1)

    def _numbers_lacking(self, answer: str) -> Iterator[Wanted]:
        said = {_digits(number) for number in _NUMBER.findall(answer)}
        for match in _NUMBER.finditer(_NAME.sub("Zz", self.source)):
            if _digits(match.group()) not in said and not _in_words(match.group(), answer):
                yield _itself(match)


def prepare(
    given: str,
    lexicon: Lexicon | None,
    glossary: Glossary | None,
    accents: Accents | None = None,
    punctuation: Punctuation | None = None,
) -> Sentence:
    """Bring a sentence to the form that the network reads.

    Args:
        given: A normalised sentence of Spanish with a letter in it.
        lexicon: Knows Spanish words, so that those it does not know can be taken for names.
        glossary: What the person wants.
        accents: Puts back those that were not typed.
        punctuation: Puts back marks that were not typed.
    """
    kept: list[str] = []
    named = not _NAME.search(given)  # else our names would be mistaken for the person's
    source = _with_names(given, VERBATIM, kept, lambda found: bare(found[0])) if named else given
    shouted = is_shouted(_NAME.sub("", source))
    if shouted:
        source = _NAME.sub(lambda name: name.group().upper(), quiet(source))
    source = ordinary(source, lexicon.spanish if lexicon else ())
    source = _with_care(source, shouted, accents, punctuation, lexicon)
    if named and not shouted:
        source = _with_names(source, _MIXED, kept, lambda found: "" if _ORDINAL.match(found[0]) else found[0])
    if named and lexicon and not shouted and source != source.upper():
        wished = glossary.find(source) if glossary else []
        skip = {wish.source for wish in wished}
        source = _with_names(source, _CAPITALISED, kept, lambda found: _strange(found, lexicon, skip))
    wishes = tuple(glossary.find(source)) if glossary else ()
    unnamed = _NAME.sub("", source)
    small = given == given.lower() and unnamed != unnamed.lower()
    return Sentence(given, source, tuple(kept), shouted, small, wishes)


def is_hasty(text: str) -> bool:
    """Say whether a text is typed without accents and marks, and in small letters or in capitals alone.

    Args:
        text: Any text.
    """
    return is_bare(text.lower() if is_shouted(text) else text)


def _with_care(
    source: str,
    shouted: bool,
    accents: Accents | None,
    punctuation: Punctuation | None,
    lexicon: Lexicon | None,
) -> str:
    """Put back what was left out in haste: accents, and marks and capitals where there are none."""
    ending = Ending.BARE
    hasty = shouted or is_careless(source)
    small = shouted or source == source.lower()
    several = len(source.split()) > 1  # a word by itself is looked up, and no sentence
    if punctuation and several and is_bare(source.lower() if shouted else source):
        ending = punctuation.ending(source)
        source += ending.mark  # before the accents, which questions have other ones of
    if accents:
        known = lexicon.spanish if lexicon else None
        source = accents.restored(source, hasty, names=small, known=known)
    return begun(source, ending)


def _with_names(
    text: str, pattern: re.Pattern[str], kept: list[str], choose: Callable[[re.Match[str]], str]
) -> str:
    """Put names in the place of what a pattern finds.

    Args:
        text: A sentence.
        pattern: Finds things.
        kept: The things named so far; those found are added.
        choose: From what was found to the part of it to name; an empty part leaves it as it is.
    """

    def name(match: re.Match[str]) -> str:
        thing = match.group()
        part = "" if _NAME.fullmatch(thing) or len(kept) == _MOST_NAMED else choose(match)
        if not part:
            return thing
        kept.append(part)
        return thing.replace(part, f"Z{len(kept)}", 1)

    return pattern.sub(name, text)


def _strange(found: re.Match[str], lexicon: Lexicon, wished: Container[str]) -> str:
    """Return the run of words with capitals, if any, that is no Spanish we know."""
    words = re.split(r"(\s+)", found.group())
    strange = [
        i for i in range(0, len(words), 2) if not _is_known(words[i], lexicon) and words[i] not in wished
    ]
    if found.start() == 0 and strange == [0] and english_odds(words[0]) <= 0 and words[0][1:].islower():
        return ""  # a rare word has its capital because it comes first
    if not strange:
        return ""
    first = last = strange[0]
    while last + 2 in strange:
        last += 2
    return "".join(words[first : last + 1])


def _is_known(word: str, lexicon: Lexicon) -> bool:
    return len(word) == 1 or bool(_NAME.fullmatch(word)) or word.lower() in lexicon.spanish


def _itself(match: re.Match[str]) -> Wanted:
    return Wanted(match.start(), match.end(), match.group(), match.group())


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _in_words(number: str, answer: str) -> bool:
    stems = _NUMBER_WORDS.get(int(_digits(number)))
    return bool(stems) and re.search(rf"\b(?:{stems})", answer, re.IGNORECASE) is not None
