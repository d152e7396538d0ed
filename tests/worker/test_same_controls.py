"""Controls give the pixels of diffusers' ControlNet and T2I-Adapter pipelines, bit for bit."""

from pathlib import Path

import numpy as np
import pytest
import torch
from diffusers import (
    ControlNetModel,
    StableDiffusionAdapterPipeline,
    StableDiffusionControlNetImg2ImgPipeline,
    StableDiffusionControlNetPipeline,
    StableDiffusionXLControlNetPipeline,
    T2IAdapter,
)
from PIL import Image

from maquette.core.control import Control, ControlKind
from maquette.core.pixels import pixel_digest
from maquette.core.recipe import ModelRef, Recipe, StartImage
from maquette.worker.cancel import CancelToken
from maquette.worker.control_network import ControlNetwork
from maquette.worker.models import load_model
from maquette.worker.pipeline import Pipeline
from maquette.worker.resident_controls import adopt
from maquette.worker.text_to_image import Run, decode, make_image

SIDE = 128
NO_CHECKER = {"safety_checker": None, "requires_safety_checker": False}


def drawing(seed: int) -> np.ndarray:
    """Some lines on white paper."""
    pixels = np.full((SIDE, SIDE, 3), 255, np.uint8)
    random = np.random.default_rng(seed)
    for place in random.integers(10, SIDE - 10, 6):
        pixels[place : place + 2] = 20
        pixels[:, place : place + 3] = 40
    return pixels


def recipe(folder: Path, *controls: Control, **changes: object) -> Recipe:
    settings = {
        "prompt": "a red ceramic mug",
        "negative_prompt": "blurry",
        "seed": 7,
        "width": SIDE,
        "height": SIDE,
        "steps": 4,
        "guidance_scale": 5.0,
        "model": ModelRef(str(folder)),
        "controls": controls,
    }
    return Recipe(**(settings | changes))


def control(pixels: np.ndarray, name: str, **changes: object) -> Control:
    settings = {"kind": ControlKind.SKETCH, "digest": pixel_digest(pixels), "model": ModelRef(name)}
    return Control(**(settings | changes))


def control_net(pipeline: Pipeline, seed: int) -> ControlNetModel:
    """A ControlNet for the UNet of `pipeline` whose answer is not zero."""
    torch.manual_seed(seed)
    network = ControlNetModel.from_unet(pipeline.unet, conditioning_channels=3)
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.05)
    return network.eval()


def loaded(folder: Path, tmp_path: Path, dtype: torch.dtype = torch.float32) -> Pipeline:
    cache = tmp_path / "digests.json"
    return load_model(str(folder), torch.device("cpu"), dtype, cache, lambda _stage, _part: None)


def ours(
    pipeline: Pipeline, wanted: Recipe, *images: np.ndarray, start: np.ndarray | None = None
) -> np.ndarray:
    named = {pixel_digest(image): image for image in images}
    return make_image(pipeline, wanted, start, lambda *_: None, Run(CancelToken()), named)


def reference(pipe, wanted: Recipe, **inputs: object) -> np.ndarray:
    """What `pipe` gives with the same settings and the memory layout that the worker uses."""
    pipe.set_progress_bar_config(disable=True)
    pipe.unet.to(memory_format=torch.channels_last)
    pipe.vae.to(memory_format=torch.channels_last)
    image = pipe(
        wanted.prompt,
        negative_prompt=wanted.negative_prompt,
        num_inference_steps=wanted.steps,
        guidance_scale=wanted.guidance_scale,
        generator=torch.Generator("cpu").manual_seed(wanted.seed),
        **inputs,
    ).images[0]
    return np.asarray(image)


def picture(pixels: np.ndarray) -> Image.Image:
    return Image.fromarray(pixels)


@pytest.mark.parametrize(
    ("dtype", "changes", "arguments"),
    [
        (torch.float32, {}, {}),
        (torch.bfloat16, {}, {}),
        (
            torch.float32,
            {"scale": 0.7, "begin": 0.25, "end": 0.6},
            {
                "controlnet_conditioning_scale": 0.7,
                "control_guidance_start": 0.25,
                "control_guidance_end": 0.6,
            },
        ),
    ],
    ids=["fp32", "bf16", "partly"],
)
def test_one_control_net(
    sd_folder: Path,
    tmp_path: Path,
    dtype: torch.dtype,
    changes: dict[str, object],
    arguments: dict[str, object],
) -> None:
    pipeline = loaded(sd_folder, tmp_path, dtype)
    network = control_net(pipeline, 1).to(dtype)
    pipe = StableDiffusionControlNetPipeline.from_pretrained(
        sd_folder, controlnet=network, dtype=dtype, **NO_CHECKER
    )
    network.to(memory_format=torch.channels_last)
    lines = drawing(1)
    wanted = recipe(sd_folder, control(lines, "net", **changes))
    expected = reference(pipe, wanted, image=picture(lines), **arguments)
    adopt(pipeline, "net", ControlNetwork(network, ModelRef("net")))
    made = ours(pipeline, wanted, lines)
    assert np.array_equal(made, expected)
    assert not np.array_equal(made, ours(pipeline, recipe(sd_folder)))


