"""The middle of the Check place: the picture in a frame of its verdict, beside its original."""

from functools import partial

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from maquette.core.errors import ImageError
from maquette.core.plain_text import visible_text
from maquette.gui.action_bar import ActionBar
from maquette.gui.actions import Actions
from maquette.gui.check_empty import EmptyCheck
from maquette.gui.check_model import verdict_sign
from maquette.gui.compare_view import CompareView
from maquette.gui.elided import ElidedLabel
from maquette.gui.levels import LevelReader
from maquette.gui.live import Live
from maquette.gui.parts import label, name, tool_button
from maquette.gui.tones import tone_colour
from maquette.state.checks import Check, CheckList, Checks, CheckState
from maquette.state.comparing import WHOLE, Part, can_wipe, part_shown
from maquette.state.messages import translate_sentence
from maquette.state.tasks import Tasks

BAR_ACTIONS = ("check_open", "check_paste", "check_save", "check_clear")
MENU_ACTIONS = (
    "check_again",
    "check_compare",
    "check_wipe",
    "check_copy",
    "check_show",
    "check_remove",
)


class Compared(msgspec.Struct, frozen=True):
    """What is compared with: the original at `path` ("" for none), and how."""

    path: str = ""
    part: Part = WHOLE
    is_over: bool = False


