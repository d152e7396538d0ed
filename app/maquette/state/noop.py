"""QT_TRANSLATE_NOOP with its type: PySide6 declares it to return `object`."""


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark `text` for the translation tools, which look for this name; returns it as it is."""
    return text
