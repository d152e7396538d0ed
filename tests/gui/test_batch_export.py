"""The dialog of batch export and the panel of its runs, with real widgets and real preset files."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from maquette.core.export_preset import (
    Collision,
    ExportPreset,
    ExportSize,
    Fit,
    ListKind,
    Rendition,
    SheetKind,
)
from maquette.core.export_run import ExportItem, ExportRun, ItemState, RunState
from maquette.core.gallery import GalleryPicture
from maquette.core.marking import FileFormat, Marking
from maquette.core.recipe import ModelRef, Recipe
from maquette.core.record import Record, SourceType, record_id_for
from maquette.core.settings import Settings
from maquette.engine.marker import ExportedFile
from maquette.gui.export.dialog import BatchExportDialog
from maquette.gui.export.runs_panel import RunsPanel
from maquette.gui.language import Language
from maquette.gui.theme import apply_theme, prepare
from maquette.library.exports.presets import load_presets, save_preset
from maquette.state.batch_exports import RunList, ShownRun
from maquette.state.export_presets import ExportPresets
from maquette.state.notices import Notices
from maquette.state.session import Layout
from maquette.state.settings import SettingsStore
from maquette.state.store import Store
from maquette.state.tasks import Tasks

# What the offscreen platform cannot do with a dialog's window.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

MINE = ExportPreset(
    name="Mine",
    format=FileFormat.WEBP,
    sizes=(ExportSize(name="a", width=400, height=300, fit=Fit.PAD, background="#102030"),),
    quality=77,
    target_kib=300,
    dpi=150,
    template="{n}-{id}{size}",
    collision=Collision.SKIP,
    with_recipe=True,
    lists=(ListKind.JSON,),
)


def make_picture(folder: Path, seed: int, *, ours: bool = True) -> GalleryPicture:
    recipe = Recipe(
        prompt="a red mug", seed=seed, width=320, height=256, steps=2, guidance_scale=4.0,
        model=ModelRef("maquette-mini"),
    )  # fmt: skip
    record = Record(
        id=record_id_for(recipe), recipe=recipe, created="2026-11-22T04:00:00+00:00",
        tool="Maquette 0.5", source_type=SourceType.GENERATED, width=320, height=256,
    )  # fmt: skip
    path = folder / f"{seed}.png"
    Image.new("RGB", (320, 256), (200, 40, seed % 256)).save(path)
    return GalleryPicture(
        id=seed, path=path, record=record if ours else None, created=record.created, width=320,
        height=256, file_bytes=1, file_sha256="", boards=(1,),
    )  # fmt: skip


class Exports:
    """Notes what is started, and has runs to be shown."""

    def __init__(self) -> None:
        self.runs = Store(RunList())
        self.asked: list[tuple[Any, ...]] = []

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *arguments: self.asked.append((name, *arguments))


class Measurer:
    async def export(
        self, source: Path, record: Record, rendition: Rendition, marking: Marking
    ) -> ExportedFile:
        return ExportedFile(file=b"x" * 100_000, record=None, mark=None)  # type: ignore[arg-type]


class Bench:
    """A dialog and what it stands on."""

    def __init__(self, home: Path, driver: Any) -> None:
        self.driver = driver
        self.folder = home / "export-presets"
        self.errors: list[BaseException] = []
        self.tasks = Tasks(self.errors.append)
        self.exports: Any = Exports()
        self.layout = Store(Layout(export_preset="Mine", export_folder=str(home / "out")))
        self.settings = SettingsStore(Settings(), home / "settings.json", pytest.fail)
        self.presets = ExportPresets(self.folder, Notices(), self.tasks)
        self.dialog: Any = None

    def open(self, pictures: list[GalleryPicture]) -> BatchExportDialog:
        self.dialog = BatchExportDialog(
            pictures,
            presets=self.presets,
            exports=self.exports,
            measurer=Measurer(),
            boards={1: "Nordlys"},
            settings=self.settings,
            layout=self.layout,
            tasks=self.tasks,
        )
        while self.dialog.build_part():
            self.driver.settle(0)
        self.dialog.show()
        self.driver.until(lambda: self.dialog.list.current is not None)
        return self.dialog

    def kept(self, name: str) -> ExportPreset | None:
        """The preset of this name, as another program would read it."""
        presets, problems = load_presets(self.folder)
        assert problems == []
        return next((preset for preset in presets if preset.name == name), None)

    def close(self) -> None:
        if self.dialog is not None:
            self.dialog.close()
            self.dialog.deleteLater()
        self.driver.run(self.tasks.stop())
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        assert self.errors == []


@pytest.fixture
def bench(tmp_path: Path, driver: Any, qapp: QApplication) -> Iterator[Bench]:
    prepare(qapp)
    apply_theme(qapp, "dark")
    save_preset(tmp_path / "export-presets", MINE)
    made = Bench(tmp_path, driver)
    yield made
    made.close()


@pytest.fixture
def dialog(bench: Bench, tmp_path: Path) -> BatchExportDialog:
    return bench.open([make_picture(tmp_path, seed) for seed in range(3)])


def names_shown(dialog: BatchExportDialog) -> list[str]:
    return [words.whole for words in dialog.editor.names.examples if words.isVisibleTo(dialog)]


def test_the_last_preset_is_there_with_every_field(dialog):
    assert dialog.preset == MINE
    dialog.editor.format.changed.emit()  # the fields are read back
    assert dialog.preset == MINE
    assert not dialog.keep.isVisible()


def test_every_shipped_preset_survives_being_shown(bench, dialog):
    for preset in bench.presets.value.presets:
        dialog.list.choose(preset.name)
        dialog.editor.names.changed.emit()
        assert dialog.preset == preset


def test_examples_follow_the_template_as_it_is_typed(dialog):
    line = dialog.editor.names.template
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "{board}/mug{size}")
    assert names_shown(dialog) == [
        "Nordlys/mug-a.webp", "Nordlys/mug-a-2.webp", "Nordlys/mug-a-3.webp",
    ]  # fmt: skip
    dialog.editor.names.chips["seed"].click()
    assert names_shown(dialog)[1] == "Nordlys/mug-a1.webp"


def test_a_template_that_makes_no_sense_is_said_and_stops_the_export(bench, dialog):
    line = dialog.editor.names.template
    line.clear()
    QTest.keyClicks(line, "{colour}")
    assert "{colour}" in dialog.editor.names.problem.text()
    assert not dialog.go.isEnabled()
    dialog.start()
    assert bench.exports.asked == []


def test_a_frame_without_both_sides_stops_the_export(dialog):
    row = dialog.editor.sizes.rows[0]
    row.width_field.set_number(None)
    assert not dialog.go.isEnabled()
    assert row.width_field.property("invalid")
    row.fit.setCurrentIndex(row.fit.findData(Fit.FIT))
    assert dialog.go.isEnabled()


def test_a_side_is_emptied_with_the_keyboard(dialog):
    field = dialog.editor.sizes.rows[0].width_field
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert dialog.editor.sizes.sizes[0].width is None
    QTest.keyClicks(field, "640")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert dialog.editor.sizes.sizes[0].width == 640


def test_sizes_are_added_up_to_the_most_and_one_stays(dialog):
    sizes = dialog.editor.sizes
    while sizes.add.isEnabled():
        sizes.add.click()
    assert len(dialog.preset.sizes) == 8
    while sizes.rows[0].remove.isEnabled():
        sizes.rows[0].remove.click()
    assert len(dialog.preset.sizes) == 1


def test_what_is_changed_holds_for_the_export_and_is_kept_only_when_asked(bench, dialog):
    dialog.editor.format.quality.setValue(50)
    dialog.editor.papers.kinds[SheetKind.PDF].click()
    assert bench.kept("Mine") == MINE
    dialog.start()
    ((command, preset, pictures, folder, boards),) = bench.exports.asked
    assert command == "start"
    assert preset.quality == 50
    assert preset.sheet.kinds == (SheetKind.PDF,)
    assert (len(pictures), folder.name, boards) == (3, "out", {1: "Nordlys"})
    assert bench.layout.value.export_preset == "Mine"
    assert not dialog.isVisible()


def test_a_change_is_saved_as_a_new_preset(bench, dialog):
    dialog.editor.format.quality.setValue(50)
    dialog.keep_new.click()
    bench.driver.until(lambda: dialog.heading.text() == "Mine 2")
    assert bench.kept("Mine 2") == msgspec.structs.replace(MINE, name="Mine 2", quality=50)
    assert bench.kept("Mine") == MINE
    assert not dialog.keep.isVisible()


def test_a_change_is_saved_or_discarded(bench, dialog):
    dialog.editor.format.quality.setValue(50)
    dialog.revert.click()
    assert dialog.preset == MINE
    dialog.editor.format.quality.setValue(60)
    dialog.keep.click()
    bench.driver.until(lambda: not dialog.keep.isVisible())
    assert bench.kept("Mine") == msgspec.structs.replace(MINE, quality=60)


def test_a_change_is_there_again_after_a_look_at_another_preset(dialog):
    dialog.editor.format.quality.setValue(50)
    dialog.list.choose("Web")
    assert dialog.preset.name == "Web"
    dialog.list.choose("Mine")
    assert dialog.preset.quality == 50


def test_deleting_a_preset_can_be_undone(bench, dialog):
    QTest.keyClick(dialog.list.list, Qt.Key.Key_Delete)
    bench.driver.until(lambda: bench.kept("Mine") is None and dialog.list.undo.isVisible())
    dialog.list.undo.click()
    bench.driver.until(lambda: bench.kept("Mine") == MINE)
    bench.driver.until(lambda: dialog.preset == MINE)


def test_what_ships_cannot_be_deleted_but_a_change_of_it_can(bench, dialog):
    dialog.list.choose("Web")
    assert not dialog.list.remove.isEnabled()
    shipped = dialog.preset
    dialog.editor.format.quality.setValue(11)
    dialog.keep.click()
    bench.driver.until(lambda: dialog.list.remove.isEnabled())
    dialog.list.remove.click()
    bench.driver.until(lambda: dialog.preset == shipped)


def test_a_preset_is_renamed_in_the_list(bench, dialog):
    item = dialog.list.list.currentItem()
    item.setText("  Delivery   for Nordlys ")
    bench.driver.until(lambda: bench.kept("Delivery for Nordlys") is not None)
    bench.driver.until(lambda: dialog.heading.text() == "Delivery for Nordlys")
    assert bench.kept("Mine") is None


def test_presets_of_others_come_in_and_go_out_as_files(bench, dialog, tmp_path):
    target = tmp_path / "mine.json"
    bench.presets.give_away(MINE, target)
    bench.driver.until(target.exists)
    bench.presets.take_in(target)
    bench.driver.until(lambda: bench.kept("Mine 2") is not None)
    bench.driver.until(lambda: dialog.heading.text() == "Mine 2")


def test_what_cannot_be_exported_is_left_out_with_the_reason(bench, tmp_path):
    gone = make_picture(tmp_path, 5)
    gone.path.unlink()
    dialog = bench.open([make_picture(tmp_path, 1), make_picture(tmp_path, 2, ours=False), gone])
    bench.driver.until(lambda: dialog.outside.isVisible())
    assert "2.png is not known to be made here" in dialog.outside.reasons.text()
    assert "5.png is no longer where it was saved" in dialog.outside.reasons.text()
    assert dialog.summary.text().startswith("1 file")


def test_a_dialog_that_is_closed_at_once_leaves_nothing_behind(bench, tmp_path):
    dialog = bench.open([make_picture(tmp_path, seed) for seed in range(3)])
    dialog.preview.show_preset(dialog.preset)
    bench.driver.settle(0.13)  # the preview is being made
    dialog.reject()
    dialog.deleteLater()
    bench.dialog = None
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    bench.driver.settle(0.3)
    assert bench.errors == []


def test_nothing_to_export_is_said(bench, tmp_path):
    dialog = bench.open([make_picture(tmp_path, 2, ours=False)])
    bench.driver.until(lambda: not dialog.go.isEnabled())
    assert dialog.summary.text() == "None of these pictures can be exported"


def test_the_size_is_measured_on_one_picture(bench, dialog):
    bench.driver.until(lambda: "about" in dialog.summary.text())
    assert dialog.summary.text() == "3 files, about 300 KB"


def test_the_preview_shows_the_frame_and_its_border(bench, dialog):
    bench.driver.until(lambda: dialog.preview.view.image is not None)
    assert dialog.preview.words.text() == "400 × 300 pixels"
    image = dialog.preview.view.image
    assert image.pixelColor(2, 2).name() == "#102030"
    assert image.pixelColor(image.width() // 2, image.height() // 2).red() > 180


def test_a_print_profile_that_cannot_be_used_is_said(bench, dialog, tmp_path):
    profile = tmp_path / "shop.icc"
    profile.write_bytes(b"no profile")
    bench.driver.until(lambda: dialog.preview.view.image is not None)
    dialog.editor.colour.set_proof(str(profile))
    bench.driver.until(lambda: "shop.icc" in dialog.preview.words.text())


def test_the_generic_print_is_simulated_without_a_file(bench, dialog):
    bench.driver.until(lambda: dialog.preview.view.image is not None)
    before = dialog.preview.view.image
    dialog.editor.colour.coated.trigger()
    assert dialog.preset.proof_profile == "generic-coated"
    bench.driver.until(lambda: dialog.preview.view.image not in (None, before))
    assert dialog.preview.words.text() == "400 × 300 pixels"
    dialog.editor.colour.clear_proof.click()
    assert dialog.preset.proof_profile == ""


def test_the_language_changes_while_the_dialog_is_open(bench, dialog, qapp):
    language = Language(qapp)
    dialog.editor.format.quality.setValue(50)
    language.apply("zh_CN")
    try:
        bench.driver.until(lambda: dialog.go.text() == "导出")
        assert dialog.preset.quality == 50
        assert dialog.preset == msgspec.structs.replace(MINE, quality=50)
        dialog.editor.names.changed.emit()  # the fields are read back
        assert dialog.preset == msgspec.structs.replace(MINE, quality=50)
    finally:
        language.apply("en")


# --- the panel of runs --------------------------------------------------------------------------


def shown_run(folder: Path, **changes: Any) -> ShownRun:
    counts = changes.pop("counts", {ItemState.DONE: 12, ItemState.WAITING: 24})
    run = ExportRun(
        id=1, created="2026-11-22T04:00:00+00:00", preset=MINE, marking=Marking(),
        folder=folder, state=changes.pop("state", RunState.OPEN), counts=counts,
    )  # fmt: skip
    return ShownRun(run=run, counts=counts, **changes)


@pytest.fixture
def panel(bench: Bench) -> Iterator[RunsPanel]:
    made = RunsPanel(bench.exports)
    yield made
    made.close()
    made.deleteLater()


def test_the_panel_is_there_while_there_are_runs(bench, panel, tmp_path):
    assert not panel.isVisible()
    bench.exports.runs.replace(RunList((shown_run(tmp_path, active=True, seconds_left=30.0),)))
    assert panel.isVisible()
    row = panel.rows[1]
    bench.driver.settle()
    assert panel.sizeHint().height() < 4 * row.sizeHint().height()  # no room for nothing
    assert row.words.whole == "12 of 36 files · 30 s left"
    row.pause.click()
    row.cancel.click()
    assert bench.exports.asked == [("pause", 1), ("cancel", 1)]
    bench.exports.runs.replace(RunList())
    assert not panel.isVisible()


def test_an_interrupted_run_is_resumed_or_forgotten(bench, panel, tmp_path):
    bench.exports.runs.replace(RunList((shown_run(tmp_path),)))
    row = panel.rows[1]
    assert row.resume.isVisible()
    assert row.forget.isVisible()
    assert not row.pause.isVisible()
    row.resume.click()
    row.forget.click()
    assert bench.exports.asked == [("resume", 1), ("forget", 1)]


def test_a_run_at_its_end_tells_what_could_not_be_made(bench, panel, tmp_path):
    failed = ExportItem(
        number=3, picture_id=3, source=tmp_path / "3.png", source_sha256="", record=None,
        size=ExportSize(), name="3.webp", state=ItemState.FAILED,
        message="The file 3.png is no longer where it was saved; put it back or leave it out.",
    )  # fmt: skip
    counts = {ItemState.DONE: 35, ItemState.FAILED: 1}
    done = shown_run(tmp_path, state=RunState.DONE, counts=counts, failures=(failed,))
    bench.exports.runs.replace(RunList((done,)))
    row = panel.rows[1]
    assert row.words.whole == "35 files · 1 could not be made"
    row.failures.head.click()
    assert "3.png is no longer" in row.reasons.text()
    row.retry.click()
    row.dismiss.click()
    assert bench.exports.asked == [("retry", 1), ("dismiss", 1)]
