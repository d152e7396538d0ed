"""One picture of a training at the side: its crop, what is known of it, and whether it is used."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from maquette.core.training import CropBox
from maquette.core.training_draft import JudgedPicture, PictureState
from maquette.gui.elided import ElidedLabel
from maquette.gui.live import Live
from maquette.gui.parts import button, label, name, set_property
from maquette.gui.thumbnails import Thumbnails
from maquette.gui.training.crop_view import CropView
from maquette.gui.training.picture_cards import Sizes
from maquette.gui.training.wizard_words import state_sentences, state_words
from maquette.state.tasks import Tasks

_WHOLE = CropBox()


class PictureInspector(Live, QWidget):
    """Shows the current picture.

    Signals:
        cropped(CropBox | None): the user chose another part; None for what is proposed.
        turned(): the picture is to be taken out, or brought back.
        kept(): the picture is to be used although it looks like another one.
        held(bool): whether it is to be held back.
    """

    cropped = Signal(object)
    turned = Signal()
    kept = Signal()
    held = Signal(bool)

    def __init__(self, thumbnails: Thumbnails, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._each: JudgedPicture | None = None
        self.crop = CropView(thumbnails, tasks)
        self.name = ElidedLabel("title")
        self.state = label("muted", wrap=True)
        self.whole, self.proposed = button("chip"), button("chip")
        self.hold = QCheckBox()
        self.keep, self.turn = button("tall"), button("tall")
        crops = QHBoxLayout()
        crops.setSpacing(8)
        crops.addWidget(self.whole)
        crops.addWidget(self.proposed)
        crops.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.crop, 1)
        column.addLayout(crops)
        column.addWidget(self.name)
        column.addWidget(self.state)
        column.addWidget(self.hold)
        column.addWidget(self.keep)
        column.addWidget(self.turn)
        self.crop.cropped.connect(self.cropped)
        self.whole.clicked.connect(lambda: self.cropped.emit(_WHOLE))
        self.proposed.clicked.connect(lambda: self.cropped.emit(None))
        self.turn.clicked.connect(self.turned)
        self.keep.clicked.connect(self.kept)
        self.hold.clicked.connect(self.held)
        self.retranslate()

    def show_picture(self, each: JudgedPicture | None, sizes: Sizes) -> None:
        """Show a picture; None for none."""
        self._each = each
        self.crop.show_picture(each, sizes)
        self._render()

    def _render(self) -> None:
        each = self._each
        self.setEnabled(each is not None)
        if each is None:
            self.keep.hide()
            self.name.set_text("")
            self.state.setText("")
            return
        is_used = each.state is PictureState.USED
        self.name.set_text(each.picture.found.name)
        self.state.setText(state_sentences(each) or state_words(each))
        is_problem = each.state is PictureState.PROBLEM
        set_property(self.state, "role", "error" if is_problem else "muted")
        self.whole.setEnabled(is_used and each.picture.box != _WHOLE)
        self.proposed.setEnabled(is_used and each.picture.crop is not None)
        self.hold.setEnabled(is_used)
        self.hold.setChecked(each.held_out)
        self.keep.setVisible(each.state is PictureState.SAME and not each.is_copy)
        self.turn.setEnabled(not is_problem)
        is_out = each.state is PictureState.OUT
        self.turn.setText(self.tr("Bring back") if is_out else self.tr("Take out"))
        name(self.turn, self.turn.text(), "Del")

    def retranslate(self) -> None:
        self.crop.setAccessibleName(self.tr("Crop"))
        self.crop.setAccessibleDescription(
            self.tr("Arrow keys move it, with Shift they resize it, plus and minus grow or shrink")
        )
        self.crop.setToolTip(
            self.tr("Drag the frame or its edges; the bright part is what is learned")
        )
        self.whole.setText(self.tr("Whole picture"))
        name(self.whole, self.tr("Learn from the whole picture"))
        self.proposed.setText(self.tr("As proposed"))
        name(self.proposed, self.tr("Back to the crop that was proposed"))
        self.hold.setText(self.tr("Hold back to judge by"))
        self.keep.setText(self.tr("Use it all the same"))
        name(self.keep, self.tr("Use it although it looks like another one"))
        name(
            self.hold,
            self.tr("Hold back to judge by"),
            "H",
            tip=self.tr("Not learned from, so that it tells how well the others were learned"),
        )
        self._render()
