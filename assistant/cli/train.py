"""`assistant train`."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from assistant import locations
from assistant.cli.noun import noun
from assistant.settings import AttentionKind, Cell, NetworkSettings, Settings, Task, fine_tuning, settings_for

if TYPE_CHECKING:
    from assistant.checkpoint import Checkpoint
    from assistant.training.news import Listener
    from assistant.training.plan import Plan


app = noun()


@app.command()
def train(
    task: Annotated[Task, typer.Option(help="What to learn.")] = "chat",
    data: Annotated[
        list[Path] | None,
        typer.Option(help="A corpus: a file, a folder, or a name of the catalogue; repeatable."),
    ] = None,
    preset: Annotated[Literal["tiny", "small", "base"], typer.Option(help="Size.")] = "tiny",
    cell: Annotated[Cell | None, typer.Option(help="Recurrent cell.")] = None,
    attention: Annotated[AttentionKind | None, typer.Option(help="How source states are compared.")] = None,
    encoder_layers: Annotated[
        int | None, typer.Option(min=1, help="Layers of the encoder; more may be put on with --from.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="Name of the checkpoint.")] = None,
    start: Annotated[
        str | None,
        typer.Option("--from", help="Go on from a checkpoint, with part of what it learnt before."),
    ] = None,
    from_history: Annotated[
        bool, typer.Option("--from-history", help="Learn what you taught and found good, nothing else.")
    ] = False,
    max_minutes: Annotated[float | None, typer.Option(min=0.05, help="Train no longer.")] = None,
    max_epochs: Annotated[int | None, typer.Option(min=1, help="Passes over the corpus.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with an unfinished run.")] = False,
    seed: Annotated[int | None, typer.Option(min=0, help="Of every random choice.")] = None,
    device: Annotated[Literal["auto", "cpu", "cuda"], typer.Option(help="Where to compute.")] = "auto",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Count and estimate what it would take, and stop.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="News as JSON lines on stdout.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
) -> None:
    """Train a model and make it the one that answers."""
    # Read by OpenMP when torch loads: spinning threads lose most of their time on a busy machine.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    from assistant.training.plan import load_plan

    name = _checked_name(task if name is None else name)
    if resume:
        shape = cell or attention or encoder_layers
        if data or start or from_history or shape or dry_run or seed is not None:
            raise typer.BadParameter("--resume goes on as it began: only the limits may be changed")
        plan = load_plan(name)
        _run(
            replace(plan, settings=_limited(plan.settings, max_minutes, max_epochs)), device, True, True, json
        )
        return
    if (start or from_history) and (cell or attention):
        raise typer.BadParameter("--from takes the shape of the checkpoint it begins with")
    if from_history and (data or task != "chat"):
        raise typer.BadParameter("--from-history learns what was said to the chat, and no other --data")
    settings = _shaped(settings_for(task, preset), cell, attention, encoder_layers, seed)
    settings = _limited(settings, max_minutes, max_epochs)
    with _data(settings.task, data, from_history) as paths:
        plan = _new_plan(name, settings, paths, start, from_history, encoder_layers)
        if dry_run:
            _estimate(plan, device, json)
        else:
            _run(plan, device, False, force, json)


def _run(plan: Plan, device: str, resume: bool, force: bool, json: bool) -> None:
    from assistant.training.run import train as run

    with _showing(json) as (listen, report):
        finished = run(plan, device, resume, force, listen, report)
    if not finished:
        typer.echo(f"Stopped early; go on with: assistant train --name {plan.name} --resume", err=True)
        raise typer.Exit(130)


@contextmanager
def _showing(json: bool) -> Iterator[tuple[Listener, Callable[[str], None]]]:
    from assistant.cli.display import show_json, showing_progress
    from assistant.training.processes import is_first

    if not is_first():  # one of many processes talks
        yield lambda news: None, lambda line: None
    elif json:
        yield show_json, lambda line: typer.echo(line, err=True)
    else:
        with showing_progress() as shown:
            yield shown


def _estimate(plan: Plan, device: str, json: bool) -> None:
    from assistant.cli.display import show_estimate
    from assistant.training.estimate import estimate

    show_estimate(estimate(plan, device, lambda line: typer.echo(line, err=True)), json)


@contextmanager
def _data(task: Task, data: list[Path] | None, from_history: bool) -> Iterator[list[Path]]:
    """Give what is to be learnt; what comes from the history lies in a file only meanwhile."""
    if from_history:
        from assistant.cli.lessons import lessons_file

        with lessons_file() as paths:
            yield paths
    else:
        from assistant.corpora.catalogue import corpus_path

        yield list(map(corpus_path, data or [])) or locations.starter_corpora(task)


def _new_plan(
    name: str,
    settings: Settings,
    data: list[Path],
    start: str | None,
    from_history: bool,
    encoder_layers: int | None,
) -> Plan:
    from assistant.checkpoint import find_checkpoint
    from assistant.training.plan import Plan, learnt_before

    plan = Plan(name, settings, data, command=shlex.join(["assistant", *sys.argv[1:]]))
    if start is None and not from_history:
        return plan
    checkpoint: Checkpoint = find_checkpoint(settings.task, start)
    tuned = fine_tuning(checkpoint.settings, settings)
    if encoder_layers is not None:
        tuned = replace(tuned, network=_heightened(tuned.network, encoder_layers))
    if from_history:  # each of the few is to be learnt, and none kept back
        tuned = replace(tuned, corpus=replace(tuned.corpus, held_out=0.0))
    return replace(plan, settings=tuned, start=checkpoint.path, rehearse=learnt_before(checkpoint, data))


def _shaped(
    settings: Settings,
    cell: Cell | None,
    attention: AttentionKind | None,
    encoder_layers: int | None,
    seed: int | None,
) -> Settings:
    network, training = settings.network, settings.training
    network = replace(
        network,
        cell=cell or network.cell,
        attention=attention or network.attention,
        encoder_layers=encoder_layers or network.encoder_layers,
    )
    training = replace(training, seed=training.seed if seed is None else seed)
    return replace(settings, network=network, training=training)


def _limited(settings: Settings, max_minutes: float | None, max_epochs: int | None) -> Settings:
    training = settings.training
    if max_minutes is not None:
        training = replace(training, max_minutes=max_minutes)
    if max_epochs is not None:
        training = replace(training, max_epochs=max_epochs)
    return replace(settings, training=training)


def _heightened(network: NetworkSettings, encoder_layers: int) -> NetworkSettings:
    if encoder_layers < network.encoder_layers:
        had = f"the checkpoint has {network.encoder_layers}"
        raise typer.BadParameter(f"--encoder-layers may put layers on, not take them off: {had}")
    return replace(network, encoder_layers=encoder_layers)


def _checked_name(name: str) -> str:
    fitting = all(c.isalnum() or c in "._-" for c in name) and not name.startswith(".")
    if not fitting or not 1 <= len(name) <= 100:
        raise typer.BadParameter("--name takes up to 100 letters, digits, '.', '_' and '-'")
    return name
