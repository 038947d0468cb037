"""What replies are like: re-ranking in figures, questions of fact, openings to be read.

    python -m tests.bench.replies ranking TALK.jsonl.gz [COUNT]
    python -m tests.bench.replies trivia
    python -m tests.bench.replies openings
    python -m tests.bench.replies drawing SMALLTALK.jsonl.gz [COUNT]
    python -m tests.bench.replies actions COMMANDS.jsonl.gz...

`ranking` answers turns of talks with several weights of the re-ranking; `trivia` counts how many of a
hundred questions of fact are answered with an assertion; `openings` prints a reply to each of a hundred
openings, to be read; `drawing` draws replies to prompts and counts those that fit their scenario; `actions`
counts how often what was taken for an action was the one meant, by how sure the network was of it.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles

from assistant.checkpoint import Checkpoint, find_checkpoint
from assistant.cli.measure import allowed_replies, read_examples
from assistant.evaluation.calibration import calibration_error, reliability
from assistant.evaluation.dialogue import dialogue_scores
from assistant.evaluation.scenarios import generic, repeated, scenario_accuracy
from assistant.replies.lines import all_lines
from assistant.replies.reply import Reply
from assistant.replies.responder import Responder
from assistant.replies.wording import content, words_of
from assistant.text.marks import SAY, unmark
from tests.bench.corpora import read_dialogues

_HERE = Path(__file__).parent
_WEIGHTS = (0.0, 0.1, 0.2, 0.3, 0.5)
_DRAWN = ((0.9, 0.5), (0.9, 0.7), (0.9, 1.0), (0.9, 1.3), (0.8, 1.0), (0.95, 1.0))
_EACH = 2  # of those drawn to a prompt
# Said without answering: a reply that holds one of these asserts nothing of the world.
_OPEN = re.compile(
    r"\?|\b(?:i don't|i do not|i can't|i couldn't|i'd|i never|i've no|i have no|no idea|not sure|can't say"
    r"|look (?:it|that) up|guess|check|ask)\b",
    re.I,
)


def ranking(talk: Path, count: int = 300) -> None:
    """Print, for each weight, how varied replies are and how near to a person's."""
    checkpoint = find_checkpoint("chat", None)
    pairs = [
        (each.turns[max(0, i - 3) : i], each.turns[i])
        for each in read_dialogues(talk)
        for i in range(1, len(each.turns))
    ]
    chosen = random.Random(1).sample(pairs, min(count, len(pairs)))
    print(f"{len(chosen)} turns of {talk.name}, {checkpoint.name}, threshold off")
    print(
        f"{'weight':>7}{'distinct_2':>12}{'f1':>8}{'frequent':>10}{'generic':>9}{'repeated':>10}{'words':>7}{'ms':>7}"
    )
    for weight in _WEIGHTS:
        replies = _answer(
            _with(checkpoint, anti_weight=weight, say_threshold=0.0), [turns for turns, _ in chosen]
        )
        texts = [reply.text for reply in replies]
        scores = dialogue_scores(texts, [reference for _, reference in chosen])
        common = generic(texts, [turns[-1] for turns, _ in chosen]).value or 0.0
        print(
            f"{weight:>7}{scores['distinct_2']:>12}{scores['f1']:>8}{scores['frequent']:>10}"
            f"{common:>9.3f}{repeated(texts).value or 0.0:>10.3f}{scores['words']:>7}"
            f"{median(reply.milliseconds for reply in replies):>7.0f}"
        )
        if weight == checkpoint.settings.decoding.anti_weight:
            sure = [reply.confidence for reply in replies if reply.origin == "generated"]
            print("        confidence, tenths:", " ".join(f"{each:.2f}" for each in quantiles(sure, n=10)))


def trivia() -> None:
    """Count the questions of fact that are answered with an assertion, and print these."""
    questions = (_HERE / "trivia.txt").read_text("utf-8").splitlines()
    replies = _answer(find_checkpoint("chat", None), [[question] for question in questions])
    asserted = [(q, r) for q, r in zip(questions, replies, strict=True) if _asserts(q, r)]
    print(f"{len(asserted)} of {len(questions)} questions are answered with an assertion")
    for origin in sorted({reply.origin for reply in replies}):
        print(f"  {origin:<12}{sum(reply.origin == origin for reply in replies)}")
    for question, reply in asserted:
        print(f"  {question} | {reply.text}")


