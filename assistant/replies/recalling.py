"""What was answered to words like these, and how likely it is to please whoever says them.

Of many openings that share words with a prompt few have a reply that fits it. A logistic regression tells
them apart; it was fitted on candidates for turns of talks that readers judged, see `tests.bench.fitting`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.replies.certainty import logistic
from assistant.replies.wording import asking, content, persons, stem, words_of
from assistant.text.openings import Opening, Openings

_MOST = 24  # of the likest openings; those less like hardly ever fit
_BACK = 5  # turns in which somebody may have been spoken of
_SEXES = {
    stem(word): sex
    for sex, words in {
        "she": "she her hers herself woman girl lady mother sister wife girlfriend daughter aunt gran grandma"
        " grandmother nan niece",
        "he": "he him his himself man guy boy father brother husband boyfriend son uncle grandad grandpa"
        " grandfather nephew",
    }.items()
    for word in words.split()
}
_WEIGHTS = (-4.024, 6.263, 2.25, -0.884, 0.036, -0.079, -0.978, 0.558, -0.307, -0.516, -0.595)


@dataclass(frozen=True)
class Recalled:
    """An opening whose reply may be given to other words.

    Attributes:
        opening: What was said then, and answered.
        fits: How likely the reply is to please now, from 0 to 1.
    """

    opening: Opening
    fits: float


class Recall:
    """Recalls openings that are like a prompt.

    Args:
        openings: What talks were opened with; None where nothing is known of that.
    """

    def __init__(self, openings: Openings | None) -> None:
        self._openings = openings

    def near(self, prompt: str) -> list[Opening]:
        """Return the openings that are most like a prompt, the likest first.

        Args:
            prompt: What was said.
        """
        return self._openings.near(prompt) if self._openings else []

    def fitting(self, near: Sequence[Opening], turns: Sequence[str], topic: str) -> list[Recalled]:
        """Return openings by how well their replies fit, the best first.

        Replies that speak of a woman or a man whom nobody has spoken of are left out, and what turns round
        who does what: "can I tell you" and "can you tell me".

        Args:
            near: As `near` gives them for the last turn.
            turns: The talk so far, the person's words last.
            topic: What the network takes the last turn to be about.
        """
        spoken_of = {sex for turn in turns[-_BACK:] for sex in _sexes(words_of(turn))}
        who = persons(words_of(turns[-1]))
        near = [each for each in near[:_MOST] if _may_fit(each, who, spoken_of)]
        described = self.described(near, turns, topic)
        found = [
            Recalled(each, logistic(_WEIGHTS, features))
            for each, features in zip(near, described, strict=True)
        ]
        return sorted(found, key=lambda recalled: -recalled.fits)

    def described(self, near: Sequence[Opening], turns: Sequence[str], topic: str) -> list[list[float]]:
        """Return the features of openings.

        Args:
            near: Openings.
            turns: The talk so far, the person's words last.
            topic: What the last turn is taken to be about.
        """
        if not self._openings:
            return []
        prompt, within = words_of(turns[-1]), len(turns) > 1
        words = {*prompt, *(word for each in near for word in words_of(each.words))}
        rarities = _of_stems(self._openings.rarities(words))
        return [_features(each, prompt, topic, within, rarities) for each in near]


def _features(
    opening: Opening, prompt: tuple[str, ...], topic: str, within: bool, rarities: Mapping[str, float]
) -> list[float]:
    """Describe how an opening and its reply fit other words.

    Args:
        opening: Of the talk that was learnt.
        prompt: What is said now, as `words_of` gives it.
        topic: What that is taken to be about.
        within: Whether it is said within a talk, and does not open it.
        rarities: How rare stems are.

    Returns:
        How like both are, as far as half; how like, times the share of the rare words that both have; how
        like, where it is said within a talk; how much of rare words they share; the rarest word
        that the opening alone has, and whether the reply takes up such a word; whether both are about the
        same; to how many openings the reply was given (logarithm); whether they ask differently; and whether
        one of them speaks to the program and the other does not.
    """
    words = words_of(opening.words)
    own, other = content(prompt), content(words)
    reply = content(words_of(opening.reply))
    shared = _sum(own & other, rarities)
    every = _sum(own | other, rarities)
    alone = other - own
    like = opening.likeness
    return [
        min(like, 0.5),
        like * (shared / every if every else 1.0),
        like * within,
        shared,
        max((rarities.get(each, 0.0) for each in alone), default=0.0),
        float(not alone.isdisjoint(reply)),
        float(opening.topic == topic),
        math.log(1 + opening.given),
        float(asking(prompt) != asking(words)),
        float(("you" in persons(prompt)) != ("you" in persons(words))),
    ]


def _may_fit(opening: Opening, who: tuple[str, ...], spoken_of: set[str]) -> bool:
    """Say whether an opening speaks of the same persons in the same order, and its reply of no other sex."""
    then = persons(words_of(opening.words))
    turned_round = who == then[::-1] != then
    return not turned_round and _sexes(words_of(opening.reply)) <= spoken_of


def _sexes(words: Sequence[str]) -> set[str]:
    """Return whether words speak of a woman, of a man, or of both."""
    return {_SEXES[stem(word)] for word in words if stem(word) in _SEXES}


def _of_stems(rarities: Mapping[str, float]) -> dict[str, float]:
    """Return how rare stems are: as rare as the commonest word that has them."""
    found: dict[str, float] = {}
    for word, rarity in rarities.items():
        found[stem(word)] = min(rarity, found.get(stem(word), math.inf))
    return found


def _sum(stems: frozenset[str], rarities: Mapping[str, float]) -> float:
    return sum(rarities.get(each, 0.0) for each in stems)
