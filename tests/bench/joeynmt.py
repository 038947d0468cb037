"""Training speed beside JoeyNMT 2.3: `python -m tests.bench.joeynmt PAIRS.tsv [ENVIRONMENT]`.

Both learn the same pieces of the same pairs on the same threads, one after the other, three times:
LSTM, embeddings of 256, hidden 512 (each direction of the encoder 256), Luong attention, label
smoothing, batches of 2,500 target pieces, Adam. JoeyNMT ties source and target embeddings; it can
tie the softmax only where embeddings are as large as the state, so its softmax reads 512 numbers
where ours reads 256; it has one decoder layer with input feeding where we have two without.

Ours runs twice: as one process on all threads, and as `torchrun` starts it, a process a core.

JoeyNMT is installed from PyPI into an environment of its own, kept in ENVIRONMENT if one is named.
Counted are the target pieces (without padding) of the steps after the first few, by the clock and by
the processor's seconds, which a busy neighbour changes less.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from assistant.corpora.encode import EncodedCorpus, encode_corpora
from assistant.corpora.pairs import EncodedPairs
from assistant.settings import Settings, settings_for
from assistant.text.pieces import Pieces
from tests.bench.__main__ import _machine
from tests.bench.environment import python_with

THEM = "JoeyNMT 2.3"
_TIMES = 3
_STEPS, _WARM = 40, 5
REQUIREMENTS = ["joeynmt==2.3", "sentencepiece<0.2.1", "importlib_metadata", "torch==2.13.*"]
_SPECIAL = {"<unk>", "<pad>", "<s>", "</s>"}

# What each side runs: its own training step, timed from outside. A line a step: pieces, clock, processor.
_THEIRS = """
import sys, time, torch
import joeynmt.training as training
torch.set_num_threads(int(sys.argv[2]))
step, last = training.TrainManager._train_step, [None]
def timed(self, batch):
    now = (time.perf_counter(), time.process_time())
    if last[0] is not None:
        pieces, then = last[0]
        print("STEP", pieces, now[0] - then[0], now[1] - then[1], flush=True)
    last[0] = (int(batch.ntokens), now)
    return step(self, batch)
