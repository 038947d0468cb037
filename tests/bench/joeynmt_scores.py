"""What JoeyNMT 2.3 and ours know after the same minutes on the same pairs.

    python -m tests.bench.joeynmt_scores TRAIN... --tests PAIRS... [--minutes M] [--environment FOLDER]

Both learn the same pieces with networks of the same sizes (see `tests.bench.joeynmt`) and the same
rise and fall of the learning rate, each for M minutes of one core by the processor's clock, which a
busy neighbour changes little. Both then search with a beam of 5 on all cores; sentences a second are
counted by the wall clock, without loading.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from assistant.settings import PRESETS, Settings, settings_for
from tests.bench.__main__ import _machine
from tests.bench.ablation import taught, time_by_the_processor
from tests.bench.environment import python_with
from tests.bench.joeynmt import REQUIREMENTS, THEM, prepare

_Translate = Callable[[Sequence[str]], tuple[list[str], float]]
_BEAM = 5
_STEPS = 10**6  # out of reach: the clock ends it

# Our clock and our learning rate, around its own training step.
_LEARN = """
import sys, time, torch
import joeynmt.training as training
torch.set_num_threads(1)
peak, warm, minutes = map(float, sys.argv[2:5])
step, taken = training.TrainManager._train_step, [0]
def limited(self, batch):
    progress = time.process_time() / 60 / minutes
    if progress >= 1:
        raise KeyboardInterrupt  # it then keeps its weights and ends
    taken[0] += 1
    for group in self.optimizer.param_groups:
        group["lr"] = peak * min(1, taken[0] / warm) * (1 - progress)
    return step(self, batch)
training.TrainManager._train_step = limited
sys.argv = ["joeynmt", "train", sys.argv[1], "-t"]
from joeynmt.__main__ import main
main()
"""
_TRANSLATE = """
import sys, time
import joeynmt.prediction as prediction
predict = prediction.predict
def timed(*given, **named):
    started = time.perf_counter()
    found = predict(*given, **named)
    print("SECONDS", time.perf_counter() - started, file=sys.stderr)
    return found
prediction.predict = timed
sys.argv = ["joeynmt", "translate", sys.argv[1]]
from joeynmt.__main__ import main
main()
"""


def main() -> None:
    """Train both, and print the table."""
    time_by_the_processor()
    options = _options()
    settings = settings_for("translate", options.preset)
    print(_machine())
    print(f"preset {options.preset}, {options.minutes:g} minutes of a core each, beam {_BEAM}\n")
    print("| set | system | BLEU | chrF | sentences/s |\n|---|---|---|---|---|", flush=True)
    with _theirs(options, settings) as theirs, _ours(options, settings) as ours:
        for path in options.tests:
            for system, translate in ((THEM, theirs), ("assistant", ours)):
                print(_row(path, system, translate), flush=True)


def _row(path: Path, system: str, translate: _Translate) -> str:
    from assistant.corpora.readers import read_corpus
    from assistant.evaluation.translation import translation_scores

    pairs = [line.examples[0] for line in read_corpus(path, "translate", 1)]
    answers, seconds = translate([pair.source for pair in pairs])
    scores = translation_scores(answers, [pair.target for pair in pairs])
    name = path.name.split(".")[0]
    return f"| {name} | {system} | {scores['bleu']:.1f} | {scores['chrf']:.1f} | {len(pairs) / seconds:.0f} |"


@contextmanager
def _ours(options: argparse.Namespace, settings: Settings) -> Iterator[_Translate]:
    from assistant.checkpoint import read_checkpoint
    from assistant.replies.translator import Translator

    with taught(settings, options.train, options.minutes) as folder:
        translator = Translator(read_checkpoint(folder), beam=_BEAM)

        def translate(sources: Sequence[str]) -> tuple[list[str], float]:
            translator.translate(sources[0])  # loads what is loaded once
            started = time.perf_counter()
            results = translator.translate_all(sources)
            return [result.text for result in results], time.perf_counter() - started

        yield translate


@contextmanager
def _theirs(options: argparse.Namespace, settings: Settings) -> Iterator[_Translate]:
    from assistant.corpora.encode import encode_corpora
    from assistant.text.pieces import Pieces

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "corpus").mkdir()
        (folder / "joeynmt").mkdir()
        environment = options.environment or folder / "environment"
        python = python_with(environment, "joeynmt", REQUIREMENTS)
        corpus = encode_corpora(options.train, settings, folder / "corpus")
        config = prepare(corpus, settings, folder / "joeynmt", len(corpus.train), _STEPS)
        training = settings.training
        limits = [training.learning_rate, training.warmup_steps, options.minutes]
        _run([python, "-c", _LEARN, config, *limits])
        pieces = Pieces(corpus.pieces_model)

        def translate(sources: Sequence[str]) -> tuple[list[str], float]:
            spelled = (" ".join(pieces.surfaces(pieces.encode(source))) for source in sources)
            ended = _run([python, "-c", _TRANSLATE, config], "\n".join(spelled) + "\n")
            seconds = float(ended.stderr.split("SECONDS", 1)[1].split()[0])
            lines = ended.stdout.split("\n")[: len(sources)]
            return [line.replace(" ", "").replace("▁", " ").strip() for line in lines], seconds

        yield translate


def _run(command: Sequence[object], given: str = "") -> subprocess.CompletedProcess[str]:
    ended = subprocess.run(
        [str(word) for word in command],
        input=given,
        capture_output=True,
        text=True,
        env=os.environ | {"CUDA_VISIBLE_DEVICES": "", "OMP_NUM_THREADS": str(os.cpu_count() or 1)},
    )
    if ended.returncode:
        sys.exit(f"{command[0]} failed:\n{ended.stderr[-3000:]}")
    return ended


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path, nargs="+")
    parser.add_argument("--tests", type=Path, nargs="+", required=True)
    parser.add_argument("--preset", choices=PRESETS, default="base")
    parser.add_argument("--minutes", type=float, default=15.0)
    parser.add_argument("--environment", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
