"""Texts from a stranger's file, made fit to be shown inside a sentence."""

import re
import unicodedata

_MOST = 120  # characters
_RECORD_ID = re.compile("[0-9A-F]{8}")


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


def is_record_id(text: str) -> bool:
    """Whether `text` is a record's id: 8 upper-case hex digits."""
    return _RECORD_ID.fullmatch(text) is not None
