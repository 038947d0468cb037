"""A moment in few words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

Clock = Callable[[], datetime]


def local_time() -> datetime:
    """Return the time here, with its zone."""
    return datetime.now().astimezone()


def when(moment: str, now: datetime) -> str:
    """Say when something was, as briefly as today allows.

    Args:
        moment: ISO 8601 with a zone.
        now: The present, in the reader's zone.
    """
    then = datetime.fromisoformat(moment).astimezone(now.tzinfo)
    if then.date() == now.date():
        return f"{then:%H:%M}"
    if then.date() == now.date() - timedelta(days=1):
        return "yesterday"
    return f"{then.day} {then:%b}" if then.year == now.year else f"{then.day} {then:%b %Y}"
