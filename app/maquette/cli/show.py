"""`maquette show`: what a picture file carries."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from maquette.cli.terminal import ExitCode, printable
from maquette.core.recipe import Recipe
from maquette.core.record import spoken_id
from maquette.provenance.metadata import EmbeddedRecord
from maquette.provenance.verify import Findings, read_picture

_COLUMN = 17


def run_show(file: Path, *, as_json: bool) -> int:
    """Print what `file` carries. Raises ImageError."""
    findings = read_picture(file)
    if as_json:
        print(msgspec.json.encode(findings).decode())
    else:
        print(printable(f"{file.name}: {findings.summary}"))
        for name, value in _lines(findings):
            print(f"  {name:<{_COLUMN}}{printable(value).replace(chr(10), ' ')}")
    return ExitCode.DONE


def _lines(findings: Findings) -> Iterator[tuple[str, str]]:
    yield (
        "Image",
        f"{findings.format}, {findings.width} x {findings.height} pixels, "
        f"{findings.file_bytes / 1024:,.0f} KiB",
    )
    yield "Watermark", spoken_id(findings.watermark) if findings.watermark else "none found"
    label = findings.label
    yield "AI label", label.source_type if label and label.source_type else "none"
    if label and label.credit:
        yield "Credit", label.credit
    if findings.record is not None:
        yield from _record_lines(findings.record)
    recipe = findings.record.recipe if findings.record else None
    if recipe is not None:
        yield from _recipe_lines(recipe)
    elif findings.parameters is not None:
        yield "Prompt", findings.parameters.prompt
        yield "Negative prompt", findings.parameters.negative_prompt or "none"
        yield from findings.parameters.settings.items()
    else:
        yield "Recipe", "none"
    for problem in findings.problems:
        yield "Problem", problem


def _record_lines(record: EmbeddedRecord) -> Iterator[tuple[str, str]]:
    yield "Record", spoken_id(record.id)
    yield "Made", f"{record.created} with {record.tool}"


def _recipe_lines(recipe: Recipe) -> Iterator[tuple[str, str]]:
    yield "Prompt", recipe.prompt or "(empty)"
    if recipe.negative_prompt:
        yield "Negative prompt", recipe.negative_prompt
    yield "Seed", str(recipe.seed)
    yield "Size", f"{recipe.width} x {recipe.height}"
    yield "Steps", str(recipe.steps)
    yield "Guidance", f"{recipe.guidance_scale:g}"
    yield "Sampler", recipe.sampler
    yield "Model", f"{recipe.model.name or recipe.model.id} {recipe.model.digest[:10]}".strip()
    if recipe.start is not None:
        origin = spoken_id(recipe.start.record) if recipe.start.record else "a picture"
        yield "Started from", f"{origin}, strength {recipe.start.strength:g}"
