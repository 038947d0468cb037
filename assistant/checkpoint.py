"""A checkpoint: the only door between training and serving.

A folder, written under a temporary name and renamed when whole:

    settings.json         all settings, what made it, and the size of each file below
    pieces.model          the SentencePiece vocabulary
    weights.safetensors   the weights in half precision, to train on from
    encoder.onnx          the encoder and one step of the decoder, weights in 8 bits, to answer with
    decoder.onnx
    scores.json           what was measured
    lexicon.gz            of a translator that has one: the words it was trained on
    accents.gz            of a translator that has them: which accents and capitals words have
    punctuation.z         of a translator that has it: how sentences end
    openings.db           of a chat model that names topics: how talks were opened and answered
    card.md               what it is, in words: data, licences, settings, scores, how to make it again
"""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any, TypeVar

from assistant import locations
from assistant.errors import CheckpointError, NoCheckpointError
from assistant.settings import Settings, Task
from assistant.text.accents import Accents, load_accents
from assistant.text.dictionary import Dictionary, load_dictionary
from assistant.text.lexicon import Lexicon, load_lexicon
from assistant.text.openings import Openings
from assistant.text.pieces import Pieces

if TYPE_CHECKING:
    from assistant.text.punctuation import Punctuation

SETTINGS, PIECES, WEIGHTS = "settings.json", "pieces.model", "weights.safetensors"
ENCODER, DECODER = "encoder.onnx", "decoder.onnx"
SCORES, CARD = "scores.json", "card.md"
LEXICON, ACCENTS, PUNCTUATION = "lexicon.gz", "accents.gz", "punctuation.z"
DICTIONARY, OPENINGS = "dictionary.gz", "openings.db"

_Loaded = TypeVar("_Loaded")
_MEASURED = (PIECES, WEIGHTS, ENCODER, DECODER)


@dataclass(frozen=True)
class Checkpoint:
    """A checkpoint on disk, whose small parts are read.

    Attributes:
        path: The folder.
        settings: The settings it was made with.
        made: When it was made, ISO 8601, UTC.
    """

    path: Path
    settings: Settings
    made: str

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.path.name

    @property
    def bytes(self) -> int:
        """The size of all its files."""
        return sum(file.stat().st_size for file in self.path.iterdir() if file.is_file())

    @property
    def scores(self) -> dict[str, Any]:
        """What was measured; empty where nothing was."""
        try:
            return dict(json.loads((self.path / SCORES).read_text("utf-8")))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError) as error:
            raise CheckpointError(f"{self.path / SCORES}: cannot be read: {error}") from error

    @property
    def card(self) -> str:
        """The card, in Markdown; empty where there is none."""
        try:
            return (self.path / CARD).read_text("utf-8")
        except FileNotFoundError:
            return ""
        except (OSError, ValueError) as error:
            raise CheckpointError(f"{self.path / CARD}: cannot be read: {error}") from error

    @cached_property
    def lexicon(self) -> Lexicon | None:
        """The words that it was trained on; None where they were not kept."""
        return _load_if_there(self.path / LEXICON, load_lexicon)

    @cached_property
    def accents(self) -> Accents | None:
        """Which accents and capitals words have; None where that was not kept."""
        return _load_if_there(self.path / ACCENTS, load_accents)

    @cached_property
    def punctuation(self) -> Punctuation | None:
        """How sentences end; None where that was not kept."""
        from assistant.text.punctuation import load_punctuation  # numpy, which only a search needs

        return _load_if_there(self.path / PUNCTUATION, load_punctuation)

    @cached_property
    def dictionary(self) -> Dictionary | None:
        """What words are in English by themselves; None where that was not kept."""
        return _load_if_there(self.path / DICTIONARY, load_dictionary)

    @cached_property
    def openings(self) -> Openings | None:
        """What the talks that it learnt were opened with; None where that was not kept."""
        return _load_if_there(self.path / OPENINGS, Openings)

    @cached_property
    def pieces(self) -> Pieces:
        """The vocabulary."""
        try:
            return Pieces.load(self.path / PIECES)
        except RuntimeError as error:
            raise CheckpointError(f"{self.path / PIECES}: damaged: {error}") from error


def read_checkpoint(path: Path) -> Checkpoint:
    """Open a checkpoint folder and check that it is whole.

    Args:
        path: The folder.

    Raises:
        CheckpointError: A file is missing or of another size than it was written, or the settings
            cannot be read.
    """
    try:
        record = json.loads((path / SETTINGS).read_text("utf-8"))
        settings, made, sizes = Settings.from_dict(record["settings"]), record["made"], record["files"]
        if not isinstance(made, str):
            raise TypeError(f"made = {made!r}")
        _check_sizes(path, sizes)
    except FileNotFoundError as error:
        message = f"{error.filename}: missing; fetch or train the checkpoint again"
        raise CheckpointError(message) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CheckpointError(f"{path / SETTINGS}: cannot be read: {error}") from error
    return Checkpoint(path, settings, made)


