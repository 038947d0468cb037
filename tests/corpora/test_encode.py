from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

import pytest

from assistant.corpora.encode import EncodedCorpus, encode_corpora
from assistant.corpora.openings import openings_of
from assistant.corpora.pairs import EncodedPairs
from assistant.corpora.readers import Example, Line
from assistant.corpora.split import holds_out
from assistant.errors import CorpusError
from assistant.settings import Settings
from assistant.text.marks import USER
from assistant.text.pieces import Pieces, train_pieces


def _encode(
    folder: Path,
    paths: list[Path],
    settings: Settings,
    model: bytes | None = None,
    report: Callable[[str], None] = lambda line: None,
) -> EncodedCorpus:
    return encode_corpora(paths, settings, Path(mkdtemp(dir=folder)), model, report)


def _settings(small: Settings, held_out: float = 0.25, max_pieces: int = 80) -> Settings:
    return replace(small, corpus=replace(small.corpus, held_out=held_out, max_pieces=max_pieces))


def _table(path: Path, pairs: list[tuple[str, str]]) -> Path:
    path.write_text("".join(f"{source}\t{target}\n" for source, target in pairs), "utf-8")
    return path


def _held_out(source: str, settings: Settings) -> bool:
    line = Line(Path("a.tsv"), 1, (Example(source, "x"),))
    return holds_out(line, settings.corpus.held_out, settings.training.seed)


def _pairs_on_side(held_out: bool, settings: Settings, count: int) -> list[tuple[str, str]]:
    pairs = ((f"frase número {i}", f"sentence number {i}") for i in range(10_000))
    return [pair for pair in pairs if _held_out(pair[0], settings) is held_out][:count]


def _decoded(corpus: EncodedCorpus, pairs: EncodedPairs) -> list[tuple[str, str]]:
    pieces = Pieces(corpus.pieces_model)
    return [
        (pieces.decode(pairs.sources[i].tolist()), pieces.decode(pairs.targets[i].tolist()))
        for i in range(len(pairs))
    ]


def test_a_corpus_is_split_and_encoded_in_order(tmp_path: Path, small_settings: Settings) -> None:
    settings = _settings(small_settings)
    pairs = [(f"frase número {i}", f"sentence number {i}") for i in range(40)]
    file = _table(tmp_path / "a.tsv", pairs)
    corpus = _encode(tmp_path, [file], settings)
    assert _decoded(corpus, corpus.held_out) == [pair for pair in pairs if _held_out(pair[0], settings)]
    assert _decoded(corpus, corpus.train) == [pair for pair in pairs if not _held_out(pair[0], settings)]
    assert corpus.dropped == Counter()
    assert corpus.files == [file]


def test_a_share_of_the_learnt_lines_is_learnt_once_more_as_typed(
    tmp_path: Path, small_settings: Settings
) -> None:
    settings = _settings(small_settings)
    varied = replace(settings, corpus=replace(settings.corpus, variants=0.5))
    pairs = [
        (f"¿Dónde está la casa número {i} de Tomás?", f"Where is house {i} of Tomás?") for i in range(99)
    ]
    file = _table(tmp_path / "a.tsv", [*pairs, ("¿Sí? " * 30, "Yes? " * 30)])
    plain, more = _encode(tmp_path, [file], settings), _encode(tmp_path, [file], varied)
    assert _decoded(more, more.held_out) == _decoded(plain, plain.held_out)
    learnt, others = set(_decoded(plain, plain.train)), _decoded(more, more.train)
    assert learnt < set(others)
    new = [pair for pair in others if pair not in learnt]
    renamed = [target for _, target in new if "Tomás" not in target]
    assert 20 < len(renamed) < 60
    assert 20 < len(new) - len(renamed) < 60
    assert not any(source.startswith("¿Sí?") for source, _ in new)


def test_a_file_named_twice_weighs_double_and_is_held_out_once(
    tmp_path: Path, small_settings: Settings
) -> None:
    settings = _settings(small_settings)
    train, held_out = (_pairs_on_side(side, settings, 10) for side in (False, True))
    repeated = [train[0], train[0], held_out[0]]
    file = _table(tmp_path / "a.tsv", train + held_out + repeated)
    once, twice = _encode(tmp_path, [file], settings), _encode(tmp_path, [file, file], settings)
    assert _decoded(once, once.train) == train
    assert _decoded(twice, twice.train) == train + train
    assert _decoded(once, once.held_out) == _decoded(twice, twice.held_out) == held_out
    # Two learnt repeats in each copy; the held-out one is met in the first copy alone.
    assert (once.dropped, twice.dropped) == ({"duplicate": 3}, {"duplicate": 5})
    assert twice.files == [file, file]


