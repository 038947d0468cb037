"""A lexicon out of pairs of sentences (IBM Model 1, Brown et al. 1993)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.text.dictionary import Dictionary
from assistant.text.lexicon import FUNCTION_WORDS, Entry, Lexicon
from assistant.text.words import split_words

_ROUNDS = 5
_LONGEST = 25  # words; a longer sentence tells little and costs much
_LEAST_SEEN = 2
_LEAST_CHANCE = 0.05
_SURE_CHANCE = 0.35
# The network knows what is commoner than this better than a word by itself does.
_RARE = 150
# Of what is rarer than this the dictionary tells more than the sentences do.
_RARER = 40
# Translations kept: of a word that is sure, so that others of them are not corrected; of any other.
_MOST_SURE, _MOST_UNSURE = 4, 2
_NULL = ""


def build_lexicon(pairs: Iterable[tuple[str, str]], dictionary: Dictionary | None = None) -> Lexicon:
    """Learn which words translate which.

    Args:
        pairs: Spanish and English sentences.
        dictionary: Knows rare words, of which the sentences tell too little.
    """
    spoken = [(split_words(es.lower()), split_words(en.lower())) for es, en in pairs]
    spanish, english = Counter[str](), Counter[str]()
    for es, en in spoken:
        spanish.update(es)
        english.update(en)
    short = [(es, en) for es, en in spoken if 0 < len(es) <= _LONGEST and 0 < len(en) <= _LONGEST]
    chances = _model_one(short)
    likely: dict[str, list[str]] = {}
    sure: set[str] = set()
    for (source, target), chance in sorted(chances.items(), key=lambda item: -item[1]):
        to = likely.setdefault(source, [])
        if not to and chance >= _SURE_CHANCE and target not in FUNCTION_WORDS and source != target:
            sure.add(source)
        to.append(target)
    entries = {
        word: _entry(likely[word], word in sure and _LEAST_SEEN < count <= _RARE)
        for word, count in spanish.items()
        if count >= _LEAST_SEEN and word in likely
    }
    if dictionary:
        rare = [w for w in dictionary.spanish.ordered if w.isalpha() and spanish[w] <= _RARER]
        heads = {word: _heads(dictionary.senses(word)) for word in rare}
        entries |= {
            word: _entry(_agreed(said, likely.get(word, [])), True) for word, said in heads.items() if said
        }
    return Lexicon.of(entries, (word for word, count in english.items() if count >= _LEAST_SEEN))


def _heads(senses: Sequence[str]) -> list[str]:
    """Return the words that senses come down to, `to make`, `he makes`; not of those that need several."""
    spoken = (split_words(sense.lower()) for sense in senses)
    content = ([word for word in words if word not in FUNCTION_WORDS] for words in spoken)
    return list(dict.fromkeys(words[0] for words in content if len(words) == 1))


def _agreed(heads: list[str], likely: list[str]) -> list[str]:
    """Order what the dictionary says of a word by what the sentences say, and add what else these say."""
    said = [word for word in likely if word in heads]
    return list(dict.fromkeys([*said, *heads, *likely]))


def _entry(likely: list[str], sure: bool) -> Entry:
    return Entry(tuple(likely[: _MOST_SURE if sure else _MOST_UNSURE]), sure)


def _model_one(pairs: list[tuple[list[str], list[str]]]) -> dict[tuple[str, str], float]:
    """Return the likelier translations of each Spanish word and their probabilities."""
    sources, targets = _numbers(es for es, _ in pairs), _numbers(en for _, en in pairs)
    sources[_NULL] = len(sources)
    left, right, places = _links(pairs, sources, targets)
    keys, link = np.unique(left * len(targets) + right, return_inverse=True)
    of = keys // len(targets)
    chance = np.ones(len(keys))
    for _ in range(_ROUNDS):
        share = chance[link]
        share /= np.bincount(places, share)[places]
        counted = np.bincount(link, share)
        chance = counted / np.bincount(of, counted, len(sources))[of]
    source_words, target_words = list(sources), list(targets)
    return {
        (source_words[keys[i] // len(targets)], target_words[keys[i] % len(targets)]): float(chance[i])
        for i in np.flatnonzero(chance >= _LEAST_CHANCE)
    }


def _numbers(sentences: Iterable[list[str]]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for words in sentences:
        for word in words:
            numbers.setdefault(word, len(numbers))
    return numbers


def _links(
    pairs: list[tuple[list[str], list[str]]], sources: dict[str, int], targets: dict[str, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return source, target and target place of every link that a sentence allows."""
    left, right, places = [], [], []
    place = 0
    for es, en in pairs:
        source = [sources[word] for word in [_NULL, *es]]
        for word in en:
            left += source
            right += [targets[word]] * len(source)
            places += [place] * len(source)
            place += 1
    return np.array(left), np.array(right), np.array(places)
