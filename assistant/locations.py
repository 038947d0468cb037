"""Where things are: one function a path, following XDG, or all under `ASSISTANT_HOME`."""

from __future__ import annotations

import os
from pathlib import Path

PACKAGE = Path(__file__).parent


def data_home() -> Path:
    """Return the folder that holds all that belongs to the owner.

    Returns:
        `ASSISTANT_HOME` where it is set, else the platform's data folder for us.
    """
    home = os.environ.get("ASSISTANT_HOME")
    if home:
        return Path(home).expanduser()
    from platformdirs import user_data_path  # 15 ms that ASSISTANT_HOME saves

    return user_data_path("assistant", appauthor=False)


def history_file() -> Path:
    """Return the SQLite file in which everything said is kept."""
    return data_home() / "history.db"


def window_file() -> Path:
    """Return the file in which the window keeps what it remembers between two openings."""
    return data_home() / "window.json"


def config_home() -> Path:
    """Return the folder of the files that the owner writes to have things their way.

    Returns:
        `ASSISTANT_HOME` where it is set, else the platform's configuration folder for us.
    """
    if os.environ.get("ASSISTANT_HOME"):
        return data_home()
    from platformdirs import user_config_path

    return user_config_path("assistant", appauthor=False)


def keys_file() -> Path:
    """Return the TOML file in which the owner gives the window's actions other keys."""
    return config_home() / "keys.toml"


def owned_checkpoints() -> Path:
    """Return the folder of the checkpoints that the owner trained."""
    return data_home() / "checkpoints"


def fetched_corpora() -> Path:
    """Return the folder of the public corpora that the owner fetched."""
    return data_home() / "corpora"


def shipped_checkpoints() -> Path:
    """Return the folder of the checkpoints that came with the program."""
    return _shipped("checkpoints")


def written_corpus(name: str) -> Path:
    """Return a corpus that was written for this project.

    Args:
        name: `dialogues`, `actions`, `spanish-english` or `dictionary.tsv`.
    """
    return _shipped("data") / name


def starter_corpora(task: str) -> list[Path]:
    """Return the corpora written for this project that a task is trained on by default.

    Args:
        task: `chat` or `translate`.
    """
    names = {"chat": ("dialogues", "actions"), "translate": ("spanish-english",)}[task]
    return [written_corpus(name) for name in names]


def command_mappings() -> Path:
    """Return the folder of the tables that map public command corpora to our actions."""
    return written_corpus("actions") / "mappings"


def private_folder(path: Path) -> Path:
    """Make a folder that only its owner may enter, with its parents.

    Args:
        path: The folder; one that is already there is left as it is.

    Returns:
        The same path.
    """
    # mkdir's own `parents` would leave the parents open to everybody.
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=0o700, exist_ok=True)
    path.mkdir(exist_ok=True)  # raises where something else is in the way
    return path


def _shipped(name: str) -> Path:
    # A wheel carries checkpoints/ and data/ inside the package; a checkout has them beside it.
    inside = PACKAGE / "shipped" / name
    return inside if inside.is_dir() else PACKAGE.parent / name
