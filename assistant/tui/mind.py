"""What thinks: the model is loaded and asked in threads, and nothing else is."""

from __future__ import annotations

from functools import partial

from textual.screen import Screen

from assistant.tui.line import Job
from assistant.tui.messages import Answering, Load, Loaded, LoadFailed, Replied, ReplyFailed


class Mind:
    """Loads what answers, and has it answer; what comes of either is posted.

    Args:
        load: Loads it.
        host: Where `Loaded`, `LoadFailed`, `Replied` and `ReplyFailed` are posted to.

    Attributes:
        responder: What answers; None until it is loaded.
    """

    def __init__(self, load: Load, host: Screen[None]) -> None:
        self.responder: Answering | None = None
        self._load = load
        self._host = host
        self._loading = False

    def wake(self) -> None:
        """Begin to load, unless that is done or under way."""
        if not self._loading and not self.responder:
            self._loading = True
            self._host.run_worker(self._loads, thread=True)

    def answer(self, job: Job) -> None:
        """Begin to answer; where nothing is loaded yet, `woken` does.

        Args:
            job: A prompt whose turn has come.
        """
        if self.responder:
            self._host.run_worker(partial(self._answers, self.responder, job), thread=True)
        else:
            self.wake()

    def woken(self, responder: Answering | None, job: Job | None) -> None:
        """Loading has ended.

        Args:
            responder: What was loaded; None if nothing could be.
            job: The prompt that waits for it, if one does.
        """
        self._loading = False
        self.responder = responder
        if responder and job:
            self.answer(job)

    # In threads; whatever goes wrong there is said in the window, and the words go back to the person.

    def _loads(self) -> None:
        try:
            responder = self._load()
        except Exception as error:
            self._host.post_message(LoadFailed(error))
        else:
            self._host.post_message(Loaded(responder))

    def _answers(self, responder: Answering, job: Job) -> None:
        try:
            reply = responder.reply(job.turns)
        except Exception as error:
            self._host.post_message(ReplyFailed(job, error))
        else:
            self._host.post_message(Replied(job, reply, responder.name))