def find_checkpoint(task: Task, name: str | None = None) -> Checkpoint:
    """Return the checkpoint to answer with.

    Args:
        task: What it must be able to do.
        name: A name or a folder; None takes the newest that the owner trained for the task, or
            else the shipped one.

    Raises:
        NoCheckpointError: There is none.
        CheckpointError: It is damaged, or made for another task.
    """
    if name is None:
        return _default_checkpoint(task)
    checkpoint = named_checkpoint(name, task)
    if checkpoint.settings.task != task:
        message = f"{name} is made for {checkpoint.settings.task}, not for {task}"
        raise CheckpointError(f"{message}: see `assistant models list`")
    return checkpoint


def named_checkpoint(name: str, task: Task = "chat") -> Checkpoint:
    """Return a checkpoint by its name or folder, whatever its task.

    Args:
        name: The owner's checkpoint of a name comes before the shipped one.
        task: What it was looked for, for the advice in the error.

    Raises:
        NoCheckpointError: There is none.
        CheckpointError: It is damaged.
    """
    for folder in (*(root / name for root in _roots()), Path(name)):
        if _is_folder(folder):
            return read_checkpoint(folder)
    raise NoCheckpointError(f"there is no checkpoint {name}: {_how_to_train(task, name)}")


def checkpoint_folders(*roots: Path) -> list[Path]:
    """Return the folders of all checkpoints in some places.

    Args:
        roots: Where to look; by default the owner's place, then the shipped one.
    """
    found = (sorted(root.glob(f"*/{SETTINGS}")) for root in roots or _roots())
    return [file.parent for files in found for file in files if not file.parent.name.startswith(".")]


@contextmanager
def writing_checkpoint(path: Path, settings: Settings, made: str, force: bool) -> Iterator[Path]:
    """Give a temporary folder to fill, and make it the checkpoint when the block ends well.

    Args:
        path: The folder it becomes.
        settings: Written last, with the sizes of the files.
        made: When it was made, ISO 8601, UTC.
        force: Replace a checkpoint that is there.

    Yields:
        The temporary folder, beside the real one.

    Raises:
        CheckpointError: The place is taken or cannot be written; nothing there was changed.
    """
    refuse_taken(path, force)
    try:
        locations.private_folder(path.parent)
        temporary = Path(mkdtemp(prefix=f".{path.name}.", dir=path.parent))
    except OSError as error:
        raise CheckpointError(f"{path.parent}: cannot be written: {error.strerror}") from error
    try:
        yield temporary
        sizes = {name: (temporary / name).stat().st_size for name in _MEASURED}
        record = {"settings": settings.to_dict(), "made": made, "files": sizes}
        (temporary / SETTINGS).write_text(json.dumps(record, indent=1) + "\n", "utf-8")
        _replace(path, temporary)
    except OSError as error:
        raise CheckpointError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def refuse_taken(path: Path, force: bool) -> None:
    """Raise CheckpointError if a checkpoint is at a path and may not be replaced.

    Args:
        path: The folder.
        force: It may be replaced. Another kind of folder never is.
    """
    if path.exists() and not (path / SETTINGS).exists():
        raise CheckpointError(f"{path}: something else is there; choose another --name")
    if path.exists() and not force:
        raise CheckpointError(f"{path}: already there; replace it with --force or give another --name")


def _replace(path: Path, temporary: Path) -> None:
    if path.exists():
        aside = temporary.with_name(temporary.name + ".old")
        os.replace(path, aside)
        try:
            os.replace(temporary, path)
        except OSError:
            os.replace(aside, path)
            raise
        if aside.is_symlink():
            aside.unlink()
        else:
            shutil.rmtree(aside, ignore_errors=True)
    else:
        os.replace(temporary, path)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that is too long, for one
        return False


def _load_if_there(path: Path, load: Callable[[Path], _Loaded]) -> _Loaded | None:
    try:
        return load(path)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise CheckpointError(f"{path}: damaged: {error}") from error


def _check_sizes(path: Path, sizes: dict[str, int]) -> None:
    for name in _MEASURED:
        size = (path / name).stat().st_size
        if size != sizes[name]:
            message = f"{path / name}: damaged: {size} bytes where {sizes[name]} were written"
            raise CheckpointError(f"{message}; fetch or train the checkpoint again")


def _default_checkpoint(task: Task) -> Checkpoint:
    damage: list[CheckpointError] = []
    for root in _roots():
        fitting = [c for c in _whole_checkpoints(root, damage) if c.settings.task == task]
        if fitting:
            for error in damage:
                logging.getLogger(__name__).warning("assistant: passed over: %s", error)
            return max(fitting, key=lambda c: c.made)
    if damage:
        raise damage[0]
    raise NoCheckpointError(f"there is no checkpoint for {task} yet: {_how_to_train(task)}")


def _whole_checkpoints(root: Path, damage: list[CheckpointError]) -> list[Checkpoint]:
    """Read the checkpoints in a folder; what is wrong with the others is added to `damage`."""
    whole = []
    for folder in checkpoint_folders(root):
        try:
            whole.append(read_checkpoint(folder))
        except CheckpointError as error:
            damage.append(error)
    return whole


def _roots() -> tuple[Path, Path]:
    return locations.owned_checkpoints(), locations.shipped_checkpoints()


def _how_to_train(task: Task, name: str | None = None) -> str:
    options = "" if task == "chat" else f" --task {task}"
    named = f" --name {name}" if name and "/" not in name else ""
    return f"make one with `assistant train{options}{named}`"
