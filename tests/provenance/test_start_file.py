"""What is kept of a start image's file: its record, and the file itself if it is signed."""

import io
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from maquette.core.marking import FileFormat, Marking
from maquette.core.pixels import Pixels
from maquette.core.record import Record
from maquette.provenance import start_file
from maquette.provenance.identity.opening import open_signer
from maquette.provenance.seal import seal
from maquette.provenance.signer_once import SignerOnce
from maquette.provenance.start_file import StartFile, read_start_file
from maquette.provenance.texts import RECORD_KEY, embedded


@pytest.fixture(scope="module")
def identity(tmp_path_factory: pytest.TempPathFactory) -> SignerOnce:
    open_quietly = partial(open_signer, find_keychain=lambda: None)
    return SignerOnce(tmp_path_factory.mktemp("identity"), open_quietly)


@pytest.mark.parametrize("file_format", FileFormat)
def test_a_signed_file_of_ours_goes_along_whole(
    file_format: FileFormat, scene: Pixels, record: Record, identity: SignerOnce, tmp_path: Path
) -> None:
    path = tmp_path / "start"
    file = seal(scene, record, Marking(), open_signer=identity, file_format=file_format).file
    path.write_bytes(file)
    assert read_start_file(path) == StartFile(record.id, file)


def test_without_a_manifest_the_record_is_enough(
    scene: Pixels, record: Record, tmp_path: Path
) -> None:
    path = tmp_path / "start.png"
    path.write_bytes(seal(scene, record, Marking()).file)
    assert read_start_file(path) == StartFile(record.id)


def test_a_large_signed_file_stays_behind_and_is_told(
    scene: Pixels,
    record: Record,
    identity: SignerOnce,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "start.png"
    path.write_bytes(seal(scene, record, Marking(), open_signer=identity).file)
    monkeypatch.setattr(start_file, "MAX_SENT", path.stat().st_size - 1)
    kept = read_start_file(path)
    assert (kept.record, kept.file) == (record.id, b"")
    assert kept.notice.startswith("start.png is larger than")


def odd_id(record: Record) -> bytes:
    """A stranger's file whose record has no id of ours."""
    text = embedded(msgspec.structs.replace(record, id="../../evil"), write_recipe=False)
    info = PngImagePlugin.PngInfo()
    info.add_itxt(RECORD_KEY, msgspec.json.encode(text).decode())
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "PNG", pnginfo=info)
    return buffer.getvalue()


def bitmap(_record: Record) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(np.zeros((8, 8, 3), np.uint8)).save(buffer, "BMP")
    return buffer.getvalue()


@pytest.mark.parametrize("make", [odd_id, bitmap, lambda _: b"no picture", lambda _: b""])
def test_what_says_nothing_of_itself_is_nothing(
    make: Callable[[Record], bytes], record: Record, tmp_path: Path
) -> None:
    path = tmp_path / "start.png"
    path.write_bytes(make(record))
    assert read_start_file(path) == StartFile()


def test_a_file_that_is_not_there_is_nothing(tmp_path: Path) -> None:
    assert read_start_file(tmp_path / "gone.png") == StartFile()
    assert read_start_file(tmp_path) == StartFile()
    assert read_start_file(Path("a\0b")) == StartFile()
