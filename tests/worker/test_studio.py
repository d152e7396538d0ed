"""The maker of images: memory that runs out, cancelling inside networks, what stays resident."""

from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
import torch

from maquette.core.errors import FailureCode, JobCancelled, JobFailed, ModelError, RecipeError
from maquette.core.recipe import ModelRef, Recipe
from maquette.protocol.messages import Device
from maquette.worker import studio as studio_module
from maquette.worker.cancel import CancelToken
from maquette.worker.studio import Studio

CPU = Device("cpu", "test", "fp32", 1 << 34)
OUT_OF_MEMORY = "[enforce fail at alloc_cpu.cpp:127] DefaultCPUAllocator: can't allocate memory"


@pytest.fixture
def studio(sd_folder: Path, maquette_home: Path) -> Studio:
    made = Studio(CPU)
    made.load(str(sd_folder), CancelToken(), lambda *_: None)
    return made


@pytest.fixture
def recipe(sd_folder: Path) -> Recipe:
    return Recipe(
        prompt="a mug",
        seed=1,
        width=256,
        height=256,
        steps=2,
        guidance_scale=4,
        model=ModelRef(str(sd_folder)),
    )


def make(studio: Studio, recipe: Recipe, **options: Any) -> Any:
    token = options.pop("token", CancelToken())
    return studio.make(recipe, None, token, options.pop("on_step", lambda *_: None))


def networks(studio: Studio) -> Any:
    return studio._pipeline


def fail(module: Any, errors: list[Exception]) -> None:
    """Let `module` raise each of `errors` once when it runs."""

    def hook(_module: object, _inputs: object) -> None:
        if errors:
            raise errors.pop(0)

    module.register_forward_pre_hook(hook)


@pytest.mark.parametrize(
    "error", [RuntimeError(OUT_OF_MEMORY), MemoryError(), torch.OutOfMemoryError("CUDA")]
)
def test_out_of_memory_while_decoding_is_tried_again_in_tiles(
    studio: Studio, recipe: Recipe, error: Exception
) -> None:
    expected = make(studio, recipe)
    fail(networks(studio).vae.decoder, [error])
    made = make(studio, recipe)
    assert any("tiles" in notice for notice in made.notices)
    assert expected.notices == ()
    assert made.pixels.shape == expected.pixels.shape


def test_out_of_memory_while_denoising_is_tried_again_in_slices(
    studio: Studio, recipe: Recipe
) -> None:
    fail(networks(studio).unet.mid_block, [RuntimeError(OUT_OF_MEMORY)])
    made = make(studio, recipe)
    assert any("smaller parts" in notice for notice in made.notices)


def test_out_of_memory_twice_fails_and_the_next_job_works(studio: Studio, recipe: Recipe) -> None:
    fail(networks(studio).unet.mid_block, [RuntimeError(OUT_OF_MEMORY)] * 2)
    with pytest.raises(JobFailed, match="smaller size") as failed:
        make(studio, recipe)
    assert failed.value.code == FailureCode.OUT_OF_MEMORY
    assert make(studio, recipe).pixels.shape == (256, 256, 3)


def test_a_lost_device_is_told_and_not_tried_again(studio: Studio, recipe: Recipe) -> None:
    errors: list[Exception] = [RuntimeError("CUDA error: an illegal memory access")] * 2
    fail(networks(studio).unet.mid_block, errors)
    with pytest.raises(JobFailed, match="driver") as failed:
        make(studio, recipe)
    assert failed.value.code == FailureCode.DEVICE
    assert len(errors) == 1


