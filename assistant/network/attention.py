"""Attention: which source states the decoder looks at.

Both kinds project the source once per sentence into keys; a query is compared with each key, and
the softmax of the scores weighs the states into one context.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from assistant.settings import AttentionKind


class LuongAttention(nn.Module):
    """The "general" product of Luong et al. 2015 (arXiv 1508.04025): query . W state.

    Args:
        hidden: Size of queries, states and keys (H).
    """

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.project = nn.Linear(hidden, hidden, bias=False)

    def keys(self, states: Tensor) -> Tensor:
        """Project source states (B, S, H) to keys (B, S, H)."""
        keys: Tensor = self.project(states)
        return keys

    def scores(self, query: Tensor, keys: Tensor) -> Tensor:
        """Compare queries (B, T, H) with keys (B, S, H).

        Returns:
            Scores (B, T, S).
        """
        return torch.matmul(query, keys.transpose(1, 2))


class BahdanauAttention(nn.Module):
    """The sum of Bahdanau et al. 2015 (arXiv 1409.0473): v . tanh(W state + U query).

    Args:
        hidden: Size of queries, states and keys (H).
    """

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.project = nn.Linear(hidden, hidden)
        self.query = nn.Linear(hidden, hidden, bias=False)
        self.score = nn.Linear(hidden, 1, bias=False)

    def keys(self, states: Tensor) -> Tensor:
        """Project source states (B, S, H) to keys (B, S, H)."""
        keys: Tensor = self.project(states)
        return keys

    def scores(self, query: Tensor, keys: Tensor) -> Tensor:
        """Compare queries (B, T, H) with keys (B, S, H).

        Returns:
            Scores (B, T, S).
        """
        sums = self.query(query).unsqueeze(2) + keys.unsqueeze(1)  # (B, T, S, H)
        scores: Tensor = self.score(torch.tanh(sums)).squeeze(-1)
        return scores


ATTENTIONS: dict[AttentionKind, type[LuongAttention] | type[BahdanauAttention]] = {
    "luong": LuongAttention,
    "bahdanau": BahdanauAttention,
}
