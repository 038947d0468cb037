from __future__ import annotations

import pytest

from assistant.corpora.filters import Filter
from assistant.corpora.readers import Example
from assistant.settings import CorpusSettings, Task

_SETTINGS = CorpusSettings(max_words=10, max_ratio=2.0, max_same_reply=2)


def _words(count: int, word: str = "word") -> str:
    return " ".join([word] * count)


@pytest.mark.parametrize(
    ("task", "source", "target", "reason"),
    [
        ("translate", "", "hi", "empty"),
        ("translate", "hola", "", "empty"),
        ("chat", "", "", "empty"),
        ("translate", _words(11, "a"), _words(9), "too long"),
        ("translate", _words(9, "a"), _words(11), "too long"),
        ("translate", _words(10, "a"), _words(10), None),
        ("chat", "<user> " + _words(10), "<say> hi", "too long"),
        ("translate", "taxi", "taxi", "source equals target"),
        ("translate", "Taxi", "taxi", None),
        ("chat", "hi", "hi", None),
        # (7 + 2) / (2 + 2) is above 2, (6 + 2) / (2 + 2) is not.
        ("translate", _words(2, "a"), _words(7), "length ratio"),
        ("translate", _words(7, "a"), _words(2), "length ratio"),
        ("translate", _words(2, "a"), _words(6), None),
        ("chat", "<user> a", "<say> " + _words(8), None),
    ],
)
def test_each_filter_counts_what_it_drops(task: Task, source: str, target: str, reason: str | None) -> None:
    filtered = Filter(_SETTINGS, task)
    assert filtered.keeps(Example(source, target)) is (reason is None)
    assert dict(filtered.dropped) == ({reason: 1} if reason else {})


def test_punctuation_counts_in_the_ratio_as_words_do() -> None:
    filtered = Filter(_SETTINGS, "translate")
    assert not filtered.keeps(Example("a b", "c , d ! e ? f"))
    assert not filtered.keeps(Example("a b", "c, d! e? f."))
    assert filtered.dropped == {"length ratio": 2}


def test_a_repeat_is_dropped_whatever_its_case() -> None:
    filtered = Filter(_SETTINGS, "translate")
    examples = [Example("Hola", "hi"), Example("hola", "Hi"), Example("hola", "hello"), Example("Hola", "hi")]
    assert [filtered.keeps(each) for each in examples] == [True, False, True, False]
    assert filtered.dropped == {"duplicate": 2}


def test_a_repeat_in_another_copy_of_the_file_is_none() -> None:
    filtered = Filter(_SETTINGS, "translate")
    kept = [filtered.keeps(Example("hola", "hi"), copy) for copy in (0, 0, 1, 1, 2)]
    assert kept == [True, False, True, False, True]
    assert filtered.dropped == {"duplicate": 2}


def test_a_common_reply_is_kept_only_so_often() -> None:
    filtered = Filter(_SETTINGS, "chat")
    kept = [filtered.keeps(Example(f"<user> {i}", "<say> ok")) for i in range(4)]
    assert kept == [True, True, False, False]
    assert filtered.keeps(Example("<user> 1", "<say> fine"))
    assert filtered.keeps(Example("<user> 1", "<say> ok"), copy=1)
    assert filtered.dropped == {"reply too common": 2}


def test_only_replies_in_words_are_counted_as_common() -> None:
    chat, translate = Filter(_SETTINGS, "chat"), Filter(_SETTINGS, "translate")
    assert all(chat.keeps(Example(f"<user> {i}", "<unsupported>")) for i in range(5))
    assert all(translate.keeps(Example(f"a {i}", "ok")) for i in range(5))
