"""The list of models, with a way to add one."""

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QSizePolicy, QWidget

from maquette.core.model_info import BUILT_IN, ModelInfo
from maquette.gui.live import Live
from maquette.gui.parts import CAPTION, label, name

ADD_FOLDER = "add-folder"
ADD_FILE = "add-file"
TIP = Qt.ItemDataRole.ToolTipRole


class ModelRow(Live, QWidget):
    """A list of the known models; its last two lines open a file dialog."""

    chosen = Signal(str)
    added = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known: tuple[ModelInfo, ...] = ()
        self._current = ""
        self._label = label()
        self._label.setMinimumWidth(CAPTION)
        self.list = QComboBox()
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.list.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.list.setMinimumContentsLength(8)
        self._label.setBuddy(self.list)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(self._label)
        outer.addWidget(self.list, 1)
        self.list.activated.connect(self._activated)
        self.retranslate()

    def render_models(self, known: tuple[ModelInfo, ...], current: str) -> None:
        self._known, self._current = known, current
        with QSignalBlocker(self.list):
            self.list.clear()
            for info in known:
                self.list.addItem(info.name, info.id)
                if info.id != BUILT_IN:
                    self.list.setItemData(self.list.count() - 1, info.id, TIP)
            self.list.insertSeparator(self.list.count())
            self.list.addItem(self.tr("Add a model folder…"), ADD_FOLDER)
            self.list.addItem(self.tr("Add a .safetensors file…"), ADD_FILE)
            self.list.setCurrentIndex(self.list.findData(current))

    def retranslate(self) -> None:
        self._label.setText(self.tr("Model"))
        name(
            self.list,
            self.tr("Model"),
            tip=self.tr(
                "The model that makes the pictures. Drop a model folder or a .safetensors file "
                "on the window to add one."
            ),
        )
        self.render_models(self._known, self._current)

    def _activated(self, index: int) -> None:
        choice = self.list.itemData(index)
        if choice not in (ADD_FOLDER, ADD_FILE):
            self.chosen.emit(choice)
            return
        with QSignalBlocker(self.list):
            self.list.setCurrentIndex(self.list.findData(self._current))
        path = ask_for_model(self, folder=choice == ADD_FOLDER)
        if path:
            self.added.emit(path)


def ask_for_model(parent: QWidget, *, folder: bool) -> str:
    """Let the user point at a model; "" when they do not."""
    if folder:
        return QFileDialog.getExistingDirectory(
            parent, QCoreApplication.translate("ModelRow", "Choose a model folder")
        )
    path, _kind = QFileDialog.getOpenFileName(
        parent,
        QCoreApplication.translate("ModelRow", "Choose a model file"),
        "",
        QCoreApplication.translate("ModelRow", "Models (*.safetensors)"),
    )
    return path
