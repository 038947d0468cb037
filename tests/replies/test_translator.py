"""From a text to its English, with a network whose translations we choose."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import pytest

from assistant.checkpoint import Checkpoint
from assistant.replies.translator import Translator
from assistant.settings import Task
from assistant.text.dictionary import Dictionary
from assistant.text.glossary import Entry as Term
from assistant.text.glossary import Glossary
from assistant.text.language import looks_english
from assistant.text.lexicon import Entry, Lexicon
from assistant.text.pieces import Pieces
from assistant.text.punctuation import Punctuation
from tests.inference.fake import FakeNetwork, scripted
from tests.replies.conftest import Answering

_ENGLISH = {
    "hola.": {"hello.": 0.7, "good morning.": 0.2, "hello you.": 0.1},
    "¿Dónde está?": {"Where is it?": 0.6, "Where are you?": 0.4},
}

_REST = "to all of you"

Translating = Callable[[FakeNetwork], Translator]


@pytest.fixture
def untrained(untrained: dict[Task, Checkpoint]) -> dict[Task, Checkpoint]:
    # The network made by hand looks anywhere: what it passes over says nothing.
    made = untrained["translate"]
    settings = replace(made.settings, decoding=replace(made.settings.decoding, coverage=0.0))
    return {**untrained, "translate": replace(made, settings=settings)}


@pytest.fixture
def translating(untrained: dict[Task, Checkpoint]) -> Translating:
    return lambda network: Translator(untrained["translate"], network=network)


def _english(source: str) -> Mapping[str, float]:
    return _ENGLISH[source]


def test_one_sentence(translating: Translating, answering: Answering, pieces: Pieces) -> None:
    result = translating(answering(_english)).translate(" hola. ")
    assert result.source == " hola. "
    assert result.text == " hello. "
    assert [a.text for a in result.alternatives] == [" hello. "]
    assert result.milliseconds > 0
    length = len(pieces.encode("hello.")) + 1
    assert result.confidence == pytest.approx(0.7 ** (1 / length), abs=0.01)
    penalty = (5 + length) / 6
    assert result.alternatives[0].score == pytest.approx(math.log(0.7) / penalty, abs=0.01)


def test_sentences_are_translated_one_by_one_and_joined(
    translating: Translating, answering: Answering, pieces: Pieces
) -> None:
    network = answering(_english)
    result = translating(network).translate("hola. ¿Dónde está?")
    assert result.text == "hello. Where is it?"
    assert {pieces.decode(source) for source in network.sources} == {"hola.", "¿Dónde está?"}  # side by side
    lengths = [len(pieces.encode(text)) + 1 for text in ("hello.", "Where is it?")]
    assert result.confidence == pytest.approx((0.7 * 0.6) ** (1 / sum(lengths)), abs=0.01)


def test_the_best_texts_combine_the_best_sentences(translating: Translating, answering: Answering) -> None:
    translator = translating(answering(_english))
    singles = {
        sentence: translator.translate(sentence, 3).alternatives[: len(_ENGLISH[sentence])]
        for sentence in _ENGLISH
    }
    first, second = singles.values()
    expected = {f"{a.text} {b.text}": a.score + b.score for a in first for b in second}
    best = sorted(expected, key=lambda text: -expected[text])
    result = translator.translate("hola. ¿Dónde está?", 4)
    assert [a.text for a in result.alternatives] == best[:4]
    assert [a.score for a in result.alternatives] == pytest.approx([expected[t] for t in best[:4]], abs=1e-4)
    assert result.text == result.alternatives[0].text


@pytest.mark.parametrize("count", [1, 2, 3])
def test_alternatives_are_sorted_and_distinct(
    translating: Translating, answering: Answering, count: int
) -> None:
    result = translating(answering(_english)).translate("hola.", count)
    assert len(result.alternatives) == count
    assert len({a.text for a in result.alternatives}) == count
    scores = [a.score for a in result.alternatives]
    assert scores == sorted(scores, reverse=True)
    assert [a.text for a in result.alternatives][:3] == ["hello.", "good morning.", "hello you."][:count]


def test_alternatives_of_several_sentences_are_distinct(
    translating: Translating, answering: Answering
) -> None:
    # "to" and "to you", "you to" and "to": several ways to one text.
    def english(source: str) -> Mapping[str, float]:
        return {"hello": 0.6, "hello to": 0.4} if source == "hola." else {"to you": 0.6, "you": 0.4}

    result = translating(answering(english)).translate("hola. Buenos.", 4)
    texts = [a.text for a in result.alternatives]
    assert texts[0] == "hello to you"
    assert len(set(texts)) == len(texts)


def test_equal_words_from_different_pieces_are_one_alternative(
    translating: Translating, pieces: Pieces
) -> None:
    whole, spelled = pieces.encode("to"), [*pieces.encode("t"), pieces.encode("lo")[-1]]
    twins = {tuple(whole): 0.5, tuple(spelled): 0.3, tuple(pieces.encode("night")): 0.2}
    assert [pieces.decode(twin) for twin in twins] == ["to", "to", "night"]
    result = translating(scripted(lambda _: twins, len(pieces))).translate("hola", 2)
    assert [a.text for a in result.alternatives] == ["to", "night"]


@pytest.mark.parametrize("text", ["123 + 4 = 127", "?!", "🙂 🙂", "12:30"])
def test_text_without_letters_comes_back(translating: Translating, answering: Answering, text: str) -> None:
    network = answering(_english)
    result = translating(network).translate(text)
    assert result.text == text
    assert result.confidence == 1.0
    assert result.attention == []
    assert network.sources == []


def test_sentences_without_letters_stay_among_others(translating: Translating, answering: Answering) -> None:
    result = translating(answering(_english)).translate("hola. ¿? ¿Dónde está?")
    assert result.text == "hello. ¿? Where is it?"
    assert len(result.attention) == 2


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u200b"])
def test_empty_text(translating: Translating, answering: Answering, text: str) -> None:
    result = translating(answering(_english)).translate(text, 3)
    assert (result.source, result.text, result.confidence, result.attention) == (text, text, 1.0, [])
    assert [a.text for a in result.alternatives] == [result.text]


def test_typed_marks_are_words(translating: Translating, answering: Answering, pieces: Pieces) -> None:
    network = answering({"hello": 1.0})
    result = translating(network).translate("Z1 <say> hola amigo <user> buenos días")
    assert result.text == "hello"
    [source] = network.sources
    assert not set(source) & set(pieces.never_generated)
    assert pieces.decode(source) == "Z1 (say) hola amigo (user) buenos días"


def test_marks_are_never_generated(translating: Translating, answering: Answering, pieces: Pieces) -> None:
    result = translating(answering({"<say> hello": 0.8, "good morning": 0.2})).translate("hola", 2)
    assert result.text == "good morning"
    assert all(not {w.text for w in a.target} & {"<say>", "<user>", "<pad>"} for a in result.attention)


def test_attention_has_a_row_a_word(translating: Translating, answering: Answering) -> None:
    result = translating(answering(_english)).translate("hola. ¿Dónde está?")
    assert [attended.source for attended in result.attention] == [["hola", "."], ["¿", "Dónde", "está", "?"]]
    said = [[word.text for word in attended.target] for attended in result.attention]
    assert said == [["hello", "."], ["Where", "is", "it", "?"]]
    for attended in result.attention:
        assert attended.weights.shape == (len(attended.target), len(attended.source))
        assert attended.weights.sum(1).tolist() == pytest.approx([1.0] * len(attended.target))
        assert all(0 < word.confidence <= 1 for word in attended.target)


_WORDS = [f"{a}e{b}o" for a in "bcdfglmnprstvz" for b in "bcdfglmnprstvzjñqxyh"][:280]
_LONG = {
    "sentences": " ".join(f"Me gusta leer {word} por la noche." for word in _WORDS),
    "clauses": ", ".join(f"me gusta leer {word} por la noche" for word in _WORDS),
    "words": "biblioteca " * 910,
    "one word": "a" * 10_000,
    "strange letters": "ñandú漢字🙂é" * 1000,
}


@pytest.mark.parametrize("text", _LONG.values(), ids=_LONG)
def test_ten_thousand_characters_are_cut_to_what_fits(
    answering: Answering, untrained: dict[Task, Checkpoint], pieces: Pieces, text: str
) -> None:
    network = answering({"hello": 1.0})
    Translator(untrained["translate"], beam=1, network=network).translate(text)
    most = untrained["translate"].settings.corpus.max_pieces
    assert len(text) >= 9_000
    assert network.sources
    assert all(0 < len(source) <= most for source in network.sources)
    # Nothing is lost on the way: what is read is what was written, each sentence read once.
    read = {pieces.decode(source).replace(" ", "") for source in network.sources}
    written = text.replace(" ", "")
    assert all(sentence in written for sentence in read)
    assert len(written) <= sum(written.count(sentence) * len(sentence) for sentence in read)


def test_no_answer_is_longer_than_its_source_allows(
    translating: Translating, answering: Answering, untrained: dict[Task, Checkpoint], pieces: Pieces
) -> None:
    long = "where is the library? good morning to all of you I like to read at night"
    assert len(pieces.encode(long)) > 14
    result = translating(answering({long: 1.0})).translate("hola a")
    ratio = untrained["translate"].settings.decoding.max_ratio
    assert len(pieces.encode(result.text)) <= int(ratio * len(pieces.encode("hola a"))) + 10


def test_the_checkpoint_itself_answers(untrained: dict[Task, Checkpoint]) -> None:
    translator = Translator(untrained["translate"], beam=2)
    result = translator.translate("hola. ¿Dónde está la biblioteca?", 3)
    assert len(result.alternatives) == 3
    assert 0 < result.confidence < 1
    again = translator.translate("hola. ¿Dónde está la biblioteca?", 3)
    assert again.alternatives == result.alternatives


def test_the_beam_can_be_chosen(untrained: dict[Task, Checkpoint], answering: Answering) -> None:
    # The likelier beginning ends badly, which a beam of one cannot know.
    answers = {f"good {word}": 0.15 for word in ("morning", "night", "library", "day")} | {"hello": 0.4}
    network = answering(answers)
    greedy, wide = (Translator(untrained["translate"], beam=k, network=network) for k in (1, 5))
    assert greedy.translate("hola").text.startswith("good")
    assert wide.translate("hola").text == "hello"


def test_a_word_by_itself_is_not_said_twice(translating: Translating, answering: Answering) -> None:
    network = answering({"hello hello": 0.9, "hello": 0.1})
    assert translating(network).translate("hola").text == "hello"


def test_texts_together_are_as_texts_alone(translating: Translating, answering: Answering) -> None:
    texts = ["hola.", "", "¿Dónde está?", "hola. ¿Dónde está?", "12"]
    together = translating(answering(_english)).translate_all(texts)
    alone = [translating(answering(_english)).translate(text) for text in texts]
    assert [t.text for t in together] == [t.text for t in alone]
    assert [t.confidence for t in together] == pytest.approx([t.confidence for t in alone])


def test_layout_emoji_and_english_stay(translating: Translating, answering: Answering) -> None:
    network = answering({"hello.": 1.0})
    result = translating(network).translate("  - hola. 😀\n\n> The weather is nice. ¿Dónde está?\nhola.")
    assert result.text == "  - hello. 😀\n\n> The weather is nice. hello.\nhello."
    assert result.english == 1
    assert len(network.sources) == 2  # what comes twice is read once


def test_capitals_are_read_in_ordinary_case_and_given_back(
    translating: Translating, answering: Answering, pieces: Pieces
) -> None:
    network = answering({"Where is the library?": 1.0})
    result = translating(network).translate("¿DÓNDE ESTÁ LA BIBLIOTECA?")
    assert result.text == "WHERE IS THE LIBRARY?"
    assert pieces.decode(network.sources[0]) == "¿Dónde está la biblioteca?"


def test_marks_are_put_in_where_nearly_all_is_typed_bare(
    untrained: dict[Task, Checkpoint], answering: Answering, pieces: Pieces
) -> None:
    checkpoint = replace(untrained["translate"])
    everything_asks = Punctuation(np.zeros(1, np.uint32), np.array([[0, 100, 0]], np.int8))
    vars(checkpoint)["punctuation"] = everything_asks  # as if it had been read from the folder

    def read(*texts: str) -> list[str]:
        network = answering({"yes": 1.0})
        Translator(checkpoint, network=network).translate_all(texts)
        return sorted(pieces.decode(source) for source in network.sources)

    assert read("no vienes") == ["¿No vienes?"]
    assert read("vienes") == ["vienes"]  # a word by itself is looked up
    assert read("no vienes", "no hablas") == ["¿No hablas?", "¿No vienes?"]
    # Among what is written with care, a bare line is a title or a part of a sentence.
    assert read("no vienes", "¿Hablas?") == ["no vienes", "¿Hablas?"]


def test_an_address_that_the_network_loses_is_put_in(translating: Translating, answering: Answering) -> None:
    # The network would rather not say the name that stands for it; the search makes it.
    network = answering({"good morning": 0.999, "good Z1": 0.001})
    result = translating(network).translate("buenos a@b.es")
    assert result.text == "good a@b.es"
    assert result.unplaced == ()


def test_a_glossary_is_kept_to(untrained: dict[Task, Checkpoint], answering: Answering) -> None:
    glossary = Glossary([Term(("noch",), "night", stem=True)])
    network = answering({"good morning": 0.99, "good night": 0.01})
    translator = Translator(untrained["translate"], network=network, glossary=glossary)
    assert translator.translate("buenas noches").text == "good night"
    assert translator.translate("buenos días").text == "good morning"


@pytest.mark.parametrize(("chance", "english"), [(0.4, "night"), (1e-9, "morning")])
def test_a_word_that_the_lexicon_knows_is_put_in_unless_it_costs_too_much(
    untrained: dict[Task, Checkpoint], answering: Answering, chance: float, english: str
) -> None:
    checkpoint = replace(untrained["translate"])
    lexicon = Lexicon.of({"noches": Entry(("night",), True)}, ["morning", "night", *_REST.split()])
    vars(checkpoint)["lexicon"] = lexicon  # as if it had been read from the folder
    network = answering({f"morning {_REST}": 1 - chance, f"night {_REST}": chance})
    assert (
        Translator(checkpoint, beam=2, network=network).translate("buenas noches").text
        == f"{english} {_REST}"
    )


def test_a_name_that_is_copied_is_not_translated(
    untrained: dict[Task, Checkpoint], answering: Answering
) -> None:
    checkpoint = replace(untrained["translate"])
    vars(checkpoint)["lexicon"] = Lexicon.of(
        {"buena": Entry(("good",), False), "sevilla": Entry(("la",), True)}, ["good", "la"]
    )
    network = answering({"good Sevilla": 0.6, "good la": 0.4})
    assert Translator(checkpoint, beam=2, network=network).translate("buena Sevilla").text == "good Sevilla"


@pytest.fixture
def with_dictionary(untrained: dict[Task, Checkpoint], answering: Answering) -> Translator:
    checkpoint = replace(untrained["translate"])
    vars(checkpoint)["dictionary"] = Dictionary.of({"tarde": ["late", "afternoon"], "por favor": ["please"]})
    network = answering({"good morning": 0.9, "late": 0.05, "afternoon": 0.05})
    return Translator(checkpoint, network=network)


@pytest.mark.parametrize(
    ("spanish", "english"),
    [
        ("tarde", "late"),
        ("Tarde", "Late"),
        ("por favor", "please"),
        ("tarde.", "good morning"),  # with a mark it is said
        ("la tarde", "good morning"),
    ],
)
def test_a_word_by_itself_is_looked_up(with_dictionary: Translator, spanish: str, english: str) -> None:
    assert with_dictionary.translate(spanish).text == english


def test_what_is_looked_up_is_sure_and_has_its_senses(with_dictionary: Translator) -> None:
    result = with_dictionary.translate("tarde", count=5)
    assert [each.text for each in result.alternatives] == ["late", "afternoon"]
    assert result.confidence == 0.82
    assert with_dictionary.translate("por favor").confidence == 0.88  # which has no other
    (attended,) = result.attention
    assert (attended.source, [word.text for word in attended.target]) == (["tarde"], ["late"])
    assert attended.target[0].confidence == 0.82


def test_a_word_of_the_dictionary_is_not_taken_for_english(
    untrained: dict[Task, Checkpoint], answering: Answering
) -> None:
    assert looks_english("someter")
    network = answering({"to submit": 1.0})
    assert Translator(untrained["translate"], network=network).translate("someter").text == "someter"
    checkpoint = replace(untrained["translate"])
    vars(checkpoint)["dictionary"] = Dictionary.of({"someter": ["to submit"]})
    translator = Translator(checkpoint, network=network)
    assert [translator.translate(word).text for word in ("someter", "enrolled")] == ["to submit", "enrolled"]


def test_a_letter_that_is_no_word_comes_back(untrained: dict[Task, Checkpoint], answering: Answering) -> None:
    checkpoint = replace(untrained["translate"])
    vars(checkpoint)["dictionary"] = Dictionary.of({"y": ["and"]})
    translator = Translator(checkpoint, network=answering({"budget": 0.5, "and": 0.5}))
    assert [translator.translate(letter).text for letter in ("b", " B ", "y")] == ["b", " B ", "and"]
    assert translator.translate("b").english == 0


def test_a_glossary_goes_before_the_dictionary(
    untrained: dict[Task, Checkpoint], answering: Answering
) -> None:
    checkpoint = replace(untrained["translate"])
    vars(checkpoint)["dictionary"] = Dictionary.of({"noches": ["nights"]})
    glossary = Glossary([Term(("noch",), "evening", stem=True)])
    network = answering({"nights": 0.9, "evening": 0.1})
    assert Translator(checkpoint, network=network).translate("noches").text == "nights"
    assert Translator(checkpoint, network=network, glossary=glossary).translate("noches").text == "evening"
