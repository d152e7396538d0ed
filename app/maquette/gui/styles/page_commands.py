"""What one can do with the styles that are shown: the actions of the Styles place."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from maquette.core.style import PLACE, Style, StyleGroup, Words
from maquette.gui.actions import Actions
from maquette.gui.styles.cards import StyleCards
from maquette.gui.styles.edit_dialog import StyleDialog
from maquette.gui.styles.groups import StyleGroups
from maquette.gui.styles.words import style_name
from maquette.library.naming import slug
from maquette.library.styles.copies import fresh_id
from maquette.library.styles.opening import ENDINGS
from maquette.state.studio import Studio


class StyleCommands(QObject):
    """Acts on the card that has the focus, or on all that are chosen."""

    def __init__(
        self,
        studio: Studio,
        actions: Actions,
        cards: StyleCards,
        groups: StyleGroups,
        go_to_create: Callable[[], None],
        open_board: Callable[[Sequence[str]], None],
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._studio = studio
        self._styles = studio.styles
        self._actions = actions
        self._cards = cards
        self._groups = groups
        self._go_to_create = go_to_create
        self._open_board = open_board
        self._page = page
        cards.menu_wanted.connect(self._open_menu)
        bind = actions.bind
        bind("style_new", self._write_new)
        bind("style_edit", self._edit)
        bind("style_duplicate", self._duplicate)
        bind("style_favourite", self._turn_favourite)
        bind("style_import", self._import)
        bind("style_export", self._export)
        bind("style_delete", self._delete)
        bind("style_compare", self._compare)
        bind("style_blend", self._blend)

    def _write_new(self) -> None:
        group = self._groups.group or StyleGroup.PAINT
        self._open_dialog(
            Style(id=fresh_id(), name=Words(), group=group, prompt=Words(f"{PLACE}, "))
        )

    def _edit(self) -> None:
        style = self._styles.find(self._cards.current_id)
        if style is not None and style.id in self._styles.value.own:
            self._open_dialog(style)

    def _open_dialog(self, style: Style) -> None:
        shown = self._studio.results.shown
        picture = shown.path if shown is not None else ""
        dialog = StyleDialog(style, self._studio.session.value, picture, self._page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.kept.connect(self._keep)
        dialog.open()

    def _keep(self, style: Style, picture: str) -> None:
        self._styles.keep(style, Path(picture) if picture else None)

    def _duplicate(self) -> None:
        self._styles.duplicate(self._cards.current_id)

    def _turn_favourite(self) -> None:
        style_id = self._cards.current_id
        if style_id:
            is_favourite = style_id in self._styles.value.favourites
            self._styles.set_favourite(style_id, is_favourite=not is_favourite)

    def _delete(self) -> None:
        self._styles.delete(self._cards.current_id)

    def _compare(self) -> None:
        ids = self._cards.chosen_ids
        self._open_board(ids if len(ids) > 1 else ())

    def _blend(self) -> None:
        self._studio.blending.blend_with(self._cards.current_id)
        self._go_to_create()

    def _import(self) -> None:
        patterns = " ".join(f"*{ending}" for ending in ENDINGS)
        paths, _kind = QFileDialog.getOpenFileNames(
            self._page, self.tr("Import styles"), "", self.tr("Styles") + f" ({patterns})"
        )
        if paths:
            self._styles.take_in(paths)

    def _export(self) -> None:
        ids = self._cards.chosen_ids
        first = self._styles.find(ids[0]) if ids else None
        if first is None:
            return
        title = slug(style_name(first)) if len(ids) == 1 else self.tr("styles")
        offered = str(Path.home() / f"{title}{ENDINGS[0]}")
        path, _kind = QFileDialog.getSaveFileName(
            self._page, self.tr("Export styles"), offered, self.tr("Styles") + f" (*{ENDINGS[0]})"
        )
        if path:
            ending = "" if path.lower().endswith(ENDINGS[0]) else ENDINGS[0]
            self._styles.give_away(ids, path + ending)

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in (
            "style_blend", "style_compare", "style_favourite", "style_edit", "style_duplicate",
            "style_export", "style_delete", "train_style",
        ):  # fmt: skip
            menu.addAction(self._actions[action])
        menu.popup(place)
