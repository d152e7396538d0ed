"""The Check place: bring any picture, and read where it comes from."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from maquette.core.marking import FileFormat
from maquette.core.report import Report
from maquette.gui.actions import Actions
from maquette.gui.banner import Banner
from maquette.gui.check_empty import EmptyCheck
from maquette.gui.check_list import CheckListPanel
from maquette.gui.check_report import CheckReport
from maquette.gui.check_stage import CheckStage
from maquette.gui.files import (
    ask_for_pictures,
    ask_where_to_save,
    ask_where_to_save_reports,
    show_in_folder,
)
from maquette.gui.in_parts import InParts
from maquette.gui.live import Live
from maquette.gui.parts import set_property
from maquette.gui.pasted import pasted
from maquette.gui.thumbnails import Thumbnails
from maquette.state.check_reports import report_text, write_reports
from maquette.state.checks import CheckList, CheckState
from maquette.state.exports import can_restore, format_of
from maquette.state.studio import Studio

COLUMNS = (264, 760, 400)


class CheckPage(Live, InParts, QWidget):
    """List, picture, report. Pictures may be dropped anywhere on it."""

    def __init__(
        self,
        studio: Studio,
        actions: Actions,
        thumbnails: Thumbnails,
        go_to_create: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._studio = studio
        self._checks = studio.checks
        self._actions = actions
        self._thumbnails = thumbnails
        self._go_to_create = go_to_create
        self._parts = self._build()

    def _build(self) -> Iterator[bool]:
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setHandleWidth(8)
        columns.setChildrenCollapsible(False)
        room = QHBoxLayout(self)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(columns)
        checks, actions, thumbnails = self._checks, self._actions, self._thumbnails
        self.list = CheckListPanel(checks=checks, actions=actions, thumbnails=thumbnails)
        self.list.setMinimumWidth(200)
        columns.addWidget(self.list)
        yield True
        empty = EmptyCheck(actions, self)
        yield True
        self.stage = CheckStage(
            checks=checks, actions=actions, tasks=self._studio.tasks, empty=empty, parent=self
        )
        yield True
        studio = self._studio
        self.banner = Banner(studio)
        middle = QWidget(self)
        middle.setMinimumWidth(320)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.banner)
        column.addWidget(self.stage, 1)
        yield True
        columns.addWidget(middle)
        yield True
        self.report = CheckReport(
            checks=checks, actions=actions, thumbnails=thumbnails, parent=self
        )
        self.report.setMinimumWidth(300)
        yield True
        columns.addWidget(self.report)
        for place in range(columns.count()):
            columns.setStretchFactor(place, 1 if place == 1 else 0)
        columns.setSizes(list(COLUMNS))
        yield True
        self._bind()
        checks.list.changed.connect(self._render)
        self._render(checks.list.value)

    def _bind(self) -> None:
        actions, checks = self._actions, self._checks
        actions.bind("check_open", self._open)
        actions.bind("check_paste", self._paste)
        actions.bind("check_stop", checks.stop)
        actions.bind("check_again", lambda: checks.again(checks.list.value.selected))
        actions.bind("check_remove", lambda: checks.remove(checks.list.value.selected))
        actions.bind("check_clear", checks.clear)
        actions.bind("check_copy", self._copy_report)
        actions.bind("check_save", self._save_reports)
        actions.bind("check_show", self._show_original)
        actions.bind("check_reuse", self._reuse)
        actions.bind("check_restore", self._restore)

    def take_focus(self) -> None:
        """Put the keyboard where one goes on from: the list, the picture, or the first button."""
        value = self._checks.list.value
        if len(value.checks) > 1:
            self.list.list.setFocus()
        elif value.checks:
            self.stage.canvas.setFocus()
        else:
            self.stage.empty.open_button.setFocus()

    def _render(self, value: CheckList, _fields: object = None) -> None:
        check = value.shown
        report = self._report
        self.list.setVisible(len(value.checks) > 1)
        self.report.setVisible(check is not None)
        has_done = any(c.report is not None for c in value.checks)
        for action, enabled in (
            ("check_stop", value.pending > 0),
            ("check_again", check is not None),
            ("check_remove", check is not None),
            ("check_clear", check is not None),
            ("check_copy", report is not None),
            ("check_save", has_done),
            ("check_show", report is not None and bool(report.known_path)),
            ("check_reuse", report is not None and report.recipe is not None),
            ("check_restore", report is not None and can_restore(report)),
        ):
            self._actions[action].setEnabled(enabled)

    @property
    def _report(self) -> Report | None:
        """The report of the picture that is looked at."""
        check = self._checks.list.value.shown
        return check.report if check is not None and check.state is CheckState.DONE else None

    # --- what the actions do --------------------------------------------------------------------

    def _open(self) -> None:
        paths = ask_for_pictures(self)
        if paths:
            self._checks.add_files(paths)

    def _paste(self) -> None:
        if not self._take(QGuiApplication.clipboard().mimeData()):
            self._studio.notices.inform(
                "There is no picture on the clipboard; copy one and paste again."
            )

    def _copy_report(self) -> None:
        if self._report is not None:
            QGuiApplication.clipboard().setText(report_text(self._report))

    def _save_reports(self) -> None:
        reports = [c.report for c in self._checks.list.value.checks if c.report is not None]
        target = ask_where_to_save_reports(self)
        if target:
            self._studio.tasks.start(self._write_reports(Path(target), reports))

    async def _write_reports(self, target: Path, reports: list[Report]) -> None:
        await asyncio.to_thread(write_reports, target, reports)
        self._studio.notices.inform(f"The reports were saved as {target.name}.")

    def _show_original(self) -> None:
        if self._report is not None and self._report.known_path:
            show_in_folder(self._report.known_path)

    def _reuse(self) -> None:
        if self._report is not None and self._report.recipe is not None:
            self._studio.commands.lay_out(self._report.recipe)
            self._go_to_create()

    def _restore(self) -> None:
        check, report = self._checks.list.value.shown, self._report
        if check is None or report is None:
            return
        form = format_of(check.name) or FileFormat.PNG
        target = ask_where_to_save(self, check.name, form)
        if target:
            source = check.data or Path(check.path)
            self._studio.exports.restore(report, source, target)

    # --- bringing pictures ----------------------------------------------------------------------

    def _take(self, mime: QMimeData | None) -> bool:
        """Check what `mime` holds; False when that is nothing to check."""
        brought = pasted(mime)
        if brought is None:
            return False
        if brought.paths:
            self._checks.add_files(brought.paths)
        elif brought.read is not None:
            self._studio.tasks.start(self._take_data(brought.read))
        return True

    async def _take_data(self, read: Callable[[], bytes]) -> None:
        data = await asyncio.to_thread(read)
        self._checks.add_data(data, self.tr("Pasted picture"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        mime = event.mimeData()
        if event.source() is None and (mime.hasUrls() or mime.hasImage()):
            event.acceptProposedAction()
            set_property(self.stage, "dropping", "true")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        set_property(self.stage, "dropping", "")

    def dropEvent(self, event: QDropEvent) -> None:
        set_property(self.stage, "dropping", "")
        if self._take(event.mimeData()):
            event.acceptProposedAction()
