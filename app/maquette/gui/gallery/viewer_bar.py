"""What lies over the full-screen view: which picture this is, its rating, and buttons."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from maquette.core.gallery import GalleryPicture
from maquette.gui import icons
from maquette.gui.elided import ElidedLabel
from maquette.gui.gallery.picture_facts import (
    Fact,
    fact_name,
    facts_of,
    picture_name,
    technical_line,
)
from maquette.gui.gallery.rating_stars import RatingStars
from maquette.gui.live import Live
from maquette.gui.parts import button, label, name, tool_button

TOLD = (Fact.SIZE, Fact.CREATED, Fact.SOURCE, Fact.PROGRAM)
SHORTEST = 480  # characters of the prompt


class ViewerBar(Live, QFrame):
    """Name, place in the list, stars, zoom, and one button for each thing that keys can do."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("overlay")
        self.title = ElidedLabel("title", Qt.TextElideMode.ElideMiddle)
        self.place = label("muted")
        self.stars = RatingStars()
        self.zoom = label("muted")
        self.previous_button = tool_button(size=20)
        self.next_button = tool_button(size=20)
        self.fit_button = tool_button(size=20)
        self.actual_button = tool_button(size=20)
        self.facts_button = tool_button(size=20)
        self.facts_button.setCheckable(True)
        self.trash_button = tool_button(size=20)
        self.close_button = tool_button(size=20)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self.previous_button)
        row.addWidget(self.next_button)
        row.addWidget(self.place)
        row.addWidget(self.title, 1)
        row.addWidget(self.stars)
        row.addSpacing(8)
        row.addWidget(self.zoom)
        for made in (
            self.fit_button,
            self.actual_button,
            self.facts_button,
            self.trash_button,
            self.close_button,
        ):
            row.addWidget(made)
        for made in (self.stars, *self.findChildren(QToolButton)):
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the picture
        self.retranslate()
        self.restyle()

    def show_picture(self, picture: GalleryPicture | None, place: str) -> None:
        """Show what `picture` is; None while it is not known yet. `place` is such as 3 / 120."""
        self.place.setText(place)
        self.title.set_text(picture_name(picture) if picture else "")
        self.stars.set_rating(picture.rating if picture else 0)
        self.stars.setEnabled(picture is not None)

    def retranslate(self) -> None:
        for made, words, keys in (
            (self.previous_button, self.tr("Previous picture"), "←"),
            (self.next_button, self.tr("Next picture"), "→"),
            (self.fit_button, self.tr("Show the whole picture"), "Ctrl+0, Z"),
            (self.actual_button, self.tr("Show at 100 %"), "Ctrl+1, Z"),
            (self.facts_button, self.tr("Show facts"), "I"),
            (self.trash_button, self.tr("Move to the trash"), self.tr("Delete")),
            (self.close_button, self.tr("Leave the full-screen view"), "Esc, F11"),
        ):
            name(made, words, keys)

    def restyle(self) -> None:
        for made, icon in (
            (self.previous_button, "caret-left"),
            (self.next_button, "caret-right"),
            (self.fit_button, "frame-corners"),
            (self.actual_button, "magnifying-glass-plus"),
            (self.facts_button, "info"),
            (self.trash_button, "trash"),
            (self.close_button, "corners-in"),
        ):
            made.setIcon(icons.icon(icon))


class ViewerFacts(Live, QFrame):
    """Prompt and facts of the picture, at the side."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("overlay")
        self._picture: GalleryPicture | None = None
        self.prompt = label(wrap=True)
        self.technical = label("muted", wrap=True)
        self.rest = label("small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        for part in (self.prompt, self.technical, self.rest):
            part.setMinimumWidth(1)
            column.addWidget(part)
        column.addStretch(1)

    def show_picture(self, picture: GalleryPicture | None) -> None:
        """Show what is known of `picture`."""
        self._picture = picture
        self.retranslate()

    def retranslate(self) -> None:
        picture = self._picture
        if picture is None:
            return
        known = facts_of(picture)
        prompt = known.get(Fact.PROMPT, "")
        cut = prompt[:SHORTEST] + "…" * (len(prompt) > SHORTEST)
        self.prompt.setText(cut or self.tr("No prompt"))
        self.technical.setText(technical_line(picture))
        lines = [f"{fact_name(fact)}: {known[fact]}" for fact in TOLD if fact in known]
        if picture.tags:
            lines.append(self.tr("Tags: {tags}").format(tags=", ".join(picture.tags[:20])))
        if picture.note:
            lines.append(picture.note[:SHORTEST])
        self.rest.setText("\n".join(lines))


class ViewerMessage(QFrame):
    """One sentence at the bottom, and a button that takes back what it tells of."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("overlay")
        self.words = label()
        self.undo_button = button()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self.words)
        row.addWidget(self.undo_button)
        self.hide()

    def tell(self, words: str, undo: str = "") -> None:
        """Show `words`, and the button with the words `undo` where there are any."""
        self.words.setText(words)
        self.undo_button.setText(undo)
        self.undo_button.setVisible(bool(undo))
        self.setAccessibleName(words)
        self.show()
        self.adjustSize()
