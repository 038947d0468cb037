"""`assistant evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli.noun import noun
from assistant.cli.streams import write_json, write_line
from assistant.settings import Task

_SURE = 0.05


app = noun()


@app.command()
def evaluate(
    data: Annotated[Path, typer.Option(help="A corpus that was not trained on, or a name of one.")],
    task: Annotated[Task, typer.Option(help="What to measure.")] = "chat",
    model: Annotated[str | None, typer.Option(help="Name or folder of a checkpoint.")] = None,
    against: Annotated[str | None, typer.Option(help="Another checkpoint to compare it with.")] = None,
    beam: Annotated[int | None, typer.Option(min=1, max=50, help="Hypotheses to keep.")] = None,
    worst: Annotated[int, typer.Option(min=0, help="How many of the worst answers to show.")] = 5,
    json: Annotated[bool, typer.Option("--json", help="The scores as a JSON object.")] = False,
) -> None:
    """Measure a checkpoint on a corpus, or compare two."""
    from assistant.checkpoint import find_checkpoint
    from assistant.cli.measure import compare, measure_chat, measure_translation, read_examples

    measure = {"chat": measure_chat, "translate": measure_translation}[task]
    checkpoint = find_checkpoint(task, model)
    other = find_checkpoint(task, against) if against else None
    examples = read_examples(data, checkpoint)
    measured = measure(checkpoint, examples, beam, worst)
    if other is None:
        write_json(measured.scores) if json else _show(measured.scores)
        return
    second = measure(other, examples, beam, worst)
    compared = compare(measured, second)
    if json:
        write_json({**measured.scores, "against": second.scores, "comparison": compared})
    else:
        _show_side_by_side(measured.scores, second.scores, compared)


def _show(scores: dict[str, Any]) -> None:
    for key, value in scores.items():
        if isinstance(value, dict):
            write_line(f"{key}:")
            for name, score in value.items():
                write_line(f"  {name:<14} {_number(score)}")
        elif isinstance(value, list):
            _show_rows(key, value)
        else:
            write_line(f"{key:<16} {_number(value)}")


def _show_rows(title: str, rows: list[dict[str, Any]]) -> None:
    """Show entries of texts one below the other, and entries of figures as a table."""
    if not rows:
        return
    write_line("")
    write_line(f"{title.replace('_', ' ')}:")
    texts = [key for key, value in rows[0].items() if isinstance(value, str)]
    if len(texts) < 2:
        write_line("  " + "".join(f"{key:>11}" for key in rows[0]))
        for row in rows:
            write_line("  " + "".join(f"{_number(value):>11}" for value in row.values()))
        return
    for row in rows:
        for key, value in row.items():
            write_line(f"  {key:<10} {_number(value)}")
        write_line("")


def _show_side_by_side(
    first: dict[str, Any], second: dict[str, Any], compared: dict[str, dict[str, float | None]]
) -> None:
    write_line(f"{'':<22}{first['model']:>16}{second['model']:>16}{'difference':>12}{'p':>9}")
    for name in _comparable(first):
        tested = compared.get(name, {})
        values = [_at(first, name), _at(second, name), tested.get("difference"), tested.get("p")]
        cells = [_number(value) for value in values]
        write_line(f"{name:<22}{cells[0]:>16}{cells[1]:>16}{cells[2]:>12}{cells[3]:>9}")
    sure = [name for name, tested in compared.items() if (tested["p"] or 1.0) < _SURE]
    write_line("")
    write_line(f"Differ with p < {_SURE} (paired bootstrap): {', '.join(sure) or 'none'}")


def _comparable(scores: dict[str, Any]) -> list[str]:
    flat = [name for name, value in scores.items() if isinstance(value, int | float) and name != "beam"]
    return [*flat, *(f"actions.{name}" for name in scores.get("actions", ()))]


def _at(scores: dict[str, Any], name: str) -> Any:
    outer, _, inner = name.partition(".")
    return scores[outer][inner] if inner else scores[outer]


def _number(value: Any) -> str:
    return "-" if value is None else str(value)
