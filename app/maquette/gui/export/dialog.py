"""Batch export: which pictures, as what, called how, and where they go."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from maquette.core.export_preset import ExportPreset
from maquette.core.gallery import GalleryPicture
from maquette.core.paths import pictures_dir
from maquette.gui.elided import ElidedLabel
from maquette.gui.export.editor import PresetEditor
from maquette.gui.export.left_out import LeftOutPanel
from maquette.gui.export.names_card import EXAMPLES
from maquette.gui.export.preset_list import PresetList
from maquette.gui.export.preview import ExportPreview
from maquette.gui.export.words import preset_words
from maquette.gui.in_parts import InParts
from maquette.gui.live import Live
from maquette.gui.parts import button, label, name
from maquette.state.batch_exports import BatchExports
from maquette.state.check_reports import file_size
from maquette.state.export_estimate import Measurer, measured
from maquette.state.export_presets import ExportPresets, free_name
from maquette.state.export_preview import examples, sort_out
from maquette.state.messages import translate_sentence
from maquette.state.session import Layout
from maquette.state.settings import SettingsStore
from maquette.state.store import Store
from maquette.state.tasks import Tasks

LEFT, RIGHT = 208, 288  # pixels
SIZE = (1200, 860)


class BatchExportDialog(Live, InParts, QDialog):
    """Presets at the left, the editor in the middle, what comes of it at the right.

    What is changed in the editor holds for this export; it is kept in the preset only when asked.
    """

    def __init__(
        self,
        pictures: Sequence[GalleryPicture],
        *,
        presets: ExportPresets,
        exports: BatchExports,
        measurer: Measurer,
        boards: Mapping[int, str],
        settings: SettingsStore,
        layout: Store[Layout],
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        """`boards` are names by id, for file names."""
        super().__init__(parent)
        self.setModal(True)
        self._pictures = tuple(pictures)
        self._presets, self._exports, self._measurer = presets, exports, measurer
        self._boards, self._settings, self._layout, self._tasks = boards, settings, layout, tasks
        self._good: tuple[GalleryPicture, ...] = self._pictures
        self._drafts: dict[str, ExportPreset] = {}
        self._problem = ""
        self._bytes: int | None = None
        self._measuring: asyncio.Task[None] | None = None
        beside = pictures_dir().with_name("Maquette Exports")  # not among the originals
        self._folder = layout.value.export_folder or str(beside)
        self._is_built = False
        self._parts = self._build()

    def _build(self) -> Iterator[bool]:
        # In the order of the tab key, and with this as parent from the start: what gets another one
        # later is styled once more.
        self.list = PresetList(self._presets, self)
        self.keep, self.keep_new, self.revert = (button("quiet") for _ in range(3))
        for part in (self.revert, self.keep_new, self.keep):
            part.setParent(self)
        yield True
        self.editor = PresetEditor(self)
        while self.editor.build_part():
            yield True
        self.preview = ExportPreview(self._tasks, self)
        self.outside = LeftOutPanel(self)
        yield True
        self.heading, self.changed_words = label("title"), label("hint")
        self.folder = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle)
        self.choose_folder = button("tall")
        self._folder_word, self.summary = label(), label("muted")
        self.cancel, self.go = button("tall"), button("primary")
        self._lay_out()
        yield True
        self._connect()
        available = self.screen().availableGeometry()
        self.resize(min(SIZE[0], available.width() - 48), min(SIZE[1], available.height() - 64))
        yield True
        self._is_built = True
        self.retranslate()
        yield True
        self._begin()

    # --- layout ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.list.setFixedWidth(LEFT)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.heading)
        head.addWidget(self.changed_words)
        head.addStretch(1)
        for part in (self.revert, self.keep_new, self.keep):
            head.addWidget(part)
        middle = QVBoxLayout()
        middle.setSpacing(4)
        middle.addLayout(head)
        middle.addWidget(self.editor, 1)
        side = QWidget(self)
        side.setFixedWidth(RIGHT)
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(8)
        right.addWidget(self.preview)
        right.addWidget(self.outside, 100)
        right.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(8)
        columns.addWidget(self.list)
        columns.addLayout(middle, 1)
        columns.addWidget(side)
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addWidget(self._folder_word)
        where.addWidget(self.folder, 1)
        where.addWidget(self.choose_folder)
        where.addSpacing(16)
        where.addWidget(self.summary)
        where.addSpacing(16)
        where.addWidget(self.cancel)
        where.addWidget(self.go)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 12, 12, 12)
        outer.setSpacing(12)
        outer.addLayout(columns, 1)
        outer.addLayout(where)

    def _connect(self) -> None:
        self.list.chosen.connect(self._chosen)
        self.editor.changed.connect(self._edited)
        self.keep.clicked.connect(self._keep)
        self.keep_new.clicked.connect(self._keep_new)
        self.revert.clicked.connect(self._revert)
        self.choose_folder.clicked.connect(self._ask_folder)
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self.start)
        self.finished.connect(self._stop)
        self._settings.changed.connect(self._measure)

    def _begin(self) -> None:
        last = self._layout.value.export_preset
        if last:
            self.list.choose(last)
        if not self._presets.value.loaded:
            self._presets.load()
        elif self.list.current is not None:
            self._chosen(self.list.current)
        self._sorting = self._tasks.start(self._sort_out())

    async def _sort_out(self) -> None:
        good, left_out = await sort_out(self._pictures)
        self._good = tuple(good)
        self.outside.show_left_out(left_out)
        self.preview.show_picture(good[0] if good else None)
        self._edited(self.editor.preset)

    # --- presets --------------------------------------------------------------------------------

    @property
    def preset(self) -> ExportPreset:
        """As what the pictures go out."""
        return self.editor.preset

    def _chosen(self, preset: ExportPreset) -> None:
        draft = self._drafts.get(preset.name)
        if draft == preset:
            del self._drafts[preset.name]
        shown = self._drafts.get(preset.name, preset)
        self.editor.show_preset(shown)
        self._edited(shown)

    def _edited(self, preset: ExportPreset) -> None:
        kept = self._presets.value.find(preset.name)
        if kept is not None and kept != preset:
            self._drafts[preset.name] = preset
        else:
            self._drafts.pop(preset.name, None)
        self.preview.show_preset(preset)
        shown = examples(preset, self._good, EXAMPLES, self._boards)
        self._problem = shown.problem
        self.editor.names.show_examples(shown.names, translate_sentence(shown.problem))
        self._measure()
        self._render()

    def _keep(self) -> None:
        self._presets.keep(self.preset)

    def _keep_new(self) -> None:
        taken = {known.name for known in self._presets.value.presets}
        preset, old = self.preset, self.preset.name
        self._drafts.pop(old, None)
        self._presets.keep(msgspec.structs.replace(preset, name=free_name(old, taken)))

    def _revert(self) -> None:
        kept = self._presets.value.find(self.preset.name)
        if kept is not None:
            self.editor.show_preset(kept)
            self._edited(kept)

    # --- where and how much ---------------------------------------------------------------------

    def set_folder(self, folder: str) -> None:
        """Where the files go."""
        self._folder = folder
        self._render()

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Where the files go"), self._folder)
        if chosen:
            self.set_folder(chosen)

    def _measure(self, *_: object) -> None:
        self._stop_measuring()
        self._bytes = None
        if self.may_start:
            self._measuring = self._tasks.start(self._measure_one(self.preset, self._good[0]))

    def _stop(self) -> None:
        """Nobody waits any more for what is still being looked at."""
        self._stop_measuring()
        self.preview.stop()
        self._sorting.cancel()

    def _stop_measuring(self, *_: object) -> None:
        if self._measuring is not None:
            self._measuring.cancel()
            self._measuring = None

    async def _measure_one(self, preset: ExportPreset, picture: GalleryPicture) -> None:
        marking = self._settings.value.marking
        self._bytes = await measured(self._measurer, preset, picture, marking)
        self._render()

    # --- start ----------------------------------------------------------------------------------

    @property
    def may_start(self) -> bool:
        """Whether there is something to export, and every field makes sense."""
        loaded = bool(self.preset.name)
        return loaded and bool(self._good) and self.editor.is_complete and not self._problem

    def start(self) -> None:
        """Begin the export and close."""
        if not self.may_start:
            return
        preset = self.preset
        self._layout.update(export_preset=preset.name, export_folder=self._folder)
        self._exports.start(preset, self._pictures, Path(self._folder), self._boards)
        self.accept()

    # --- showing --------------------------------------------------------------------------------

    def _render(self) -> None:
        preset = self.preset
        draft = preset.name in self._drafts
        self.heading.setText(self._called(preset.name))
        self.changed_words.setText(self.tr("changed for this export") if draft else "")
        for part in (self.keep, self.keep_new, self.revert):
            part.setVisible(draft)
        self.keep.setEnabled(self.may_start or not self._good)
        self.folder.set_text(self._folder)
        self.go.setEnabled(self.may_start)
        files = len(self._good) * len(preset.sizes)
        text = self.tr("{n} files").format(n=files)
        if files == 1:
            text = self.tr("1 file")
        if not self._good:
            text = self.tr("None of these pictures can be exported")
        elif self._bytes is not None:
            size = file_size(self._bytes * len(self._good))
            text = self.tr("{files}, about {size}").format(files=text, size=size)
        self.summary.setText(text)
        self.summary.setToolTip(
            self.tr("Going by the first picture, whose files were made to measure them.")
            if self._bytes is not None
            else ""
        )

    def _called(self, preset: str) -> str:
        return preset_words(preset) if preset in self._presets.value.shipped else preset

    def retranslate(self) -> None:
        if not self._is_built:
            return
        count = len(self._pictures)
        title = self.tr("Export {n} pictures") if count != 1 else self.tr("Export {n} picture")
        self.setWindowTitle(title.format(n=count))
        self._folder_word.setText(self.tr("To"))
        self.choose_folder.setText(self.tr("Choose…"))
        name(self.choose_folder, self.tr("Choose where the files go"))
        self.folder.setAccessibleName(self.tr("Where the files go"))
        self.revert.setText(self.tr("Discard changes"))
        self.keep.setText(self.tr("Save preset"))
        self.keep_new.setText(self.tr("Save as new"))
        self.cancel.setText(self.tr("Cancel"))
        self.go.setText(self.tr("Export"))
        self._edited(self.preset)
