"""The learning rate and the clock."""

from __future__ import annotations

import pytest

from assistant.settings import TrainingSettings
from assistant.training.schedule import Clock, learning_rate

SETTINGS = TrainingSettings(learning_rate=0.002, warmup_steps=4)


@pytest.mark.parametrize(
    ("step", "progress", "rate"),
    [
        (0, 0.0, 0.0005),
        (1, 0.0, 0.001),
        (3, 0.0, 0.002),
        (4, 0.0, 0.002),
        (1, 0.1, 0.0009),
        (10, 0.25, 0.0015),
        (99, 0.99, 0.00002),
        (100, 1.0, 0.0),
    ],
)
def test_the_rate_rises_and_falls(step: int, progress: float, rate: float) -> None:
    assert learning_rate(SETTINGS, step, progress) == pytest.approx(rate)


class _Watch:
    """Stands in for the time module; its time moves when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> _Watch:
    watch = _Watch()
    monkeypatch.setattr("assistant.training.schedule.time", watch)
    return watch


def _clock(watch: _Watch, total: int, minutes: float | None, spent: float = 0.0) -> Clock:
    return Clock(total, minutes, spent, watch.now)


def test_a_clock_without_minutes_goes_by_steps(watch: _Watch) -> None:
    clock = _clock(watch, 200, None)
    watch.now += 1e6
    assert [clock.progress(step) for step in (0, 50, 200, 300)] == [0.0, 0.25, 1.0, 1.0]


def test_a_clock_with_minutes_goes_by_whichever_ends_first(watch: _Watch) -> None:
    clock = _clock(watch, 200, 2.0)
    watch.now += 30
    assert clock.progress(20) == pytest.approx(0.25)  # of 120 seconds
    assert clock.progress(100) == pytest.approx(0.5)  # of 200 steps
    watch.now += 100
    assert clock.progress(100) == 1.0


def test_time_spent_before_a_resume_counts(watch: _Watch) -> None:
    clock = _clock(watch, 200, 2.0, spent=60.0)
    watch.now += 30
    assert clock.seconds() == pytest.approx(90)
    assert clock.progress(1) == pytest.approx(0.75)


def test_seconds_left(watch: _Watch) -> None:
    clock = _clock(watch, 200, None)
    watch.now += 30
    assert clock.seconds_left(50) == pytest.approx(90)
    assert clock.seconds_left(200) == 0.0
