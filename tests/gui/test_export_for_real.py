"""From the grid to the client's folder with everything real: window, list of runs, markers."""

import csv
from pathlib import Path

import pytest
from PIL import Image

from maquette.core.export_preset import ContactSheet, ExportPreset, ExportSize, ListKind, SheetKind
from maquette.core.export_run import RunState
from maquette.gui.export.dialog import BatchExportDialog
from maquette.library.exports.presets import save_preset
from maquette.provenance.metadata import read_image

# What the offscreen platform cannot do with a dialog's window.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

PRESET = ExportPreset(
    name="Delivery",
    sizes=(ExportSize(name="large"), ExportSize(name="small", width=128, height=128)),
    sheet=ContactSheet(kinds=(SheetKind.PDF, SheetKind.PNG), title="Espresso mug"),
    lists=(ListKind.CSV,),
)
LIMIT = 90.0  # seconds; the marker's process imports OpenCV first, on a busy machine perhaps


@pytest.fixture
def desk(maquette_home, open_desk):
    save_preset(maquette_home / "config" / "export-presets", PRESET)
    return open_desk()


def make_pictures(desk, count: int) -> None:
    for _ in range(count):
        desk.press("new_seed")
        desk.press("generate")
    pictures = desk.home / "Pictures"
    desk.driver.until(lambda: len(list(pictures.rglob("*.png"))) == count)


def open_dialog(desk, folder: Path, count: int = 2) -> BatchExportDialog:
    desk.press("go_library")
    page = desk.window.library
    view = desk.studio.library.browser.view
    desk.driver.until(lambda: len(view.value.answer.ids) == count)
    page.grid.selectAll()
    desk.driver.until(desk.window.actions_by_name["library_export"].isEnabled)
    desk.press("library_export")
    desk.driver.until(
        lambda: any(found.isVisible() for found in page.findChildren(BatchExportDialog))
    )
    (dialog,) = page.findChildren(BatchExportDialog)
    dialog.list.choose("Delivery")
    dialog.set_folder(str(folder))
    desk.driver.until(dialog.go.isEnabled)
    return dialog


def test_a_selection_goes_out_with_lists_and_sheets(desk, tmp_path):
    make_pictures(desk, 2)
    dialog = open_dialog(desk, tmp_path / "client")
    dialog.go.click()
    runs = desk.studio.batch_exports.runs
    desk.driver.until(
        lambda: runs.value.runs and runs.value.runs[0].run.state is RunState.DONE, LIMIT
    )
    (shown,) = runs.value.runs
    assert (shown.done, shown.total, shown.failures) == (4, 4, ())
    files = sorted((tmp_path / "client").glob("*.jpg"))
    assert len(files) == 4
    records = [found[1].record for found in map(read_image, files)]
    assert len({record.id for record in records if record}) == 2
    assert None not in records
    sizes = {max(found[0].shape) for found in map(read_image, files)}
    assert sizes == {256, 128}
    (listed,) = (tmp_path / "client").glob("*.csv")
    with listed.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert sorted(row["name"] for row in rows) == [path.name for path in files]
    assert {row["prompt"] for row in rows} == {""}  # the preset leaves recipes out
    (sheet,) = (tmp_path / "client").glob("*.pdf")
    assert sheet.read_bytes().startswith(b"%PDF-")
    (page,) = (tmp_path / "client").glob("*.png")
    with Image.open(page) as image:
        assert image.width == 1240
    assert desk.window.library.runs.isVisible()
    row = desk.window.library.runs.rows[shown.run.id]
    assert row.words.whole.startswith("4 files")


def test_closing_the_window_in_the_middle_leaves_a_run_to_resume(desk, open_desk, tmp_path):
    make_pictures(desk, 6)
    dialog = open_dialog(desk, tmp_path / "client", 6)
    dialog.go.click()
    runs = desk.studio.batch_exports.runs
    desk.driver.until(lambda: runs.value.runs and runs.value.runs[0].active)
    desk.close()
    there = len(list((tmp_path / "client").glob("*.jpg")))
    assert there < 12
    again = open_desk()
    exports = again.studio.batch_exports
    again.driver.until(lambda: exports.runs.value.runs)
    assert "interrupted" in again.notice
    (shown,) = exports.runs.value.runs
    exports.resume(shown.run.id)
    again.driver.until(lambda: exports.find(shown.run.id).run.state is RunState.DONE, LIMIT)
    assert len(list((tmp_path / "client").glob("*.jpg"))) == 12
