"""The stack of LoRAs as a part of a panel: rows, a menu of what can be added, and an undo."""

from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from maquette.core.lora import MAX_LORAS
from maquette.core.lora_models import LoraInfo
from maquette.gui import icons
from maquette.gui.live import Live
from maquette.gui.lora_stack.row import LoraRow, key_of
from maquette.gui.parts import button, label, name
from maquette.state.lora_choice import LoraChoice
from maquette.state.lora_shelf import LoraShelf
from maquette.state.models import Models
from maquette.state.session import Session
from maquette.state.store import Store

OFFERED = 30  # LoRAs in the menu; of more, a file is chosen
_SUFFIXES = (".safetensors", ".pt", ".ckpt", ".bin")


class LoraStack(Live, QWidget):
    """What is added to the model, in order."""

    def __init__(
        self,
        shelf: LoraShelf,
        session: Store[Session],
        models: Models,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._models = models
        self._taken: tuple[int, LoraChoice] | None = None
        self.rows: list[LoraRow] = []
        self.hint = label("muted", wrap=True)
        self.add = button("fold")
        self.menu = QMenu(self)
        self.add.setMenu(self.menu)
        self.menu.aboutToShow.connect(self._offer)
        self.taken = label("muted")
        self.undo = button("fold")
        self.undo.clicked.connect(self._bring_back)
        self._undo_row = QWidget()
        undo = QHBoxLayout(self._undo_row)
        undo.setContentsMargins(0, 0, 0, 0)
        undo.addWidget(self.taken, 1)
        undo.addWidget(self.undo)
        self._undo_row.hide()
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        outer.addLayout(self._list)
        outer.addWidget(self._undo_row)
        outer.addWidget(self.hint)
        outer.addWidget(self.add)
        self.setAcceptDrops(True)
        session.changed.connect(self._session_changed)
        shelf.changed.connect(lambda _value, _fields: self._render())
        shelf.file_wanted.connect(self._ask_for_file_of)
        models.changed.connect(lambda _value, _fields: self._render())
        self.retranslate()
        self.restyle()

    # --- what a person does ---------------------------------------------------------------------

    def _offer(self) -> None:
        """Fill the menu with what fits the model and is not in the stack."""
        self.menu.clear()
        stacked = {info.path for row in self._shelf.stack if (info := self._shelf.info_of(row))}
        fitting = [info for info in self._shelf.value.known if self._fits(info)]
        for info in [info for info in fitting if info.path not in stacked][:OFFERED]:
            action = self.menu.addAction(info.name.replace("&", "&&"))
            action.triggered.connect(partial(self._put, info))
        self.menu.addSeparator()
        self.menu.addAction(self.tr("From a file…"), self._ask_for_files)
        self.menu.addAction(self.tr("From a folder…"), self._ask_for_folder)

    def _fits(self, info: LoraInfo) -> bool:
        chosen = self._models.chosen
        return chosen is None or info.family in (None, chosen.family)

    def _put(self, info: LoraInfo, _checked: bool = False) -> None:
        self._shelf.put(info)

    def _ask_for_files(self) -> None:
        words = self.tr("LoRAs (*.safetensors)")
        paths, _kind = QFileDialog.getOpenFileNames(self, self.tr("Choose LoRAs"), "", words)
        if paths:
            self._shelf.add(paths)

    def _ask_for_file_of(self, digest: str) -> None:
        words = self.tr("LoRAs (*.safetensors)")
        path, _kind = QFileDialog.getOpenFileName(self, self.tr("Find the LoRA"), "", words)
        if path:
            self._shelf.find(digest, path)

    def _ask_for_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder of LoRAs"))
        if path:
            self._shelf.add([path])

    def _remove(self, row: LoraRow) -> None:
        place = self.rows.index(row)
        self._taken = place, self._shelf.stack[place]
        self._shelf.remove(place)
        self._render_undo()
        self.undo.setFocus()

    def _bring_back(self) -> None:
        if self._taken is not None:
            place, choice = self._taken
            self._taken = None
            self._shelf.insert(min(place, len(self.rows)), choice)
            self._render_undo()

    def _move(self, row: LoraRow, by: int) -> None:
        place = self.rows.index(row)
        self._shelf.move(place, place + by)

    def _drag(self, row: LoraRow, point: QPoint) -> None:
        """Let `row` stand where it is held."""
        y = self.mapFromGlobal(point).y()
        place = self.rows.index(row)
        if place and y < self.rows[place - 1].geometry().center().y():
            self._shelf.move(place, place - 1)
        elif place + 1 < len(self.rows) and y > self.rows[place + 1].geometry().center().y():
            self._shelf.move(place, place + 1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._shelf.add(_paths(event))

    # --- showing --------------------------------------------------------------------------------

    def _session_changed(self, _session: Session, fields: frozenset[str]) -> None:
        if "loras" in fields:
            self._render()

    def _render(self) -> None:
        stack = self._shelf.stack
        there = {row.key: row for row in self.rows}  # a row that is dragged goes on being it
        rows = [there.pop(key_of(choice), None) or self._new_row() for choice in stack]
        for gone in there.values():
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        if rows != self.rows:
            self.rows = rows
            for place, row in enumerate(rows):
                self._list.insertWidget(place, row)
            for row, following in pairwise(rows):
                self.setTabOrder(row.remove, following.used)
        for row, choice in zip(rows, stack, strict=True):
            row.show_choice(choice, self._shelf.info_of(choice), self._shelf.problem_of(choice))
        self.hint.setVisible(not stack)
        self.add.setVisible(len(stack) < MAX_LORAS)

    def _new_row(self) -> LoraRow:
        row = LoraRow()
        row.weighed.connect(lambda weight: self._shelf.weigh(self.rows.index(row), weight))
        row.switched.connect(lambda used: self._shelf.switch(self.rows.index(row), used=used))
        row.moved.connect(partial(self._move, row))
        row.dragged.connect(partial(self._drag, row))
        row.removed.connect(partial(self._remove, row))
        row.written.connect(self._shelf.write)
        return row

    def _render_undo(self) -> None:
        self._undo_row.setVisible(self._taken is not None)
        if self._taken is not None:
            self.taken.setText(self.tr("{name} was taken out.").format(name=self._taken[1].name))

    def retranslate(self) -> None:
        self.hint.setText(
            self.tr("A LoRA adds a look or a thing to the model. Drop its file here, or add one.")
        )
        self.add.setText(self.tr("Add a LoRA"))
        name(self.add, self.tr("Add a LoRA"), tip=self.tr("Up to 8 act together, in this order"))
        self.undo.setText(self.tr("Undo"))
        name(self.undo, self.tr("Put the LoRA back into the stack"))
        self._render_undo()
        self._render()

    def restyle(self) -> None:
        self.add.setIcon(icons.icon("plus"))


def _paths(event: QDropEvent) -> list[str]:
    """The local files and folders that may hold LoRAs."""
    if not event.mimeData().hasUrls() or event.dropAction() == Qt.DropAction.IgnoreAction:
        return []
    paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in paths if path.lower().endswith(_SUFFIXES) or Path(path).is_dir()]
