"""Opening the dialog of batch export over the studio's state."""

import asyncio
from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from maquette.core.gallery import GalleryPicture
from maquette.gui.export.dialog import BatchExportDialog
from maquette.state.studio import Studio


def open_batch_export(
    studio: Studio, pictures: Sequence[GalleryPicture], parent: QWidget
) -> BatchExportDialog:
    """Ask as what `pictures` go out; the dialog opens soon, and is gone once it is closed."""
    dialog = BatchExportDialog(
        pictures,
        presets=studio.export_presets,
        exports=studio.batch_exports,
        measurer=studio.marker,
        boards={board.id: board.name for board in studio.library.boards},
        settings=studio.settings,
        layout=studio.layout,
        tasks=studio.tasks,
        parent=parent,
    )
    dialog.finished.connect(dialog.deleteLater)
    studio.tasks.start(_open(dialog))
    return dialog


async def _open(dialog: BatchExportDialog) -> None:
    while dialog.build_part():
        await asyncio.sleep(0)
    dialog.open()
