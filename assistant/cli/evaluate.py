"""`assistant evaluate`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Annotated, Any, Protocol, TypeVar

import typer

from assistant.cli.streams import write_json, write_line
from assistant.errors import CorpusError
from assistant.settings import Task

if TYPE_CHECKING:
    from assistant.checkpoint import Checkpoint


class _Timed(Protocol):
    @property
    def milliseconds(self) -> float: ...


_Source = TypeVar("_Source")
_Result = TypeVar("_Result", bound=_Timed)


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
        write_json(scores)
    else:
        for key, value in scores.items():
            write_line(f"{key:<12} {value}")


def _measure_translate(data: Path, model: str | None, beam: int | None) -> dict[str, Any]:
    from assistant.checkpoint import find_checkpoint
    from assistant.evaluation.translation import translation_scores
    from assistant.replies.translator import Translator

    checkpoint = find_checkpoint("translate", model)
    sources, references = _pairs(data, checkpoint)
    results = _each(Translator(checkpoint, beam).translate, sources)
    scores = translation_scores([result.text for result in results], references)
    return _record(checkpoint, beam, scores, results)


def _measure_chat(data: Path, model: str | None, beam: int | None) -> dict[str, Any]:
    from assistant.checkpoint import find_checkpoint
    from assistant.evaluation.dialogue import dialogue_scores
    from assistant.replies.responder import Responder
    from assistant.text.marks import unmark

    checkpoint = find_checkpoint("chat", model)
    sources, references = _pairs(data, checkpoint)
    results = _each(Responder(checkpoint, beam).reply, [unmark(source) for source in sources])
    expected = [" ".join(unmark(reference)) for reference in references]
    return _record(checkpoint, beam, dialogue_scores([r.text for r in results], expected), results)


def _each(answer: Callable[[_Source], _Result], sources: Sequence[_Source]) -> list[_Result]:
    results = []
    for number, source in enumerate(sources, start=1):
        results.append(answer(source))
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{number}/{len(sources)}{'' if number < len(sources) else chr(10)}")
    return results


def _record(
    checkpoint: Checkpoint, beam: int | None, scores: dict[str, float], results: Sequence[_Timed]
) -> dict[str, Any]:
    return {
        "model": checkpoint.name,
        "examples": len(results),
        "beam": beam or checkpoint.settings.decoding.beam,
        **scores,
        "median_ms": round(median(result.milliseconds for result in results), 1),
    }


def _pairs(data: Path, checkpoint: Checkpoint) -> tuple[list[str], list[str]]:
    from assistant.corpora.readers import corpus_files, read_corpus

    settings = checkpoint.settings
    pairs = [
        (example.source, example.target)
        for file in corpus_files(data)
        for line in read_corpus(file, settings.task, settings.corpus.context_turns)
        for example in line.examples
        if example.source and example.target
    ]
    if not pairs:
        raise CorpusError("nothing to measure on", data)
    return [source for source, _ in pairs], [target for _, target in pairs]
