"""The decoder: two recurrent layers with attention between them.

There is no input feeding: the first layer sees only the previous targets, so with teacher forcing
each layer runs over the whole target at once, and a step is the same code over a length of one.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from assistant.network.attention import ATTENTIONS
from assistant.network.recurrent import recurrent_layers, run, tensors_per_layer
from assistant.settings import NetworkSettings

LAYERS = 2


@dataclass(frozen=True)
class Memory:
    """What the encoder leaves for the decoder.

    Attributes:
        states: (B, S, H).
        keys: The states as attention compares them, (B, S, H).
        initial: The decoder's first state, (N, B, H).
    """

    states: Tensor
    keys: Tensor
    initial: Tensor


@dataclass(frozen=True)
class Decoded:
    """What the decoder makes of some targets.

    Attributes:
        features: What the softmax reads, (B, T, E).
        attention: Weights over the source, (B, T, S).
        state: The state after the last target, (N, B, H).
    """

    features: Tensor
    attention: Tensor
    state: Tensor


class Decoder(nn.Module):
    """Predicts each target from those before it and the source.

    Args:
        settings: The shape.
    """

    def __init__(self, settings: NetworkSettings) -> None:
        super().__init__()
        hidden = settings.hidden
        self._per_layer = tensors_per_layer(settings.cell)
        self.first = recurrent_layers(settings.cell, settings.embedding, hidden)
        self.attention = ATTENTIONS[settings.attention](hidden)
        self.second = recurrent_layers(settings.cell, 2 * hidden, hidden)
        self.bottleneck = nn.Linear(2 * hidden, settings.embedding)
        self.dropout = nn.Dropout(settings.dropout)

    def remember(self, states: Tensor, final: Tensor) -> Memory:
        """Prepare the encoder's result once per sentence.

        Args:
            states: (B, S, H).
            final: (1 or 2, B, H); both layers begin with it.
        """
        return Memory(states, self.attention.keys(states), torch.cat([final] * LAYERS))

    def forward(self, embedded: Tensor, memory: Memory, state: Tensor) -> Decoded:
        """Decode targets that are known.

        Args:
            embedded: The targets, shifted by one, (B, T, E).
            memory: Of B sentences, or of one that all B hypotheses share.
            state: (N, B, H).
        """
        n = self._per_layer
        outputs, first_state = run(self.first, embedded, state[:n])  # (B, T, H)
        query = self.dropout(outputs)
        scores = self.attention.scores(query, memory.keys)  # (B, T, S)
        weights = torch.softmax(scores, dim=-1)
        context = torch.matmul(weights, memory.states)  # (B, T, H)
        outputs, second_state = run(self.second, torch.cat([query, context], dim=-1), state[n:])
        joined = torch.cat([self.dropout(outputs), context], dim=-1)  # (B, T, 2H)
        features = self.dropout(torch.tanh(self.bottleneck(joined)))  # (B, T, E)
        return Decoded(features, weights, torch.cat([first_state, second_state]))
