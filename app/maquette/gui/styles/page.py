"""The Styles place: groups at the left, cards in the middle, the current style at the right."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from maquette.core.style import PLACE, Style, StyleGroup, Words
from maquette.core.trained_style import training_id_of
from maquette.gui import icons
from maquette.gui.actions import SPECS, Actions, said, shown_keys
from maquette.gui.banner import Banner
from maquette.gui.gallery.counted_list import CountedList, CountedRow
from maquette.gui.in_parts import InParts
from maquette.gui.live import Live
from maquette.gui.parts import Panel, button, label, name
from maquette.gui.styles.cards import StyleCards
from maquette.gui.styles.edit_dialog import StyleDialog
from maquette.gui.styles.hover import Hover
from maquette.gui.styles.inspector import StyleInspector
from maquette.gui.styles.samples import Samples
from maquette.gui.styles.subjects import Subjects
from maquette.gui.styles.words import GLYPHS, group_word, style_name
from maquette.gui.thumbnails import Thumbnails
from maquette.gui.training_actions import TRAINING_SPECS
from maquette.library.naming import slug
from maquette.library.styles.copies import fresh_id
from maquette.library.styles.opening import ENDINGS
from maquette.library.styles.searching import searched_text
from maquette.state.studio import Studio
from maquette.state.training_view import TrainingList

COLUMNS = (208, 920, 288)
ALL, FAVOURITES, OWN = "all", "favourites", "own"
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
        self._place = ALL
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
        self.groups = CountedList()
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
        self.cards.menu_wanted.connect(self._open_menu)
        self.inspector.wanted.connect(self._turn_current)
        self._styles.changed.connect(lambda *_: self._render())
        self._styles.arrived.connect(self._show_arrived)
        self.inspector.training_wanted.connect(self._show_training)
        self._studio.trainings.changed.connect(self._trainings_changed)
        self._studio.session.changed.connect(self._session_changed)
        bind = self._actions.bind
        bind("style_search", self._search)
        bind("style_new", self._write_new)
        bind("style_edit", self._edit)
        bind("style_duplicate", self._duplicate)
        bind("style_favourite", self._turn_favourite)
        bind("style_import", self._import)
        bind("style_export", self._export)
        bind("style_delete", self._delete)
        bind("style_compare", self._compare)
        bind("style_blend", self._blend)

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
        self.groups.show_rows(self._rows(found))
        shown = tuple(style for style in found if self._is_in(style, self._place))
        worn = self._styles.chosen
        self.cards.show_styles(shown, value.favourites, worn.id if worn else "")
        self.cards.setVisible(bool(shown) or not value.loaded)
        self.empty.setVisible(not shown and value.loaded)
        self.empty.setText(self._nothing(is_search=bool(words)))
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

    def _is_in(self, style: Style, place: str) -> bool:
        value = self._styles.value
        if place == FAVOURITES:
            return style.id in value.favourites
        if place == OWN:
            return style.id in value.own
        return place in (ALL, style.group.value)

    def _rows(self, found: tuple[Style, ...]) -> tuple[CountedRow, ...]:
        glyphs = {ALL: "squares-four", FAVOURITES: "star", OWN: "user"}
        glyphs |= {group.value: GLYPHS[group] for group in StyleGroup}
        words = {ALL: self.tr("All"), FAVOURITES: self.tr("Favourites"), OWN: self.tr("Yours")}
        words |= {group.value: group_word(group) for group in StyleGroup}
        value = self._styles.value
        counts = Counter(style.group.value for style in found)
        counts[ALL] = len(found)
        counts[FAVOURITES] = sum(style.id in value.favourites for style in found)
        counts[OWN] = sum(style.id in value.own for style in found)
        return tuple(
            CountedRow(
                key=place,
                words=words[place],
                count=counts[place],
                glyph=glyphs[place],
                on=place == self._place,
            )
            for place in words
        )

    def _nothing(self, *, is_search: bool) -> str:
        if is_search:
            return self.tr("No style has these words. Try fewer, or look among all groups.")
        if self._place == FAVOURITES:
            return self.tr("Mark styles that you like with the star; they gather here.")
        if self._place == OWN:
            return self.tr(
                "Your own styles gather here: train one from your pictures, write one, duplicate "
                "another, or drop files of Maquette, Fooocus or stable-diffusion-webui."
            )
        return ""

    def _go_to_group(self, place: str) -> None:
        self._place = place
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

    def _write_new(self) -> None:
        group = next((each for each in StyleGroup if each.value == self._place), StyleGroup.PAINT)
        self._open_dialog(
            Style(id=fresh_id(), name=Words(), group=group, prompt=Words(f"{PLACE}, "))
        )

    def _edit(self) -> None:
        style = self._styles.find(self.cards.current_id)
        if style is not None and style.id in self._styles.value.own:
            self._open_dialog(style)

    def _open_dialog(self, style: Style) -> None:
        shown = self._studio.results.shown
        picture = shown.path if shown is not None else ""
        dialog = StyleDialog(style, self._studio.session.value, picture, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.kept.connect(self._keep)
        dialog.open()

    def _keep(self, style: Style, picture: str) -> None:
        self._styles.keep(style, Path(picture) if picture else None)

    def _duplicate(self) -> None:
        self._styles.duplicate(self.cards.current_id)

    def _turn_favourite(self) -> None:
        style_id = self.cards.current_id
        if style_id:
            is_favourite = style_id in self._styles.value.favourites
            self._styles.set_favourite(style_id, is_favourite=not is_favourite)

    def _delete(self) -> None:
        self._styles.delete(self.cards.current_id)

    def _compare(self) -> None:
        ids = self.cards.chosen_ids
        self.board_wanted.emit(ids if len(ids) > 1 else ())

    def _blend(self) -> None:
        self._studio.blending.blend_with(self.cards.current_id)
        self._go_to_create()

    def _import(self) -> None:
        patterns = " ".join(f"*{ending}" for ending in ENDINGS)
        paths, _kind = QFileDialog.getOpenFileNames(
            self, self.tr("Import styles"), "", self.tr("Styles") + f" ({patterns})"
        )
        if paths:
            self._styles.take_in(paths)

    def _export(self) -> None:
        ids = self.cards.chosen_ids
        first = self._styles.find(ids[0]) if ids else None
        if first is None:
            return
        title = slug(style_name(first)) if len(ids) == 1 else self.tr("styles")
        offered = str(Path.home() / f"{title}{ENDINGS[0]}")
        path, _kind = QFileDialog.getSaveFileName(
            self, self.tr("Export styles"), offered, self.tr("Styles") + f" (*{ENDINGS[0]})"
        )
        if path:
            ending = "" if path.lower().endswith(ENDINGS[0]) else ENDINGS[0]
            self._styles.give_away(ids, path + ending)

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in (
            "style_blend", "style_compare", "style_favourite", "style_edit", "style_duplicate",
            "style_export", "style_delete", "train_style",
        ):  # fmt: skip
            menu.addAction(self._actions[action])
        menu.popup(place)

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
        name(self.groups, self.tr("Groups of styles"))
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