def test_a_file_named_again_comes_in_other_pieces(tmp_path: Path, small_settings: Settings) -> None:
    settings = _settings(small_settings)
    settings = replace(settings, corpus=replace(settings.corpus, bpe_dropout=0.3))
    train, held_out = (_pairs_on_side(side, settings, 30) for side in (False, True))
    file = _table(tmp_path / "a.tsv", train + held_out)
    corpus, again = (_encode(tmp_path, [file] * 3, settings) for _ in range(2))
    assert _decoded(corpus, corpus.train) == train * 3
    sources, targets = (
        [tuple(s[i].tolist()) for i in range(90)] for s in (corpus.train.sources, corpus.train.targets)
    )
    assert targets[:30] == targets[30:60] == targets[60:]
    first, second, third = sources[:30], sources[30:60], sources[60:]
    usual = Pieces(corpus.pieces_model)
    assert first == [tuple(usual.encode(source)) for source, _ in train]
    for one, other in ((first, second), (first, third), (second, third)):
        assert sum(a != b for a, b in zip(one, other, strict=True)) > 20
    assert sources == [tuple(again.train.sources[i].tolist()) for i in range(90)]


def test_a_file_beside_its_folder_counts_as_named_twice(tmp_path: Path, small_settings: Settings) -> None:
    settings = _settings(small_settings)
    train, held_out = (_pairs_on_side(side, settings, 5) for side in (False, True))
    file = _table(tmp_path / "a.tsv", train + held_out)
    corpus = _encode(tmp_path, [tmp_path, file], settings)
    assert (len(corpus.train), len(corpus.held_out)) == (10, 5)


def test_pieces_are_learnt_from_the_training_side_alone(tmp_path: Path, small_settings: Settings) -> None:
    settings = _settings(small_settings)
    train, held_out = (_pairs_on_side(side, settings, 60) for side in (False, True))
    rare = [(source, "zyzzyva zyzzyva here") for source, _ in held_out]
    file = _table(tmp_path / "a.tsv", train + rare)
    unseen = Pieces(_encode(tmp_path, [file], settings).pieces_model)
    seen = Pieces(_encode(tmp_path, [file], _settings(small_settings, held_out=0.0)).pieces_model)
    assert seen.surfaces(seen.encode("zyzzyva")) == ["▁zyzzyva"]
    assert not [surface for surface in unseen.surfaces(range(len(unseen))) if "z" in surface]
    assert len(unseen.encode("zyzzyva")) > 7


@pytest.mark.parametrize("count", [2, 3])
def test_a_tiny_corpus_still_holds_one_out(tmp_path: Path, small_settings: Settings, count: int) -> None:
    pairs = [("hola", "hello"), ("adiós", "goodbye"), ("gracias", "thank you")][:count]
    corpus = _encode(tmp_path, [_table(tmp_path / "a.tsv", pairs)], _settings(small_settings, held_out=0.0))
    assert _decoded(corpus, corpus.held_out) == pairs[-1:]
    assert _decoded(corpus, corpus.train) == pairs[:-1]


def test_a_tiny_corpus_named_twice_learns_nothing_that_it_measures(
    tmp_path: Path, small_settings: Settings
) -> None:
    file = _table(tmp_path / "a.tsv", [("hola", "hello"), ("adiós", "goodbye")])
    corpus = _encode(tmp_path, [file, file], _settings(small_settings, held_out=0.0))
    train, held_out = _decoded(corpus, corpus.train), _decoded(corpus, corpus.held_out)
    assert len(held_out) == 1
    assert not set(train) & set(held_out)


def test_one_example_is_too_few(tmp_path: Path, small_settings: Settings) -> None:
    file = _table(tmp_path / "a.tsv", [("hola", "hello")])
    with pytest.raises(CorpusError) as error:
        _encode(tmp_path, [file], _settings(small_settings, held_out=0.0))
    assert str(error.value) == f"{file}: one example is too few: give more text"


@pytest.mark.parametrize("given_pieces", [False, True])
def test_a_corpus_that_is_all_held_out_is_refused(
    tmp_path: Path, small_settings: Settings, given_pieces: bool
) -> None:
    settings = _settings(small_settings)
    file = _table(tmp_path / "a.tsv", _pairs_on_side(True, settings, 1))
    model = train_pieces(["hola"], 300) if given_pieces else None
    with pytest.raises(CorpusError, match=r"a\.tsv: nothing to learn from"):
        _encode(tmp_path, [file], settings, model)


def test_an_empty_file_teaches_nothing(tmp_path: Path, small_settings: Settings) -> None:
    file = _table(tmp_path / "a.tsv", [])
    with pytest.raises(CorpusError) as error:
        _encode(tmp_path, [file], small_settings)
    assert str(error.value) == f"{file}: nothing to learn from: give more text"


def test_what_was_left_out_is_told_when_nothing_is_left(tmp_path: Path, small_settings: Settings) -> None:
    file = _table(tmp_path / "a.tsv", [("taxi", "taxi"), ("hola", ""), ("bar", "bar")])
    with pytest.raises(CorpusError) as error:
        _encode(tmp_path, [file], small_settings)
    reasons = "(left out: 2 source equals target, 1 empty)"
    assert str(error.value) == f"{file}: nothing to learn from {reasons}: give more text"


def test_a_fault_in_a_line_comes_through(tmp_path: Path, small_settings: Settings) -> None:
    (tmp_path / "a.tsv").write_text("hola\thello\nadiós\n")
    with pytest.raises(CorpusError, match=r"a\.tsv:2: only one column"):
        _encode(tmp_path, [tmp_path], small_settings)


