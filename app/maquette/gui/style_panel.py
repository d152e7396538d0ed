"""The Style panel of the Create place: the style that is on in one row, and the LoRAs below."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from maquette.gui import icons
from maquette.gui.elided import ElidedLabel
from maquette.gui.fitting_scroll import FittingScroll
from maquette.gui.like_row import LikeRow
from maquette.gui.live import Live
from maquette.gui.lora_stack.stack import LoraStack
from maquette.gui.parts import Fold, Panel, button, name, tool_button
from maquette.gui.sketch_panel.word_menu import shown_language
from maquette.gui.styles.blend_row import BlendRow
from maquette.gui.styles.sample_picture import SamplePicture
from maquette.gui.styles.samples import Samples
from maquette.gui.styles.words import style_name, style_tip
from maquette.state.session import Session
from maquette.state.studio import Studio

CARD = 44  # pixels
LEAST = 64  # pixels of what stands below the style, which is scrolled in a low window
MOST = 240  # pixels of the LoRAs, which are scrolled then


class StylePanel(Live, Panel):
    """Shows the chosen style and the stack of LoRAs.

    Signals:
        choose_wanted(): the user wants to choose among all styles.
        board_wanted(): the user wants to see the prompt in several.
        train_wanted(): the user wants to train one.
    """

    choose_wanted = Signal()
    board_wanted = Signal()
    train_wanted = Signal()

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._styles = studio.styles
        self.samples = Samples(studio.styles, studio.tasks, self)
        self.card = SamplePicture(self.samples, CARD)
        self.name = ElidedLabel()
        self.words = ElidedLabel("small")
        self.choose = button("tall")
        self.clear, self.board, self.train = tool_button(), tool_button(), tool_button()
        self.blend = BlendRow(studio.styles, studio.blending, self.samples)
        self.stack = LoraStack(studio.loras, studio.session, studio.models)
        self.loras = Fold()
        self.like = LikeRow(studio.likes, studio.session)
        self._scroll, self._below = FittingScroll(), FittingScroll()
        self._lay_out()
        self.choose.clicked.connect(self.choose_wanted)
        self.clear.clicked.connect(self._styles.clear)
        self.board.clicked.connect(self.board_wanted)
        self.train.clicked.connect(self.train_wanted)
        studio.session.changed.connect(self._session_changed)
        self.retranslate()
        self.restyle()
        self._styles.need()

    def _lay_out(self) -> None:
        self.remark.hide()
        self.header.addWidget(self.board)
        self.header.addWidget(self.train)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self.name)
        said.addWidget(self.words)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.card)
        row.addLayout(said, 1)
        row.addWidget(self.clear)
        row.addWidget(self.choose)
        self.stack.setObjectName("scrolled")
        self._scroll.setWidget(self.stack)
        self._scroll.setMinimumHeight(CARD)
        self._scroll.setMaximumHeight(MOST)
        self.loras.body.addWidget(self._scroll)
        below = QWidget()
        below.setObjectName("scrolled")
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.blend, self.like, self.loras):
            column.addWidget(part)
        self._below.setWidget(below)
        self._below.setMinimumHeight(LEAST)
        self.body.addLayout(row)
        self.body.addWidget(self._below)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.like.dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """A picture may be dropped anywhere on the panel, not only on its row."""
        self.like.dropEvent(event)

    def _session_changed(self, _session: Session, fields: frozenset[str]) -> None:
        if "style" in fields:
            self._render()
        if "loras" in fields:
            self._scroll.calm(self.stack)  # rows that came just now
            self._render_loras()

    def _render_loras(self) -> None:
        """LoRAs that are there are seen; how many, is told beside the heading."""
        number = len(self._studio.session.value.loras)
        if number:
            self.loras.set_open(True)
        self.loras.head.setText(f"LoRA · {number}" if number else "LoRA")
        name(self.loras.head, self.tr("Show or hide the LoRAs"))

    def _render(self) -> None:
        style = self._styles.chosen
        self.card.show_style(style)
        self.clear.setVisible(style is not None)
        self.blend.show_now()
        if style is None:
            self.name.set_text(self.tr("No style"))
            self.words.set_text(self.tr("The prompt as you write it"))
            return
        said = style.prompt.of(shown_language()).replace("{prompt}", "…")
        self.name.set_text(style_name(style), style_tip(style))
        self.words.set_text(said)

    def retranslate(self) -> None:
        self.title.setText(self.tr("Style"))
        self.choose.setText(self.tr("Choose…"))
        name(self.choose, self.tr("Choose a style"), "Ctrl+3")
        name(self.clear, self.tr("Take the style off"))
        name(self.board, self.tr("See the prompt in several styles"), "Ctrl+Alt+G")
        name(self.train, self.tr("Train a style from your pictures"), "Ctrl+Shift+Y")
        self._render()
        self._render_loras()

    def restyle(self) -> None:
        self.train.setIcon(icons.icon("graduation-cap"))
        self.clear.setIcon(icons.icon("x"))
        self.board.setIcon(icons.icon("grid-four"))
        self.loras.restyle()
        self.card.update()
