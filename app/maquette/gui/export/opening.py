"""Opening the dialog of batch export over the studio's state."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from maquette.core.gallery import GalleryPicture
from maquette.gui.export.dialog import BatchExportDialog
from maquette.state.studio import Studio


def open_batch_export(
    studio: Studio, pictures: Sequence[GalleryPicture], parent: QWidget
) -> BatchExportDialog:
    """Ask as what `pictures` go out; the dialog is gone once it is closed."""
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
    dialog.open()
    return dialog
