"""The training loop."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import cast

import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel

from assistant.corpora.encode import EncodedCorpus
from assistant.errors import TrainingError
from assistant.network.seq2seq import Seq2Seq
from assistant.settings import Settings
from assistant.text.marks import USER
from assistant.text.pieces import Pieces
from assistant.training.batches import Batch, batches, plan_batches
from assistant.training.device import has_bf16
from assistant.training.export import load_weights
from assistant.training.greedy import greedy
from assistant.training.interrupt import until_interrupted
from assistant.training.news import Evaluation, Listener, Pace, Step
from assistant.training.schedule import Clock, learning_rate
from assistant.training.state import Position, load_state, save_state

_SAMPLES = 4


class Trainer:
    """Teaches one network.

    Args:
        settings: All settings of the run.
        corpus: What to learn and measure.
        device: Where to compute.
        state_file: Where the training state is kept.
        listen: Takes the news of steps and evaluations.
    """

    def __init__(
        self,
        settings: Settings,
        corpus: EncodedCorpus,
        device: torch.device,
        state_file: Path,
        listen: Listener,
    ) -> None:
        torch.manual_seed(settings.training.seed)
        self._settings = settings
        self._corpus = corpus
        self._pieces = Pieces(corpus.pieces_model)
        self._device = device
        self._state_file = state_file
        self._listen = listen
        self.network = Seq2Seq(settings.network, len(self._pieces)).to(device)
        self._average = AveragedModel(self.network, avg_fn=_running(settings.training.average))
        self._optimiser = torch.optim.Adam(
            self.network.parameters(), lr=settings.training.learning_rate, betas=(0.9, 0.98), fused=True
        )
        self._bf16 = has_bf16(device)
        self._best: dict[str, Tensor] = {}
        self.position = Position()
        self._measured = self._measuring_plan()
        self._samples = self._sample_plan()

    @property
    def parameters(self) -> int:
        """Number of weights."""
        return sum(p.numel() for p in self.network.parameters())

    def resume(self) -> None:
        """Go on from the training state.

        Raises:
            TrainingError: There is none, it is damaged, or it is of another shape.
        """
        self.position, tensors = load_state(self._state_file)
        try:
            self.network.load_state_dict(_part(tensors, "network."))
            self._average.load_state_dict(_part(tensors, "average."))
            self._best = {k: v.to(self._device) for k, v in _part(tensors, "best.").items()}
            self._load_optimiser(tensors)
            torch.set_rng_state(tensors["random"])
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
        steps_an_epoch = len(self._plan(0))
        total = steps_an_epoch * training.max_epochs
        self._clock = Clock(total, training.max_minutes, self.position.seconds)
        self._every = max(1, math.ceil(steps_an_epoch / training.evaluations_per_epoch))
        with until_interrupted() as interrupted:
            while not self._finished():
                self._run_epoch(total, interrupted)
                if interrupted():
                    break
            stopped = interrupted()
        history = self.position.history
        if not history or history[-1]["step"] < self.position.step:
            self._evaluate()
        self.network.load_state_dict(self._kept())
        self.network.eval()
        return not stopped

    def begin_with(self, checkpoint: Path) -> None:
        """Begin with the weights of a checkpoint.

        Args:
            checkpoint: Its folder; its network has this one's shape and vocabulary.
        """
        load_weights(self.network, checkpoint)
        self._average.module.load_state_dict(self.network.state_dict())

    def _kept(self) -> dict[str, Tensor]:
        if self._settings.training.keep == "last":
            return self._average.module.state_dict()
        return self._best

    def _finished(self) -> bool:
        training = self._settings.training
        return (
            self.position.epoch >= training.max_epochs
            or (training.keep == "best" and self.position.without_progress >= training.patience)
            or self._clock.progress(self.position.step) >= 1.0
        )

    def _run_epoch(self, total: int, interrupted: Callable[[], bool]) -> None:
        plan = self._plan(self.position.epoch)
        self.network.train()
        pace = Pace()
        for batch in batches(self._corpus.train, plan[self.position.batch :], self._device):
            rate = self._set_rate()
            loss, tokens = self._step(batch)
            self.position.step += 1
            self.position.batch += 1
            pace.add(loss, tokens, self._clock.seconds())
            self._listen(self._news(total, rate, pace))
            if self.position.batch == len(plan):
                break
            if self.position.batch % self._every == 0:
                self._evaluate()
                self.network.train()
            if interrupted() or self._finished():
                return
        self.position.epoch += 1
        self.position.batch = 0
        self._evaluate()

    def _step(self, batch: Batch) -> tuple[Tensor, int]:
        wanted = batch.wanted
        with torch.autocast(self._device.type, torch.bfloat16, enabled=self._bf16):
            scores = self.network(batch.source, batch.target_in, wanted)
        loss = nn.functional.cross_entropy(
            scores.float(),
            batch.target_out[wanted],
            label_smoothing=self._settings.training.label_smoothing,
        )
        self._optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.network.parameters(), self._settings.training.clip)
        self._optimiser.step()
        self._average.update_parameters(self.network)
        return loss.detach(), len(scores)

    def _set_rate(self) -> float:
        step = self.position.step
        rate = learning_rate(self._settings.training, step, self._clock.progress(step))
        for group in self._optimiser.param_groups:
            group["lr"] = rate
        return rate

    def _news(self, total: int, rate: float, pace: Pace) -> Step:
        step = self.position.step
        return Step(
            step, total, self.position.epoch, pace.loss, rate, pace.tokens_per_second,
            self._clock.progress(step), self._clock.seconds_left(step),
        )  # fmt: skip

    def _plan(self, epoch: int) -> list[list[int]]:
        training = self._settings.training
        return plan_batches(self._corpus.train, training.batch_tokens, training.seed + epoch)

    def _measuring_plan(self) -> list[list[int]]:
        training = self._settings.training
        plan = plan_batches(self._corpus.held_out, training.batch_tokens, training.seed)
        counts = torch.tensor([len(indices) for indices in plan]).cumsum(0)
        enough = int((counts < self._settings.corpus.max_measured).sum()) + 1
        return plan[:enough]

    def _sample_plan(self) -> list[int]:
        # The same few all along, so that their answers can be seen to improve.
        return [indices[0] for indices in self._measured[:_SAMPLES]]

    @torch.inference_mode()
    def _evaluate(self) -> None:
        network = cast(Seq2Seq, self._average.module)
        network.eval()
        total, count = 0.0, 0
        for batch in batches(self._corpus.held_out, self._measured, self._device):
            scores = network(batch.source, batch.target_in, batch.wanted).float()
            targets = batch.target_out[batch.wanted]
            total += float(nn.functional.cross_entropy(scores, targets, reduction="sum"))
            count += len(targets)
        self._record(total / count, network)

    def _record(self, loss: float, network: Seq2Seq) -> None:
        if not math.isfinite(loss):
            raise TrainingError(
                f"the held-out loss is {loss} at step {self.position.step}: "
                "lower the learning rate, or look for broken text in the corpus"
            )
        position = self.position
        best = loss < position.best_loss
        position.without_progress = 0 if best else position.without_progress + 1
        position.best_loss = min(loss, position.best_loss)
        position.seconds = self._clock.seconds()
        position.history.append({"step": position.step, "epoch": position.epoch, "loss": loss})
        if best:
            self._best = {k: v.detach().clone() for k, v in network.state_dict().items()}
        self._save()
        samples = self._answer_samples(network)
        self._listen(Evaluation(position.epoch, position.step, loss, best, samples))

    def _answer_samples(self, network: Seq2Seq) -> list[tuple[str, str, str]]:
        held_out = self._corpus.held_out
        sources = [held_out.source(i) for i in self._samples]
        answers = greedy(network, sources, most=self._settings.corpus.max_pieces)
        decode = self._pieces.decode
        return [
            (decode(self._last_turn(source)), decode(held_out.target(i)), decode(answer))
            for i, source, answer in zip(self._samples, sources, answers, strict=True)
        ]

    def _last_turn(self, source: array[int]) -> array[int]:
        user = self._pieces.mark(USER)
        starts = [i for i, piece in enumerate(source) if piece == user]
        return source[starts[-1] :] if starts else source

    def _save(self) -> None:
        tensors = {f"network.{k}": v for k, v in self.network.state_dict().items()}
        tensors |= {f"average.{k}": v for k, v in self._average.state_dict().items()}
        tensors |= {f"best.{k}": v for k, v in self._best.items()}
        for name, parameter in self.network.named_parameters():
            for key, value in self._optimiser.state.get(parameter, {}).items():
                tensors[f"optimiser.{name}.{key}"] = value
        tensors["random"] = torch.get_rng_state()
        save_state(self._state_file, self.position, tensors)

    def _load_optimiser(self, tensors: dict[str, Tensor]) -> None:
        for name, parameter in self.network.named_parameters():
            state = _part(tensors, f"optimiser.{name}.")
            if not state:
                raise KeyError(f"optimiser.{name}")
            self._optimiser.state[parameter] = {key: value.to(self._device) for key, value in state.items()}


def _running(decay: float) -> Callable[[Tensor, Tensor, Tensor | int], Tensor]:
    """Return an exponential average that forgets its first steps quickly."""

    def average(averaged: Tensor, current: Tensor, count: Tensor | int) -> Tensor:
        kept = min(decay, (1 + int(count)) / (10 + int(count)))
        return torch.lerp(averaged, current, 1 - kept)

    return average


def _part(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}
