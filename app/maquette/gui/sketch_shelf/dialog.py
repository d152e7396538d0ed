"""The window of all sketches: one is opened, others are thrown away, and the trash beside."""

import asyncio
import time
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QIcon,
    QImage,
    QKeySequence,
    QPainter,
    QPixmap,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from maquette.gui.live import Live
from maquette.gui.parts import button, label, name, plain_tip
from maquette.gui.sketch_shelf.previews import preview, title_of, when
from maquette.gui.theme import current_tokens
from maquette.library.sketches.shelf import Shelved
from maquette.state.drawing_files import TRASH_DAYS
from maquette.state.studio import Studio

SIZE = QSize(760, 560)
SIDE = 132  # pixels of a picture
CELL = QSize(SIDE + 24, SIDE + 60)
AT_ONCE = 8  # pictures that are decoded before the first of them is shown
DAY = 86_400.0  # seconds

_ID = Qt.ItemDataRole.UserRole


class SketchesDialog(Live, QDialog):
    """Enter opens the current sketch, Delete throws away what is selected, Ctrl+Z takes it back."""

    def __init__(self, studio: Studio, parent: QWidget) -> None:
        super().__init__(parent)
        self.resize(SIZE)
        self._studio = studio
        self._shown: tuple[Shelved, ...] = ()
        self._looked = 0  # how often the folder was looked at; only the newest look counts
        self.kept, self.trashed = button("chip"), button("chip")
        self._which = QButtonGroup(self)
        for chip in (self.kept, self.trashed):
            chip.setCheckable(True)
            self._which.addButton(chip)
        self.kept.setChecked(True)
        self.list = _PictureList()
        self.empty = label("muted", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.list)
        self.note = label("muted", wrap=True)
        self.remove, self.back = button("tall"), button("tall")
        self.open_button = button("primary")
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.kept)
        head.addWidget(self.trashed)
        head.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.remove)
        foot.addWidget(self.back)
        foot.addWidget(self.open_button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.setSpacing(12)
        outer.addLayout(head)
        outer.addWidget(self._stack, 1)
        outer.addLayout(foot)

    def _connect(self) -> None:
        shelf = self._studio.sketch_shelf
        self._which.buttonClicked.connect(lambda _chip: self._turn())
        self.list.itemSelectionChanged.connect(self._selected)
        self.list.itemActivated.connect(lambda _item: self.open_chosen())
        self.remove.clicked.connect(self.discard_chosen)
        self.back.clicked.connect(lambda: shelf.bring_back(self.chosen))
        self.open_button.clicked.connect(self.open_chosen)
        keys = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list, self.discard_chosen)
        keys.setContext(Qt.ShortcutContext.WidgetShortcut)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, shelf.take_back)
        shelf.changed.connect(self._look)
        self._studio.drawings.replaced.connect(self._look)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    def hideEvent(self, event: QHideEvent) -> None:
        self._looked += 1  # nobody waits for what is still decoded
        super().hideEvent(event)

    # --- commands -------------------------------------------------------------------------------

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of what is selected."""
        return tuple(item.data(_ID) for item in self.list.selectedItems())

    def open_chosen(self) -> None:
        """Lay out the sketch that is selected, out of the trash if it is there, and close."""
        if len(self.chosen) != 1:
            return
        [wanted] = self.chosen
        if self.trashed.isChecked():
            self._studio.sketch_shelf.bring_back((wanted,), wanted)
        else:
            self._studio.drawings.lay_out(wanted)
        self._studio.sketches.turn(True)
        self.accept()

    def discard_chosen(self) -> None:
        """Put what is selected into the trash."""
        chosen = self.chosen
        if chosen and self.kept.isChecked():
            names = [sketch.name for sketch in self._shown if sketch.id in chosen]
            self._studio.sketch_shelf.discard(chosen, names[0] if len(names) == 1 else "")

    # --- showing --------------------------------------------------------------------------------

    def _turn(self) -> None:
        self._show(())
        self._turn_words()
        self._look()

    def _look(self) -> None:
        """See what is there now."""
        if self.isVisible():
            self._looked += 1
            self._studio.tasks.start(self._fill(self._looked))

    async def _fill(self, look: int) -> None:
        shelf = self._studio.sketch_shelf
        found = await (shelf.trashed() if self.trashed.isChecked() else shelf.kept())
        if look != self._looked:
            return
        self._show(found)
        for first in range(0, len(found), AT_ONCE):
            some = found[first : first + AT_ONCE]
            images = await asyncio.to_thread(lambda some=some: [preview(s, SIDE) for s in some])
            if look != self._looked:
                return
            for row, image in enumerate(images, first):
                self.list.item(row).setIcon(_icon(image))

    def _show(self, sketches: Sequence[Shelved]) -> None:
        """List `sketches`; what was selected stays so, or its neighbour is the current one."""
        chosen, row = set(self.chosen), self.list.currentRow()
        self._shown = tuple(sketches)
        self.list.clear()
        for sketch in sketches:
            item = QListWidgetItem(_icon(QImage()), "")
            item.setData(_ID, sketch.id)
            self.list.addItem(item)
            item.setSelected(sketch.id in chosen)
        self._say_items()
        if sketches and not self.list.selectedItems():
            self.list.setCurrentRow(min(max(row, 0), len(sketches) - 1))
        if sketches and self._stack.currentWidget() is self.empty:
            self._stack.setCurrentWidget(self.list)
            self.list.setFocus()
        elif not sketches:
            self._stack.setCurrentWidget(self.empty)
        self._selected()

    def _say_items(self) -> None:
        """Name and date below each picture."""
        open_one, now = self._studio.drawings.drawing.id, time.time()
        for row, sketch in enumerate(self._shown):
            if sketch.trashed:
                left = max(0, TRASH_DAYS - int((now - sketch.trashed) / DAY))
                second = self.tr("{n} days left").format(n=left)
            else:
                second = self.tr("open now") if sketch.id == open_one else when(sketch.changed)
            title = title_of(sketch)
            item = self.list.item(row)
            metrics = self.list.fontMetrics()
            short = metrics.elidedText(title, Qt.TextElideMode.ElideRight, SIDE)
            item.setText(f"{short}\n{second}")
            item.setToolTip(plain_tip(f"{title}\n{second}"))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}, {second}")

    def _selected(self) -> None:
        count, in_trash = len(self.list.selectedItems()), self.trashed.isChecked()
        self.remove.setVisible(not in_trash)
        self.back.setVisible(in_trash)
        self.remove.setEnabled(count > 0)
        self.back.setEnabled(count > 0)
        self.open_button.setEnabled(count == 1)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Sketches"))
        self.kept.setText(self.tr("Sketches"))
        self.trashed.setText(self.tr("Trash"))
        name(self.kept, self.tr("All sketches"))
        name(self.trashed, self.tr("Sketches in the trash"))
        name(self.list, self.tr("Sketches"))
        self.list.setToolTip("")
        self.remove.setText(self.tr("Delete"))
        name(self.remove, self.tr("Move to the trash"), "Del")
        self.back.setText(self.tr("Bring back"))
        name(self.back, self.tr("Take out of the trash"))
        self.open_button.setText(self.tr("Open"))
        name(self.open_button, self.tr("Draw on with this sketch"))
        self._turn_words()
        self._say_items()

    def _turn_words(self) -> None:
        if self.trashed.isChecked():
            self.empty.setText(self.tr("The trash is empty."))
            self.note.setText(
                self.tr("After {n} days in the trash a sketch is deleted for good.").format(
                    n=TRASH_DAYS
                )
            )
        else:
            self.empty.setText(
                self.tr("No sketch is kept yet. All that you draw is saved here by itself.")
            )
            self.note.setText("")

    def restyle(self) -> None:
        self._look()


class _PictureList(QListWidget):
    """Pictures in rows with words below, as many as fit; several can be selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pictures")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setIconSize(QSize(SIDE, SIDE))
        self.setGridSize(CELL)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)


def _icon(image: QImage) -> QIcon:
    """`image` on a square, so that all stand in line; the square alone where there is none."""
    square = QPixmap(SIDE, SIDE)
    square.fill(QColor(current_tokens().control))
    if not image.isNull():
        painter = QPainter(square)
        painter.drawImage((SIDE - image.width()) // 2, (SIDE - image.height()) // 2, image)
        painter.setPen(QColor(current_tokens().border))
        painter.drawRect(0, 0, SIDE - 1, SIDE - 1)  # else white paper is lost on a white list
        painter.end()
    icon = QIcon(square)
    icon.addPixmap(square, QIcon.Mode.Selected)  # else Qt tints it
    return icon
