"""`assistant chat`."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from assistant.cli.conversations import TalkOption, refuse_misuse
from assistant.cli.noun import noun
from assistant.cli.streams import piped, say
from assistant.errors import AssistantError

app = noun()


@app.command()
def chat(
    go_on: Annotated[bool, typer.Option("-c", "--continue", help="Go on with the last talk.")] = False,
    conversation: TalkOption = None,
    model: Annotated[str | None, typer.Option(help="Name or folder of a checkpoint.")] = None,
    translate: Annotated[bool, typer.Option("--translate", help="Begin by translating.")] = False,
    log: Annotated[bool, typer.Option("--log/--no-log", help="Keep it in the history.")] = True,
    web: Annotated[bool, typer.Option("--web", help="Open it in a browser on this machine.")] = False,
) -> None:
    """Open the chat window."""
    refuse_misuse(go_on, conversation, log)
    served = web or "TEXTUAL_DRIVER" in os.environ  # which --web sets, and pipes what a terminal would show
    if not served and (piped() or not sys.stdout.isatty()):
        raise AssistantError("the window needs a terminal; in a pipe, use `assistant ask`")
    from assistant.checkpoint import find_checkpoint

    # Looked for before the window opens, so that its absence is said where it can be read.
    checkpoint = find_checkpoint("chat", model)
    if web:
        given = {"--conversation": conversation, "--model": model}
        flags = {"--continue": go_on, "--translate": translate, "--no-log": not log}
        named = [part for name, value in given.items() if value for part in (name, value)]
        _serve([*(name for name, wanted in flags.items() if wanted), *named])
        return
    from assistant.tui.app import make_window

    window = make_window(checkpoint, log, go_on, conversation, translate)
    window.run()
    if window.return_code:
        raise typer.Exit(window.return_code)


def _serve(arguments: list[str]) -> None:
    try:
        from assistant.tui.web import serve
    except ModuleNotFoundError as error:
        raise AssistantError(
            f"--web needs more: pip install 'assistant[web]' ({error.name} is missing)"
        ) from None
    say("The window is served to this machine alone; Ctrl-C ends it. Open:")
    serve(arguments)
