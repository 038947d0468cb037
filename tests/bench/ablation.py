"""What each choice is worth: `python -m tests.bench.ablation TRAIN... DEV [--preset P] [--minutes M]`.

Each row changes one thing of a preset, learns on one thread for the same minutes of the processor (a
busy neighbour then changes nothing), one row after the other, and is scored on the same file:
sacreBLEU and chrF of greedy answers, target pieces learnt a second, and the size of the exported
checkpoint. What changes nothing but the seed says how much of a difference is chance. Every row is
printed as it ends, the table at the end as Markdown; rows that a file of results (`--results FILE`)
holds already are not run again.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.settings import PRESETS, Settings, settings_for
from tests.bench.__main__ import _machine


def _network(**changes: Any) -> Callable[[Settings], Settings]:
    return lambda settings: replace(settings, network=replace(settings.network, **changes))


def _training(**changes: Any) -> Callable[[Settings], Settings]:
    return lambda settings: replace(settings, training=replace(settings.training, **changes))


def _vocabulary(times: float) -> Callable[[Settings], Settings]:
    def change(settings: Settings) -> Settings:
        pieces = round(settings.corpus.vocabulary * times)
        return replace(settings, corpus=replace(settings.corpus, vocabulary=pieces))

    return change


ROWS: dict[str, Callable[[Settings], Settings]] = {
    "nothing": lambda settings: settings,
    "nothing, another seed": _training(seed=2),
    "GRU": _network(cell="gru"),
    "Bahdanau attention": _network(attention="bahdanau"),
    "input feeding": _network(input_feeding=True),
    "no label smoothing": _training(label_smoothing=0.0),
    "no word dropout": _network(word_dropout=0.0),
    "no weight averaging": _training(average=0.0),
    "half the vocabulary": _vocabulary(0.5),
    "twice the vocabulary": _vocabulary(2.0),
}


def main() -> None:
    """Run the rows and print the table."""
    time_by_the_processor()
    options = _options()
    print(_machine())
    done = _read(options.results)
    for name in options.row or ROWS:
        if name not in done:
            done[name] = _run(ROWS[name], options)
            if options.results:
                options.results.write_text(json.dumps(done, indent=1), "utf-8")
            print(f"{name}: {done[name]}", flush=True)
    print(f"\npreset {options.preset}, {options.minutes:g} minutes of a core, {options.dev.name}, greedy\n")
    print("| changed | BLEU | chrF | held-out loss | pieces/s | epochs | weights | MB |")
    print("|---|---|---|---|---|---|---|---|")
    for name, row in done.items():
        print(
            f"| {name} | {row['bleu']} | {row['chrf']} | {row['loss']:.3f} | {row['speed']:,.0f} | "
            f"{row['epochs']:.1f} | {row['weights'] / 1e6:.1f} M | {row['megabytes']:.1f} |"
        )


def time_by_the_processor() -> None:
    """Have training use one thread and count its seconds; call it before training is imported."""
    os.environ["OMP_NUM_THREADS"] = "1"
    time.monotonic = time.process_time


@contextmanager
def taught(settings: Settings, files: Sequence[Path], minutes: float) -> Iterator[Path]:
    """Train a translator in a home of its own, which goes when it has been used.

    Args:
        settings: Of a preset.
        files: Of pairs.
        minutes: By the processor's clock.
    """
    from assistant.training.plan import Plan
    from assistant.training.run import train as run

    # The schedule is the clock's, so the epochs only have to be out of reach.
    limits = replace(settings.training, max_minutes=minutes, max_epochs=1000, patience=1000)
    with tempfile.TemporaryDirectory() as home:
        os.environ["ASSISTANT_HOME"] = home
        plan = Plan("row", replace(settings, training=limits), list(files), "python -m tests.bench")
        run(plan, "cpu", False, False, lambda news: None, lambda line: None)
        yield plan.checkpoint


def _run(change: Callable[[Settings], Settings], options: argparse.Namespace) -> dict[str, Any]:
    """Train a row, and score what it exported."""
    from assistant.checkpoint import read_checkpoint

    settings = change(settings_for("translate", options.preset))
    with taught(settings, options.train, options.minutes) as folder:
        checkpoint = read_checkpoint(folder)
        steps = [json.loads(line) for line in (folder / "metrics.jsonl").read_text().splitlines()]
        speeds = [event["tokens_per_second"] for event in steps if event["event"] == "step"]
        return {
            **_scores(folder, options.dev),
            "loss": checkpoint.scores["held_out"]["loss"],
            "speed": sum(speeds) / max(1, len(speeds)),
            "epochs": _epochs(steps),
            "weights": _weights(folder),
            "megabytes": checkpoint.bytes / 1e6,
        }


def _scores(folder: Path, dev: Path) -> dict[str, float]:
    from assistant.checkpoint import read_checkpoint
    from assistant.corpora.readers import read_corpus
    from assistant.evaluation.translation import translation_scores
    from assistant.replies.translator import Translator

    translator = Translator(read_checkpoint(folder), beam=1)
    examples = [line.examples[0] for line in read_corpus(dev, "translate", 1)]
    answers = [translator.translate(example.source).text or "" for example in examples]
    return translation_scores(answers, [example.target for example in examples])


def _epochs(events: list[dict[str, Any]]) -> float:
    last = [event for event in events if event["event"] == "step"][-1:]
    return last[0]["step"] * 1000 / last[0]["total_steps"] if last else 0.0


def _weights(folder: Path) -> int:
    from safetensors import safe_open

    with safe_open(folder / "weights.safetensors", framework="np") as file:
        return sum(file.get_tensor(name).size for name in file.keys())  # noqa: SIM118, it is no dict


def _read(results: Path | None) -> dict[str, dict[str, Any]]:
    if results is None or not results.exists():
        return {}
    return dict(json.loads(results.read_text("utf-8")))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path, nargs="+")
    parser.add_argument("dev", type=Path)
    parser.add_argument("--preset", choices=PRESETS, default="base")
    parser.add_argument("--minutes", type=float, default=15.0)
    parser.add_argument("--row", choices=ROWS, action="append")
    parser.add_argument("--results", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
