"""Prompt text as people paste it, made safe to store and to tokenize."""

import re
import unicodedata

_KEPT_CONTROLS = "\n\t"
# Marks that reorder text on screen without being seen; joiners that emoji and scripts need stay.
_BIDI_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


_CHINESE = re.compile(r"[\u3400-\u9fff]")


def language_of(prompt: str, otherwise: str) -> str:
    """The language that `prompt` is written in, "en" or "zh"; `otherwise` where it is empty."""
    if not prompt.strip():
        return otherwise
    return "zh" if _CHINESE.search(prompt) else "en"


def clean_prompt(text: str) -> str:
    """Return `text` in NFC without control characters, lone surrogates and bidi overrides.

    Line breaks and tabs become single spaces; Chinese, right-to-left scripts and emoji stay.
    """
    kept = (
        " " if character in _KEPT_CONTROLS else character
        for character in text
        if character in _KEPT_CONTROLS
        or (
            unicodedata.category(character) not in ("Cc", "Cs") and character not in _BIDI_OVERRIDES
        )
    )
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())
