"""Overheard talk: people among themselves, of whom a model learns how talk goes and not what it says itself.

Such corpora are full of what no program can honestly say ("my wife and I saw it twice"). Their turns are
learnt as words of a person: they name the mark of the user where a reply of ours names its topic, and no
search ever takes that mark.
"""

from __future__ import annotations

from pathlib import Path

# As the names of their files begin.
_OVERHEARD = ("self-dialogue", "synthetic-persona-chat", "topical-chat", "meena-human", "accentor-sgd")


def is_overheard(path: Path) -> bool:
    """Say whether a corpus file holds talk of people among themselves.

    Args:
        path: The file; its name tells.
    """
    return path.name.startswith(_OVERHEARD)
