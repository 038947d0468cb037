"""Looking up: a word or fixed phrase by itself is answered by the dictionary, where it has it.

Without a sentence around it a network that learnt from sentences has little to go by: of a word that it
hardly knows it makes another that begins alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.inference.forced import force
from assistant.inference.hypothesis import Hypothesis
from assistant.inference.runtime import Network
from assistant.replies.sentence import Sentence
from assistant.text.dictionary import Dictionary
from assistant.text.pieces import Pieces

# How often the first of one, two, three senses was among those that somebody else had written for the same
# word: 4,284 words of our dictionary were written twice.
_SURE = (0.88, 0.82, 0.73)
_MARK = re.compile(r"[^\w\s'’-]")
_LONGEST = 6  # words; no entry is longer


def may_be_looked_up(sentence: Sentence) -> bool:
    """Say whether a sentence may be an entry of a dictionary.

    Args:
        sentence: Prepared. Where it is typed with marks, it is said rather than looked up; where the
            person's glossary has a word of it, that is to be kept to.
    """
    short = len(sentence.given.split()) <= _LONGEST
    return short and not (sentence.wishes or sentence.kept or _MARK.search(sentence.given))


def senses(sentence: Sentence, dictionary: Dictionary) -> list[str]:
    """Return what a sentence is in English, the likeliest first, if all of it is an entry.

    Args:
        sentence: One that may be looked up.
        dictionary: Has the entries.
    """
    found = dictionary.senses(" ".join(_MARK.sub("", sentence.source).lower().split()))
    if sentence.given[:1].isupper():
        return [sense[:1].upper() + sense[1:] for sense in found]
    return found


def sureness(senses: Sequence[str]) -> float:
    """Return how sure the first of some senses is, from 0 to 1: of several, another may have been meant.

    Args:
        senses: At least one.
    """
    return _SURE[min(len(senses), len(_SURE)) - 1]


def said(network: Network, pieces: Pieces, source: Sequence[int], senses: Sequence[str]) -> list[Hypothesis]:
    """Return senses of the dictionary as the network sees them, in their order.

    Args:
        network: Encodes and steps.
        pieces: The vocabulary.
        source: The pieces of what is looked up.
        senses: What it is in English.
    """
    targets = [pieces.encode(sense) for sense in senses]
    seen = [force(network, source, target) for target in targets]
    return [
        Hypothesis(tuple(target), -float(rank), each.steps, each.attention[:-1])
        for rank, (target, each) in enumerate(zip(targets, seen, strict=True))
    ]
