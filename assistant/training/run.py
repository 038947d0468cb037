"""A whole training run: corpora in, checkpoint out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant import locations
from assistant.checkpoint import CARD, PIECES, SCORES, refuse_taken, writing_checkpoint
from assistant.corpora.encode import EncodedCorpus, encode_corpora
from assistant.errors import TrainingError
from assistant.evaluation.dialogue import dialogue_scores
from assistant.evaluation.translation import translation_scores
from assistant.settings import Settings
from assistant.text.pieces import Pieces
from assistant.training.card import write_card
from assistant.training.device import choose_device
from assistant.training.export import export_network, quantise, save_weights
from assistant.training.greedy import greedy
from assistant.training.news import Listener
from assistant.training.trainer import Trainer

_STATE = "state.safetensors"
_PLAN = "plan.json"
_MOST_SCORED = 500


@dataclass(frozen=True)
class Plan:
    """What to train, kept beside the training state so that a run can be taken up again.

    Attributes:
        name: Name of the checkpoint to make.
        settings: All settings.
        data: Corpus files and folders.
        command: The command line, for the card.
        start: The checkpoint whose weights and vocabulary are begun with; None begins anew.
    """

    name: str
    settings: Settings
    data: list[Path]
    command: str
    start: Path | None = None

    @property
    def checkpoint(self) -> Path:
        """The folder of the checkpoint."""
        return locations.owned_checkpoints() / self.name

    @property
    def workspace(self) -> Path:
        """The folder of the training state."""
        return self.checkpoint.with_name(f".{self.name}.training")

    def save(self, pieces_model: bytes) -> None:
        """Write the plan and the vocabulary into the workspace."""
        record = {
            "settings": self.settings.to_dict(),
            "data": [str(path.resolve()) for path in self.data],
            "command": self.command,
        }
        (self.workspace / _PLAN).write_text(json.dumps(record, indent=1), "utf-8")
        (self.workspace / PIECES).write_bytes(pieces_model)


def load_plan(name: str) -> Plan:
    """Return the plan of a run that was begun.

    Args:
        name: Name of the checkpoint.

    Raises:
        TrainingError: There is none.
    """
    file = Plan(name, Settings(), [], "").workspace / _PLAN
    try:
        record = json.loads(file.read_text("utf-8"))
        data = [Path(path) for path in record["data"]]
        return Plan(name, Settings.from_dict(record["settings"]), data, record["command"])
    except FileNotFoundError:
        message = f"there is no unfinished training of {name}; train without --resume"
        raise TrainingError(message) from None
    except (ValueError, KeyError, TypeError) as error:
        raise TrainingError(f"{file}: damaged: {error}") from error


def train(
    plan: Plan,
    device: str,
    resume: bool,
    force: bool,
    listen: Listener,
    report: Callable[[str], None],
) -> bool:
    """Train a network and write its checkpoint.

    Args:
        plan: What to train.
        device: `auto`, `cpu` or `cuda`.
        resume: Go on from the plan's training state.
        force: Replace a checkpoint or an unfinished training of that name.
        listen: Takes the news of steps and evaluations.
        report: Takes a line of news now and then.

    Returns:
        False if Ctrl-C ended it early; the checkpoint is written all the same, and the training
        state is kept for `--resume`.

    Raises:
        AssistantError: The corpora, the place or the training are at fault.
    """
    _check_place(plan, resume, force)
    chosen = choose_device(device)
    pieces_model = _given_pieces(plan, resume)
    corpus = encode_corpora(plan.data, plan.settings, pieces_model, report)
    _report_corpus(corpus, report)
    _make_workspace(plan, resume)
    plan.save(corpus.pieces_model)
    trainer = Trainer(plan.settings, corpus, chosen, plan.workspace / _STATE, listen)
    report(f"{trainer.parameters / 1e6:.1f} million weights, training on {chosen}")
    if resume:
        trainer.resume()
    elif plan.start:
        trainer.begin_with(plan.start)
    finished = trainer.run()
    report("Measuring and exporting")
    _write(plan, corpus, trainer, resume or force)
    if finished:
        shutil.rmtree(plan.workspace, ignore_errors=True)
    report(f"Checkpoint {plan.name} is ready: {plan.checkpoint}")
    return finished


def _check_place(plan: Plan, resume: bool, force: bool) -> None:
    """Refuse what would be overwritten; nothing is, until the corpora have been read."""
    try:
        locations.private_folder(plan.checkpoint.parent)
    except OSError as error:
        raise TrainingError(f"{plan.checkpoint.parent}: cannot be written: {error.strerror}") from error
    if resume:
        return
    refuse_taken(plan.checkpoint, force)
    if (plan.workspace / _PLAN).exists() and not force:
        message = f"{plan.workspace}: an unfinished training of {plan.name} is there"
        raise TrainingError(f"{message}; go on with --resume, or begin anew with --force")


def _make_workspace(plan: Plan, resume: bool) -> None:
    try:
        if not resume:
            shutil.rmtree(plan.workspace, ignore_errors=True)
        locations.private_folder(plan.workspace)
    except OSError as error:
        raise TrainingError(f"{plan.workspace}: cannot be written: {error.strerror}") from error


def _given_pieces(plan: Plan, resume: bool) -> bytes | None:
    folder = plan.workspace if resume else plan.start
    try:
        return (folder / PIECES).read_bytes() if folder else None
    except OSError as error:
        raise TrainingError(f"{error.filename}: cannot be read: {error.strerror}") from error


def _report_corpus(corpus: EncodedCorpus, report: Callable[[str], None]) -> None:
    report(f"{len(corpus.train):,} examples to learn, {len(corpus.held_out):,} held out")
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
        (folder / SCORES).write_text(json.dumps(scores, indent=1) + "\n", "utf-8")
        card = write_card(
            plan.name, plan.settings, corpus, trainer.parameters, scores["held_out"], plan.command
        )
        (folder / CARD).write_text(card, "utf-8")


def _scores(settings: Settings, corpus: EncodedCorpus, trainer: Trainer) -> dict[str, Any]:
    """Measure greedy answers to some of the held-out sources."""
    pieces = Pieces(corpus.pieces_model)
    count = min(_MOST_SCORED, len(corpus.held_out))
    stride = len(corpus.held_out) / count
    chosen = [int(i * stride) for i in range(count)]
    sources = [corpus.held_out.source(i) for i in chosen]
    references = [pieces.decode(corpus.held_out.target(i)) for i in chosen]
    answers = greedy(trainer.network, sources, settings.corpus.max_pieces)
    words = [pieces.decode(answer) for answer in answers]
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
