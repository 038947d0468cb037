"""Who replies in the blind comparison of `tests.bench.versus`: we, and the systems we are compared with.

Each answers the prompts of a talk in turn, with its own earlier replies before it where it looks at any.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from nltk.chat.eliza import eliza_chatbot
from sqlite_utils import Database

from assistant.checkpoint import Checkpoint
from assistant.inference.rules import Rules
from assistant.inference.runtime import Network, OnnxNetwork
from assistant.inference.search import beam_search
from assistant.replies.acting import Acting
from assistant.replies.responder import Responder
from assistant.replies.talk import Talk
from assistant.replies.translating import translate
from assistant.store.conversations import Conversations
from assistant.store.database import open_database
from assistant.store.loose_ends import LooseEnds
from assistant.text.marks import SAY
from assistant.text.normalise import normalise
from tests.bench.corpora import read_dialogues
from tests.bench.environment import python_with

Prompts = Sequence[str]
Replies = list[str]

_NOW = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)  # the same sheet whenever it is made
_REQUIREMENTS = ["chatterbot==1.2.*"]

# What ChatterBot's environment runs: as it comes, but for the tagger, which needs no download. It learns
# from what it hears, as it does by default, and forgets a talk when that is over.
_CHATTERBOT = """
import json, random, sys, time
from chatterbot import ChatBot
from chatterbot.conversation import Statement
from chatterbot.storage import SQLStorageAdapter
from chatterbot.tagging import LowercaseTagger
class Untagged(SQLStorageAdapter):
    # No statement has tags, and asking for those of each is two thirds of the time of a reply.
    def model_to_object(self, row):
        names = [name for name in Statement.statement_field_names if name != "tags"]
        return Statement(**{name: getattr(row, name) for name in names})
with open(sys.argv[1], encoding="utf-8") as file:
    task = json.load(file)
storage = {"storage_adapter": "__main__.Untagged", "database_uri": "sqlite:///" + sys.argv[2]}
bot = ChatBot("bot", tagger=LowercaseTagger, **storage)
index = bot.tagger.get_text_index_string
statements = []
for prompt, reply in task["pairs"]:
    said = {"conversation": "training"}
    heard = {"in_response_to": prompt, "search_in_response_to": index(prompt)}
    statements.append(Statement(prompt, search_text=index(prompt), **said))
    statements.append(Statement(reply, search_text=index(reply), **heard, **said))
bot.storage.create_many(statements)
model = bot.storage.get_statement_model()
for number, prompts in enumerate(task["talks"]):
    random.seed(str(prompts))
    replies, seconds = [], []
    for prompt in prompts:
        started = time.perf_counter()
        replies.append(bot.get_response(prompt, conversation=str(number)).text)
        seconds.append(time.perf_counter() - started)
    print("TALK", json.dumps([replies, seconds]), flush=True)
    with bot.storage.Session() as session:
        session.query(model).filter_by(conversation=str(number)).delete()
        session.commit()
