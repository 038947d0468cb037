"""Lines in a gzipped file."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable
from pathlib import Path


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write lines; the same lines make the same file, whenever it is written."""
    path.write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))


def read_lines(path: Path) -> list[str]:
    """Read what `write_lines` wrote.

    Args:
        path: The file.

    Raises:
        OSError: It cannot be read.
        ValueError: It is damaged.
    """
    try:
        return gzip.decompress(path.read_bytes()).decode().split("\n")
    except (EOFError, zlib.error) as error:
        raise ValueError(str(error)) from error
