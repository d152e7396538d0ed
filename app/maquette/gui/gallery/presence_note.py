"""What became of a picture's file outside, told above what is known of the picture."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from maquette.core.gallery import GalleryPicture, Presence
from maquette.gui.gallery.picture_facts import day_and_time
from maquette.gui.live import Live
from maquette.gui.parts import button, label, set_property


class PresenceNote(Live, QFrame):
    """What became of the file, where something did, and what can be done about it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.words = label(wrap=True)
        self.button = button()
        self._picture: GalleryPicture | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_of(self, picture: GalleryPicture) -> None:
        """Tell it of `picture`; hidden where there is nothing to tell."""
        self._picture = picture
        self.retranslate()

    def retranslate(self) -> None:
        picture = self._picture
        if picture is None:
            return
        self.setVisible(bool(picture.trashed) or picture.presence is not Presence.PRESENT)
        is_missing = picture.presence is Presence.MISSING and not picture.trashed
        set_property(self, "kind", "error" if is_missing else "")
        if picture.trashed:
            words = self.tr("In the trash since {day}.").format(day=day_and_time(picture.trashed))
            self.button.setText(self.tr("Put back"))
        elif is_missing:
            words = self.tr(
                "The file is not where it was: it was moved, renamed or deleted outside of "
                "Maquette. Everything known of it is kept."
            )
            self.button.setText(self.tr("Find it…"))
        else:
            words = self.tr(
                "Another program changed the file after it was saved. The recipe is that of the "
                "picture as it was; marks may be gone."
            )
            self.button.setText(self.tr("Check this picture"))
        self.words.setText(words)
