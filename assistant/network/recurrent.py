"""The recurrent cell by name: GRU (Cho et al. 2014) or LSTM (Hochreiter and Schmidhuber 1997)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from assistant.settings import Cell


def recurrent_layer(cell: Cell, inputs: int, hidden: int, bidirectional: bool = False) -> nn.GRU | nn.LSTM:
    """Return a batch-first recurrent layer.

    Args:
        cell: `gru` or `lstm`.
        inputs: Size of the input vectors.
        hidden: Size of the state of one direction.
        bidirectional: Read the sequence from both ends.
    """
    kind: type[nn.GRU] | type[nn.LSTM] = nn.LSTM if cell == "lstm" else nn.GRU
    return kind(inputs, hidden, batch_first=True, bidirectional=bidirectional)


def tensors_per_layer(cell: Cell) -> int:
    """Return how many tensors the state of one layer has: an LSTM adds its memory cell."""
    return 2 if cell == "lstm" else 1


def run(layer: nn.GRU | nn.LSTM, inputs: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
    """Run one unidirectional layer over a sequence.

    Args:
        layer: A layer of one direction.
        inputs: (B, T, inputs).
        state: (1, B, H) for a GRU, (2, B, H) for an LSTM: hidden, then cell.

    Returns:
        The outputs (B, T, H) and the state after the last, shaped like `state`.
    """
    if isinstance(layer, nn.LSTM):
        outputs, (hidden, memory) = layer(inputs, (state[:1].contiguous(), state[1:].contiguous()))
        return outputs, torch.cat([hidden, memory])
    outputs, after = layer(inputs, state)
    return outputs, after
