"""What is not seen when the window opens: its modules are loaded after the first paint.

Loaded with the window they would cost it a third of the time until it is painted.
"""

from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maquette.gui.batch_dialog import BatchDialog
    from maquette.gui.boards.dialog import BoardDialog
    from maquette.gui.boards.style_dialog import StyleBoardDialog
    from maquette.gui.boards.view import BoardView
    from maquette.gui.check_page import CheckPage
    from maquette.gui.export_dialog import ExportDialog
    from maquette.gui.gallery.page import LibraryPage
    from maquette.gui.keyboard_dialog import KeyboardDialog
    from maquette.gui.settings_dialog import SettingsDialog
    from maquette.gui.sketch_import.arrivals import SketchArrivals
    from maquette.gui.sketch_panel.panel import SketchPanel
    from maquette.gui.sketch_shelf.dialog import SketchesDialog
    from maquette.gui.sketch_stage.room import SketchRoom
    from maquette.gui.style_panel import StylePanel
    from maquette.gui.styles.page import StylesPage
    from maquette.gui.training.wizard import TrainingWizard
    from maquette.gui.trainings.page import TrainingsPage


def load() -> None:
    """Load all of it. Belongs in a thread, which lets go of Python's lock every millisecond."""
    for part in (
        sketch_panel,
        style_panel,
        sketch_room,
        library_page,
        styles_page,
        trainings_page,
        training_wizard,
        check_page,
        batch_dialog,
        board_dialog,
        board_view,
        style_board_dialog,
        sketch_import,
        sketch_arrivals,
        sketches_dialog,
        settings_dialog,
        export_dialog,
        keyboard_dialog,
    ):
        part()


def library_page() -> "type[LibraryPage]":
    """The Library place."""
    from maquette.gui.gallery.page import LibraryPage

    return LibraryPage


def check_page() -> "type[CheckPage]":
    """The Check place."""
    from maquette.gui.check_page import CheckPage

    return CheckPage


def batch_dialog() -> "type[BatchDialog]":
    """The dialog of a batch file."""
    from maquette.gui.batch_dialog import BatchDialog

    return BatchDialog


def board_dialog() -> "type[BoardDialog]":
    """The dialog that asks for a board of variants."""
    from maquette.gui.boards.dialog import BoardDialog

    return BoardDialog


def style_board_dialog() -> "type[StyleBoardDialog]":
    """The dialog that asks for a board of styles."""
    from maquette.gui.boards.style_dialog import StyleBoardDialog

    return StyleBoardDialog


def board_view() -> "type[BoardView]":
    """The window that shows boards of variants."""
    from maquette.gui.boards.view import BoardView

    return BoardView


def export_dialog() -> "type[ExportDialog]":
    """The dialog of Save as."""
    from maquette.gui.export_dialog import ExportDialog

    return ExportDialog


def keyboard_dialog() -> "type[KeyboardDialog]":
    """The page of all keys."""
    from maquette.gui.keyboard_dialog import KeyboardDialog

    return KeyboardDialog


def settings_dialog() -> "type[SettingsDialog]":
    """The settings."""
    from maquette.gui.settings_dialog import SettingsDialog

    return SettingsDialog


def sketch_panel() -> "type[SketchPanel]":
    """The Sketch panel below the prompt."""
    from maquette.gui.sketch_panel.panel import SketchPanel

    return SketchPanel


def style_panel() -> "type[StylePanel]":
    """The Style panel below the sketch's."""
    from maquette.gui.style_panel import StylePanel

    return StylePanel


def styles_page() -> "type[StylesPage]":
    """The Styles place."""
    from maquette.gui.styles.page import StylesPage

    return StylesPage


def training_wizard() -> "type[TrainingWizard]":
    """The window that makes a training ready."""
    from maquette.gui.training.wizard import TrainingWizard

    return TrainingWizard


def trainings_page() -> "type[TrainingsPage]":
    """The page of all trainings."""
    from maquette.gui.trainings.page import TrainingsPage

    return TrainingsPage


def sketch_room() -> "type[SketchRoom]":
    """The sketch's place on the stage."""
    from maquette.gui.sketch_stage.room import SketchRoom

    return SketchRoom


def sketch_arrivals() -> "type[SketchArrivals]":
    """What takes images that are dropped or pasted onto the paper."""
    from maquette.gui.sketch_import.arrivals import SketchArrivals

    return SketchArrivals


def sketches_dialog() -> "type[SketchesDialog]":
    """The window of all sketches."""
    from maquette.gui.sketch_shelf.dialog import SketchesDialog

    return SketchesDialog


def sketch_import() -> ModuleType:
    """The dialog that makes sketches of images."""
    from maquette.gui.sketch_import import opening

    return opening
