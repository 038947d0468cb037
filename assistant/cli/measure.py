"""Measuring a checkpoint: its answers to a corpus, and what they are worth."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from assistant.errors import CorpusError

if TYPE_CHECKING:
    from assistant.checkpoint import Checkpoint
    from assistant.evaluation.actions import Accepted
    from assistant.evaluation.ratios import Ratio
    from assistant.replies.reply import Reply
    from assistant.settings import Settings
    from assistant.text.marks import Action


class _Timed(Protocol):
    @property
    def milliseconds(self) -> float: ...


_Source = TypeVar("_Source")
_Result = TypeVar("_Result", bound=_Timed)


@dataclass(frozen=True)
class Measured:
    """What a checkpoint scored.

    Attributes:
        scores: All there is to show, by name.
        ratios: The scores that add up over the examples, for a test of two checkpoints.
        answers: The translations, where it translates.
        references: The references of these.
    """

    scores: dict[str, Any]
    ratios: dict[str, Ratio] = field(default_factory=dict)
    answers: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Judged:
    """An example, and what counts as right where it is a message.

    Attributes:
        source: The marked source.
        target: The marked target; empty where others are as right.
        accepted: What the message may be taken for; None where it is a sentence to translate.
        topic: The scenario that the message belongs to; empty where there is none; `USER` for talk of
            people among themselves.
    """

    source: str
    target: str
    accepted: Accepted | None = None
    topic: str = ""


def read_examples(data: Path, checkpoint: Checkpoint) -> list[Judged]:
    """Return the examples of a corpus that can be measured on.

    Args:
        data: A file, a folder, or a name of the catalogue.
        checkpoint: Its task and its settings say how the corpus is read.

    Raises:
        CorpusError: It cannot be read, or holds nothing to measure on.
    """
    from assistant.corpora.catalogue import corpus_path
    from assistant.corpora.commands import mapping_for
    from assistant.corpora.readers import corpus_files

    chat = checkpoint.settings.task == "chat"
    examples: list[Judged] = []
    for file in corpus_files(corpus_path(data)):
        read = _commands(file) if chat and mapping_for(file) else _pairs(file, checkpoint.settings)
        examples += read
    if not examples:
        raise CorpusError("nothing to measure on", data)
    return examples


def _pairs(file: Path, settings: Settings) -> Iterator[Judged]:
    from assistant.corpora.readers import read_corpus
    from assistant.evaluation.actions import accepted_of
    from assistant.text.marks import USER

    for line in read_corpus(file, settings.task, settings.corpus.context_turns):
        for example in line.examples:
            if example.source and example.target:
                accepted = accepted_of(example.target) if settings.task == "chat" else None
                # The topic of a longer talk says little of its first reply.
                topic = example.topic if len(line.examples) == 1 or example.topic == USER else ""
                yield Judged(example.source, example.target, accepted, topic)


def _commands(file: Path) -> Iterator[Judged]:
    from assistant.corpora.readers import read_commands
    from assistant.evaluation.actions import Accepted

    for command in read_commands(file):
        if command.accepts is not None:
            meaning = command.meaning if command.meaning and command.meaning.name in command.accepts else None
            yield Judged(command.source, "", Accepted(command.accepts, meaning, command.annotated))


def measure_translation(
    checkpoint: Checkpoint, examples: Sequence[Judged], beam: int | None, worst: int
) -> Measured:
    """Translate the sources and score the translations.

    Args:
        checkpoint: Made for translation.
        examples: Sources and references.
        beam: Hypotheses kept alive; None takes the checkpoint's own number.
        worst: How many of the worst translations to show.
    """
    from assistant.evaluation.ratios import mean
    from assistant.evaluation.translation import (
        scores_by_length,
        signatures,
        translation_scores,
        worst_translations,
    )
    from assistant.replies.translator import Translator

    sources = [example.source for example in examples]
    references = [example.target for example in examples]
    results = _each(Translator(checkpoint, beam).translate, sources)
    answers = [result.text for result in results]
    exact = mean([float(a == r) for a, r in zip(answers, references, strict=True)])
    signed = {f"{name}_signature": signature for name, signature in signatures().items()}
    scores = {
        **_heading(checkpoint, beam, len(examples)),
        **translation_scores(answers, references),
        **_timing(results),
        **signed,
        "by_length": scores_by_length(sources, answers, references),
        "worst": worst_translations(sources, answers, references, worst),
    }
    return Measured(scores, {"exact": exact}, answers, references)


def measure_chat(
    checkpoint: Checkpoint, examples: Sequence[Judged], beam: int | None, worst: int
) -> Measured:
    """Answer the prompts and score the replies, and what was understood where actions are asked for.

    Args:
        checkpoint: Made for chat.
        examples: Marked sources and targets.
        beam: Hypotheses kept alive; None takes the checkpoint's own number.
        worst: How many of what was misunderstood to show.
    """
    from assistant.evaluation.actions import SAYS, Accepted, action_scores
    from assistant.replies.responder import Responder
    from assistant.text.marks import SAY, unmark

    replies = _each(Responder(checkpoint, beam).reply, [unmark(example.source) for example in examples])
    talk = [i for i, example in enumerate(examples) if example.target.startswith(SAY)]
    scores = _heading(checkpoint, beam, len(examples))
    ratios: dict[str, Ratio] = {}
    if talk:
        said, ratios = _talk_scores(checkpoint, [examples[i] for i in talk], [replies[i].text for i in talk])
        scores |= said
    scores |= _timing(replies)
    if len(talk) < len(examples):
        accepted = [example.accepted or Accepted(frozenset([SAYS])) for example in examples]
        understood = list(map(_understood, replies))
        found = action_scores(understood, accepted)
        ratios |= {f"actions.{name}": ratio for name, ratio in found.items()}
        scores["actions"] = {name: _rounded(ratio.value) for name, ratio in found.items()}
        scores["confused"] = _confused(understood, accepted, worst)
        scores["misunderstood"] = _misunderstood(examples, understood, accepted, worst)
    return Measured(scores, ratios)


def answer_to(checkpoint: Checkpoint, text: str) -> tuple[str, str]:
    """Return the marked source of a text and the marked target that the checkpoint answers with.

    Args:
        checkpoint: Of any task.
        text: What somebody says, or Spanish.
    """
    from assistant.text.marks import UNSUPPORTED, escape, mark_action, mark_reply, mark_topic, mark_turns
    from assistant.text.normalise import normalise

    if checkpoint.settings.task == "translate":
        from assistant.replies.translator import Translator

        return escape(normalise(text)), escape(Translator(checkpoint).translate(text).text)
    from assistant.replies.responder import Responder

    reply = Responder(checkpoint).reply([text])
    source = mark_turns([normalise(text)])
    said = mark_reply(reply.text)
    if reply.action:
        return source, mark_action(reply.action)
    if reply.origin == "unsupported":
        return source, UNSUPPORTED
    return source, mark_topic(said, "") if checkpoint.settings.corpus.topics else said


def compare(first: Measured, second: Measured) -> dict[str, dict[str, float | None]]:
    """Test where two checkpoints differ on the same examples, by a paired bootstrap.

    Args:
        first: What one scored.
        second: What the other scored.

    Returns:
        By score, those of `first` and of `second`, their `difference`, and `p`, the probability of
        one so large by chance alone.
    """
    from assistant.evaluation.ratios import bootstrap_p

    compared: dict[str, dict[str, float | None]] = {}
    if first.answers:
        from assistant.evaluation.translation import compare_translations

        found = compare_translations(first.answers, second.answers, first.references)
        for name, p in found.items():
            compared[name] = _compared(first.scores[name], second.scores[name], p)
    for name, ratio in first.ratios.items():
        other = second.ratios[name]
        compared[name] = _compared(_rounded(ratio.value), _rounded(other.value), bootstrap_p(ratio, other))
    return compared


def _compared(first: float | None, second: float | None, p: float | None) -> dict[str, float | None]:
    difference = None if first is None or second is None else round(first - second, 4)
    return {"first": first, "second": second, "difference": difference, "p": p}


def _talk_scores(
    checkpoint: Checkpoint, examples: Sequence[Judged], answers: Sequence[str]
) -> tuple[dict[str, Any], dict[str, Ratio]]:
    from assistant.evaluation.dialogue import dialogue_scores, overlaps
    from assistant.evaluation.ratios import mean
    from assistant.evaluation.scenarios import generic, repeated, scenario_accuracy
    from assistant.text.marks import USER, unmark

    subjects = ["" if example.topic == USER else example.topic for example in examples]
    references = [" ".join(unmark(example.target)) for example in examples]
    perplexity = _perplexity(checkpoint, examples, references)
    scores: dict[str, Any] = {
        "perplexity": _rounded(perplexity.value, 2),
        **dialogue_scores(answers, references),
    }
    ratios = {"perplexity": perplexity, "f1": mean(overlaps(answers, references))}
    further = {
        "scenarios": scenario_accuracy(subjects, answers, allowed_replies(examples)),
        "generic": generic(
            answers, [topic or each.source for topic, each in zip(subjects, examples, strict=True)]
        ),
        "repeated": repeated(answers),
    }
    for name, ratio in further.items():
        if ratio.value is not None:
            scores[name], ratios[name] = _rounded(ratio.value), ratio
    return scores, ratios


def allowed_replies(examples: Sequence[Judged]) -> dict[str, list[list[str]]]:
    """Return the replies of each topic: those of the corpus, and those written for this project.

    Args:
        examples: Of the corpus.
    """
    from assistant import locations
    from assistant.corpora.readers import corpus_files, read_corpus
    from assistant.corpora.scenarios import scenario
    from assistant.evaluation.scenarios import allowed
    from assistant.replies.lines import all_lines
    from assistant.text.marks import unmark

    files = corpus_files(locations.written_corpus("dialogues"))
    ours = [line.examples[0] for file in files for line in read_corpus(file, "chat", 1)]
    written = [(example.topic, example.target) for example in examples]
    written += [(example.topic, example.target) for example in ours]
    replies = [(topic, unmark(target)[0]) for topic, target in written if topic and unmark(target)]
    for lines in all_lines().values():
        replies += [(scenario(topic), text) for topic in lines.topics for text in lines.texts]
    return allowed(replies)


def _perplexity(checkpoint: Checkpoint, examples: Sequence[Judged], references: Sequence[str]) -> Ratio:
    """Return the perplexity a word of what a person said; the end of a reply counts as a word."""
    from assistant.evaluation.dialogue import words_of
    from assistant.evaluation.ratios import Ratio
    from assistant.inference.forced import force
    from assistant.inference.runtime import OnnxNetwork
    from assistant.text.marks import mark_topic

    network, pieces = OnnxNetwork(checkpoint.path), checkpoint.pieces
    topics = checkpoint.settings.corpus.topics
    targets = [mark_topic(each.target, each.topic) if topics else each.target for each in examples]
    nats = [
        -force(network, pieces.encode(example.source), pieces.encode(target)).log_probability
        for example, target in zip(examples, targets, strict=True)
    ]
    return Ratio(nats, [len(words_of(reference)) + 1 for reference in references], exponential=True)


def _understood(reply: Reply) -> Action:
    from assistant.evaluation.actions import DECLINES, SAYS
    from assistant.text.marks import Action

    return reply.action or Action(DECLINES if reply.origin == "unsupported" else SAYS)


def _confused(
    understood: Sequence[Action], accepted: Sequence[Accepted], most: int
) -> list[dict[str, str | int]]:
    from assistant.evaluation.actions import confusions

    found = confusions(understood, accepted).most_common(most)
    return [{"expected": wanted, "understood": taken, "times": times} for (wanted, taken), times in found]


def _misunderstood(
    examples: Sequence[Judged], understood: Sequence[Action], accepted: Sequence[Accepted], most: int
) -> list[dict[str, str]]:
    from assistant.evaluation.actions import is_right
    from assistant.text.marks import unmark

    wrong = [
        {"text": unmark(example.source)[-1], "expected": _wanted(right), "understood": _shown(taken)}
        for example, taken, right in zip(examples, understood, accepted, strict=True)
        if not is_right(taken, right)
    ]
    return wrong[:most]


def _wanted(accepted: Accepted) -> str:
    return _shown(accepted.meaning) if accepted.meaning else "/".join(sorted(accepted.names))


def _shown(action: Action) -> str:
    given = sorted(action.arguments.items())
    return " | ".join([action.name, *(f"{key} = {value}" for key, value in given)])


def _each(answer: Callable[[_Source], _Result], sources: Sequence[_Source]) -> list[_Result]:
    results = []
    for number, source in enumerate(sources, start=1):
        results.append(answer(source))
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{number}/{len(sources)}{'' if number < len(sources) else chr(10)}")
    return results


def _heading(checkpoint: Checkpoint, beam: int | None, count: int) -> dict[str, Any]:
    beam = beam or checkpoint.settings.decoding.beam
    return {"model": checkpoint.name, "examples": count, "beam": beam}


def _timing(results: Sequence[_Timed]) -> dict[str, float]:
    return {"median_ms": round(median(result.milliseconds for result in results), 1)}


def _rounded(value: float | None, digits: int = 4) -> float | None:
    return None if value is None else round(value, digits)