def test_two_control_nets_over_a_start_image(sd_folder: Path, tmp_path: Path) -> None:
    pipeline = loaded(sd_folder, tmp_path)
    networks = [control_net(pipeline, seed) for seed in (1, 2)]
    pipe = StableDiffusionControlNetImg2ImgPipeline.from_pretrained(
        sd_folder, controlnet=networks, **NO_CHECKER
    )
    first, second = drawing(1), drawing(2)
    start = np.random.default_rng(3).integers(0, 256, (SIDE, SIDE, 3), dtype=np.uint8)
    wanted = recipe(
        sd_folder,
        control(first, "a", scale=0.8),
        control(second, "b", scale=0.5, end=0.7),
        start=StartImage("", 0.75),
    )
    for network in networks:
        network.to(memory_format=torch.channels_last)
    expected = reference(
        pipe,
        wanted,
        image=picture(start),
        control_image=[picture(first), picture(second)],
        strength=0.75,
        controlnet_conditioning_scale=[0.8, 0.5],
        control_guidance_end=[1.0, 0.7],
    )
    for name, network in zip("ab", networks, strict=True):
        adopt(pipeline, name, ControlNetwork(network, ModelRef(name)))
    assert np.array_equal(ours(pipeline, wanted, first, second, start=start), expected)


def test_a_control_net_of_sdxl(sdxl_folder: Path, tmp_path: Path) -> None:
    pipeline = loaded(sdxl_folder, tmp_path)
    network = control_net(pipeline, 1)
    pipe = StableDiffusionXLControlNetPipeline.from_pretrained(
        sdxl_folder, controlnet=network, add_watermarker=False
    )
    network.to(memory_format=torch.channels_last)
    lines = drawing(1)
    wanted = recipe(sdxl_folder, control(lines, "net"))
    expected = reference(pipe, wanted, image=picture(lines), controlnet_conditioning_scale=1.0)
    adopt(pipeline, "net", ControlNetwork(network, ModelRef("net")))
    assert np.array_equal(ours(pipeline, wanted, lines), expected)


def test_an_adapter(sd_folder: Path, tmp_path: Path) -> None:
    pipeline = loaded(sd_folder, tmp_path)
    torch.manual_seed(4)
    adapter = T2IAdapter(
        in_channels=3,
        channels=list(pipeline.unet.config["block_out_channels"]),
        num_res_blocks=1,
        downscale_factor=8,
        adapter_type="full_adapter",
    ).eval()
    pipe = StableDiffusionAdapterPipeline.from_pretrained(sd_folder, adapter=adapter, **NO_CHECKER)
    adapter.to(memory_format=torch.channels_last)
    lines = drawing(1)
    wanted = recipe(sd_folder, control(lines, "adapter", scale=0.9))
    # This pipeline decodes in another order of operations, so its latents are compared.
    latents = reference(
        pipe,
        wanted,
        image=picture(lines),
        adapter_conditioning_scale=0.9,
        output_type="latent",
    )
    with torch.inference_mode():
        expected = decode(pipeline, torch.from_numpy(latents)[None])
    adopt(pipeline, "adapter", ControlNetwork(adapter, ModelRef("adapter")))
    assert np.array_equal(ours(pipeline, wanted, lines), expected)


def test_a_sketch_is_embedded_once(sd_folder: Path, tmp_path: Path) -> None:
    pipeline = loaded(sd_folder, tmp_path)
    network = control_net(pipeline, 1)
    embedded: list[object] = []
    network.controlnet_cond_embedding.register_forward_hook(lambda *_: embedded.append(1))
    adopt(pipeline, "net", ControlNetwork(network, ModelRef("net")))
    lines, others = drawing(1), drawing(2)
    first = ours(pipeline, recipe(sd_folder, control(lines, "net")), lines)
    assert len(embedded) == 1  # and not in every step
    ours(pipeline, recipe(sd_folder, control(lines, "net"), prompt="a jug"), lines)
    assert len(embedded) == 1  # nor for the next picture of the same sketch
    ours(pipeline, recipe(sd_folder, control(others, "net")), others)
    assert len(embedded) == 2
    again = ours(pipeline, recipe(sd_folder, control(lines, "net")), lines)
    assert np.array_equal(again, first)
