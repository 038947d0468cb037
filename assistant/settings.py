"""Every number we chose, in one place: frozen dataclasses and the named presets.

A trained run writes its settings beside its weights and serving reads them back, decoding
values included, so a checkpoint always behaves as it was made to.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal, get_args, get_type_hints

Task = Literal["chat", "translate"]
Cell = Literal["gru", "lstm"]
AttentionKind = Literal["luong", "bahdanau"]

TASKS: tuple[str, ...] = get_args(Task)


@dataclass(frozen=True)
class CorpusSettings:
    """What is read from a corpus and what is left out.

    Attributes:
        vocabulary: Pieces of the joint vocabulary; a small corpus may yield fewer.
        max_pieces: Longest source or target that is trained on, in pieces.
        max_words: Longest source or target that is read at all, in words.
        max_ratio: Largest quotient of the two lengths in words, for translation.
        context_turns: Turns of the talk so far that a chat source holds, the prompt included.
        max_same_reply: Most examples that may share one reply, so that none dominates.
        variants: Share of the short sentences that are learnt once more as they are typed in a
            hurry, and share of those with other names and numbers; for translation.
        bpe_dropout: Chance with which a merge is left out in the sources of a file that is named again,
            so that its words are learnt in other pieces too; for translation.
        topics: Whether a reply names its topic before its words; for chat.
        held_out: Share of the lines that is kept for measuring.
        max_measured: Most held-out examples that one evaluation looks at.
        rehearsal: Share of the examples that comes from the earlier mixture, when a checkpoint is gone
            on from.
    """

    vocabulary: int = 8000
    max_pieces: int = 80
    max_words: int = 100
    max_ratio: float = 3.0
    context_turns: int = 3
    max_same_reply: int = 60
    variants: float = 0.0
    bpe_dropout: float = 0.0
    topics: bool = False
    held_out: float = 0.02
    max_measured: int = 1500
    rehearsal: float = 0.5


@dataclass(frozen=True)
class NetworkSettings:
    """The shape of the encoder-decoder.

    Attributes:
        cell: The recurrent cell of every layer.
        attention: Luong's "general" product or Bahdanau's sum.
        embedding: Size of a piece's vector (E); tied between source, target and softmax.
        hidden: Size of the recurrent state (H); each direction of the encoder has half of it.
        encoder_layers: Bidirectional layers of the encoder; each upper one adds to the one below it.
        input_feeding: Whether the decoder's first layer also sees the last context.
        dropout: Share of the units dropped between layers.
        word_dropout: Share of the pieces whose vector is dropped, on both sides.
    """

    cell: Cell = "lstm"
    attention: AttentionKind = "luong"
    embedding: int = 256
    hidden: int = 512
    encoder_layers: int = 1
    input_feeding: bool = False
    dropout: float = 0.2
    word_dropout: float = 0.1


@dataclass(frozen=True)
class TrainingSettings:
    """How the network is taught.

    Attributes:
        seed: Seed of every random choice.
        batch_tokens: Largest number of target pieces in a batch.
        learning_rate: Peak rate of Adam.
        warmup_steps: Steps over which the rate rises from nothing to its peak.
        label_smoothing: Probability mass spread over the whole vocabulary.
        clip: Largest norm of the gradient.
        average: Decay of the running average of the weights.
        max_epochs: Passes over the corpus, at most.
        max_minutes: Time for the passes, at most; None for no limit.
        keep: Which weights the checkpoint gets: the `best` on the held-out lines, after which
            patience stops the run, or the `last`, where text is to be learnt by heart.
        patience: Evaluations without progress before training stops.
        evaluations_per_epoch: How often an epoch is interrupted for the held-out lines.
    """

    seed: int = 1
    batch_tokens: int = 2500
    learning_rate: float = 2e-3
    warmup_steps: int = 400
    label_smoothing: float = 0.1
    clip: float = 1.0
    average: float = 0.999
    max_epochs: int = 12
    max_minutes: float | None = None
    keep: Literal["best", "last"] = "best"
    patience: int = 4
    evaluations_per_epoch: int = 1


@dataclass(frozen=True)
class DecodingSettings:
    """How the network is searched when it answers.

    Attributes:
        beam: Hypotheses kept alive (K).
        prune: Nats behind the likeliest hypothesis at which a translation's is given up; 0 for no
            such rule. At 3 a beam of 5 does half the work and finds as good answers.
        length_penalty: Exponent of the length normalisation ((5 + n) / 6) ** a of GNMT.
        coverage: How much a finished translation loses for source pieces that it did not look at, as in
            GNMT; 0 for no such loss.
        block_ngram: Length of a run of pieces that may not come twice; 0 for no such rule.
        min_pieces: Fewest pieces of an answer.
        max_pieces: Most pieces of an answer.
        max_ratio: Most target pieces per source piece; 0 for no such rule.
        act_threshold: Least probability of an action that is carried out without asking back.
        anti_weight: In a talk, how much of what makes a reply likely without its prompt counts against
            it; 0 takes the likeliest.
        block_words: In a talk, length of a run of words that may neither come twice in a reply nor
            from the last turns; 0 for no such rule.
        say_threshold: In a talk, how likely words have to fit, at least, for them to be said.
        openings_weight: In a talk, how far the openings that were learnt and are like a prompt are
            believed about its topic, from 0 to 1; the rest is the network's word.
        samples: In a talk, replies that are drawn where all that the beam found was said before.
        top_p: Of these, the sum of the probabilities of the pieces that may be drawn.
        temperature: Of these, what divides the log-probabilities.
    """

    beam: int = 5
    prune: float = 3.0
    length_penalty: float = 1.0
    coverage: float = 0.0
    block_ngram: int = 4
    min_pieces: int = 1
    max_pieces: int = 100
    max_ratio: float = 0.0
    act_threshold: float = 0.5
    anti_weight: float = 0.2
    block_words: int = 4
    say_threshold: float = 0.35
    openings_weight: float = 0.7
    samples: int = 8
    top_p: float = 0.9
    temperature: float = 0.7


@dataclass(frozen=True)
class Settings:
    """All settings of one checkpoint."""

    task: Task = "chat"
    preset: str = "base"
    corpus: CorpusSettings = field(default_factory=CorpusSettings)
    network: NetworkSettings = field(default_factory=NetworkSettings)
    training: TrainingSettings = field(default_factory=TrainingSettings)
    decoding: DecodingSettings = field(default_factory=DecodingSettings)

    def to_dict(self) -> dict[str, Any]:
        """Return the settings as plain values, for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Settings:
        """Build settings from what `to_dict` gave.

        Args:
            values: Plain values, nested by section.

        Raises:
            KeyError: A section is missing.
            TypeError: A section holds a name that we do not know, or a value of another type.
        """
        settings = cls(
            task=values["task"],
            preset=values["preset"],
            corpus=CorpusSettings(**values["corpus"]),
            network=NetworkSettings(**values["network"]),
            training=TrainingSettings(**values["training"]),
            decoding=DecodingSettings(**values["decoding"]),
        )
        sections = (settings.corpus, settings.network, settings.training, settings.decoding)
        for section in (settings, *sections):
            _check_types(section)
        return settings