training.TrainManager._train_step = timed
sys.argv = ["joeynmt", "train", sys.argv[1], "-t"]
from joeynmt.__main__ import main
main()
"""
_OURS = """
import sys, time, torch
from pathlib import Path
from assistant.corpora.encode import EncodedCorpus
from assistant.settings import settings_for
from assistant.text.pieces import Pieces
from assistant.training.batches import batches, plan_batches
from assistant.training.learner import Learner
from assistant.training.processes import joined
corpus, device = EncodedCorpus.open(Path(sys.argv[1])), torch.device("cpu")
settings = settings_for("translate", "base")
with joined() as processes:
    count = processes.count
    torch.set_num_threads(int(sys.argv[2]) // count)
    learner = Learner(settings, len(Pieces(corpus.pieces_model)), device, shared=count > 1)
    learner.network.train()
    plan = plan_batches(corpus.train, settings.training.batch_tokens, seed=1)[: int(sys.argv[3]) + 1]
    then = None
    for batch in batches(corpus.train, list(map(processes.share, plan)), device):
        now = (time.perf_counter(), time.process_time())
        if then and processes.first:
            print("STEP", count * pieces, now[0] - then[0], count * (now[1] - then[1]), flush=True)
        pieces, then = batch.tokens, now
        learner.step(batch, 2e-3)
"""


def main() -> None:
    """Prepare, run in turn, and print the table."""
    print(_machine())
    threads = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = Path(sys.argv[2]) if len(sys.argv) > 2 else folder / "environment"
        python = python_with(environment, "joeynmt", REQUIREMENTS)
        corpus = encode_corpora(
            [Path(sys.argv[1])], settings_for("translate", "base"), _made(folder / "corpus")
        )
        config = prepare(
            corpus, settings_for("translate", "base"), _made(folder / "joeynmt"), 30_000, _STEPS + 1
        )
        script = folder / "ours.py"
        script.write_text(_OURS, "utf-8")
        ours = [str(script), str(folder / "corpus"), str(threads), str(_STEPS)]
        torchrun = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", str(threads)]
        runs = {
            THEM: [str(python), "-c", _THEIRS, str(config), str(threads)],
            "assistant": [sys.executable, *ours],
            "a process a core": [sys.executable, *torchrun, *ours],
        }
        rates: dict[str, list[tuple[float, float]]] = {name: [] for name in runs}
        print(f"{threads} threads, {_STEPS} steps, target pieces a second: by the clock, of one core")
        for _ in range(_TIMES):
            for system, command in runs.items():
                rates[system].append(_rates(command))
                print(f"{system:<16} {rates[system][-1][0]:8.0f} {rates[system][-1][1]:8.0f}", flush=True)
    _table(rates)


def _table(rates: dict[str, list[tuple[float, float]]]) -> None:
    medians = {
        system: [statistics.median(rate[i] for rate in runs) for i in (0, 1)]
        for system, runs in rates.items()
    }
    theirs = medians.pop(THEM)
    for system, ours in medians.items():
        for i, kind in enumerate(("by the clock", "of one core")):
            times = ours[i] / theirs[i]
            print(f"{system}, median {kind}: {ours[i]:.0f} against {theirs[i]:.0f}: {times:.2f} times")


def _rates(command: list[str]) -> tuple[float, float]:
    # Our script lies in another folder than the checkout it is to measure.
    changed = {"PYTHONPATH": os.getcwd(), "OMP_WAIT_POLICY": "PASSIVE", "CUDA_VISIBLE_DEVICES": ""}
    ended = subprocess.run(command, capture_output=True, text=True, env=os.environ | changed)
    steps = [line.split()[1:] for line in ended.stdout.splitlines() if line.startswith("STEP")][_WARM:]
    if ended.returncode or not steps:
        sys.exit(f"{command[0]} failed:\n{ended.stderr[-3000:]}")
    pieces, clock, processor = (sum(float(step[i]) for step in steps) for i in range(3))
    return pieces / clock, pieces / processor


def prepare(corpus: EncodedCorpus, settings: Settings, folder: Path, most: int, steps: int) -> Path:
    """Write pairs as words that are our pieces, and a configuration of JoeyNMT.

    Args:
        corpus: The pairs.
        settings: What JoeyNMT's network and its training are to be like.
        folder: Where to write; empty.
        most: Pairs to train on.
        steps: Of training, after which it ends.

    Returns:
        The configuration file.
    """
    pieces = Pieces(corpus.pieces_model)
    surfaces = pieces.surfaces(range(len(pieces)))
    (folder / "pieces.txt").write_text("\n".join(s for s in surfaces if s not in _SPECIAL) + "\n", "utf-8")
    _write(folder / "train", corpus.train, surfaces, most)
    _write(folder / "dev", corpus.held_out, surfaces, 20)
    config = folder / "config.yaml"
    config.write_text(json.dumps(_configuration(folder, settings, steps)), "utf-8")  # JSON is YAML
    return config


def _write(path: Path, pairs: EncodedPairs, surfaces: list[str], most: int) -> None:
    stride = -(-len(pairs) // most)
    for side, sequences in (("es", pairs.sources), ("en", pairs.targets)):
        lines = (" ".join(surfaces[i] for i in sequences[at]) for at in range(0, len(pairs), stride))
        path.with_suffix(f".{side}").write_text("\n".join(lines) + "\n", "utf-8")


def _configuration(folder: Path, settings: Settings, steps: int) -> dict[str, object]:
    network, training = settings.network, settings.training
    side = {"level": "word", "voc_file": str(folder / "pieces.txt"), "max_length": 100, "lowercase": False}
    embeddings = {"embedding_dim": network.embedding, "scale": True}
    recurrent = {"type": "recurrent", "rnn_type": network.cell, "dropout": network.dropout, "num_layers": 1}
    return {
        "name": "bench", "joeynmt_version": "2.3.0", "model_dir": str(folder / "model"),
        "use_cuda": False, "fp16": False, "random_seed": 1,
        "data": {
            "train": str(folder / "train"), "dev": str(folder / "dev"), "dataset_type": "plain",
            "src": {"lang": "es", **side}, "trg": {"lang": "en", **side},
        },
        "testing": {
            "beam_size": 5, "beam_alpha": 1, "batch_size": 20, "eval_metrics": ["bleu"],
            "max_output_length": 100,
        },
        "training": {
            "optimizer": "adam", "adam_betas": [0.9, 0.98], "learning_rate": training.learning_rate,
            "learning_rate_min": 0.0, "clip_grad_norm": training.clip, "loss": "crossentropy",
            "label_smoothing": training.label_smoothing, "normalization": "tokens", "batch_type": "token",
            "batch_size": training.batch_tokens, "scheduling": "exponential", "decrease_factor": 1.0,
            "epochs": 1000, "updates": steps, "validation_freq": 10**6, "logging_freq": 1000,
            "early_stopping_metric": "loss", "print_valid_sents": [], "overwrite": True,
        },
        "model": {
            "initializer": "xavier_uniform", "tied_embeddings": True, "tied_softmax": False,
            "encoder": {
                **recurrent, "embeddings": embeddings, "bidirectional": True,
                "hidden_size": network.hidden // 2,
            },
            "decoder": {
                **recurrent, "embeddings": embeddings, "hidden_size": network.hidden,
                "hidden_dropout": network.dropout, "input_feeding": True, "init_hidden": "bridge",
                "attention": network.attention,
            },
        },
    }  # fmt: skip


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


if __name__ == "__main__":
    main()
