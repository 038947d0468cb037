"""Reading a dictionary as it is written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.corpora.readers import text_lines
from assistant.errors import CorpusError
from assistant.text.dictionary import Dictionary


def read_dictionary(paths: Sequence[Path]) -> Dictionary:
    """Gather what files say of each word or phrase.

    Args:
        paths: Lines of tab-separated columns: the Spanish, then its English, one sense a column, the
            likeliest first. What a file says goes before what later ones say of the same word.

    Raises:
        CorpusError: A file cannot be read, or a line lacks the one or the other.
    """
    senses: dict[str, dict[str, None]] = {}
    for path in paths:
        for number, line in text_lines(path):
            if not line.strip():
                continue
            spanish, *english = (column.strip() for column in line.rstrip("\n").split("\t"))
            if not spanish or not english or not all(english):
                raise CorpusError("give the Spanish and its English behind a tab", path, number)
            senses.setdefault(spanish.lower(), {}).update(dict.fromkeys(english))
    return Dictionary.of({word: list(several) for word, several in senses.items()})
