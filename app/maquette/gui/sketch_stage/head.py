"""The header of the stage while there is a sketch: its name, and how it is looked at."""

import msgspec
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from maquette.gui import icons
from maquette.gui.actions import SPECS, Actions, said, shown_keys
from maquette.gui.live import Live
from maquette.gui.own_keys import OwnKeys
from maquette.gui.parts import label, name
from maquette.gui.sketch_stage.own_button import OwnButton
from maquette.gui.theme import current_tokens
from maquette.state.drawings import Drawings
from maquette.state.session import Layout
from maquette.state.sketch_layout import SketchView
from maquette.state.store import Store

OPENING = ("sketch_new", "sketch_open")
SAVING = ("sketch_save", "sketch_save_as", "sketch_export")
ROOM_FOR_NAME = 120  # pixels
VIEW_ICONS = {
    SketchView.BESIDE: "columns",
    SketchView.OVERLAY: "intersect",
    SketchView.WIPE: "arrows-left-right",
}
DETACH = ("detach_render", "detach_drawing")


class _Name(OwnKeys, QLineEdit):
    """The name as a title that can be typed over. Escape leaves it as it was."""

    own_keys = frozenset({Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter})
    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self.setProperty("kind", "title")
        self.setMaxLength(80)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.editingFinished.connect(self._end)
        self.textChanged.connect(lambda _text: self.updateGeometry())

    def show_name(self, text: str) -> None:
        """Show `text`, unless another name is being typed."""
        self._shown = text
        if not self.hasFocus():
            self.setText(text)
            self.setCursorPosition(0)

    def sizeHint(self) -> QSize:
        shown = self.text() or self.placeholderText()
        return QSize(self.fontMetrics().horizontalAdvance(shown) + 26, 30)

    def minimumSizeHint(self) -> QSize:
        return QSize(72, 30)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self._shown)
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.setCursorPosition(0)

    def _end(self) -> None:
        text = " ".join(self.text().split())
        self.setText(text)
        if text != self._shown:
            self.given.emit(text)
        if self.hasFocus():
            self.clearFocus()


class _Chip(OwnKeys, QPushButton):
    """Space presses it."""


class SketchHead(Live, QWidget):
    """Name with its menu of files, views, link, detach.

    Signals:
        recent_wanted(menu): the menu of recent sketches is about to be shown.
    """

    recent_wanted = Signal(object)

    def __init__(
        self,
        drawings: Drawings,
        layout: Store[Layout],
        actions: Actions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._drawings = drawings
        self._layout_store = layout
        self._actions = actions
        self.name = _Name()
        self.files = OwnButton()
        self.saved = label("muted")
        self.views = {view: _Chip() for view in SketchView}
        self._view_words = dict.fromkeys(SketchView, "")
        self._group = QButtonGroup(self)
        for view, made in self.views.items():
            made.setProperty("kind", "chip")
            made.setAutoDefault(False)
            made.setCheckable(True)
            made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            made.clicked.connect(lambda _checked=False, held=view: self._choose(held))
            self._group.addButton(made)
        self.link = OwnButton()
        self.link.setCheckable(True)
        self.link.clicked.connect(actions["sketch_link"].trigger)
        self.detach = OwnButton()
        self.saved.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._build_menus()
        self._lay_out()
        self.name.given.connect(drawings.rename)
        drawings.changed.connect(self._render_drawing)
        layout.changed.connect(self._render_layout)
        self.retranslate()
        self.restyle()
        self._render_drawing(frozenset({"drawing"}))
        self._render_layout(layout.value)

    def _build_menus(self) -> None:
        menu = QMenu(self)
        for action in OPENING:
            menu.addAction(self._actions[action])
        self.recent = menu.addMenu("")
        self.recent.setObjectName("recentSketches")
        self.recent.aboutToShow.connect(lambda: self.recent_wanted.emit(self.recent))
        menu.addAction(self._actions["sketches"])
        menu.addSeparator()
        for action in SAVING:
            menu.addAction(self._actions[action])
        menu.addSeparator()
        menu.addAction(self._actions["sketch_delete"])
        self.files.drop_down(menu)
        windows = QMenu(self)
        for action in DETACH:
            windows.addAction(self._actions[action])
        self.detach.drop_down(windows)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.name)
        row.addWidget(self.files)
        row.addWidget(self.saved)
        row.addStretch(1)
        for made in self.views.values():
            row.addWidget(made)
            row.addSpacing(2)
        row.addWidget(self.link)
        row.addWidget(self.detach)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Where it is narrow, the name has the place of the word beside it.

        Where it is narrower still, the views have icons, and what keys or menus do is left out.
        """
        self._shorten(False)
        others = (self.files, *self.views.values(), self.link, self.detach)
        wanted = sum(part.sizeHint().width() + 6 for part in others)
        if wanted + self.name.minimumSizeHint().width() > self.width():
            self._shorten(True)
        rest = self.width() - wanted - self.saved.sizeHint().width()
        self.saved.setVisible(rest >= min(self.name.sizeHint().width(), ROOM_FOR_NAME))

    def _shorten(self, short: bool) -> None:
        for view, made in self.views.items():
            made.setText("" if short else self._view_words[view])
            made.setIcon(icons.icon(VIEW_ICONS[view]) if short else QIcon())
        for made in (self.link, self.detach):
            made.setVisible(not short)

    def set_saved(self, text: str) -> None:
        """Say how far the drawing is on the disk."""
        self.saved.setText(text)
        self._make_room()

    def _choose(self, view: SketchView) -> None:
        layout = self._layout_store.value
        self._layout_store.update(sketch=msgspec.structs.replace(layout.sketch, view=view))

    def _render_drawing(self, fields: frozenset[str]) -> None:
        if "drawing" in fields:
            self.name.show_name(self._drawings.drawing.name)

    def _render_layout(self, layout: Layout, _fields: object = None) -> None:
        self.views[layout.sketch.view].setChecked(True)
        self.link.setChecked(layout.sketch.linked)
        self.link.setEnabled(layout.sketch.view is SketchView.BESIDE)

    def retranslate(self) -> None:
        self.name.setPlaceholderText(self.tr("Untitled sketch"))
        name(self.name, self.tr("Name of the sketch"), tip=self.tr("Click to rename the sketch"))
        name(self.files, self.tr("Sketch files"), tip=self.tr("New, open, save, delete"))
        self.recent.setTitle(self.tr("Recent sketches"))
        texts = {
            SketchView.BESIDE: (self.tr("Side by side"), self.tr("Sketch left, render right")),
            SketchView.OVERLAY: (self.tr("Overlay"), self.tr("Draw on top of the render")),
            SketchView.WIPE: (self.tr("Wipe"), self.tr("Draw a line between sketch and render")),
        }
        for view, (text, tip) in texts.items():
            self._view_words[view] = text
            name(self.views[view], text, shown_keys(SPECS["sketch_view"]), tip=tip)
        link = SPECS["sketch_link"]
        name(self.link, said(link.text), tip=said(link.tip))
        name(self.detach, self.tr("Detach"), tip=self.tr("Sketch or render in its own window"))
        self._make_room()

    def restyle(self) -> None:
        lit = current_tokens().accent_text
        self.files.setIcon(icons.icon("caret-down"))
        self.link.setIcon(icons.icon("link-simple", checked=lit))
        self.detach.setIcon(icons.icon("arrow-square-out"))
        self.recent.setIcon(icons.icon("clock-counter-clockwise"))
        self._make_room()
