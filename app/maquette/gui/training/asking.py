"""File dialogs for the pictures of a training."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from maquette.state.pictures import PATTERNS


def ask_for_pictures(parent: QWidget) -> list[str]:
    """Image files to learn from; empty when none was chosen."""
    translate = QCoreApplication.translate
    words = translate("Files", "Images ({patterns})").format(patterns=" ".join(PATTERNS))
    title = translate("Files", "Pictures to learn from")
    paths, _kind = QFileDialog.getOpenFileNames(parent, title, "", words)
    return paths


def ask_for_folder(parent: QWidget) -> str:
    """A folder whose pictures are learned from; "" when none was chosen."""
    return QFileDialog.getExistingDirectory(
        parent, QCoreApplication.translate("Files", "A folder of pictures to learn from")
    )