def test_a_device_that_is_lost_while_a_model_loads_is_told(
    sd_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load_model(*_: object) -> None:
        raise RuntimeError("CUDA error: an illegal memory access")

    monkeypatch.setattr("maquette.worker.studio.load_model", load_model)
    with pytest.raises(JobFailed, match="driver") as failed:
        Studio(CPU).load(str(sd_folder), CancelToken(), lambda *_: None)
    assert failed.value.code == FailureCode.DEVICE


def test_another_error_is_not_tried_again(studio: Studio, recipe: Recipe) -> None:
    errors: list[Exception] = [RuntimeError("sizes do not match"), RuntimeError("second try")]
    fail(networks(studio).unet.mid_block, errors)
    with pytest.raises(RuntimeError, match="do not match"):
        make(studio, recipe)
    assert len(errors) == 1


def test_a_size_that_cannot_fit_is_refused_beforehand(
    studio: Studio, recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(studio_module, "memory_free", lambda _device: 40 << 20)
    with pytest.raises(RecipeError, match="smaller size") as refused:
        make(studio, msgspec.structs.replace(recipe, width=4096, height=4096))
    assert refused.value.field == "width"
    assert make(studio, recipe).pixels.shape == (256, 256, 3)


def test_a_large_picture_is_decoded_in_tiles_and_leaves_no_trace(
    studio: Studio, recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = msgspec.structs.replace(recipe, width=512, height=512)
    alone = make(studio, large)
    with monkeypatch.context() as patch:
        patch.setattr(studio_module, "memory_free", lambda _device: 100 << 20)
        tiled = make(studio, large)
    assert any("tiles" in notice for notice in tiled.notices)
    after = make(studio, large)
    assert after.notices == ()
    assert np.array_equal(after.pixels, alone.pixels)


def test_cancelled_inside_a_step(studio: Studio, recipe: Recipe) -> None:
    token = CancelToken()
    networks(studio).unet.mid_block.register_forward_hook(lambda *_: token.cancel())
    steps: list[int] = []
    with pytest.raises(JobCancelled):
        make(studio, recipe, token=token, on_step=lambda step, *_: steps.append(step))
    assert steps == []  # it did not even finish the first step


def test_cancelled_while_decoding(studio: Studio, recipe: Recipe) -> None:
    token = CancelToken()
    networks(studio).vae.decoder.mid_block.register_forward_hook(lambda *_: token.cancel())
    with pytest.raises(JobCancelled):
        make(studio, recipe, token=token)


def test_a_text_is_encoded_once(studio: Studio, recipe: Recipe) -> None:
    make(studio, recipe)
    runs: list[object] = []
    networks(studio).text[0].encoder.register_forward_hook(lambda *_: runs.append(1))
    make(studio, recipe)
    assert runs == []
    make(studio, msgspec.structs.replace(recipe, prompt="another mug"))
    assert len(runs) == 1


def test_without_guidance_the_network_runs_on_one_half(studio: Studio, recipe: Recipe) -> None:
    batches: list[int] = []
    networks(studio).unet.register_forward_pre_hook(lambda _m, args: batches.append(len(args[0])))
    make(studio, recipe)
    make(studio, msgspec.structs.replace(recipe, guidance_scale=1.0))
    assert batches == [2, 2, 1, 1]


def test_previews_are_made_of_what_is_predicted(studio: Studio, recipe: Recipe) -> None:
    previews: list[np.ndarray] = []
    many = msgspec.structs.replace(recipe, steps=4)
    make(studio, many, on_step=lambda _step, _total, preview: previews.append(preview()))
    assert [preview.shape for preview in previews] == [(32, 32, 3)] * 4
    assert not np.array_equal(previews[0], previews[-1])


def test_no_model_no_picture(recipe: Recipe) -> None:
    with pytest.raises(JobFailed, match="No model"):
        make(Studio(CPU), recipe)


def test_a_model_that_fails_to_load_leaves_none_resident(studio: Studio, recipe: Recipe) -> None:
    with pytest.raises(ModelError):
        studio.load("/no/such/model", CancelToken(), lambda *_: None)
    with pytest.raises(JobFailed):
        make(studio, recipe)


def test_a_resident_model_is_not_loaded_again(studio: Studio, sd_folder: Path) -> None:
    before = networks(studio)
    studio.load(str(sd_folder), CancelToken(), lambda *_: None)
    assert networks(studio) is before


def test_memory_that_runs_out_while_loading_is_told(
    sd_folder: Path, maquette_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_memory(*_arguments: object) -> None:
        raise RuntimeError(OUT_OF_MEMORY)

    monkeypatch.setattr(studio_module, "load_model", no_memory)
    with pytest.raises(JobFailed, match="not enough memory") as failed:
        Studio(CPU).load(str(sd_folder), CancelToken(), lambda *_: None)
    assert failed.value.code == FailureCode.OUT_OF_MEMORY
