"""Readers of scripted small talk: many ways to say a thing, and what to answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from assistant.corpora.native.files import lines, matching, only, read_yaml, unexpected
from assistant.text.normalise import normalise

_Talks = Iterator[tuple[str, dict[str, Any]]]
_ENTITY = re.compile(r"\[([^\]]+)\]\([^)]*\)")


def qna(folder: Path, options: Mapping[str, Any]) -> _Talks:
    """Read the chit-chat of Microsoft's QnA Maker: `.qna` or, as it was before, `.tsv` files.

    The part of a talk is named after the voice that answers, such as `witty`. Its topic is the first
    of the questions that share the answer, by which `corpora.lent` finds what we say to them.
    """
    for path in matching(folder, options["file"]):
        voice = path.stem.rpartition("_")[2].lower()
        for topic, question, answer in _qna_table(path) if path.suffix == ".tsv" else _qna_markdown(path):
            talk = {"turns": [question, answer], "topic": normalise(topic), "persona": voice}
            yield f"qna-chitchat-en-{voice}", talk


def _qna_markdown(path: Path) -> Iterator[tuple[str, str, str]]:
    questions: list[str] = []
    answer: list[str] | None = None
    for number, line in lines(path):
        if answer is not None and line.startswith("```"):
            if not questions:
                raise unexpected(path, number)
            yield from ((questions[0], question, " ".join(answer).strip()) for question in questions)
            questions, answer = [], None
        elif answer is not None:
            answer.append(line)
        elif line.startswith("# ? "):
            questions = [line[4:].strip()]
        elif line.startswith("- ") and questions and "=" not in line:
            questions.append(line[2:].strip())
        elif line.startswith("```"):
            answer = []


def _qna_table(path: Path) -> Iterator[tuple[str, str, str]]:
    topics: dict[str, str] = {}  # of an answer
    for number, line in lines(path):
        cells = line.split("\t")
        if len(cells) < 2:
            raise unexpected(path, number)
        if number > 1:
            yield topics.setdefault(cells[1], cells[0]), cells[0], cells[1]


def rasa(folder: Path, options: Mapping[str, Any]) -> _Talks:
    """Read a Rasa bot: the examples of an intent in Markdown, its answers in the domain's YAML.

    The topic of a talk is the intent.

    Args:
        folder: `domain.yml` and the Markdown.
        options: `part`: the name of the part.
    """
    domain = read_yaml(only(folder, "domain.yml"))
    answers = domain.get("templates") or domain.get("responses")
    if not isinstance(answers, dict):
        raise unexpected(only(folder, "domain.yml"))
    intent, replies = "", list[str]()
    for path in matching(folder, "*.md"):
        for _, line in lines(path):
            if line.startswith("##"):
                intent = line.removeprefix("##").strip().removeprefix("intent:").strip()
                found = answers.get(f"utter_{intent}") or ()
                replies = [answer["text"] for answer in found if "text" in answer]
            elif line.lstrip().startswith(("- ", "* ")):
                prompt = _ENTITY.sub(r"\1", line.lstrip()[2:]).strip()
                for reply in replies:
                    if "{" not in reply:
                        yield options["part"], {"turns": [prompt, reply], "topic": intent}


def chatterbot(folder: Path, options: Mapping[str, Any]) -> _Talks:
    """Read ChatterBot's corpus: YAML, of each list the first is asked and the others are answers.

    The part of a talk is its subject, the name of its file.
    """
    for path in matching(folder, "*.yml"):
        talks = read_yaml(path).get("conversations")
        if not isinstance(talks, list):
            raise unexpected(path)
        for talk in talks:
            texts = [str(text).strip() for text in talk] if isinstance(talk, list) else []
            yield from ((path.stem, {"turns": [texts[0], text]}) for text in texts[1:] if text)
