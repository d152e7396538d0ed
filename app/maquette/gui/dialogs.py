"""What opens over the window: dialogs, and the windows beside it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from maquette.gui import later
from maquette.gui.actions import Actions
from maquette.gui.files import ask_where_to_save
from maquette.gui.thumbnails import Thumbnails
from maquette.state.exports import ExportChoice
from maquette.state.results import Picture
from maquette.state.studio import Studio

if TYPE_CHECKING:
    from maquette.core.variants_board import Board, BoardPlan
    from maquette.gui.batch_dialog import BatchDialog
    from maquette.gui.boards.dialog import BoardDialog
    from maquette.gui.boards.style_dialog import StyleBoardDialog
    from maquette.gui.boards.view import BoardView
    from maquette.gui.keyboard_dialog import KeyboardDialog
    from maquette.gui.settings_dialog import SettingsDialog
    from maquette.gui.sketch_shelf.dialog import SketchesDialog
    from maquette.gui.training.wizard import TrainingWizard
    from maquette.state.style_cells import Cell


class Dialogs(QObject):
    """Opens them over `window`; those that are opened again are made once.

    `settings`, `keyboard`, `boards`, `sketches` and `training` are None until they are wanted.
    """

    def __init__(
        self, studio: Studio, actions: Actions, thumbnails: Thumbnails, window: QWidget
    ) -> None:
        super().__init__(window)
        self._studio = studio
        self._thumbnails = thumbnails
        self._window = window
        self.settings: SettingsDialog | None = None
        self.keyboard: KeyboardDialog | None = None
        self.boards: BoardView | None = None
        self.sketches: SketchesDialog | None = None
        self.training: TrainingWizard | None = None
        actions.bind("batch", self.open_batch)
        actions.bind("board", self.open_board)
        actions.bind("boards", self.show_boards)
        actions.bind("style_board", self.open_style_board)
        studio.boards.wanted.connect(self.show_boards)
        actions.bind("sketches", self.show_sketches)
        actions.bind("train_style", self.open_training)
        actions.bind("save_as", self.open_export)
        actions.bind("settings", self.open_settings)
        actions.bind("keyboard", self.open_keyboard)

    # --- pictures -------------------------------------------------------------------------------

    def open_export(self) -> None:
        """Ask how a copy of the picture that is looked at is to be saved."""
        picture = self._studio.results.shown
        if picture is None:
            return
        with_recipe = self._studio.settings.value.marking.write_recipe
        last = self._studio.layout.value.export
        choice = msgspec.structs.replace(last, with_recipe=with_recipe)
        dialog = later.export_dialog()(picture, choice, self._window)
        dialog.chosen.connect(lambda chosen: self._export(picture, chosen))
        self._open(dialog)

    def _export(self, picture: Picture, choice: ExportChoice) -> None:
        self._studio.layout.update(export=choice)
        target = ask_where_to_save(self._window, picture.path, choice.format)
        if target:
            self._studio.exports.save(picture, choice, target)

    def open_batch(self, path: str = "") -> "BatchDialog":
        """Show what the batch file at `path` asks for; without one, what such files are."""
        dialog = later.batch_dialog()(self._studio.batches, self._studio.tasks, self._window)
        self._open(dialog)
        if path:
            dialog.read(path)
        return dialog

    # --- sketches and boards --------------------------------------------------------------------

    def import_sketch(self) -> None:
        """Make a sketch of an image that is chosen in the dialog."""
        later.sketch_import().import_sketch(self._studio, self._window)

    def clean_up_sketch(self) -> None:
        """Make cleaner lines of the open drawing's."""
        opening = later.sketch_import().clean_up_drawing(self._studio, self._window)
        self._studio.tasks.start(opening)

    def show_sketches(self) -> "SketchesDialog":
        """Show all sketches."""
        if self.sketches is None:
            self.sketches = later.sketches_dialog()(self._studio, self._window)
        self.sketches.show()
        self.sketches.raise_()
        self.sketches.activateWindow()
        return self.sketches

    def open_board(self) -> "BoardDialog":
        """Ask for a board of variants of what the panel and the drawing say."""
        dialog = later.board_dialog()(self._studio, self._window)
        dialog.asked.connect(
            lambda plan, title: self._studio.tasks.start(self._queue_board(plan, title))
        )
        self._open(dialog)
        return dialog

    async def _queue_board(self, plan: "BoardPlan", title: str) -> None:
        studio = self._studio
        model = studio.models.chosen
        if model is not None:
            board = await studio.boards.queue_up(plan, studio.session.value, model, title)
            self.show_boards(board)

    def open_style_board(self, ids: Sequence[str] = ()) -> "StyleBoardDialog":
        """Ask for a board of styles, those of `ids` at first."""
        dialog = later.style_board_dialog()(self._studio, ids, self._window)
        dialog.asked.connect(
            lambda cells, title: self._studio.tasks.start(self._queue_cells(cells, title))
        )
        self._open(dialog)
        return dialog

    async def _queue_cells(self, cells: "Sequence[Cell]", title: str) -> None:
        model = self._studio.models.chosen
        if model is not None:
            self.show_boards(await self._studio.boards.queue_cells(cells, model, title))

    def show_boards(self, board: "Board | None" = None) -> "BoardView":
        """Show `board`, or the one that was looked at last."""
        if self.boards is None:
            self.boards = later.board_view()(self._studio, self._thumbnails, self._window)
        if board is not None:
            self.boards.show_board(board)
        self.boards.show()
        self.boards.raise_()
        return self.boards

    def open_training(self) -> "TrainingWizard":
        """Make a training of a style ready, or go on with that."""
        if self.training is None:
            studio = self._studio
            self.training = later.training_wizard()(
                studio.training_setup, self._thumbnails, studio.tasks, self._window
            )
            self.training.begun.connect(studio.trainings.show)
        self.training.show()
        self.training.raise_()
        self.training.activateWindow()
        return self.training

    # --- the program ----------------------------------------------------------------------------

    def open_settings(self) -> None:
        """Show the settings."""
        if self.settings is None:
            self.settings = later.settings_dialog()(
                settings=self._studio.settings,
                models=self._studio.models,
                session=self._studio.session,
                commands=self._studio.commands,
                identity=self._studio.identity,
                control_models=self._studio.control_models,
                adapters=self._studio.adapters,
                tasks=self._studio.tasks,
                parent=self._window,
            )
        self.settings.show()
        self.settings.raise_()
        self.settings.activateWindow()

    def open_keyboard(self) -> None:
        """Show the page of all keys."""
        if self.keyboard is None:
            self.keyboard = later.keyboard_dialog()(self._window)
        self.keyboard.show()
        self.keyboard.raise_()

    def _open(self, dialog: QDialog) -> None:
        """Open a dialog that is made anew each time."""
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
