"""The pictures of a training: dropped or chosen, seen one by one, taken out and brought back."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from maquette.core.training import FEW_PICTURES, MANY_PICTURES, CropBox
from maquette.core.training_crops import sizes_for
from maquette.core.training_draft import JudgedPicture, PictureState
from maquette.gui import icons
from maquette.gui.elided import ElidedLabel
from maquette.gui.live import Live
from maquette.gui.parts import button, label, name
from maquette.gui.theme import current_tokens
from maquette.gui.thumbnails import Thumbnails
from maquette.gui.training.asking import ask_for_folder, ask_for_pictures
from maquette.gui.training.picture_cards import PictureCards
from maquette.gui.training.picture_inspector import PictureInspector
from maquette.state.tasks import Tasks
from maquette.state.training_setup import Setup, TrainingSetup

_INSPECTOR = 248
_ICON = QSize(48, 48)


class PicturesTab(Live, QWidget):
    """The cards, and the current picture at the right; words that teach where there are none."""

    def __init__(
        self,
        setup: TrainingSetup,
        thumbnails: Thumbnails,
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._setup = setup
        self.cards = PictureCards(thumbnails)
        self.inspector = PictureInspector(thumbnails, tasks)
        self.inspector.setFixedWidth(_INSPECTOR)
        self.count = label("title")
        self.more = ElidedLabel("muted")
        self.busy = QProgressBar()
        self.add, self.add_folder, self.again = button("tall"), button("tall"), button("tall")
        self.first_add, self.first_folder = button("primary"), button("tall")
        self._icon, self._heading = QLabel(), label("heading")
        self._lessons = [label("muted", wrap=True) for _ in range(4)]
        self._pages = QStackedWidget()
        self._lay_out()
        for made in (self.add, self.first_add):
            made.clicked.connect(self.ask_for_files)
        for made in (self.add_folder, self.first_folder):
            made.clicked.connect(self.ask_for_folder)
        self.again.clicked.connect(setup.look_again)
        self.cards.picked.connect(lambda _key: self._render_current())
        self.cards.turn_wanted.connect(self._turn)
        self.cards.hold_wanted.connect(self._turn_held)
        self.cards.menu_wanted.connect(self._open_menu)
        self.inspector.turned.connect(self._turn)
        self.inspector.kept.connect(self._keep)
        self.inspector.cropped.connect(self._crop)
        self.inspector.held.connect(lambda on: self._hold(self.cards.chosen, held=on))
        setup.changed.connect(self._changed)
        self.retranslate()
        self.restyle()

    def _lay_out(self) -> None:
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setFixedSize(72, 4)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.count)
        head.addWidget(self.busy)
        head.addWidget(self.more, 1)
        head.addWidget(self.again)
        head.addWidget(self.add_folder)
        head.addWidget(self.add)
        filled = QWidget()
        room = QHBoxLayout()
        room.setSpacing(16)
        room.addWidget(self.cards, 1)
        room.addWidget(self.inspector)
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(room, 1)
        self._pages.addWidget(self._empty())
        self._pages.addWidget(filled)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)

    def _empty(self) -> QWidget:
        empty = QWidget()
        middle = QVBoxLayout()
        middle.setSpacing(8)
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        middle.addWidget(self._icon)
        middle.addWidget(self._heading)
        middle.addSpacing(8)
        for lesson in self._lessons:
            lesson.setMinimumWidth(480)
            middle.addWidget(lesson)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.first_folder)
        buttons.addWidget(self.first_add)
        buttons.addStretch(1)
        middle.addSpacing(16)
        middle.addLayout(buttons)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addLayout(middle)
        across.addStretch(1)
        outer = QVBoxLayout(empty)
        outer.addStretch(1)
        outer.addLayout(across)
        outer.addStretch(1)
        return empty

    # --- acting ---------------------------------------------------------------------------------

    def ask_for_files(self) -> None:
        """Let the user choose picture files."""
        self._setup.add(ask_for_pictures(self))

    def ask_for_folder(self) -> None:
        """Let the user choose a folder of pictures."""
        path = ask_for_folder(self)
        if path:
            self._setup.add((path,))

    def _turn(self) -> None:
        """Take the selected pictures out; bring them back if all of them are out."""
        chosen = [each for each in self.cards.chosen if each.state is not PictureState.PROBLEM]
        is_out = not all(each.state is PictureState.OUT for each in chosen)
        if chosen:
            self._setup.change_pictures(_keys(chosen), is_out=is_out)

    def _keep(self) -> None:
        same = [each for each in self.cards.chosen if each.state is PictureState.SAME]
        if same:
            self._setup.change_pictures(_keys(same), is_apart=True)

    def _turn_held(self) -> None:
        chosen = [each for each in self.cards.chosen if each.state is PictureState.USED]
        self._hold(chosen, held=not all(each.held_out for each in chosen))

    def _hold(self, pictures: Iterable[JudgedPicture], *, held: bool) -> None:
        keys = _keys(each for each in pictures if each.state is PictureState.USED)
        if keys:
            self._setup.change_pictures(keys, held_out=held)

    def _crop(self, box: CropBox | None) -> None:
        key = self.cards.current_key
        if key:
            self._setup.set_crop(key, box)

    def _open_menu(self, place: QPoint) -> None:
        chosen = self.cards.chosen
        if not chosen:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        is_out = all(each.state is PictureState.OUT for each in chosen)
        is_held = all(each.held_out for each in chosen)
        menu.addAction(self.tr("Bring back") if is_out else self.tr("Take out"), self._turn)
        menu.addAction(
            self.tr("Learn from it") if is_held else self.tr("Hold back to judge by"),
            self._turn_held,
        )
        menu.popup(place)

    # --- showing --------------------------------------------------------------------------------

    def _changed(self, _value: Setup, fields: frozenset[str]) -> None:
        if {"draft", "gone", "looking", "machine"} & fields:
            self.render_setup()

    def render_setup(self) -> None:
        """Show the draft as it is now."""
        pictures, looking = self._setup.pictures, self._setup.value.looking
        self._pages.setCurrentIndex(1 if pictures or looking is not None else 0)
        self.cards.show_pictures(pictures, self._sizes)
        self._render_current()
        self.count.setText(
            self.tr("{n} of {total} will be used").format(n=self._setup.used, total=len(pictures))
        )
        held = sum(each.held_out for each in pictures)
        told = [self.tr("{n} of them held back to judge by").format(n=held)] if held else []
        if looking is not None:
            told.append(self.tr("looking: {n}").format(n=looking))
        self.more.set_text(" · ".join(told))
        self.busy.setVisible(looking is not None)
        self.again.setVisible(
            looking is None and any(each.state is PictureState.PROBLEM for each in pictures)
        )

    @property
    def _sizes(self) -> tuple[tuple[int, int], ...]:
        model, settings = self._setup.model, self._setup.settings()
        return sizes_for(model, settings.side) if model and settings else ()

    def _render_current(self) -> None:
        self.inspector.show_picture(self.cards.current, self._sizes)

    def retranslate(self) -> None:
        self._heading.setText(
            self.tr("Drop {few} to {many} pictures here").format(
                few=FEW_PICTURES, many=MANY_PICTURES
            )
        )
        lessons = (
            self.tr("•  One look: all of them made the same way, by the same hand or light."),
            self.tr("•  Many subjects: else the style learns the thing instead of the look."),
            self.tr("•  Sharp, and without text, frames or watermarks: these are learned too."),
            self.tr("•  Pictures that you may use. They stay on this computer."),
        )
        for lesson, text in zip(self._lessons, lessons, strict=True):
            lesson.setText(text)
        for made in (self.add, self.first_add):
            made.setText(self.tr("Add pictures…"))
            name(made, self.tr("Choose picture files"), "Ctrl+O")
        for made in (self.add_folder, self.first_folder):
            made.setText(self.tr("Add a folder…"))
            name(made, self.tr("Choose a folder of pictures"), "Ctrl+Shift+O")
        self.again.setText(self.tr("Look again"))
        name(self.again, self.tr("Look again at what could not be used"))
        name(self.cards, self.tr("Pictures"))
        self.busy.setAccessibleName(self.tr("Looking at the pictures"))
        self.render_setup()

    def restyle(self) -> None:
        self._icon.setPixmap(icons.icon("image-square", current_tokens().muted).pixmap(_ICON))
        self.cards.viewport().update()


def _keys(pictures: Iterable[JudgedPicture]) -> tuple[str, ...]:
    return tuple(each.picture.key for each in pictures)
