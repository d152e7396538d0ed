"""Start: the image that a job starts from, on its way from the studio to the worker."""

from collections.abc import Mapping

import msgspec

from maquette.core.pixels import Pixels


class Start(msgspec.Struct, frozen=True, eq=False):
    """RGB pixels of the recipe's size; and, if its file carries a signed manifest, that file.

    The manifest is kept in what is made from it; `file` is b"" without one.
    """

    pixels: Pixels
    file: bytes = b""


Starts = Start | Mapping[str, Start] | None
"""What jobs start from: one for all that start from an image, or one for each digest."""
