"""What controls do to a picture: weight maps, guidance, locked regions, colour layouts."""

from collections import OrderedDict
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import numpy as np
import pytest
import torch
from diffusers import ControlNetModel, UNet2DConditionModel
from PIL import Image

from maquette.core.control import Control, ControlKind, Kept
from maquette.core.errors import FailureCode, JobCancelled, JobFailed, ModelError, RecipeError
from maquette.core.pixels import Pixels, pixel_digest
from maquette.core.recipe import ModelRef, Recipe, StartImage
from maquette.core.record import record_id_for
from maquette.protocol.messages import Device
from maquette.worker import resident_controls
from maquette.worker.cancel import CancelToken
from maquette.worker.control_network import ControlNetwork
from maquette.worker.controls import controls_for
from maquette.worker.image_to_image import NoisyStart
from maquette.worker.locked_region import LockedRegion, kept_share
from maquette.worker.studio import Studio

SIDE = 256
CPU = Device("cpu", "test", "fp32", 1 << 34)
OUT_OF_MEMORY = "[enforce fail at alloc_cpu.cpp:127] DefaultCPUAllocator: can't allocate memory"


def grey(level: int) -> Pixels:
    return np.full((SIDE, SIDE, 3), level, np.uint8)


def cross() -> Pixels:
    """A drawing: two lines on white paper."""
    pixels = grey(255)
    pixels[100:104] = 0
    pixels[:, 60:64] = 0
    return pixels


def smooth(seed: int) -> Pixels:
    """A picture without edges."""
    coarse = np.random.default_rng(seed).integers(60, 200, (6, 6, 3), dtype=np.uint8)
    return np.asarray(Image.fromarray(coarse).resize((SIDE, SIDE), Image.Resampling.BICUBIC))


LINES, WHITE, BLACK = cross(), grey(255), grey(0)
IMAGES = {pixel_digest(image): image for image in (LINES, WHITE, BLACK)}


class Nets:
    """Stands for the files of control models: each id is a network with random weights."""

    def __init__(self) -> None:
        self.loaded: list[str] = []
        self.error: Exception | None = None

    def load(self, model: ModelRef | None, pipeline: Any, _digests: Path) -> ControlNetwork:
        if self.error:
            raise self.error
        assert model
        self.loaded.append(model.id)
        torch.manual_seed(len(model.id))
        network = ControlNetModel.from_unet(pipeline.unet)
        for parameter in network.parameters():
            torch.nn.init.normal_(parameter, std=0.05)
        return ControlNetwork(network, ModelRef(model.id, "d" * 64, "A net"))


@pytest.fixture
def nets(monkeypatch: pytest.MonkeyPatch) -> Nets:
    made = Nets()
    monkeypatch.setattr(resident_controls, "load_control", made.load)
    return made


@pytest.fixture
def studio(sd_folder: Path, maquette_home: Path, nets: Nets) -> Studio:
    made = Studio(CPU)
    made.load(str(sd_folder), CancelToken(), lambda *_: None)
    return made


@pytest.fixture
def recipe(sd_folder: Path) -> Recipe:
    return Recipe(
        prompt="a mug",
        seed=1,
        width=SIDE,
        height=SIDE,
        steps=2,
        guidance_scale=4,
        model=ModelRef(str(sd_folder)),
    )


def steered(recipe: Recipe, *controls: Control, **changes: Any) -> Recipe:
    return msgspec.structs.replace(recipe, controls=controls, **changes)


def lines(**changes: Any) -> Control:
    settings = {
        "kind": ControlKind.SKETCH,
        "digest": pixel_digest(LINES),
        "model": ModelRef("net"),
    }
    return Control(**(settings | changes))


def make(studio: Studio, recipe: Recipe, start: Pixels | None = None, **options: Any) -> Any:
    images = IMAGES | options.pop("images", {})
    token, on_step = options.pop("token", CancelToken()), options.pop("on_step", lambda *_: None)
    return studio.make(recipe, start, token, on_step, images)


