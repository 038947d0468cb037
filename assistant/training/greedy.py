"""Greedy decoding in torch, for the samples and scores that training shows."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from assistant.network.seq2seq import Seq2Seq
from assistant.text.pieces import BEGIN, END, PAD


@torch.inference_mode()
def greedy(network: Seq2Seq, sources: Sequence[Sequence[int]], most: int) -> list[list[int]]:
    """Answer sources with the best piece at each step.

    Args:
        network: In evaluation mode.
        sources: Piece sequences of any lengths.
        most: Most pieces of an answer.

    Returns:
        The answers in the order of the sources, without end.
    """
    device = network.bias.device
    answers: list[list[int]] = [[] for _ in sources]
    for length in sorted({len(source) for source in sources}):
        rows = [i for i, source in enumerate(sources) if len(source) == length]
        source = torch.tensor([list(sources[i]) for i in rows], device=device)  # (B, S)
        for i, answer in zip(rows, _greedy_batch(network, source, most), strict=True):
            answers[i] = answer
    return answers


def _greedy_batch(network: Seq2Seq, source: torch.Tensor, most: int) -> list[list[int]]:
    memory = network.encode(source)
    state = memory.initial
    previous = torch.full((len(source), 1), BEGIN, device=source.device)
    steps = []
    done = torch.zeros(len(source), dtype=torch.bool, device=source.device)
    for _ in range(most):
        decoded = network.decode(previous, memory, state)
        state = decoded.state
        scores = network.logits(decoded.features[:, -1]).float()
        scores[:, PAD] = -torch.inf
        previous = scores.argmax(-1, keepdim=True)  # (B, 1)
        steps.append(previous)
        done |= previous.squeeze(-1) == END
        if bool(done.all()):
            break
    return [row[: row.index(END)] if END in row else row for row in torch.cat(steps, 1).tolist()]
