"""The decoder: two recurrent layers with attention between them.

Without input feeding the first layer sees only the previous targets, so with teacher forcing each
layer runs over the whole target at once, and a step is the same code over a length of one. With it
(Luong et al. 2015) the first layer also sees the last context, so it takes one step after another;
the context is then carried as one more state tensor.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from assistant.network.attention import ATTENTIONS
from assistant.network.recurrent import recurrent_layer, run, tensors_per_layer
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
        self._input_feeding = settings.input_feeding
        fed = hidden if settings.input_feeding else 0
        self.first = recurrent_layer(settings.cell, settings.embedding + fed, hidden)
        self.attention = ATTENTIONS[settings.attention](hidden)
        self.second = recurrent_layer(settings.cell, 2 * hidden, hidden)
        self.bottleneck = nn.Linear(2 * hidden, settings.embedding)
        self.dropout = nn.Dropout(settings.dropout)

    def remember(self, states: Tensor, final: Tensor) -> Memory:
        """Prepare the encoder's result once per sentence.

        Args:
            states: (B, S, H).
            final: (1 or 2, B, H); both layers begin with it.
        """
        initial = [final] * LAYERS
        if self._input_feeding:
            initial.append(torch.zeros_like(final[:1]))
        return Memory(states, self.attention.keys(states), torch.cat(initial))

    def forward(self, embedded: Tensor, memory: Memory, state: Tensor) -> Decoded:
        """Decode targets that are known.

        Args:
            embedded: The targets, shifted by one, (B, T, E).
            memory: Of B sentences, or of one that all B hypotheses share.
            state: (N, B, H).
        """
        n = self._per_layer
        if self._input_feeding:
            query, context, weights, first_state = self._feed(embedded, memory, state)
        else:
            query, context, weights, first_state = self._attend(embedded, memory, state[:n])
        outputs, second_state = run(self.second, torch.cat([query, context], dim=-1), state[n : 2 * n])
        joined = torch.cat([self.dropout(outputs), context], dim=-1)  # (B, T, 2H)
        features = self.dropout(torch.tanh(self.bottleneck(joined)))  # (B, T, E)
        after = [first_state, second_state]
        if self._input_feeding:
            after.append(context[:, -1].unsqueeze(0))
        return Decoded(features, weights, torch.cat(after))

    def _attend(self, inputs: Tensor, memory: Memory, state: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Run the first layer and attention; return queries, contexts, weights and the state after."""
        outputs, after = run(self.first, inputs, state)  # (B, T, H)
        query = self.dropout(outputs)
        weights = torch.softmax(self.attention.scores(query, memory.keys), dim=-1)  # (B, T, S)
        return query, torch.matmul(weights, memory.states), weights, after

    def _feed(self, embedded: Tensor, memory: Memory, state: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Do the same step by step, each one seeing the context of the one before."""
        first, context = state[: self._per_layer], state[-1].unsqueeze(1)  # (B, 1, H)
        steps = []
        for previous in torch.split(embedded, 1, dim=1):
            inputs = torch.cat([previous, context], dim=-1)  # (B, 1, E + H)
            query, context, weights, first = self._attend(inputs, memory, first)
            steps.append((query, context, weights))
        queries, contexts, all_weights = (torch.cat(parts, dim=1) for parts in zip(*steps, strict=True))
        return queries, contexts, all_weights, first