"""


def ours(checkpoint: Checkpoint, talks: Sequence[Prompts]) -> Iterator[Replies]:
    """Reply as `assistant chat` does, each talk being the first of an owner of whom nothing is known.

    Args:
        checkpoint: Made for chat.
        talks: The prompts of each.
    """
    network = OnnxNetwork(checkpoint.path)
    for prompts in talks:
        with TemporaryDirectory() as folder:
            db = open_database(Path(folder) / "history.db")
            yield _with_store(checkpoint, network, db, prompts)
            db.close()


def _with_store(checkpoint: Checkpoint, network: Network, db: Database, prompts: Prompts) -> Replies:
    responder = Responder(checkpoint, network=network, open_store=lambda: db)
    chance = random.Random(str(prompts))
    acting = Acting(responder, lambda: db, translate, responder.threshold, clock=lambda: _NOW, chance=chance)
    talk = Talk(Conversations(db), ends=LooseEnds(db))
    for prompt in prompts:
        talk.answer(acting.reply(talk.hear(prompt), talk.state), acting.name)
    return talk.turns[1::2]


def greedy(checkpoint: Checkpoint, talks: Sequence[Prompts]) -> Iterator[Replies]:
    """Reply with the likeliest next piece, time and again: the network, and nothing that chooses for it.

    Args:
        checkpoint: The same as ours.
        talks: The prompts of each.
    """
    network, pieces = OnnxNetwork(checkpoint.path), checkpoint.pieces
    # What is read of a talk is part of the network's training, not of the search.
    source = Responder(checkpoint, network=network)._source
    # Two pieces at least: <say> by itself would be no reply at all.
    most = checkpoint.settings.decoding.max_pieces
    say, names = pieces.mark(SAY), checkpoint.settings.corpus.topics
    rules = Rules(
        pieces.never_generated,
        [say],
        min_pieces=2,
        max_pieces=most,
        block_ngram=0,
        names={} if names else None,
    )

    def reply(turns: Sequence[str]) -> str:
        read = source([normalise(turn) for turn in turns])
        best = beam_search(network, read, rules, beam=1, length_penalty=0.0)[0]
        return pieces.answer(best.pieces)

    return (_in_turn(prompts, reply) for prompts in talks)


def eliza(talks: Sequence[Prompts]) -> Iterator[Replies]:
    """Reply with NLTK's ELIZA, which is spared full stops at the end as its own `converse` does.

    Args:
        talks: The prompts of each.
    """
    for prompts in talks:
        random.seed(str(prompts))  # NLTK draws from the module's own generator
        yield _in_turn(prompts, lambda turns: str(eliza_chatbot.respond(turns[-1].rstrip("!."))))


def chatterbot(talks: Sequence[Prompts], small_talk: Sequence[Path], environment: Path) -> Iterator[Replies]:
    """Reply with ChatterBot 1.2, with the storage, the search and the choice of a reply that it comes with.

    It is taught in bulk what its `ListTrainer` would write for each pair: one by one takes minutes. Of
    several replies to one prompt it is taught the first, for that is the one it gives (it turns to another
    only where it has said that one three times in its last five). This leaves 10,081 of 48,350 pairs of
    small talk; with all of them the replies to fourteen prompts were the same, and took up to 6 s of one
    core where they take 1 s.

    Args:
        talks: The prompts of each.
        small_talk: JSON lines of turns, the prompt first, the reply second.
        environment: A folder to install it in, or where it is installed.
    """
    if not small_talk:
        sys.exit("ChatterBot has to be taught: give --small-talk FILE...")
    python = python_with(environment, "chatterbot", _REQUIREMENTS)
    with TemporaryDirectory() as folder:
        task = Path(folder) / "task.json"
        task.write_text(json.dumps({"pairs": _pairs(small_talk), "talks": [list(t) for t in talks]}), "utf-8")
        command = [str(python), "-c", _CHATTERBOT, str(task), str(Path(folder) / "statements.db")]
        yield from _told(command)


def _told(command: Sequence[str]) -> Iterator[Replies]:
    """Run what writes a line a talk; print in the end how long replies took."""
    seconds: list[float] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            if line.startswith("TALK "):
                replies, took = json.loads(line.removeprefix("TALK "))
                seconds += took
                yield replies
    if process.returncode:
        sys.exit(f"{command[0]} failed")
    print(f"a reply took {median(seconds):.2f} s (median), {max(seconds):.2f} s at most")


def _pairs(files: Sequence[Path]) -> list[tuple[str, str]]:
    """Return prompts and replies, of each prompt the first reply."""
    first: dict[str, tuple[str, str]] = {}
    for dialogue in (each for file in files for each in read_dialogues(file)):
        prompt, reply = dialogue.turns[:2]
        first.setdefault(prompt.lower(), (prompt, reply))
    return list(first.values())


def _in_turn(prompts: Prompts, reply: Callable[[Sequence[str]], str]) -> Replies:
    turns: list[str] = []
    for prompt in prompts:
        turns.append(prompt)
        turns.append(reply(turns))
    return turns[1::2]
