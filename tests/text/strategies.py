"""Texts for property tests: plain ones, and ones full of what could break us."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

from assistant.text.marks import MARKS
from assistant.text.normalise import normalise

# The same cases in every run, and no clock: two busy cores are no defect.
steady = settings(deadline=None, derandomize=True, database=None, max_examples=200)

_AWKWARD = (
    *MARKS, "<", ">", "<us", "er>", "<<say>>", "<unk>", "<s>", "</s>", "<pad>", "<0x41>",
    " ", "  ", "\t", "\n", "\r\n", "\u00a0", "\u2028", "\x00", "\x1c", "\x85", "\u00ad", "\u200b", "\ufeff",
    "e", "n", "a\u030a", "\u0301", "\u0303", "\u0338", "ﬁ", "ß", "İ", "\u200d", "\ufe0f", "\ufffd",
    "😀", "👩\u200d🚀", "🇪🇸", "ᚠᚢᚦ", "𒀀", "漢字", "한", "العربية", "\u2581", "⁇", "\U0010ffff",
    "Sr.", "J.", "...", "…", ". ", "? ", "! ", "¿", "¡", ", ", "; ", " - ", '"', "'", "«", "»", "(", ")",
    "|", " = ", "Hola", "mundo", "3.50",
)  # fmt: skip

any_text = st.lists(st.one_of(st.sampled_from(_AWKWARD), st.text(max_size=6)), max_size=16).map("".join)
normalised_text = any_text.map(normalise)