def test_what_is_too_long_in_pieces_is_left_out(tmp_path: Path, small_settings: Settings) -> None:
    pairs = [("hola", "hello"), ("adiós", "goodbye"), ("ᚠᚢᚦᚨᚱᚲ", "runes")]
    file = _table(tmp_path / "a.tsv", pairs)
    model = train_pieces(["hola hello adiós goodbye runes"] * 9, 8000)
    corpus = _encode(tmp_path, [file], _settings(small_settings, held_out=0.0, max_pieces=18), model)
    assert corpus.dropped == {"too long": 1}
    assert _decoded(corpus, corpus.train) + _decoded(corpus, corpus.held_out) == pairs[:2]
    longer = _encode(tmp_path, [file], _settings(small_settings, held_out=0.0, max_pieces=19), model)
    assert longer.dropped == {}


def test_a_given_vocabulary_is_used_as_it_is(tmp_path: Path, small_settings: Settings) -> None:
    model = train_pieces(["quite another text"], 300)
    file = _table(tmp_path / "a.tsv", [("hola", "hello"), ("adiós", "goodbye")])
    news: list[str] = []
    corpus = _encode(tmp_path, [file], _settings(small_settings, held_out=0.0), model, news.append)
    assert corpus.pieces_model == model
    assert news == ["Encoding"]


def test_the_news_counts_the_files(tmp_path: Path, small_settings: Settings) -> None:
    settings = _settings(small_settings, held_out=0.0)
    first = _table(tmp_path / "a.tsv", [("hola", "hello"), ("adiós", "goodbye")])
    news: list[str] = []
    _encode(tmp_path, [first], settings, report=news.append)
    _encode(tmp_path, [first, first], settings, report=news.append)
    assert news == [
        "Learning the vocabulary from 1 file",
        "Encoding",
        "Learning the vocabulary from 2 files",
        "Encoding",
    ]


def test_a_dialogue_stays_on_one_side(tmp_path: Path, small_settings: Settings) -> None:
    settings = replace(_settings(small_settings, held_out=0.3), task="chat")
    talks = (f'{{"turns": ["opening {i}", "reply {i}", "more {i}", "end {i}"]}}\n' for i in range(40))
    (tmp_path / "talk.jsonl").write_text("".join(talks))
    corpus = _encode(tmp_path, [tmp_path], settings)
    train, held_out = (
        {target.split()[-1] for _, target in _decoded(corpus, pairs)}
        for pairs in (corpus.train, corpus.held_out)
    )
    assert not train & held_out
    assert len(train | held_out) == 40
    assert (len(corpus.train), len(corpus.held_out)) == (2 * len(train), 2 * len(held_out))


@pytest.mark.parametrize("named", [True, False])
def test_a_reply_is_learnt_with_the_topic_of_its_dialogue(
    tmp_path: Path, small_settings: Settings, named: bool
) -> None:
    plain = _settings(small_settings, held_out=0.01)
    settings = replace(plain, task="chat", corpus=replace(plain.corpus, topics=named))
    opening = ["hello you", "Good morning.", "how are you?", "Well."]
    talks = ({"turns": [*opening, str(i), "Yes."], "topic": "Greeting"} for i in range(20))
    (tmp_path / "talks.jsonl").write_text("\n".join(map(json.dumps, talks)))
    corpus = _encode(tmp_path, [tmp_path / "talks.jsonl"], settings)
    targets = {tuple(corpus.train.targets[i].tolist()) for i in range(len(corpus.train))}
    encode = Pieces(corpus.pieces_model).encode
    # Of what comes later the topic of the opening says little.
    with_topic = ["<say> greeting <say> Good morning.", "<say> <say> Well.", "<say> <say> Yes."]
    without = ["<say> Good morning.", "<say> Well.", "<say> Yes."]
    assert targets == {tuple(encode(target)) for target in (with_topic if named else without)}


def test_overheard_talk_is_learnt_as_the_words_of_a_person(tmp_path: Path, small_settings: Settings) -> None:
    plain = _settings(small_settings, held_out=0.01)
    settings = replace(plain, task="chat", corpus=replace(plain.corpus, topics=True))
    talks = ({"turns": ["hi", "My wife saw it.", str(i), "So did I."], "topic": "films"} for i in range(20))
    file = tmp_path / "self-dialogue-train.jsonl"
    file.write_text("\n".join(map(json.dumps, talks)))
    corpus = _encode(tmp_path, [file], settings)
    targets = {tuple(corpus.train.targets[i].tolist()) for i in range(len(corpus.train))}
    pieces = Pieces(corpus.pieces_model)
    said = ["<say> <user> <say> My wife saw it.", "<say> <user> <say> So did I."]
    assert targets == {tuple(pieces.encode(target)) for target in said}
    # What no search takes is never said by the assistant, and what nobody asked it opens no talk.
    assert pieces.mark(USER) in pieces.never_generated
    assert list(openings_of(corpus.train, pieces)) == []
