"""The training state: what `--resume` needs, in one file that is replaced whole."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from assistant.errors import TrainingError


@dataclass
class Position:
    """Where a run stands.

    Attributes:
        epoch: Epochs finished.
        batch: Batches of the current epoch that are behind.
        step: Steps in all.
        seconds: Time spent.
        best_loss: Lowest held-out loss so far, in nats a piece.
        without_progress: Evaluations since then.
        history: One entry an evaluation, for the card and the curves.
    """

    epoch: int = 0
    batch: int = 0
    step: int = 0
    seconds: float = 0.0
    best_loss: float = float("inf")
    without_progress: int = 0
    history: list[dict[str, float]] = field(default_factory=list)

    def kept_loss(self, keep: str) -> float:
        """Return the held-out loss of the weights that are kept.

        Args:
            keep: `best` or `last`; see `TrainingSettings`.
        """
        return self.history[-1]["loss"] if keep == "last" else self.best_loss


def save_state(path: Path, position: Position, tensors: dict[str, Tensor]) -> None:
    """Write the state under a temporary name and rename it when whole.

    Args:
        path: The state file.
        position: Where the run stands.
        tensors: Weights, averages, best weights, optimiser and random state, by name.

    Raises:
        TrainingError: The disk is full or cannot be written; the last state stands.
    """
    temporary = path.with_name(path.name + ".new")
    # A clone a tensor: safetensors refuses two names for one memory.
    plain = {name: tensor.detach().cpu().contiguous().clone() for name, tensor in tensors.items()}
    try:
        save_file(plain, temporary, metadata={"position": json.dumps(asdict(position))})
        os.replace(temporary, path)
    except (OSError, SafetensorError) as error:
        temporary.unlink(missing_ok=True)
        raise TrainingError(f"{path}: the training state cannot be written: {error}") from error


def load_state(path: Path) -> tuple[Position, dict[str, Tensor]]:
    """Read a state back.

    Args:
        path: The state file.

    Raises:
        TrainingError: There is none, or it is damaged.
    """
    try:
        with safe_open(path, framework="pt") as file:
            position = Position(**json.loads(file.metadata()["position"]))
            return position, {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118, it is no dict
    except FileNotFoundError:
        raise TrainingError(f"{path}: nothing to resume; train without --resume") from None
    except (OSError, SafetensorError, KeyError, TypeError, ValueError) as error:
        raise TrainingError(f"{path}: the training state is damaged: {error}") from error
