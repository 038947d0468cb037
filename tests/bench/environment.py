"""Environments of their own for the systems that a bench compares us with."""

from __future__ import annotations

import subprocess
import venv
from collections.abc import Sequence
from pathlib import Path


def python_with(folder: Path, module: str, requirements: Sequence[str]) -> Path:
    """Install packages from PyPI into an environment, unless they are there.

    Args:
        folder: Of the environment; made where there is none.
        module: What can be imported once the packages are there.
        requirements: The packages, the one that is compared first.

    Returns:
        The environment's Python.
    """
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    if subprocess.run([python, "-c", f"import {module}"], capture_output=True).returncode:
        print(f"installing {requirements[0]}", flush=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *requirements], check=True)
    return python
