"""Looking into a diffusers pipeline folder: allowed classes, configs, weight files."""

from pathlib import Path
from typing import TypeVar

import msgspec

from maquette.core.control import ControlKind
from maquette.core.errors import ModelError
from maquette.core.model_info import ModelFamily, ModelInfo
from maquette.core.model_sizes import sizes_around
from maquette.core.safetensors_header import read_header

MAX_CONFIG = 1 << 20  # bytes of a config file
OWN_CONTROL = "controlnet"  # folder of the ControlNet for sketches that comes with a pipeline
_MIN_SIDE, _MAX_DEFAULT_SIDE = 256, 1024
_MAX_BLOCKS, _MAX_CHANNELS = 8, 8192  # of a UNet or VAE; SDXL has 3 blocks and 1280 channels
_SD2_CONTEXT = 1024  # width of OpenCLIP-H, the text encoder of Stable Diffusion 2.x

# The classes a pipeline folder may name. Whatever is not here is never imported or run.
_PIPELINES = {
    "StableDiffusionPipeline",
    "StableDiffusionImg2ImgPipeline",
    "StableDiffusionXLPipeline",
    "StableDiffusionXLImg2ImgPipeline",
}
_COMPONENTS = {
    "unet": {"UNet2DConditionModel"},
    "vae": {"AutoencoderKL", "AutoencoderTiny"},
    "text_encoder": {"CLIPTextModel"},
    "text_encoder_2": {"CLIPTextModelWithProjection"},
    "tokenizer": {"CLIPTokenizer", "CLIPTokenizerFast"},
    "tokenizer_2": {"CLIPTokenizer", "CLIPTokenizerFast"},
}
_WEIGHT_STEMS = {
    "unet": "diffusion_pytorch_model",
    "vae": "diffusion_pytorch_model",
    "text_encoder": "model",
    "text_encoder_2": "model",
    OWN_CONTROL: "diffusion_pytorch_model",
}
_OPTIONAL = frozenset({"text_encoder_2", OWN_CONTROL})

T = TypeVar("T")


class _Description(msgspec.Struct, frozen=True):
    """maquette.json: what the app needs to know of a model that was made for it."""

    name: str
    family: ModelFamily
    sizes: tuple[tuple[int, int], ...]
    default_size: tuple[int, int]
    default_steps: int
    default_guidance: float
    languages: tuple[str, ...] = ("en",)
    version: str = ""


class _UNetConfig(msgspec.Struct, frozen=True):
    in_channels: int = 4
    sample_size: int | tuple[int, int] | None = None
    cross_attention_dim: int | tuple[int, ...] = 768
    block_out_channels: tuple[int, ...] = (320, 640, 1280, 1280)
    time_cond_proj_dim: int | None = None  # distilled for few steps (LCM)
    class_embed_type: str | None = None  # upscalers and image variations
    encoder_hid_dim: int | None = None


class _VaeConfig(msgspec.Struct, frozen=True):
    block_out_channels: tuple[int, ...] = (64, 64, 64, 64)  # the default of AutoencoderTiny
    latent_channels: int = 4


def inspect_folder(folder: Path) -> ModelInfo:
    """What the pipeline in `folder` is; reads configs and weight headers only.

    Raises:
        ModelError: with a sentence, if it is incomplete, unsafe or of an unknown kind.
    """
    index = read_config(folder / "model_index.json", dict[str, object])
    pipeline = index.get("_class_name")
    if pipeline not in _PIPELINES:
        raise ModelError(
            f"{folder.name} is a model of a kind that cannot be used ({shown(pipeline)}); "
            "Stable Diffusion 1.x, 2.x and SDXL can."
        )
    is_sdxl = "XL" in str(pipeline)
    for component, allowed in _COMPONENTS.items():
        if component.endswith("_2") and not is_sdxl:
            continue
        class_name = component_class(index, component)
        if class_name not in allowed:
            raise ModelError(
                f"{folder.name} has a part that cannot be used "
                f"({component}: {shown(class_name)}); please choose another model."
            )
    for file in folder_weights(folder):
        read_header(file)
    unet = read_config(folder / "unet" / "config.json", _UNetConfig)
    vae = read_config(folder / "vae" / "config.json", _VaeConfig)
    other_input = unet.time_cond_proj_dim or unet.class_embed_type or unet.encoder_hid_dim
    if unet.in_channels != vae.latent_channels or other_input:
        raise ModelError(
            f"{folder.name} is made for another task (inpainting, editing or few-step sampling), "
            "not for making pictures from a prompt."
        )
    if not all(map(is_possible, (unet.block_out_channels, vae.block_out_channels))):
        raise ModelError(f"{folder.name} has a config that makes no sense; please fetch it again.")
    factor = 2 ** (len(vae.block_out_channels) - 1)
    controls = (ControlKind.SKETCH,) if (folder / OWN_CONTROL).is_dir() else ()
    if (folder / "maquette.json").is_file():
        described = read_config(folder / "maquette.json", _Description)
        fields = {name: getattr(described, name) for name in described.__struct_fields__}
        return ModelInfo(id=str(folder), latent_factor=factor, controls=controls, **fields)
    family = ModelFamily.SDXL if is_sdxl else _small_family(unet)
    sample = unet.sample_size if isinstance(unet.sample_size, int) else 512 // factor
    side = max(_MIN_SIDE, min(sample * factor, _MAX_DEFAULT_SIDE))
    return ModelInfo(
        id=str(folder),
        name=folder.name,
        family=family,
        latent_factor=factor,
        sizes=sizes_around(side),
        default_size=(side, side),
        controls=controls,
    )


