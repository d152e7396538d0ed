"""The Styles place: groups at the left, cards in the middle, the current style at the right."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from maquette.core.style import Style
from maquette.core.trained_style import training_id_of
from maquette.gui import icons
from maquette.gui.actions import SPECS, Actions, said, shown_keys
from maquette.gui.banner import Banner
from maquette.gui.in_parts import InParts
from maquette.gui.live import Live
from maquette.gui.parts import Panel, button, label, name
from maquette.gui.styles.cards import StyleCards
from maquette.gui.styles.groups import OWN, StyleGroups
from maquette.gui.styles.hover import Hover
from maquette.gui.styles.inspector import StyleInspector
from maquette.gui.styles.page_commands import StyleCommands
from maquette.gui.styles.samples import Samples
from maquette.gui.styles.subjects import Subjects
from maquette.gui.styles.words import group_word
from maquette.gui.thumbnails import Thumbnails
from maquette.gui.training_actions import TRAINING_SPECS
from maquette.library.styles.opening import ENDINGS
from maquette.library.styles.searching import searched_text
from maquette.state.studio import Studio
from maquette.state.training_view import TrainingList

COLUMNS = (208, 920, 288)
TYPING = 60  # milliseconds after the last letter


class StylesPage(Live, InParts, QWidget):
    """Style files may be dropped anywhere on it.

    Where there is nothing to show, it says what to do.

    Signals:
        board_wanted(ids): the user wants to compare these styles on a board.
    """

    board_wanted = Signal(object)

    def __init__(
        self,
        studio: Studio,
        actions: Actions,
        thumbnails: Thumbnails,
        go_to_create: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._studio = studio
        self._styles = studio.styles
        self._actions = actions
        self._thumbnails = thumbnails
        self._go_to_create = go_to_create
        self._texts: dict[Style, str] = {}
        self._trained: tuple[str, ...] = ()  # ids of the trainings there are
        self._is_built = False
        self._parts = self._build()

    def _build(self) -> Iterator[bool]:
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setHandleWidth(8)
        columns.setChildrenCollapsible(False)
        room = QHBoxLayout(self)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(columns)
        studio = self._studio
        self.samples = Samples(self._styles, studio.tasks, self)
        self.subjects = Subjects(studio.session, studio.results, self._styles, self)
        self._side = Panel()
        self._side.remark.hide()
        self.groups = StyleGroups()
        self._side.body.addWidget(self.groups, 1)
        self.trainings_button = button("quiet")
        self.trainings_button.clicked.connect(self._actions["go_trainings"].trigger)
        self.trainings_button.hide()
        self._side.body.addWidget(self.trainings_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._side.setMinimumWidth(168)
        columns.addWidget(self._side)
        yield True
        self.banner = Banner(studio)
        middle = QWidget(self)
        middle.setMinimumWidth(360)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.banner)
        column.addWidget(self._head())
        columns.addWidget(middle)
        yield True
        hover = Hover(studio.style_previews, self.subjects, self._thumbnails, self)
        self.cards = StyleCards(self.samples, hover)
        self.empty = label("muted", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.hide()
        column.addWidget(self.cards, 1)
        column.addWidget(self.empty, 1)
        yield True
        self.inspector = StyleInspector(self.samples, self._actions)
        self.inspector.setMinimumWidth(256)
        columns.addWidget(self.inspector)
        for place in range(columns.count()):
            columns.setStretchFactor(place, 1 if place == 1 else 0)
        columns.setSizes(list(COLUMNS))
        self._is_built = True
        self._connect()
        self._trainings_changed(studio.trainings.value, frozenset({"trainings"}))
        self.retranslate()
        self.restyle()
        self._styles.need()
        yield True

    def _head(self) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setMaxLength(200)
        self.new_button, self.import_button = button("tall"), button("tall")
        self.new_button.clicked.connect(self._actions["style_new"].trigger)
        self.import_button.clicked.connect(self._actions["style_import"].trigger)
        self.train_button = button("tall")
        self.train_button.clicked.connect(self._actions["train_style"].trigger)
        row.addWidget(self.search, 1)
        row.addWidget(self.train_button)
        row.addWidget(self.new_button)
        row.addWidget(self.import_button)
        return head

    @property
    def _buttons(self) -> tuple[tuple[QPushButton, str], ...]:
        """The buttons above the cards, and the actions that they stand for."""
        return (
            (self.train_button, "train_style"),
            (self.new_button, "style_new"),
            (self.import_button, "style_import"),
        )

    def _connect(self) -> None:
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING)
        self._typing.timeout.connect(self._render)
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.search.returnPressed.connect(self.cards.setFocus)
        self.groups.chosen.connect(self._go_to_group)
        self.cards.picked.connect(lambda _id: self._render_current())
        self.cards.wanted.connect(self._wear)
        self.inspector.wanted.connect(self._turn_current)
        self._styles.changed.connect(lambda *_: self._render())
        self._styles.arrived.connect(self._show_arrived)
        self.inspector.training_wanted.connect(self._show_training)
        self._studio.trainings.changed.connect(self._trainings_changed)
        self._studio.session.changed.connect(self._session_changed)
        self._actions.bind("style_search", self._search)
        self.commands = StyleCommands(
            self._studio, self._actions, self.cards, self.groups,
            self._go_to_create, self.board_wanted.emit, self,
        )  # fmt: skip

    def take_focus(self) -> None:
        """The user has come here."""
        self.cards.setFocus()

    # --- showing --------------------------------------------------------------------------------

    def _session_changed(self, _session: object, fields: frozenset[str]) -> None:
        if "style" in fields:
            self._render()

    def _render(self) -> None:
        if not self._is_built:
            return
        value = self._styles.value
        words = self.search.text().casefold().split()
        found = tuple(style for style in value.styles if self._has(style, words))
        shown = self.groups.show_found(found, value)
        worn = self._styles.chosen
        self.cards.show_styles(shown, value.favourites, worn.id if worn else "")
        self.cards.setVisible(bool(shown) or not value.loaded)
        self.empty.setVisible(not shown and value.loaded)
        self.empty.setText(
            self.tr("No style has these words. Try fewer, or look among all groups.")
            if words
            else self.groups.invitation
        )
        self._render_current()

    def _render_current(self) -> None:
        style = self._styles.find(self.cards.current_id)
        worn, value = self._styles.chosen, self._styles.value
        self.inspector.show_style(
            style,
            is_own=style is not None and style.id in value.own,
            is_worn=style is not None and worn is not None and worn.id == style.id,
            is_favourite=style is not None and style.id in value.favourites,
            is_trained=style is not None and self._studio.trained_styles.is_here(style),
        )
        for action in ("style_duplicate", "style_favourite", "style_export", "style_compare"):
            self._actions[action].setEnabled(style is not None)
        can_blend = style is not None and self._studio.blending.can_blend(style)
        self._actions["style_blend"].setEnabled(can_blend)
        for action in ("style_edit", "style_delete"):
            self._actions[action].setEnabled(style is not None and style.id in value.own)

    def _trainings_changed(self, value: TrainingList, fields: frozenset[str]) -> None:
        """Which there are matters here; how far each is does not."""
        if "trainings" not in fields:
            return
        ids = tuple(one.id for one in value.trainings)
        if ids != self._trained:
            self._trained = ids
            self.trainings_button.setVisible(bool(ids))
            self._render_current()

    def _show_training(self) -> None:
        style = self._styles.find(self.cards.current_id)
        if style is not None:
            self._studio.trainings.show(training_id_of(style.id))

    def _has(self, style: Style, words: list[str]) -> bool:
        if not words:
            return True
        text = self._texts.get(style)
        if text is None:
            text = self._texts[style] = f"{searched_text(style)}\n{group_word(style.group)}"
        return all(word in text for word in words)

    def _go_to_group(self, place: str) -> None:
        self.groups.place = place
        self._render()

    def _show_arrived(self, style_id: str) -> None:
        """A style that has just come is shown, whatever was looked for."""
        if not self.isVisible():
            return
        if not self.cards.go_to(style_id):
            self.search.clear()
            self._go_to_group(OWN)
            self.cards.go_to(style_id)

    # --- acting ---------------------------------------------------------------------------------

    def _wear(self, style_id: str) -> None:
        self._styles.choose(style_id)
        self._go_to_create()

    def _turn_current(self) -> None:
        worn = self._styles.chosen
        if worn is not None and worn.id == self.cards.current_id:
            self._styles.clear()
        else:
            self._wear(self.cards.current_id)

    def _search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    # --- drops ----------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls()]
        if any(path.lower().endswith(ENDINGS) for path in paths):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self._styles.take_in(paths)

    # --- language and theme ---------------------------------------------------------------------

    def retranslate(self) -> None:
        if not self._is_built:
            return
        self._texts.clear()
        self._side.title.setText(self.tr("Styles"))
        name(self.cards, self.tr("Styles"))
        self.search.setPlaceholderText(self.tr("Search styles"))
        name(self.search, self.tr("Search styles"), "Ctrl+F")
        for made, action in self._buttons:
            made.setText(self._actions[action].text())
            name(made, self._actions[action].text(), SPECS[action].keys[0])
        trainings = TRAINING_SPECS["go_trainings"]
        self.trainings_button.setText(said(trainings.text))
        name(
            self.trainings_button, said(trainings.text), shown_keys(trainings), said(trainings.tip)
        )
        self.cards.cards.repaint_all()
        self._render()

    def restyle(self) -> None:
        if not self._is_built:
            return
        for made, action in self._buttons:
            made.setIcon(icons.icon(SPECS[action].icon))
        self.trainings_button.setIcon(icons.icon(TRAINING_SPECS["go_trainings"].icon))
        self.cards.viewport().update()