def pixels(studio: Studio, recipe: Recipe, start: Pixels | None = None, **options: Any) -> Any:
    return make(studio, recipe, start, **options).pixels.astype(int)


def test_a_control_changes_the_picture_and_is_named_in_the_recipe(
    studio: Studio, recipe: Recipe
) -> None:
    plain = pixels(studio, recipe)
    asked = steered(recipe, lines())
    made = make(studio, asked)
    assert np.abs(made.pixels.astype(int) - plain).mean() > 1
    assert made.recipe.controls[0].model == ModelRef("net", "d" * 64, "A net")
    assert record_id_for(made.recipe) == record_id_for(asked)
    off = steered(recipe, lines(scale=0), lines(begin=0.9))
    assert np.array_equal(pixels(studio, off), plain)


def test_a_map_says_where_a_control_counts(studio: Studio, recipe: Recipe) -> None:
    plain, full = pixels(studio, recipe), pixels(studio, steered(recipe, lines()))
    everywhere = steered(recipe, lines(weights=pixel_digest(WHITE)))
    assert np.array_equal(pixels(studio, everywhere), full)
    nowhere = steered(recipe, lines(weights=pixel_digest(BLACK)))
    assert np.array_equal(pixels(studio, nowhere), plain)
    half = grey(0)
    half[:, : SIDE // 2] = 255
    digest = pixel_digest(half)
    some = pixels(studio, steered(recipe, lines(weights=digest)), images={digest: half})
    changed = np.abs(some - plain).mean(axis=(0, 2))
    assert changed[:96].mean() > 2 * changed[160:].mean()


def test_guidance_by_a_control_leads_away_from_the_picture_without_it(
    studio: Studio, recipe: Recipe
) -> None:
    unet = studio._pipeline.unet  # pyright: ignore
    batches: list[int] = []
    unet.register_forward_pre_hook(lambda _m, inputs: batches.append(len(inputs[0])))
    plain = pixels(studio, recipe)
    once = pixels(studio, steered(recipe, lines()))
    assert batches == [2] * 4  # it costs only where it is used
    none = pixels(studio, steered(recipe, lines(guidance=0.0), guidance_scale=1))
    assert batches[-2:] == [2, 2]
    unguided = msgspec.structs.replace(recipe, guidance_scale=1)
    assert np.abs(none - pixels(studio, unguided)).max() <= 1  # guidance 0 is no control
    more = pixels(studio, steered(recipe, lines(guidance=2.0)))
    assert np.abs(more - plain).mean() > np.abs(once - plain).mean()


def test_each_of_two_controls_has_its_own_guidance(studio: Studio, recipe: Recipe) -> None:
    other = lines(model=ModelRef("other"), digest=pixel_digest(WHITE))
    both = msgspec.structs.replace(other, guidance=0.0)
    without = pixels(studio, steered(recipe, lines(), both, guidance_scale=1))
    alone = pixels(studio, steered(recipe, lines(), guidance_scale=1))
    assert np.abs(without - alone).max() <= 1


@pytest.mark.parametrize("strength", [0.5, 1.0])
def test_a_locked_region_stays_as_it_was(studio: Studio, recipe: Recipe, strength: float) -> None:
    start = smooth(2)
    lock = grey(0)
    lock[:, :120] = 255
    digest = pixel_digest(lock)
    kept = msgspec.structs.replace(
        recipe, start=StartImage("", strength), kept=Kept(digest), steps=4
    )
    made = pixels(studio, kept, start, images={digest: lock})
    assert np.array_equal(made[:, :120], start[:, :120])
    assert np.abs(made[:, 160:] - start[:, 160:]).mean() > 1


def test_the_seam_of_a_locked_region_does_not_show(studio: Studio, recipe: Recipe) -> None:
    lock = grey(0)
    lock[:, :120] = 255
    digest = pixel_digest(lock)
    start = pixels(studio, msgspec.structs.replace(recipe, seed=2, steps=4)).astype(np.uint8)
    kept = msgspec.structs.replace(recipe, start=StartImage("", 1.0), kept=Kept(digest), steps=4)
    made = pixels(studio, kept, start, images={digest: lock})
    across = np.abs(np.diff(made, axis=1)).mean(axis=(0, 2))
    border = across[116:132].mean()
    assert border < 1.25 * across[np.r_[20:110, 140:250]].mean()


def test_a_shade_of_difference_is_levelled_at_the_border_and_another_thing_is_not() -> None:
    start, made, lock = grey(180), grey(192), grey(0)
    lock[:, :120] = 255
    made[100:160, 110:] = 40  # what is made is another thing here
    region = LockedRegion(start, lock, 8, NoisyStart(torch.zeros(1, 4, 8, 8), torch.zeros(1)))
    mixed = region.blended(made).astype(int)
    wall = mixed[:60].mean(axis=(0, 2))
    assert wall[:120].tolist() == [180] * 120
    assert wall[130] < 184  # 12 without it
    assert np.abs(np.diff(wall)).max() <= 1
    assert wall[-1] == 192
    assert np.abs(mixed[120:140, 132:] - 40).max() <= 2
    everything = LockedRegion(
        start, grey(255), 8, NoisyStart(torch.zeros(1, 4, 8, 8), torch.zeros(1))
    )
    assert np.array_equal(everything.blended(made), start)


def test_the_share_that_stays_is_whole_on_white_and_fades_beyond() -> None:
    lock = grey(0)
    lock[:, :100] = 255
    share = kept_share(lock, 8)
    row = share[50]
    assert (row[:100] == 1).all()
    assert (np.diff(row[99:110]) <= 0).all()
    assert 0 < row[107] < 0.1
    assert (row[108:] == 0).all()
    assert (kept_share(lock, 0)[:, 100:] == 0).all()
    assert not kept_share(grey(0), 8).any()


def test_colours_without_a_network_are_where_the_picture_starts(
    studio: Studio, recipe: Recipe
) -> None:
    layout = grey(40)
    layout[:, SIDE // 2 :] = (250, 220, 30)
    digest = pixel_digest(layout)
    colours = Control(ControlKind.COLOUR, digest)
    asked = steered(recipe, colours, steps=4)
    steps: list[tuple[int, int]] = []
    made = make(
        studio, asked, images={digest: layout}, on_step=lambda i, n, _: steps.append((i, n))
    )
    assert steps[-1] == (3, 3)  # three quarters of the denoising
    assert made.notices == ()
    start = StartImage("", 0.75)
    same = make(studio, msgspec.structs.replace(recipe, start=start, steps=4), layout)
    assert np.array_equal(made.pixels, same.pixels)
    both = make(
        studio, msgspec.structs.replace(asked, start=start), layout, images={digest: layout}
    )
    assert any("colour layout was left out" in notice for notice in both.notices)


def test_what_the_model_cannot_follow_is_left_out_with_a_word(
    studio: Studio, recipe: Recipe
) -> None:
    depth = Control(ControlKind.DEPTH, pixel_digest(WHITE))
    with pytest.raises(RecipeError, match="cannot be steered by a depth image"):
        make(studio, steered(recipe, depth))
    made = make(studio, steered(recipe, lines(), depth))
    assert any("depth image was left out" in notice for notice in made.notices)
    assert np.array_equal(made.pixels, make(studio, steered(recipe, lines())).pixels)


def test_outlines_are_not_guided_through_a_large_decoder(studio: Studio, recipe: Recipe) -> None:
    made = make(studio, steered(recipe, lines(outline=0.2)))
    assert any("no guidance by outlines" in notice for notice in made.notices)
    assert np.array_equal(made.pixels, make(studio, steered(recipe, lines())).pixels)


def test_few_control_networks_stay(studio: Studio, recipe: Recipe, nets: Nets) -> None:
    for name in ("a", "bb", "ccc", "a", "dddd"):
        make(studio, steered(recipe, lines(model=ModelRef(name)), steps=1))
    assert nets.loaded == ["a", "bb", "ccc", "dddd"]
    assert list(studio._pipeline.controls) == ["ccc", "a", "dddd"]  # pyright: ignore
    names = ("eeeee", "ffffff", "ggggggg", "hhhhhhhh")
    make(studio, steered(recipe, *(lines(model=ModelRef(name)) for name in names), steps=1))
    assert list(studio._pipeline.controls) == list(names)  # pyright: ignore


def test_a_control_model_that_cannot_be_loaded_fails_the_job_alone(
    studio: Studio, recipe: Recipe, nets: Nets
) -> None:
    nets.error = ModelError("It is made for another model.")
    with pytest.raises(ModelError, match="another model"):
        make(studio, steered(recipe, lines()))
    nets.error = RuntimeError(OUT_OF_MEMORY)
    with pytest.raises(JobFailed, match="control model too") as failed:
        make(studio, steered(recipe, lines()))
    assert failed.value.code == FailureCode.OUT_OF_MEMORY
    nets.error = None
    assert make(studio, steered(recipe, lines())).pixels.shape == (SIDE, SIDE, 3)


def test_cancelled_inside_a_control_network(studio: Studio, recipe: Recipe) -> None:
    make(studio, steered(recipe, lines()))
    network = studio._pipeline.controls["net"].network  # pyright: ignore
    token = CancelToken()
    network.conv_in.register_forward_hook(lambda *_: token.cancel())
    steps: list[int] = []
    with pytest.raises(JobCancelled):
        make(
            studio,
            steered(recipe, lines()),
            token=token,
            on_step=lambda step, *_: steps.append(step),
        )
    assert steps == []


def test_a_models_own_network_is_loaded_with_it(
    sd_copy: Path, recipe: Recipe, maquette_home: Path
) -> None:
    torch.manual_seed(3)
    unet = UNet2DConditionModel.from_pretrained(sd_copy, subfolder="unet")
    network = ControlNetModel.from_unet(unet)
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.05)
    plain_studio = Studio(CPU)
    without = plain_studio.load(str(sd_copy), CancelToken(), lambda *_: None)
    network.save_pretrained(sd_copy / "controlnet")
    studio = Studio(CPU)
    info = studio.load(str(sd_copy), CancelToken(), lambda *_: None)
    assert info.controls == (ControlKind.SKETCH,)
    assert info.digest != without.digest
    asked = steered(recipe, lines(model=None))
    made = make(studio, asked)
    assert made.notices == ()
    assert made.recipe.controls == asked.controls
    assert made.recipe.model.digest == info.digest
    assert np.abs(made.pixels.astype(int) - pixels(studio, recipe)).mean() > 1
    with pytest.raises(RecipeError, match="sketch"):
        make(plain_studio, asked)


def test_one_colour_all_over_is_shown_in_the_shape_of_each_picture(recipe: Recipe) -> None:
    network = SimpleNamespace(
        ref=ModelRef("net"), is_adapter=False, shown=lambda pixels, _kind: pixels / np.float32(255)
    )
    pipeline: Any = SimpleNamespace(
        shown=OrderedDict(),
        controls={"net": network},
        device=torch.device("cpu"),
        dtype=torch.float32,
    )
    for height, width in ((256, 320), (320, 256)):
        image = np.full((height, width, 3), 70, np.uint8)
        asked = steered(recipe, lines(digest=pixel_digest(image)), width=width, height=height)
        (part,) = controls_for(pipeline, asked, {pixel_digest(image): image}, 2).parts
        assert part.image.shape == (2, 3, height, width)
