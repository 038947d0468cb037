from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from assistant.corpora.variants import renamed, typed
from tests.bench.translation import bare
from tests.text.strategies import steady

_CAREFUL = "¿Qué quieres que te diga? También me voy mañana, por favor, porque estoy cansado."
_any_text = st.text(max_size=60)


def test_the_bare_sentence_has_no_accents_capitals_or_marks() -> None:
    assert bare("¡Mañana, sí! ¿Qué pingüino?  Son 3.5 €…") == "manana si que pinguino son 3.5 €"


def test_hurried_typing_keeps_the_words_in_their_order() -> None:
    variants = {typed(_CAREFUL, seed) for seed in range(40)}
    assert len(variants) > 20
    for variant in variants:
        assert re.search(r"\b(diga)\b.*\b(voy)\b.*\b(cansado+)", variant)


def test_every_kind_of_hurry_is_met() -> None:
    variants = [typed(_CAREFUL, seed) for seed in range(200)]
    for trace in (
        r"\bq\b",
        r"\btb\b",
        r"\bxfa\b",
        r"\b[xp]q\b",
        r"cansadooo",
        r"^que quieres que",
        r"Tambien",
    ):
        assert any(re.search(trace, variant) for variant in variants), trace
    assert sum("¿" in variant for variant in variants) < 60
    assert _CAREFUL in variants or any("mañana, por" in variant for variant in variants)


def test_the_same_seed_types_the_same() -> None:
    assert typed(_CAREFUL, 3) == typed(_CAREFUL, 3)
    assert typed(_CAREFUL, 3) != typed(_CAREFUL, 4)


def test_shared_names_and_numbers_become_the_same_others() -> None:
    source, target = renamed("Marta tiene 25 perros en Lugo.", "Marta has 25 dogs in Lugo.", 1)
    assert "Marta" not in source and "25" not in source and "Lugo" not in source
    words = source.rstrip(".").split()
    assert words[1::2] == ["tiene", "perros"] or words[1] == "tiene"
    assert target == f"{words[0]} has {words[2]} dogs in {words[5]}."
    assert re.fullmatch(r"[1-9]\d", words[2])


def test_what_only_one_side_has_stays() -> None:
    pair = ("Londres es grande.", "London is big.")
    assert renamed(*pair, 1) == pair
    twice = ("Tom ama a Tom.", "Tom loves Tom.")
    assert renamed(*twice, 1) == twice


@steady
@given(_any_text, st.integers(0, 5))
def test_any_text_can_be_varied(text: str, seed: int) -> None:
    assert typed(text, seed) == typed(text, seed)
    assert bare(bare(text)) == bare(text)
    source, target = renamed(text, text, seed)
    assert source == target
