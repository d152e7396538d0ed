"""Twelve sketches with the wobble of a hand, their renders and how well those follow, as a sheet.

Run `python -m benchmarks.hand_sketches --sheet docs/model/hand-sketches.png`. The strokes are those
of `benchmarks.freehand`, drawn with the app's own brush; the renders come from a worker, all from
one seed with the slider at its end.
"""

import argparse
import asyncio
import io
import statistics
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.freehand import SKETCHES, Trace, drawn
from benchmarks.report import Figure, report
from maquette.core.drawing_edits import fresh_drawing
from maquette.core.drawing_pixels import LayerPixels
from maquette.core.fidelity import Fidelity
from maquette.core.model_info import BUILT_IN
from maquette.core.pixels import Pixels
from maquette.core.sketch_images import SketchImages
from maquette.core.stroke_mask import paint_line
from maquette.core.strokes import Sample, Stroke
from maquette.core.tools import ToolSettings
from maquette.engine.client import EngineClient
from maquette.library.sketches.flattening import Flattening
from maquette.state.draft import draft_recipes
from maquette.state.session import Session
from maquette.state.sketch_choice import SketchChoice
from maquette.state.sketching import FULL, build_controls

PAPER = 1024
SIDE = 256
SEED = 7
ENOUGH = 0.6  # what a render that follows is scored, by the acceptance of the sketch's place
COLUMNS = 3  # of sketch and render side by side
TEXT = 36  # pixels below each pair
GAP = 12

PROMPTS: Mapping[str, str] = MappingProxyType(
    {
        "mug": "a polished copper mug on a wooden table",
        "teapot": "a blue ceramic teapot, soft light from the left",
        "vase": "a green glass vase on a grey background",
        "bottle": "a yellow plastic bottle",
        "goblet": "a red ceramic goblet on a dark background",
        "lamp": "a turquoise table lamp on a wooden table",
        "chair": "an orange plastic chair",
        "stool": "a wooden stool on a white background",
        "speaker": "a red speaker on a grey background",
        "watch": "a black leather watch on a beige background",
        "clock": "a red alarm clock on a blue background",
        "perfume": "a purple perfume bottle on a white background",
    }
)


@dataclass(frozen=True)
class Rendered:
    """One pair of the sheet: RGB of SIDE by SIDE."""

    name: str
    sketch: Pixels
    picture: Pixels
    fidelity: Fidelity


def on_paper(traces: Sequence[Trace]) -> SketchImages:
    """The strokes as the brush of the app leaves them, as they are at SIDE."""
    drawing = fresh_drawing(PAPER, PAPER)
    mask = np.zeros((PAPER, PAPER), np.uint8)
    settings = ToolSettings()
    for trace in traces:
        stroke = Stroke(settings, settings.size, scale=1.0)
        nodes = []
        for x, y, pressure in trace:
            nodes += stroke.add(Sample(x * PAPER, y * PAPER, pressure))
        paint_line(mask, [*nodes, *stroke.finish()], settings.hardness)
    sheet = np.zeros((PAPER, PAPER, 4), np.uint8)
    sheet[..., 3] = mask
    sheets = {drawing.active: LayerPixels.of(sheet)}
    images = Flattening().images(drawing, sheets, "", (SIDE, SIDE), loose=1.0)
    if images is None:
        raise RuntimeError("a sketch is blank")
    return images


async def render(options: argparse.Namespace) -> list[Rendered]:
    """A render of each sketch, through a worker."""
    client = EngineClient(device=options.device)
    await client.start()
    made: list[Rendered] = []
    try:
        model = await client.load(options.model)
        for number, name in enumerate(SKETCHES):
            drawing = on_paper(drawn(name, seed=number))
            steering = build_controls(
                SketchChoice(used=True, follow=options.follow), drawing, model, has_start=False
            )
            session = Session(
                prompt=PROMPTS[name],
                steps=model.default_steps,
                guidance_scale=model.default_guidance,
            )
            [recipe] = draft_recipes(session, model, SEED, steering=steering)
            answer = await client.generate(name, f"{number:08X}", recipe, images=steering.images)
            picture = np.asarray(Image.open(io.BytesIO(answer.file)).convert("RGB"))
            if answer.record.fidelity is None:
                raise RuntimeError("a render has no fidelity")
            made.append(Rendered(name, drawing.sketch, picture, answer.record.fidelity))
    finally:
        await client.close()
    return made


def draw_sheet(made: Sequence[Rendered], path: Path) -> None:
    """Write the pairs with their scores as one PNG."""
    rows = -(-len(made) // COLUMNS)
    wide, high = 2 * SIDE + 2 * GAP, SIDE + TEXT
    sheet = Image.new("RGB", (COLUMNS * wide + GAP, rows * high + GAP), "white")
    pen = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(16)
    for number, each in enumerate(made):
        x, y = GAP + number % COLUMNS * wide, GAP + number // COLUMNS * high
        sheet.paste(Image.fromarray(each.sketch), (x, y))
        sheet.paste(Image.fromarray(each.picture), (x + SIDE, y))
        pen.rectangle((x, y, x + 2 * SIDE - 1, y + SIDE - 1), outline="#c8c8c8")
        said = f"{PROMPTS[each.name]}  {each.fidelity.score:.2f}"
        pen.text((x + 2, y + SIDE + 4), said, "black", font)
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(path, optimize=True)


def main() -> int:
    """Render, write the sheet if one is asked for, and report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hand_sketches", description=__doc__)
    parser.add_argument("--model", default=BUILT_IN)
    parser.add_argument("--device", default="auto")
    parser.add_argument("--follow", type=int, default=FULL)
    parser.add_argument("--sheet", type=Path, help="where to write the sheet (PNG)")
    options = parser.parse_args()
    made = asyncio.run(render(options))
    if options.sheet:
        draw_sheet(made, options.sheet)
    scores = [each.fidelity.score for each in made]
    figures = [
        Figure("mean score", statistics.fmean(scores), "", at_least=ENOUGH),
        Figure("lowest score", min(scores), ""),
        Figure(f"renders scored at least {ENOUGH}", sum(s >= ENOUGH for s in scores), ""),
        *(Figure(each.name, each.fidelity.score, "") for each in made),
    ]
    details = {"model": options.model, "follow": options.follow, "seed": SEED}
    return report("hand_sketches", figures, details)


if __name__ == "__main__":
    sys.exit(main())
