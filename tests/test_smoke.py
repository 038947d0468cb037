from __future__ import annotations

from assistant.checkpoint import Checkpoint
from assistant.replies.responder import Responder
from assistant.replies.translator import Translator
from assistant.settings import Task


def test_untrained_checkpoints_answer(untrained: dict[Task, Checkpoint]) -> None:
    result = Translator(untrained["translate"]).translate("hola. ¿Dónde está la biblioteca?", 3)
    assert len(result.alternatives) == 3
    reply = Responder(untrained["chat"]).reply(["hola"])
    assert reply.origin in ("generated", "unsure", "unsupported")
