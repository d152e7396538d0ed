"""The import dialog: an image before, and the sketch after."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from maquette.gui.elided import ElidedLabel
from maquette.gui.files import ask_for_sketch
from maquette.gui.live import Live
from maquette.gui.parts import button, label, name
from maquette.gui.sketch_import.corners_view import CornersView
from maquette.gui.sketch_import.gaps_view import GapsView
from maquette.gui.sketch_import.settings_column import SettingsColumn
from maquette.gui.sketch_import.sources import holds_image, image_source
from maquette.state.sketch_import import Importing, SketchImport, Source
from maquette.state.tasks import Tasks

SIZE = QSize(1080, 640)
LEAST = QSize(860, 560)


class ImportSketchDialog(Live, QDialog):
    """Asks for an image, or takes one that is dropped or pasted, and shows what comes of it.

    Signals:
        chosen(pixels, as_layer, name): the sketch (RGB, of the size that fits where it goes),
            whether it becomes a layer of the open drawing, and what it is called.
    """

    chosen = Signal(object, bool, str)

    def __init__(
        self,
        importing: SketchImport,
        tasks: Tasks,
        *,
        new_size: tuple[int, int],
        layer_size: tuple[int, int],
        as_layer: bool,
        parent: QWidget | None = None,
    ) -> None:
        """`new_size` is that of a new drawing, `layer_size` of the open one."""
        super().__init__(parent)
        self.setModal(True)
        self.setAcceptDrops(True)
        self.resize(SIZE)
        self._importing = importing
        self._sizes = {False: new_size, True: layer_size}
        self._folder = ""
        self.file = ElidedLabel("title")
        self._captions = (label("muted"), label("muted"))
        self.before = CornersView(tasks)
        self.after = GapsView(tasks)
        self.find_paper, self.whole_image = button("chip"), button("chip")
        self.settings = SettingsColumn()
        self._where = label("muted")
        self.as_new, self.as_layer = button("chip"), button("chip")
        self._goes_to = QButtonGroup(self)
        for target in (self.as_new, self.as_layer):
            target.setCheckable(True)
            self._goes_to.addButton(target)
        (self.as_layer if as_layer else self.as_new).setChecked(True)
        self.busy = QProgressBar()
        self.choose, self.paste, self.cancel = button("tall"), button("tall"), button("tall")
        self.accept_button: QPushButton = button("primary")
        self._lay_out()
        self._bind()
        self.retranslate()
        if parent is not None:
            parent.window().installEventFilter(self)

    def _lay_out(self) -> None:
        views = QHBoxLayout()
        views.setSpacing(12)
        for caption, view, extras in (
            (self._captions[0], self.before, (self.find_paper, self.whole_image)),
            (self._captions[1], self.after, ()),
        ):
            head = QHBoxLayout()
            head.setSpacing(8)
            head.addWidget(caption)
            head.addStretch(1)
            for extra in extras:
                head.addWidget(extra)
            column = QVBoxLayout()
            column.setSpacing(6)
            column.addLayout(head)
            column.addWidget(view, 1)
            caption.setMinimumHeight(28)
            views.addLayout(column, 1)
        side = QVBoxLayout()
        side.setSpacing(6)
        side.addWidget(self.settings, 1)
        side.addWidget(self._where)
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addWidget(self.as_new)
        where.addWidget(self.as_layer)
        where.addStretch(1)
        side.addLayout(where)
        views.addLayout(side)
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setFixedSize(96, 4)
        policy = self.busy.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # nothing moves while something is done
        self.busy.setSizePolicy(policy)
        head = QHBoxLayout()
        head.addWidget(self.file, 1)
        head.addWidget(self.busy)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.choose)
        foot.addWidget(self.paste)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.accept_button)
        outer = QVBoxLayout(self)
        # What is said beside the views must not make the window larger.
        outer.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.setSpacing(12)
        outer.addLayout(head)
        outer.addLayout(views, 1)
        outer.addLayout(foot)

    def _bind(self) -> None:
        importing = self._importing
        importing.store.changed.connect(self._show)
        self.settings.changed.connect(lambda settings: importing.change(**settings))
        self.before.moved.connect(lambda corners: importing.change(corners=corners))
        self.find_paper.clicked.connect(lambda: importing.change(corners=None))
        self.whole_image.clicked.connect(lambda: importing.change(corners=()))
        self.as_layer.toggled.connect(lambda on: importing.set_size(self._sizes[on]))
        self.choose.clicked.connect(self._choose)
        self.paste.clicked.connect(self._paste)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self, self._paste)
        self.cancel.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self.accept)
        self.finished.connect(self._end)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """When the window below is closed, nobody is there for the sketch."""
        if event.type() == QEvent.Type.Close:
            self.reject()
        return super().eventFilter(watched, event)

    def _end(self) -> None:
        self._importing.close()
        self.before.stop()
        self.after.stop()

    # --- what is imported -----------------------------------------------------------------------

    def open(self, source: Source | None = None, called: str = "") -> None:
        """Open the dialog, with an image if there is one already."""
        super().open()
        if source is not None:
            self.take(source, called)

    def take(self, source: Source, called: str = "") -> None:
        """Clean another image."""
        if isinstance(source, Path):
            self._folder = str(source.parent)
        self._importing.open(source, called, self._sizes[self.as_layer.isChecked()])

    def keep_framing(self) -> None:
        """Leave what was drawn where it is."""
        self._importing.change(margin=-1.0)

    def _choose(self) -> None:
        path = ask_for_sketch(self, self._folder)
        if path:
            self.take(Path(path), Path(path).name)

    def _paste(self) -> None:
        found = image_source(QGuiApplication.clipboard().mimeData())
        if found is not None:
            self.take(*found)

    def accept(self) -> None:
        value = self._importing.store.value
        if value.is_usable and value.sketch is not None:
            self.chosen.emit(value.sketch.pixels, self.as_layer.isChecked(), value.name)
            super().accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if holds_image(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        found = image_source(event.mimeData())
        if found is not None:
            event.acceptProposedAction()
            self.take(*found)

    # --- showing --------------------------------------------------------------------------------

    def _show(self, value: Importing, fields: frozenset[str] = frozenset()) -> None:
        self.before.show_pixels(value.before.pixels if value.before else None)
        self.after.show_pixels(value.sketch.pixels if value.sketch else None)
        corners = value.cleanup.corners
        if corners is None:
            corners = value.found.corners if value.found else ()
        self.before.show_corners(corners)
        self.after.show_gaps(value.found.gaps if value.found else ())
        self.settings.show_value(value)
        self.settings.setEnabled(value.is_open)
        self.find_paper.setEnabled(value.before is not None)
        self.whole_image.setEnabled(value.before is not None)
        self.busy.setVisible(value.is_busy)
        self.accept_button.setEnabled(value.is_usable)
        if value.is_usable and "is_busy" in fields:
            self.accept_button.setDefault(True)
        self.file.set_text(value.name or self.tr("An image becomes a sketch"))
        self.before.set_words(self._before_words(value))
        self.after.set_words(self._after_words(value))

    def _before_words(self, value: Importing) -> str:
        if value.is_busy:
            return self.tr("Opening…")
        return self.tr(
            "Drop a photo, a scan, a picture or an SVG file here, paste one, or choose a file."
        )

    def _after_words(self, value: Importing) -> str:
        if value.problem:
            return ""
        return self.tr("Taking the lines out…") if value.is_busy else ""

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Import a sketch"))
        for caption, text in zip(
            self._captions, (self.tr("Before"), self.tr("After")), strict=True
        ):
            caption.setText(text)
        self.before.setAccessibleName(self.tr("Before: the corners of the paper"))
        self.before.setAccessibleDescription(
            self.tr("1 to 4 choose a corner, arrow keys move it, with Shift ten times as far")
        )
        self.before.setToolTip(self.tr("Drag the corners onto those of the paper"))
        self.after.setAccessibleName(self.tr("After: the sketch"))
        self.find_paper.setText(self.tr("Find the paper"))
        self.whole_image.setText(self.tr("Whole image"))
        name(self.find_paper, self.tr("Propose the corners of the paper again"))
        name(self.whole_image, self.tr("Take the image as it is, without corners"))
        self._where.setText(self.tr("Goes to"))
        self.as_new.setText(self.tr("New drawing"))
        self.as_layer.setText(self.tr("New layer"))
        name(self.as_new, self.tr("Begin a new drawing with it"))
        name(self.as_layer, self.tr("Put it on a layer of the open drawing"))
        self.choose.setText(self.tr("Choose a file…"))
        self.paste.setText(self.tr("Paste"))
        self.cancel.setText(self.tr("Cancel"))
        self.accept_button.setText(self.tr("Import"))
        self.busy.setAccessibleName(self.tr("Working"))
        self._show(self._importing.store.value)

    def restyle(self) -> None:
        self.before.update()
        self.after.update()
