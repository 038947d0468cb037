"""The processes that share a training, as `torchrun` starts them; alone, there is one.

Every process learns its share of each batch and they average their gradients
(DistributedDataParallel), so that a run is the same however many share it. The first one does all
else: it encodes, measures, writes and talks.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import torch
import torch.distributed as dist
from torch import Tensor

from assistant.corpora.pairs import Numbers

# The others wait while the first encodes a corpus of any size or measures.
_PATIENCE = timedelta(days=2)


@dataclass(frozen=True)
class Processes:
    """This process among those of the run.

    Attributes:
        rank: Its number, from 0.
        count: How many there are.
    """

    rank: int = 0
    count: int = 1

    @property
    def first(self) -> bool:
        """Whether this is the one that writes and talks."""
        return self.rank == 0

    def agree(self, *values: float) -> tuple[float, ...]:
        """Return the first process's values, in every process."""
        if self.count == 1:
            return values
        tensor = torch.tensor(values, dtype=torch.float64)
        dist.broadcast(tensor, src=0)
        return tuple(tensor.tolist())

    def share(self, batch: Numbers) -> Numbers:
        """Return the pairs of a batch that this process learns.

        Args:
            batch: Indices of pairs, by length, so that every so many of them are as long as the others.

        Returns:
            A part that no other process has; all of a batch that has fewer pairs than there are
            processes, since each must have something to learn.
        """
        return batch[self.rank :: self.count] if len(batch) >= self.count else batch

    def wait(self) -> None:
        """Wait until every process is here."""
        self.agree(0.0)

    def gather(self, tensor: Tensor) -> list[Tensor]:
        """Return a small tensor of each process, in every process.

        Args:
            tensor: In main memory, of one size everywhere.
        """
        if self.count == 1:
            return [tensor]
        gathered = [torch.empty_like(tensor) for _ in range(self.count)]
        dist.all_gather(gathered, tensor)
        return gathered


def is_shared() -> bool:
    """Say whether `torchrun` started this process beside others."""
    return int(os.environ.get("WORLD_SIZE", "1")) > 1


def is_first() -> bool:
    """Say whether this process is alone or the first of those that `torchrun` started."""
    return int(os.environ.get("RANK", "0")) == 0


@contextmanager
def joined() -> Iterator[Processes]:
    """Meet the other processes, and part from them at the end.

    Yields:
        This process among them: it alone, where `torchrun` did not start it.
    """
    if not is_shared():
        yield Processes()
        return
    # NCCL carries gradients between GPUs, gloo all that lies in main memory.
    backend = "cpu:gloo,cuda:nccl" if torch.cuda.is_available() else "gloo"
    dist.init_process_group(backend, timeout=_PATIENCE)
    try:
        yield Processes(dist.get_rank(), dist.get_world_size())
    finally:
        dist.destroy_process_group()
