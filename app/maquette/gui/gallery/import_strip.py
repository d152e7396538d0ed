"""A strip that says how far an import has come, with a button to stop it."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from maquette.gui.gallery.words import grouped
from maquette.gui.live import Live
from maquette.gui.parts import button, label, name
from maquette.state.imports import Imports, ImportView


class ImportStrip(Live, QFrame):
    """Hidden while nothing is imported."""

    def __init__(self, imports: Imports, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._imports = imports
        self.words = label()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.stop_button = button("quiet")
        self.stop_button.clicked.connect(imports.cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(12)
        row.addWidget(self.words)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop_button)
        imports.view.changed.connect(self._render)
        self.retranslate()

    def _render(self, view: ImportView, _fields: object = None) -> None:
        self.setVisible(view.is_active)
        self.bar.setRange(0, view.total)
        self.bar.setValue(view.done)
        if view.total:
            text = self.tr("Importing {done} of {total}")
            self.words.setText(text.format(done=grouped(view.done), total=grouped(view.total)))
        else:
            self.words.setText(self.tr("Looking for pictures"))

    def retranslate(self) -> None:
        self.stop_button.setText(self.tr("Stop"))
        name(self.stop_button, self.tr("Stop importing"))
        name(self.bar, self.tr("How far the import is"))
        self._render(self._imports.view.value)
