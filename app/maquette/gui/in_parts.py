"""InParts: widgets that are built a part at a time, since a window may not stand still for long."""

from collections.abc import Iterator


class InParts:
    """Mix-in, before the Qt class. The widget is empty until `build_part` was called to the end.

    Its class sets `_parts` to what builds it, which yields True after every part. Every part
    belongs to the widget from the beginning: what belonged to nobody in a pause would outlive a
    window that closes then, and be told of a new language without its actions.
    """

    _parts: Iterator[bool]

    def build_part(self) -> bool:
        """Build the next part, which takes some milliseconds; False when there is none left."""
        return next(self._parts, False)
