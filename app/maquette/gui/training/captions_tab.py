"""The captions of a training's pictures, and what changes many of them at once."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from maquette.core.training_draft import JudgedPicture, PictureState
from maquette.gui.live import Live
from maquette.gui.parts import button, label, name
from maquette.gui.thumbnails import Thumbnails
from maquette.gui.training.caption_grid import CaptionGrid
from maquette.state.training_setup import Setup, TrainingSetup


class CaptionsTab(Live, QWidget):
    """The tools change the selected captions where there are several, else all."""

    def __init__(
        self, setup: TrainingSetup, thumbnails: Thumbnails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._setup = setup
        self.note = label("muted", wrap=True)
        self.grid = CaptionGrid(thumbnails)
        self.sought, self.instead, self.words = QLineEdit(), QLineEdit(), QLineEdit()
        self.replace, self.add, self.reset = button("tall"), button("tall"), button("tall")
        self.empty = label("muted", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedWidget()
        self._lay_out()
        self.replace.clicked.connect(self._replace)
        self.instead.returnPressed.connect(self._replace)
        self.sought.returnPressed.connect(self._replace)
        self.add.clicked.connect(self._add)
        self.words.returnPressed.connect(self._add)
        self.reset.clicked.connect(self._reset)
        for field in (self.sought, self.words):
            field.textChanged.connect(lambda _text: self._render_tools())
        self.grid.selectionModel().selectionChanged.connect(lambda *_: self._render_tools())
        self.grid.captions.written.connect(
            lambda key, text: setup.set_captions({key: text or None})
        )
        setup.changed.connect(self._changed)
        self.retranslate()

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(8)
        for part, stretch in (
            (self.sought, 2), (self.instead, 2), (self.replace, 0),
            (self.words, 3), (self.add, 0), (self.reset, 0),
        ):  # fmt: skip
            tools.addWidget(part, stretch)
            if part is self.replace or part is self.add:
                tools.addSpacing(8)
        for field in (self.sought, self.instead, self.words):
            field.setMaxLength(200)
            field.setMinimumWidth(72)
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.note)
        column.addLayout(tools)
        column.addWidget(self.grid, 1)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(filled)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)

    # --- acting ---------------------------------------------------------------------------------

    @property
    def _chosen(self) -> tuple[JudgedPicture, ...]:
        """The selected captions where there are several, else all."""
        chosen = self.grid.chosen
        return chosen if len(chosen) > 1 else self.grid.captions.pictures

    def _replace(self) -> None:
        find, instead = self.sought.text(), self.instead.text()
        if not find:
            return
        changed = {
            each.picture.key: " ".join(each.caption.replace(find, instead).split())
            for each in self._chosen
            if find in each.caption
        }
        if changed:
            self._setup.set_captions({key: text or None for key, text in changed.items()})

    def _add(self) -> None:
        words = " ".join(self.words.text().split()).strip(",，")
        if words:
            self._setup.set_captions(
                {
                    each.picture.key: f"{each.caption}, {words}"
                    for each in self._chosen
                    if words not in each.caption
                }
            )

    def _reset(self) -> None:
        own = {each.picture.key: None for each in self._chosen if each.picture.caption is not None}
        if own:
            self._setup.set_captions(dict(own))

    # --- showing --------------------------------------------------------------------------------

    def _changed(self, _value: Setup, fields: frozenset[str]) -> None:
        if {"draft", "gone"} & fields:
            self._render()

    def _render(self) -> None:
        used = tuple(each for each in self._setup.pictures if each.state is PictureState.USED)
        self._pages.setCurrentIndex(1 if used else 0)
        self.grid.show_pictures(used)
        self._render_tools()

    def _render_tools(self) -> None:
        several = len(self.grid.chosen) > 1
        self.replace.setEnabled(bool(self.sought.text()))
        self.add.setEnabled(bool(self.words.text().strip()))
        self.reset.setEnabled(any(each.picture.caption is not None for each in self._chosen))
        self.replace.setText(self.tr("Replace"))
        self.add.setText(self.tr("Add to selected") if several else self.tr("Add to all"))
        self.reset.setText(self.tr("Reset selected") if several else self.tr("Reset all"))
        name(self.replace, self.tr("Replace in the captions"))
        name(self.add, self.add.text(), tip=self.tr("Put these words at the end of the captions"))
        name(self.reset, self.reset.text(), tip=self.tr("Back to the captions that were proposed"))

    def retranslate(self) -> None:
        self.note.setText(
            self.tr(
                "Say what each picture shows; the words of the style stay in. Grey captions are "
                "proposed, from the files' names. Enter edits, and goes on to the next."
            )
        )
        self.empty.setText(self.tr("Captions are proposed as soon as there are pictures."))
        self.sought.setPlaceholderText(self.tr("Find"))
        self.instead.setPlaceholderText(self.tr("Replace with"))
        self.words.setPlaceholderText(self.tr("Words for all"))
        name(self.sought, self.tr("Words to find in the captions"))
        name(self.instead, self.tr("Words to put in their place"))
        name(self.words, self.tr("Words to add to the captions"))
        name(self.grid, self.tr("Captions"))
        self._render()
