"""Prompt text as people paste it, made safe to store and to tokenize."""

import unicodedata

_KEPT_CONTROLS = "\n\t"
# Marks that reorder text on screen without being seen; joiners that emoji and scripts need stay.
_BIDI_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


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
