"""Readers of the formats in which public corpora are given out.

A reader takes the folder of the unpacked files and the options of the catalogue's row, and yields
records: the part of the corpus (`train`, `dev`, `test`, or a name of its own, such as a voice) and
one of the shapes that `readers.read_corpus` knows: {"source", "target"}, {"turns"} or
{"text", "action"}. What is not in the format it should be in raises CorpusError with file and line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from assistant.corpora.native import commands, dialogues, marked, pairs, scripts, strings

Record = tuple[str, dict[str, Any]]
Reader = Callable[[Path, Mapping[str, Any]], Iterator[Record]]

READERS: dict[str, Reader] = {
    "parallel lines": pairs.parallel_lines,
    "table": pairs.table,
    "tatoeba links": pairs.tatoeba_links,
    "tmx": pairs.tmx,
    "conllu": pairs.conllu,
    "squad": pairs.squad,
    "massive pairs": pairs.massive_pairs,
    "strings": strings.strings,
    "labelled talks": dialogues.labelled_talks,
    "self-dialogue": dialogues.self_dialogue,
    "persona chat": dialogues.persona_chat,
    "cornell": dialogues.cornell,
    "dailydialog": dialogues.dailydialog,
    "empathetic": dialogues.empathetic,
    "qna": scripts.qna,
    "rasa": scripts.rasa,
    "chatterbot": scripts.chatterbot,
    "massive": commands.massive,
    "clinc": commands.clinc,
    "hwu": commands.hwu,
    "snips": commands.snips,
    "home assistant": commands.home_assistant,
    "tagged words": marked.tagged_words,
    "intent trees": marked.intent_trees,
    "luis": marked.luis,
}
