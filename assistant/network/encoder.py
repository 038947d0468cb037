"""The encoder: a bidirectional recurrent network over the source."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from assistant.network.recurrent import recurrent_layers
from assistant.settings import NetworkSettings


class Encoder(nn.Module):
    """Reads the whole source from both ends.

    Batches hold sources of equal length, so nothing is padded and nothing packed.

    Args:
        settings: The shape; each direction has half of `hidden`.
    """

    def __init__(self, settings: NetworkSettings) -> None:
        super().__init__()
        self.layers = recurrent_layers(
            settings.cell,
            settings.embedding,
            settings.hidden // 2,
            settings.encoder_layers,
            bidirectional=True,
            dropout=settings.dropout,
        )

    def forward(self, embedded: Tensor) -> tuple[Tensor, Tensor]:
        """Encode a batch.

        Args:
            embedded: (B, S, E).

        Returns:
            The states (B, S, H) and the last layer's final state (1 or 2, B, H): of each
            direction, one after the other, hidden first, then the LSTM's cell.
        """
        states, final = self.layers(embedded)  # (B, S, H)
        finals = final if isinstance(final, tuple) else (final,)
        # The last two rows are the last layer's forward and backward states.
        joined = [torch.cat([f[-2], f[-1]], dim=-1) for f in finals]  # each (B, H)
        return states, torch.stack(joined)
