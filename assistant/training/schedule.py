"""The learning rate, and how far a run has come."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from assistant.settings import TrainingSettings


@dataclass
class Clock:
    """Knows how far a run has come, by steps or by minutes, whichever ends first.

    Attributes:
        total_steps: Steps of all epochs.
        max_minutes: Time for the run; None for no limit.
        spent: Seconds spent by earlier parts of a resumed run.
    """

    total_steps: int
    max_minutes: float | None
    spent: float = 0.0
    _started: float = field(default_factory=time.monotonic)

    def seconds(self) -> float:
        """Return the seconds of training so far."""
        return self.spent + time.monotonic() - self._started

    def progress(self, step: int) -> float:
        """Return the share of the run that is behind, from 0 to 1.

        Args:
            step: Steps taken.
        """
        by_steps = step / self.total_steps
        by_time = self.seconds() / (60 * self.max_minutes) if self.max_minutes else 0.0
        return min(1.0, max(by_steps, by_time))

    def seconds_left(self, step: int) -> float:
        """Estimate the seconds still to go.

        Args:
            step: Steps taken, at least one.
        """
        done = max(self.progress(step), 1e-6)
        return self.seconds() * (1 - done) / done


def learning_rate(settings: TrainingSettings, step: int, progress: float) -> float:
    """Return Adam's rate for a step: a linear rise, then a linear fall to nothing at the end.

    Args:
        settings: Peak rate and warm-up.
        step: Steps taken.
        progress: Share of the run that is behind.
    """
    warm = min(1.0, (step + 1) / settings.warmup_steps)
    return settings.learning_rate * warm * (1.0 - progress)
