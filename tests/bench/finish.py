"""What a translator gets after training: a lexicon, and confidences that mean what they say.

    python -m tests.bench.finish CHECKPOINT [--dictionary FILES...] [--train PAIRS...] [--said PAIRS...]
        [--dev PAIRS...]

What words are by themselves is read from `--dictionary`. The lexicon, with what the dictionary says of
rare words, and the table of accents are made from the files it was trained on (`--train`), and how
sentences end is learnt from those of them that hold what people say (`--said`). The calibration is
fitted on half of the dev pairs and kept in scores.json; the reliability table, of the other half, goes
into scores.json and into the card. What is not given stays.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.checkpoint import ACCENTS, CARD, DICTIONARY, LEXICON, PUNCTUATION, SCORES, read_checkpoint
from assistant.corpora.accents import build_accents
from assistant.corpora.dictionary import read_dictionary
from assistant.corpora.lexicon import build_lexicon
from assistant.corpora.readers import read_corpus
from assistant.evaluation.calibration import (
    Bin,
    calibration_error,
    fit_logistic,
    reliability,
    sentence_is_right,
    words_are_right,
)
from assistant.replies.alignment import Attended
from assistant.replies.certainty import logistic, sentence_features, word_features
from assistant.replies.translator import Translator
from assistant.training.punctuation import build_punctuation

_MOST = 1500  # pairs of each file
_Rows = list[tuple[list[float], bool]]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--dev", type=Path, nargs="*", default=[])
    parser.add_argument("--train", type=Path, nargs="*", default=[])
    parser.add_argument("--said", type=Path, nargs="*", default=[])
    parser.add_argument("--most", type=int, default=_MOST)
    parser.add_argument("--dictionary", type=Path, nargs="*", default=[])
    given = parser.parse_args()
    if given.dictionary:
        read_dictionary(given.dictionary).save(given.checkpoint / DICTIONARY)
    if given.train:
        pairs = [pair for path in given.train for pair in _pairs(path)]
        dictionary = read_checkpoint(given.checkpoint).dictionary
        build_lexicon(pairs, dictionary).save(given.checkpoint / LEXICON)
        build_accents(source for source, _ in pairs).save(given.checkpoint / ACCENTS)
    if given.said:
        said = (source for path in given.said for source, _ in _pairs(path))
        build_punctuation(said).save(given.checkpoint / PUNCTUATION)
    if given.dev:
        _calibrate(given.checkpoint, given.dev, given.most)


def _calibrate(checkpoint: Path, dev: Sequence[Path], most: int) -> None:
    scores = read_checkpoint(checkpoint).scores
    scores.pop("calibration", None)
    _write(checkpoint, scores)
    examples = [e for path in dev for e in _translated(checkpoint, path, most)]
    fitted, tables = _calibrated(examples)
    tables["sets"] = [path.name.split(".")[0] for path in dev]
    _write(checkpoint, {**scores, "calibration": {**fitted, "reliability": tables}})
    card = checkpoint / CARD
    card.write_text(_with_section(card.read_text("utf-8"), _section(tables)), "utf-8")
    print(_section(tables))


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    for line in read_corpus(path, "translate", 1):
        for example in line.examples:
            yield example.source, example.target


def _translated(checkpoint: Path, path: Path, most: int) -> list[tuple[str, str, Attended]]:
    """Return text, reference and words of the pairs that are one sentence each."""
    pairs = list(_pairs(path))
    pairs = pairs[:: max(1, len(pairs) // most)][:most]
    results = Translator(read_checkpoint(checkpoint)).translate_all([source for source, _ in pairs])
    return [
        (result.text, reference, result.attention[0])
        for result, (_, reference) in zip(results, pairs, strict=True)
        if len(result.attention) == 1 and result.attention[0].target
    ]


def _calibrated(examples: Sequence[tuple[str, str, Attended]]) -> tuple[dict[str, Any], dict[str, Any]]:
    sentences = [(sentence_features(seen), sentence_is_right(text, ref)) for text, ref, seen in examples]
    words = [_word_rows(seen, reference) for _, reference, seen in examples]
    fitted: dict[str, Any] = {}
    tables: dict[str, Any] = {}
    for name, fit, test in (
        ("sentence", sentences[::2], sentences[1::2]),
        ("word", _flat(words[::2]), _flat(words[1::2])),
    ):
        fitted[name] = fit_logistic([x for x, _ in fit], [y for _, y in fit])
        sure = [logistic(fitted[name], x) for x, _ in test]
        table = reliability(sure, [y for _, y in test])
        tables[name] = [vars(row) for row in table]
        tables[f"{name}_error"] = round(calibration_error(table), 4)
        assert sum(row.count for row in table) == len(test)
    return fitted, tables


def _word_rows(seen: Attended, reference: str) -> _Rows:
    spoken = [i for i, word in enumerate(seen.target) if any(c.isalpha() for c in word.text)]
    right = words_are_right([seen.target[i].text for i in spoken], reference)
    return [(word_features(seen, i), hit) for i, hit in zip(spoken, right, strict=True)]


def _flat(rows: Sequence[_Rows]) -> _Rows:
    return [row for some in rows for row in some]


def _write(checkpoint: Path, scores: dict[str, Any]) -> None:
    (checkpoint / SCORES).write_text(json.dumps(scores, indent=1) + "\n", "utf-8")


def _section(tables: dict[str, Any]) -> str:
    lines = [
        "## Confidence",
        "",
        f"Fitted on half of {', '.join(tables['sets'])}, counted on the other half. A sentence counts as",
        "right from a chrF of 60 against its one reference on, a word when the reference has it too, so",
        "another good word counts as wrong.",
        "",
    ]
    for name in ("sentence", "word"):
        lines += [f"| {name}s it is so sure of | count | mean confidence | right |", "|---|---|---|---|"]
        for row in (Bin(**row) for row in tables[name]):
            bounds = f"{row.least:.0%} to {row.least + 0.2:.0%}"
            lines.append(f"| {bounds} | {row.count:,} | {row.confidence:.0%} | {row.right:.0%} |")
        lines += ["", f"Mean distance of confidence and truth: {tables[f'{name}_error']:.1%}.", ""]
    return "\n".join(lines)


def _with_section(card: str, section: str) -> str:
    without = re.sub(r"## Confidence\n.*?(?=\n## |\Z)", "", card, flags=re.DOTALL)
    return f"{without.rstrip()}\n\n{section}"


if __name__ == "__main__":
    main()
