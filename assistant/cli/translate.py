"""`assistant translate`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.arriving import arriving_lines, batches
from assistant.cli.noun import noun
from assistant.cli.output import Output
from assistant.cli.streams import json_line, piped, say, sound
from assistant.cli.text_or_command import TEXT, TextOrCommand
from assistant.cli.words import words
from assistant.errors import TextError

if TYPE_CHECKING:
    from assistant.checkpoint import Checkpoint
    from assistant.replies.alignment import Attended
    from assistant.replies.remembering import TranslationMemory
    from assistant.replies.translation import Translation
    from assistant.replies.translator import Translator
    from assistant.text.documents import Passage


app = noun(
    help="Translate Spanish to English; `translate words` lists what was looked up.",
    cls=TextOrCommand,
)
app.command("words")(words)


@app.command(TEXT, hidden=True)
def translate(
    text: Annotated[list[str] | None, typer.Argument(help="Spanish; without it, stdin is read.")] = None,
    input: Annotated[Path | None, typer.Option("-i", "--input", help="Read a file line by line.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to a file.")] = None,
    count: Annotated[int, typer.Option("-n", min=1, max=50, help="Alternatives to give.")] = 1,
    beam: Annotated[int | None, typer.Option(min=1, max=50, help="Hypotheses to keep.")] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a text.")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Read and write JSON lines.")] = False,
    show_attention: Annotated[bool, typer.Option(help="Show what was looked at.")] = False,
    glossary: Annotated[
        Path | None, typer.Option(help="How to translate words: word=word, or keep: words.")
    ] = None,
    min_confidence: Annotated[
        float, typer.Option(min=0, max=1, help="Rather print an empty line than a guess.")
    ] = 0.0,
    column: Annotated[int, typer.Option(min=1, help="Of a .tsv file, what to translate.")] = 1,
    model: Annotated[str | None, typer.Option(help="Name or folder of a checkpoint.")] = None,
    pin: Annotated[
        str | None, typer.Option(metavar="ENGLISH", help='Answer so from now on; "" takes it back.')
    ] = None,
    log: Annotated[bool, typer.Option("--log/--no-log", help="Keep it in the history.")] = True,
) -> None:
    """Translate Spanish to English.

    Of files, .md (code and links stay), .srt and .vtt (times stay) and .tsv (one column) are known.
    With -i and -o a translation that was broken off is taken up where it stopped. What was looked
    up is listed by `assistant translate words`.
    """
    _refuse_misuse(text, input, output, jsonl)
    if pin is not None:
        _pin(text, pin, log)
        return
    checkpoint, translator = _found(model, beam, glossary)
    memory = _memory(checkpoint, glossary) if log else None
    # What is kept of a translation is its words: for anything else it is made anew.
    recall = memory.answer if memory and count == 1 and beam is None and not show_attention else _forgotten
    wanted = _Wanted(count, min_confidence, json or jsonl, jsonl, show_attention)
    job = [str(path and path.resolve()) for path in (input, glossary)]
    job += [checkpoint.made, str(beam), repr(wanted), str(column)]
    with _lines(text, input) as (lines, ready), closing(Output(output, input, job)) as out:
        number = 0
        passages = _passages(lines, input, wanted, column)
        for batch in batches(_behind(passages, out.resumed), ready):
            for passage, results in _translated(translator, recall, batch, wanted.count):
                place = f"line {out.done + 1}"
                judged = [_judged(result, passage, wanted, "" if text else place) for result in results]
                for result in judged:
                    if memory and result.text and not result.text.isspace():
                        memory.keep(result)
                out.write(_rendered(passage, judged, wanted), len(passage.lines))
            number += len(batch)
        if number == 0 and not out.resumed:
            raise TextError("nothing to translate: the input is empty")
        out.finish()


@dataclass(frozen=True)
class _Wanted:
    """What is to be made of each text."""

    count: int
    min_confidence: float
    as_json: bool
    from_json: bool
    attention: bool


def _refuse_misuse(text: list[str] | None, source: Path | None, output: Path | None, jsonl: bool) -> None:
    if text and (source or jsonl):
        raise typer.BadParameter("give a text, or lines to read, not both")
    if (text and not " ".join(text).strip()) or not (text or source or piped()):
        raise typer.BadParameter('nothing to translate: give a text, as in: assistant translate "hola"')
    if source and output and source.exists() and output.exists() and source.samefile(output):
        raise typer.BadParameter("-o would write over the file that -i reads")


def _found(
    model: str | None, beam: int | None, glossary: Path | None
) -> tuple[Checkpoint, Callable[[], Translator]]:
    """Return a checkpoint, and what opens it: for what is remembered the network stays closed."""
    from assistant.checkpoint import find_checkpoint

    words = None
    if glossary:
        from assistant.text.glossary import read_glossary

        words = read_glossary(glossary)
    checkpoint = find_checkpoint("translate", model)

    @cache
    def translator() -> Translator:
        from assistant.replies.translator import Translator

        return Translator(checkpoint, beam, glossary=words)

    return checkpoint, translator


def _memory(checkpoint: Checkpoint, glossary: Path | None) -> TranslationMemory:
    from assistant.replies.remembering import TranslationMemory
    from assistant.store.database import open_database
    from assistant.store.translations import Translations

    # What a glossary changed is remembered for that glossary alone.
    variant = f" with {glossary.resolve()} of {glossary.stat().st_mtime_ns}" if glossary else ""
    return TranslationMemory(Translations(open_database()), checkpoint, variant)


def _pin(text: list[str] | None, english: str, log: bool) -> None:
    if not text or not log:
        raise typer.BadParameter("--pin needs a text, and the history that --no-log leaves out")
    from assistant.replies.remembering import pin
    from assistant.store.database import open_database
    from assistant.store.translations import Translations

    english = sound(english, "the English").strip()
    pin(Translations(open_database()), sound(" ".join(text), "the text"), english)
    say("pinned" if english else "no longer pinned")


@contextmanager
def _lines(text: list[str] | None, path: Path | None) -> Iterator[tuple[Iterator[str], Callable[[], bool]]]:
    if text:
        yield iter([sound(" ".join(text), "the text").strip()]), lambda: True
        return
    with arriving_lines(path) as lines:
        yield lines


def _passages(lines: Iterator[str], path: Path | None, wanted: _Wanted, column: int) -> Iterator[Passage]:
    from assistant.text.documents import kind_of, passages, whole

    if wanted.from_json:
        name = path or "stdin"
        sources = (_source(line, f"{name}:{number}") for number, line in enumerate(lines, start=1))
        return (whole(source, keep_blank=True) for source in sources)
    if wanted.as_json:
        return (whole(line, keep_blank=True) for line in lines)
    return passages(lines, kind_of(path), column)


def _behind(passages: Iterator[Passage], lines: int) -> Iterator[Passage]:
    """Pass over what was translated before."""
    for passage in passages:
        if lines > 0:
            lines -= len(passage.lines)
        else:
            yield passage


def _translated(
    translator: Callable[[], Translator],
    recall: Callable[[str], Translation | None],
    passages: Sequence[Passage],
    count: int,
) -> Iterator[tuple[Passage, list[Translation]]]:
    """Translate the texts of passages together, those not remembered, and give each passage its own."""
    known = {text: recall(text) for passage in passages for text in passage.texts}
    unknown = [text for text, result in known.items() if result is None]
    if unknown:
        known |= dict(zip(unknown, translator().translate_all(unknown, count), strict=True))
    for passage in passages:
        yield passage, [result for text in passage.texts if (result := known[text])]


def _forgotten(text: str) -> None:
    return None


def _judged(result: Translation, passage: Passage, wanted: _Wanted, place: str) -> Translation:
    """Say what there is to say of a translation, and decline it where it is too unsure."""
    where = f"assistant: {place}: " if place else "assistant: "
    for term in result.unplaced:
        say(f"{where}found no place for {passage.spelled_out(term)}")
    if result.english:
        say(f"{where}already in English, returned as it is")
    if result.confidence < wanted.min_confidence:
        say(f"{where}too unsure ({result.confidence:.2f}), left empty")
        return replace(result, text="", alternatives=[], attention=[])
    if not place and result.certainty == "unsure":
        say(f"{where}unsure of this ({result.confidence:.2f})")
    return result


def _rendered(passage: Passage, results: Sequence[Translation], wanted: _Wanted) -> Sequence[str]:
    if wanted.attention:
        _show_attention(results)
    if wanted.as_json:
        from json import dumps

        return [dumps(_record(result, wanted), ensure_ascii=False) for result in results]
    if wanted.count > 1 and passage.texts:
        return [f"{a.score:7.3f}  {a.text}" for result in results for a in result.alternatives] or [""]
    return passage.render([result.text for result in results])


def _show_attention(results: Sequence[Translation]) -> None:
    from assistant.cli.attention_view import draw_attention

    drawings = (draw_attention(attended) for result in results for attended in result.attention)
    for drawing in drawings:
        say(f"{drawing}\n")


def _record(result: Translation, wanted: _Wanted) -> dict[str, Any]:
    from assistant.replies.remembering import Remembered

    record: dict[str, Any] = {
        "source": result.source,
        "translation": result.text,
        "confidence": round(result.confidence, 4),
        "alternatives": [{"text": a.text, "score": round(a.score, 4)} for a in result.alternatives],
        "ms": round(result.milliseconds, 1),
    }
    if isinstance(result, Remembered):
        record |= {"remembered": True, "pinned": result.pinned}
    if result.certainty:
        record["certainty"] = result.certainty
    if wanted.attention:
        record["attention"] = [_attention_record(attended) for attended in result.attention]
    return record


def _attention_record(attended: Attended) -> dict[str, Any]:
    return {
        "source": attended.source,
        "words": [
            {"text": word.text, "confidence": round(word.confidence, 4),
             "attention": [round(weight, 3) for weight in weights]}
            for word, weights in zip(attended.target, attended.weights.tolist(), strict=True)
        ],
    }  # fmt: skip


def _source(line: str, where: str) -> str:
    value = json_line(line, where)
    if isinstance(value, dict):
        value = value.get("source", value.get("text"))
    if not isinstance(value, str):
        raise TextError(f'{where}: give a string or {{"source": "..."}}')
    return sound(value, where)
