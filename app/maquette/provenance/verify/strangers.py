"""Texts from a stranger's file, made fit to be shown inside a sentence."""

import unicodedata

_MOST = 120  # characters


def plain(text: str, most: int = _MOST) -> str:
    """`text` on one line, at most `most` characters, without what steers a terminal or a line.

    Control, format (bidirectional overrides among them), private and unassigned characters go.
    """
    kept = "".join(
        " " if character.isspace() else character
        for character in text[: 4 * most]
        if character.isspace() or not unicodedata.category(character).startswith("C")
    )
    words = " ".join(kept.split())
    return words if len(words) <= most else words[: most - 1] + "…"
