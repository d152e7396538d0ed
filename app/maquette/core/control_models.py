"""Control models: which there are, what each steers by, and which base models it fits.

Only configs and headers are read here; nothing is loaded, and no file that could run a program is
opened.
"""

from pathlib import Path
from typing import Literal

import msgspec

from maquette.core.control import ControlKind
from maquette.core.control_headers import (
    IMAGE_CHANNELS,
    family_of_adapter,
    family_of_width,
    plan_of,
    takes_more,
)
from maquette.core.control_kinds import (
    FAMILY_WORDS,
    ControlHint,
    guess_hint,
    kind_of,
    takes,
)
from maquette.core.errors import ModelError
from maquette.core.model_info import ModelFamily, ModelInfo
from maquette.core.pipeline_folder import is_possible, read_config, shown
from maquette.core.safetensors_header import read_header
from maquette.core.settings import Settings

WEIGHTS = "diffusion_pytorch_model"
_MOST_LAYERS = 64
_FILE_NAMES = frozenset({WEIGHTS, f"{WEIGHTS}.fp16", "model", "pytorch_model"})  # say nothing


class ControlModelInfo(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A network that steers a base model by an image.

    `id` is the path that the user pointed at. `kind` is what it steers by, guessed from its name
    unless the user said it; `hint` is how the images were drawn that it learned from. `adapter` is
    whether it is a T2I-Adapter.
    """

    id: str
    name: str
    kind: ControlKind
    family: ModelFamily
    layout: Literal["folder", "single-file"]
    adapter: bool = False
    hint: ControlHint = ControlHint.SCRIBBLE


class _ControlConfig(msgspec.Struct, frozen=True):
    """What of a ControlNet's config.json tells what it is for."""

    cross_attention_dim: int | tuple[int, ...] = 1280
    block_out_channels: tuple[int, ...] = (320, 640, 1280, 1280)
    layers_per_block: int = 2
    transformer_layers_per_block: int | tuple[int, ...] = 1
    conditioning_channels: int = 3
    addition_embed_type: str | None = None
    conditioning_embedding_out_channels: tuple[int, ...] | None = (16, 32, 96, 256)


class _AdapterConfig(msgspec.Struct, frozen=True):
    """What of a T2I-Adapter's config.json tells what it is for."""

    in_channels: int = 3
    channels: tuple[int, ...] = (320, 640, 1280, 1280)
    num_res_blocks: int = 2
    downscale_factor: int = 8


def find_control_models(
    settings: Settings,
) -> tuple[tuple[ControlModelInfo, ...], tuple[str, ...]]:
    """The control models that the settings name, and the paths that cannot be used now. Blocks."""
    found: list[ControlModelInfo] = []
    missing: list[str] = []
    for choice in settings.control_models:
        try:
            found.append(inspect_control_model(choice.path, choice.kind))
        except ModelError:
            missing.append(choice.path)
    return tuple(found), tuple(missing)


def inspect_control_model(path: str | Path, kind: ControlKind | None = None) -> ControlModelInfo:
    """What the control model at `path` is, from configs and headers alone (milliseconds).

    Args:
        kind: what the user says that it steers by; None guesses.

    Raises:
        ModelError: with a sentence, if it is missing, incomplete, unsafe or of an unknown kind.
    """
    place = Path(path)
    try:
        is_folder, is_file = place.is_dir(), place.is_file()
    except (OSError, ValueError) as error:
        raise ModelError("The control model's path cannot be read.", str(error)) from error
    if not (is_folder or is_file):
        raise ModelError(f"There is no control model at {path}; please check the path.")
    family, adapter = _folder(place) if is_folder else _file(place)
    name = place.stem if is_file and place.stem not in _FILE_NAMES else place.absolute().name
    if is_file and place.stem in _FILE_NAMES:
        name = place.absolute().parent.name
    hint = guess_hint(name, place.absolute().parent.name)
    return ControlModelInfo(
        id=str(path),
        name=name,
        kind=kind or kind_of(hint),
        family=family,
        layout="folder" if is_folder else "single-file",
        adapter=adapter,
        hint=hint,
    )


def check_pair(control: ControlModelInfo, model: ModelInfo) -> None:
    """Raise ModelError, with the reason, if `control` cannot steer `model`."""
    if control.family is not model.family:
        raise ModelError(
            f"The control model {control.name} is made for {FAMILY_WORDS[control.family]} and "
            f"cannot steer {model.name}, which is {_described(model.family)}; choose one that is "
            "made for it."
        )


def fitting(
    controls: tuple[ControlModelInfo, ...], model: ModelInfo, kind: ControlKind
) -> tuple[ControlModelInfo, ...]:
    """Those of `controls` that steer `model` by images of `kind`, of that very kind first."""
    fit = [each for each in controls if each.family is model.family and takes(each.kind, kind)]
    return tuple(sorted(fit, key=lambda each: each.kind is not kind))


def needs_none(model: ModelInfo, kind: ControlKind) -> bool:
    """Whether `model` is steered by images of `kind` without a control model."""
    return any(takes(own, kind) for own in model.controls)


def reader_of(
    kind: ControlKind, wanted: str, model: ModelInfo, control_models: tuple[ControlModelInfo, ...]
) -> ControlModelInfo | None:
    """The control model that reads an image of `kind` for `model`; None where none does.

    Args:
        wanted: the id of the one that was chosen; "" takes the model's own, else the first that
            fits.
    """
    if not wanted and needs_none(model, kind):
        return None
    fits = fitting(control_models, model, kind)
    return next((each for each in fits if each.id == wanted or not wanted), None)


def control_weights(place: Path) -> Path:
    """The weights of the control model at `place`, a folder or a file. Raises ModelError."""
    if place.is_file():
        return place
    for variant in ("", ".fp16"):
        file = place / f"{WEIGHTS}{variant}.safetensors"
        if file.is_file():
            return file
    if any(place.glob("*.bin")) or any(place.glob("*.pth")):
        raise _unsafe(place.name)
    raise ModelError(
        f"{place.name} is incomplete: its weights ({WEIGHTS}.safetensors) are missing; please "
        "fetch the control model again."
    )


def _folder(place: Path) -> tuple[ModelFamily, bool]:
    """The family of a folder that diffusers saved, and whether it is an adapter."""
    named = read_config(place / "config.json", dict[str, object]).get("_class_name")
    read_header(control_weights(place))
    if named == "ControlNetModel":
        config = read_config(place / "config.json", _ControlConfig)
        depths = config.transformer_layers_per_block
        depth = depths if isinstance(depths, int) else max(depths, default=1)
        _require_possible(
            place.name,
            (config.block_out_channels, config.conditioning_embedding_out_channels or (1,)),
            max(config.layers_per_block, depth),
        )
        if config.conditioning_channels != IMAGE_CHANNELS:
            raise takes_more(place.name)
        if config.addition_embed_type == "text_time":
            return ModelFamily.SDXL, False
        width = config.cross_attention_dim
        return family_of_width(
            place.name, width if isinstance(width, int) else max(width, default=0)
        ), False
    if named == "T2IAdapter":
        adapter = read_config(place / "config.json", _AdapterConfig)
        _require_possible(place.name, (adapter.channels,), adapter.num_res_blocks)
        return family_of_adapter(place.name, adapter.downscale_factor), True
    raise ModelError(
        f"{place.name} is no control model that can be used ({shown(named)}); ControlNets and "
        "T2I-Adapters for Stable Diffusion 1.x, 2.x and SDXL can."
    )


def _file(place: Path) -> tuple[ModelFamily, bool]:
    """The family of a single file, and whether it is an adapter."""
    if place.suffix != ".safetensors":
        raise _unsafe(place.name)
    plan = plan_of(place.name, read_header(place))
    return plan.family, plan.adapter


def _require_possible(name: str, widths: tuple[tuple[int, ...], ...], layers: int) -> None:
    if not all(map(is_possible, widths)) or not 1 <= layers <= _MOST_LAYERS:
        raise ModelError(f"{name} has a config that makes no sense; please fetch it again.")


def _unsafe(name: str) -> ModelError:
    return ModelError(
        f"{name} is not opened, because such model files can run programs; please get the control "
        "model as .safetensors, or convert it."
    )


def _described(family: ModelFamily) -> str:
    words = FAMILY_WORDS[family]
    return words if family is ModelFamily.MINI else f"of the family {words}"
