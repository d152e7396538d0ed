"""The places of the window: built part by part while nothing happens, or when they are wanted."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from maquette.gui import later
from maquette.gui.action_spec import Place
from maquette.gui.actions import Actions
from maquette.gui.create_page import CreatePage
from maquette.gui.dialogs import Dialogs
from maquette.gui.sketch_gate import SketchGate
from maquette.gui.thumbnails import Thumbnails
from maquette.gui.view_actions import ViewActions
from maquette.state.studio import Studio

if TYPE_CHECKING:
    from maquette.gui.check_page import CheckPage
    from maquette.gui.gallery.page import LibraryPage
    from maquette.gui.sketch_panel.panel import SketchPanel
    from maquette.gui.style_panel import StylePanel
    from maquette.gui.styles.page import StylesPage
    from maquette.gui.trainings.page import TrainingsPage

PREPARE_AFTER = 1500  # milliseconds after the start, when the first paint is long over
PREPARE_EVERY = 40  # milliseconds between two parts, for whatever else there is to do


class Places(QStackedWidget):
    """Create is there from the start; its Sketch and Style panels come right after the first paint.

    Library, Styles and Check are built while nothing happens after that, and each at once when it
    is wanted before. The trainings are a page of the Styles place, built when it is wanted.

    Signals:
        turned(place): this Place is shown now.
    """

    turned = Signal(object)

    def __init__(
        self,
        studio: Studio,
        actions: Actions,
        thumbnails: Thumbnails,
        dialogs: Dialogs,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._studio = studio
        self._actions = actions
        self._thumbnails = thumbnails
        self._dialogs = dialogs
        self._check: CheckPage | None = None
        self._library: LibraryPage | None = None
        self._sketch: SketchPanel | None = None
        self._style: StylePanel | None = None
        self._styles: StylesPage | None = None
        self._trainings: TrainingsPage | None = None
        self._was_painted = False
        self._loading: asyncio.Task[None] | None = None
        self.create_page = CreatePage(studio, actions, thumbnails)
        self.addWidget(self.create_page)
        stage = self.create_page.stage
        self._view = ViewActions(actions, stage.canvas, self)
        self.sketch_gate = SketchGate(studio, actions, stage, window)
        self.sketch_gate.turned.connect(self._turn_view)
        studio.trainings.show_wanted.connect(self.show_training)
        self._preparing = QTimer(self)
        self._preparing.timeout.connect(self._prepare)
        self._preparing.start(PREPARE_AFTER)

    # --- going there ----------------------------------------------------------------------------

    def show_create(self, *, to_write: bool = True) -> None:
        """Go to where pictures are made, `to_write` the prompt."""
        self._show(Place.CREATE, self.create_page)
        if to_write:
            self.create_page.panel.prompt.setFocus()

    def show_library(self) -> None:
        """Go to the pictures that were made."""
        self._show(Place.LIBRARY, self.library)
        self._view.turn_to(self.library.canvas)
        self.library.take_focus()

    def show_styles(self) -> None:
        """Go to the cards of styles."""
        self._show(Place.STYLES, self.styles)
        self.styles.take_focus()

    def show_training(self, training_id: str = "") -> None:
        """Go to the trainings, to that of this id or the one that was looked at last."""
        self._show(Place.TRAININGS, self.trainings)
        self.trainings.show_training(training_id)

    def show_check(self) -> None:
        """Go to where files are checked."""
        self._show(Place.CHECK, self.check)
        self._view.turn_to(self.check.stage.canvas)
        self.check.take_focus()

    def check_file(self, path: Path) -> None:
        """Go and check the file at `path`."""
        self.show_check()
        self._studio.checks.add_files([str(path)])

    def _show(self, place: Place, page: QWidget) -> None:
        self.setCurrentWidget(page)
        self._turn_view()
        self._actions.go_to(place)
        self.turned.emit(place)

    def _turn_view(self) -> None:
        if self.currentWidget() is self.create_page:
            self._view.turn_to(self.sketch_gate.canvas)

    # --- the panels of the Create place ---------------------------------------------------------

    @property
    def sketch(self) -> "SketchPanel":
        """The Sketch panel; it is built if it is not there yet."""
        if self._sketch is None:
            self._sketch = later.sketch_panel()(self._studio)
            self._sketch.board_wanted.connect(self._dialogs.open_board)
            self._sketch.import_wanted.connect(self._dialogs.import_sketch)
            self._sketch.clean_up_wanted.connect(self._dialogs.clean_up_sketch)
            self.create_page.add_panel(self._sketch)
        return self._sketch

    @property
    def style_panel(self) -> "StylePanel":
        """The Style panel; it is built, as the Sketch panel above it, if it is not there yet."""
        if self._style is None:
            assert self.sketch is not None  # built now, at the latest
            self._style = later.style_panel()(self._studio)
            self._style.choose_wanted.connect(self.show_styles)
            self._style.board_wanted.connect(self._dialogs.open_style_board)
            self._style.train_wanted.connect(self._dialogs.open_training)
            self.create_page.add_panel(self._style)
        return self._style

    async def _build_panels(self) -> None:
        await asyncio.to_thread(later.sketch_panel)
        assert self.sketch is not None
        await asyncio.to_thread(later.style_panel)
        assert self.style_panel is not None

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, lambda: self._studio.tasks.start(self._build_panels()))

    # --- the other pages ------------------------------------------------------------------------

    @property
    def library(self) -> "LibraryPage":
        """The Library place; what it still lacks is built."""
        while self._build_library():
            pass
        assert self._library is not None  # built just now
        return self._library

    @property
    def styles(self) -> "StylesPage":
        """The Styles place; what it still lacks is built."""
        while self._build_styles():
            pass
        assert self._styles is not None  # built just now
        return self._styles

    @property
    def check(self) -> "CheckPage":
        """The Check place; what it still lacks is built."""
        while self._build_check():
            pass
        assert self._check is not None  # built just now
        return self._check

    @property
    def trainings(self) -> "TrainingsPage":
        """The page of all trainings; it is built if it is not there yet."""
        if self._trainings is None:
            self._trainings = later.trainings_page()(
                self._studio, self._actions, self.show_create, self.show_styles
            )
            self.addWidget(self._trainings)
        return self._trainings

    @property
    def built_library(self) -> "LibraryPage | None":
        """The Library place as far as it is built; None before the first part."""
        return self._library

    def _prepare(self) -> None:
        """Build some of what is not seen yet, and come back for the rest after a pause."""
        if self._loading is None:
            self._loading = self._studio.tasks.start(asyncio.to_thread(later.load))
        if (
            not self._loading.done()
            or self.sketch_gate.build()
            or self._build_library()
            or self._build_styles()
            or self._build_check()
        ):
            self._preparing.start(PREPARE_EVERY)
        else:
            self._preparing.stop()

    @property
    def is_preparing(self) -> bool:
        """Whether something is still to be built."""
        return self._preparing.isActive()

    def end(self) -> None:
        """Build nothing more: the window closes."""
        self._preparing.stop()

    def _build_library(self) -> bool:
        """Build a part of the Library place; False when it is complete."""
        if self._library is None:
            self._library = later.library_page()(
                self._studio, self._actions, self.show_create, self.check_file
            )
            self._library.zoom_turned.connect(self._view.turn_to)
            self.addWidget(self._library)
        return self._library.build_part()

    def _build_styles(self) -> bool:
        """Build a part of the Styles place; False when it is complete."""
        if self._styles is None:
            self._styles = later.styles_page()(
                self._studio, self._actions, self._thumbnails, self.show_create
            )
            self._styles.board_wanted.connect(self._dialogs.open_style_board)
            self.addWidget(self._styles)
        return self._styles.build_part()

    def _build_check(self) -> bool:
        """Build a part of the Check place; False when it is complete."""
        if self._check is None:
            self._check = later.check_page()(
                self._studio, self._actions, self._thumbnails, self.show_create
            )
            self.addWidget(self._check)
        return self._check.build_part()
