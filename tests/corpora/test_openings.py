"""Openings and their topics, out of what a network is trained on."""

from __future__ import annotations

from assistant.corpora.openings import openings_of
from assistant.corpora.pairs import EncodedPairs
from assistant.text.pieces import Pieces, train_pieces


def test_openings_that_name_their_topic() -> None:
    examples = [
        ("<user> how are you", "<say> mood <say> I am well"),
        ("<user> how are you <assistant> I am well <user> good", "<say> mood <say> It is"),
        ("<user> what now", "<say> <say> That"),
        ("<user> what then", "<say> This"),
        ("<user> wake me", "<act> alarm"),
        ("<user> sing", "<unsupported>"),
        ("<user> you are well", "<say> you <say> I am"),
    ]
    pieces = Pieces(train_pieces([part for example in examples for part in example], 300))
    pairs = EncodedPairs.of([(pieces.encode(source), pieces.encode(target)) for source, target in examples])
    assert list(openings_of(pairs, pieces)) == [
        ("how are you", "mood", "I am well"),
        ("you are well", "you", "I am"),
    ]
