"""A real picture loses all but its pixels, and `maquette verify` still names its recipe."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import msgspec
import pytest
from PIL import Image
from PySide6.QtGui import QImage

from maquette.cli.main import main
from maquette.core.export_preset import ExportSize, Rendition
from maquette.core.marking import FileFormat, Marking
from maquette.core.paths import ledger_file, library_file, pictures_dir
from maquette.core.recipe import Recipe
from maquette.library.archive import Archive
from maquette.library.writer import Writer, write_export
from maquette.provenance.export import export

Verify = Callable[[Path], dict[str, Any]]

SCREENSHOTS = """
import sys
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QLabel

app = QApplication(sys.argv)
window = QLabel()
window.setPixmap(QPixmap(sys.argv[1]))
window.setAlignment(Qt.AlignmentFlag.AlignCenter)
window.setStyleSheet("background: #26282b")
window.resize(window.sizeHint() * 1.3)
window.show()

def shoot():
    screen = window.screen()
    place = window.geometry()
    assert screen.grabWindow(0, *place.getRect()).save(sys.argv[2])
    assert screen.grabWindow(0).save(sys.argv[3])
    app.quit()

QTimer.singleShot(300, shoot)
sys.exit(app.exec())
"""


@pytest.fixture(scope="module", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders for the tests of this module, the worker's too."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("home")
        patch.setenv("MAQUETTE_HOME", str(folder))
        yield folder


class Original(msgspec.Struct, frozen=True):
    """A picture as the library has it."""

    path: Path
    recipe: Recipe


@pytest.fixture(scope="module")
def original(own_engine: Any, recipe: Any) -> Original:
    """One picture of the built-in model, saved as the program does it."""
    wanted = recipe(width=512, height=384, seed=20261122)
    made = own_engine.run(own_engine.client.generate("job", "12AB34CD", wanted))
    with Archive.open(library_file(), ledger_file()) as archive:
        path = Writer(archive, pictures_dir()).save(
            made.record, made.file, made.mark, made.manifest
        )
    return Original(path, wanted)


@pytest.fixture
def verify(capsys: pytest.CaptureFixture[str]) -> Verify:
    """What `maquette verify --json` says of a file that it accepts."""

    def told(path: Path) -> dict[str, Any]:
        code = main(["verify", "--json", str(path)])
        output = capsys.readouterr()
        assert code == 0, output
        return json.loads(output.out)

    return told


def assert_recovered(report: dict[str, Any], original: Original) -> None:
    assert report["verdict"] == "recovered_by_watermark"
    assert report["recipe"]["prompt"] == original.recipe.prompt
    assert report["recipe"]["seed"] == original.recipe.seed
    assert report["known_path"] == str(original.path)
    assert "its watermark and its looks agree with the ledger" in report["sentence"]
    assert "its signed manifest and its labels were removed" in report["sentence"]


def bare(path: Path) -> Image.Image:
    """The pixels, without what Pillow would carry from one file to the next."""
    with Image.open(path) as image:
        return Image.frombytes("RGB", image.size, image.convert("RGB").tobytes())


def by_pillow(source: Path, target: Path) -> None:
    bare(source).save(target, quality=85)  # which PNG has not, and Pillow knows that


def by_opencv(source: Path, target: Path) -> None:
    pixels = cv2.imread(str(source))
    assert pixels is not None
    assert cv2.imwrite(str(target), pixels)


def by_qt(source: Path, target: Path) -> None:
    image = QImage(str(source))
    for key in image.textKeys():
        image.setText(key, "")
    assert image.save(str(target))


def by_messenger(source: Path, target: Path) -> None:
    """As WhatsApp does it: 1600 pixels along the longer side, JPEG 75."""
    image = bare(source)
    scale = 1600 / max(image.size)
    size = (round(image.width * scale), round(image.height * scale))
    image.resize(size, Image.Resampling.LANCZOS).save(target, quality=75)


@pytest.mark.parametrize(
    ("resave", "suffix"),
    [
        (by_pillow, ".png"),
        (by_pillow, ".jpg"),
        (by_opencv, ".png"),
        (by_opencv, ".jpg"),
        (by_qt, ".png"),
        (by_qt, ".jpg"),
        (by_messenger, ".jpg"),
    ],
)
def test_a_copy_without_any_text_still_names_its_recipe(
    resave: Callable[[Path, Path], None],
    suffix: str,
    original: Original,
    verify: Verify,
    tmp_path: Path,
) -> None:
    copy = tmp_path / f"copy{suffix}"
    resave(original.path, copy)
    report = verify(copy)
    assert_recovered(report, original)
    scaled = [line for line in report["history"] if "scaled" in line]
    assert bool(scaled) == (resave is by_messenger)


@pytest.mark.skipif(sys.platform != "linux", reason="X servers are for Linux")
def test_screenshots_at_125_percent_still_name_the_recipe(
    original: Original, verify: Verify, tmp_path: Path, display: str
) -> None:
    window, screen = tmp_path / "window.png", tmp_path / "screen.png"
    environment = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_SCALE_FACTOR": "1.25"}
    subprocess.run(
        [sys.executable, "-c", SCREENSHOTS, str(original.path), str(window), str(screen)],
        env=os.environ | environment,
        check=True,
        timeout=120,
    )
    sizes = []
    for path in (window, screen):
        report = verify(path)
        assert_recovered(report, original)
        assert report["geometry"]["scale_x"] == pytest.approx(1.25, rel=0.01)
        around = "The picture that was saved is in it, with something around it."
        assert around in [line["sentence"] for line in report["evidence"]]
        sizes.append((report["width"], report["height"]))
    assert sizes[0] == pytest.approx((832, 624), abs=2)
    assert sizes[1] == (1440, 900)


def test_a_large_export_sent_by_messenger_still_names_the_recipe(
    original: Original, verify: Verify, tmp_path: Path
) -> None:
    """Here the messenger makes the picture smaller, which costs the mark more."""
    with Archive.open(library_file(), ledger_file()) as archive:
        (entry,) = archive.library.find_record("12AB34CD")
        sealed = export(
            entry.path.read_bytes(),
            entry.record,
            Marking(),
            Rendition(
                format=FileFormat.JPEG,
                quality=90,
                size=ExportSize(width=2400, height=2400, upscale=True),
            ),
        )
        exported = tmp_path / "export.jpg"
        write_export(archive, exported, sealed.record, sealed.file, sealed.mark, sealed.manifest)
    copy = tmp_path / "copy.jpg"
    by_messenger(exported, copy)
    report = verify(copy)
    assert report["verdict"] == "recovered_by_watermark"
    assert report["recipe"]["seed"] == original.recipe.seed
