"""What a single-file control network is, told from its tensors' names and shapes alone.

Three layouts are known: the original ControlNet code's (lllyasviel, thibaud: `input_blocks`, often
behind `control_model.`), diffusers' (`down_blocks`; xinsir, Stability AI and diffusers' own), and
T2I-Adapters in the layout of TencentARC (`body.N.block1`) and of diffusers (`adapter.body`).
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec

from maquette.core.errors import ModelError
from maquette.core.model_info import ModelFamily
from maquette.core.pipeline_folder import is_possible
from maquette.core.safetensors_header import Header

ORIGINAL_PREFIX = "control_model."

_WIDTHS = {768: ModelFamily.SD1, 1024: ModelFamily.SD2, 2048: ModelFamily.SDXL}
"""Width of the text states that the cross attention reads, by family."""

_UNSHUFFLED = {8: ModelFamily.SD1, 16: ModelFamily.SDXL}
"""By how much an adapter reduces the image at first (`downscale_factor`), by family."""

_HEADS = 8  # of every attention in Stable Diffusion 1.x; later ones have a head per 64 channels
_HEAD_WIDTH = 64
_TIME_IDS = 256  # SDXL: width of the embedding of each size and position
_MOST_LAYERS = 64
IMAGE_CHANNELS = 3  # of what a ControlNet is shown

_REFUSED = (
    (re.compile(r"lora_controlnet$|(^|\.)lora_|\.(up|down)$"),
     "is a control-LoRA, which holds only what differs from the base model; please get the full "
     "ControlNet"),
    (re.compile(r"^lllite_"),
     "is a ControlNet-LLLite, which cannot be used here; please get the full ControlNet"),
    (re.compile(r"^(task_embedding|control_add_embedding|transformer_layes)"),
     "is a union of many ControlNets, which cannot be used here; please get the one for a kind"),
    (re.compile(r"^(transformer_blocks|joint_blocks|double_blocks|controlnet_blocks"
                r"|single_transformer_blocks)\.\d"),
     "is made for a model of another kind; Stable Diffusion 1.x, 2.x and SDXL can be steered"),
    (re.compile(r"motion_modules|animate_diff"),
     "is made for moving pictures, which cannot be made here"),
    (re.compile(r"^(image_proj|ip_adapter)\b"),
     "is an IP-Adapter, which takes over looks and not lines; please get a ControlNet"),
    (re.compile(r"^(model\.diffusion_model|first_stage_model|conditioner)\."),
     "is a whole model; please add it among the models"),
)  # fmt: skip


class ControlPlan(msgspec.Struct, frozen=True):
    """How the network of a single file is built.

    `layout` is whose names its tensors have; `config` are the arguments of diffusers'
    ControlNetModel or, for an adapter, T2IAdapter.
    """

    family: ModelFamily
    adapter: bool
    layout: Literal["original", "diffusers"]
    config: dict[str, Any]


class _Block(msgspec.Struct, frozen=True):
    """One block of a ControlNet: its width, its layers, and how many transformers each has."""

    width: int
    layers: int
    depth: int


def plan_of(name: str, header: Header) -> ControlPlan:
    """How the network with this header is built; `name` is for the sentences.

    Raises:
        ModelError: it is none that can steer Stable Diffusion 1.x, 2.x or SDXL.
    """
    shapes = {key: entry.shape for key, entry in header.tensors.items()}
    try:
        return _plan(name, shapes)
    except (KeyError, IndexError, ValueError) as error:
        raise ModelError(
            f"{name} is not a complete control model; please fetch it again.", str(error)
        ) from error


def _plan(name: str, shapes: Mapping[str, tuple[int, ...]]) -> ControlPlan:
    bare = {key.removeprefix(ORIGINAL_PREFIX): shape for key, shape in shapes.items()}
    is_control = any(key.startswith(ORIGINAL_PREFIX) for key in shapes)
    if not is_control:
        _refuse(name, shapes)
    if "input_hint_block.0.weight" in bare and "time_embed.0.weight" in bare:
        original = bare
        if is_control:
            original = {
                key.removeprefix(ORIGINAL_PREFIX): shape
                for key, shape in shapes.items()
                if key.startswith(ORIGINAL_PREFIX)
            }
        return _original(name, original)
    if "controlnet_cond_embedding.conv_in.weight" in shapes:
        return _diffusers(name, shapes)
    if "adapter.conv_in.weight" in shapes:
        inner = {key.removeprefix("adapter."): shape for key, shape in shapes.items()}
        return _adapter(name, inner, "diffusers", r"body\.(\d+)\.resnets\.(\d+)\.block1\.weight")
    if "conv_in.weight" in shapes and "body.0.block1.weight" in shapes:
        return _adapter(name, shapes, "original", r"body\.(\d+)\.block1\.weight")
    if any(key.removeprefix("adapter.").startswith("body.0.body.") for key in shapes):
        raise ModelError(f"{name} is a light T2I-Adapter; please get the full one.")
    raise ModelError(
        f"{name} is no control model that can be used; ControlNets and T2I-Adapters for Stable "
        "Diffusion 1.x, 2.x and SDXL can."
    )


def _refuse(name: str, keys: Iterable[str]) -> None:
    for key in keys:
        for pattern, reason in _REFUSED:
            if pattern.search(key):
                raise ModelError(f"{name} {reason}.")


def _original(name: str, shapes: Mapping[str, tuple[int, ...]]) -> ControlPlan:
    """A ControlNet of the original code: numbered `input_blocks`, 0 the first convolution."""
    numbers = _numbers(shapes, r"input_blocks\.(\d+)\.")
    downs = [n for n in numbers if f"input_blocks.{n}.0.op.weight" in shapes]
    blocks = []
    first = 1
    for end in (*downs, numbers[-1] + 1):
        depth = _depth(shapes, f"input_blocks.{first}.1.transformer_blocks")
        width = shapes[f"input_blocks.{first}.0.out_layers.3.weight"][0]
        blocks.append(_Block(width, end - first, depth))
        first = end + 1
    middle = _depth(shapes, "middle_block.1.transformer_blocks")
    hints = [shapes[f"input_hint_block.{n}.weight"] for n in (0, 4, 8, 12)]
    return ControlPlan(
        family := _family(name, shapes, "label_emb.0.0.weight"),
        adapter=False,
        layout="original",
        config=_config(
            name, family, blocks, middle, shapes, hints,
            first=shapes["input_blocks.0.0.weight"], addition="label_emb.0.0.weight",
        ),
    )  # fmt: skip


def _diffusers(name: str, shapes: Mapping[str, tuple[int, ...]]) -> ControlPlan:
    """A ControlNet as diffusers saves it."""
    blocks = []
    for number in _numbers(shapes, r"down_blocks\.(\d+)\."):
        block = f"down_blocks.{number}"
        layers = _numbers(shapes, rf"{block}\.resnets\.(\d+)\.")
        depth = _depth(shapes, f"{block}.attentions.0.transformer_blocks")
        blocks.append(_Block(shapes[f"{block}.resnets.0.conv1.weight"][0], len(layers), depth))
    middle = _depth(shapes, "mid_block.attentions.0.transformer_blocks")
    embedding = "controlnet_cond_embedding"
    widening = _numbers(shapes, rf"{embedding}\.blocks\.(\d+)\.")[1::2]
    hints = [shapes[f"{embedding}.conv_in.weight"]]
    hints += [shapes[f"{embedding}.blocks.{number}.weight"] for number in widening]
    return ControlPlan(
        family := _family(name, shapes, "add_embedding.linear_1.weight"),
        adapter=False,
        layout="diffusers",
        config=_config(
            name, family, blocks, middle, shapes, hints,
            first=shapes["conv_in.weight"], addition="add_embedding.linear_1.weight",
        ),
    )  # fmt: skip


def _config(
    name: str,
    family: ModelFamily,
    blocks: list[_Block],
    middle: int,
    shapes: Mapping[str, tuple[int, ...]],
    hints: list[tuple[int, ...]],
    *,
    first: tuple[int, ...],
    addition: str,
) -> dict[str, Any]:
    """The arguments of diffusers' ControlNetModel."""
    widths = tuple(block.width for block in blocks)
    layers = {block.layers for block in blocks}
    if len(layers) != 1 or not is_possible(widths) or max(layers) > _MOST_LAYERS:
        raise ValueError(f"blocks of {[(block.width, block.layers) for block in blocks]}")
    if hints[0][1] != IMAGE_CHANNELS:
        raise takes_more(name)
    depths = [max(1, block.depth) for block in blocks]
    if middle:
        depths[-1] = middle
    projections = [key for key in shapes if key.endswith(".proj_in.weight")]
    is_sd1 = family is ModelFamily.SD1
    config: dict[str, Any] = {
        "in_channels": first[1],
        "down_block_types": tuple(
            "CrossAttnDownBlock2D" if block.depth else "DownBlock2D" for block in blocks
        ),
        "mid_block_type": "UNetMidBlock2DCrossAttn" if middle else "UNetMidBlock2D",
        "block_out_channels": widths,
        "layers_per_block": layers.pop(),
        "cross_attention_dim": next(w for w, each in _WIDTHS.items() if each is family),
        "transformer_layers_per_block": tuple(depths),
        "attention_head_dim": _HEADS
        if is_sd1
        else tuple(max(1, width // _HEAD_WIDTH) for width in widths),
        "use_linear_projection": any(len(shapes[key]) == 2 for key in projections),
        "conditioning_embedding_out_channels": tuple(shape[0] for shape in hints),
    }
    if addition in shapes:
        config |= {
            "addition_embed_type": "text_time",
            "addition_time_embed_dim": _TIME_IDS,
            "projection_class_embeddings_input_dim": shapes[addition][1],
        }
    return config


def _family(name: str, shapes: Mapping[str, tuple[int, ...]], addition: str) -> ModelFamily:
    """The family by the width of what its cross attention reads."""
    if addition in shapes:
        return ModelFamily.SDXL  # its small ControlNets have no attention at all
    widths = {shape[-1] for key, shape in shapes.items() if key.endswith("attn2.to_k.weight")}
    width = widths.pop() if len(widths) == 1 else 0
    return family_of_width(name, width)


def takes_more(name: str) -> ModelError:
    """The sentence for a ControlNet that is shown more than a picture, such as a mask."""
    return ModelError(
        f"{name} takes more than a picture to steer by, which cannot be given here; please "
        "get a ControlNet for sketches, edges, depth, normals or colours."
    )


def family_of_width(name: str, width: int) -> ModelFamily:
    """The family whose text states have `width` numbers each. Raises ModelError."""
    if width not in _WIDTHS:
        raise ModelError(
            f"{name} is made for a model of another kind; Stable Diffusion 1.x, 2.x and SDXL can "
            "be steered."
        )
    return _WIDTHS[width]


def family_of_adapter(name: str, factor: int) -> ModelFamily:
    """The family that an adapter with this `downscale_factor` is for. Raises ModelError."""
    if factor not in _UNSHUFFLED:
        raise ModelError(
            f"{name} is a T2I-Adapter for a model of another kind; Stable Diffusion 1.x and SDXL "
            "can be steered."
        )
    return _UNSHUFFLED[factor]


def _adapter(
    name: str,
    shapes: Mapping[str, tuple[int, ...]],
    layout: Literal["original", "diffusers"],
    pattern: str,
) -> ControlPlan:
    """A full T2I-Adapter: its first convolution sees the image folded by 8, or by 16 for SDXL."""
    folded = shapes["conv_in.weight"][1]
    for factor in sorted(_UNSHUFFLED, reverse=True):
        if folded in (factor**2, IMAGE_CHANNELS * factor**2):
            break
    else:
        raise ValueError(f"{folded} channels")
    family = family_of_adapter(name, factor)
    places = [match.groups() for key in shapes if (match := re.fullmatch(pattern, key))]
    if layout == "original":  # two in a row are one block
        numbers = sorted(int(place[0]) for place in places)
        widths = [shapes[f"body.{number}.block1.weight"][0] for number in numbers[::2]]
        layers = 2
    else:
        numbers = sorted({int(place[0]) for place in places})
        widths = [shapes[f"body.{number}.resnets.0.block1.weight"][0] for number in numbers]
        layers = 1 + max(int(place[1]) for place in places)
    if not is_possible(tuple(widths)) or layers > _MOST_LAYERS:
        raise ValueError(f"blocks of {widths}")
    return ControlPlan(
        family,
        adapter=True,
        layout=layout,
        config={
            "in_channels": folded // factor**2,
            "channels": widths,
            "num_res_blocks": layers,
            "downscale_factor": factor,
            "adapter_type": "full_adapter_xl" if factor == 16 else "full_adapter",
        },
    )


def _numbers(keys: Iterable[str], pattern: str) -> list[int]:
    """The different numbers that `pattern` finds at the beginning of `keys`, in order."""
    compiled = re.compile(pattern)
    found = {int(match[1]) for key in keys if (match := compiled.match(key))}
    if not found or len(found) > _MOST_LAYERS:
        raise ValueError(pattern)
    return sorted(found)


def _depth(keys: Iterable[str], place: str) -> int:
    """How many transformers there are at `place`, 0 where there is none."""
    begin = f"{place}."
    return len({key.removeprefix(begin).split(".")[0] for key in keys if key.startswith(begin)})
