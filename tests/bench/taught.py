"""How often a taught prompt is recognised in other words, and how often in words that mean something else.

    python -m tests.bench.taught TAUGHT.jsonl.gz ASKED.jsonl.gz TALK.jsonl.gz

Of each topic of the first file a few prompts are taught; the prompts of the second ask for them in
other words; the turns of the third have nothing to do with any of them. Topics of one scenario count
as one.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.checkpoint import find_checkpoint
from assistant.corpora.scenarios import scenario
from assistant.inference.runtime import OnnxNetwork
from assistant.inference.vectors import sentence_vector
from assistant.replies.taught import TaughtMemory
from assistant.replies.wording import without_frame, words_of
from assistant.store.database import open_database
from assistant.store.taught import TaughtPairs
from assistant.text.marks import mark_turns
from assistant.text.normalise import normalise
from tests.bench.corpora import Dialogue, read_dialogues

_TAUGHT, _ASKED, _TALK = 10, 1500, 3000
# Taken for each other, and read by hand: whoever says the one may well get the reply to the other.
_SAME_BY_HAND = {
    ("what do you mean", "what do you mean by that"),
    ("what song do you like", "what songs do you like"),
    ("that is funny", "that was funny"),
    ("that is true", "that was true"),
}


@dataclass(frozen=True)
class _Tried:
    """A prompt that was tried: what it was taken for, and whether that was right."""

    said: str
    taught: str
    likeness: float
    right: bool


def main(taught_file: Path, asked_file: Path, talk_file: Path) -> None:
    """Print recall and wrong matches by threshold, and the wrong ones themselves."""
    chance = random.Random(1)
    lessons, asked = read_dialogues(taught_file), read_dialogues(asked_file)
    checkpoint = find_checkpoint("chat", None)
    network = OnnxNetwork(checkpoint.path)
    encode = checkpoint.pieces.encode
    with TemporaryDirectory() as folder:
        db = open_database(Path(folder) / "taught.db")
        topics = _teach(TaughtPairs(db), lessons, chance)
        memory = TaughtMemory(
            lambda text: sentence_vector(network, encode(mark_turns([normalise(text)]))),
            lambda: db,
            near=-1.0,
        )
        prompts = sorted({(each.turns[0], each.topic) for each in asked} - set(topics.items()))
        talk = sorted({(turn, "") for each in read_dialogues(talk_file) for turn in each.turns})
        tried = []
        asked_some = chance.sample(prompts, min(_ASKED, len(prompts)))
        for said, topic in asked_some + chance.sample(talk, min(_TALK, len(talk))):
            for match in memory.matches(said)[:1]:
                found = match.pair.prompt
                right = scenario(topic) == scenario(topics[found])
                exact = without_frame(words_of(said)) == without_frame(words_of(found))
                exact |= (" ".join(words_of(said)), " ".join(words_of(found))) in _SAME_BY_HAND
                tried.append(_Tried(said, found, match.likeness, right or (exact and not topic)))
    _report(tried, len(asked_some))


def _teach(pairs: TaughtPairs, lessons: list[Dialogue], chance: random.Random) -> dict[str, str]:
    by_topic: dict[str, set[str]] = defaultdict(set)
    for lesson in lessons:
        by_topic[lesson.topic].add(lesson.turns[0])
    topics = {}
    for topic, prompts in sorted(by_topic.items()):
        for prompt in chance.sample(sorted(prompts), min(_TAUGHT, len(prompts))):
            pairs.teach(prompt, topic)
            topics[prompt] = topic
    return topics


def _report(tried: list[_Tried], asked: int) -> None:
    print(f"{asked} prompts in other words; {len(tried)} matches in all")
    print(f"{'likeness':>9}{'right':>7}{'wrong':>7}{'wrong share':>13}{'recall':>8}")
    for tenth in range(-10, 10):
        kept = [t for t in tried if t.likeness >= tenth / 10]
        right = sum(t.right for t in kept)
        if kept and (tenth == -10 or tenth >= 3):
            wrong = len(kept) - right
            print(f"{tenth / 10:>9.1f}{right:>7}{wrong:>7}{wrong / len(kept):>13.4f}{right / asked:>8.3f}")
    for each in sorted((t for t in tried if not t.right), key=lambda t: -t.likeness):
        print(f"  {each.likeness:.2f}  {each.said!r} was taken for {each.taught!r}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