def _check_types(section: Any) -> None:
    """Raise TypeError if a value is not of its field's type: the file may be a stranger's."""
    for name, hint in get_type_hints(type(section)).items():
        value = getattr(section, name)
        if not any(_is_of(value, kind) for kind in (get_args(hint) or (hint,))):
            raise TypeError(f"{name} = {value!r}")


def _is_of(value: Any, kind: Any) -> bool:
    if not isinstance(kind, type):
        return bool(value == kind)  # one of the words of a Literal
    return type(value) in ((int, float) if kind is float else (kind,))


def settings_for(task: Task, preset: str) -> Settings:
    """Return the settings of a named preset for a task.

    Args:
        task: `chat` or `translate`.
        preset: One of `PRESETS`.

    Returns:
        The settings, ready for the changes a command line makes.
    """
    settings = replace(PRESETS[preset], task=task, preset=preset)
    if task == "translate":
        # A translation is about as long as its source and repeats itself when the source does.
        return replace(
            settings,
            corpus=replace(settings.corpus, variants=0.4, bpe_dropout=0.1),
            decoding=DecodingSettings(max_ratio=2.0, coverage=0.1),
        )
    # Small talk shares a smaller vocabulary, and replies loop on shorter runs.
    return replace(
        settings,
        corpus=replace(settings.corpus, vocabulary=min(4000, settings.corpus.vocabulary), topics=True),
        decoding=DecodingSettings(block_ngram=3, max_pieces=50),
    )


def fine_tuning(settings: Settings, fresh: Settings) -> Settings:
    """Return the settings for going on from a checkpoint with other text.

    Half the rate and half the dropout of a new network, and the last weights are kept: what somebody
    fine-tunes on is what they want to hear again, and that is learnt after the held-out loss has turned.

    Args:
        settings: Of the checkpoint.
        fresh: How a new network would be taught.
    """
    network, corpus, training = fresh.network, fresh.corpus, fresh.training
    return replace(
        settings,
        corpus=replace(settings.corpus, variants=corpus.variants, bpe_dropout=corpus.bpe_dropout),
        network=replace(settings.network, dropout=network.dropout / 2, word_dropout=network.word_dropout / 2),
        training=replace(training, learning_rate=training.learning_rate / 2, keep="last"),
    )


# What each choice is worth is measured by tests/bench/ablation.py; its table is in the README.
PRESETS: dict[str, Settings] = {
    # To try things out with: a quarter of the weights of base. What learns for minutes is never shown so
    # much that it had to be kept from learning by heart, and learns better with every word in its place.
    "tiny": Settings(
        corpus=CorpusSettings(vocabulary=4000, max_pieces=60),
        network=NetworkSettings(embedding=128, hidden=256, word_dropout=0.0),
        training=TrainingSettings(batch_tokens=1000, warmup_steps=100, max_epochs=10),
    ),
    # Half the weights of base: for a corpus of 50,000 pairs or an hour on two cores.
    "small": Settings(network=NetworkSettings(embedding=256, hidden=384)),
    # The shape of the shipped checkpoints.
    "base": Settings(),
}
