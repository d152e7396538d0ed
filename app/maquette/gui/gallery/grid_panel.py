"""The middle of the Library place: the grid or why it is empty, and its foot."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QSlider,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from maquette.gui import icons
from maquette.gui.actions import Actions
from maquette.gui.combo import chosen_in, fill_combo
from maquette.gui.elided import ElidedLabel
from maquette.gui.gallery.empty import EmptyGallery, emptiness_of
from maquette.gui.gallery.grid import Grid
from maquette.gui.gallery.grid_delegate import GridDelegate
from maquette.gui.gallery.grid_layout import LARGEST, LEAST
from maquette.gui.gallery.grid_model import GridModel
from maquette.gui.gallery.words import grouped
from maquette.gui.live import Live
from maquette.gui.parts import label, name
from maquette.gui.picture_thumbnails import PictureThumbnails
from maquette.gui.theme import current_tokens
from maquette.library.pictures.listing import Sorting
from maquette.state.gallery_rows import GalleryRows
from maquette.state.gallery_view import Answer, GalleryView

LOCAL = ("library_open", "library_look", "library_trash")


class GridPanel(Live, QFrame):
    """Signals: order_chosen(Sorting): another order is wanted. `grid` has its own."""

    order_chosen = Signal(object)

    def __init__(
        self,
        *,
        rows: GalleryRows,
        thumbnails: PictureThumbnails,
        actions: Actions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._answer: Answer | None = None
        self._count = 0
        self.model = GridModel(rows, self)
        self.delegate = GridDelegate(self.model, thumbnails, self)
        self.grid = Grid(self.model, self.delegate)
        thumbnails.ready.connect(self._thumbnail_came)
        for action in LOCAL:
            self.grid.addAction(actions[action])
        self.empty = EmptyGallery(actions)
        self.remark = ElidedLabel("muted")
        self.order = QComboBox()
        self.order.activated.connect(lambda: self.order_chosen.emit(chosen_in(self.order, Sorting)))
        self.size_slider = QSlider(Qt.Orientation.Horizontal)
        self.size_slider.setRange(LEAST, LARGEST)
        self.size_slider.setFixedWidth(120)
        self.size_slider.setPageStep(32)
        self.size_slider.valueChanged.connect(self.grid.set_size)
        self.grid.sized.connect(self._sized)
        self._smaller, self._larger = label(), label()
        place = QWidget()
        self._stack = QStackedLayout(place)
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self.empty)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 0, 12, 0)
        foot.setSpacing(8)
        foot.addWidget(self.remark, 1)
        foot.addWidget(self.order)
        foot.addSpacing(8)
        for part in (self._smaller, self.size_slider, self._larger):
            foot.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(8)
        column.addWidget(place, 1)
        column.addLayout(foot)
        self.retranslate()
        self.restyle()

    def show_view(self, view: GalleryView) -> None:
        """Show the answer, or why there is none."""
        if view.answer is not self._answer and view.is_open:
            before = self._answer
            self._answer = view.answer
            anew = before is None or before.question != view.answer.question
            self.grid.show_ids(view.answer.ids, anew=anew)
        why = emptiness_of(view)
        if why is not None:
            self.empty.show_why(why, view.problem)
        self._stack.setCurrentIndex(0 if why is None else 1)
        with QSignalBlocker(self.order):
            self.order.setCurrentIndex(max(0, self.order.findData(view.question.sorting)))

    def show_count(self, selected: int) -> None:
        """Say in the foot how many pictures are selected."""
        self._count = selected
        text = self.tr("{n} selected").format(n=grouped(selected))
        self.remark.set_text(text if selected else "")

    def set_size(self, side: int) -> None:
        """Make pictures at least `side` pixels wide."""
        self.grid.set_size(side)
        self._sized(self.grid.size_of_cells)

    def _sized(self, side: int) -> None:
        with QSignalBlocker(self.size_slider):
            self.size_slider.setValue(side)

    def _thumbnail_came(self, _key: str) -> None:
        self.grid.viewport().update()

    def retranslate(self) -> None:
        orders = (
            (Sorting.NEWEST, self.tr("Newest first")),
            (Sorting.OLDEST, self.tr("Oldest first")),
            (Sorting.BEST, self.tr("Best first")),
            (Sorting.NAME, self.tr("By file name")),
            (Sorting.FIDELITY, self.tr("Closest to the sketch first")),
        )
        current = self.order.currentData() or Sorting.NEWEST
        fill_combo(self.order, orders, current)
        name(self.order, self.tr("Order"))
        name(self.size_slider, self.tr("Size of the pictures"), "Ctrl++, Ctrl+-")
        name(self.grid, self.tr("Pictures of the library"))
        self.grid.setToolTip("")
        self.show_count(self._count)

    def restyle(self) -> None:
        muted = current_tokens().muted
        self._smaller.setPixmap(icons.icon("image-square", muted).pixmap(12, 12))
        self._larger.setPixmap(icons.icon("image-square", muted).pixmap(18, 18))
