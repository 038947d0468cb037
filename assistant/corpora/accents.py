"""Which accents words have, out of text that has them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from assistant.text.accents import WORD, Accents, neighbours, without_accents

_LEAST_SEEN = 2
# A form with less of its word's uses than this is a slip.
_LEAST_SHARE = 0.03
_LEAST_CLUE = 3
_LEAST_WEIGHT = 3  # tenths of a nat
# "el" and "él" are told apart by every verb and noun that follows.
_MOST_CLUES = 2000
_TRUST = 2.0  # uses that a clue must outweigh


def build_accents(sentences: Iterable[str]) -> Accents:
    """Learn which word is meant where its accents were not typed.

    Two words that differ in their accents alone are told apart by the words beside them, as by a
    naive Bayes classifier (compare Yarowsky 1994, "Decision lists for lexical ambiguity resolution:
    application to accent restoration in Spanish and French").

    Args:
        sentences: Carefully written Spanish.
    """
    spelled = [[word.lower() for word in WORD.findall(sentence)] for sentence in sentences]
    forms = _forms(Counter(word for words in spelled for word in words))
    rows = {bare: next(iter(known)) for bare, known in forms.items() if len(known) == 1 and bare not in known}
    either = {bare: known for bare, known in forms.items() if len(known) > 1}
    clues = _clues(spelled, either)
    return Accents(rows | {bare: _row(known, clues[bare]) for bare, known in either.items()})


def _forms(counts: Counter[str]) -> dict[str, dict[str, int]]:
    """Return the one or two commonest forms of each bare word, the commoner first."""
    forms: dict[str, dict[str, int]] = defaultdict(dict)
    for word, count in counts.most_common():
        bare = without_accents(word)
        if count >= _LEAST_SEEN and len(forms[bare]) < 2:
            forms[bare][word] = count
    return {
        bare: {form: n for form, n in known.items() if n >= _LEAST_SHARE * sum(known.values())}
        for bare, known in forms.items()
    }


def _clues(
    spelled: Iterable[list[str]], either: Mapping[str, Mapping[str, int]]
) -> dict[str, dict[str, Counter[str]]]:
    """Count what stands beside each form: by bare word, by neighbour, by form."""
    seen: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for words in spelled:
        bare = [without_accents(word) for word in words]
        for i, word in enumerate(words):
            if word in either.get(bare[i], ()):
                for clue in neighbours(bare, i):
                    seen[bare[i]][clue][word] += 1
    return seen


def _row(known: Mapping[str, int], clues: Mapping[str, Counter[str]]) -> str:
    first, second = known
    share = known[second] / (known[first] + known[second])
    weights = {
        clue: round(10 * (_log_odds(counts[second], counts[first], share) - math.log(share / (1 - share))))
        for clue, counts in clues.items()
        if counts.total() >= _LEAST_CLUE
    }
    telling = sorted(
        (clue for clue, weight in weights.items() if abs(weight) >= _LEAST_WEIGHT),
        key=lambda clue: -abs(weights[clue]) * clues[clue].total(),
    )
    prior = round(10 * math.log(share / (1 - share)))
    return " ".join(
        [first, second, str(prior), *(f"{clue}:{weights[clue]}" for clue in telling[:_MOST_CLUES])]
    )


def _log_odds(second: int, first: int, share: float) -> float:
    return math.log((second + _TRUST * share) / (first + _TRUST * (1 - share)))
