"""The card of the settings that lists control models: what steers which family, and by what."""

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QListWidget, QListWidgetItem, QSizePolicy

from maquette.core.control import ControlKind
from maquette.core.model_info import ModelFamily
from maquette.gui.combo import chosen_in, fill_combo
from maquette.gui.live import Live
from maquette.gui.model_row import ask_for_model
from maquette.gui.parts import button, label, name
from maquette.gui.settings_card import SettingsCard
from maquette.state.control_shelf import ControlShelf
from maquette.state.tasks import Tasks

LIST_HEIGHT = 92
PATH = Qt.ItemDataRole.UserRole


class ControlModelsCard(Live, SettingsCard):
    """ControlNets and T2I-Adapters on this machine."""

    def __init__(self, shelf: ControlShelf, tasks: Tasks) -> None:
        super().__init__()
        self._control_models = shelf
        self._tasks = tasks
        self.empty = label("muted", wrap=True)
        self.list = QListWidget()
        self.list.setFixedHeight(LIST_HEIGHT)
        self.kind = QComboBox()
        self.kind.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.add_folder = button()
        self.add_file = button()
        self.remove = button()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.add_folder)
        buttons.addWidget(self.add_file)
        buttons.addStretch(1)
        buttons.addWidget(self.remove)
        self.form.addRow(self.empty)
        self.form.addRow(self.list)
        self._kind_caption = self.add_row(self.kind)
        self.form.addRow(buttons)
        self.list.itemSelectionChanged.connect(self._render_choice)
        self.kind.activated.connect(self._set_kind)
        self.add_folder.clicked.connect(lambda: self._add(folder=True))
        self.add_file.clicked.connect(lambda: self._add(folder=False))
        self.remove.clicked.connect(lambda: shelf.remove(self._chosen))
        shelf.changed.connect(self._render)
        self.retranslate()

    @property
    def _chosen(self) -> str:
        """The path of the selected model, "" for none."""
        selected = self.list.selectedItems()
        return selected[0].data(PATH) if selected else ""

    def _add(self, *, folder: bool) -> None:
        path = ask_for_model(self, folder=folder)
        if path:
            self._tasks.start(self._control_models.add(path))

    def _set_kind(self) -> None:
        self._control_models.set_kind(self._chosen, chosen_in(self.kind, ControlKind))

    # --- showing --------------------------------------------------------------------------------

    def _render(self) -> None:
        shelf, chosen = self._control_models.value, self._chosen
        with QSignalBlocker(self.list):
            self.list.clear()
            for info in shelf.known:
                what = self.tr("T2I-Adapter") if info.adapter else self.tr("ControlNet")
                words = (info.name, what, FAMILIES[info.family], self._kinds()[info.kind])
                self._add_line("  ·  ".join(words), info.id, chosen)
            for path in shelf.missing:
                words = (Path(path).name, self.tr("not found"))
                self._add_line("  ·  ".join(words), path, chosen)
        is_empty = self.list.count() == 0
        self.empty.setVisible(is_empty)
        self.list.setVisible(not is_empty)
        self.remove.setVisible(not is_empty)
        self._render_choice()

    def _add_line(self, words: str, path: str, chosen: str) -> None:
        item = QListWidgetItem(words)
        item.setData(PATH, path)
        item.setToolTip(path)
        self.list.addItem(item)
        item.setSelected(path == chosen)

    def _render_choice(self) -> None:
        chosen = self._chosen
        info = next((each for each in self._control_models.value.known if each.id == chosen), None)
        self.remove.setEnabled(bool(chosen))
        self.form.setRowVisible(self.kind, info is not None)
        if info is not None:
            self.kind.setCurrentIndex(self.kind.findData(info.kind))

    def _kinds(self) -> dict[ControlKind, str]:
        return {
            ControlKind.SKETCH: self.tr("sketches"),
            ControlKind.EDGES: self.tr("edges"),
            ControlKind.DEPTH: self.tr("depth"),
            ControlKind.NORMAL: self.tr("normals"),
            ControlKind.COLOUR: self.tr("colours"),
        }

    def retranslate(self) -> None:
        self.title.setText(self.tr("Control models"))
        self.empty.setText(
            self.tr(
                "The built-in model follows sketches by itself. For your own models, add a "
                "ControlNet or a T2I-Adapter that is made for the same family."
            )
        )
        self._kind_caption.setText(self.tr("Steers by"))
        name(
            self.kind,
            self.tr("What the control model steers by"),
            tip=self.tr("Guessed from its name; choose another one if that is wrong."),
        )
        fill_combo(self.kind, tuple(self._kinds().items()), None)
        self.add_folder.setText(self.tr("Add folder…"))
        name(self.add_folder, self.tr("Add the folder of a control model"))
        self.add_file.setText(self.tr("Add file…"))
        name(self.add_file, self.tr("Add the .safetensors file of a control model"))
        self.remove.setText(self.tr("Remove"))
        name(
            self.remove,
            self.tr("Remove the control model from the list"),
            tip=self.tr("Takes it off the list; its files stay where they are."),
        )
        name(self.list, self.tr("Control models"))
        self.list.setToolTip("")
        self._render()


FAMILIES = {
    ModelFamily.MINI: "Maquette Mini",
    ModelFamily.SD1: "SD 1.x",
    ModelFamily.SD2: "SD 2.x",
    ModelFamily.SDXL: "SDXL",
}
"""Short names."""
