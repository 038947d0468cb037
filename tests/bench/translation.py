"""Our translator beside Apertium: `python -m tests.bench.translation PAIRS... [--most N] [--bare]`.

Both translate the same lines in one run, each file as a whole; with `--bare` without the accents,
capitals and marks of the Spanish. Where `apertium` is missing it is installed with apt if that is
allowed, and left out if not.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.checkpoint import Checkpoint, find_checkpoint
from assistant.corpora.readers import read_corpus
from assistant.evaluation.invented import invention_scores
from assistant.evaluation.translation import translation_scores
from assistant.replies.translator import Translator
from assistant.text.accents import without_accents
from assistant.text.lexicon import Lexicon

_PACKAGES = ("apertium", "apertium-eng-spa")
_MARKS = re.compile(r"(?<!\d)[.,;:](?!\d)|[¿¡!?…«»“”\"]|\.(?=$|\s)")
_Translate = Callable[[Sequence[str]], list[str]]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("pairs", type=Path, nargs="+")
    parser.add_argument("--model")
    parser.add_argument("--most", type=int, default=2000)
    parser.add_argument("--bare", action="store_true")
    given = parser.parse_args()
    checkpoint = find_checkpoint("translate", given.model)
    systems = _systems(checkpoint)
    lexicon = checkpoint.lexicon or Lexicon.of({}, [])
    print("| set | system | BLEU | chrF | invented | sentences/s |\n|---|---|---|---|---|---|")
    for path in given.pairs:
        pairs = _pairs(path)[: given.most]
        sources, references = [source for source, _ in pairs], [target for _, target in pairs]
        if given.bare:
            sources = [bare(source) for source in sources]
        for name, translate in systems.items():
            translate(sources[:1])  # loads what is loaded once
            started = time.perf_counter()
            answers = translate(sources)
            seconds = time.perf_counter() - started
            scores = translation_scores(answers, references)
            invented = invention_scores(answers, sources, references, lexicon)["invented"]
            print(
                f"| {path.name.split('.')[0]} | {name} | {scores['bleu']:.1f} | {scores['chrf']:.1f} |"
                f" {invented:.1%} | {len(sources) / seconds:.0f} |",
                flush=True,
            )


def bare(sentence: str) -> str:
    """Return a sentence without accents, capitals and marks; ñ becomes n.

    Args:
        sentence: Any text.
    """
    return " ".join(_MARKS.sub(" ", without_accents(sentence.lower())).split())


def _systems(checkpoint: Checkpoint) -> dict[str, _Translate]:
    beam = checkpoint.settings.decoding.beam
    systems: dict[str, _Translate] = {
        f"assistant, beam {beam}": _ours(Translator(checkpoint)),
        "assistant, greedy": _ours(Translator(checkpoint, beam=1)),
    }
    if _has_apertium():
        systems["Apertium"] = _apertium
    return systems


def _ours(translator: Translator) -> _Translate:
    return lambda sources: [result.text for result in translator.translate_all(sources)]


def _apertium(sources: Sequence[str]) -> list[str]:
    ended = subprocess.run(
        ["apertium", "-u", "spa-eng"],
        input="\n".join(sources) + "\n",
        capture_output=True,
        text=True,
        check=True,
    )
    return ended.stdout.split("\n")[: len(sources)]


def _has_apertium() -> bool:
    if not shutil.which("apertium") and shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(
            ["apt-get", "install", "-y", "--no-install-recommends", *_PACKAGES], capture_output=True
        )
    found = shutil.which("apertium") is not None
    if not found:
        print(f"Apertium left out: install {' and '.join(_PACKAGES)}\n")
    return found


def _pairs(path: Path) -> list[tuple[str, str]]:
    lines = read_corpus(path, "translate", 1)
    return [(example.source, example.target) for line in lines for example in line.examples]


if __name__ == "__main__":
    main()
