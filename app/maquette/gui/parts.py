"""Small parts that every panel is made of: panels, labels, buttons, folds, rows that wrap."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from maquette.gui import icons

GRID = 8
CAPTION = 44  # width of the words before the fields of the panel


def label(role: str = "", *, wrap: bool = False) -> QLabel:
    """A label of plain text, whatever it is given; `role` picks its look."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def selectable(role: str = "") -> QLabel:
    """Plain text over several lines that can be selected, and copied, by mouse and keyboard."""
    made = label(role, wrap=True)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    made.setMinimumWidth(1)  # a long word breaks instead of widening the column
    return made


def button(kind: str = "") -> QPushButton:
    made = QPushButton()
    made.setAutoDefault(False)
    if kind:
        made.setProperty("kind", kind)
    return made


def tool_button(kind: str = "quiet", size: int = 18) -> QToolButton:
    made = QToolButton()
    made.setProperty("kind", kind)
    made.setIconSize(QSize(size, size))
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made


def name(widget: QWidget, text: str, shortcut: str = "", tip: str = "") -> None:
    """Give `widget` its accessible name and a tooltip that also tells the shortcut."""
    widget.setAccessibleName(text)
    shown = tip or text
    widget.setToolTip(f"{shown} ({shortcut})" if shortcut else shown)
    widget.setAccessibleDescription(tip)


def plain_tip(text: str) -> str:
    """A tooltip that shows `text` as it is: Qt guesses at HTML unless it is told."""
    if not text:
        return ""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
    return f"<qt>{escaped}</qt>"


def mark_invalid(widget: QWidget, invalid: bool) -> None:
    """Show or hide the border of a field with an invalid value."""
    if bool(widget.property("invalid")) == invalid:
        return
    widget.setProperty("invalid", invalid)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def set_property(widget: QWidget, key: str, value: str) -> None:
    """Set a property that the style sheet looks at."""
    if widget.property(key) != value:
        widget.setProperty(key, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class Panel(QFrame):
    """A rounded panel with a title, a quiet remark at its right, and a body."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.title = label("title")
        self.remark = label("muted")
        self.header = QHBoxLayout()
        self.header.setSpacing(4)
        self.title.setMinimumHeight(30)
        self.header.addWidget(self.title)
        self.header.addStretch(1)
        self.header.addWidget(self.remark)
        self.body = QVBoxLayout()
        self.body.setSpacing(GRID)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 8, 12, 12)
        outer.setSpacing(4)
        outer.addLayout(self.header)
        outer.addLayout(self.body, 1)


class Fold(QWidget):
    """A heading that shows and hides what is below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = button("fold")
        self.head.setCheckable(True)
        self.head.toggled.connect(self._turn)
        self.content = QWidget()
        self.body = QVBoxLayout(self.content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(GRID)
        self.content.hide()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        outer.addWidget(self.head)
        outer.addWidget(self.content)

    def set_open(self, is_open: bool) -> None:
        self.head.setChecked(is_open)
        self._turn(is_open)

    def restyle(self) -> None:
        self._turn(self.head.isChecked())

    def _turn(self, is_open: bool) -> None:
        self.content.setVisible(is_open)
        self.head.setIcon(icons.icon("caret-down" if is_open else "caret-right"))
        self.head.setIconSize(QSize(12, 12))


class WrapLayout(QLayout):
    """Lays widgets out in rows, like words of a text."""

    def __init__(self, spacing: int = GRID) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        x, y, row = rect.x(), rect.y(), 0
        for item in self._shown():
            hint = item.sizeHint()
            if x > rect.x() and x + hint.width() > rect.right() + 1:
                x, y, row = rect.x(), y + row + self.spacing(), 0
            if place:
                item.setGeometry(QRect(QPoint(x, y), hint))
            x += hint.width() + self.spacing()
            row = max(row, hint.height())
        return y + row - rect.y()


class WrappedRows(QWidget):
    """Widgets that wrap, for forms: a QFormLayout gives what grows as it wraps a wrong height."""

    def __init__(self, spacing: int = GRID, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = WrapLayout(spacing)
        self.setLayout(self.rows)

    def hasHeightForWidth(self) -> bool:
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(self.rows.heightForWidth(self.width()))


def separator() -> QFrame:
    line = QFrame()
    line.setObjectName("separator")
    return line


def lay_out_dialog(
    dialog: QDialog, form: QFormLayout, note: QLabel, cancel: QPushButton, go: QPushButton
) -> None:
    """Put `form` above `note`, and the two buttons below, at the right."""
    form.setHorizontalSpacing(16)
    form.setVerticalSpacing(8)
    foot = QHBoxLayout()
    foot.setSpacing(8)
    foot.addStretch(1)
    foot.addWidget(cancel)
    foot.addWidget(go)
    outer = QVBoxLayout(dialog)
    outer.setContentsMargins(16, 16, 16, 16)
    outer.setSpacing(12)
    outer.addLayout(form)
    outer.addWidget(note)
    outer.addLayout(foot)
