from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.corpora.native import READERS
from assistant.errors import CorpusError


def _read(reader: str, folder: Path, files: dict[str, str], **options: Any) -> list[tuple[str, str, str]]:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8", newline="")
    return [(part, pair["source"], pair["target"]) for part, pair in READERS[reader](folder, options)]


def test_manythings_has_english_first_and_thanks_last(tmp_path: Path) -> None:
    content = "Go.\tVe.\tCC-BY 2.0 (France) Attribution: tatoeba.org #1 (CM) & #2 (x)\r\nHi.\tHola.\tCC\r\n"
    assert _read("table", tmp_path, {"spa-eng/spa.txt": content}, file="spa.txt", es=1, en=0) == [
        ("train", "Ve.", "Go."),
        ("train", "Hola.", "Hi."),
    ]


def test_a_table_with_too_few_columns_is_another_format(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"spa\.txt:2: not the format expected"):
        _read("table", tmp_path, {"spa.txt": "Go.\tVe.\nHi.\n"}, file="spa.txt", es=1, en=0)


def test_the_phrasebook_names_its_columns_and_has_gaps(tmp_path: Path) -> None:
    content = "German\tEnglish\tFrench\tSpanish\nHallo\tHello\t\tHola\nbitte\tPlease\nja\tyes\toui\t \n"
    assert _read("table", tmp_path, {"short.tsv": content}, file="*.tsv", es="Spanish", en="English") == [
        ("train", "Hola", "Hello")
    ]
    with pytest.raises(CorpusError, match=r"other\.tsv:1: not the format"):
        _read("table", tmp_path, {"other.tsv": "a\tb\n"}, file="other.tsv", es="Spanish", en="English")


_PAIRS = [{"es": "*.es", "en": "*.en"}]


def test_moses_files_go_in_step(tmp_path: Path) -> None:
    # U+2028 and U+0085 end a line for Python's splitlines, but not for OPUS.
    files = {
        "OpenSubtitles.en-es.es": "Hola.\n\nSí\u2028sí\u0085.\n",
        "OpenSubtitles.en-es.en": "Hi.\nx\nYes.\n",
    }
    assert _read("parallel lines", tmp_path, files, pairs=_PAIRS) == [
        ("train", "Hola.", "Hi."),
        ("train", "Sí\u2028sí\u0085.", "Yes."),
    ]


def test_moses_files_out_of_step_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"a\.es: has not as many lines as a\.en"):
        _read("parallel lines", tmp_path, {"a.es": "uno\ndos\n", "a.en": "one\n"}, pairs=_PAIRS)


def test_a_column_of_tables_in_step(tmp_path: Path) -> None:
    files = {"mgsm.es": "¿Cuántos?\t18\n", "mgsm.en": "How many?\t18\n"}
    assert _read("parallel lines", tmp_path, files, pairs=_PAIRS, column=0) == [
        ("train", "¿Cuántos?", "How many?")
    ]


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"no file \*\.en is among what was fetched"):
        _read("parallel lines", tmp_path, {"a.es": "uno\n"}, pairs=_PAIRS)


def test_tatoeba_sentences_are_joined_by_their_links(tmp_path: Path) -> None:
    files = {
        "spa_sentences.tsv": "11\tspa\tHola.\n12\tspa\tAdiós.\n13\tspa\tSolo.\n",
        "eng_sentences.tsv": "21\teng\tHi.\n22\teng\tHello.\n23\teng\tBye.\n",
        "spa-eng_links.tsv": "11\t21\n11\t22\n12\t23\n12\t99\n77\t21\n",
    }
    assert _read("tatoeba links", tmp_path, files) == [
        ("train", "Hola.", "Hi."),
        ("train", "Hola.", "Hello."),
        ("train", "Adiós.", "Bye."),
    ]
    with pytest.raises(CorpusError, match=r"spa_sentences\.tsv:1: not the format"):
        _read("tatoeba links", tmp_path, {**files, "spa_sentences.tsv": "11\tHola.\n"})


def test_a_translation_memory(tmp_path: Path) -> None:
    content = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><body>