class CheckStage(Live, QFrame):
    """What is looked at. Pictures are decoded in threads."""

    def __init__(
        self,
        *,
        checks: Checks,
        actions: Actions,
        tasks: Tasks,
        empty: EmptyCheck,
        parent: QWidget | None = None,
    ) -> None:
        """`empty` is shown, and owned, while there is no picture."""
        super().__init__(parent)
        self.setObjectName("stage")
        self._checks = checks
        self._actions = actions
        self._tasks = tasks
        self._loaded = ""  # key of the picture on the canvas
        self._compared = Compared()  # what lies beside or over the picture
        self._reader = LevelReader()
        self.compare = CompareView()
        self.canvas = self.compare.canvas
        self.original = self.compare.original
        self.empty = empty
        self.place = ElidedLabel("muted", Qt.TextElideMode.ElideMiddle)
        self.zoom = label("muted")
        self.compare_button = tool_button()
        self.wipe_button = tool_button()
        self.fit_button = tool_button()
        self.actual_button = tool_button()
        for made, action in (
            (self.compare_button, "check_compare"),
            (self.wipe_button, "check_wipe"),
            (self.fit_button, "fit"),
            (self.actual_button, "actual_size"),
        ):
            made.setDefaultAction(actions[action])
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.unreadable = label("muted", wrap=True)
        self.unreadable.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.bar = ActionBar([actions[action] for action in BAR_ACTIONS])
        self.doing = label("muted")
        self.line = QProgressBar()
        self.line.setTextVisible(False)
        self.line.setFixedWidth(96)
        self.stop_button = tool_button()
        self.stop_button.setDefaultAction(actions["check_stop"])
        self.stop_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._lay_out()
        for mode, other in (("check_compare", "check_wipe"), ("check_wipe", "check_compare")):
            actions[mode].setCheckable(True)
            actions[mode].toggled.connect(partial(self._mode_toggled, other))
        self.canvas.zoomed.connect(lambda percent: self.zoom.setText(f"{percent} %"))
        checks.list.changed.connect(self._render)
        self.retranslate()

    def _lay_out(self) -> None:
        self._top = _bar("top")
        row = QHBoxLayout(self._top)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self.place, 1)
        row.addWidget(self.zoom)
        for made in (self.compare_button, self.wipe_button, self.fit_button, self.actual_button):
            row.addWidget(made)
        self._bottom = _bar("bottom")
        lower = QHBoxLayout(self._bottom)
        lower.setContentsMargins(12, 8, 12, 8)
        lower.setSpacing(8)
        lower.addWidget(self.bar, 1)
        for part in (self.doing, self.line, self.stop_button):
            lower.addWidget(part)
        middle = QWidget()
        self._stack = QStackedLayout(middle)
        for part in (self.empty, self.compare, self.unreadable):
            self._stack.addWidget(part)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._top)
        outer.addWidget(middle, 1)
        outer.addWidget(self._bottom)

    # --- showing --------------------------------------------------------------------------------

    def _render(self, value: CheckList, _fields: object = None) -> None:
        check = value.shown
        for bar in (self._top, self._bottom):
            bar.setVisible(check is not None)
        self._render_progress(value)
        if check is None:
            self._loaded = ""
            self.canvas.clear()
            self._stack.setCurrentWidget(self.empty)
            return
        self.place.set_text(visible_text(check.name), visible_text(check.path))
        if check.key != self._loaded:
            self._loaded = check.key
            self.canvas.clear()
            self._stack.setCurrentWidget(self.compare)
            self._tasks.start(self._load(check))
        elif check.state is CheckState.FAILED and self.canvas.is_empty:
            self._tell_unreadable(check.message)
        self._render_frame(check)
        self._render_original()

    async def _load(self, check: Check) -> None:
        def is_wanted() -> bool:
            return check.key == self._loaded

        try:
            levels = await self._reader.read(check.data or check.path, is_wanted)
        except ImageError as error:
            self._tell_unreadable(error.message)
            return
        if levels is not None:
            self._stack.setCurrentWidget(self.compare)
            self.canvas.show_levels(levels, levels[0].size(), check.path)

    def _tell_unreadable(self, message: str) -> None:
        self.unreadable.setText(translate_sentence(message))
        self._stack.setCurrentWidget(self.unreadable)

    def _render_frame(self, check: Check) -> None:
        _icon, tone = verdict_sign(check)
        is_done = check.state is CheckState.DONE
        self.canvas.set_frame(tone_colour(tone) if is_done else "")

    def _mode_toggled(self, other: str, is_on: bool) -> None:
        if is_on:
            self._actions[other].setChecked(False)
        self._render_original()

    def _render_original(self) -> None:
        """Show the original beside or over the picture, if there is one and it is wanted."""
        check = self._checks.list.value.shown
        report = check.report if check is not None else None
        beside, over = self._actions["check_compare"], self._actions["check_wipe"]
        beside.setEnabled(report is not None and bool(report.known_path))
        over.setEnabled(report is not None and can_wipe(report))
        wanted = Compared()
        if report is not None and beside.isEnabled() and beside.isChecked():
            wanted = Compared(report.known_path, part_shown(report))
        elif report is not None and over.isEnabled() and over.isChecked():
            wanted = Compared(report.known_path, part_shown(report), is_over=True)
        if wanted == self._compared:
            return
        self._compared = wanted
        self.compare.show_alone()
        if wanted.path:
            self._tasks.start(self._load_original(wanted))

    async def _load_original(self, wanted: Compared) -> None:
        levels = await self._reader.read(wanted.path, lambda: wanted == self._compared)
        if levels is None:
            return
        if wanted.is_over:
            self.compare.show_over(levels, wanted.part)
        else:
            self.compare.show_beside(levels, wanted.part, wanted.path)

    def _render_progress(self, value: CheckList) -> None:
        count, pending = len(value.checks), value.pending
        for part in (self.doing, self.line, self.stop_button):
            part.setVisible(pending > 0)
        if pending:
            done = count - pending
            self.doing.setText(
                self.tr("Checking {place} of {of}").format(place=done + 1, of=count)
                if count > 1
                else self.tr("Checking…")
            )
            # One picture alone has no steps to count.
            # It would paint itself at once, and with it all else that waits to be painted.
            self.line.setUpdatesEnabled(False)
            self.line.setRange(0, count if count > 1 else 0)
            self.line.setValue(done)
            self.line.setUpdatesEnabled(True)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._checks.list.value.shown is None:
            return
        menu = QMenu(self)
        for action in MENU_ACTIONS:
            menu.addAction(self._actions[action])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    # --- language and theme ---------------------------------------------------------------------

    def retranslate(self) -> None:
        for made in (
            self.compare_button,
            self.wipe_button,
            self.fit_button,
            self.actual_button,
            self.stop_button,
        ):
            made.setAccessibleName(made.defaultAction().text())
        name(self.line, self.tr("Progress"))
        self.line.setToolTip("")
        self._render(self._checks.list.value)

    def restyle(self) -> None:
        check = self._checks.list.value.shown
        if check is not None:
            self._render_frame(check)


def _bar(edge: str) -> QFrame:
    made = QFrame()
    made.setObjectName("stageBar")
    made.setProperty("edge", edge)
    return made
