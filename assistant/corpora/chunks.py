"""Chunks of lines, and the processes that share them."""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice
from multiprocessing import get_context
from multiprocessing.pool import AsyncResult
from pathlib import Path
from typing import Any, TypeVar

from assistant.corpora.readers import text_lines

T = TypeVar("T")

_LINES = 4096
# Smaller files are read before other processes have started.
_WORTH_SHARING = 2 << 20


@dataclass(frozen=True)
class Chunk:
    """Some lines of a corpus file.

    Attributes:
        path: The file.
        copy: How often it was named before.
        lines: The lines with their numbers, counted from 1.
    """

    path: Path
    copy: int
    lines: list[tuple[int, str]]


def read_chunks(files: Sequence[Path], every: int = 1) -> Iterator[Chunk]:
    """Yield the lines of files, chunk by chunk.

    Args:
        files: The files, in order; one named twice is read twice.
        every: Take one line in so many, of all files together: many small ones do not give one each.

    Raises:
        CorpusError: A file cannot be read.
    """
    copies: Counter[Path] = Counter()
    places = count()
    for file in files:
        lines = (line for line in text_lines(file) if next(places) % every == 0)
        while chunk := list(islice(lines, _LINES)):
            yield Chunk(file, copies[file], chunk)
        copies[file] += 1


def count_lines(files: Iterable[Path]) -> int:
    """Return the number of lines of files."""
    return sum(1 for file in files for _ in text_lines(file))


def mapped(function: Callable[[Chunk], T], chunks: Iterable[Chunk], files: Iterable[Path]) -> Iterator[T]:
    """Apply a function to chunks, on all cores where the files are worth it.

    Args:
        function: What to apply; other processes get a copy of it.
        chunks: What to apply it to.
        files: The files they are of.

    Yields:
        The results, in the order of the chunks.
    """
    cores = os.cpu_count() or 1
    if cores == 1 or sum(file.stat().st_size for file in files) < _WORTH_SHARING:
        yield from map(function, chunks)
        return
    # "spawn": a fork would copy the threads' locks of whatever has been imported.
    with get_context("spawn").Pool(cores, _prepare, (function,)) as pool:
        waiting: deque[AsyncResult[T]] = deque()
        for chunk in chunks:
            waiting.append(pool.apply_async(_apply, (chunk,)))
            if len(waiting) > 2 * cores:  # no more, lest all lines wait in memory
                yield waiting.popleft().get()
        while waiting:
            yield waiting.popleft().get()


_function: Callable[[Chunk], Any]  # of a process of the pool


def _prepare(function: Callable[[Chunk], Any]) -> None:
    global _function
    _function = function


def _apply(chunk: Chunk) -> Any:
    return _function(chunk)
