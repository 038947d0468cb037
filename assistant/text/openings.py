"""What talks were opened with, what each was about, and how it was answered.

A network generalises from the openings it learnt; what is nearly one of them, word for word, it had
better look up (the nearest neighbours of Khandelwal et al. 2020, arXiv 1911.00172, found by their words).
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

_WORD = re.compile(r"[^\W_]+")
_CANDIDATES = 60
_MOST_ROWS = 2000
"""So many openings are ranked, those with the rarest words: all that say "you" take ten times as long."""
_LONGEST = 40  # words; no opening is looked for that is longer
_SHARPNESS = 12.0
"""How much more the nearest openings count than those less near."""


@dataclass(frozen=True)
class Opening:
    """What somebody said first, and what came of it.

    Attributes:
        words: What was said, in lower case and without marks.
        topic: The name of its topic.
        reply: What was answered.
        likeness: How like it is to what was looked for, from 0 to 1.
        given: To so many openings this was answered.
    """

    words: str
    topic: str
    reply: str
    likeness: float
    given: int


class Openings:
    """Looks up openings; may be used from several threads, one at a time.

    Args:
        path: A file that `write_openings` wrote.

    Raises:
        OSError: It is not there.
        ValueError: It is damaged.
    """

    def __init__(self, path: Path) -> None:
        if not path.exists():
            raise FileNotFoundError(path)
        # Nothing writes to it: SQLite needs no lock, and leaves nothing beside it.
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        try:
            self._db = sqlite3.connect(uri, uri=True, check_same_thread=False)
            self._db.execute("select given from openings, words limit 1")
            self._count = self._db.execute("select max(rowid) from openings").fetchone()[0] or 0
            self._known: dict[str, int] = {}  # words that were met, and how many openings have them
        except sqlite3.DatabaseError as error:
            raise ValueError(str(error)) from error

    def near(self, prompt: str) -> list[Opening]:
        """Return the openings that are most like a prompt, the likest first.

        Args:
            prompt: What was said.
        """
        words = _words(prompt)
        if len(words) > _LONGEST:
            return []
        wanted = _features(words)
        # Of those that are equally like it, the one that was written first is found first.
        found = [
            Opening(opening, topic, reply, _likeness(wanted, _features(opening.split(" "))), given)
            for _, opening, topic, reply, given in sorted(self._candidates(words))
        ]
        return sorted(found, key=lambda opening: -opening.likeness)

    def rarities(self, words: Collection[str]) -> dict[str, float]:
        """Return how rare words are among all openings: the logarithm of one in how many has it.

        Args:
            words: In lower case.
        """
        counts = self._counts_of(words)
        return {word: math.log((1 + self._count) / (1 + counts[word])) for word in words}

    def _candidates(self, words: list[str]) -> set[tuple[int, str, str, str, int]]:
        """Return rows, openings, topics, replies and how often these were given: of what shares words."""
        known = sorted((count, word) for word, count in self._counts_of(words).items() if count)
        if not known:
            return set()
        terms = [f'"{word}"' for _, word in known]
        rows = list(accumulate(count for count, _ in known))
        rare = [term for term, sum_ in zip(terms, rows, strict=True) if sum_ <= max(_MOST_ROWS, rows[0])]
        # Of what has all the words the common ones count too: it may be what was said, to the letter.
        sql = "select rowid, * from openings where openings match ? order by rank limit ?"
        queries = (" AND ".join(terms), " OR ".join(rare))
        return {row for query in queries for row in self._db.execute(sql, [query, _CANDIDATES])}

    def _counts_of(self, words: Collection[str]) -> dict[str, int]:
        """Return how many openings have each word."""
        new = [word for word in words if word not in self._known]
        marks = ",".join("?" * len(new))
        self._known |= dict.fromkeys(new, 0)
        self._known |= dict(self._db.execute(f"select term, doc from words where term in ({marks})", new))
        return {word: self._known[word] for word in words}


def topics(near: Sequence[Opening]) -> dict[str, float]:
    """Return what a prompt is about, going by the openings that are near it.

    Args:
        near: As `Openings.near` gives them.

    Returns:
        Names of topics, each with its share. Together they make how like the prompt the nearest opening
        is, from 0 to 1.
    """
    weights: defaultdict[str, float] = defaultdict(float)
    for opening in near:
        weights[opening.topic] += math.exp(_SHARPNESS * opening.likeness)
    total = sum(weights.values())
    return {topic: near[0].likeness * weight / total for topic, weight in weights.items()}


def write_openings(path: Path, openings: Iterable[tuple[str, str, str]]) -> None:
    """Write openings, each once, to a new file.

    Of several replies to the same words the one that comes first is found first.

    Args:
        path: The file.
        openings: What was said, the name of its topic, and the reply.

    Raises:
        OSError: It cannot be written.
    """
    rows = dict.fromkeys((" ".join(_words(opening)), topic, reply) for opening, topic, reply in openings)
    given = Counter(reply for opening, _, reply in rows if opening)
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            # Words are counted, not where they stand: that is half the size.
            columns = "opening, topic unindexed, reply unindexed, given unindexed, detail=none"
            db.execute(f"create virtual table openings using fts5({columns})")
            db.execute("create virtual table words using fts5vocab(openings, row)")
            db.execute("begin")
            numbered = ((*row, given[row[2]]) for row in rows if row[0])
            db.executemany("insert into openings values (?, ?, ?, ?)", numbered)
            db.execute("commit")
            db.execute("insert into openings(openings) values ('optimize')")
            db.execute("vacuum")
    except sqlite3.OperationalError as error:
        raise OSError(str(error)) from error


def _words(text: str) -> list[str]:
    # Half of those who type "you're" type "youre".
    return _WORD.findall(text.lower().replace("'", ""))


def _features(words: list[str]) -> Counter[str]:
    """Return words, pairs of words, and runs of three characters, which forgive a slip of the finger."""
    ends = ["^", *words, "$"]
    pairs = [f"{one} {other}" for one, other in pairwise(ends)]
    text = f" {' '.join(words)} "
    return Counter([*words, *pairs, *(text[i : i + 3] for i in range(len(text) - 2))])


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Return the share of the features of both that both have (Dice's coefficient)."""
    return 2 * (one & other).total() / (one.total() + other.total())
