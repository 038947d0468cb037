"""`assistant ask`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.conversations import TalkOption, refuse_misuse, taken_up
from assistant.cli.noun import noun
from assistant.cli.streams import input_lines, json_line, piped, sound, write_json, write_line
from assistant.errors import TextError

if TYPE_CHECKING:
    from sqlite_utils import Database

    from assistant.replies.acting import Acting
    from assistant.replies.reply import Reply
    from assistant.replies.talk import Talk
    from assistant.text.marks import Action


app = noun()


@app.command()
def ask(
    text: Annotated[list[str] | None, typer.Argument(help="What to say; without it, stdin is read.")] = None,
    go_on: Annotated[bool, typer.Option("-c", "--continue", help="Go on with the last talk.")] = False,
    conversation: TalkOption = None,
    json: Annotated[bool, typer.Option("--json", help="Answer as a JSON object.")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Read a prompt a line, write JSON lines.")] = False,
    model: Annotated[str | None, typer.Option(help="Name or folder of a checkpoint.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Understand, but do nothing.")] = False,
    log: Annotated[bool, typer.Option("--log/--no-log", help="Keep it in the history.")] = True,
) -> None:
    """Say one thing and get one reply."""
    if not text and not piped():
        raise typer.BadParameter('nothing to answer: say something, as in: assistant ask "hello"')
    refuse_misuse(go_on, conversation, log)
    if jsonl and (text or go_on or conversation):
        raise typer.BadParameter("--jsonl reads its prompts from stdin, each its own conversation")
    from assistant.checkpoint import find_checkpoint
    from assistant.replies.acting import acting_with

    with input_lines(None) as lines:
        prompt = None if jsonl else _prompt(text, lines)
        acting = acting_with(find_checkpoint("chat", model), log, dry_run)
        db = None
        if log:  # the store takes a tenth of a second to load
            from assistant.store.database import open_database

            db = open_database()
        if prompt is None:
            _answer_lines(acting, db, lines)
        else:
            _answer(acting, _going_on(db, go_on, conversation), prompt, json)


def _prompt(text: list[str] | None, lines: Iterator[str]) -> str:
    prompt = sound(" ".join(text), "the text") if text else "\n".join(lines)
    if not prompt.strip():
        raise TextError("nothing to answer: the text is empty")
    return prompt


def _answer(acting: Acting, talk: Talk, prompt: str, json: bool) -> None:
    reply = _exchange(acting, talk, prompt)
    if json:
        write_json(_record(reply))
    else:
        write_line(reply.text)


def _answer_lines(acting: Acting, db: Database | None, lines: Iterator[str]) -> None:
    number = 0
    for number, line in enumerate(lines, start=1):
        *before, last = _turns(line, number)
        write_json(_record(_exchange(acting, _talk(db, turns=before), last)))
    if number == 0:
        raise TextError("nothing to answer: the input is empty")


def _going_on(db: Database | None, go_on: bool, conversation: str | None) -> Talk:
    if db is None:
        return _talk(None)
    from assistant.store.conversations import Conversations

    return _talk(db, taken_up(Conversations(db), go_on, conversation))


def _talk(db: Database | None, conversation: str | None = None, turns: list[str] | None = None) -> Talk:
    from assistant.replies.talk import Talk

    if db is None:
        return Talk(None, turns=turns)
    from assistant.store.conversations import Conversations
    from assistant.store.loose_ends import LooseEnds

    return Talk(Conversations(db), conversation, turns, LooseEnds(db))


def _exchange(acting: Acting, talk: Talk, prompt: str) -> Reply:
    reply = acting.reply(talk.hear(prompt), talk.state)
    talk.answer(reply, acting.name)
    return reply


def _turns(line: str, number: int) -> list[str]:
    where = f"stdin:{number}"
    value = json_line(line, where)
    turns = value.get("turns") if isinstance(value, dict) else [value]
    if not isinstance(turns, list) or not turns or not all(isinstance(turn, str) for turn in turns):
        raise TextError(f'{where}: give a string or {{"turns": ["...", ...]}}')
    return [sound(turn, where) for turn in turns]


def _record(reply: Reply) -> dict[str, Any]:
    return {
        "reply": reply.text,
        "origin": reply.origin,
        "action": reply.action and _action(reply.action),
        "done": reply.done,
        "confidence": round(reply.confidence, 4),
        "ms": round(reply.milliseconds, 1),
        **({"data": dict(reply.data)} if reply.data else {}),
    }


def _action(action: Action) -> dict[str, Any]:
    """Return an action with the words that the person gave it, without what was settled since."""
    from assistant.text.actions import ARGUMENTS

    known = ARGUMENTS.get(action.name, ())
    return {"name": action.name, "arguments": {k: v for k, v in action.arguments.items() if k in known}}
