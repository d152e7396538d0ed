"""Sample pictures of a style while it is learned: fixed prompts and seeds, marked before they go.

They carry the watermark as live pictures do, and are no saved pictures.
"""

from collections.abc import Callable

import msgspec
import numpy as np
import torch

from maquette.core.pixels import Pixels
from maquette.core.record import record_id_for
from maquette.core.training import TrainingPlan
from maquette.core.training_captions import sample_prompts
from maquette.core.training_files import TrainingFolder
from maquette.provenance.watermark.embedding import embed_at_once
from maquette.worker.pipeline import Pipeline
from maquette.worker.training.latents import seed_of
from maquette.worker.training.pictures import write_tensors
from maquette.worker.training.prior import picture_of, sample_recipe

MADE = 8  # pictures that the report is about
_SLOW_NETWORK = 100_000_000  # parameters; above, a CPU takes minutes for a picture


class Sample(msgspec.Struct, frozen=True, eq=False):
    """A sample picture, with the watermark."""

    prompt: str
    pixels: Pixels


def can_sample(pipeline: Pipeline) -> bool:
    """Whether pictures are made in seconds, so that training may pause for them."""
    size = sum(parameter.numel() for parameter in pipeline.unet.parameters())
    return pipeline.device.type != "cpu" or size <= _SLOW_NETWORK


def make_samples(
    folder: TrainingFolder, plan: TrainingPlan, pipeline: Pipeline, step: int
) -> tuple[Sample, ...]:
    """The pictures of a sample grid by the weights as they are, kept in the folder as well.

    Raises:
        TrainingError: the folder cannot be written.
    """
    samples = []
    for number, prompt in enumerate(sample_prompts(plan)):
        recipe = sample_recipe(pipeline, prompt, _seed(plan, number), pipeline.info.default_size)
        pixels = picture_of(pipeline, prompt, recipe.seed, pipeline.info.default_size)
        samples.append(Sample(prompt, embed_at_once(pixels, record_id_for(recipe))))
    stacked = torch.from_numpy(np.stack([sample.pixels for sample in samples]))
    write_tensors(folder, folder.samples(step), {"pictures": stacked})
    return tuple(samples)


def pictures_to_judge(
    plan: TrainingPlan, pipeline: Pipeline, report: Callable[[float], None]
) -> list[Pixels]:
    """Pictures by the weights as they are, of captions that were learned and others; unmarked."""
    prompts = sample_prompts(plan, MADE)
    made = []
    for number, prompt in enumerate(prompts):
        report(number / len(prompts))
        made.append(picture_of(pipeline, prompt, _seed(plan, number), pipeline.info.default_size))
    return made


def _seed(plan: TrainingPlan, number: int) -> int:
    return seed_of(plan.settings.seed, "sample", number)
