"""Timings, side by side in one run: `python -m tests.bench`. They inform and never fail.

With a file of pairs (`python -m tests.bench pairs.tsv`) it measures instead what 8-bit weights cost in BLEU.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

_PROGRAM = str(Path(sys.executable).parent / "assistant")
_SENTENCE = "Mañana por la mañana vamos a comprar pan y leche."  # ten words
_RUNS = 10


def main() -> None:
    print(_machine())
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what pip installs is compiled
    if len(sys.argv) > 1:
        quantisation(Path(sys.argv[1]))
        return
    print(f"medians of {_RUNS}, taken in turn\n")
    with tempfile.TemporaryDirectory() as home:
        os.environ["ASSISTANT_HOME"] = home
        start_up()
        beam()
        window()


def start_up() -> None:
    """The whole command against the import of torch alone."""
    number = count()
    times = _medians(
        {
            "assistant translate": lambda: _run(_PROGRAM, "translate", f"hola, {next(number)}"),
            "the same text again": lambda: _run(_PROGRAM, "translate", "hola"),
            "assistant ask hello": lambda: _run(_PROGRAM, "ask", "hello"),
            "assistant --help": lambda: _run(_PROGRAM, "--help"),
            'python -c "import torch"': lambda: _run(sys.executable, "-c", "import torch"),
        }
    )
    torch = times['python -c "import torch"']
    for name, seconds in times.items():
        print(f"{name:<28} {seconds * 1000:7.0f} ms   {seconds / torch:5.2f} of import torch")
    bound = torch / 3 + 0.1
    print(f"{'a third of it plus 0.1 s':<28} {bound * 1000:7.0f} ms\n")


def beam() -> None:
    """Beam search on a sentence of ten words, over ONNX Runtime and over torch run eagerly."""
    import torch

    from assistant.checkpoint import find_checkpoint
    from assistant.replies.translator import Translator
    from tests.bench.torch_network import TorchNetwork

    checkpoint = find_checkpoint("translate")
    served = Translator(checkpoint, beam=5)
    eager = Translator(checkpoint, beam=5, network=TorchNetwork(checkpoint.path))
    print(f"{_SENTENCE}\n-> {served.translate(_SENTENCE).text}\n-> {eager.translate(_SENTENCE).text} (torch)")

    def with_threads(count: int) -> Callable[[], None]:
        def translate() -> None:
            torch.set_num_threads(count)
            eager.translate(_SENTENCE)

        return translate

    times = _medians(
        {
            "ONNX Runtime, 8 bits": lambda: served.translate(_SENTENCE),
            "torch eager, 1 thread": with_threads(1),
            "torch eager, 2 threads": with_threads(2),
        }
    )
    fastest = times["ONNX Runtime, 8 bits"]
    for name, seconds in times.items():
        print(f"beam 5, {name:<24} {seconds * 1000:7.1f} ms   {seconds / fastest:5.1f} times")


def window() -> None:
    """What a person waits for in the window."""
    import asyncio

    from tests.bench.window import first_paint, keystrokes, long_talks

    first_paint()
    keystrokes()
    asyncio.run(long_talks())


def quantisation(pairs: Path) -> None:
    """Translate pairs with the weights in 8 and in 32 bits, beam 5."""
    from assistant.checkpoint import find_checkpoint
    from assistant.corpora.readers import read_corpus
    from assistant.evaluation.translation import translation_scores
    from assistant.inference.runtime import OnnxNetwork
    from assistant.network.seq2seq import Seq2Seq
    from assistant.replies.translator import Translator
    from assistant.training.export import export_network, load_weights

    checkpoint = find_checkpoint("translate")
    examples = [line.examples[0] for line in read_corpus(pairs, "translate", 1)]
    with tempfile.TemporaryDirectory() as folder:
        network = Seq2Seq(checkpoint.settings.network, len(checkpoint.pieces))
        load_weights(network, checkpoint.path)
        export_network(network, Path(folder))
        for bits, path in ((8, checkpoint.path), (32, Path(folder))):
            translator = Translator(checkpoint, beam=5, network=OnnxNetwork(path))
            answers = [translator.translate(example.source).text for example in examples]
            scores = translation_scores(answers, [example.target for example in examples])
            print(f"{bits:>2} bits: BLEU {scores['bleu']}  chrF {scores['chrf']}  ({len(examples)} pairs)")


def _medians(tasks: dict[str, Callable[[], object]]) -> dict[str, float]:
    for task in tasks.values():
        task()
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(_RUNS):
        for name, task in tasks.items():
            started = time.perf_counter()
            task()
            taken[name].append(time.perf_counter() - started)
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)


def _machine() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    name = names[0] if names else platform.processor()
    return f"{name}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


if __name__ == "__main__":
    main()
