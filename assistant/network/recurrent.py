"""The recurrent cell by name: GRU (Cho et al. 2014) or LSTM (Hochreiter and Schmidhuber 1997)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from assistant.settings import Cell


def recurrent_layers(
    cell: Cell, inputs: int, hidden: int, layers: int = 1, bidirectional: bool = False, dropout: float = 0.0
) -> nn.GRU | nn.LSTM:
    """Return batch-first recurrent layers.

    Args:
        cell: `gru` or `lstm`.
        inputs: Size of the input vectors.
        hidden: Size of the state of one direction.
        layers: Layers, one on the other.
        bidirectional: Read the sequence from both ends.
        dropout: Share of units dropped between layers.
    """
    kind: type[nn.GRU] | type[nn.LSTM] = nn.LSTM if cell == "lstm" else nn.GRU
    return kind(
        inputs,
        hidden,
        num_layers=layers,
        batch_first=True,
        bidirectional=bidirectional,
        dropout=dropout if layers > 1 else 0.0,
    )


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
