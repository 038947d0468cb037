"""The news of a training run, for a person or for a program."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.text import Text

from assistant.cli.streams import write_json
from assistant.training.news import Evaluation, Listener, Step

_PLAIN_SECONDS = 10.0


def show_json(news: Step | Evaluation) -> None:
    """Print a piece of news as one JSON object on stdout.

    Args:
        news: A step (one in ten is shown) or an evaluation.
    """
    if isinstance(news, Step):
        if news.step % 10 == 0:
            write_json({"event": "step", **asdict(news)})
    else:
        write_json({"event": "evaluation", **asdict(news), "perplexity": news.perplexity})


@contextmanager
def showing_progress() -> Iterator[tuple[Listener, Callable[[str], None]]]:
    """Show a live bar on a terminal, and plain lines elsewhere, on stderr.

    Yields:
        What takes the news of training, and what takes a line of text.
    """
    console = Console(stderr=True, highlight=False, soft_wrap=True)

    def report(line: str) -> None:
        console.print(Text(line))

    if console.is_terminal:
        with _bar(console) as bar:
            yield _BarListener(bar, console), report
    else:
        yield _PlainListener(console), report


class _BarListener:
    def __init__(self, bar: Progress, console: Console) -> None:
        self._bar = bar
        self._console = console
        self._task = bar.add_task("training", total=1.0, visible=False, details="", left="")

    def __call__(self, news: Step | Evaluation) -> None:
        if isinstance(news, Evaluation):
            _print_evaluation(self._console, news)
            return
        self._bar.update(
            self._task, completed=news.progress, details=_details(news), left=_left(news), visible=True
        )


class _PlainListener:
    def __init__(self, console: Console) -> None:
        self._console = console
        self._next = 0.0

    def __call__(self, news: Step | Evaluation) -> None:
        if isinstance(news, Evaluation):
            _print_evaluation(self._console, news)
        elif time.monotonic() >= self._next:
            self._next = time.monotonic() + _PLAIN_SECONDS
            line = f"{news.progress:4.0%}  step {news.step}/{news.total_steps}  "
            self._console.print(Text(f"{line}{_details(news)}  {_left(news)}"))


def _bar(console: Console) -> Progress:
    return Progress(
        BarColumn(bar_width=24),
        TextColumn("{task.percentage:3.0f} %"),
        TextColumn("{task.fields[details]}"),
        TextColumn("{task.fields[left]}"),
        console=console,
    )


def _details(news: Step) -> str:
    return f"epoch {news.epoch + 1}  loss {news.loss:.3f}  {news.tokens_per_second:,.0f} tokens/s"


def _left(news: Step) -> str:
    minutes, seconds = divmod(round(news.seconds_left), 60)
    return f"{minutes}:{seconds:02d} left"


def _print_evaluation(console: Console, news: Evaluation) -> None:
    mark = "  best so far" if news.best else ""
    console.print(
        Text(f"epoch {news.epoch}  held-out loss {news.loss:.3f}  perplexity {news.perplexity:.1f}{mark}")
    )
    for source, _, answer in news.samples:
        console.print(Text(f"  {source}  ->  {answer}", style="dim"))
