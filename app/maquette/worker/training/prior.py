"""Prior preservation (DreamBooth, arXiv:2208.12242): the base model's own pictures, learned along.

They keep what the model knew from being forgotten, and show how far a style has moved away.
"""

import time
from collections.abc import Callable, Mapping

import torch

from maquette.core.model_ref import ModelRef
from maquette.core.pixels import Pixels
from maquette.core.recipe import Recipe
from maquette.core.training import TrainingPlan
from maquette.core.training_captions import without_trigger
from maquette.core.training_files import TrainingFolder
from maquette.worker.cancel import CancelToken
from maquette.worker.pipeline import Pipeline
from maquette.worker.text_to_image import Run, make_image
from maquette.worker.training.latents import Example, latents_of, seed_of
from maquette.worker.training.pictures import read_tensors, write_tensors

KEPT = 6  # pictures whose pixels are kept, to be compared with
_SAVE_EVERY = 10.0  # seconds


def picture_of(
    pipeline: Pipeline, prompt: str, seed: int, size: tuple[int, int], steps: int = 0
) -> Pixels:
    """A picture by the pipeline as it is, unmarked: it must not leave this process as it is."""
    recipe = sample_recipe(pipeline, prompt, seed, size, steps)
    return make_image(pipeline, recipe, None, lambda _step, _total, _x0: None, Run(CancelToken()))


def sample_recipe(
    pipeline: Pipeline, prompt: str, seed: int, size: tuple[int, int], steps: int = 0
) -> Recipe:
    """The recipe of a picture with the model's own settings; `steps` of 0 are the default."""
    info = pipeline.info
    return Recipe(
        prompt=prompt,
        seed=seed % 2**32,
        width=size[0],
        height=size[1],
        steps=steps or info.default_steps,
        guidance_scale=info.default_guidance,
        model=ModelRef(info.id, info.digest, info.name),
    )


def prior_pictures(
    folder: TrainingFolder,
    plan: TrainingPlan,
    examples: Mapping[str, Example],
    pipeline: Pipeline,
    report: Callable[[float], None],
) -> tuple[list[Example], list[Pixels]]:
    """The base model's pictures of what the captions say beside the style, before any learning.

    Those that were made already come from the folder.

    Returns:
        What to learn along, and the pixels of the first KEPT.

    Raises:
        TrainingError: the folder cannot be written.
    """
    known = read_tensors(folder.prior)
    learned = [picture for picture in plan.pictures if not picture.held_out]
    made: list[Example] = []
    pixels: list[Pixels] = []
    saved = time.monotonic()
    is_fresh = False
    for number in range(plan.settings.prior_pictures):
        report(number / plan.settings.prior_pictures)
        picture = learned[number % len(learned)]
        prompt, size = without_trigger(picture.caption, plan.trigger), examples[picture.digest].size
        if f"latents.{number}" not in known:
            seed = seed_of(plan.settings.seed, "prior", number)
            made_now = picture_of(pipeline, prompt, seed, size)
            known[f"latents.{number}"] = latents_of(pipeline, made_now, f"prior {number}")
            if number < KEPT:
                known[f"pixels.{number}"] = torch.from_numpy(made_now)
            is_fresh = True
        if is_fresh and time.monotonic() - saved > _SAVE_EVERY:
            write_tensors(folder, folder.prior, known)
            saved, is_fresh = time.monotonic(), False
        made.append(Example((known[f"latents.{number}"],), prompt, size, is_prior=True))
        if f"pixels.{number}" in known:
            pixels.append(known[f"pixels.{number}"].numpy())
    if is_fresh:
        write_tensors(folder, folder.prior, known)
    return made, pixels
