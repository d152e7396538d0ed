"""Finding a style by what a person calls it."""

import difflib
from collections.abc import Sequence

from maquette.core.errors import StyleError
from maquette.core.plain_text import visible_text
from maquette.core.style import Style

_MOST = 3  # names that are offered instead


def find_style(styles: Sequence[Style], name: str) -> Style:
    """The style of this id or name, in either language and whatever its case.

    Raises:
        StyleError: there is none, or several have the name.
    """
    wanted = name.strip().casefold()
    found = [style for style in styles if style.id == wanted]
    found = found or [style for style in styles if wanted in _names(style)]
    if len(found) == 1:
        return found[0]
    said = visible_text(name)
    if found:
        ids = " or ".join(style.id for style in found)
        raise StyleError(f"Several styles are called {said!r}; name one by its id: {ids}.")
    known = {each: style for style in styles for each in (*_names(style), style.id)}
    near = difflib.get_close_matches(wanted, known, _MOST) or [
        each for each in known if wanted and wanted in each
    ]
    names = dict.fromkeys(known[each].name.of("en") for each in near[:_MOST])
    hint = f"; did you mean {' or '.join(names)}?" if names else "; maquette styles list has all."
    raise StyleError(f"There is no style {said!r}{hint}")


def named_style(styles: Sequence[Style], name: str) -> Style | None:
    """The style of exactly this id or name; None where these are other words.

    Raises:
        StyleError: several have the name.
    """
    wanted = name.strip().casefold()
    known = any(style.id == wanted or wanted in _names(style) for style in styles)
    return find_style(styles, name) if known else None


def _names(style: Style) -> set[str]:
    return {each.casefold() for each in (style.name.en, style.name.zh) if each}
