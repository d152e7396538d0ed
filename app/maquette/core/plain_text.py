"""Strangers' words as plain text: on one line, in full sight, and no formula for a spreadsheet."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff0b", "\uff0d", "\uff1d", "\uff20")


def visible_text(text: str) -> str:
    """`text` on one line without characters that are not seen.

    Names come from strangers: those that turn the direction of writing (Unicode's bidirectional
    controls) could make "gpj.exe" read as "exe.jpg".
    """
    return "".join(sign if sign.isprintable() else " " for sign in text).strip()


def spreadsheet_cell(text: str) -> str:
    """`text` so that no spreadsheet takes it for a formula: an apostrophe goes before one.

    As OWASP's "CSV Injection" advises, the full-width signs that spreadsheets fold to = + - @
    included; spaces before the sign do not hide it.
    """
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