def openings() -> None:
    """Print a reply to each opening, with its origin and confidence, and the time replies take."""
    prompts = (_HERE / "openings.txt").read_text("utf-8").splitlines()
    replies = _answer(find_checkpoint("chat", None), [[prompt] for prompt in prompts])
    for prompt, reply in zip(prompts, replies, strict=True):
        print(f"{reply.origin:<10} {reply.confidence:.2f}  {prompt} | {reply.text}")
    took = sorted(reply.milliseconds for reply in replies)
    print(f"median {median(took):.0f} ms, 95 % under {took[int(0.95 * len(took))]:.0f} ms")


def drawing(small_talk: Path, count: int = 120) -> None:
    """Print, for each temperature and nucleus, how many of the drawn replies fit, and how varied they are."""
    checkpoint = find_checkpoint("chat", None)
    examples = read_examples(small_talk, checkpoint)
    replies = allowed_replies(examples)
    prompts = {unmark(each.source)[0]: each.topic for each in examples if replies.get(each.topic)}
    chosen = random.Random(1).sample(sorted(prompts.items()), min(count, len(prompts)))
    say = checkpoint.pieces.mark(SAY)
    print(f"{len(chosen)} prompts of {small_talk.name}, {checkpoint.name}")
    for top_p, temperature in _DRAWN:
        responder = Responder(_with(checkpoint, top_p=top_p, temperature=temperature))
        texts, topics = [], []
        for prompt, topic in chosen:
            near = responder._recall.near(prompt)
            source = responder._source([prompt])
            for each in responder._draw(source, prompt, say, near, seed=1)[:_EACH]:
                texts.append(checkpoint.pieces.answer(each.pieces))
                topics.append(topic)
        fits = scenario_accuracy(topics, texts, replies).value or 0.0
        varied = dialogue_scores(texts, texts)["distinct_2"]
        print(f"  nucleus {top_p}, temperature {temperature}: {fits:.3f} fit, distinct_2 {varied}")


def actions(files: Sequence[Path]) -> None:
    """Print how often what was taken for an action was the one meant, by how sure the network was."""
    checkpoint = find_checkpoint("chat", None)
    responder = Responder(checkpoint)
    sure, right = [], []
    for example in (each for file in files for each in read_examples(file, checkpoint)):
        reply = responder.reply([unmark(example.source)[-1]])
        if reply.action and example.accepted:
            sure.append(reply.confidence)
            right.append(reply.action.name in example.accepted.names)
    table = reliability(sure, right, bins=10)
    for row in table:
        print(f"| from {row.least:.1f} | {row.count:,} | {row.confidence:.0%} | {row.right:.0%} |")
    print(f"{len(sure):,} taken for an action, off by {calibration_error(table):.3f}")


def _asserts(question: str, reply: Reply) -> bool:
    """Say whether a reply brings in something that the question does not hold, as if it were so."""
    ours = {text for lines in all_lines().values() for text in lines.texts}
    new = content(words_of(reply.text)) - content(words_of(question))
    return reply.text not in ours and bool(new) and not _OPEN.search(reply.text)


def _answer(checkpoint: Checkpoint, prompts: Sequence[Sequence[str]]) -> list[Reply]:
    responder = Responder(checkpoint)
    return [responder.reply(turns) for turns in prompts]


def _with(checkpoint: Checkpoint, **decoding: float) -> Checkpoint:
    settings = checkpoint.settings
    return replace(checkpoint, settings=replace(settings, decoding=replace(settings.decoding, **decoding)))  # type: ignore[arg-type]


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    if what == "ranking":
        ranking(Path(rest[0]), *map(int, rest[1:]))
    elif what == "drawing":
        drawing(Path(rest[0]), *map(int, rest[1:]))
    elif what == "actions":
        actions([Path(each) for each in rest])
    else:
        {"trivia": trivia, "openings": openings}[what]()
