"""The process that draws one SVG document: standard input to pixels on standard output."""

import struct
import sys

from PySide6.QtCore import QByteArray, QRectF, QSizeF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QImageReader, QPainter
from PySide6.QtSvg import QSvgRenderer

try:
    import resource
except ImportError:  # there is none on Windows
    resource = None

_MEMORY = 3 << 30  # bytes of address space; a drawing needs a tenth of them
_SECONDS = 30  # of processor time
_EMBEDDED = 128  # MiB that an embedded picture may take


def main(side: int) -> int:
    """Draw what comes in on white, its longer side `side` pixels; return the exit status.

    Written are width and height as little-endian uint32, then RGB rows.
    """
    _limit()
    document = sys.stdin.buffer.read()
    app = QGuiApplication(["maquette"])
    QImageReader.setAllocationLimit(_EMBEDDED)
    renderer = QSvgRenderer(QByteArray(document))
    size = renderer.viewBoxF().size()
    if size.isEmpty():
        size = QSizeF(renderer.defaultSize())
    if not renderer.isValid() or size.isEmpty():
        return 1
    factor = side / max(size.width(), size.height())
    width, height = (max(1, round(length * factor)) for length in size.toTuple())
    image = QImage(width, height, QImage.Format.Format_RGB888)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    renderer.render(painter, QRectF(0, 0, width, height))
    painter.end()
    rows, stride = memoryview(image.constBits()), image.bytesPerLine()
    output = sys.stdout.buffer
    output.write(struct.pack("<II", width, height))
    for row in range(height):
        output.write(rows[row * stride : row * stride + 3 * width])
    output.flush()
    del app
    return 0


def _limit() -> None:
    """Let the system end this process when the document is too much for it."""
    if resource is None:
        return  # who started it ends it after some seconds
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "darwin":  # where the limit is not kept, and setting it may fail
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
