"""The card of the settings that lists IP-Adapters, which take style images over."""

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem

from maquette.gui.live import Live
from maquette.gui.model_row import ask_for_model
from maquette.gui.parts import button, label, name
from maquette.gui.settings_card import SettingsCard
from maquette.gui.settings_controls import FAMILIES
from maquette.state.adapter_shelf import AdapterShelf

LIST_HEIGHT = 72
PATH = Qt.ItemDataRole.UserRole


class IPAdaptersCard(Live, SettingsCard):
    """IP-Adapters on this machine."""

    def __init__(self, shelf: AdapterShelf) -> None:
        super().__init__()
        self._adapters = shelf
        self.empty = label("muted", wrap=True)
        self.list = QListWidget()
        self.list.setFixedHeight(LIST_HEIGHT)
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
        self.form.addRow(buttons)
        self.list.itemSelectionChanged.connect(self._render_choice)
        self.add_folder.clicked.connect(lambda: self._add(folder=True))
        self.add_file.clicked.connect(lambda: self._add(folder=False))
        self.remove.clicked.connect(lambda: shelf.remove(self._chosen))
        shelf.changed.connect(self._render)
        self.retranslate()

    @property
    def _chosen(self) -> str:
        """The path of the selected one, "" for none."""
        selected = self.list.selectedItems()
        return selected[0].data(PATH) if selected else ""

    def _add(self, *, folder: bool) -> None:
        path = ask_for_model(self, folder=folder)
        if path:
            self._adapters.add((path,))

    # --- showing --------------------------------------------------------------------------------

    def _render(self) -> None:
        shelf, chosen = self._adapters.value, self._chosen
        with QSignalBlocker(self.list):
            self.list.clear()
            for info in shelf.known:
                family = self.tr("other") if info.family is None else FAMILIES[info.family]
                self._add_line(f"{info.name}  ·  {family}", info.path, chosen)
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
        self.remove.setEnabled(bool(self._chosen))

    def retranslate(self) -> None:
        self.title.setText(self.tr("IP-Adapters"))
        self.empty.setText(
            self.tr(
                "Any model takes colours and light of a style image over. For your own models, add "
                "an IP-Adapter that is made for the same family, with the folder image_encoder "
                "beside it, and more of its look is taken over."
            )
        )
        self.add_folder.setText(self.tr("Add folder…"))
        name(self.add_folder, self.tr("Add a folder of IP-Adapters"))
        self.add_file.setText(self.tr("Add file…"))
        name(self.add_file, self.tr("Add the .safetensors file of an IP-Adapter"))
        self.remove.setText(self.tr("Remove"))
        name(
            self.remove,
            self.tr("Remove the IP-Adapter from the list"),
            tip=self.tr("Takes it off the list; its files stay where they are."),
        )
        name(self.list, self.tr("IP-Adapters"))
        self.list.setToolTip("")
        self._render()
