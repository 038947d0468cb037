"""The torch network behind the interface of the searches, to compare the two side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from assistant.checkpoint import read_checkpoint
from assistant.inference.runtime import Floats, Memory
from assistant.network import decoder
from assistant.network.seq2seq import Seq2Seq
from assistant.training.export import load_weights


class TorchNetwork:
    """Runs a checkpoint's weights eagerly in torch.

    Args:
        folder: A checkpoint.
    """

    def __init__(self, folder: Path) -> None:
        checkpoint = read_checkpoint(folder)
        self._network = Seq2Seq(checkpoint.settings.network, len(checkpoint.pieces)).eval()
        load_weights(self._network, folder)

    @torch.inference_mode()
    def encode(self, source: Sequence[int]) -> Memory:
        memory = self._network.encode(torch.tensor([list(source)]))
        return Memory(memory.states.numpy(), memory.keys.numpy(), memory.initial.numpy())

    @torch.inference_mode()
    def step(
        self, previous: NDArray[np.int64], state: Floats, memory: Memory
    ) -> tuple[Floats, Floats, Floats]:
        states, keys, before = map(torch.from_numpy, (memory.states, memory.keys, state))
        seen = decoder.Memory(states, keys, before)
        decoded = self._network.decode(torch.from_numpy(previous).unsqueeze(1), seen, before)
        scores = torch.log_softmax(self._network.logits(decoded.features[:, 0]), dim=-1)
        return scores.numpy(), decoded.attention[:, 0].numpy(), decoded.state.numpy()
