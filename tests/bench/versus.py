"""Blind comparison: sheets of unlabelled replies of two systems, and what readers made of them.

    python -m tests.bench.versus make FOLDER [ENVIRONMENT] [--model NAME] [--small-talk FILE...]
    python -m tests.bench.versus score FOLDER

`make` lets us and each rival answer a hundred openings and thirty talks of five turns, and writes

    <rival>.jsonl          the sheet: prompts, and what A and B replied, one of them us
    instructions.md        what a reader is told
    key.json               which of the two is us; not for readers
    <rival>.replies.json   what ELIZA and ChatterBot replied, so that another checkpoint of ours is
                           compared without asking them again; to ask them, delete it

A reader is handed the instructions and a copy of one sheet under another name, for its own says who the
rival is. `score` reads the marks, `<rival>.marks.txt` with lines such as `t07 b`, and counts.

ENVIRONMENT keeps ChatterBot, which is installed from PyPI; it is taught the small talk of the files.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.checkpoint import Checkpoint, find_checkpoint
from tests.bench.rivals import Prompts, Replies, chatterbot, eliza, greedy, ours

_HERE = Path(__file__).parent
_RIVALS = ("eliza", "chatterbot", "greedy")
_KINDS = {"o": "openings", "t": "talks"}
"""What is compared, by the first letter of the ids."""
_SEED = 8
_MARKS = ("a", "b", "tie")

_INSTRUCTIONS = """\
# Which would you rather have talked with?

Two programs, A and B, that chat in a terminal were told the same things. Each line of the sheet is one
comparison, in JSON:

    {"id": "o001", "prompts": ["..."], "a": ["..."], "b": ["..."]}

`prompts` is what a person said, `a` and `b` what A and B replied to each, in the same order. Ids that
begin with `o` are one prompt and one reply; those that begin with `t` are talks: read the first prompt,
A's first reply, the second prompt, A's second reply and so on to the end; then the same with B. Which
program is A and which is B changes from line to line.

For each line, say with which of the two you would rather have talked. Ask of a reply whether it is

* sensible: it fits what was said, and in a talk what was said before;
* to the point: it answers what was said;
* pleasant: you would like to go on;
* honest: it claims nothing that is not so.

No one of these decides by itself; judge the whole as the person who typed the prompts would. `tie` is
only for two that are truly equal, such as the same words; where you lean a little one way, say that way.
Judge each line by itself, by reading it: no program, no list of words, no guess at what the two are.

Write one line for each id, in the order of the sheet, and nothing else: the id, a space, then `a`, `b`
or `tie`.

    o001 b
    o002 tie
