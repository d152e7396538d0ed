"""Draws the rows of the queue: jobs with what can be done with them, and headers of groups."""

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QToolTip

from maquette.core.job import ACTIVE, ENDED, Job, JobState
from maquette.gui import icons
from maquette.gui.picture_row import PICTURE, ROW, Index, PictureRowDelegate
from maquette.gui.queue_model import (
    CANCELLING_ROLE,
    GROUP_ROLE,
    INSIDE_ROLE,
    JOB_ROLE,
    STATE_TEXT_ROLE,
    GroupState,
)
from maquette.gui.queue_rows import TROUBLE
from maquette.gui.theme import current_tokens

SIDE = 16  # of a row's buttons
BESIDE = 24  # from one button to the next
INSIDE = 12  # how far jobs stand in below their group's header


class QueueDelegate(PictureRowDelegate):
    """Signals, when a button of a row is clicked, with the row's index:

    cancel, retry, skip of a job; cancel of what is left of a group; turned to fold or open it.
    """

    cancel = Signal(object)
    retry = Signal(object)
    skip = Signal(object)
    turned = Signal(object)

    # --- drawing --------------------------------------------------------------------------------

    def paint_row(self, painter: QPainter, rect: QRect, index: Index) -> None:
        job: Job | None = index.data(JOB_ROLE)
        group: GroupState | None = index.data(GROUP_ROLE)
        if job is not None:
            self._paint_job(painter, rect, index, job)
        elif group is not None:
            self._paint_group(painter, rect, index, group)

    def picture_place(self, rect: QRect, index: Index) -> QRect:
        """No picture stands on a header; those below one stand in."""
        if index.data(GROUP_ROLE) is not None:
            return QRect()
        place = super().picture_place(rect, index)
        return place.translated(INSIDE, 0) if index.data(INSIDE_ROLE) else place

    def _paint_job(self, painter: QPainter, rect: QRect, index: Index, job: Job) -> None:
        tokens = current_tokens()
        glyphs = self._glyphs(index)
        left = PICTURE + 16 + (INSIDE if index.data(INSIDE_ROLE) else 0)
        text = rect.adjusted(left, 8, -(BESIDE * max(1, len(glyphs)) + 10), -8)
        colour = tokens.muted if job.state in ENDED - TROUBLE else tokens.text
        wrong = job.state in TROUBLE
        self._paint_words(painter, text, index, colour, tokens.danger if wrong else tokens.muted)
        if job.state in ACTIVE:
            saving = job.state is JobState.SAVING
            done = 1.0 if saving else job.step / job.total if job.total else 0.0
            _paint_progress(painter, text, done)
        for place, (glyph, tint, _signal, _tip) in zip(
            self._places(rect, len(glyphs)), glyphs, strict=True
        ):
            icons.paint_glyph(painter, place, glyph, getattr(tokens, tint))

    def _paint_group(self, painter: QPainter, rect: QRect, index: Index, group: GroupState) -> None:
        tokens = current_tokens()
        caret = QRect(rect.left() + 6, rect.top() + 11, 12, 12)
        icons.paint_glyph(
            painter, caret, "caret-right" if group.folded else "caret-down", tokens.muted
        )
        glyphs = self._glyphs(index)
        text = rect.adjusted(26, 8, -(BESIDE * max(1, len(glyphs)) + 10), -8)
        below = tokens.danger if group.in_trouble and not group.is_open else tokens.muted
        self._paint_words(painter, text, index, tokens.text, below)
        if group.is_open:
            _paint_progress(painter, text, group.fraction)
        for place, (glyph, tint, _signal, _tip) in zip(
            self._places(rect, len(glyphs)), glyphs, strict=True
        ):
            icons.paint_glyph(painter, place, glyph, getattr(tokens, tint))

    @staticmethod
    def _paint_words(
        painter: QPainter, text: QRect, index: Index, colour: str, colour_below: str
    ) -> None:
        """The row's name, and smaller below it what is to be said of it."""
        mode = Qt.TextElideMode.ElideRight
        metrics = painter.fontMetrics()
        title = QRect(text.left(), text.top() - 2, text.width(), metrics.height())
        painter.setPen(QColor(colour))
        said = metrics.elidedText(index.data(Qt.ItemDataRole.DisplayRole) or "", mode, text.width())
        painter.drawText(title, Qt.AlignmentFlag.AlignLeft, said)
        small = painter.font()
        small.setPointSizeF(small.pointSizeF() * 0.9)
        painter.setFont(small)
        painter.setPen(QColor(colour_below))
        below = QRect(text.left(), title.bottom() + 3, text.width(), metrics.height())
        said = painter.fontMetrics().elidedText(
            index.data(STATE_TEXT_ROLE) or "", mode, text.width()
        )
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, said)

    # --- buttons --------------------------------------------------------------------------------

    def _glyphs(self, index: Index) -> list[tuple[str, str, object, str]]:
        """The buttons of a row from left to right: icon, colour, signal (None: a sign), tip."""
        group: GroupState | None = index.data(GROUP_ROLE)
        if group is not None:
            cancel = ("x", "muted", self.cancel, self.tr("Cancel what is left of it"))
            return [cancel] if group.is_open else []
        job: Job | None = index.data(JOB_ROLE)
        if job is None:
            return []
        again = "arrow-counter-clockwise"
        match job.state:
            case JobState.FINISHED:
                return [("check", "success", None, "")]
            case JobState.FAILED:
                return [(again, "text", self.retry, self.tr("Try again"))]
            case JobState.INTERRUPTED:
                return [
                    (again, "text", self.retry, self.tr("Make it again")),
                    ("skip-forward", "muted", self.skip, self.tr("Skip it")),
                ]
            case JobState.QUARANTINED:
                return [
                    (again, "danger", self.retry, self.tr("Try it anyway")),
                    ("skip-forward", "muted", self.skip, self.tr("Skip it")),
                ]
            case JobState.CANCELLED:
                return [(again, "muted", self.retry, self.tr("Queue it again"))]
            case _ if index.data(CANCELLING_ROLE):
                return []
            case _:
                return [("x", "muted", self.cancel, self.tr("Cancel"))]

    @staticmethod
    def _places(rect: QRect, count: int) -> list[QRect]:
        """Where `count` buttons are, from left to right."""
        top = rect.top() + (ROW - SIDE) // 2
        lefts = (rect.right() - 22 - BESIDE * (count - 1 - n) for n in range(count))
        return [QRect(left, top, SIDE, SIDE) for left in lefts]

    def _hit(self, rect: QRect, index: Index, at: QEvent) -> tuple[object, str]:
        """(signal, tip) of the button under the pointer; (None, "") beside them."""
        assert isinstance(at, QMouseEvent | QHelpEvent)
        point = at.position().toPoint() if isinstance(at, QMouseEvent) else at.pos()
        glyphs = self._glyphs(index)
        for place, glyph in zip(self._places(rect, len(glyphs)), glyphs, strict=True):
            if place.adjusted(-4, -6, 4, 6).contains(point):
                return glyph[2], glyph[3]
        return None, ""

    def editorEvent(
        self, event: QEvent, model: object, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        if not isinstance(event, QMouseEvent) or event.button() is not Qt.MouseButton.LeftButton:
            return False
        rect: QRect = option.rect  # type: ignore[attr-defined]
        signal, _tip = self._hit(rect, index, event)
        if signal is None:
            if (
                event.type() is QEvent.Type.MouseButtonRelease
                and index.data(GROUP_ROLE) is not None
                and event.position().x() < rect.left() + 26
            ):
                self.turned.emit(index)
            return False
        if event.type() is QEvent.Type.MouseButtonRelease:
            signal.emit(index)  # type: ignore[attr-defined]
        return True

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        _signal, tip = self._hit(rect, index, event)
        if tip:
            QToolTip.showText(event.globalPos(), tip, view)
            return True
        return super().helpEvent(event, view, option, index)


def _paint_progress(painter: QPainter, text: QRect, done: float) -> None:
    tokens = current_tokens()
    track = QRectF(text.left(), text.bottom() + 1, text.width(), 3)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.control_hover))
    painter.drawRoundedRect(track, 1.5, 1.5)
    painter.setBrush(QColor(tokens.accent))
    painter.drawRoundedRect(QRectF(track.left(), track.top(), track.width() * done, 3), 1, 1)