def component_class(index: dict[str, object], component: str) -> object:
    """The class that `index` (model_index.json) names for `component`, None if there is none."""
    entry = index.get(component)
    return entry[1] if isinstance(entry, list) and len(entry) == 2 else None


def read_index(folder: Path) -> dict[str, object]:
    """model_index.json of `folder`. Raises ModelError."""
    return read_config(folder / "model_index.json", dict[str, object])


def component_weights(folder: Path, component: str) -> list[Path]:
    """The .safetensors files of one component: full precision, else the fp16 variant.

    Raises:
        ModelError: there is none, or a shard is missing.
    """
    place, stem = folder / component, _WEIGHT_STEMS[component]
    for variant in ("", ".fp16"):
        single = place / f"{stem}{variant}.safetensors"
        if single.is_file():
            return [single]
        index = place / f"{stem}.safetensors.index{variant}.json"
        if index.is_file():
            return _shards(folder, index)
    if any(place.glob("*.bin")) or any(place.glob("*.ckpt")):
        raise ModelError(
            f"{folder.name} holds its {component} only as .bin, which is not opened because such "
            "files can run programs; please get the model with .safetensors files."
        )
    raise ModelError(
        f"{folder.name} is incomplete: the weights of its {component} are missing; "
        "please fetch the model again."
    )


def variant_of(folder: Path, component: str) -> str | None:
    """The variant that diffusers must be asked for to load `component_weights`."""
    return "fp16" if ".fp16" in component_weights(folder, component)[0].name else None


def folder_weights(folder: Path) -> list[Path]:
    """All weight files of the pipeline in `folder`, in a fixed order. Raises ModelError."""
    return [
        file
        for component in _WEIGHT_STEMS
        if component not in _OPTIONAL or (folder / component).is_dir()
        for file in component_weights(folder, component)
    ]


def _shards(folder: Path, index: Path) -> list[Path]:
    weight_map = read_config(index, dict[str, object]).get("weight_map")
    names = sorted({str(n) for n in weight_map.values()}) if isinstance(weight_map, dict) else []
    for name in names or [index.name]:
        if Path(name).name != name or not (index.parent / name).is_file() or not names:
            raise ModelError(
                f"{folder.name} is incomplete: {shown(name)} is missing; "
                "please fetch the model again."
            )
    return [index.parent / name for name in names]


def is_possible(channels: tuple[int, ...]) -> bool:
    """Whether a network may have blocks of these widths."""
    return 1 <= len(channels) <= _MAX_BLOCKS and all(1 <= c <= _MAX_CHANNELS for c in channels)


def _small_family(unet: _UNetConfig) -> ModelFamily:
    context = unet.cross_attention_dim
    width = context if isinstance(context, int) else max(context, default=0)
    return ModelFamily.SD2 if width == _SD2_CONTEXT else ModelFamily.SD1


def read_config(path: Path, kind: type[T]) -> T:
    """A config file, bounded in size. Raises ModelError if it is missing or makes no sense."""
    name = f"{path.parent.name}/{path.name}"
    try:
        if path.stat().st_size > MAX_CONFIG:
            raise ModelError(f"{name} is too large to be a config; please fetch the model again.")
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except OSError as error:
        raise ModelError(
            f"{path.parent.name} is not a complete model folder: {path.name} is missing; "
            "please choose a diffusers folder or a .safetensors file.",
            str(error),
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ModelError(f"{name} is broken; please fetch the model again.", str(error)) from error


def shown(value: object) -> str:
    """A stranger's text, short enough for a sentence."""
    return str(value)[:60] if value else "unknown"
