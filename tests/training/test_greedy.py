"""Greedy decoding against the same thing done slowly."""

from __future__ import annotations

import torch

from assistant.network.seq2seq import Seq2Seq
from assistant.settings import NetworkSettings
from assistant.text.pieces import BEGIN, END, PAD
from assistant.training.greedy import greedy

V = 20


def _network() -> Seq2Seq:
    torch.manual_seed(3)
    network = Seq2Seq(NetworkSettings(embedding=8, hidden=12, dropout=0.5, word_dropout=0.5), V)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.mul_(3.0)
        network.bias[END], network.bias[PAD] = 1.0, 4.0
    return network.eval()


@torch.no_grad()
def _slowly(network: Seq2Seq, source: list[int], most: int) -> list[int]:
    """Decode the whole answer anew for each piece."""
    answer: list[int] = []
    memory = network.encode(torch.tensor([source]))
    while len(answer) < most:
        decoded = network.decode(torch.tensor([[BEGIN, *answer]]), memory, memory.initial)
        scores = network.logits(decoded.features[0, -1]).tolist()
        _, piece = max((score, piece) for piece, score in enumerate(scores) if piece != PAD)
        if piece == END:
            break
        answer.append(piece)
    return answer


def test_greedy_takes_the_best_piece_at_each_step() -> None:
    network = _network()
    chance = torch.Generator().manual_seed(1)
    sources = [
        torch.randint(4, V, (length,), generator=chance).tolist() for length in (3, 1, 7, 3, 3, 5, 1, 7) * 3
    ]
    answers = greedy(network, sources, most=9)
    assert answers == [_slowly(network, source, 9) for source in sources]
    assert len({tuple(answer) for answer in answers}) > 5
    assert {len(answer) for answer in answers} & set(range(9))  # some end by themselves
    assert all(PAD not in answer and END not in answer for answer in answers)


def test_no_sources_no_answers() -> None:
    assert greedy(_network(), [], most=5) == []
