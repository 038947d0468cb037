"""Scenarios: what small talk is about, each under one short name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("scenarios.txt")


def scenario(topic: str) -> str:
    """Return the one name of the scenario that a topic means.

    Args:
        topic: As a corpus names it.

    Returns:
        The name in `scenarios.txt`; the topic itself where it is not listed there.
    """
    return _names().get(topic, topic)


@cache
def _names() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for line in _FILE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, *topics = (part.strip() for part in line.split(" | "))
            names |= dict.fromkeys(topics, name)
    return names
