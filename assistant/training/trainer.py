"""The training loop."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import torch
from torch import Tensor

from assistant.corpora.encode import EncodedCorpus
from assistant.corpora.pairs import Numbers
from assistant.errors import TrainingError
from assistant.network.seq2seq import Seq2Seq
from assistant.settings import Settings
from assistant.text.pieces import Pieces
from assistant.training.batches import Batch, batches, plan_batches
from assistant.training.export import load_weights
from assistant.training.interrupt import until_interrupted
from assistant.training.learner import Learner, part
from assistant.training.measuring import Examiner, Measured, is_dull
from assistant.training.news import Caution, End, Evaluation, Listener, Pace, Step
from assistant.training.processes import Processes
from assistant.training.schedule import Clock, learning_rate
from assistant.training.state import Position, load_state, save_state

_SAVE_SECONDS = 120.0
_MOST_STEPS_UNMEASURED = 2000
_NOT_FINITE = "lower the learning rate, or look for broken text in the corpus"
_GOING_ON = ""
_ENDINGS = (_GOING_ON, "epochs", "minutes", "patience", "interrupted")


class Trainer:
    """Teaches one network.

    What it does with the weights depends on the settings, the corpus and the number of processes
    alone, as long as no minutes are set: a run that is killed and resumed from its last state takes
    the same steps again.

    Args:
        settings: All settings of the run.
        corpus: What to learn and measure.
        device: Where to compute.
        state_file: Where the training state is kept.
        listen: Takes the news.
        processes: This process among those that share the run.
    """

    def __init__(
        self,
        settings: Settings,
        corpus: EncodedCorpus,
        device: torch.device,
        state_file: Path,
        listen: Listener,
        processes: Processes = Processes(),  # noqa: B008, it is frozen
    ) -> None:
        torch.manual_seed(settings.training.seed)
        self._settings = settings
        self._corpus = corpus
        self._device = device
        self._state_file = state_file
        self._listen = listen
        self._processes = processes
        vocabulary = len(Pieces(corpus.pieces_model))
        self._learner = Learner(settings, vocabulary, device, shared=processes.count > 1)
        if processes.count > 1:  # what is dropped out differs from process to process
            torch.manual_seed(settings.training.seed + 1000 * (processes.rank + 1))
        self._examiner = Examiner(settings, corpus, device)
        self._best: dict[str, Tensor] = {}
        self._warned: set[str] = set()
        self.position = Position()

    @property
    def network(self) -> Seq2Seq:
        """The network; once `run` is over, with the weights to keep."""
        return self._learner.network

    @property
    def parameters(self) -> int:
        """Number of weights."""
        return sum(p.numel() for p in self.network.parameters())

    def begin_with(self, checkpoint: Path) -> None:
        """Begin with the weights of a checkpoint.

        Args:
            checkpoint: Its folder; its network has this one's shape and vocabulary.
        """
        load_weights(self.network, checkpoint)
        self._learner.begin_with(self.network.state_dict())

    def resume(self, report: Callable[[str], None] = lambda line: None) -> None:
        """Go on from the training state.

        Args:
            report: Takes a line if only the state before the last could be used.

        Raises:
            TrainingError: There is none, it is damaged, or it is of another shape.
        """
        self.position, tensors = load_state(self._state_file, report)
        try:
            self._learner.load(tensors)
            self._best = {k: v.to(self._device) for k, v in part(tensors, "best.").items()}
            self._set_random(tensors)
        except (RuntimeError, KeyError) as error:
            message = f"{self._state_file}: the state is of other settings or data: {error}"
            raise TrainingError(message) from error

    def run(self) -> bool:
        """Train until the epochs, the minutes or the patience are over, or Ctrl-C.

        Returns:
            False if Ctrl-C ended it. Either way the network holds the weights to keep.

        Raises:
            TrainingError: The loss is no longer a number, or the state cannot be written.
        """
        training = self._settings.training
        steps = len(self._plan(0))
        self._total = steps * training.max_epochs
        self._clock = Clock(self._total, training.max_minutes, self.position.seconds)
        every = math.ceil(steps / training.evaluations_per_epoch)
        self._every = min(every, _MOST_STEPS_UNMEASURED)
        self._saved = time.monotonic()
        # The others do not measure, but have to know when the first one does.
        self._measured_at = self.position.history[-1]["step"] if self.position.history else -1
        with until_interrupted() as interrupted:
            self._interrupted = interrupted
            ending = self._learn()
        self._close(ending)
        return ending != "interrupted"

    def _learn(self) -> str:
        """Take steps until the run ends; return why it does."""
        progress, ending = self._standing()
        while ending == _GOING_ON:
            pace = Pace()
            for batch in self._rest_of_epoch():
                self._step(batch, progress, pace)
                progress, ending = self._standing()
                if ending != _GOING_ON:
                    break
        return ending

    def _standing(self) -> tuple[float, str]:
        """Agree on how far the run has come and whether it ends, and save now and then."""
        progress = self._clock.progress(self.position.step)
        due = time.monotonic() - self._saved >= _SAVE_SECONDS
        code = _ENDINGS.index(self._ending(progress))
        progress, code_, due_ = self._processes.agree(progress, code, due)
        if due_:
            self._save()
        return progress, _ENDINGS[int(code_)]

    def _ending(self, progress: float) -> str:
        training = self._settings.training
        if self._interrupted():
            return "interrupted"
        if self.position.epoch >= training.max_epochs:
            return "epochs"
        if training.keep == "best" and self.position.without_progress >= training.patience:
            return "patience"
        return "minutes" if progress >= 1.0 else _GOING_ON

    def _rest_of_epoch(self) -> Iterator[Batch]:
        self.network.train()
        plan = self._plan(self.position.epoch)
        self._epoch_ends = len(plan)
        mine = map(self._processes.share, plan[self.position.batch :])
        return batches(self._corpus.train, mine, self._device)

    def _step(self, batch: Batch, progress: float, pace: Pace) -> None:
        rate = learning_rate(self._settings.training, self.position.step, progress)
        loss = self._learner.step(batch, rate)
        position = self.position
        position.step += 1
        position.batch += 1
        pace.add(loss, batch.tokens * self._processes.count, self._clock.seconds())
        self._tell_step(rate, pace)
        if position.batch >= self._epoch_ends:
            position.epoch, position.batch = position.epoch + 1, 0
            self._evaluate()
        elif position.batch % self._every == 0:
            self._evaluate()
            self.network.train()

    def _tell_step(self, rate: float, pace: Pace) -> None:
        step = self.position.step
        if not math.isfinite(pace.loss):
            raise TrainingError(f"the loss is {pace.loss} at step {step}: {_NOT_FINITE}")
        news = Step(
            step, self._total, self.position.epoch, pace.loss, rate, pace.tokens_per_second,
            self._clock.progress(step), self._clock.seconds_left(step),
        )  # fmt: skip
        self._listen(news)

    def _evaluate(self, save: bool = True) -> None:
        self._measured_at = self.position.step
        if self._processes.first:
            self._record(self._examiner.measure(self._learner.average.network), save)
        elif save:
            self._save()

    def _record(self, measured: Measured, save: bool) -> None:
        position, loss = self.position, measured.loss
        if not math.isfinite(loss):
            raise TrainingError(f"the held-out loss is {loss} at step {position.step}: {_NOT_FINITE}")
        best = loss < position.best_loss
        position.without_progress = 0 if best else position.without_progress + 1
        position.best_loss = min(loss, position.best_loss)
        position.history.append({"step": position.step, "epoch": position.epoch, "loss": loss})
        if best:
            average = self._learner.average.network.state_dict()
            self._best = {k: v.detach().clone() for k, v in average.items()}
        # Told before it is saved: what a killed run told after its last state is told again.
        self._listen(Evaluation(position.epoch, position.step, loss, best, measured.samples))
        self._look_for_trouble(measured)
        if save:
            self._save()

    def _look_for_trouble(self, measured: Measured) -> None:
        position = self.position
        if position.without_progress == 2:
            first = position.history[-3]["loss"]
            self._warn(
                f"rising {position.step}",
                f"the held-out loss has not fallen for two evaluations ({first:.3f} before them, "
                f"{measured.loss:.3f} now): what is learnt now is learnt by heart; more text would help",
            )
        if len(position.history) > 1 and is_dull(measured, len(self._examiner.answered)):
            text, share = measured.common
            self._warn("dull", f'{share:.0%} of the held-out sources get the same answer: "{text}"')

    def _warn(self, kind: str, text: str) -> None:
        if kind not in self._warned:
            self._warned.add(kind)
            self._listen(Caution(self.position.step, text))

    def _close(self, ending: str) -> None:
        """Leave the state as it must go on, and the network with the weights to keep."""
        position = self.position
        if ending == "interrupted":
            self._save()
        if self._measured_at < position.step:
            # A look that an uninterrupted run would not take stays out of what --resume goes on from.
            self._evaluate(save=ending != "interrupted")
        if self._processes.first:
            self.network.load_state_dict(self._kept())
            self.network.eval()
            loss = position.kept_loss(self._settings.training.keep)
            self._listen(End(position.step, ending, self._clock.seconds(), loss))

    def _kept(self) -> dict[str, Tensor]:
        if self._settings.training.keep == "last":
            return self._learner.average.network.state_dict()
        return self._best

    def _plan(self, epoch: int) -> list[Numbers]:
        training = self._settings.training
        return plan_batches(self._corpus.train, training.batch_tokens, training.seed + epoch)

    def _save(self) -> None:
        if not all(bool(parameter.isfinite().all()) for parameter in self.network.parameters()):
            raise TrainingError(
                f"the weights are no longer numbers at step {self.position.step}: {_NOT_FINITE}"
            )
        self.position.seconds = self._clock.seconds()
        random = self._processes.gather(torch.get_rng_state())
        if self._device.type == "cuda":
            on_device = self._processes.gather(torch.cuda.get_rng_state(self._device))
        if self._processes.first:
            tensors = self._learner.tensors()
            tensors |= {f"best.{k}": v for k, v in self._best.items()}
            tensors |= {f"random.{rank}": state for rank, state in enumerate(random)}
            if self._device.type == "cuda":
                tensors |= {f"random.cuda.{rank}": state for rank, state in enumerate(on_device)}
            save_state(self._state_file, self.position, tensors)
        self._saved = time.monotonic()

    def _set_random(self, tensors: dict[str, Tensor]) -> None:
        rank = self._processes.rank
        if self._processes.first or f"random.{rank}" in tensors:  # there may be more processes now
            torch.set_rng_state(tensors[f"random.{rank}"])
        if self._device.type == "cuda" and f"random.cuda.{rank}" in tensors:
            torch.cuda.set_rng_state(tensors[f"random.cuda.{rank}"], self._device)
