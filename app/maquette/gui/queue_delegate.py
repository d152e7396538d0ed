"""Draws a row of the queue: picture, prompt, state, progress, and a button to cancel or retry."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from maquette.engine.queue import ENDED, Job, JobState
from maquette.gui import icons
from maquette.gui.picture_row import PICTURE, ROW, Index, PictureRowDelegate
from maquette.gui.queue_model import CANCELLING_ROLE, JOB_ROLE, STATE_TEXT_ROLE
from maquette.gui.theme import current_tokens
from maquette.state.jobs import ACTIVE

BUTTON = 24


class QueueDelegate(PictureRowDelegate):
    """Signals: cancel(job id), retry(job id) when the row's button is clicked."""

    cancel = Signal(str)
    retry = Signal(str)

    def paint_row(self, painter: QPainter, rect: QRect, index: Index) -> None:
        job: Job = index.data(JOB_ROLE)
        tokens = current_tokens()
        button = self._button_rect(rect)
        text = rect.adjusted(PICTURE + 16, 8, -(BUTTON + 16), -8)
        metrics = painter.fontMetrics()
        title = QRect(text.left(), text.top(), text.width(), metrics.height())
        painter.setPen(QColor(tokens.muted if job.state in ENDED else tokens.text))
        prompt = index.data(Qt.ItemDataRole.DisplayRole)
        mode = Qt.TextElideMode.ElideRight
        painter.drawText(
            title, Qt.AlignmentFlag.AlignLeft, metrics.elidedText(prompt, mode, title.width())
        )
        failed = job.state is JobState.FAILED
        below = QRect(text.left(), title.bottom() + 3, text.width(), metrics.height())
        small = painter.font()
        small.setPointSizeF(small.pointSizeF() * 0.9)
        painter.setFont(small)
        painter.setPen(QColor(tokens.danger if failed else tokens.muted))
        said = painter.fontMetrics().elidedText(index.data(STATE_TEXT_ROLE), mode, below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, said)
        if job.state in ACTIVE:
            self._paint_progress(painter, text, job)
        if failed:
            icons.paint_glyph(painter, button, "arrow-counter-clockwise", tokens.text)
        elif job.state not in ENDED and not index.data(CANCELLING_ROLE):
            icons.paint_glyph(painter, button, "x", tokens.muted)
        elif job.state is JobState.FINISHED:
            icons.paint_glyph(painter, button, "check", tokens.success)

    def _paint_progress(self, painter: QPainter, text: QRect, job: Job) -> None:
        tokens = current_tokens()
        track = QRect(text.left(), text.bottom() - 1, text.width(), 3)
        done = job.step / job.total if job.total else 0.0
        if job.state is JobState.SAVING:
            done = 1.0
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.control_hover))
        painter.drawRoundedRect(track, 1.5, 1.5)
        painter.setBrush(QColor(tokens.accent))
        painter.drawRoundedRect(QRect(track.topLeft(), QSize(round(track.width() * done), 3)), 1, 1)

    @staticmethod
    def _button_rect(rect: QRect) -> QRect:
        side = 16
        left = rect.right() - BUTTON + (BUTTON - side) // 2 - 2
        return QRect(left, rect.top() + (ROW - side) // 2, side, side)

    def editorEvent(
        self, event: QEvent, model: object, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            rect: QRect = option.rect  # type: ignore[attr-defined]
            hit = self._button_rect(rect).adjusted(-6, -6, 6, 6)
            job: Job = index.data(JOB_ROLE)
            if hit.contains(event.position().toPoint()):
                if job.state is JobState.FAILED:
                    self.retry.emit(job.id)
                elif job.state not in ENDED:
                    self.cancel.emit(job.id)
                return True
        return False
