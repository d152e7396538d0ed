"""`maquette show`: the recipe and the texts that a picture file carries, taken at their word."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from maquette.cli.terminal import ExitCode, printable
from maquette.core.fidelity import Fidelity
from maquette.core.recipe import Recipe
from maquette.core.record import spoken_id
from maquette.core.style_blend import style_label
from maquette.provenance.metadata import Metadata, read_image
from maquette.provenance.parameters import Parameters, read_parameters

_COLUMN = 17


class _Shown(msgspec.Struct, frozen=True):
    """What is printed as JSON: the texts as read, and the `parameters` text taken apart."""

    metadata: Metadata
    parameters: Parameters | None


def run_show(file: Path, *, as_json: bool) -> int:
    """Print what `file` says of itself. Raises ImageError."""
    _pixels, metadata = read_image(file)
    parameters = read_parameters(metadata.parameters) if metadata.parameters else None
    shown = _Shown(metadata, parameters)
    if as_json:
        print(msgspec.json.encode(shown).decode())
    else:
        size = f"{metadata.format}, {metadata.width} x {metadata.height} pixels"
        print(printable(f"{file.name}: {size}").replace("\n", " "))
        for name, value in _lines(shown):
            print(f"  {name:<{_COLUMN}}{printable(value).replace(chr(10), ' ')}")
    return ExitCode.DONE


def _lines(shown: _Shown) -> Iterator[tuple[str, str]]:
    label, record = shown.metadata.xmp, shown.metadata.record
    yield "AI label", label.source_type if label and label.source_type else "none"
    if label and label.credit:
        yield "Credit", label.credit
    if record is not None:
        yield "Record", spoken_id(record.id)
        yield "Made", f"{record.created} with {record.tool}"
    if record is not None and record.recipe is not None:
        yield from _recipe_lines(record.recipe)
        yield from _fidelity_lines(record.fidelity)
    elif shown.parameters is not None:
        yield "Prompt", shown.parameters.prompt
        yield "Negative prompt", shown.parameters.negative_prompt or "none"
        yield from shown.parameters.settings.items()
    else:
        yield "Recipe", "none"
    for problem in shown.metadata.problems:
        yield "Problem", problem


def _recipe_lines(recipe: Recipe) -> Iterator[tuple[str, str]]:
    yield "Prompt", recipe.prompt or "(empty)"
    if recipe.negative_prompt:
        yield "Negative prompt", recipe.negative_prompt
    if recipe.style is not None:
        yield "Style", style_label(recipe)
    if recipe.blend is not None:
        yield "Blended with", f"{recipe.blend.prompt}, {recipe.blend.share:.0%} of it"
    yield "Seed", str(recipe.seed)
    yield "Size", f"{recipe.width} x {recipe.height}"
    yield "Steps", str(recipe.steps)
    yield "Guidance", f"{recipe.guidance_scale:g}"
    yield "Sampler", recipe.sampler
    yield "Model", f"{recipe.model.name or recipe.model.id} {recipe.model.digest[:10]}".strip()
    if recipe.start is not None:
        origin = spoken_id(recipe.start.record) if recipe.start.record else "a picture"
        yield "Started from", f"{origin}, strength {recipe.start.strength:g}"
    for control in recipe.controls:
        set_by = f"follow {control.follow}" if control.follow >= 0 else f"scale {control.scale:g}"
        named = f" by {control.model.name}" if control.model else ""
        yield "Steered by", f"{control.kind} {control.digest[:10]}, {set_by}{named}"
    if recipe.like is not None:
        like = recipe.like
        origin = spoken_id(like.record) if like.record else f"a picture {like.digest[:10]}"
        way = f", with {like.adapter.name}" if like.adapter else ""
        yield "In the style of", f"{origin}, strength {like.strength:g}{way}"
    for lora in recipe.loras:
        yield "LoRA", f"{lora.name} {lora.digest[:10]}, weight {lora.weight:g}"
    if recipe.kept is not None:
        yield "Locked region", recipe.kept.digest[:10]


def _fidelity_lines(fidelity: Fidelity | None) -> Iterator[tuple[str, str]]:
    if fidelity is None:
        return
    parts = f"recall {fidelity.recall:.2f}, precision {fidelity.precision:.2f}"
    yield "Fidelity", f"{fidelity.score:.2f} ({parts})"
    if fidelity.locked_recall is not None:
        yield "Lines to keep", f"recall {fidelity.locked_recall:.2f}"
