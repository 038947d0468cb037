"""Pieces: the SentencePiece vocabulary that source and target share.

Byte-pair encoding (Sennrich et al. 2016, arXiv 1508.07909) as SentencePiece does it (Kudo and
Richardson 2018, arXiv 1808.06226), with byte fallback, so that nothing is ever unknown.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from sentencepiece import SentencePieceProcessor, SentencePieceTrainer, set_random_generator_seed

from assistant.text.marks import MARK_PATTERN, MARKS, unmark
from assistant.text.normalise import printable

PAD, UNKNOWN, BEGIN, END = range(4)

_SPACE = "\u2581"
_BYTE = re.compile("<0x([0-9A-F]{2})>")
_CONTROL_BYTES = (*range(0x20), 0x7F)

# SentencePiece holds its training text in memory; more than this changes no piece of note.
_MOST_SENTENCES = 1_000_000


class Pieces:
    """A trained vocabulary.

    Args:
        model: The bytes of a SentencePiece model that `train_pieces` made.
    """

    def __init__(self, model: bytes) -> None:
        self._processor = SentencePieceProcessor(model_proto=model)
        self._mark_ids = {mark: self._processor.piece_to_id(mark) for mark in MARKS}

    @classmethod
    def load(cls, path: Path) -> Pieces:
        """Read a vocabulary from its file."""
        return cls(path.read_bytes())

    def __len__(self) -> int:
        return int(self._processor.get_piece_size())

    def mark(self, mark: str) -> int:
        """Return the piece of one of `MARKS`."""
        return self._mark_ids[mark]

    @cached_property
    def never_generated(self) -> list[int]:
        """The pieces that no answer may hold after its first.

        Padding, the unknown, all marks, and control bytes, which would reach the terminal.
        """
        control = (self._processor.piece_to_id(f"<0x{byte:02X}>") for byte in _CONTROL_BYTES)
        return [PAD, UNKNOWN, BEGIN, *self._mark_ids.values(), *control]

    def encode(self, text: str, dropout: float = 0.0) -> list[int]:
        """Turn marked text into pieces.

        Args:
            text: Normalised text, with or without marks.
            dropout: Chance with which each merge is left out, so that words come in other, smaller
                pieces (BPE dropout, Provilkov et al. 2020, arXiv 1910.13267); see `seed_dropout`.

        Returns:
            Piece ids, without begin and end.
        """
        ids: list[int] = []
        for part in MARK_PATTERN.split(text):
            if part in self._mark_ids:
                ids.append(self._mark_ids[part])
            elif part := part.strip():
                ids.extend(self._processor.encode(part, enable_sampling=dropout > 0, alpha=dropout))
        return ids

    def decode(self, ids: Sequence[int]) -> str:
        """Turn pieces back into words; marks, begin, end and padding leave nothing.

        Args:
            ids: Piece ids.
        """
        return printable(self._processor.decode(list(ids)))

    def answer(self, ids: Sequence[int]) -> str:
        """Turn the pieces of an answer into words: what follows its last mark, if it has one.

        Args:
            ids: Piece ids.
        """
        marks = [i for i, piece in enumerate(ids) if piece in self._mark_ids.values()]
        return self.decode(ids[marks[-1] + 1 :] if marks else ids)

    def surfaces(self, ids: Sequence[int]) -> list[str]:
        """Return each piece as it is written, with `▁` where a word begins.

        Args:
            ids: Piece ids.
        """
        return [self._processor.id_to_piece(piece) for piece in ids]

    def starts(self, ids: Sequence[int]) -> tuple[str, list[int]]:
        """Return the text that pieces make, and where in it each begins.

        Args:
            ids: Piece ids. Of the bytes that make one character together, each begins there.
        """
        raw = [_bytes(surface) for surface in self.surfaces(ids)]
        joined = b"".join(raw)
        lengths = [0, *accumulate(map(len, raw))]
        before = (joined[:length].decode("utf-8", "ignore") for length in lengths[:-1])
        return joined.decode("utf-8", "replace"), [len(text) for text in before]

    @cached_property
    def begins_word(self) -> list[bool]:
        """Whether each piece begins a word, or is a mark or an end, and so goes on with none."""
        return [
            surface.startswith(_SPACE) or not (surface[:1].isalnum() or _BYTE.fullmatch(surface))
            for surface in self.surfaces(range(len(self)))
        ]


def seed_dropout(seed: int) -> None:
    """Settle which merges `Pieces.encode` leaves out from here on, in this process.

    Args:
        seed: Of 32 bits.
    """
    set_random_generator_seed(seed)


def _bytes(surface: str) -> bytes:
    byte = _BYTE.fullmatch(surface)
    return bytes.fromhex(byte.group(1)) if byte else surface.replace(_SPACE, " ").encode()


def train_pieces(texts: Iterable[str], vocabulary: int) -> bytes:
    """Learn a vocabulary from the training side of a corpus.

    Args:
        texts: Marked texts; marks are passed over.
        vocabulary: Pieces wanted. A small corpus yields as many as it has use for, and one with
            many different characters as many as those need.

    Returns:
        The bytes of a SentencePiece model.
    """
    sentences = [part for text in _first(texts) for part in unmark(text)]
    try:
        return _train(sentences, vocabulary)
    except RuntimeError as error:
        # The trainer names the bound that the corpus sets; there is no other way to ask for it.
        bound = re.search(r"(?:<=\s*|required_chars\. \d+ vs )(\d+)", str(error))
        if bound is None:
            raise
        return _train(sentences, int(bound.group(1)))


def _train(sentences: list[str], vocabulary: int) -> bytes:
    model = io.BytesIO()
    SentencePieceTrainer.train(
        sentence_iterator=iter(sentences),
        model_writer=model,
        model_type="bpe",
        vocab_size=vocabulary,
        byte_fallback=True,
        character_coverage=0.9999,
        normalization_rule_name="identity",
        control_symbols=list(MARKS),
        pad_id=PAD,
        unk_id=UNKNOWN,
        bos_id=BEGIN,
        eos_id=END,
        minloglevel=2,
    )
    return model.getvalue()


def _first(texts: Iterable[str]) -> Iterator[str]:
    for count, text in enumerate(texts):
        if count == _MOST_SENTENCES:
            return
        yield text
