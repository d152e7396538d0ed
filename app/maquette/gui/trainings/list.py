"""The list of trainings: a name, how far it is, and a line for what is done."""

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from maquette.core.training import TrainingStage
from maquette.gui import icons
from maquette.gui.row_list import RowList
from maquette.gui.theme import current_tokens
from maquette.gui.trainings.words import done_share, left_words, state_words, step_words
from maquette.state.training_view import ShownTraining

ROW = 62
TRAINING_ROLE = Qt.ItemDataRole.UserRole
_GLYPHS = {
    TrainingStage.WAITING: "clock",
    TrainingStage.RUNNING: "graduation-cap",
    TrainingStage.PAUSED: "pause",
    TrainingStage.DONE: "check-circle",
    TrainingStage.FAILED: "warning-circle",
}

Index = QModelIndex | QPersistentModelIndex


class TrainingModel(QAbstractListModel):
    """The trainings as items."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[ShownTraining, ...] = ()

    def show_trainings(self, shown: tuple[ShownTraining, ...]) -> None:
        """Show these; where only some have changed, only their rows are painted again."""
        before, ids = self._shown, [one.id for one in shown]
        if ids != [one.id for one in before]:
            self.beginResetModel()
            self._shown = shown
            self.endResetModel()
            return
        self._shown = shown
        for row, (old, new) in enumerate(zip(before, shown, strict=True)):
            if old != new:
                index = self.index(row)
                self.dataChanged.emit(index, index)

    def row_of(self, training_id: str) -> int:
        """Where the training of this id is; -1 if it is not here."""
        return next((row for row, one in enumerate(self._shown) if one.id == training_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        one = self._shown[index.row()]
        if role == TRAINING_ROLE:
            return one
        if role == Qt.ItemDataRole.DisplayRole:
            return one.plan.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{one.plan.name}, {_second_line(one)}"
        return None


class TrainingDelegate(QStyledItemDelegate):
    """Two lines and a bar."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(160, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one, tokens = index.data(TRAINING_ROLE), current_tokens()
        rect: QRect = option.rect.adjusted(0, 1, 0, -1)  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        font: QFont = option.font  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        if is_chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_soft if is_chosen else tokens.control))
            painter.drawRoundedRect(rect, 6, 6)
        inner = rect.adjusted(10, 7, -10, -8)
        colour = _colour(one)
        icons.paint_glyph(
            painter, QRect(inner.left(), inner.top() + 1, 16, 16), _GLYPHS[one.stage], colour
        )
        words = inner.adjusted(24, 0, 0, 0)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        painter.setPen(QColor(tokens.accent_text if is_chosen else tokens.text))
        title = metrics.elidedText(one.plan.name, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, title)
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.9)
        painter.setFont(small)
        painter.setPen(QColor(tokens.muted))
        second = words.adjusted(0, metrics.height() + 2, 0, 0)
        line = painter.fontMetrics().elidedText(
            _second_line(one), Qt.TextElideMode.ElideRight, second.width()
        )
        painter.drawText(second, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, line)
        if one.stage is not TrainingStage.DONE:
            bar = QRect(words.left(), inner.bottom() - 2, words.width(), 3)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.control_hover))
            painter.drawRoundedRect(bar, 1.5, 1.5)
            bar.setWidth(round(bar.width() * done_share(one)))
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(bar, 1.5, 1.5)
        painter.restore()


class TrainingList(RowList):
    """Arrow keys and clicks choose a training.

    Signals:
        picked(id): this training is looked at now.
    """

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = TrainingModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(TrainingDelegate(self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._current_changed)

    def choose(self, training_id: str) -> None:
        """Have the row of this training be the current one."""
        row = self.rows.row_of(training_id)
        if row >= 0 and row != self.currentIndex().row():
            self.setCurrentIndex(self.rows.index(row))

    def _current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self.picked.emit(index.data(TRAINING_ROLE).id)


def _second_line(one: ShownTraining) -> str:
    words = state_words(one)
    if one.stage is TrainingStage.RUNNING and not one.doing and one.ending is None:
        rest = step_words(one) if one.seconds_left is None else left_words(one.seconds_left)
        return f"{words} · {rest}"
    if one.stage in (TrainingStage.PAUSED, TrainingStage.FAILED) and one.step:
        return f"{words} · {step_words(one)}"
    return words


def _colour(one: ShownTraining) -> str:
    tokens = current_tokens()
    if one.stage is TrainingStage.FAILED:
        return tokens.danger
    if one.stage is TrainingStage.DONE:
        return tokens.success
    return tokens.accent if one.is_running else tokens.muted
