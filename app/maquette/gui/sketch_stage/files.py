"""File dialogs of sketches, and the menu of those drawn lately."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from maquette.gui.sketch_shelf.previews import title_of, when
from maquette.library.sketches.formats import ENDINGS, OPENRASTER, PROJECT
from maquette.library.sketches.shelf import Shelved

MOST = 12  # sketches in the menu


def ask_for_sketch(parent: QWidget) -> str:
    """A drawing to open; "" when none was chosen."""
    words = QCoreApplication.translate("Files", "Sketches ({patterns})")
    path, _kind = QFileDialog.getOpenFileName(
        parent,
        QCoreApplication.translate("Files", "Open a sketch"),
        "",
        words.format(patterns=" ".join(f"*{ending}" for ending in ENDINGS)),
    )
    return path


def ask_where_to_save_sketch(parent: QWidget, name: str, current: Path | None) -> str:
    """Where the drawing goes with all of its layers; "" when nowhere."""
    return _ask(
        parent, QCoreApplication.translate("Files", "Save the sketch"), name, current, PROJECT
    )


def ask_where_to_export_sketch(parent: QWidget, name: str) -> str:
    """Where the OpenRaster file goes; "" when nowhere."""
    title = QCoreApplication.translate("Files", "Export as OpenRaster")
    return _ask(parent, title, name, None, OPENRASTER)


def _ask(parent: QWidget, title: str, name: str, current: Path | None, suffix: str) -> str:
    plain = "".join(sign for sign in name if sign.isalnum() or sign in " -_").strip()
    offered = str(current or Path.home() / f"{plain or 'sketch'}{suffix}")
    path, _kind = QFileDialog.getSaveFileName(parent, title, offered, f"*{suffix}")
    return path


def fill_recent(
    menu: QMenu,
    sketches: Sequence[tuple[Shelved, QImage]],
    choose: Callable[[str], object],
) -> None:
    """List `sketches` with their pictures; `choose` gets the id of the one that is picked."""
    menu.clear()
    for sketch, image in sketches[:MOST]:
        text = f"{title_of(sketch)}\t{when(sketch.changed)}".replace("&", "&&")
        icon = QIcon(QPixmap.fromImage(image)) if not image.isNull() else QIcon()
        menu.addAction(icon, text, lambda held=sketch.id: choose(held))
    if menu.isEmpty():
        none = menu.addAction(QCoreApplication.translate("Files", "No other sketches yet"))
        none.setEnabled(False)
