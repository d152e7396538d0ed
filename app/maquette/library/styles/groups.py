"""Which group a style of another program belongs to, told by the art styles that its words name."""

import functools
from collections.abc import Mapping

from maquette.core.style import StyleGroup
from maquette.library.styles.shipped import shipped_styles
from maquette.library.vocabulary import vocabulary

_STYLE = "style"


def group_of(words: str) -> StyleGroup | None:
    """The group of the first art style that `words` name; None where they name none."""
    groups = _groups()
    named = sorted(word for field, word in vocabulary().attributes(words) if field == _STYLE)
    return next((groups[word] for word in named if word in groups), None)


@functools.cache
def _groups() -> Mapping[str, StyleGroup]:
    """Art styles of the word lists, as the shipped styles are grouped."""
    return {
        word: style.group
        for style in reversed(shipped_styles())
        for field, word in vocabulary().attributes(style.prompt.en)
        if field == _STYLE
    }
