"""What each process learns: its part of each batch, and all of the plan together."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from assistant.corpora.encode import EncodedCorpus
from assistant.settings import Settings
from assistant.training import trainer as trainer_module
from assistant.training.processes import Processes
from assistant.training.trainer import Trainer


@pytest.mark.parametrize("count", [1, 2, 3])
def test_however_many_share_a_run_it_takes_the_same_steps(
    settings: Settings, corpus: EncodedCorpus, tmp_path: Path, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trainer_module, "Learner", _no_learner)
    shares = []
    for rank in range(count):
        trainer = Trainer(
            settings, corpus, torch.device("cpu"), tmp_path / "state", lambda _: None, Processes(rank, count)
        )
        sources = [row for batch in trainer._rest_of_epoch() for row in map(tuple, batch.source.tolist())]
        shares.append((len(list(trainer._rest_of_epoch())), sources))
        plan = trainer._plan(0)
    assert {steps for steps, _ in shares} == {len(plan)}
    learnt = [source for _, sources in shares for source in sources]
    expected = [
        tuple(corpus.train.sources[i].tolist())
        for indices in plan
        for i in indices
        for _ in range(1 if len(indices) >= count else count)  # too few to share are learnt by all
    ]
    assert sorted(learnt) == sorted(expected)


class _no_learner:  # noqa: N801
    def __init__(self, *_: object, **__: object) -> None:
        self.network = torch.nn.Identity()
