"""Five stars that a picture, or several, are rated with: by mouse, arrow keys or a digit."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from maquette.core.gallery import MAX_RATING
from maquette.gui import icons
from maquette.gui.live import Live
from maquette.gui.theme import current_tokens

STAR = 20  # pixels
GAP = 4
PADDING = 4
DIGITS = range(Qt.Key.Key_0, Qt.Key.Key_0 + MAX_RATING + 1)


class RatingStars(Live, QWidget):
    """Shows a rating, or that several pictures are rated differently.

    A click on the star that is the rating takes the rating away, as 0 does.

    Signals:
        rated(int): the user chose 0 to 5.
    """

    rated = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rating: int | None = 0
        self._hovered = 0  # how many stars the mouse would give; 0 while it is elsewhere
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.retranslate()

    @property
    def rating(self) -> int | None:
        """0 to 5, None while several pictures are rated differently."""
        return self._rating

    def set_rating(self, rating: int | None) -> None:
        """Show `rating`; None says that several pictures differ."""
        if rating != self._rating:
            self._rating = rating
            self.retranslate()
            self.update()

    def sizeHint(self) -> QSize:
        width = MAX_RATING * STAR + (MAX_RATING - 1) * GAP + 2 * PADDING
        return QSize(width, STAR + 2 * PADDING)

    # --- events ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        filled = self._hovered or self._rating or 0
        colour = tokens.accent_text if self.isEnabled() else tokens.disabled
        for place in range(MAX_RATING):
            square = QRect(PADDING + place * (STAR + GAP), PADDING, STAR, STAR)
            if place < filled:
                icons.paint_glyph(painter, square, "star-fill", colour)
            else:
                icons.paint_glyph(painter, square, "star", tokens.muted)
        if self.hasFocus():
            painter.setPen(QColor(tokens.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._stars_at(event))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            stars = self._stars_at(event)
            self._hover(0)
            self._choose(0 if stars == self._rating else stars)
        else:
            super().mousePressEvent(event)

    def leaveEvent(self, event: object) -> None:
        self._hover(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, now = event.key(), self._rating or 0
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in DIGITS:
            self._choose(key - Qt.Key.Key_0)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Up):
            self._choose(min(MAX_RATING, now + 1))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Down):
            self._choose(max(0, now - 1))
        else:
            super().keyPressEvent(event)

    def _hover(self, stars: int) -> None:
        if stars != self._hovered:
            self._hovered = stars
            self.update()

    def _stars_at(self, event: QMouseEvent) -> int:
        place = (event.position().x() - PADDING + GAP / 2) // (STAR + GAP)
        return max(1, min(MAX_RATING, int(place) + 1))

    def _choose(self, rating: int) -> None:
        if rating != self._rating:
            self.set_rating(rating)
            self.rated.emit(rating)

    # --- language and theme ---------------------------------------------------------------------

    def retranslate(self) -> None:
        if self._rating is None:
            said = self.tr("Rating: different")
        else:
            said = self.tr("Rating: {n} of 5").format(n=self._rating)
        self.setAccessibleName(said)
        self.setToolTip(self.tr("{rating}. Keys 0 to 5 change it.").format(rating=said))

    def restyle(self) -> None:
        self.update()
