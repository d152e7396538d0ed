"""A style and its LoRAs go anywhere as one file, and what comes out of one is looked at."""

import hashlib
import zipfile
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from maquette.core.errors import StyleError
from maquette.core.lora import LoraUse
from maquette.core.style import Style, StyleGroup, Words
from maquette.library.styles import style_files
from maquette.library.styles.carried_loras import LoraPlaces, loras_to_carry, take_loras
from maquette.library.styles.shelf import StyleShelf
from maquette.library.styles.style_files import lora_entry, read_style_file

MODULE = "lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_k"


def write_lora(path: Path, seed: int = 0) -> LoraUse:
    tensors = {
        f"{MODULE}.lora_down.weight": np.full((4, 256), seed, np.float16),
        f"{MODULE}.lora_up.weight": np.zeros((192, 4), np.float16),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(tensors, path)
    return LoraUse(path.stem, hashlib.sha256(path.read_bytes()).hexdigest(), 0.8)


def style(*loras: LoraUse) -> Style:
    return Style(
        id="inky",
        name=Words("Inky"),
        group=StyleGroup.INK,
        prompt=Words("ink, {prompt}"),
        loras=loras,
    )


class Computer:
    """One computer's folders."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.shelf = StyleShelf(folder / "styles")
        self.places = LoraPlaces((str(folder / "mine"),), folder / "loras", folder / "digests.json")


@pytest.fixture
def here(tmp_path: Path) -> Computer:
    return Computer(tmp_path / "here")


@pytest.fixture
def there(tmp_path: Path) -> Computer:
    return Computer(tmp_path / "there")


def test_a_style_is_taken_to_another_computer_with_its_lora(
    here: Computer, there: Computer, tmp_path: Path
) -> None:
    use = write_lora(here.folder / "mine" / "Ink wash.safetensors")
    file = tmp_path / "inky.maquette-style"
    assert here.shelf.give_away([style(use)], file, here.places) == ()
    again = tmp_path / "again.maquette-style"
    here.shelf.give_away([style(use)], again, here.places)
    assert again.read_bytes() == file.read_bytes()
    (found,) = read_style_file(file).styles
    taken = take_loras(file, [found.style], there.places)
    assert [path.name for path in taken.paths] == ["Ink-wash.safetensors"]
    digest = hashlib.sha256(taken.paths[0].read_bytes()).hexdigest()
    assert digest == found.style.loras[0].digest
    assert take_loras(file, [found.style], there.places).paths == ()  # it is at hand by now
    assert [path.name for path in there.places.folder.iterdir()] == ["Ink-wash.safetensors"]


def test_another_lora_of_the_same_name_stays(
    here: Computer, there: Computer, tmp_path: Path
) -> None:
    use = write_lora(here.folder / "mine" / "ink.safetensors")
    write_lora(there.places.folder / "ink.safetensors", seed=1)
    before = (there.places.folder / "ink.safetensors").read_bytes()
    file = tmp_path / "inky.maquette-style"
    here.shelf.give_away([style(use)], file, here.places)
    taken = take_loras(file, [style(use)], there.places)
    assert [path.name for path in taken.paths] == ["ink-2.safetensors"]
    assert (there.places.folder / "ink.safetensors").read_bytes() == before


def test_a_lora_that_is_not_at_hand_stays_behind_and_is_told(
    here: Computer, there: Computer, tmp_path: Path
) -> None:
    gone = LoraUse("Gone", "00" * 32)
    file = tmp_path / "inky.maquette-style"
    notices = here.shelf.give_away([style(gone)], file, here.places)
    assert notices == ("The LoRA Gone is not at hand and is not in the file.",)
    assert take_loras(file, [style(gone)], there.places).paths == ()


def test_one_that_is_too_large_stays_behind(
    here: Computer, monkeypatch: pytest.MonkeyPatch
) -> None:
    use = write_lora(here.folder / "mine" / "ink.safetensors")
    monkeypatch.setattr("maquette.library.styles.carried_loras.MAX_LORA", 100)
    files, notices = loras_to_carry([style(use)], here.places)
    assert files == {}
    assert "too large" in notices[0]


def carrying(file: Path, use: LoraUse, content: bytes) -> Path:
    """A file of a style that carries `content` as the LoRA `use`."""
    style_files.write_style_file(file, [style_files.FoundStyle(style(use))])
    with zipfile.ZipFile(file, "a") as zipped:
        zipped.writestr(lora_entry(use.digest), content)
    return file


def test_what_is_not_what_its_name_says_is_left_out(there: Computer, tmp_path: Path) -> None:
    use = LoraUse("Ink", "ab" * 32)
    file = carrying(tmp_path / "bad.maquette-style", use, b"something else")
    taken = take_loras(file, [style(use)], there.places)
    assert taken.paths == ()
    assert "is another one than its style names" in taken.notices[0]
    assert list(there.places.folder.iterdir()) == []


def test_what_is_no_lora_is_left_out(there: Computer, tmp_path: Path) -> None:
    content = b"\x80\x04pickle" * 100
    use = LoraUse("Ink", hashlib.sha256(content).hexdigest())
    file = carrying(tmp_path / "bad.maquette-style", use, content)
    taken = take_loras(file, [style(use)], there.places)
    assert taken.paths == ()
    assert taken.notices
    assert list(there.places.folder.iterdir()) == []


def test_sizes_are_bounded_before_anything_is_written(
    there: Computer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use = LoraUse("Ink", "ab" * 32)
    file = carrying(tmp_path / "big.maquette-style", use, b"x" * 1000)
    monkeypatch.setattr("maquette.library.styles.carried_loras.MAX_LORA", 100)
    with pytest.raises(StyleError, match="unpacks to more"):
        take_loras(file, [style(use)], there.places)
    assert not list(there.places.folder.glob("*"))
