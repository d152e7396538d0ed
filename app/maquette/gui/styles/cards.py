"""The cards: a sample picture and a name each, a thousand as smooth as ten."""

from collections import OrderedDict

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QHideEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from maquette.core.style import Style
from maquette.gui import icons
from maquette.gui.own_keys import PRESSING, OwnKeys
from maquette.gui.styles.hover import Hover
from maquette.gui.styles.model import StyleModel
from maquette.gui.styles.samples import Samples
from maquette.gui.styles.words import GLYPHS, style_name
from maquette.gui.theme import current_tokens

SIDE = 148  # pixels of a picture
GAP = 12
CAPTION = 26
CELL = QSize(SIDE + GAP, SIDE + CAPTION + GAP)
ROUND = 8
FRAME = 3
READY = 400  # cards that are ready to be drawn, 90 KiB each: more than any screen has
AT_ONCE = 10  # that are made ready in one go; each takes up to a millisecond

Index = QModelIndex | QPersistentModelIndex
State = QStyle.StateFlag


class StyleCards(OwnKeys, QListView):
    """Enter, Space or a double click puts the current style on.

    Signals:
        picked(str): another style is the current one; its id, or "".
        wanted(str): the user wants to put this style on.
        menu_wanted(QPoint): the menu of the current style is wanted; global position.
    """

    own_keys = PRESSING

    picked = Signal(str)
    wanted = Signal(str)
    menu_wanted = Signal(object)

    def __init__(
        self,
        samples: Samples,
        hover: Hover,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._hover = hover
        self.cards = StyleModel(self)
        self.setModel(self.cards)
        self._delegate = _CardDelegate(self.cards, samples, hover, self)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setGridSize(CELL)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.verticalScrollBar().setSingleStep(40)
        self.customContextMenuRequested.connect(
            lambda place: self.menu_wanted.emit(self.viewport().mapToGlobal(place))
        )
        self.selectionModel().currentChanged.connect(lambda *_: self.picked.emit(self.current_id))
        self.cards.modelReset.connect(lambda: self.picked.emit(self.current_id))
        self.doubleClicked.connect(self._want)
        samples.ready.connect(self._came)
        hover.changed.connect(self.viewport().update)
        self.entered.connect(lambda index: hover.enter(self._id_at(index)))
        self.viewportEntered.connect(lambda: hover.enter(""))

    @property
    def current_id(self) -> str:
        """The id of the style that has the focus, "" if none has."""
        style = self.cards.style(self.currentIndex().row())
        return style.id if style else ""

    @property
    def chosen_ids(self) -> tuple[str, ...]:
        """The ids of all selected styles, in their order."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        found = (self.cards.style(row) for row in rows)
        return tuple(style.id for style in found if style)

    def show_styles(self, styles: tuple[Style, ...], favourites: frozenset[str], worn: str) -> None:
        """Show these; the current one stays so, where it is among them."""
        current = self.current_id
        self.cards.use(styles, favourites, worn)
        if self.current_id != current or not current:
            first = styles[0].id if styles else ""
            any(self.go_to(each) for each in (current, worn, first))

    def go_to(self, style_id: str) -> bool:
        """Select this style and bring it into sight; False if it is not here."""
        row = self.cards.row_of(style_id)
        if row < 0:
            return False
        index = self.cards.index(row)
        select = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, select)
        self.scrollTo(index)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is not ready comes in the next goes, so that none takes long."""
        self._delegate.left = AT_ONCE
        super().paintEvent(event)
        if self._delegate.left < 0:
            QTimer.singleShot(0, self.viewport().update)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover.enter("")
        super().leaveEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._hover.enter("")
        super().hideEvent(event)

    def _id_at(self, index: QModelIndex) -> str:
        style = self.cards.style(index.row())
        return style.id if style else ""

    def keyPressEvent(self, event: object) -> None:
        if event.key() in PRESSING and self.current_id:  # type: ignore[attr-defined]
            self.wanted.emit(self.current_id)
            return
        super().keyPressEvent(event)  # type: ignore[arg-type]

    def _want(self, index: QModelIndex) -> None:
        style = self.cards.style(index.row())
        if style is not None:
            self.wanted.emit(style.id)

    def _came(self, style_id: str) -> None:
        row = self.cards.row_of(style_id)
        if row >= 0:
            self.update(self.cards.index(row))


class _CardDelegate(QStyledItemDelegate):
    """What is in use has a frame in the accent's colour; under the mouse a card shows the present
    subject, where there is a picture of it in that style."""

    def __init__(
        self,
        model: StyleModel,
        samples: Samples,
        hover: Hover,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._samples = samples
        self._hover = hover
        self._made: OrderedDict[tuple[object, ...], QPixmap] = OrderedDict()
        self.left = AT_ONCE  # cards that may still be made ready in this go; below 0, some wait

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        style = self._model.style(index.row())
        if style is None:
            return
        tokens = current_tokens()
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        square = QRect(rect.left() + GAP // 2, rect.top() + GAP // 2, SIDE, SIDE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if state & State.State_Selected:
            whole = square.adjusted(-FRAME, -FRAME, FRAME, CAPTION + FRAME - 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_soft))
            painter.drawRoundedRect(QRectF(whole), ROUND, ROUND)
        ratio = painter.device().devicePixelRatioF()
        picture = self._ready(style, self._pixmap(style, state), ratio)
        if picture is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.control))
            painter.drawRoundedRect(QRectF(square), ROUND, ROUND)
        else:
            painter.drawPixmap(square.topLeft(), picture)
        if style.id == self._model.worn:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRoundedRect(QRectF(square), ROUND, ROUND)
        if state & State.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.text), 1))
            whole = square.adjusted(-FRAME, -FRAME, FRAME, CAPTION + FRAME - 2)
            painter.drawRoundedRect(QRectF(whole), ROUND, ROUND)
        self._paint_name(painter, square, style, option.font)  # type: ignore[attr-defined]
        painter.restore()

    def _pixmap(self, style: Style, state: QStyle.StateFlag) -> QPixmap | None:
        if state & State.State_MouseOver:
            shown = self._hover.pixmap(style.id)
            if shown is not None:
                return shown
        return self._samples.get(style.id)

    def _ready(self, style: Style, pixmap: QPixmap | None, ratio: float) -> QPixmap | None:
        """The picture as the card shows it; None where it has to wait for the next go."""
        shown = pixmap if pixmap is not None and not pixmap.isNull() else None
        picture = shown.cacheKey() if shown else style.group
        key = (picture, ratio, current_tokens().name)
        made = self._made.get(key)
        if made is not None:
            self._made.move_to_end(key)
            return made
        self.left -= 1
        if self.left < 0:
            return None
        made = self._made[key] = QPixmap(QSize(SIDE, SIDE) * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paint_card(painter, QRect(0, 0, SIDE, SIDE), style, shown)
        painter.end()
        if len(self._made) > READY:
            self._made.popitem(last=False)
        return made

    def _paint_name(self, painter: QPainter, square: QRect, style: Style, font: QFont) -> None:
        tokens = current_tokens()
        line = QRect(square.left() + 2, square.bottom() + 2, SIDE - 4, CAPTION - 4)
        painter.setFont(font)
        if style.id in self._model.favourites:
            star = QRect(line.right() - 14, line.center().y() - 7, 14, 14)
            icons.paint_glyph(painter, star, "star", tokens.accent_text)
            line.setRight(line.right() - 20)
        metrics = painter.fontMetrics()
        text = metrics.elidedText(style_name(style), Qt.TextElideMode.ElideRight, line.width())
        painter.setPen(QColor(tokens.text))
        painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), text)


def paint_card(painter: QPainter, square: QRect, style: Style, pixmap: QPixmap | None) -> None:
    """Draw a style's picture, or its group's sign in the place of one."""
    tokens = current_tokens()
    if pixmap is None or pixmap.isNull():
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.control))
        painter.drawRoundedRect(QRectF(square), ROUND, ROUND)
        side = max(12, square.width() // 4)
        glyph = QRect(QPoint(0, 0), QSize(side, side))
        glyph.moveCenter(square.center())
        icons.paint_glyph(painter, glyph, GLYPHS[style.group], tokens.disabled)
        return
    path = QPainterPath()
    path.addRoundedRect(QRectF(square), ROUND, ROUND)
    painter.save()
    painter.setClipPath(path)
    filled = pixmap.size().scaled(square.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    place = QRect(QPoint(0, 0), filled)
    place.moveCenter(square.center())
    painter.drawPixmap(place, pixmap)
    painter.restore()
