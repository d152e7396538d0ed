"""What is left of the watermark once a model made the picture again.

Through the built-in model's autoencoder, and image to image at several strengths. No target: a
mark in pixels is not expected to survive pixels that are made anew.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from diffusers import StableDiffusionImg2ImgPipeline

from benchmarks.marked_pictures import made_by_model
from benchmarks.report import Figure, report
from maquette.core.marking import Preset
from maquette.core.model_files import built_in_model
from maquette.core.pixels import Pixels
from maquette.provenance.metadata import read_image
from maquette.provenance.watermark.detection import detect
from maquette.provenance.watermark.embedding import embed
from maquette_recipe.evaluate.generate import load_pipeline

_STRENGTHS = (0.1, 0.3, 0.6)
_RECORD = "7F3A91C2"


def main() -> int:
    """Mark, make again, read, and report how many marks are left."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.regeneration", description=__doc__)
    parser.add_argument("--images", type=int, default=24)
    parser.add_argument("--folder", type=Path, default=Path("watermark-pictures"))
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    pictures = [read_image(path)[0] for path in made_by_model(options.images, options.folder)]
    pipeline = load_pipeline(built_in_model()[0])
    again = StableDiffusionImg2ImgPipeline(**pipeline.components, requires_safety_checker=False)
    again.set_progress_bar_config(disable=True)

    def through_autoencoder(pixels: Pixels) -> Pixels:
        with torch.inference_mode():
            latents = again.vae.encode(_tensor(pixels) * 2 - 1).latents
            return _pixels(again.vae.decode(latents).sample / 2 + 0.5)

    def image_to_image(strength: float) -> Callable[[Pixels], Pixels]:
        def run(pixels: Pixels) -> Pixels:
            output: Any = again(
                "a picture", image=_tensor(pixels), strength=strength, num_inference_steps=10,
                guidance_scale=1.0, output_type="pt", generator=torch.Generator().manual_seed(1),
            )  # fmt: skip
            return _pixels(output.images)

        return run

    ways = {"autoencoder": through_autoencoder}
    ways |= {f"image to image {strength:g}": image_to_image(strength) for strength in _STRENGTHS}
    figures = []
    for preset in Preset:
        marked = [embed(pixels, _RECORD, preset=preset).pixels for pixels in pictures]
        for name, way in ways.items():
            left = [detect(way(pixels), thorough=False) is not None for pixels in marked]
            figures.append(Figure(f"{preset}: {name}", float(np.mean(left)), ""))
    return report("regeneration", figures, {"images": options.images})


def _tensor(pixels: Pixels) -> torch.Tensor:
    """(1, 3, height, width) in 0..1, bf16."""
    values = torch.from_numpy(pixels.copy()).permute(2, 0, 1)[None] / 255
    return values.to(torch.bfloat16)


def _pixels(values: torch.Tensor) -> Pixels:
    picture = values[0].float().clamp(0, 1).permute(1, 2, 0) * 255
    return picture.round().to(torch.uint8).cpu().numpy()


if __name__ == "__main__":
    sys.exit(main())
