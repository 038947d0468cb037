"""Looking up: a word or fixed phrase by itself is answered by the dictionary, where it has it.

Without a sentence around it a network that learnt from sentences has little to go by: of a word that it
hardly knows it makes another that begins alike.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from assistant.inference.forced import force
from assistant.inference.hypothesis import Hypothesis
from assistant.inference.runtime import Network
from assistant.replies.sentence import Sentence
from assistant.text.dictionary import Dictionary
from assistant.text.pieces import Pieces

CONFIDENCE = 0.95
"""How sure the first sense is. It is the everyday one; what was meant may be another."""

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


def said(network: Network, pieces: Pieces, source: Sequence[int], answer: str, rank: int) -> Hypothesis:
    """Return an answer of the dictionary as the network sees it.

    Args:
        network: Encodes and steps.
        pieces: The vocabulary.
        source: The pieces of what is looked up.
        answer: One of its senses.
        rank: Which, counted from 0.
    """
    target = pieces.encode(answer)
    seen = force(network, source, target)
    return Hypothesis(tuple(target), math.log(CONFIDENCE) - rank, seen.steps, seen.attention[:-1])
