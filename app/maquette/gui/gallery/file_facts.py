"""What is known of a picture's file, below a heading that folds it away."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QWidget

from maquette.core.gallery import GalleryPicture
from maquette.gui.elided import ElidedLabel
from maquette.gui.gallery.picture_facts import Fact, fact_name
from maquette.gui.live import Live
from maquette.gui.parts import Fold, label, selectable
from maquette.state.check_reports import visible_text

FACTS = (Fact.SIZE, Fact.FILE, Fact.CREATED, Fact.SOURCE, Fact.PROGRAM, Fact.START)


class FileFacts(Live, Fold):
    """Size, dates, place and digest of the file, as far as they are known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = QFormLayout()
        self._rows = {fact: (label("small"), selectable("small")) for fact in FACTS}
        # Neither has spaces at which a line could end; the tooltip has it whole.
        middle = Qt.TextElideMode.ElideMiddle
        self._place = (label("small"), ElidedLabel("small", middle))
        self._digest = (label("small"), ElidedLabel("small", middle))
        self._form.setHorizontalSpacing(12)
        self._form.setVerticalSpacing(4)
        self._form.setContentsMargins(0, 0, 0, 0)
        for title, value in (*self._rows.values(), self._place, self._digest):
            self._form.addRow(title, value)
        self.body.addLayout(self._form)
        self.retranslate()
        self.restyle()

    def show_of(self, picture: GalleryPicture, known: Mapping[Fact, str]) -> None:
        """Show the file of `picture`; `known` are all facts in words."""
        for fact, (title, value) in self._rows.items():
            words = known.get(fact, "")
            title.setText(fact_name(fact))
            value.setText(words)
            self._form.setRowVisible(value, bool(words))
        for (title, value), heading, words in (
            (self._place, self.tr("Place"), visible_text(str(picture.path))),
            (self._digest, self.tr("SHA-256"), picture.file_sha256),
        ):
            title.setText(heading)
            value.set_text(words)
            value.setAccessibleName(f"{heading}: {words}")

    def retranslate(self) -> None:
        self.head.setText(self.tr("File"))

    def restyle(self) -> None:
        Fold.restyle(self)
