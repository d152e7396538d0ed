"""Searching styles by words, in either language."""

from maquette.core.style import Style


def matches(style: Style, query: str) -> bool:
    """Whether all words of `query` occur in what `style` says of itself, whatever their case."""
    words = query.casefold().split()
    if not words:
        return True
    text = searched_text(style)
    return all(word in text for word in words)


def searched_text(style: Style) -> str:
    """What is searched of a style: names, description, fragments, group, author."""
    parts = (style.name, style.description, style.prompt)
    texts = [text for part in parts for text in (part.en, part.zh)]
    return "\n".join((*texts, style.group.value, style.author)).casefold()
