"""`assistant history`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

from assistant.cli import history_files, history_search
from assistant.cli.conversations import ConversationId, ConversationIds
from assistant.cli.noun import noun
from assistant.cli.streams import piped, say, sound, write_json, write_line
from assistant.errors import AssistantError

_BAR = 40

app = noun(help="Find, keep and erase what was said.", no_args_is_help=True)


@app.command("list")
def list_conversations(
    count: Annotated[int, typer.Option("-n", min=1, help="How many at most.")] = 20,
    archived: Annotated[bool, typer.Option("--archived", help="Those that were archived.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a conversation.")] = False,
) -> None:
    """List conversations, newest first: id, date, messages, title."""
    from assistant.store.conversations import open_conversations
    from assistant.store.rendering import local

    talks = open_conversations()
    found = talks.recent(count, archived)
    ids = [talks.short(talk.id) for talk in found]
    width = max(map(len, ids), default=0)
    for short, talk in zip(ids, found, strict=True):
        if json:
            write_json(asdict(talk))
        else:
            write_line(f"{short:<{width}}  {local(talk.updated)}  {talk.messages:4}  {talk.title}")
    if not found:
        say("nothing is archived" if archived else "nothing is kept yet")


@app.command()
def show(
    conversation: ConversationId,
    json: Annotated[bool, typer.Option("--json", help="All its branches, as a JSON object.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="As Markdown.")] = False,
) -> None:
    """Show a conversation."""
    if json and markdown:
        raise typer.BadParameter("give --json or --markdown, not both")
    from assistant.store.conversations import Conversations
    from assistant.store.database import open_database
    from assistant.store.records import to_line
    from assistant.store.rendering import as_markdown, as_text
    from assistant.store.transfer import conversation_record

    db = open_database()
    record = conversation_record(db, Conversations(db).find(conversation).id)
    write_line(to_line(record) if json else (as_markdown if markdown else as_text)(record).rstrip("\n"))


@app.command()
def rename(
    conversation: ConversationId,
    title: Annotated[list[str], typer.Argument(help="The title.")],
) -> None:
    """Give a conversation another title."""
    from assistant.store.conversations import open_conversations

    talks = open_conversations()
    talks.rename(talks.find(conversation).id, sound(" ".join(title), "the title"))


@app.command()
def archive(
    conversation: ConversationId,
    undo: Annotated[bool, typer.Option("--undo", help="Put it back.")] = False,
) -> None:
    """Take a conversation out of the list, or put it back."""
    from assistant.store.conversations import open_conversations

    talks = open_conversations()
    talks.archive(talks.find(conversation).id, not undo)


@app.command()
def delete(
    conversations: ConversationIds = None,
    before: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], metavar="DATE", help="What was last spoken in, or translated, before."
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="All conversations and translations.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase conversations for good."""
    if bool(conversations) + bool(before) + everything != 1:
        raise typer.BadParameter("give ids, --before DATE or --all, one of them")
    from assistant.store.conversations import Conversations
    from assistant.store.database import open_database
    from assistant.store.erasing import aged, erase

    db = open_database()
    talks = Conversations(db)
    old, translations = aged(db, before and before.astimezone()) if not conversations else ([], [])
    doomed = list(dict.fromkeys(talks.find(each).id for each in conversations or [])) or old
    if not doomed and not translations:
        raise AssistantError("there is nothing to erase")
    counts = {"conversation": len(doomed), "translation": len(translations)}
    what = " and ".join(_count(number, name) for name, number in counts.items() if number)
    if not yes:
        _ask(f"Erase {what} for good?")
    erase(db, doomed, translations)
    say(f"erased {what}")


def _ask(question: str) -> None:
    if piped():
        raise typer.BadParameter("there is nobody to ask; add --yes")
    if not typer.confirm(question, err=True):
        raise AssistantError("nothing was erased")


@app.command()
def stats(
    count: Annotated[int, typer.Option("-n", min=1, max=3650, help="Days to show.")] = 30,
    json: Annotated[bool, typer.Option("--json", help="As a JSON object.")] = False,
) -> None:
    """Show how much was said, day by day."""
    from assistant.store.database import open_database
    from assistant.store.rendering import local
    from assistant.store.statistics import per_day, totals

    db = open_database()
    total, days = totals(db), per_day(db, count, datetime.now().astimezone().date())
    if json:
        write_json({**asdict(total), "days": {day.isoformat(): number for day, number in days.items()}})
        return
    most = max(days.values())
    for day, number in days.items():
        bar = "█" * -(-_BAR * number // most) if most else ""
        write_line(f"{day:%a} {day}  {number:5}  {bar}".rstrip())
    since = f", since {local(total.first)[:10]}" if total.first else ""
    write_line(
        f"\n{_count(total.messages, 'message')} in {_count(total.conversations, 'conversation')},"
        f" {_count(total.translations, 'translation')}{since}"
    )


@app.command()
def path() -> None:
    """Print where the history is kept."""
    from assistant import locations

    write_line(str(locations.history_file()))


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


app.command()(history_search.search)
app.command("export")(history_files.export)
app.command("import")(history_files.import_files)
app.command()(history_files.backup)
