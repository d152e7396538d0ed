"""Pictures of the screen for the documentation."""

import asyncio
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtGui import QGuiApplication, QImage

A_MOMENT = 0.8  # seconds, for what fades or is made in a thread
COLOURS = 128  # of a saved picture's palette


class Camera:
    """Saves what is on the screen, in a folder."""

    def __init__(self, folder: Path, subject: str, language: str) -> None:
        """`subject` begins the files' names, and "en" or "zh" ends them."""
        self._folder = folder
        self._subject = subject
        self._ending = "zh" if language == "zh_CN" else "en"

    async def take(self, name: str) -> None:
        """Save the screen, after a moment, as SUBJECT-NAME-en.png or -zh.png."""
        await asyncio.sleep(A_MOMENT)
        screen = QGuiApplication.primaryScreen()
        shot = screen.grabWindow(0).toImage().convertToFormat(QImage.Format.Format_RGB888)
        rows = np.frombuffer(shot.constBits(), np.uint8).reshape(shot.height(), -1)
        pixels = rows[:, : 3 * shot.width()].reshape(shot.height(), shot.width(), 3)
        image = Image.fromarray(np.ascontiguousarray(pixels))
        palette = image.quantize(COLOURS)
        small = image.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG)
        small.save(self._folder / f"{self._subject}-{name}-{self._ending}.png", optimize=True)
