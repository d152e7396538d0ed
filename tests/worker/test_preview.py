"""Previews: small pictures of latents."""

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from maquette.core.model_info import ModelFamily
from maquette.worker.preview import Projection, known_projection, load_projection

CPU = torch.device("cpu")


def test_each_latent_cell_becomes_a_patch_of_pixels() -> None:
    # One channel; a value v becomes red v/10 at the patch's upper left, green at its lower right.
    weight = torch.zeros(12, 1)
    weight[0] = 0.1  # channel 0, pixel (0, 0)
    weight[4 + 3] = 0.1  # channel 1, pixel (1, 1)
    preview = Projection(weight, torch.zeros(12), 2)(torch.tensor([[[0.0, 10.0], [5.0, 20.0]]]))
    assert preview.shape == (4, 4, 3)
    assert preview.dtype == np.uint8
    assert preview[:, :, 0].tolist() == [
        [0, 0, 255, 0],
        [0, 0, 0, 0],
        [128, 0, 255, 0],
        [0, 0, 0, 0],
    ]
    assert preview[3, 3].tolist() == [0, 255, 0]


def test_half_precision_latents_are_fine() -> None:
    projection = known_projection(ModelFamily.SD1, 4, CPU)
    assert projection
    assert projection(torch.zeros(4, 3, 5, dtype=torch.bfloat16)).shape == (3, 5, 3)


def test_a_grey_latent_is_grey() -> None:
    projection = known_projection(ModelFamily.SD1, 4, CPU)
    assert projection
    assert projection(torch.zeros(4, 1, 1)).tolist() == [[[128, 128, 128]]]


@pytest.mark.parametrize(
    ("family", "channels"), [(ModelFamily.MINI, 4), (ModelFamily.SD1, 16), (ModelFamily.MINI, 8)]
)
def test_unknown_latents_have_no_preview(family: ModelFamily, channels: int) -> None:
    assert known_projection(family, channels, CPU) is None


def write(folder: Path, rows: int, channels: int, patch: str) -> None:
    tensors = {"weight": torch.zeros(rows, channels), "bias": torch.full((rows,), 0.5)}
    save_file(tensors, folder / "preview.safetensors", metadata={"patch": patch})


def test_a_models_own_projection_is_read(tmp_path: Path) -> None:
    write(tmp_path, 48, 8, "4")
    projection = load_projection(tmp_path, 8, CPU)
    assert projection
    assert projection(torch.zeros(8, 2, 2)).shape == (8, 8, 3)


@pytest.mark.parametrize(
    ("rows", "channels", "patch"), [(48, 8, "3"), (48, 4, "4"), (48, 8, "x"), (0, 8, "0")]
)
def test_a_projection_that_does_not_fit_is_left_out(
    tmp_path: Path, rows: int, channels: int, patch: str
) -> None:
    write(tmp_path, rows, channels, patch)
    assert load_projection(tmp_path, 8, CPU) is None


def test_a_broken_or_missing_projection_is_left_out(tmp_path: Path) -> None:
    assert load_projection(tmp_path, 8, CPU) is None
    (tmp_path / "preview.safetensors").write_bytes(b"\x80\x02 pickle")
    assert load_projection(tmp_path, 8, CPU) is None
