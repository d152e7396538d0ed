"""A card of the settings that lists model files from elsewhere, and can add and remove them."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem

from maquette.core.model_info import ModelFamily
from maquette.gui.live import Live
from maquette.gui.model_row import ask_for_model
from maquette.gui.parts import button, label, name
from maquette.gui.settings_card import SettingsCard

SHORT_NAMES = {
    ModelFamily.MINI: "Maquette Mini",
    ModelFamily.SD1: "SD 1.x",
    ModelFamily.SD2: "SD 2.x",
    ModelFamily.SDXL: "SDXL",
}
PATH = Qt.ItemDataRole.UserRole


class ShelfWords(NamedTuple):
    """What a card says in the language of now: its title, what it is for while the list is empty,
    and what the buttons do."""

    title: str
    empty: str
    add_folder: str
    add_file: str
    remove: str


class Line(NamedTuple):
    """One of the list: its parts, and the path that it stands for."""

    parts: tuple[str, ...]
    path: str


class ShelfCard(Live, SettingsCard):
    """A list of files, of which one may be selected. Subclasses say what the lines are, and put
    files on the shelf and take them off."""

    def __init__(self, height: int) -> None:
        super().__init__()
        self.empty = label("muted", wrap=True)
        self.list = QListWidget()
        self.list.setFixedHeight(height)
        self.add_folder = button()
        self.add_file = button()
        self.remove = button()
        self.form.addRow(self.empty)
        self.form.addRow(self.list)
        self.list.itemSelectionChanged.connect(self.render_choice)
        self.add_folder.clicked.connect(lambda: self._ask(folder=True))
        self.add_file.clicked.connect(lambda: self._ask(folder=False))
        self.remove.clicked.connect(lambda: self.take_off(self.chosen))

    def add_buttons(self) -> None:
        """Lay the buttons out as the last row."""
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.add_folder)
        row.addWidget(self.add_file)
        row.addStretch(1)
        row.addWidget(self.remove)
        self.form.addRow(row)

    @property
    def chosen(self) -> str:
        """The path of the selected line, "" for none."""
        selected = self.list.selectedItems()
        return selected[0].data(PATH) if selected else ""

    def words(self) -> ShelfWords:
        """What the card says."""
        raise NotImplementedError

    def known(self) -> Iterable[Line]:
        """The lines of what can be used."""
        raise NotImplementedError

    def missing(self) -> Iterable[str]:
        """Paths of what cannot be used now."""
        raise NotImplementedError

    def put_on(self, path: str) -> None:
        """Put a file or folder on the shelf."""
        raise NotImplementedError

    def take_off(self, path: str) -> None:
        """Take one off the shelf; its files stay where they are."""
        raise NotImplementedError

    def _ask(self, *, folder: bool) -> None:
        path = ask_for_model(self, folder=folder)
        if path:
            self.put_on(path)

    # --- showing --------------------------------------------------------------------------------

    def render_list(self) -> None:
        """Show the lines of now; what was selected stays so."""
        chosen = self.chosen
        absent = (Line((Path(path).name, self.tr("not found")), path) for path in self.missing())
        with QSignalBlocker(self.list):
            self.list.clear()
            for line in (*self.known(), *absent):
                item = QListWidgetItem("  ·  ".join(line.parts))
                item.setData(PATH, line.path)
                item.setToolTip(line.path)
                self.list.addItem(item)
                item.setSelected(line.path == chosen)
        is_empty = self.list.count() == 0
        self.empty.setVisible(is_empty)
        self.list.setVisible(not is_empty)
        self.remove.setVisible(not is_empty)
        self.render_choice()

    def render_choice(self) -> None:
        """Show what can be done with the selected line."""
        self.remove.setEnabled(bool(self.chosen))

    def retranslate(self) -> None:
        words = self.words()
        self.title.setText(words.title)
        self.empty.setText(words.empty)
        self.add_folder.setText(self.tr("Add folder…"))
        name(self.add_folder, words.add_folder)
        self.add_file.setText(self.tr("Add file…"))
        name(self.add_file, words.add_file)
        self.remove.setText(self.tr("Remove"))
        tip = self.tr("Takes it off the list; its files stay where they are.")
        name(self.remove, words.remove, tip=tip)
        name(self.list, words.title)
        self.list.setToolTip("")
        self.render_list()
