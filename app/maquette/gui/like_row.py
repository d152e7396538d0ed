"""The style image in the Style panel: dropped, pasted, chosen, weighed, taken away with undo."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QSignalBlocker, QSize, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QPixmap,
    QShortcut,
)
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QSizePolicy,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from maquette.core.ip_adapter import IPAdapterUse
from maquette.gui import icons
from maquette.gui.elided import ElidedLabel
from maquette.gui.files import ask_for_like
from maquette.gui.images import to_image
from maquette.gui.live import Live
from maquette.gui.parts import button, label, name, tool_button
from maquette.gui.pasted import pasted
from maquette.state.likes import FULL, Likes
from maquette.state.pictures import PATTERNS
from maquette.state.session import LikeChoice, Session
from maquette.state.start import Held
from maquette.state.store import Store

THUMBNAIL = 44  # pixels


class LikeRow(Live, QWidget):
    """One row while there is none; the picture with a slider while there is one."""

    def __init__(
        self, likes: Likes, session: Store[Session], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._likes = likes
        self._session = session
        self._taken: LikeChoice | None = None
        self.browse = button("fold")
        self.paste = tool_button()
        self.thumbnail = label()
        self.thumbnail.setFixedSize(THUMBNAIL, THUMBNAIL)
        self.file = ElidedLabel()
        self.clear = tool_button()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setPageStep(10)
        self.field = QSpinBox()
        self.field.setFixedWidth(52)
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.setKeyboardTracking(False)
        for part in (self.slider, self.field):
            part.setRange(0, FULL)
            part.valueChanged.connect(likes.weigh)
        self.by = ElidedLabel("small")
        self.way = QComboBox()
        self.way.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.way.setSizeAdjustPolicy(policy)
        self._ways: tuple[IPAdapterUse | None, ...] = (None,)
        self.undo = button("fold")
        self._empty, self._chosen = QWidget(), QWidget()
        self._row = QWidget()
        self._lay_out()
        self.browse.clicked.connect(self._ask)
        self.paste.clicked.connect(self._paste)
        self.clear.clicked.connect(self._clear)
        self.undo.clicked.connect(self._put_back)
        self.way.activated.connect(lambda place: self._likes.go_by(self._ways[place]))
        keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self, self._paste)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.setAcceptDrops(True)
        session.changed.connect(self._session_changed)
        likes.pictures.current.changed.connect(self._render_picture)
        likes.adapters.changed.connect(self._render_way)
        self._render_choice(session.value.like)
        self._render_picture(likes.pictures.current.value)
        self.retranslate()
        self.restyle()

    def _lay_out(self) -> None:
        empty = QHBoxLayout(self._empty)
        empty.addWidget(self.browse, 1)
        empty.addWidget(self.undo)
        empty.addWidget(self.paste)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.file)
        words.addWidget(self.slider)
        words.addWidget(self.by)
        chosen = QHBoxLayout(self._row)
        chosen.setSpacing(8)
        chosen.addWidget(self.thumbnail)
        chosen.addLayout(words, 1)
        chosen.addWidget(self.field)
        chosen.addWidget(self.clear)
        column = QVBoxLayout(self._chosen)
        column.setSpacing(4)
        column.addWidget(self._row)
        column.addWidget(self.way)
        outer = QVBoxLayout(self)
        outer.setSpacing(4)
        for part in (self._chosen, self._empty):
            outer.addWidget(part)
        for layout in (empty, chosen, column, outer):
            layout.setContentsMargins(0, 0, 0, 0)
        self.undo.hide()

    # --- what a person does ---------------------------------------------------------------------

    def take(self, mime: QMimeData | None) -> bool:
        """Use the picture in `mime`; whether there was one."""
        brought = pasted(mime)
        if brought is None:
            return False
        if brought.read is not None:
            self._likes.paste(brought.read)
            return True
        files = picture_files(brought.paths)
        if files:
            self._likes.use(files[0])
        return bool(files)

    def _ask(self) -> None:
        path = ask_for_like(self)
        if path:
            self._likes.use(path)

    def _paste(self) -> None:
        if not self.take(QGuiApplication.clipboard().mimeData()):
            self._likes.nothing_to_paste()

    def _clear(self) -> None:
        self._taken = self._likes.clear()
        self._render_undo()
        self.undo.setFocus()

    def _put_back(self) -> None:
        if self._taken is not None:
            self._likes.put_back(self._taken)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if holds_picture(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.take(event.mimeData()):
            event.acceptProposedAction()

    # --- showing --------------------------------------------------------------------------------

    def _session_changed(self, session: Session, fields: frozenset[str]) -> None:
        if "like" in fields:
            self._render_choice(session.like)

    def _render_choice(self, choice: LikeChoice | None) -> None:
        self._chosen.setVisible(choice is not None)
        self._empty.setVisible(choice is None)
        if choice is not None:
            self._taken = None
            self._render_name()
            self._render_way()
            for part in (self.slider, self.field):
                with QSignalBlocker(part):
                    part.setValue(choice.strength)
        self._render_undo()

    def _render_name(self) -> None:
        choice = self._session.value.like
        if choice is not None:
            shown = self.tr("Like {name}").format(name=Path(choice.path).name)
            if self._likes.is_kept(choice):
                shown = self.tr("Like this picture")
            self.file.set_text(shown, choice.path)
            self.thumbnail.setAccessibleName(shown)

    def _render_way(self) -> None:
        """How it is taken over: said, or chosen where there is a choice."""
        choice, adapters = self._session.value.like, self._likes.adapters
        if choice is None:
            return
        model = adapters.chosen_model
        at_hand = [info.use for info in adapters.fitting(model)]
        now = adapters.way_of(choice, model)
        self._ways = (None, *at_hand, *([] if now is None or now in at_hand else [now]))
        by_itself = self.tr("Colours and light")
        with QSignalBlocker(self.way):
            self.way.clear()
            for use in self._ways:
                words = self.tr("With {name}: not at hand, or for another model")
                if use is None or use in at_hand:
                    words = by_itself if use is None else self.tr("With {name}")
                self.way.addItem(words.format(name=use.name) if use else words)
            self.way.setCurrentIndex(self._ways.index(now))
        self.way.setToolTip(self.way.currentText())
        self.way.setVisible(len(self._ways) > 1)
        self.by.setVisible(len(self._ways) == 1)
        self.by.set_text(by_itself)

    def _render_undo(self) -> None:
        self.undo.setVisible(self._taken is not None)

    def _render_picture(self, held: Held, _fields: object = None) -> None:
        if held.picture is None:
            self.thumbnail.setPixmap(QPixmap())
            return
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap.fromImage(to_image(held.picture.thumbnail)).scaled(
            QSize(THUMBNAIL, THUMBNAIL) * ratio,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        pixmap.setDevicePixelRatio(ratio)
        self.thumbnail.setPixmap(pixmap)

    def retranslate(self) -> None:
        self.browse.setText(self.tr("Like a picture…"))
        name(
            self.browse,
            self.tr("Choose a style image"),
            tip=self.tr("Drop, paste or choose a picture whose colours and light are taken over"),
        )
        name(self.paste, self.tr("Paste a style image"), "Ctrl+V")
        name(self.clear, self.tr("Take the style image away"))
        for part in (self.slider, self.field):
            name(
                part,
                self.tr("How much like it"),
                tip=self.tr("0 is the picture without; 100 takes over all that can be."),
            )
        self._render_name()
        name(self.way, self.tr("How it is taken over"))
        self._render_way()
        self.undo.setText(self.tr("Undo"))
        name(self.undo, self.tr("Bring the style image back"))

    def restyle(self) -> None:
        self.browse.setIcon(icons.icon("image"))
        self.paste.setIcon(icons.icon("clipboard"))
        self.clear.setIcon(icons.icon("x"))
        self.undo.setIcon(icons.icon("arrow-counter-clockwise"))


def holds_picture(mime: QMimeData) -> bool:
    """Whether `mime` has a picture, or a file whose name is one's; looks at no disk."""
    if mime.hasUrls():
        local = [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]
        return bool(picture_files(local))
    return mime.hasImage()


def picture_files(paths: Sequence[str]) -> list[str]:
    """Those of `paths` whose names are a picture's."""
    suffixes = tuple(pattern.removeprefix("*") for pattern in PATTERNS)
    return [path for path in paths if path.lower().endswith(suffixes)]
