"""The batch dialog: what a file of prompts would make, or everything that is wrong with it."""

import asyncio
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from maquette.core.batch.readers import SUFFIXES
from maquette.core.errors import MaquetteError
from maquette.gui import icons
from maquette.gui.batch_list import BatchList
from maquette.gui.elided import ElidedLabel
from maquette.gui.files import ask_for_batch
from maquette.gui.live import Live
from maquette.gui.parts import button, label, name
from maquette.gui.queue_words import time_words
from maquette.gui.theme import current_tokens
from maquette.state.batch_starts import BatchOrder
from maquette.state.batches import Batches, is_batch_file
from maquette.state.messages import translate_sentence
from maquette.state.tasks import Tasks

SIZE = QSize(760, 560)

EXAMPLE = """prompt;seed;style
a {{mug|vase}};1..3;ink drawing|watercolour
a {red|blue} teapot;;
__forms__ made of glass;;"""
"""Shown before a file was chosen; what it means is said beside it."""


class BatchDialog(Live, QDialog):
    """Shows the file before anything is queued. Another one can be dropped on it."""

    def __init__(self, batches: Batches, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setAcceptDrops(True)
        self.resize(SIZE)
        self._batches = batches
        self._tasks = tasks
        self._path = ""
        self._order: BatchOrder | None = None
        self._failure = ""
        self._reading: asyncio.Task[None] | None = None
        self._icon = label()
        self.file = ElidedLabel("title")
        self.summary = label("muted", wrap=True)
        self.remark = label("small", wrap=True)
        self.list = BatchList()
        self._example = label("muted")
        self._words = [label("muted", wrap=True) for _ in range(4)]
        self._pages = QStackedWidget()
        self.choose = button("tall")
        self.cancel = button("tall")
        self.queue_up = button("primary")
        self._lay_out()
        self.choose.clicked.connect(self._choose)
        self.cancel.clicked.connect(self.reject)
        self.queue_up.clicked.connect(self._queue_up)
        self.retranslate()
        self.restyle()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._icon)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.file)
        words.addWidget(self.summary)
        head.addLayout(words, 1)
        teaching = QWidget()
        column = QVBoxLayout(teaching)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(10)
        self._example.setTextFormat(Qt.TextFormat.PlainText)
        self._example.setText(EXAMPLE)
        self._example.setProperty("role", "key")
        column.addWidget(self._example)
        for line in self._words:
            column.addWidget(line)
        column.addStretch(1)
        self._pages.addWidget(teaching)
        self._pages.addWidget(self.list)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.choose)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.queue_up)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.setSpacing(12)
        outer.addLayout(head)
        outer.addWidget(self._pages, 1)
        outer.addWidget(self.remark)
        outer.addLayout(foot)

    # --- reading --------------------------------------------------------------------------------

    def read(self, path: str) -> None:
        """Read the batch file at `path` and show what it says."""
        if self._reading is not None:
            self._reading.cancel()
        self._path, self._order, self._failure = path, None, ""
        self._render()
        self._reading = self._tasks.start(self._read(path))

    async def _read(self, path: str) -> None:
        try:
            self._order = await self._batches.read(path)
            self._render()
            if self.queue_up.isEnabled():
                self.queue_up.setFocus()
            return
        except MaquetteError as error:
            self._failure = error.message
        self._render()

    def _choose(self) -> None:
        path = ask_for_batch(self, str(Path(self._path).parent) if self._path else "")
        if path:
            self.read(path)

    def _queue_up(self) -> None:
        if self._order is not None and self._order.recipes:
            self._tasks.start(self._batches.queue_up(self._order))
            self.accept()

    # --- showing --------------------------------------------------------------------------------

    def _render(self) -> None:
        order = self._order
        self._pages.setCurrentIndex(1 if self._path else 0)
        self.file.set_text(Path(self._path).name if self._path else self.tr("A file of prompts"))
        self.summary.setText(self._summary())
        self.list.show_order(order)
        remarks = order.remarks if order is not None else ()
        self.remark.setText(" ".join(translate_sentence(remark) for remark in remarks))
        self.remark.setVisible(bool(remarks))
        count = len(order.recipes) if order is not None else 0
        self.queue_up.setEnabled(count > 0)
        self.queue_up.setText(
            self.tr("Queue {n} pictures").format(n=f"{count:,}") if count > 1 else self.tr("Queue")
        )
        self.queue_up.setDefault(count > 0)
        self.choose.setDefault(not self._path)
        self.restyle()

    def _summary(self) -> str:
        if not self._path:
            return self.tr("Tables, JSON lines and text files are queued as one group.")
        if self._failure:
            return translate_sentence(self._failure)
        order = self._order
        if order is None:
            return self.tr("Reading…")
        if order.problems:
            return self.tr("Nothing is queued before these are put right.")
        lines = len(set(order.lines))
        words = self.tr("{pictures} pictures from {lines} lines")
        text = words.format(pictures=f"{len(order.recipes):,}", lines=f"{lines:,}")
        seconds = self._batches.seconds_for(order)
        if seconds is None:
            return f"{text} · {self.tr('the time is known after the first picture')}"
        time = self.tr("about {time}").format(time=time_words(seconds))
        return f"{text} · {time}"

    # --- dropping -------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(is_batch_file(url.toLocalFile()) for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls()]
        found = next((path for path in paths if is_batch_file(path)), "")
        if found:
            event.acceptProposedAction()
            self.read(found)

    # --- language and theme ---------------------------------------------------------------------

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Batch"))
        self.choose.setText(self.tr("Choose a file…"))
        name(self.choose, self.tr("Choose a file of prompts"))
        self.cancel.setText(self.tr("Cancel"))
        for line, text in zip(
            self._words,
            (
                self.tr(
                    "Files end in {suffixes}. A text file has one prompt on each line; a table "
                    "and JSON lines also have columns such as seed, count, width, height, steps, "
                    "style, model and start."
                ).format(suffixes=", ".join(SUFFIXES)),
                self.tr(
                    "{a|b} draws one of the words for each picture, {{a|b}} makes a picture with "
                    "each, and __name__ draws a line of the file name.txt beside the batch file."
                ),
                self.tr(
                    "Several seeds and styles in one cell are combined with each other: 1..3 are "
                    "three seeds, and | stands between styles."
                ),
                self.tr("The file is checked as a whole before the first picture is made."),
            ),
            strict=True,
        ):
            line.setText(text)
        self._render()

    def restyle(self) -> None:
        order, tokens = self._order, current_tokens()
        wrong = bool(self._failure) or (order is not None and bool(order.problems))
        glyph = "warning-circle" if wrong else "list-plus"
        colour = tokens.danger if wrong else tokens.accent
        self._icon.setPixmap(icons.icon(glyph, colour).pixmap(32, 32))
