"""The list of checked pictures as a Qt model, and how a row of it is drawn."""

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from maquette.core.plain_text import visible_text
from maquette.gui import icons
from maquette.gui.parts import plain_tip
from maquette.gui.picture_row import PICTURE, Index, PictureRowDelegate, centre_square
from maquette.gui.theme import current_tokens
from maquette.gui.thumbnails import Thumbnails
from maquette.gui.tones import tone_colour
from maquette.state.checks import Check, CheckList, Checks, CheckState
from maquette.state.messages import translate_sentence
from maquette.state.verdicts import VERDICTS, Tone, verdict_words

CHECK_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class CheckModel(QAbstractListModel):
    """One row per picture, in the order of the store."""

    def __init__(self, checks: Checks, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._small: dict[str, QPixmap] = {}  # scaled once: a list of many is painted often
        self._ratio = parent.devicePixelRatioF()
        self._checks = checks.list.value.checks
        checks.list.changed.connect(self._render)
        thumbnails.ready.connect(self._thumbnail_came)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._checks)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._checks):
            return None
        check = self._checks[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return visible_text(check.name)
            case Qt.ItemDataRole.DecorationRole:
                return self._picture(check)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(check)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{visible_text(check.name)[:120]}: {self.state_words(check)}"
            case _ if role == CHECK_ROLE:
                return check
            case _:
                return None

    def _picture(self, check: Check) -> QPixmap | None:
        """The middle of the picture, in the size that a row shows it."""
        found = self._small.get(check.key)
        if found is None:
            whole = self._thumbnails.get(check.key, check.data)
            if whole is None or whole.isNull():
                return None
            found = whole.copy(centre_square(whole)).scaled(
                QSize(PICTURE, PICTURE) * self._ratio,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            found.setDevicePixelRatio(self._ratio)
            self._small[check.key] = found
        return found

    def row_of(self, check_id: int) -> int:
        """The row of a picture; -1 when it is not listed."""
        return next((row for row, c in enumerate(self._checks) if c.id == check_id), -1)

    def state_words(self, check: Check) -> str:
        """The verdict, or how far it is."""
        match check.state:
            case CheckState.WAITING:
                return self.tr("waiting")
            case CheckState.RUNNING:
                return self.tr("checking…")
            case CheckState.STOPPED:
                return self.tr("not checked")
            case CheckState.FAILED:
                return self.tr("cannot be read")
            case CheckState.DONE:
                return verdict_words(check.report.verdict) if check.report else ""

    def retranslate(self) -> None:
        if self._checks:
            self.dataChanged.emit(self.index(0), self.index(len(self._checks) - 1))

    def _tip(self, check: Check) -> str:
        lines = [visible_text(check.name)[:300], self.state_words(check)]
        if check.state is CheckState.FAILED:
            lines[1] = translate_sentence(check.message)
        return plain_tip("\n".join(lines))

    def _render(self, value: CheckList, _fields: object = None) -> None:
        old, new = self._checks, value.checks
        if new is old:
            return
        keys = {check.key for check in new}
        self._small = {key: kept for key, kept in self._small.items() if key in keys}
        old_ids, new_ids = [check.id for check in old], [check.id for check in new]
        if new_ids[: len(old_ids)] != old_ids:
            self.beginResetModel()
            self._checks = new
            self.endResetModel()
            return
        if len(new) > len(old):
            self.beginInsertRows(QModelIndex(), len(old), len(new) - 1)
        self._checks = new
        if len(new) > len(old):
            self.endInsertRows()
        for row, before in enumerate(old):
            if before != new[row]:
                self.dataChanged.emit(self.index(row), self.index(row))

    def _thumbnail_came(self, key: str) -> None:
        for row, check in enumerate(self._checks):
            if check.key == key:
                self.dataChanged.emit(self.index(row), self.index(row))


class CheckDelegate(PictureRowDelegate):
    """Picture, name, and the verdict with its icon and colour."""

    def paint_row(self, painter: QPainter, rect: QRect, index: Index) -> None:
        check: Check = index.data(CHECK_ROLE)
        tokens = current_tokens()
        text = rect.adjusted(PICTURE + 16, 8, -8, -8)
        metrics = painter.fontMetrics()
        title = QRect(text.left(), text.top(), text.width(), metrics.height())
        painter.setPen(QColor(tokens.text))
        shown = metrics.elidedText(
            index.data(Qt.ItemDataRole.DisplayRole), Qt.TextElideMode.ElideMiddle, title.width()
        )
        painter.drawText(title, Qt.AlignmentFlag.AlignLeft, shown)
        model = index.model()
        words = model.state_words(check) if isinstance(model, CheckModel) else ""
        icon, tone = verdict_sign(check)
        colour = tone_colour(tone)
        below = QRect(text.left(), title.bottom() + 3, text.width(), metrics.height())
        sign = QRect(below.topLeft() + QPoint(0, (below.height() - 14) // 2), QSize(14, 14))
        icons.paint_glyph(painter, sign, icon, colour)
        small = painter.font()
        small.setPointSizeF(small.pointSizeF() * 0.9)
        painter.setFont(small)
        painter.setPen(QColor(colour))
        below.setLeft(sign.right() + 6)
        painter.drawText(
            below,
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, below.width()),
        )


def verdict_sign(check: Check) -> tuple[str, Tone]:
    """(icon, tone) of a picture's verdict, or of what stands in its place."""
    match check.state:
        case CheckState.DONE if check.report is not None:
            look = VERDICTS[check.report.verdict]
            return look.icon, look.tone
        case CheckState.RUNNING:
            return "hourglass", Tone.QUIET
        case CheckState.FAILED:
            return "file-x", Tone.BAD
        case CheckState.STOPPED:
            return "prohibit", Tone.QUIET
        case _:
            return "clock", Tone.QUIET