"""


@dataclass(frozen=True)
class Item:
    """What a reader judges at once.

    Attributes:
        id: `o001` for an opening, `t01` for a talk.
        prompts: What the person says.
    """

    id: str
    prompts: Prompts


def main() -> None:
    """Do what the command line says."""
    options = _options()
    if options.what == "score":
        score(options.folder)
        return
    checkpoint = find_checkpoint("chat", options.model)
    with TemporaryDirectory() as name:
        environment = options.environment or Path(name)
        make(options.folder, checkpoint, environment, options.small_talk)


def make(folder: Path, checkpoint: Checkpoint, environment: Path, small_talk: Sequence[Path]) -> None:
    """Write sheets, key and instructions.

    Args:
        folder: Where to; made where there is none.
        checkpoint: Ours.
        environment: Where ChatterBot is, or is installed.
        small_talk: What it is taught; may be empty where all its replies are there already.
    """
    folder.mkdir(parents=True, exist_ok=True)
    items = _items()
    talks = [item.prompts for item in items]
    print(f"{len(items)} items, {checkpoint.name} of {checkpoint.made}", flush=True)
    answers: dict[str, Callable[[Sequence[Prompts]], Iterator[Replies]]] = {
        "eliza": eliza,
        "chatterbot": partial(chatterbot, small_talk=small_talk, environment=environment),
    }
    our_replies = list(ours(checkpoint, talks))
    key = {}
    for rival in _RIVALS:
        print(rival, flush=True)
        if rival == "greedy":
            replies = list(greedy(checkpoint, talks))
        else:
            replies = _kept(folder / f"{rival}.replies.json", talks, answers[rival])
        key[rival] = _sides(rival, items)
        sheet = _sheet(items, our_replies, replies, key[rival])
        (folder / f"{rival}.jsonl").write_text(sheet, "utf-8")
    record = {"model": checkpoint.name, "made": checkpoint.made, "ours": key}
    (folder / "key.json").write_text(json.dumps(record, indent=1) + "\n", "utf-8")
    (folder / "instructions.md").write_text(_INSTRUCTIONS, "utf-8")


def score(folder: Path) -> None:
    """Print, for each rival, who was preferred how often, and the items that we lost.

    Args:
        folder: Which `make` wrote; the marks are in it.
    """
    key = json.loads((folder / "key.json").read_text("utf-8"))
    print(f"{key['model']} of {key['made']}")
    print(f"{'':<12}{'':<10}{'ours':>6}{'theirs':>8}{'ties':>6}{'of all':>9}{'of decided':>12}")
    for rival, sides in key["ours"].items():
        path = folder / f"{rival}.marks.txt"
        if not path.exists():
            print(f"{rival:<12}not marked")
            continue
        marks = _marks(path, sides)
        for kind in (*_KINDS, ""):
            some = {item: mark for item, mark in marks.items() if item.startswith(kind)}
            _count(f"{rival:<12}{_KINDS.get(kind, 'both'):<10}", some, sides)
        print("  lost:", *(item for item, mark in marks.items() if mark not in ("tie", sides[item])))
        if missing := [item for item in sides if item not in marks]:
            print("  not marked:", *missing)


def _items() -> list[Item]:
    openings = (_HERE / "openings.txt").read_text("utf-8").splitlines()
    talks = (_HERE / "talks.txt").read_text("utf-8").strip().split("\n\n")
    return [
        *(Item(f"o{number:03}", [prompt]) for number, prompt in enumerate(openings, start=1)),
        *(Item(f"t{number:02}", talk.splitlines()) for number, talk in enumerate(talks, start=1)),
    ]


def _kept(
    path: Path, talks: Sequence[Prompts], answer: Callable[[Sequence[Prompts]], Iterator[Replies]]
) -> list[Replies]:
    """Return the replies to each talk, and ask only for those that a file does not have."""
    records = json.loads(path.read_text("utf-8")) if path.exists() else []
    known = {tuple(record["prompts"]): record["replies"] for record in records}
    new = [prompts for prompts in talks if tuple(prompts) not in known]
    # A slow rival that is stopped goes on where it was.
    for prompts, replies in zip(new, answer(new) if new else (), strict=True):
        records.append({"prompts": prompts, "replies": replies})
        known[tuple(prompts)] = replies
        path.write_text(json.dumps(records, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return [known[tuple(prompts)] for prompts in talks]


def _sides(rival: str, items: Sequence[Item]) -> dict[str, str]:
    """Draw which side is ours in each comparison: of each kind, one half and the other."""
    chance = random.Random(f"{_SEED} {rival}")
    sides: dict[str, str] = {}
    for kind in _KINDS:
        ids = [item.id for item in items if item.id.startswith(kind)]
        drawn = ["ab"[i % 2] for i in range(len(ids))]
        chance.shuffle(drawn)
        sides |= zip(ids, drawn, strict=True)
    return sides


def _sheet(
    items: Sequence[Item], ours: Sequence[Replies], theirs: Sequence[Replies], sides: Mapping[str, str]
) -> str:
    lines = []
    for item, own, other in zip(items, map(_plain, ours), map(_plain, theirs), strict=True):
        a, b = (own, other) if sides[item.id] == "a" else (other, own)
        record = {"id": item.id, "prompts": item.prompts, "a": a, "b": b}
        lines.append(json.dumps(record, ensure_ascii=False) + "\n")
    return "".join(lines)


def _plain(replies: Iterable[str]) -> Replies:
    """Take away what tells a system by its spaces."""
    return [" ".join(reply.split()) for reply in replies]


def _marks(path: Path, ids: Iterable[str]) -> dict[str, str]:
    marks: dict[str, str] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        item, _, mark = line.strip().lower().partition(" ")
        if item not in ids or item in marks or mark.strip() not in _MARKS:
            sys.exit(f"{path}:{number}: give each id of the sheet once, with a, b or tie: {line}")
        marks[item] = mark.strip()
    return marks


def _count(name: str, marks: Mapping[str, str], sides: Mapping[str, str]) -> None:
    ties = sum(mark == "tie" for mark in marks.values())
    won = sum(mark == sides[item] for item, mark in marks.items())
    lost = len(marks) - ties - won
    shares = _share(won, len(marks)).rjust(9) + _share(won, won + lost).rjust(12)
    print(f"{name}{won:>6}{lost:>8}{ties:>6}{shares}")


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    what = parser.add_subparsers(dest="what", required=True)
    making, scoring = what.add_parser("make"), what.add_parser("score")
    making.add_argument("folder", type=Path)
    making.add_argument("environment", type=Path, nargs="?")
    making.add_argument("--model", help="name or folder of a checkpoint")
    making.add_argument("--small-talk", type=Path, nargs="+", default=[], metavar="FILE")
    scoring.add_argument("folder", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
