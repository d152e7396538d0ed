"""A model folder's manifest: damage is named, and a strange manifest cannot reach outside."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from maquette.core.errors import ModelError
from maquette.core.model_manifest import check_manifest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "model"
    (place / "unet").mkdir(parents=True)
    (place / "unet" / "weights.safetensors").write_bytes(b"weights")
    (place / "model_index.json").write_bytes(b"{}")
    files = {
        path.relative_to(place).as_posix(): {
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "size": path.stat().st_size,
        }
        for path in place.rglob("*")
        if path.is_file()
    }
    (place / "manifest.json").write_text(json.dumps({"files": files}))
    return place


def test_a_whole_folder_passes_and_one_without_a_manifest_is_not_checked(
    folder: Path, tmp_path: Path
) -> None:
    assert check_manifest(folder) is True
    assert check_manifest(tmp_path) is False


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda path: path.write_bytes(b"Weights"), "has been changed"),
        (lambda path: path.write_bytes(b"weigh"), "has another size"),
        (lambda path: path.unlink(), "is missing"),
    ],
)
def test_damage_is_named(folder: Path, harm: Callable[[Path], object], said: str) -> None:
    harm(folder / "unet" / "weights.safetensors")
    with pytest.raises(ModelError, match=rf"unet/weights\.safetensors {said}"):
        check_manifest(folder)


@pytest.mark.parametrize(
    "text",
    [
        "{",
        '{"files": 3}',
        '{"files": {"../secret": {"sha256": "", "size": 0}}}',
        '{"files": {"/etc/passwd": {"sha256": "", "size": 0}}}',
        '{"files": {"C:\\\\x": {"sha256": "", "size": 0}}}',
        '{"files": {"": {"sha256": "", "size": 0}}}',
        "[" * 100_000,
    ],
)
def test_a_strange_manifest_is_refused_in_a_sentence(folder: Path, text: str) -> None:
    (folder / "manifest.json").write_text(text)
    with pytest.raises(ModelError, match=r"fetch the model again\.$"):
        check_manifest(folder)
