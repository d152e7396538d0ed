"""Images that steer beside the sketch: depth, normals, colour layout, each with its weight."""

from pathlib import Path

import msgspec
from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from maquette.core.control import MAX_CONTROL_SCALE, MAX_CONTROLS, ControlKind
from maquette.gui import icons
from maquette.gui.elided import ElidedLabel
from maquette.gui.files import ask_for_picture
from maquette.gui.live import Live
from maquette.gui.parts import button, name, tool_button
from maquette.state.drafting import Drafting
from maquette.state.session import Session
from maquette.state.sketch_choice import ExtraControl
from maquette.state.store import Store


class ExtraControls(Live, QWidget):
    """One row for each; a button adds one from a file, or from the drawing's colour layers."""

    def __init__(
        self, session: Store[Session], drafting: Drafting, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._drafting = drafting
        self._shown: tuple[ExtraControl, ...] = ()
        self.rows: list[_Row] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self.add = button("fold")
        self._menu = QMenu(self)
        self.add.setMenu(self._menu)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        outer.addLayout(self._list)
        outer.addWidget(self.add)
        session.changed.connect(self._session_changed)
        self.retranslate()
        self.restyle()

    def add_file(self, kind: ControlKind, path: str = "") -> None:
        """Let the image at `path` steer too; without one, the user is asked for it."""
        path = path or ask_for_picture(self)
        if path:
            self._change((*self._session.value.sketch.extras, ExtraControl(kind=kind, path=path)))

    def add_layer(self) -> None:
        """Let the drawing's colour layers steer."""
        extra = ExtraControl(kind=ControlKind.COLOUR)
        if extra not in self._session.value.sketch.extras:
            self._change((*self._session.value.sketch.extras, extra))

    def _change(self, extras: tuple[ExtraControl, ...]) -> None:
        sketch = self._session.value.sketch
        self._session.update(
            sketch=msgspec.structs.replace(sketch, extras=extras[: MAX_CONTROLS - 1])
        )

    def _weigh(self, place: int, scale: float) -> None:
        extras = list(self._session.value.sketch.extras)
        extras[place] = msgspec.structs.replace(extras[place], scale=round(scale, 2))
        self._change(tuple(extras))

    def _remove(self, place: int) -> None:
        extras = self._session.value.sketch.extras
        self._change(extras[:place] + extras[place + 1 :])

    def _session_changed(self, session: Session, fields: frozenset[str]) -> None:
        if "sketch" in fields:
            self._render(session.sketch.extras)

    def _render(self, extras: tuple[ExtraControl, ...]) -> None:
        if [(e.kind, e.path) for e in extras] != [(e.kind, e.path) for e in self._shown]:
            self._rebuild(extras)
        for row, extra in zip(self.rows, extras, strict=True):
            row.set_weight(extra.scale)
        self._shown = extras
        self.add.setVisible(len(extras) < MAX_CONTROLS - 1)

    def _rebuild(self, extras: tuple[ExtraControl, ...]) -> None:
        for row in self.rows:
            self._list.removeWidget(row)
            row.deleteLater()
        self.rows = []
        for place, extra in enumerate(extras):
            row = _Row(self._kind_word(extra.kind), self._source(extra), extra.path)
            row.weight.valueChanged.connect(lambda value, place=place: self._weigh(place, value))
            row.remove.clicked.connect(lambda _=False, place=place: self._remove(place))
            self._list.addWidget(row)
            self.rows.append(row)

    def _source(self, extra: ExtraControl) -> str:
        """Where the image is from."""
        if not extra.path:
            return self.tr("colour layers")
        return self.tr("of the recipe") if self._drafting.is_kept(extra) else Path(extra.path).name

    def _kind_word(self, kind: ControlKind) -> str:
        return {
            ControlKind.SKETCH: self.tr("Sketch"),
            ControlKind.EDGES: self.tr("Edges"),
            ControlKind.DEPTH: self.tr("Depth"),
            ControlKind.NORMAL: self.tr("Normals"),
            ControlKind.COLOUR: self.tr("Colours"),
        }[kind]

    def retranslate(self) -> None:
        self.add.setText(self.tr("Steer by more images"))
        name(
            self.add,
            self.tr("Steer by more images"),
            tip=self.tr("A depth image, a normal map or a colour layout beside the sketch"),
        )
        self._menu.clear()
        for kind in (ControlKind.DEPTH, ControlKind.NORMAL, ControlKind.COLOUR, ControlKind.EDGES):
            words = self.tr("{kind} from a file…").format(kind=self._kind_word(kind))
            self._menu.addAction(words, lambda kind=kind: self.add_file(kind))
        self._menu.addAction(self.tr("Colours from the colour layers"), self.add_layer)
        self._shown = ()
        self._render(self._session.value.sketch.extras)

    def restyle(self) -> None:
        self.add.setIcon(icons.icon("plus"))


class _Row(Live, QWidget):
    def __init__(self, kind: str, source: str, path: str) -> None:
        super().__init__()
        self._kind = kind
        self.file = ElidedLabel()
        self.file.set_text(f"{kind} · {source}", path)
        self.weight = QDoubleSpinBox()
        self.weight.setRange(0, MAX_CONTROL_SCALE)
        self.weight.setSingleStep(0.1)
        self.weight.setFixedWidth(56)
        self.weight.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.weight.setKeyboardTracking(False)
        self.remove = tool_button(size=14)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.file, 1)
        row.addWidget(self.weight)
        row.addWidget(self.remove)
        self.retranslate()
        self.restyle()

    def set_weight(self, scale: float) -> None:
        with QSignalBlocker(self.weight):
            self.weight.setValue(scale)

    def retranslate(self) -> None:
        name(self.weight, self.tr("How much {kind} counts").format(kind=self._kind))
        name(self.remove, self.tr("Steer by {kind} no longer").format(kind=self._kind))

    def restyle(self) -> None:
        self.remove.setIcon(icons.icon("x"))
