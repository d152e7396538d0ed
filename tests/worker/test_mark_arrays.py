"""The watermark's operations in torch give the mark that the processor gives."""

import cv2
import numpy as np
import pytest
import torch
from benchmarks.procedural import picture

from maquette.core.marking import Preset
from maquette.provenance.watermark.arrays import NumpyArrays
from maquette.provenance.watermark.detection import detect
from maquette.provenance.watermark.embedding import embed
from maquette.worker.mark_arrays import TorchArrays

RECORD = "7F3A91C2"


@pytest.fixture(params=["cpu", pytest.param("cuda", marks=pytest.mark.gpu)])
def tensors(request: pytest.FixtureRequest) -> TorchArrays:
    if request.param == "cuda" and not torch.cuda.is_available():
        pytest.skip("there is no GPU")
    return TorchArrays(torch.device(request.param))


def test_every_operation_gives_what_the_processor_gives(tensors: TorchArrays) -> None:
    arrays = NumpyArrays()
    pixels = picture("landscape", 5, 203, 310)
    colours, luma = tensors.load(pixels), arrays.luma(pixels)
    plane = tensors.luma(colours)
    change = np.random.default_rng(1).normal(0, 9, luma.shape).astype(np.float32)
    there = torch.from_numpy(change)

    def near(tensor: torch.Tensor, array: np.ndarray, tolerance: float = 0.01) -> bool:
        return bool(np.abs(tensor.cpu().numpy() - array).max() <= tolerance)

    assert near(plane, luma)
    assert near(tensors.shifted(colours, there.to(plane.device)), arrays.shifted(pixels, change))
    assert near(tensors.brightened(colours, 1.2), arrays.brightened(pixels, 1.2), 1)
    assert near(tensors.blurred(plane, 4.5), arrays.blurred(luma, 4.5))
    assert near(tensors.smoothed(plane, 15.0), arrays.smoothed(luma, 15.0), 0.2)
    assert near(tensors.shrunk(plane, 101, 180), arrays.shrunk(luma, 101, 180))
    assert near(tensors.stretched(plane, 500, 700), arrays.stretched(luma, 500, 700))
    assert tensors.median(plane) == pytest.approx(arrays.median(luma), abs=0.1)
    jpeg = np.abs(tensors.jpeg(plane, 50).cpu().numpy() - arrays.jpeg(luma, 50))
    assert jpeg.mean() < 0.25  # levels on which their roundings differ


def test_the_spectrum_is_the_same(tensors: TorchArrays) -> None:
    arrays = NumpyArrays()
    luma = arrays.luma(picture("landscape", 5, 203, 310))
    down, across = np.array([-31.4, 0.2, 88.9]), np.array([3.3, 120.7, 60.0])
    there = torch.from_numpy(luma).to(tensors.load(picture("sky", 0, 256, 256)).device)
    values = tensors.sample(tensors.spectrum(there, 432, 640, 9), down, across)
    expected = arrays.sample(arrays.spectrum(luma, 432, 640, 9), down, across)
    assert np.abs(values - expected).max() < 0.01


@pytest.mark.parametrize("kind", ["skin", "text", "noise"])
@pytest.mark.parametrize("preset", Preset)
def test_a_mark_made_by_tensors_is_read_and_is_as_weak(
    tensors: TorchArrays, kind: str, preset: Preset
) -> None:
    pixels = picture(kind, 1, 320, 448)
    here = embed(pixels, RECORD, preset=preset)
    there = embed(pixels, RECORD, preset=preset, arrays=tensors)
    assert there.verified
    assert there.psnr == pytest.approx(here.psnr, abs=0.5)
    difference = np.abs(here.pixels.astype(int) - there.pixels)
    assert difference.mean() < 0.2 * np.abs(here.pixels.astype(int) - pixels).mean()
    _, file = cv2.imencode(".jpg", there.pixels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 70])
    found = detect(cv2.imdecode(file, cv2.IMREAD_COLOR)[..., ::-1])
    assert found is not None
    assert found.record_id == RECORD
