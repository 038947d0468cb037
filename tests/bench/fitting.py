"""Which replies please: candidates for turns of talks to be judged, and the weights that judgements give.

    python -m tests.bench.fitting ask TALKS FOLDER [--model NAME]
    python -m tests.bench.fitting learn FOLDER

TALKS has what a person says, a line each turn, and a blank line between two talks. `ask` answers them and
writes to FOLDER

    blocks.txt           for readers: each turn in its talk, with numbered replies, those that the network
                         found and those that are recalled, mixed
    candidates.jsonl.gz  the same for `learn`, with where each reply comes from

Readers mark each reply, 2 where they would be glad of it, 1 where it passes, 0 where it misses, and write
`marks.txt` with lines such as `12.3 0 2 1 0`. `learn` fits on these the weights of
`assistant.replies.recalling` and of `assistant.replies.chain`, and prints what they are worth on talks that
they were not fitted on. Those in use were fitted on `tests/bench/sheets/fitting`.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.checkpoint import find_checkpoint
from assistant.evaluation.calibration import calibration_error, fit_logistic, reliability
from assistant.replies.certainty import logistic
from assistant.replies.recalling import Recall
from assistant.replies.responder import Responder
from assistant.text.gzipped import read_lines, write_lines
from assistant.text.marks import SAY
from assistant.text.normalise import normalise
from assistant.text.openings import Opening

_FOUND, _RECALLED = 4, 8  # so many of each are judged
_SHOWN = 5  # turns
_CANDIDATES = "candidates.jsonl.gz"
_FOLDS = 6
_GLAD = 2


def main() -> None:
    """Do what the command line says."""
    options = _options()
    if options.what == "ask":
        ask(options.talks, options.folder, options.model)
    else:
        learn(options.folder)


def ask(talks: Path, folder: Path, model: str | None) -> None:
    """Write candidates, and blocks for readers."""
    folder.mkdir(parents=True, exist_ok=True)
    responder = Responder(find_checkpoint("chat", model))
    blocks, records = [], []
    for number, talk in enumerate(talks.read_text("utf-8").strip().split("\n\n")):
        turns: list[str] = []
        for place, prompt in enumerate(talk.splitlines()):
            turns.append(normalise(prompt))
            record = _candidates(responder, turns, f"{number}.{place}")
            records.append(json.dumps(record, ensure_ascii=False))
            blocks.append(_block(record))
            turns.append(responder.reply(turns).text)
    write_lines(folder / _CANDIDATES, records)
    (folder / "blocks.txt").write_text("\n".join(blocks), "utf-8")
    print(f"{len(blocks)} turns")


def learn(folder: Path) -> None:
    """Print weights, and what they are worth on talks that they were not fitted on."""
    judged = _judged(folder)
    for kind in ("recalled", "found"):
        _report(kind, [each for each in judged if each.kind == kind])
    turns = defaultdict(list)
    for each in judged:
        turns[each.turn].append(each)
    for name, within in (("first turns", False), ("within a talk", True)):
        some = [each for each in turns.values() if each[0].within == within]
        print(f"{len(some)} {name}, the reply is good")
        for what, choice in _CHOICES.items():
            chosen = [max(candidates, key=choice) for candidates in some]
            print(f"  {what:<24}{sum(each.mark == _GLAD for each in chosen) / len(some):.3f}")


@dataclass
class _Judged:
    """A candidate that was judged.

    Attributes:
        turn: The id of its turn, `talk.place`.
        kind: `recalled` or `found`.
        within: Whether the turn is within a talk.
        like: How like its opening is, or how sure the network is of it.
        features: What its weights are for.
        mark: What readers made of it.
        fits: How likely it is to please, by weights of other talks.
    """

    turn: str
    kind: str
    within: bool
    like: float
    features: list[float]
    mark: int
    fits: float = 0.0


_CHOICES: dict[str, Callable[[_Judged], tuple[bool, float]]] = {
    "the network's surest": lambda each: (each.kind == "found", each.like),
    "the likest opening": lambda each: (each.kind == "recalled", each.like),
    "the likeliest to please": lambda each: (True, each.fits),
    "the best there is": lambda each: (True, each.mark),
}


def _judged(folder: Path) -> list[_Judged]:
    recall = Recall(find_checkpoint("chat", None).openings)
    marks = dict(_marked(line) for line in (folder / "marks.txt").read_text("utf-8").splitlines())
    judged = []
    for record in map(json.loads, filter(None, read_lines(folder / _CANDIDATES))):
        turns, within = record["turns"], len(record["turns"]) > 1
        for candidate, mark in zip(record["replies"], marks[record["id"]], strict=True):
            if "words" in candidate:
                opening = Opening(**candidate)
                [row] = recall.described([opening], turns, record["topic"])
                judged.append(_Judged(record["id"], "recalled", within, opening.likeness, row, mark))
            else:
                sure = candidate["confidence"]
                judged.append(_Judged(record["id"], "found", within, sure, [sure, float(within)], mark))
    return judged


def _candidates(responder: Responder, turns: Sequence[str], name: str) -> dict[str, Any]:
    """Return a turn with the likest openings, and what the network is surest of."""
    near = responder._recall.near(turns[-1])
    say = responder._pieces.mark(SAY)
    sources = responder._sources(turns)
    beam = [each for source in sources for each in responder._search(source, turns[-1], say, near)]
    surest = max(beam, key=lambda each: each.confidence)
    replies: dict[str, dict[str, Any]] = {}
    for opening in near:
        if len(replies) < _RECALLED:
            replies.setdefault(opening.reply, asdict(opening))
    for each in responder._chain._ranking.ranked(beam)[:_FOUND]:
        text = responder._pieces.answer(each.pieces)
        replies.setdefault(text, {"reply": text, "confidence": each.confidence})
    shuffled = list(replies.values())
    random.Random(name).shuffle(shuffled)
    topic = responder._pieces.decode(surest.pieces[1 : surest.named])
    return {"id": name, "turns": list(turns), "topic": topic, "replies": shuffled}


def _block(record: dict[str, Any]) -> str:
    """Return a turn in its talk as readers see it."""
    turns = record["turns"][-_SHOWN:]
    said = [f"{'PA'[(len(turns) - 1 - i) % 2]}: {turn}" for i, turn in enumerate(turns)]
    replies = [f"  {number}. {each['reply']}" for number, each in enumerate(record["replies"], start=1)]
    return "\n".join([f"### {record['id']}", *said, *replies, ""])


def _marked(line: str) -> tuple[str, list[int]]:
    name, *marks = line.split()
    return name, [int(mark) for mark in marks]


def _report(name: str, judged: list[_Judged]) -> None:
    """Print the weights of all candidates of a kind, and a reliability table by folds of talks."""
    right = [each.mark == _GLAD for each in judged]
    print(f"{name}: {len(judged)}, {sum(right)} of them good")
    print("  weights", fit_logistic([each.features for each in judged], right))
    for fold in range(_FOLDS):
        fitted = [each for each in judged if _fold(each) != fold]
        weights = fit_logistic([each.features for each in fitted], [each.mark == _GLAD for each in fitted])
        for each in judged:
            if _fold(each) == fold:
                each.fits = logistic(weights, each.features)
    table = reliability([each.fits for each in judged], right)
    for row in table:
        print(f"  from {row.least:.1f}: {row.count:>5}, said {row.confidence:.2f}, right {row.right:.2f}")
    print(f"  off by {calibration_error(table):.3f}")


def _fold(judged: _Judged) -> int:
    return int(judged.turn.split(".")[0]) % _FOLDS


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    what = parser.add_subparsers(dest="what", required=True)
    asking, learning = what.add_parser("ask"), what.add_parser("learn")
    asking.add_argument("talks", type=Path)
    asking.add_argument("folder", type=Path)
    asking.add_argument("--model", help="name or folder of a checkpoint")
    learning.add_argument("folder", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
