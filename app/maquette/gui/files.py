"""What the desktop does with a picture's file: clipboard, folder, file dialogs."""

import asyncio
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData, QProcess, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from maquette.core.batch.readers import SUFFIXES as SUFFIXES_OF_BATCHES
from maquette.core.errors import ImageError
from maquette.core.marking import FileFormat
from maquette.gui.images import picture_image
from maquette.provenance.pictures import read_picture
from maquette.state.exports import SUFFIXES, named_as
from maquette.state.pictures import PATTERNS
from maquette.state.results import Picture


async def copy_picture(picture: Picture) -> None:
    """Put the picture on the clipboard: the file's own bytes, its address, and plain pixels.

    Programs that take image/png or a file get the marked file unchanged; only those that ask for
    bare pixels get them without the text marks (the watermark is in the pixels).

    Raises:
        ImageError: the file is gone, or damaged.
    """
    path = Path(picture.path)
    try:
        data = await asyncio.to_thread(path.read_bytes)
    except OSError as error:
        raise ImageError(
            f"{path.name} is no longer there; please choose another picture.", str(error)
        ) from error
    image = await asyncio.to_thread(lambda: picture_image(read_picture(data)))
    mime = QMimeData()
    mime.setImageData(image)
    mime.setData("image/png", data)
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    QGuiApplication.clipboard().setMimeData(mime)


def show_in_folder(path: str) -> None:
    """Open the file manager at the file where that can be done, else at its folder."""
    if sys.platform == "win32":
        QProcess.startDetached("explorer", ["/select,", str(Path(path))])
    elif sys.platform == "darwin":
        QProcess.startDetached("open", ["-R", path])
    else:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(path).parent)))


def ask_where_to_save(parent: QWidget, name: str, form: FileFormat) -> str:
    """Where the user wants a copy as `form`, offered under `name`; "" when nowhere."""
    patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES[form])
    target, _kind = QFileDialog.getSaveFileName(
        parent,
        QCoreApplication.translate("Files", "Save a copy"),
        str(Path.home() / f"{Path(name).stem}{SUFFIXES[form][0]}"),
        f"{form.value.upper()} ({patterns})",
    )
    return named_as(target, form) if target else ""


def ask_for_pictures(parent: QWidget) -> list[str]:
    """Image files to check; empty when none was chosen."""
    return _ask_for_images(parent, QCoreApplication.translate("Files", "Check pictures"))


def ask_for_imports(parent: QWidget) -> list[str]:
    """Image files to take into the library; empty when none was chosen."""
    return _ask_for_images(parent, QCoreApplication.translate("Files", "Import pictures"))


def ask_for_missing(parent: QWidget, path: Path) -> str:
    """Where the file is now that was at `path`; "" when nowhere."""
    title = QCoreApplication.translate("Files", "Where is {name} now?").format(name=path.name)
    return _ask_for_image(parent, title, str(path.parent))


def ask_for_folder(parent: QWidget) -> str:
    """A folder whose pictures are taken into the library; "" when none was chosen."""
    return QFileDialog.getExistingDirectory(
        parent, QCoreApplication.translate("Files", "Import a folder of pictures")
    )


def ask_where_to_save_reports(parent: QWidget) -> str:
    """Where reports go, with .json or .csv at its end; "" when nowhere."""
    csv = QCoreApplication.translate("Files", "Table (*.csv)")
    target, kind = QFileDialog.getSaveFileName(
        parent,
        QCoreApplication.translate("Files", "Save the reports"),
        str(Path.home() / "reports.json"),
        ";;".join(("JSON (*.json)", csv)),
    )
    if target and not target.lower().endswith((".json", ".csv")):
        target += ".csv" if kind == csv else ".json"
    return target


def ask_for_picture(parent: QWidget) -> str:
    """An image file to start from; "" when none was chosen."""
    return _ask_for_image(parent, QCoreApplication.translate("Files", "Start from a picture"))


def ask_for_like(parent: QWidget) -> str:
    """An image file whose style is taken over; "" when none was chosen."""
    return _ask_for_image(parent, QCoreApplication.translate("Files", "Choose a style image"))


def ask_for_sketch(parent: QWidget, folder: str) -> str:
    """An image file to take lines out of, looked for in `folder` first; "" when none was chosen."""
    title = QCoreApplication.translate("Files", "Import a sketch")
    words = QCoreApplication.translate("Files", "Images ({patterns})")
    patterns = " ".join((*PATTERNS, "*.svg", "*.svgz"))
    path, _kind = QFileDialog.getOpenFileName(
        parent, title, folder, words.format(patterns=patterns)
    )
    return path


def ask_for_batch(parent: QWidget, folder: str) -> str:
    """A file of prompts, looked for in `folder` first; "" when none was chosen."""
    path, _kind = QFileDialog.getOpenFileName(
        parent,
        QCoreApplication.translate("Files", "Choose a file of prompts"),
        folder,
        QCoreApplication.translate("Files", "Files of prompts ({patterns})").format(
            patterns=" ".join(f"*{suffix}" for suffix in SUFFIXES_OF_BATCHES)
        ),
    )
    return path


def _ask_for_images(parent: QWidget, title: str) -> list[str]:
    paths, _kind = QFileDialog.getOpenFileNames(parent, title, "", _images())
    return paths


def _ask_for_image(parent: QWidget, title: str, folder: str = "") -> str:
    path, _kind = QFileDialog.getOpenFileName(parent, title, folder, _images())
    return path


def _images() -> str:
    """The filter of file dialogs for every format that can be read."""
    words = QCoreApplication.translate("Files", "Images ({patterns})")
    return words.format(patterns=" ".join(PATTERNS))