<tu tuid="1"><tuv xml:lang="en"><seg>About <it>two</it> days</seg></tuv>
<tuv xml:lang="es-419"><seg>Unos dos días</seg></tuv></tu>
<tu tuid="2"><tuv xml:lang="en"><seg>Alone</seg></tuv></tu></body></tmx>"""
    assert _read("tmx", tmp_path, {"all.tmx": content}) == [("train", "Unos dos días", "About two days")]
    with pytest.raises(CorpusError, match=r"all\.tmx:1: no XML"):
        _read("tmx", tmp_path, {"all.tmx": "no"})


def test_treebanks_are_joined_by_sentence(tmp_path: Path) -> None:
    files = {
        "es.conllu": "# sent_id = n01\n# text = Hola a todos.\n1\tHola\t_\n\n# sent_id = n02\n# text = Sí.\n",
        "en.conllu": "# newdoc id = n01\n# sent_id = n01\n# text = Hello all.\n1\tHello\t_\n",
    }
    options = {"es": "es.conllu", "en": "en.conllu"}
    assert _read("conllu", tmp_path, files, **options) == [("train", "Hola a todos.", "Hello all.")]


def test_questions_are_joined_by_their_id(tmp_path: Path) -> None:
    def article(*questions: tuple[str, str]) -> str:
        asked = [{"id": key, "question": text, "answers": []} for key, text in questions]
        return json.dumps({"data": [{"paragraphs": [{"context": "c", "qas": asked}]}]})

    files = {"x.es.json": article(("1", "¿Quién?"), ("2", "¿Qué?")), "x.en.json": article(("1", "Who?"))}
    assert _read("squad", tmp_path, files, es="x.es.json", en="x.en.json") == [("train", "¿Quién?", "Who?")]
    with pytest.raises(CorpusError, match=r"x\.es\.json: not the format"):
        _read("squad", tmp_path, {"x.es.json": "[]"}, es="x.es.json", en="x.en.json")


def test_massive_is_joined_by_id_and_keeps_its_parts(tmp_path: Path) -> None:
    def said(**texts: str) -> str:
        return "".join(
            json.dumps({"id": key[1:], "partition": part, "utt": text}) + "\n"
            for (key, text), part in zip(texts.items(), ("train", "dev", "test"), strict=False)
        )

    files = {
        "1.1/data/es-ES.jsonl": said(_1="despiértame", _2="para", _3="luz"),
        "1.1/data/en-US.jsonl": said(_1="wake me", _2="stop", _9="light"),
    }
    assert _read("massive pairs", tmp_path, files) == [
        ("train", "despiértame", "wake me"),
        ("dev", "para", "stop"),
    ]
    with pytest.raises(CorpusError, match=r"es-ES\.jsonl:1: not the format"):
        _read("massive pairs", tmp_path, {"1.1/data/es-ES.jsonl": "{}\n"})


def test_strings_of_json_with_slots_left_out(tmp_path: Path) -> None:
    english = {"ui": {"save": "Save", "hello": "Hi {name}", "ok": "OK", "more": "Show <b>more</b>", "n": 3}}
    spanish = {
        "ui": {"save": "Guardar", "hello": "Hola {name}", "ok": "OK", "more": "Ver más", "old": "Viejo"}
    }
    files = {"en.json": json.dumps(english), "es.json": json.dumps(spanish)}
    assert _read("strings", tmp_path, files, en="en.json", es=["es.json"]) == [("train", "Guardar", "Save")]


def test_strings_of_rails(tmp_path: Path) -> None:
    english = "en:\n  general:\n    'yes': 'Yes'\n    count: \"%{n} left\"\n    help: |\n      Ask us.\n"
    spanish = "es:\n  general:\n    'yes': Sí\n    count: \"Quedan %{n}\"\n    help: Pregúntenos.\n"
    files = {"en.yml": english, "es.yml": spanish}
    assert sorted(_read("strings", tmp_path, files, en="en.yml", es=["es.yml"])) == [
        ("train", "Pregúntenos.", "Ask us."),
        ("train", "Sí", "Yes"),
    ]


def test_strings_of_rails_with_keys_written_out(tmp_path: Path) -> None:
    files = {
        "es.yml": "keys.shown: Aquí están sus llaves\nkeys.lost.one: no\nkeys.left: '%{count} llaves'\n",
        "en.yml": "keys.shown: Here are your keys\nkeys.lost.one: no\nkeys.left: '%{count} keys'\n",
    }
    assert _read("strings", tmp_path, files, en="en.yml", es=["es.yml"]) == [
        ("train", "Aquí están sus llaves", "Here are your keys")
    ]


def test_strings_of_java(tmp_path: Path) -> None:
    files = {
        "words_es.properties": "# Inicio=no\n\nstart.ask=¿A=B o no?\nlast = D''accord\nsize=Hasta {0} MB\n",
        "words.properties": "# Inicio=yes\nstart.ask=Is it A=B?\nlast=It''s fine\nsize=Up to {0} MB\n",
    }
    assert _read("strings", tmp_path, files, en="words.properties", es=["words_es.properties"]) == [
        ("train", "¿A=B o no?", "Is it A=B?"),
        ("train", "D'accord", "It's fine"),
    ]


def test_strings_of_fluent(tmp_path: Path) -> None:
    english = "# note\n-brand = Relay\n"
    english += "home = Home\nlong =\n    Two lines\n    of text.\n    .title = x\nb = { $n }\n"
    spanish = "home = Inicio\nlong = Dos líneas\n  de texto.\nb = { $n }\n"
    files = {"en/a.ftl": english, "es/a.ftl": spanish}
    assert _read("strings", tmp_path, files, en="en/*.ftl", es=["es/*.ftl"]) == [
        ("train", "Inicio", "Home"),
        ("train", "Dos líneas de texto.", "Two lines of text."),
    ]


def test_strings_of_android(tmp_path: Path) -> None:
    def resources(*texts: str) -> str:
        rows = "".join(f'<string name="s{i}">{text}</string>' for i, text in enumerate(texts))
        return f"<resources xmlns:moz='http://m'>{rows}</resources>"

    files = {
        "en.xml": resources("Don\\'t save", "Open %1$s", "Two\n   lines"),
        "es.xml": resources("No guardar", "Abrir %1$s", "Dos líneas"),
        "mx.xml": resources("No guardes"),
    }
    assert _read("strings", tmp_path, files, en="en.xml", es=["es.xml", "mx.xml"]) == [
        ("train", "No guardar", "Don't save"),
        ("train", "Dos líneas", "Two lines"),
        ("train", "No guardes", "Don't save"),
    ]
