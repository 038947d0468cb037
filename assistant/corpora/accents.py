"""Which accents and capitals words have, out of text that has them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from assistant.text.accents import LONGEST_ENDING, WORD, Accents, clues, ending_of, without_accents

_LEAST_SEEN = 2
# A form with less of its word's uses than this is a slip.
_LEAST_SHARE = 0.03
# A word is a name where it is written so this often, but for the first word of a line.
_NAMED = 0.9
_LEAST_WORDS = 3  # of an ending that tells the accent
_SAME_ENDING = 0.8
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
    lines = [(WORD.findall(sentence), "?" in sentence) for sentence in sentences]
    names = _names(words for words, _ in lines)
    spelled = [([word.lower() for word in words], asks) for words, asks in lines]
    forms = _forms(Counter(word for words, _ in spelled for word in words))
    rows = {
        bare: names.get(form, form)
        for bare, known in forms.items()
        for form in known
        if len(known) == 1 and names.get(form, form) != bare
    }
    either = {bare: known for bare, known in forms.items() if len(known) > 1}
    seen = _seen(spelled, either)
    pairs = {bare: _row(known, seen[bare], names) for bare, known in either.items()}
    return Accents(_endings(forms) | _pooled(either, seen) | rows | pairs)


def _endings(forms: Mapping[str, Mapping[str, int]]) -> dict[str, str]:
    """Return the endings that tell where the accent is: `-rias` by `-rías`."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for bare, known in forms.items():
        form = max(known, key=known.__getitem__, default=bare)
        for cut in range(max(2, len(bare) - LONGEST_ENDING), len(bare) - 1):
            whole = len(known) == 1 and form[:cut] == bare[:cut]
            seen[bare[cut:]][form[cut:] if whole else ""] += 1
    rows: dict[str, str] = {}
    for ending in sorted(seen, key=len):
        [(form, count)] = seen[ending].most_common(1)
        telling = count >= max(_LEAST_WORDS, _SAME_ENDING * seen[ending].total())
        if telling and form not in ("", ending) and f"-{ending[1:]}" not in rows:
            rows[f"-{ending}"] = f"-{form}"
    return rows


def _pooled(
    either: Mapping[str, Mapping[str, int]], seen: Mapping[str, Mapping[str, Counter[str]]]
) -> dict[str, str]:
    """Return, by what two words differ in, which clues tell all such pairs apart: `-o` of llamo, llamó."""
    alike: dict[str, list[str]] = defaultdict(list)
    for bare, (first, second) in either.items():
        ending, _ = ending_of(first, second)
        if bare in (first, second) and len(ending) < len(bare):
            alike[ending].append(bare)
    rows: dict[str, str] = {}
    for ending, words in alike.items():
        if len(words) < _LEAST_WORDS:
            continue
        uses: Counter[str] = Counter()
        by_clue: dict[str, Counter[str]] = defaultdict(Counter)
        for bare in words:
            for form, count in either[bare].items():
                uses["-" if form == bare else "+"] += count
            for clue, counts in seen[bare].items():
                for form, count in counts.items():
                    by_clue[clue]["-" if form == bare else "+"] += count
        rows[f"-{ending}"] = _row({"-": uses["-"], "+": uses["+"]}, by_clue, {})
    return rows


def _names(lines: Iterable[list[str]]) -> dict[str, str]:
    """Return the words that have a capital wherever they stand, by their form in lower case.

    Lines that begin without one were not written with capitals in mind.
    """
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for words in lines:
        if words and words[0][0].isupper() and not all(word.isupper() for word in words):
            for word in words[1:]:
                written[word.lower()][word] += 1
    return {
        word: max(forms, key=forms.__getitem__)
        for word, forms in written.items()
        if len(word) > 1
        and (total := forms.total()) >= _LEAST_SEEN
        and sum(n for form, n in forms.items() if form[0].isupper()) >= _NAMED * total
    }


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


def _seen(
    spelled: Iterable[tuple[list[str], bool]], either: Mapping[str, Mapping[str, int]]
) -> dict[str, dict[str, Counter[str]]]:
    """Count what stands beside each form: by bare word, by neighbour, by form."""
    seen: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for words, asks in spelled:
        bare = [without_accents(word) for word in words]
        for i, word in enumerate(words):
            if word in either.get(bare[i], ()):
                for clue in clues(bare, i, asks):
                    seen[bare[i]][clue][word] += 1
    return seen


def _row(known: Mapping[str, int], seen: Mapping[str, Counter[str]], names: Mapping[str, str]) -> str:
    first, second = known
    share = known[second] / (known[first] + known[second])
    weights = {
        clue: round(10 * (_log_odds(counts[second], counts[first], share) - math.log(share / (1 - share))))
        for clue, counts in seen.items()
        if counts.total() >= _LEAST_CLUE
    }
    telling = sorted(
        (clue for clue, weight in weights.items() if abs(weight) >= _LEAST_WEIGHT),
        key=lambda clue: -abs(weights[clue]) * seen[clue].total(),
    )
    prior = round(10 * math.log(share / (1 - share)))
    return " ".join(
        [
            *(names.get(form, form) for form in known),
            str(prior),
            *(f"{clue}:{weights[clue]}" for clue in telling[:_MOST_CLUES]),
        ]
    )


def _log_odds(second: int, first: int, share: float) -> float:
    return math.log((second + _TRUST * share) / (first + _TRUST * (1 - share)))
