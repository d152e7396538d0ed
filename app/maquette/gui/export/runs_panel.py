"""The panel with the batch exports on their way; it is there while there are any."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from maquette.gui.export.run_row import RunRow
from maquette.gui.fitting_scroll import FittingScroll
from maquette.gui.live import Live
from maquette.gui.parts import Panel, name
from maquette.state.batch_exports import BatchExports, RunList

HEIGHT = 232  # pixels, beyond which the rows are scrolled
LEAST = (240, 64)


class _Rows(FittingScroll):
    """Scrolls many rows; one alone has no more room than it needs."""

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST[0], min(LEAST[1], self.sizeHint().height()))


class RunsPanel(Live, Panel):
    """One row per run, the newest at the top."""

    def __init__(self, exports: BatchExports, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._exports = exports
        self.rows: dict[int, RunRow] = {}
        content = QWidget()
        content.setObjectName("scrolled")
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        scroll = _Rows()
        scroll.setMaximumHeight(HEIGHT)
        scroll.setWidget(content)
        self.body.addWidget(scroll)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        exports.runs.changed.connect(self._render)
        self.retranslate()
        self._render(exports.runs.value)

    def _render(self, value: RunList, _fields: object = None) -> None:
        shown = {one.run.id: one for one in value.runs}
        for run in tuple(self.rows):
            if run not in shown:
                self._take(run)
        for place, (run, one) in enumerate(shown.items()):
            row = self.rows.get(run)
            if row is None:
                row = self.rows[run] = RunRow(one)
                row.asked.connect(lambda command, run=run: self._command(command)(run))
                self._column.insertWidget(place, row)
            row.show_run(one)
        self.setVisible(bool(shown))

    def _take(self, run: int) -> None:
        row = self.rows.pop(run)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _command(self, command: str) -> Callable[[int], None]:
        exports = self._exports
        commands: dict[str, Callable[[int], None]] = {
            "pause": exports.pause,
            "resume": exports.resume,
            "cancel": exports.cancel,
            "retry": exports.retry,
            "forget": exports.forget,
            "dismiss": exports.dismiss,
        }
        return commands[command]

    def retranslate(self) -> None:
        self.title.setText(self.tr("Exports"))
        name(self, self.tr("Exports"))
        self.setToolTip("")
