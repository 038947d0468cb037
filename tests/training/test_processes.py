"""Two processes on one machine, as `torchrun` starts them: shares, one writer, killed and resumed."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from assistant.training.processes import Processes
from tests.training.conftest import reversed_digits

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    file = tmp_path / "digits.tsv"
    file.write_text("".join(f"{a}\t{b}\n" for a, b in reversed_digits(300, seed=4)))
    return file


@pytest.mark.parametrize("count", [2, 3, 7])
def test_a_batch_is_shared_without_overlap(count: int) -> None:
    batch = np.arange(100, 120)
    shares = [Processes(rank, count).share(batch) for rank in range(count)]
    assert sorted(np.concatenate(shares)) == list(batch)
    assert max(map(len, shares)) - min(map(len, shares)) <= 1


def test_every_process_has_something_to_learn() -> None:
    batch = np.array([5])
    assert [Processes(rank, 2).share(batch).tolist() for rank in range(2)] == [[5], [5]]


def _start(*more: str) -> subprocess.Popen[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "torch.distributed.run", "--nproc-per-node", "2",
        "--master-addr", "127.0.0.1", "--master-port", str(port),
        "-m", "assistant", "train", "--task", "translate", "--json", *more,
    ]  # fmt: skip
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _children(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def test_two_processes_share_a_run_that_is_killed_and_resumed(data: Path, home: Path) -> None:
    workspace = home / "checkpoints" / ".translate.training"
    with _start("--data", str(data), "--max-epochs", "400") as broken:
        deadline = time.monotonic() + 120
        while not (workspace / "state.safetensors").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        for process in _children(broken.pid):
            os.kill(process, signal.SIGKILL)
        broken.communicate(timeout=100)
    assert broken.returncode != 0
    assert (workspace / "state.safetensors").exists()
    with _start("--resume", "--max-epochs", "4") as resumed:
        out, said = resumed.communicate(timeout=200)
    assert resumed.returncode == 0, said
    assert said.count("training on cpu with 2 processes") == 1  # one of the two talks
    events = [json.loads(line) for line in out.splitlines()]
    assert events[-1]["event"] == "end"
    kept = [
        json.loads(line) for line in (home / "checkpoints/translate/metrics.jsonl").read_text().splitlines()
    ]
    evaluations = [event["epoch"] for event in kept if event["event"] == "evaluation"]
    assert evaluations == sorted(set(evaluations)) and evaluations[0] == 1
    assert not workspace.exists()
