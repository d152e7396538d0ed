"""What is found in a file of styles: those that can be used, and sentences about the others."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from maquette.core.errors import StyleError
from maquette.core.plain_text import visible_text
from maquette.core.style import Style, check_style

MAX_STYLES = 2_000  # of one file
_MOST_REASONS = 3  # that are told of one file


class FoundStyle(msgspec.Struct, frozen=True):
    """A style and its sample picture: the content of an image file, b"" for none."""

    style: Style
    sample: bytes = b""


class Found(msgspec.Struct, frozen=True):
    """Styles out of a file, in its order; `notices` are sentences."""

    styles: tuple[FoundStyle, ...]
    notices: tuple[str, ...] = ()


def usable(name: str, offered: Iterable[FoundStyle | StyleError]) -> Found:
    """Those of `offered` that can be used; why others cannot is told.

    Args:
        name: of the file.
        offered: StyleError stands for an entry that makes no style.

    Raises:
        StyleError: there are too many, or none that can be used.
    """
    styles: list[FoundStyle] = []
    reasons: Counter[str] = Counter()
    for number, each in enumerate(offered):
        if number >= MAX_STYLES:
            raise StyleError(
                f"{name} has more than {MAX_STYLES:,} styles; please split it into several files."
            )
        try:
            if isinstance(each, StyleError):
                raise each
            check_style(each.style)
            styles.append(each)
        except StyleError as error:
            reasons[error.message] += 1
    if not styles:
        reason = next(iter(reasons), "")
        raise StyleError(f"{name} has no style that can be used; choose another file.", reason)
    notices: list[str] = []
    for reason, count in reasons.most_common(_MOST_REASONS):
        left_out = "1 style was" if count == 1 else f"{count} styles were"
        notices += [f"{left_out} left out of {name}.", reason]
    return Found(tuple(styles), tuple(notices))


def plain(text: object, most: int) -> str:
    """A stranger's text on one line, cut; "" for what is no text."""
    return visible_text(text[: 2 * most])[:most].strip() if isinstance(text, str) else ""
