"""The page of all trainings: a list at the left, and the one that is looked at as it runs."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from maquette.core.trained_style import style_id_of
from maquette.gui import icons
from maquette.gui.actions import Actions, said, shown_keys
from maquette.gui.banner import Banner
from maquette.gui.fitting_scroll import CalmScroll
from maquette.gui.live import Live
from maquette.gui.parts import Panel, button, label, name
from maquette.gui.training_actions import TRAINING_SPECS
from maquette.gui.trainings.curves import CurvesPanel
from maquette.gui.trainings.head import TrainingHead
from maquette.gui.trainings.list import TrainingList
from maquette.gui.trainings.record import TrainingRecord
from maquette.gui.trainings.sample_sheet import SampleSheet
from maquette.state.studio import Studio
from maquette.state.training_view import ShownTraining

COLUMNS = (264, 1100)


class TrainingsPage(Live, QWidget):
    """Where there are no trainings, it says how to come to one."""

    def __init__(
        self,
        studio: Studio,
        actions: Actions,
        go_to_create: Callable[[], None],
        go_to_styles: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._studio = studio
        self._trainings = studio.trainings
        self._actions = actions
        self._go_to_create = go_to_create
        self._go_to_styles = go_to_styles
        self._chosen = ""
        self.banner = Banner(studio)
        self.list = TrainingList()
        self.back = button("quiet")
        self.head = TrainingHead(actions)
        self.curves = CurvesPanel()
        self.samples = SampleSheet(studio.tasks)
        self.record = TrainingRecord()
        self.empty = label("muted", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        self._connect()
        self.retranslate()
        self.restyle()

    def _lay_out(self) -> None:
        self._side = Panel()
        self._side.setMinimumWidth(208)
        self._side.body.addWidget(self.list, 1)
        self._side.body.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        record = Panel()
        record.title.hide()
        record.remark.hide()
        record.body.addWidget(self.record)
        self._inside = QWidget()
        self._inside.setObjectName("scrolled")
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.head, self.curves, self.samples, record):
            column.addWidget(part)
        column.addStretch(1)
        self._scroll = CalmScroll()
        self._scroll.setWidget(self._inside)
        self._middle = QWidget()
        outer = QVBoxLayout(self._middle)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(self.banner)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(self.empty, 1)
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setHandleWidth(8)
        columns.setChildrenCollapsible(False)
        columns.addWidget(self._side)
        columns.addWidget(self._middle)
        columns.setStretchFactor(0, 0)
        columns.setStretchFactor(1, 1)
        columns.setSizes(list(COLUMNS))
        columns.splitterMoved.connect(lambda *_: self._fit())
        room = QHBoxLayout(self)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(columns)

    def _connect(self) -> None:
        self._trainings.changed.connect(lambda *_: self._render())
        self._studio.styles.changed.connect(lambda *_: self._render_current())
        self.list.picked.connect(self._pick)
        self.samples.turned.connect(self.curves.look_at)
        self.back.clicked.connect(self._actions["training_back"].trigger)
        bind = self._actions.bind
        bind("training_back", self._go_to_styles)
        bind("training_turn", self._turn)
        bind("training_stop", lambda: self._trainings.stop_and_keep(self._chosen))
        bind("training_use", self._use)
        bind("training_delete", lambda: self._trainings.delete(self._chosen))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.samples.fit(self._middle.width())

    # --- showing --------------------------------------------------------------------------------

    def show_training(self, training_id: str) -> None:
        """Show the training of this id; for "" the one that was looked at last, or that runs."""
        running = self._trainings.running
        self._chosen = training_id or self._chosen or (running.id if running else "")
        self._studio.styles.need()
        self._render()
        self.list.setFocus()

    @property
    def current(self) -> ShownTraining | None:
        """The training that is looked at."""
        return self._trainings.value.find(self._chosen)

    def _pick(self, training_id: str) -> None:
        if training_id != self._chosen:
            self._chosen = training_id
            self._scroll.verticalScrollBar().setValue(0)
            self._render_current()

    def _render(self) -> None:
        value = self._trainings.value
        if self.current is None:
            self._chosen = value.trainings[0].id if value.trainings else ""
        self.list.rows.show_trainings(value.trainings)
        self.list.choose(self._chosen)
        self._side.remark.setText(str(len(value.trainings)))
        self._render_current()

    def _render_current(self) -> None:
        one = self.current
        self._scroll.setVisible(one is not None)
        self.empty.setVisible(one is None)
        if one is None:
            for action in ("training_turn", "training_stop", "training_use", "training_delete"):
                self._actions[action].setEnabled(False)
            return
        card = self._studio.styles.find(style_id_of(one.id))
        self.head.show_training(one, has_card=card is not None)
        self.curves.show_training(one)
        self.samples.show_training(one)
        self.record.show_training(one)

    # --- acting ---------------------------------------------------------------------------------

    def _turn(self) -> None:
        one = self.current
        if one is not None and one.is_here:
            self._trainings.pause(one.id)
        elif one is not None:
            self._trainings.resume(one.id)

    def _use(self) -> None:
        self._studio.styles.choose(style_id_of(self._chosen))
        self._go_to_create()

    # --- language and theme ---------------------------------------------------------------------

    def retranslate(self) -> None:
        self._side.title.setText(self.tr("Trainings"))
        name(self.list, self.tr("Trainings"))
        self.list.setToolTip("")
        back = TRAINING_SPECS["training_back"]
        self.back.setText(said(back.text))
        name(self.back, said(back.text), shown_keys(back), tip=said(back.tip))
        self.empty.setText(
            self.tr(
                "Nothing was trained yet. Train a style from 10 to 60 pictures of your own in the "
                "Styles place; here you see how it learns, and what came of it."
            )
        )
        self._render()

    def restyle(self) -> None:
        self.back.setIcon(icons.icon("arrow-left"))
        self.list.viewport().update()
