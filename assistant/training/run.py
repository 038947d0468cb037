"""A whole training run: corpora in, checkpoint out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import torch

from assistant import locations
from assistant.checkpoint import CARD, OPENINGS, PIECES, SCORES, refuse_taken, writing_checkpoint
from assistant.corpora.encode import RECORD, EncodedCorpus, encode_corpora
from assistant.corpora.openings import openings_of
from assistant.errors import TrainingError
from assistant.evaluation.dialogue import dialogue_scores
from assistant.evaluation.translation import translation_scores
from assistant.settings import Settings
from assistant.text.openings import write_openings
from assistant.text.pieces import Pieces
from assistant.training.card import write_card
from assistant.training.device import choose_device
from assistant.training.export import export_network, quantise, save_weights
from assistant.training.greedy import greedy
from assistant.training.journal import Journal
from assistant.training.measuring import misfit
from assistant.training.news import Caution, Listener, News
from assistant.training.plan import Plan, preparing_workspace
from assistant.training.processes import Processes, joined
from assistant.training.state import has_state
from assistant.training.trainer import Trainer

_MOST_SCORED = 500


def train(
    plan: Plan,
    device: str,
    resume: bool,
    force: bool,
    listen: Listener,
    report: Callable[[str], None],
) -> bool:
    """Train a network and write its checkpoint.

    Started by `torchrun`, every process calls this alike, on one file system; the first writes.

    Args:
        plan: What to train.
        device: `auto`, `cpu` or `cuda`.
        resume: Go on from the plan's training state.
        force: Replace a checkpoint or an unfinished training of that name.
        listen: Takes the news.
        report: Takes a line of text now and then.

    Returns:
        False if Ctrl-C ended it early; the checkpoint is written all the same, and the training
        state is kept for `--resume`.

    Raises:
        AssistantError: The corpora, the place or the training are at fault.
    """
    chosen = choose_device(device)
    with joined() as processes:
        if processes.first:
            prepare(plan, resume, force, report)
        processes.wait()
        corpus = EncodedCorpus.open(plan.corpus)
        finished, trainer = _learn(plan, corpus, chosen, processes, listen, report)
        if processes.first:
            report("Measuring and exporting")
            _write(plan, corpus, trainer, resume or force)
            if finished:
                shutil.rmtree(plan.workspace, ignore_errors=True)
            report(f"Checkpoint {plan.name} is ready: {plan.checkpoint}")
        processes.wait()
    return finished


def prepare(plan: Plan, resume: bool, force: bool, report: Callable[[str], None]) -> None:
    """Make the workspace of a run, with its encoded corpus, unless it goes on with one.

    Args:
        plan: What to train.
        resume: Go on with what is there.
        force: Replace what is there.
        report: Takes a line of text now and then.
    """
    _check_place(plan, resume, force)
    if resume and not plan.preparing.exists():
        return
    pieces_model = given_pieces(plan)
    with preparing_workspace(plan) as folder:
        corpus = encode_corpora(plan.data, plan.settings, folder, pieces_model, report, plan.rehearse)
        _report_corpus(corpus, report)


def _learn(
    plan: Plan,
    corpus: EncodedCorpus,
    device: torch.device,
    processes: Processes,
    listen: Listener,
    report: Callable[[str], None],
) -> tuple[bool, Trainer]:
    def tell(news: News) -> None:
        if processes.first:
            journal(news)
            listen(news)

    trainer = Trainer(plan.settings, corpus, device, plan.state, tell, processes)
    if has_state(plan.state):
        trainer.resume(report if processes.first else lambda line: None)
    elif plan.start:
        trainer.begin_with(plan.start)
    if processes.first:
        journal = Journal(plan.metrics, trainer.position.step)
        others = f" with {processes.count} processes" if processes.count > 1 else ""
        report(f"{trainer.parameters / 1e6:.1f} million weights, training on {device}{others}")
        fault = misfit(corpus.pieces_model, corpus.train)
        if fault and not trainer.position.step:
            tell(Caution(0, fault))
    return trainer.run(), trainer


def _check_place(plan: Plan, resume: bool, force: bool) -> None:
    """Refuse what would be overwritten; nothing is, until the corpora have been read."""
    try:
        locations.private_folder(plan.checkpoint.parent)
    except OSError as error:
        raise TrainingError(f"{plan.checkpoint.parent}: cannot be written: {error.strerror}") from error
    if resume:
        return
    refuse_taken(plan.checkpoint, force)
    if plan.is_begun and not force:
        message = f"{plan.workspace}: an unfinished training of {plan.name} is there"
        raise TrainingError(f"{message}; go on with --resume, or begin anew with --force")


def given_pieces(plan: Plan) -> bytes | None:
    """Return the vocabulary of the checkpoint that a plan begins with, if it does."""
    try:
        return (plan.start / PIECES).read_bytes() if plan.start else None
    except OSError as error:
        raise TrainingError(f"{error.filename}: cannot be read: {error.strerror}") from error


def _report_corpus(corpus: EncodedCorpus, report: Callable[[str], None]) -> None:
    report(f"{len(corpus.train):,} examples to learn, {len(corpus.held_out):,} held out")
    if corpus.rehearsed:
        report(f"  of these {corpus.rehearsed:,} from what the checkpoint learnt first")
    for reason, count in corpus.dropped.most_common():
        report(f"  left out: {count:,} {reason}")


def _write(plan: Plan, corpus: EncodedCorpus, trainer: Trainer, force: bool) -> None:
    scores = _scores(plan.settings, corpus, trainer)
    made = datetime.now(UTC).isoformat(timespec="seconds")
    with writing_checkpoint(plan.checkpoint, plan.settings, made, force) as folder:
        (folder / PIECES).write_bytes(corpus.pieces_model)
        save_weights(trainer.network, folder)
        export_network(trainer.network, folder)
        quantise(folder)
        if plan.settings.corpus.topics:
            write_openings(folder / OPENINGS, openings_of(corpus.train, Pieces(corpus.pieces_model)))
        (folder / SCORES).write_text(json.dumps(scores, indent=1) + "\n", "utf-8")
        card = write_card(
            plan.name, plan.settings, corpus, trainer.parameters, scores["held_out"], plan.command
        )
        (folder / CARD).write_text(card, "utf-8")
        for file in (plan.metrics, plan.corpus / RECORD):
            shutil.copy(file, folder)


def _scores(settings: Settings, corpus: EncodedCorpus, trainer: Trainer) -> dict[str, Any]:
    """Measure greedy answers to some of the held-out sources."""
    pieces = Pieces(corpus.pieces_model)
    count = min(_MOST_SCORED, len(corpus.held_out))
    stride = len(corpus.held_out) / count
    chosen = [int(i * stride) for i in range(count)]
    sources = [corpus.held_out.sources[i].tolist() for i in chosen]
    references = [pieces.answer(corpus.held_out.targets[i].tolist()) for i in chosen]
    answers = greedy(trainer.network, sources, settings.corpus.max_pieces)
    words = [pieces.answer(answer) for answer in answers]
    score = translation_scores if settings.task == "translate" else dialogue_scores
    position = trainer.position
    return {
        "held_out": {
            "examples": count,
            "loss": round(position.kept_loss(settings.training.keep), 4),
            **score(words, references),
        },
        "steps": position.step,
        "minutes": round(position.seconds / 60, 1),
        "history": position.history,
    }
