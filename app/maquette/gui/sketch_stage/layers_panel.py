"""The drawer of layers under the drawing."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from maquette.core.drawing import Layer, LayerRole
from maquette.gui import icons
from maquette.gui.actions import SPECS, Actions, said, shown_keys
from maquette.gui.live import Live
from maquette.gui.parts import label, name, plain_tip
from maquette.gui.sketch_actions import LAYERS
from maquette.gui.sketch_stage.layer_delegate import HEIGHT
from maquette.gui.sketch_stage.layer_thumbnails import LayerThumbnails
from maquette.gui.sketch_stage.layer_words import ICONS, role_name, role_tip
from maquette.gui.sketch_stage.layers_model import LayersModel
from maquette.gui.sketch_stage.layers_view import LayersView
from maquette.gui.sketch_stage.own_button import OwnButton
from maquette.gui.sketch_stage.slim_number import SlimNumber
from maquette.state.drawings import Drawings
from maquette.state.tasks import Tasks

ROWS = 3  # that are seen at once
RULED = ("layer_merge", "layer_down", "layer_up", "layer_remove")
"""Those that not every layer can have done to it."""
BUTTONS = ("layer_duplicate", "layer_merge", "layer_remove")


class LayersPanel(Live, QFrame):
    """The layers of the open drawing, the opacity of the active one, and what is done to it."""

    def __init__(
        self,
        drawings: Drawings,
        tasks: Tasks,
        actions: Actions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._drawings = drawings
        self._actions = actions
        self.thumbnails = LayerThumbnails(drawings, tasks, self)
        self.model = LayersModel(drawings, self.thumbnails, self)
        self.list = LayersView(self.model)
        self.title = label("title")
        self.opacity_row = SlimNumber(0.0, 1.0, factor=100.0)
        self.opacity_row.setMaximumWidth(220)
        self.add = OwnButton()
        self.roles = QMenu(self)
        self.roles.setToolTipsVisible(True)
        self.add.drop_down(self.roles)
        self._role_actions = {
            role: self.roles.addAction("", lambda held=role: drawings.add_layer(held))
            for role in LayerRole
        }
        self.buttons = {action: OwnButton() for action in BUTTONS}
        for action, made in self.buttons.items():
            made.clicked.connect(actions[action].trigger)
        self._lay_out()
        self._bind()
        self.retranslate()
        self.restyle()
        self._render(frozenset({"layers"}))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.opacity_row, 3)
        head.addSpacing(8)
        head.addWidget(self.add)
        for made in self.buttons.values():
            head.addWidget(made)
        self.list.setFixedHeight(ROWS * HEIGHT + 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 8, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.list)

    def _bind(self) -> None:
        drawings, actions = self._drawings, self._actions
        self.list.activated_layer.connect(drawings.activate)
        self.list.delegate.eye_clicked.connect(self._turn_eye)
        self.list.delegate.lock_clicked.connect(self._turn_lock)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self.opacity_row.changed.connect(self._set_opacity)
        drawings.changed.connect(self._render)
        actions.bind("layer_duplicate", lambda: drawings.duplicate_layer(drawings.active.id))
        actions.bind("layer_merge", lambda: drawings.merge_down(drawings.active.id))
        actions.bind("layer_remove", lambda: drawings.remove_layer(drawings.active.id))
        actions.bind("layer_rename", self.list.rename)
        actions.bind("layer_up", lambda: self._move(1))
        actions.bind("layer_down", lambda: self._move(-1))

    def _turn_eye(self, layer_id: str) -> None:
        layer = self._drawings.drawing.layer(layer_id)
        self._drawings.set_layer(layer_id, visible=not layer.visible)

    def _turn_lock(self, layer_id: str) -> None:
        layer = self._drawings.drawing.layer(layer_id)
        self._drawings.set_layer(layer_id, locked=not layer.locked)

    def _set_opacity(self, opacity: float) -> None:
        self._drawings.set_layer(self._drawings.drawing.active, opacity=opacity)

    def _move(self, up: int) -> None:
        layers = self._drawings.drawing.layers
        place = [layer.id for layer in layers].index(self._drawings.drawing.active) + up
        if 0 <= place < len(layers):
            self._drawings.move_layer(self._drawings.drawing.active, place)

    def _render(self, fields: frozenset[str]) -> None:
        if "layers" not in fields:
            return
        drawing = self._drawings.drawing
        self.list.show_active(drawing.active)
        self.opacity_row.set_value(self._drawings.active.opacity)
        is_lowest = drawing.layers[0].id == drawing.active
        is_uppermost = drawing.layers[-1].id == drawing.active
        enabled_ones = (not is_lowest, not is_lowest, not is_uppermost, len(drawing.layers) > 1)
        for action, enabled in zip(RULED, enabled_ones, strict=True):
            self._actions[action].setEnabled(enabled)
            if action in self.buttons:
                self.buttons[action].setEnabled(enabled)

    def _open_menu(self, place: QPoint) -> None:
        if not self.list.indexAt(place).isValid():
            return
        layer = self._drawings.active
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, handler in self._turns(layer):
            menu.addAction(text, handler)
        roles = menu.addMenu(self.tr("What it is for"))
        for role in LayerRole:
            made = roles.addAction(
                icons.icon(ICONS[role]),
                role_name(role),
                lambda held=role: self._drawings.set_layer(layer.id, role=held),
            )
            made.setCheckable(True)
            made.setChecked(role is layer.role)
        menu.addSeparator()
        for action in LAYERS:
            menu.addAction(self._actions[action])
        menu.popup(self.list.viewport().mapToGlobal(place))

    def _turns(self, layer: Layer) -> list[tuple[str, Callable[[], None]]]:
        eye = self.tr("Hide layer") if layer.visible else self.tr("Show layer")
        lock = self.tr("Unlock layer") if layer.locked else self.tr("Lock layer")
        return [
            (eye, lambda: self._turn_eye(layer.id)),
            (lock, lambda: self._turn_lock(layer.id)),
        ]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.thumbnails.set_wanted(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.thumbnails.set_wanted(False)  # also when the program ends: none is begun any more

    def retranslate(self) -> None:
        self.title.setText(self.tr("Layers"))
        name(self.list, self.tr("Layers, the uppermost first"), tip="")
        self.list.setToolTip("")
        self.opacity_row.set_text(
            self.tr("Opacity"), self.tr("How dense the layer is shown, in percent")
        )
        name(self.add, self.tr("Add layer"), tip=self.tr("Add a layer above, by what it is for"))
        for role, action in self._role_actions.items():
            action.setText(role_name(role))
            action.setToolTip(plain_tip(role_tip(role)))
        for action, made in self.buttons.items():
            spec = SPECS[action]
            name(made, said(spec.text), shown_keys(spec), tip=said(spec.tip))
        self.list.viewport().update()

    def restyle(self) -> None:
        self.add.setIcon(icons.icon("plus"))
        for action, made in self.buttons.items():
            made.setIcon(icons.icon(SPECS[action].icon))
        for role, action in self._role_actions.items():
            action.setIcon(icons.icon(ICONS[role]))
