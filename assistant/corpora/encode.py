"""Encoding: corpora to piece ids, in files that training maps.

The files are read twice, once for the vocabulary and once for the pairs, and never held. What is
large is read in chunks by as many processes as there are cores; what came before (duplicates) is
seen by this one, in the order of the files, so the result does not depend on their number.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

import numpy as np

from assistant.corpora.chunks import Chunk, count_lines, mapped, read_chunks
from assistant.corpora.filters import Keys, Repeats, fault, pair_key, reply_key
from assistant.corpora.lent import answered_by_us
from assistant.corpora.pairs import EncodedPairs, Mask, PairWriter, Sequences
from assistant.corpora.readers import Example, corpus_files, parse_line
from assistant.corpora.split import chosen, holds_out
from assistant.corpora.variants import renamed, typed
from assistant.errors import CorpusError
from assistant.settings import CorpusSettings, Settings
from assistant.text.marks import mark_topic
from assistant.text.pieces import Pieces, seed_dropout, train_pieces

TRAIN, HELD_OUT = "train", "held_out"
# Words; what is longer is not typed in a hurry.
_LONGEST_MESSAGE = 20

# SentencePiece holds its text in memory; half a million pairs spread over all files are as good.
_VOCABULARY_LINES = 500_000
_COUNTED_LINES = 1000
RECORD, _PIECES = "corpus.json", "pieces.model"


@dataclass
class EncodedCorpus:
    """All that training needs of the corpora.

    Attributes:
        pieces_model: The vocabulary, as SentencePiece bytes.
        train: Pairs to learn from.
        held_out: Pairs to measure on.
        dropped: How many examples were left out, by reason.
        files: The files read, in order, repeats included.
        rehearsed: How many of the pairs to learn from are of an earlier mixture.
    """

    pieces_model: bytes
    train: EncodedPairs
    held_out: EncodedPairs
    dropped: Counter[str]
    files: list[Path]
    rehearsed: int = 0

    @classmethod
    def open(cls, folder: Path) -> EncodedCorpus:
        """Map a corpus that `encode_corpora` wrote.

        Args:
            folder: Where it is.

        Raises:
            CorpusError: It is damaged or missing.
        """
        try:
            record = json.loads((folder / RECORD).read_text("utf-8"))
            files, dropped = [Path(file) for file in record["files"]], Counter(record["dropped"])
            model = (folder / _PIECES).read_bytes()
            pairs = EncodedPairs.open(folder, TRAIN), EncodedPairs.open(folder, HELD_OUT)
            return cls(model, *pairs, dropped, files, record["rehearsed"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CorpusError(f"the encoded corpus is damaged: {error}", folder) from error


def encode_corpora(
    paths: Sequence[Path],
    settings: Settings,
    folder: Path,
    pieces_model: bytes | None = None,
    report: Callable[[str], None] = lambda line: None,
    rehearse: Sequence[Path] = (),
) -> EncodedCorpus:
    """Read, filter, split and encode corpora.

    Args:
        paths: Files and folders; one named twice weighs double.
        settings: Task, limits, vocabulary and seed.
        folder: Where the encoded corpus is written; it is there already.
        pieces_model: A vocabulary to use instead of learning one.
        report: Takes a line of news now and then.
        rehearse: Files and folders of an earlier mixture, a part of which is learnt again; see
            `CorpusSettings.rehearsal`.

    Raises:
        CorpusError: A file or line is at fault, nothing is left to learn from, or the disk is full.
    """
    files = [file for path in paths for file in corpus_files(path)]
    if pieces_model is None:
        report(f"Learning the vocabulary from {_counted(len(files), 'file')}")
        pieces_model = train_pieces(_training_texts(files, settings), settings.corpus.vocabulary)
    report("Encoding")
    old = [file for path in rehearse for file in corpus_files(path)]
    return _encode(files, old, settings, pieces_model, folder)


def _encode(
    files: list[Path], old: list[Path], settings: Settings, pieces_model: bytes, folder: Path
) -> EncodedCorpus:
    dropped: Counter[str] = Counter()
    rehearsed = 0
    with PairWriter(folder, TRAIN) as train, PairWriter(folder, HELD_OUT) as held_out:
        learnt = _encode_files(files, settings, pieces_model, 1, dropped, train, held_out)
        wanted = round(learnt * settings.corpus.rehearsal / (1 - settings.corpus.rehearsal))
        if old and wanted:
            # What is rehearsed is measured even where all that is new is to be learnt.
            share = max(settings.corpus.held_out, CorpusSettings().held_out)
            split = replace(settings, corpus=replace(settings.corpus, held_out=share))
            every = max(1, round(_count_examples(old, split, pieces_model) / wanted))
            rehearsed = _encode_files(old, split, pieces_model, every, Counter(), train, held_out)
    record = {"files": [str(f) for f in (*files, *old)], "dropped": dropped, "rehearsed": rehearsed}
    try:
        (folder / _PIECES).write_bytes(pieces_model)
        (folder / RECORD).write_text(json.dumps(record), "utf-8")
    except OSError as error:
        raise CorpusError(f"cannot be written: {error.strerror}", folder) from error
    corpus = EncodedCorpus.open(folder)
    _hold_out_something(corpus, folder)
    return corpus


def _encode_files(
    files: Sequence[Path],
    settings: Settings,
    pieces_model: bytes,
    every: int,
    dropped: Counter[str],
    train: PairWriter,
    held_out: PairWriter,
) -> int:
    """Encode files to both sides; return the number of pairs to learn from."""
    repeats = Repeats(settings.corpus.max_same_reply)
    reader = _Reader(settings, pieces_model)
    learnt = 0
    for part in mapped(reader, read_chunks(files, every), files):
        kept = _sift(part, repeats, dropped)
        train.write(part.pairs.where(kept & ~part.held_out))
        held_out.write(part.pairs.where(kept & part.held_out))
        learnt += int((kept & ~part.held_out).sum())
    return learnt


def _count_examples(files: Sequence[Path], settings: Settings, pieces_model: bytes) -> float:
    """Estimate how many examples files hold to learn, from a part of their lines: a talk holds several."""
    every = _every(files, _COUNTED_LINES)
    parts = mapped(_Reader(settings, pieces_model), read_chunks(files, every), files)
    return every * sum(float((~part.held_out).sum()) for part in parts)


def _every(files: Sequence[Path], most: int) -> int:
    """Return the distance between lines at which no more than `most` are read."""
    return max(1, -(-count_lines(files) // most))


def _training_texts(files: Sequence[Path], settings: Settings) -> Iterator[str]:
    repeats, dropped, learnt = Repeats(settings.corpus.max_same_reply), Counter[str](), False
    every = _every(files, _VOCABULARY_LINES)
    for part in mapped(_Reader(settings), read_chunks(files, every), files):
        kept = _sift(part, repeats, dropped) & ~part.held_out
        for i in np.flatnonzero(kept).tolist():
            learnt = True
            yield from part.texts[i]
    if not learnt:
        raise CorpusError(_emptiness(dropped), files[0])


@dataclass
class _Part:
    """What a chunk of lines holds, an entry an example.

    Attributes:
        held_out: Which examples measure.
        too_long: Which are too long in pieces.
        pair_keys: Numbers that stand for the pairs.
        reply_keys: Numbers that stand for the replies.
        texts: Sources and targets in words, where no vocabulary was given.
        pairs: Sources and targets in pieces, where one was.
        dropped: What was left out already, by reason.
    """

    held_out: Mask
    too_long: Mask
    pair_keys: Keys
    reply_keys: Keys
    texts: list[tuple[str, str]]
    pairs: EncodedPairs
    dropped: Counter[str]


class _Reader:
    """Reads a chunk of lines, in whichever process.

    Args:
        settings: Task, limits and seed.
        pieces_model: The vocabulary; without one the words are kept.
    """

    def __init__(self, settings: Settings, pieces_model: bytes | None = None) -> None:
        self._settings = settings
        self._pieces_model = pieces_model
        self._pieces = None if pieces_model is None else Pieces(pieces_model)

    def __reduce__(self) -> tuple[object, ...]:
        return _Reader, (self._settings, self._pieces_model)

    def __call__(self, chunk: Chunk) -> _Part:
        dropped: Counter[str] = Counter()
        sound = list(self._examples(chunk, dropped))
        examples = [example for _, example in sound]
        task, copy = self._settings.task, chunk.copy
        pairs = EncodedPairs.of(self._in_pieces(examples, chunk))
        return _Part(
            held_out=np.array([side == HELD_OUT for side, _ in sound], bool),
            too_long=self._too_long(pairs),
            pair_keys=np.array([pair_key(example, copy) for example in examples], np.uint64),
            reply_keys=np.array([reply_key(example, task, copy) for example in examples], np.uint64),
            texts=[] if self._pieces else [(each.source, self._target(each)) for each in examples],
            pairs=pairs,
            dropped=dropped,
        )

    def _examples(self, chunk: Chunk, dropped: Counter[str]) -> Iterator[tuple[str, Example]]:
        """Yield each sound example with its side; repeats of a file are not held out again."""
        settings = self._settings
        for number, raw in chunk.lines:
            line = parse_line(chunk.path, number, raw, settings.task, settings.corpus.context_turns)
            if line is None:
                continue
            held_out = holds_out(line, settings.corpus.held_out, settings.training.seed)
            if held_out and chunk.copy:
                continue
            for example in line.examples:
                reason = fault(example, settings.corpus, settings.task)
                if reason:
                    dropped[reason] += 1
                    continue
                example = answered_by_us(chunk.path, example)
                yield (HELD_OUT if held_out else TRAIN), example
                if not held_out:
                    yield from ((TRAIN, variant) for variant in _variants(example, settings))

    def _in_pieces(self, examples: list[Example], chunk: Chunk) -> Iterator[tuple[list[int], list[int]]]:
        if self._pieces is None:
            yield from (([], []) for _ in examples)
            return
        dropout = self._settings.corpus.bpe_dropout if chunk.copy else 0.0
        seed_dropout(crc32(f"{self._settings.training.seed} {chunk.copy} {chunk.lines[0]}".encode()))
        for example in examples:
            yield self._pieces.encode(example.source, dropout), self._pieces.encode(self._target(example))

    def _target(self, example: Example) -> str:
        topics = self._settings.corpus.topics
        return mark_topic(example.target, example.topic) if topics else example.target

    def _too_long(self, pairs: EncodedPairs) -> Mask:
        longest = np.maximum(np.diff(pairs.sources.ends), np.diff(pairs.targets.ends))
        return np.asarray(longest > self._settings.corpus.max_pieces)


def _variants(example: Example, settings: Settings) -> Iterator[Example]:
    """Yield the example as it might be typed, and with other names, each for a share of all."""
    share, seed = settings.corpus.variants, settings.training.seed
    if settings.task != "translate" or example.source.count(" ") >= _LONGEST_MESSAGE:
        return
    others = []
    if chosen(example.source, share, seed + 1):
        others.append(Example(typed(example.source, seed), example.target))
    if chosen(example.source, share, seed + 2):
        others.append(Example(*renamed(example.source, example.target, seed)))
    yield from (other for other in others if other != example)


def _sift(part: _Part, repeats: Repeats, dropped: Counter[str]) -> Mask:
    """Say which examples of a part are kept, and count those that are not."""
    duplicate, common = repeats.find(part.pair_keys, part.reply_keys)
    too_long = part.too_long & ~duplicate & ~common
    reasons = {"duplicate": duplicate, "reply too common": common, "too long": too_long}
    dropped.update(part.dropped)
    dropped.update({reason: int(mask.sum()) for reason, mask in reasons.items() if mask.any()})
    kept: Mask = ~(duplicate | common | too_long)
    return kept


def _hold_out_something(corpus: EncodedCorpus, folder: Path) -> None:
    """Give up the last pair, and its likes, of a corpus so small that chance held nothing out."""
    if not len(corpus.train):
        raise CorpusError(_emptiness(corpus.dropped), corpus.files[0])
    if len(corpus.held_out):
        return
    decode = Pieces(corpus.pieces_model).decode  # what is named again may be in other pieces
    texts = [decode(source.tolist()) for source in _all(corpus.train.sources)]
    likes = np.array([text == texts[-1] for text in texts])
    alone = np.arange(len(likes)) == len(likes) - 1
    train, held_out = corpus.train.where(~likes), corpus.train.where(alone)
    if not len(train):
        raise CorpusError("one example is too few: give more text", corpus.files[0])
    for side, pairs in ((TRAIN, train), (HELD_OUT, held_out)):
        with PairWriter(folder, side) as writer:
            writer.write(pairs)
    corpus.train, corpus.held_out = train, held_out


def _all(sequences: Sequences) -> Iterable[np.ndarray]:
    return (sequences[i] for i in range(len(sequences)))


def _emptiness(dropped: Counter[str]) -> str:
    reasons = ", ".join(f"{count} {reason}" for reason, count in dropped.most_common())
    return f"nothing to learn from{f' (left out: {reasons})' if reasons else ''}: give more text"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
