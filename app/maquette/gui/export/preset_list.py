"""The list of export presets: choose, add, rename, delete with undo, import, give away."""

from pathlib import Path

import msgspec
from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QWidget,
)

from maquette.core.export_preset import ExportPreset
from maquette.gui import icons
from maquette.gui.export.words import preset_words
from maquette.gui.live import Live
from maquette.gui.parts import Panel, button, label, name, tool_button
from maquette.library.naming import slug
from maquette.state.export_presets import ExportPresets, PresetShelf, free_name

_NAME = Qt.ItemDataRole.UserRole


class PresetList(Live, Panel):
    """Names with the commands on them; F2 renames, Delete deletes.

    Signals:
        chosen(preset): another preset was chosen, or the chosen one is another now.
    """

    chosen = Signal(object)

    def __init__(self, presets: ExportPresets, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presets = presets
        self._removed: ExportPreset | None = None
        self._wanted = ""
        self.list = QListWidget()
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.new, self.duplicate, self.remove, self.more = (tool_button() for _ in range(4))
        self.undo_words = label("small", wrap=True)
        self.undo = button("quiet")
        self._undo_row = QWidget()
        undo = QHBoxLayout(self._undo_row)
        undo.setContentsMargins(0, 0, 0, 0)
        undo.addWidget(self.undo_words, 1)
        undo.addWidget(self.undo)
        self._undo_row.hide()
        self.problems = label("error", wrap=True)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for part in (self.new, self.duplicate, self.remove):
            buttons.addWidget(part)
        buttons.addStretch(1)
        buttons.addWidget(self.more)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self._undo_row)
        self.body.addWidget(self.problems)
        self.body.addLayout(buttons)
        self._connect()
        self.retranslate()
        self.restyle()

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(self._current_changed)
        self.list.itemChanged.connect(self._renamed)
        self.list.customContextMenuRequested.connect(self._menu_at)
        self.new.clicked.connect(self._add)
        self.duplicate.clicked.connect(self._duplicate)
        self.remove.clicked.connect(self.remove_chosen)
        self.more.clicked.connect(lambda: self._menu(self.more.mapToGlobal(QPoint(0, 28))))
        self.undo.clicked.connect(self._undo)
        keys = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list)
        keys.setContext(Qt.ShortcutContext.WidgetShortcut)
        keys.activated.connect(self.remove_chosen)
        self._presets.changed.connect(self._render)
        self._presets.kept.connect(self.choose)
        self._presets.removed.connect(self._gone)

    # --- what is chosen -------------------------------------------------------------------------

    @property
    def current(self) -> ExportPreset | None:
        """The chosen preset as it is kept."""
        item = self.list.currentItem()
        return self._presets.value.find(item.data(_NAME)) if item is not None else None

    def choose(self, wanted: str) -> None:
        """Choose the preset called `wanted`, now or as soon as it is there."""
        self._wanted = wanted
        for row in range(self.list.count()):
            if self.list.item(row).data(_NAME) == wanted:
                self._wanted = ""
                if row == self.list.currentRow():
                    self._current_changed()
                else:
                    self.list.setCurrentRow(row)

    def _current_changed(self, *_: object) -> None:
        current = self.current
        own = current is not None and current.name in self._presets.value.own
        self.remove.setEnabled(own)
        self.duplicate.setEnabled(current is not None)
        if current is not None:
            self.chosen.emit(current)

    # --- commands -------------------------------------------------------------------------------

    def remove_chosen(self) -> None:
        """Delete the chosen preset, if it is the user's own; a row offers to undo that."""
        current = self.current
        if current is not None and current.name in self._presets.value.own:
            self._presets.remove(current.name)

    def rename_chosen(self) -> None:
        """Write another name in the list."""
        item = self.list.currentItem()
        if item is not None and item.flags() & Qt.ItemFlag.ItemIsEditable:
            self.list.editItem(item)

    def _add(self) -> None:
        self._keep_new(ExportPreset(name=self.tr("New preset")))

    def _duplicate(self) -> None:
        current = self.current
        if current is not None:
            self._keep_new(current)

    def _keep_new(self, preset: ExportPreset) -> None:
        taken = {known.name for known in self._presets.value.presets}
        self._presets.keep(msgspec.structs.replace(preset, name=free_name(preset.name, taken)))

    def _renamed(self, item: QListWidgetItem) -> None:
        old, wanted = item.data(_NAME), " ".join(item.text().split())
        preset = self._presets.value.find(old)
        if preset is None or wanted == old:
            return
        taken = {known.name for known in self._presets.value.presets if known.name != old}
        if not wanted or not wanted.isprintable():
            with QSignalBlocker(self.list):
                item.setText(old)
            return
        renamed = msgspec.structs.replace(preset, name=free_name(wanted, taken))
        self._presets.keep(renamed, instead_of=old)

    def _gone(self, preset: ExportPreset) -> None:
        self._removed = preset
        shipped = preset.name in self._presets.value.shipped
        text = self.tr("“{name}” is as it was.") if shipped else self.tr("“{name}” was deleted.")
        shown = preset_words(preset.name) if shipped else preset.name
        self.undo_words.setText(text.format(name=shown))
        self._undo_row.show()

    def _undo(self) -> None:
        if self._removed is not None:
            self._presets.keep(self._removed)
            self._removed = None
        self._undo_row.hide()
        self.list.setFocus()

    def _import(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(
            self, self.tr("Import a preset"), "", self.tr("Export presets (*.json)")
        )
        if path:
            self._presets.take_in(Path(path))

    def _export(self) -> None:
        current = self.current
        if current is None:
            return
        path, _kind = QFileDialog.getSaveFileName(
            self,
            self.tr("Save the preset as a file"),
            str(Path.home() / f"{slug(current.name)}.json"),
            self.tr("Export presets (*.json)"),
        )
        if path:
            self._presets.give_away(current, Path(path).with_suffix(".json"))

    # --- showing --------------------------------------------------------------------------------

    def _menu_at(self, point: QPoint) -> None:
        self._menu(self.list.viewport().mapToGlobal(point))

    def _menu(self, place: QPoint) -> None:
        current = self.current
        own = current is not None and current.name in self._presets.value.own
        menu = QMenu(self)
        rename = menu.addAction(self.tr("Rename"), self.rename_chosen)
        rename.setEnabled(own and self._may_rename(self.list.currentItem()))
        menu.addSeparator()
        menu.addAction(self.tr("Import…"), self._import)
        menu.addAction(self.tr("Save as a file…"), self._export).setEnabled(current is not None)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _may_rename(self, item: QListWidgetItem | None) -> bool:
        return item is not None and bool(item.flags() & Qt.ItemFlag.ItemIsEditable)

    def _render(self, shelf: PresetShelf, _fields: object = None) -> None:
        item = self.list.currentItem()
        current = self._wanted or (item.data(_NAME) if item is not None else "")
        row = max(0, self.list.currentRow())
        with QSignalBlocker(self.list):
            self.list.clear()
            for preset in shelf.presets:
                is_shipped = preset.name in shelf.shipped
                entry = QListWidgetItem(preset_words(preset.name) if is_shipped else preset.name)
                entry.setData(_NAME, preset.name)
                if not is_shipped:
                    entry.setFlags(entry.flags() | Qt.ItemFlag.ItemIsEditable)
                self.list.addItem(entry)
            found = [n for n, preset in enumerate(shelf.presets) if preset.name == current]
            self.list.setCurrentRow(found[0] if found else min(row, self.list.count() - 1))
        if found:
            self._wanted = ""
        self.problems.setText("\n".join(shelf.problems[:3]))
        self.problems.setVisible(bool(shelf.problems))
        self._current_changed()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Presets"))
        name(self.list, self.tr("Export presets"))
        self.list.setToolTip("")
        name(self.new, self.tr("New preset"))
        name(self.duplicate, self.tr("Duplicate the preset"))
        name(self.remove, self.tr("Delete the preset"))
        name(self.more, self.tr("More about presets"))
        self.undo.setText(self.tr("Undo"))
        name(self.undo, self.tr("Undo"))
        self._render(self._presets.value)

    def restyle(self) -> None:
        for part, glyph in (
            (self.new, "plus"),
            (self.duplicate, "copy"),
            (self.remove, "trash"),
            (self.more, "dots-three"),
        ):
            part.setIcon(icons.icon(glyph))
