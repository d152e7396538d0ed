"""`--lora FILE[:WEIGHT]`: what is added to the model."""

from collections.abc import Sequence

import msgspec

from maquette.core.errors import InputError
from maquette.core.lora import LoraUse
from maquette.core.lora_models import check_lora_fits, inspect_lora
from maquette.core.model_files import weights_digest
from maquette.core.model_info import ModelInfo
from maquette.core.paths import absolute_path, cache_dir
from maquette.core.style import Style


class AskedLoras(msgspec.Struct, frozen=True):
    """What was asked for, as a recipe names it, and what to say about it."""

    loras: tuple[LoraUse, ...] = ()
    remarks: tuple[str, ...] = ()


def read_loras(typed: Sequence[str], model: ModelInfo) -> AskedLoras:
    """The LoRAs of `typed`, each a file with, perhaps, its weight after a colon.

    Raises:
        InputError: a file cannot be used, or is made for a model of another family.
    """
    loras, remarks = [], []
    for text in typed:
        path, weight = _parts(text)
        info = inspect_lora(absolute_path(path))
        check_lora_fits(info, model)
        loras.append(
            LoraUse(info.name, weights_digest(info.path, cache_dir() / "digests.json"), weight)
        )
        if info.triggers:
            remarks.append(f"{info.name} answers to these words: {', '.join(info.triggers)}.")
    return AskedLoras(tuple(loras), tuple(remarks))


def with_style(loras: tuple[LoraUse, ...], style: Style | None) -> tuple[LoraUse, ...]:
    """`loras` and those of `style`; of one that both name, the weight that was typed holds."""
    typed = {lora.digest for lora in loras}
    own = style.loras if style else ()
    return (
        *(each for each in own if each.digest not in typed),
        *loras,
    )


def _parts(text: str) -> tuple[str, float]:
    """A path and a weight; a colon that no number follows is the path's."""
    path, colon, weight = text.rpartition(":")
    try:
        return (path, float(weight)) if colon and path else (text, 1.0)
    except ValueError:
        if not weight.strip():
            raise InputError(
                f"--lora is a file and, after a colon, its weight, not {text!r}."
            ) from None
        return text, 1.0
