"""The panel with the checked pictures: shown as soon as there are two."""

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QWidget

from maquette.gui.actions import Actions
from maquette.gui.check_model import CHECK_ROLE, CheckDelegate, CheckModel
from maquette.gui.combo import chosen_in, fill_combo
from maquette.gui.live import Live
from maquette.gui.parts import Panel, name, tool_button
from maquette.gui.row_list import RowList
from maquette.gui.thumbnails import Thumbnails
from maquette.state.checks import CheckList, Checks, Order

ROW_ACTIONS = ("check_again", "check_copy", "check_show", "check_remove")


class CheckListPanel(Live, Panel):
    """Arrow keys and clicks choose a picture, Delete takes it off."""

    def __init__(
        self,
        *,
        checks: Checks,
        actions: Actions,
        thumbnails: Thumbnails,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._checks = checks
        self._actions = actions
        self.model = CheckModel(checks, thumbnails, self)
        self.list = RowList()
        self.list.setModel(self.model)
        self.list.setItemDelegate(CheckDelegate(self))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._menu)
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self.order = QComboBox()
        self.order.activated.connect(self._sort)
        self.clear_button = tool_button()
        self.clear_button.setDefaultAction(actions["check_clear"])
        self.clear_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.clear_button.setIconSize(QSize(16, 16))
        self.header.addWidget(self.clear_button)
        row = QHBoxLayout()
        row.addWidget(self.order, 1)
        self.body.addLayout(row)
        self.body.addWidget(self.list, 1)
        checks.list.changed.connect(self._render)
        self.retranslate()

    def _current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        # Only keys and clicks count: Qt also moves the current item when rows come or go.
        if index.isValid() and self.list.hasFocus():
            self._checks.select(index.data(CHECK_ROLE).id)

    def _sort(self) -> None:
        self._checks.sort(chosen_in(self.order, Order))

    def _menu(self, point: object) -> None:
        index = self.list.indexAt(point)  # type: ignore[arg-type]
        if not index.isValid():
            return
        self._checks.select(index.data(CHECK_ROLE).id)
        menu = QMenu(self)
        for action in ROW_ACTIONS:
            menu.addAction(self._actions[action])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.list.viewport().mapToGlobal(point))  # type: ignore[call-overload]

    def _render(self, value: CheckList, _fields: object = None) -> None:
        self.remark.setText(str(len(value.checks)))
        row = self.model.row_of(value.selected)
        if row >= 0 and row != self.list.currentIndex().row():
            self.list.setCurrentIndex(self.model.index(row))
        self.order.setCurrentIndex(max(0, self.order.findData(value.order)))

    def retranslate(self) -> None:
        self.title.setText(self.tr("Pictures"))
        name(self.list, self.tr("Checked pictures"))
        self.list.setToolTip("")
        self.clear_button.setAccessibleName(self.clear_button.defaultAction().text())
        orders = (
            (Order.ADDED, self.tr("In the order they came")),
            (Order.VERDICT, self.tr("By verdict")),
            (Order.NAME, self.tr("By name")),
        )
        fill_combo(self.order, orders, self._checks.list.value.order)
        name(self.order, self.tr("Sort"))
        self.model.retranslate()
        self._render(self._checks.list.value)
