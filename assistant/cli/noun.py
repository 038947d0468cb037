"""What the commands of one noun hang on."""

from __future__ import annotations

from typing import Any

import typer


def noun(**options: Any) -> typer.Typer:
    """Return the application of a noun, to put its commands into.

    Args:
        options: As of `typer.Typer`.
    """
    return typer.Typer(add_completion=False, rich_markup_mode=None, **options)
