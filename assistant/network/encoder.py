"""The encoder: bidirectional recurrent layers over the source."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from assistant.network.recurrent import recurrent_layer
from assistant.settings import NetworkSettings

_CANDIDATE = 2  # of the gates, in PyTorch's order, what would be written: "n" of a GRU, "g" of an LSTM


class Encoder(nn.Module):
    """Reads the whole source from both ends.

    Batches hold sources of equal length, so nothing is padded and nothing packed. An upper layer adds
    to what the one below it says (Wu et al. 2016, arXiv 1609.08144), and begins by adding nothing
    (as in Bachlechner et al. 2020, arXiv 2003.04887), so one can be put on an encoder that has learnt.

    Args:
        settings: The shape; each direction has half of `hidden`.
    """

    def __init__(self, settings: NetworkSettings) -> None:
        super().__init__()
        half = settings.hidden // 2
        self.layers = recurrent_layer(settings.cell, settings.embedding, half, bidirectional=True)
        self.upper = nn.ModuleList(
            recurrent_layer(settings.cell, settings.hidden, half, bidirectional=True)
            for _ in range(settings.encoder_layers - 1)
        )
        self.dropout = nn.Dropout(settings.dropout)
        for layer in self.upper:
            silence(layer)

    def forward(self, embedded: Tensor) -> tuple[Tensor, Tensor]:
        """Encode a batch.

        Args:
            embedded: (B, S, E).

        Returns:
            The states (B, S, H) and the final state (1 or 2, B, H): of each direction, one after the
            other, hidden first, then the LSTM's cell. Both are sums over the layers.
        """
        states, final = _read(self.layers, embedded)
        for layer in self.upper:
            added, added_final = _read(layer, self.dropout(states))
            states, final = states + added, final + added_final
        return states, final


def _read(layer: nn.Module, inputs: Tensor) -> tuple[Tensor, Tensor]:
    states, final = layer(inputs)  # (B, S, H)
    finals = final if isinstance(final, tuple) else (final,)
    # The two rows of each are the forward and the backward state.
    joined = [torch.cat([f[0], f[1]], dim=-1) for f in finals]  # each (B, H)
    return states, torch.stack(joined)


def silence(layer: nn.Module) -> None:
    """Let a layer write nothing into its state yet; it learns to from its first step on.

    Args:
        layer: A GRU or an LSTM.
    """
    with torch.no_grad():
        for name, parameter in layer.named_parameters():
            if not name.startswith("weight_hh"):
                gates = 4 if isinstance(layer, nn.LSTM) else 3
                parameter.chunk(gates)[_CANDIDATE].zero_()
