"""`assistant evaluate`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli.streams import print_json, print_line
from assistant.errors import CorpusError
from assistant.settings import Task


def evaluate(
    data: Annotated[Path, typer.Option(help="A corpus that was not trained on.")],
    task: Annotated[Task, typer.Option(help="What to measure.")] = "chat",
    model: Annotated[str | None, typer.Option(help="Name or folder of a checkpoint.")] = None,
    beam: Annotated[int | None, typer.Option(min=1, max=50, help="Hypotheses to keep.")] = None,
    json: Annotated[bool, typer.Option("--json", help="The scores as a JSON object.")] = False,
) -> None:
    """Measure a checkpoint on a corpus."""
    measure = {"chat": _measure_chat, "translate": _measure_translate}
    scores = measure[task](data, model, beam)
    if json:
        print_json(scores)
    else:
        for key, value in scores.items():
            print_line(f"{key:<12} {value}")


def _measure_translate(data: Path, model: str | None, beam: int | None) -> dict[str, Any]:
    from assistant.checkpoint import find_checkpoint
    from assistant.evaluation.translation import translation_scores
    from assistant.replies.translator import Translator

    checkpoint = find_checkpoint("translate", model)
    translator = Translator(checkpoint, beam)
    pairs = _pairs(data, "translate", 1)
    results = []
    for number, (source, _) in enumerate(pairs, start=1):
        results.append(translator.translate(source))
        _show_count(number, len(pairs))
    scores = translation_scores([r.text for r in results], [target for _, target in pairs])
    times = sorted(r.milliseconds for r in results)
    median = round(times[len(times) // 2], 1)
    setting = {"examples": len(pairs), "beam": beam or checkpoint.settings.decoding.beam}
    return {"model": checkpoint.name, **setting, **scores, "median_ms": median}


def _measure_chat(data: Path, model: str | None, beam: int | None) -> dict[str, Any]:
    from assistant.checkpoint import find_checkpoint
    from assistant.evaluation.dialogue import dialogue_scores
    from assistant.replies.responder import Responder
    from assistant.text.marks import MARK_PATTERN

    checkpoint = find_checkpoint("chat", model)
    responder = Responder(checkpoint, beam)
    pairs = _pairs(data, "chat", checkpoint.settings.corpus.context_turns)
    results = []
    for number, (source, _) in enumerate(pairs, start=1):
        turns = [t.strip() for t in MARK_PATTERN.split(source) if t.strip() and not MARK_PATTERN.match(t)]
        results.append(responder.reply(turns))
        _show_count(number, len(pairs))
    references = [MARK_PATTERN.sub("", target).strip() for _, target in pairs]
    scores = dialogue_scores([r.text for r in results], references)
    times = sorted(r.milliseconds for r in results)
    median = round(times[len(times) // 2], 1)
    return {"model": checkpoint.name, "examples": len(pairs), **scores, "median_ms": median}


def _pairs(data: Path, task: Task, context_turns: int) -> list[tuple[str, str]]:
    from assistant.corpora.readers import corpus_files, read_corpus

    pairs = [
        (example.source, example.target)
        for file in corpus_files(data)
        for line in read_corpus(file, task, context_turns)
        for example in line.examples
        if example.source and example.target
    ]
    if not pairs:
        raise CorpusError("nothing to measure on", data)
    return pairs


def _show_count(number: int, count: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{number}/{count}{'' if number < count else chr(10)}")
