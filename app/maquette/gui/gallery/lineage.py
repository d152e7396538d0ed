"""Where a picture comes from and what came of it: its relatives, kind by kind."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from maquette.core.errors import ImageError
from maquette.core.gallery import GalleryPicture, Kin, Relative
from maquette.core.record import is_record_id, spoken_id
from maquette.gui import icons
from maquette.gui.gallery.picture_facts import day_and_time, picture_name, short
from maquette.gui.images import picture_image
from maquette.gui.live import Live
from maquette.gui.parts import WrapLayout, label, plain_tip
from maquette.gui.picture_row import centre_square
from maquette.gui.theme import current_tokens
from maquette.library.thumbnails import ThumbnailSize
from maquette.provenance.pictures import read_picture
from maquette.state.check_reports import visible_text
from maquette.state.inspecting import GalleryFacts
from maquette.state.tasks import Tasks

SIDE = 44  # of a thumbnail
MOST_OF_A_KIND = 12

ORDER = (
    Kin.START,
    Kin.SKETCH,
    Kin.SAME_SKETCH,
    Kin.SAME_RECIPE,
    Kin.SAME_CONTENT,
    Kin.MADE_FROM_THIS,
    Kin.EXPORT,
)
"""First what it was made from, then its like, then what came of it."""


class Lineage(Live, QWidget):
    """A heading for each kind of relatives, and below it one button for each.

    Signals:
        chosen(object): the user wants to see this GalleryPicture.
        file_chosen(object): the user wants to see this file, a Path: what went out, or a sketch.
    """

    chosen = Signal(object)
    file_chosen = Signal(object)

    def __init__(self, *, facts: GalleryFacts, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts = facts
        self._tasks = tasks
        self._relatives: tuple[Relative, ...] = ()
        self.groups: dict[Kin, _Group] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.alone = label("muted", wrap=True)
        column.addWidget(self.alone)
        for kin in ORDER:
            group = _Group()
            group.clicked.connect(self._clicked)
            self.groups[kin] = group
            column.addWidget(group)
        self.retranslate()

    @property
    def relatives(self) -> tuple[Relative, ...]:
        return self._relatives

    def show_relatives(self, relatives: Sequence[Relative]) -> None:
        """Show these, at most twelve of a kind; the newest come first within each."""
        if tuple(relatives) != self._relatives:
            self._relatives = tuple(relatives)
            self._render()

    def _render(self) -> None:
        self.alone.setVisible(not self._relatives)
        for kin, group in self.groups.items():
            found = [each for each in self._relatives if each.kin is kin]
            found.sort(key=lambda each: each.created, reverse=True)
            group.setVisible(bool(found))
            if not found:
                continue
            shown = found[:MOST_OF_A_KIND]
            for made, relative in zip(group.take(len(shown)), shown, strict=True):
                self._show_one(made, relative)
            group.arrange()
            more = len(found) - MOST_OF_A_KIND
            group.title.setText(self._title(kin))
            group.more.setVisible(more > 0)
            group.more.setText(self.tr("and {n} more").format(n=more))

    def _title(self, kin: Kin) -> str:
        return {
            Kin.START: self.tr("Started from"),
            Kin.SKETCH: self.tr("Drawn after the sketch"),
            Kin.SAME_SKETCH: self.tr("Other renders of the sketch"),
            Kin.SAME_RECIPE: self.tr("Same recipe, other seed"),
            Kin.SAME_CONTENT: self.tr("Same picture in another file"),
            Kin.MADE_FROM_THIS: self.tr("Made from this"),
            Kin.EXPORT: self.tr("Went out as"),
        }[kin]

    def _show_one(self, made: "_RelativeButton", relative: Relative) -> None:
        words, tip = self._words(relative)
        is_new = made.show_relative(relative, words)
        made.setAccessibleName(f"{self._title(relative.kin)}: {words}")
        made.setToolTip(plain_tip(tip))
        if is_new and relative.picture is not None:
            self._tasks.start(self._picture_of(made, relative.picture))
        elif is_new and relative.file is not None:
            self._tasks.start(self._picture_in(made, relative.file))

    def _clicked(self, relative: Relative) -> None:
        if relative.picture is not None:
            self.chosen.emit(relative.picture)
        elif relative.file is not None:
            self.file_chosen.emit(relative.file)
        elif relative.kin is Kin.EXPORT:
            self.file_chosen.emit(Path(relative.name))

    async def _picture_of(self, made: "_RelativeButton", picture: GalleryPicture) -> None:
        image = await self._facts.thumbnail(picture, ThumbnailSize.SMALL)
        if image is not None and made.shows(picture):
            made.show_picture(QPixmap.fromImage(picture_image(image)))

    async def _picture_in(self, made: "_RelativeButton", file: Path) -> None:
        try:
            image = await asyncio.to_thread(read_picture, file, ThumbnailSize.SMALL)
        except ImageError:
            return  # it went away meanwhile; its sign stays
        if made.relative is not None and made.relative.file == file:
            made.show_picture(QPixmap.fromImage(picture_image(image)))

    def _words(self, relative: Relative) -> tuple[str, str]:
        """(what is shown, what the tooltip says) of a relative."""
        time = day_and_time(relative.created) if relative.created else ""
        note = short(relative.note)
        if relative.picture is not None:
            name = picture_name(relative.picture)
            return name, "\n".join(filter(None, (name, time, note)))
        if relative.kin is Kin.EXPORT:
            name = visible_text(Path(relative.name).name)
            said = f"{name} · {note}" if note else name
            return said, "\n".join(filter(None, (visible_text(relative.name), time, note)))
        if relative.file is not None:
            return self.tr("Sketch {name}").format(name=relative.name[:8]), ""
        if relative.kin is Kin.SKETCH:
            return self.tr("Sketch {name}, not kept any more").format(name=relative.name[:8]), ""
        name = spoken_id(relative.name) if is_record_id(relative.name) else short(relative.name)
        return self.tr("{name}, not in your library").format(name=name), ""

    # --- language and theme ---------------------------------------------------------------------

    def retranslate(self) -> None:
        self.alone.setText(self.tr("No relatives yet: neither copies, nor exports, nor variants."))
        self._render()

    def restyle(self) -> None:
        for group in self.groups.values():
            for made in group.buttons:
                made.restyle()


class _Group(QWidget):
    """A heading, thumbnails that wrap, and below them the names of what has no picture."""

    clicked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.title = label("small")
        self.more = label("small")
        self.buttons: list[_RelativeButton] = []
        self._spare: list[_RelativeButton] = []
        self._thumbnails, self._names = QWidget(), QWidget()
        self._thumbnails.setLayout(WrapLayout(4))
        below = QVBoxLayout(self._names)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(2)
        for part in (self.title, self._thumbnails, self._names, self.more):
            column.addWidget(part)

    def take(self, count: int) -> "list[_RelativeButton]":
        """As many buttons; they are used again, since new ones cost the time of a frame."""
        while len(self.buttons) > count:
            spare = self.buttons.pop()
            spare.hide()
            self._spare.append(spare)
        while len(self.buttons) < count:
            made = self._spare.pop() if self._spare else self._new()
            self.buttons.append(made)
        return self.buttons

    def _new(self) -> "_RelativeButton":
        made = _RelativeButton()
        made.clicked.connect(lambda: self.clicked.emit(made.relative))
        return made

    def arrange(self) -> None:
        """Put each button where it belongs: pictures to the pictures, names to the names."""
        for made in self.buttons:
            layout = (self._names if made.is_named else self._thumbnails).layout()
            assert layout is not None  # set above
            if layout.indexOf(made) < 0:
                layout.addWidget(made)
            made.show()
        self._thumbnails.setVisible(any(not each.is_named for each in self.buttons))
        self._names.setVisible(any(each.is_named for each in self.buttons))


class _RelativeButton(QToolButton):
    """One relative: its thumbnail, or its name where it is no picture of the library."""

    def __init__(self) -> None:
        super().__init__()
        self.relative: Relative | None = None
        self.setProperty("kind", "relative")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._words = ""
        self._has_picture = False

    @property
    def is_named(self) -> bool:
        """Whether words are shown, for want of a picture."""
        relative = self.relative
        return relative is None or (relative.picture is None and relative.file is None)

    def shows(self, picture: GalleryPicture) -> bool:
        """Whether it is for `picture` still."""
        relative = self.relative
        return (
            relative is not None
            and relative.picture is not None
            and _content(relative.picture) == _content(picture)
        )

    def show_relative(self, relative: Relative, words: str) -> bool:
        """Take `relative`; whether its thumbnail is yet to be shown."""
        if relative.picture is not None:
            is_same = self.shows(relative.picture)
        else:
            is_same = self.relative is not None and relative.file == self.relative.file is not None
        self.relative, self._words = relative, words
        self._has_picture = self._has_picture and is_same
        self.setEnabled(not self.is_named or relative.kin is Kin.EXPORT)
        style, policy, side = Qt.ToolButtonStyle, QSizePolicy.Policy, SIDE
        if self.is_named:
            side = 16
            self.setToolButtonStyle(style.ToolButtonTextBesideIcon)
            self.setSizePolicy(policy.Ignored, policy.Fixed)
            self._elide()
        else:
            self.setToolButtonStyle(style.ToolButtonIconOnly)
            self.setSizePolicy(policy.Fixed, policy.Fixed)
        self.setIconSize(QSize(side, side))
        self.restyle()
        return not self._has_picture

    def show_picture(self, pixmap: QPixmap) -> None:
        self._has_picture = True
        self.setIcon(QIcon(pixmap.copy(centre_square(pixmap))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.is_named:
            self._elide()

    def _elide(self) -> None:
        room = self.width() - self.iconSize().width() - 24
        elided = Qt.TextElideMode.ElideMiddle
        self.setText(self.fontMetrics().elidedText(self._words, elided, room))

    def restyle(self) -> None:
        if self._has_picture or self.relative is None:
            return
        sign = "question" if self.is_named else "image"
        if self.relative.kin is Kin.EXPORT:
            sign = "export"
        self.setIcon(icons.icon(sign, current_tokens().muted))


def _content(picture: GalleryPicture) -> tuple[int, str]:
    return picture.id, picture.file_sha256
