"""What the studio knows of a model before and after it is loaded. Plain values."""

from enum import StrEnum
from typing import Literal

import msgspec

from maquette.core.control import ControlKind

BUILT_IN = "maquette-mini"


class ModelFamily(StrEnum):
    """Architectures the worker can run."""

    MINI = "mini"  # the built-in model
    SD1 = "sd1"
    SD2 = "sd2"
    SDXL = "sdxl"


class ModelInfo(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A model that can be chosen.

    `id` is "maquette-mini" or the path the user pointed at. Sizes are (width, height) in pixels.
    `latent_factor` is pixels per latent cell. `digest` (sha256, hex) is known once loaded.
    `controls` are what it can be steered by without a control model beside it.
    """

    id: str
    name: str
    family: ModelFamily
    layout: Literal["folder", "single-file"] = "folder"
    latent_factor: int = 8
    sizes: tuple[tuple[int, int], ...] = ((512, 512),)
    default_size: tuple[int, int] = (512, 512)
    default_steps: int = 25
    default_guidance: float = 7.0
    languages: tuple[str, ...] = ("en",)
    version: str = ""
    digest: str = ""
    controls: tuple[ControlKind, ...] = ()
