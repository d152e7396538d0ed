"""Living with the memory there is: estimates, out-of-memory errors, and plans that need less."""

import gc
from enum import IntEnum

import torch

from maquette.core.errors import RecipeError
from maquette.core.recipe import Recipe
from maquette.worker.pipeline import Pipeline

_GUIDED_BATCH = 2
_USABLE = 0.9  # share of the free memory that a job may plan with
_GIB = 2**30

# Copies of the widest full-size layer that are alive at once: input, normalised, convolved, and
# the library's scratch memory. Compared with allocator peaks, these err on the high side.
_UNET_COPIES = 16
_VAE_COPIES = 4
_IMAGE_COPIES = 2  # an IP-Adapter's answer in a cross attention, and the sum


class MemoryPlan(IntEnum):
    """How the pipeline uses memory; each needs less than the one before, and is slower."""

    FULL = 0
    TILED = 1  # the VAE works in tiles
    SLICED = 2  # and attention works in slices
    OFFLOADED = 3  # and parts wait in main memory until they are used (GPU only)


NOTICES = {
    MemoryPlan.TILED: "Memory was short, so the picture was decoded in tiles.",
    MemoryPlan.SLICED: "Memory was short, so the picture was made in smaller parts, more slowly.",
    MemoryPlan.OFFLOADED: (
        "GPU memory was short, so parts of the model wait in main memory, and it is slower."
    ),
}


def is_out_of_memory(error: BaseException) -> bool:
    """Whether `error` says that memory ran out, on any device."""
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    # torch has no class of its own for main memory; these are the words of its CPU allocator on
    # Linux and Windows, of MPS, and of oneDNN's scratch pads.
    text = str(error)
    return isinstance(error, RuntimeError) and any(
        words in text
        for words in ("can't allocate memory", "not enough memory", "MPS backend out of memory")
    )


def is_device_lost(error: BaseException) -> bool:
    """Whether the GPU or its driver failed in a way that only a new process mends.

    After such an error every further call in the process fails (pytorch#81620).
    """
    if isinstance(error, getattr(torch, "AcceleratorError", ())):
        return True
    return isinstance(error, RuntimeError) and any(
        words in str(error) for words in ("CUDA error", "HIP error", "device-side assert")
    )


def release() -> None:
    """Give back what nobody holds any more. Call it outside of `except`, which holds tensors."""
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    elif torch.backends.mps.is_available():
        torch.mps.empty_cache()


def plan_for(pipeline: Pipeline, recipe: Recipe, plan: MemoryPlan, free: int) -> MemoryPlan:
    """The plan that the picture of `recipe` needs: `plan`, or one that needs less.

    Args:
        free: bytes that can still be allocated.

    Raises:
        RecipeError: the size cannot fit, whatever the plan.
    """
    budget = free * _USABLE
    width, height = recipe.width, recipe.height
    unet = _unet_bytes(pipeline, recipe)
    tile = getattr(pipeline.vae, "tile_sample_min_size", None)
    whole = _vae_bytes(pipeline, width, height)
    tiled = whole if tile is None else _vae_bytes(pipeline, min(tile, width), min(tile, height))
    if max(unet, tiled) > budget:
        raise RecipeError(
            f"A picture of {width} x {height} needs about {max(unet, tiled) / _GIB:.1f} GB of "
            f"memory and {free / _GIB:.1f} GB are free; please choose a smaller size.",
            "width",
        )
    return max(plan, MemoryPlan.TILED) if whole > budget else plan


def _unet_bytes(pipeline: Pipeline, recipe: Recipe) -> int:
    config, factor = pipeline.unet.config, pipeline.info.latent_factor
    cells = (recipe.width // factor) * (recipe.height // factor)
    layers = config["layers_per_block"]
    kept_per_block = (layers if isinstance(layers, int) else max(layers)) + 1
    channels = config["block_out_channels"]
    kept = sum(kept_per_block * c * (cells >> 2 * i) for i, c in enumerate(channels))
    # A control's answers are as large as what the encoder keeps; guidance by one is one row more.
    kept *= 1 + len(recipe.controls)
    rows = _GUIDED_BATCH + sum(control.guidance != 1 for control in recipe.controls)
    rows += recipe.blend is not None
    copies = _UNET_COPIES
    if recipe.like is not None and recipe.like.adapter is not None:
        copies += _IMAGE_COPIES
    return (kept + copies * channels[0] * cells) * rows * pipeline.dtype.itemsize


def _vae_bytes(pipeline: Pipeline, width: int, height: int) -> int:
    widest = max(pipeline.vae.config.block_out_channels[:2])
    return _VAE_COPIES * widest * width * height * pipeline.vae.dtype.itemsize


def apply_plan(pipeline: Pipeline, plan: MemoryPlan) -> None:
    """Make `pipeline` work by `plan`."""
    if hasattr(pipeline.vae, "enable_tiling"):
        (pipeline.vae.enable_tiling if plan >= MemoryPlan.TILED else pipeline.vae.disable_tiling)()
    if plan >= MemoryPlan.SLICED:
        pipeline.unet.set_attention_slice("auto")
    pipeline.offload = plan >= MemoryPlan.OFFLOADED
    if pipeline.offload:
        pipeline.send_home()


def next_plan(plan: MemoryPlan, decoding: bool, on_gpu: bool) -> MemoryPlan | None:
    """The plan to try after `plan` ran out of memory; None if there is none left.

    Tiles only help decoding, so a job that failed before it skips that rung.
    """
    if plan == MemoryPlan.FULL and decoding:
        return MemoryPlan.TILED
    if plan <= MemoryPlan.TILED:
        return MemoryPlan.SLICED
    if plan == MemoryPlan.SLICED and on_gpu:
        return MemoryPlan.OFFLOADED
    return None
