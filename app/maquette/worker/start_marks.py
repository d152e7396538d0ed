"""Recognising a start image as one of our pictures, by its watermark."""

import msgspec

from maquette.core.pixels import Pixels
from maquette.core.recipe import Recipe
from maquette.provenance.watermark.detection import detect


class StartMarks:
    """Names the record of start images; remembers the last one, which variations share."""

    def __init__(self) -> None:
        self._digest = self._record = ""

    def named(self, recipe: Recipe, pixels: Pixels) -> Recipe:
        """`recipe` with the record that the watermark of its start image `pixels` names.

        Without a watermark it stays with what the recipe says. What can be found is found in a
        twentieth of a second, since this runs for every new start image: scaled and cropped
        pictures, not turned ones.
        """
        start = recipe.start
        if start is None:
            return recipe
        if not start.digest or start.digest != self._digest:
            found = detect(pixels, thorough=False)
            self._digest, self._record = start.digest, found.record_id if found else ""
        if not self._record:
            return recipe
        return msgspec.structs.replace(
            recipe, start=msgspec.structs.replace(start, record=self._record)
        )
