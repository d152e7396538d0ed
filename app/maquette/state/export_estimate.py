"""How large an export will be: measured on one picture, by really making its files."""

import asyncio
from pathlib import Path
from typing import Protocol

from maquette.core.errors import MaquetteError
from maquette.core.export_preset import ExportPreset, Rendition
from maquette.core.gallery import GalleryPicture
from maquette.core.marking import Marking
from maquette.core.record import Record
from maquette.engine.marker import ExportedFile

PAUSE = 0.8  # seconds without a change before anything is measured


class Measurer(Protocol):
    """Whatever makes a file without keeping it: the marker's client."""

    async def export(
        self, source: Path, record: Record, rendition: Rendition, marking: Marking
    ) -> ExportedFile:
        """Raises MaquetteError."""
        ...


async def measured(
    measurer: Measurer, preset: ExportPreset, picture: GalleryPicture, marking: Marking
) -> int | None:
    """Bytes of the files of `picture` in all sizes of `preset`; None where they cannot be made.

    Waits a moment first, so that a task which is cancelled by the next change costs nothing.

    Args:
        marking: the settings' marks.
    """
    await asyncio.sleep(PAUSE)
    if picture.record is None:
        return None
    total = 0
    for size in preset.sizes:
        try:
            made = await measurer.export(
                picture.path, picture.record, preset.rendition(size), preset.marking(marking)
            )
        except MaquetteError:
            return None
        total += len(made.file)
    return total
