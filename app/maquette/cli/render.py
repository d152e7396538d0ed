"""`maquette render`: a picture that follows a sketch, scored against it."""

from pathlib import Path

import msgspec

from maquette.cli.making import MakingOptions, make_pictures, set_up
from maquette.cli.sketch_source import SketchFiles, read_sketch
from maquette.cli.terminal import say
from maquette.cli.wishes import Wishes, absolute_model, draw_up
from maquette.core.control import ControlKind
from maquette.core.control_models import (
    ControlModelInfo,
    check_pair,
    find_control_models,
    inspect_control_model,
)
from maquette.core.errors import InputError, RecipeError
from maquette.core.job import Job, Until, check_until
from maquette.core.model_files import find_model
from maquette.core.model_info import ModelInfo
from maquette.core.paths import absolute_path
from maquette.core.recipe import check_recipe
from maquette.core.settings import Settings
from maquette.engine.queue import JobQueue
from maquette.state.prompt_words import Chip, ChipKind, own_look, put
from maquette.state.sketch_choice import ExtraControl, SketchChoice
from maquette.state.sketching import FULL, build_controls, loose_share

TRIES = 5  # pictures made with --until where nobody says how many


class RenderWishes(msgspec.Struct, frozen=True, kw_only=True):
    """What `maquette render` has beside what `generate` has; "" and None where nothing was typed.

    `until` is the fidelity to reach within `tries` pictures, TRIES where nobody says how many.
    """

    files: SketchFiles
    follow: int
    material: str
    colour: str
    control_model: Path | None
    until: float | None
    tries: int | None


def run_render(wishes: Wishes, render: RenderWishes, options: MakingOptions) -> int:
    """Make what is asked for and print the paths; with `until`, that of the best try.

    Raises:
        InputError: a value or file cannot be used, or there are no lines; nothing was started.
        MaquetteError: the library or the engine could not be opened.
    """
    if not 0 <= render.follow <= FULL:
        raise RecipeError(f"--follow is a number from 0 to {FULL}, not {render.follow}.", "follow")
    if render.until is None and render.tries is not None:
        raise InputError("--tries needs a fidelity to reach; give --until as well.")
    tries = TRIES if render.tries is None else render.tries
    until = None if render.until is None else Until(render.until, tries)
    if until is not None:
        check_until(until)
    if render.files.lock is not None and wishes.start is None:
        raise InputError("--lock needs the picture that the region is part of; give --start.")
    bench = set_up(options)
    bench = msgspec.structs.replace(bench, order=msgspec.structs.replace(bench.order, until=until))
    wishes = msgspec.structs.replace(wishes, prompt=_prompt(wishes.prompt, render))
    drawn_up = draw_up(wishes, bench.settings.model, bench.settings.ip_adapters)
    recipe = drawn_up.recipes[0]
    _path, info = find_model(absolute_model(wishes.model or bench.settings.model))
    choice = SketchChoice(
        used=True,
        follow=render.follow,
        model=str(absolute_path(render.control_model)) if render.control_model else "",
    )
    control_models = _control_models(choice, info, bench.settings)
    loose = loose_share(choice, info, control_models)
    read = read_sketch(render.files, (recipe.width, recipe.height), loose)
    if read.images.colours is not None:
        choice = msgspec.structs.replace(choice, extras=(ExtraControl(kind=ControlKind.COLOUR),))
    steering = build_controls(
        choice,
        read.images,
        info,
        control_models=control_models,
        extras=[None] * len(choice.extras),
        has_start=recipe.start is not None,
    )
    recipes = [
        msgspec.structs.replace(each, controls=steering.controls, kept=steering.kept)
        for each in drawn_up.recipes
    ]
    for each in recipes:
        check_recipe(each, info.latent_factor)
    for remark in (*drawn_up.remarks, *read.remarks):
        say(remark)
    if read.images.lock is not None and recipe.start is None:
        say("Nothing is locked, since there is no picture to keep a part of; give one by --start.")

    images = {**steering.images, **drawn_up.images}

    async def pick(queue: JobQueue) -> tuple[Job, ...]:
        return await queue.submit(recipes, start=drawn_up.start, images=images, order=bench.order)

    return make_pictures(bench, pick, JobQueue.cancel_all)


def _prompt(prompt: str, render: RenderWishes) -> str:
    """`prompt` with material and colour where they belong."""
    if render.material and not render.colour:
        return put(prompt, own_look(render.material))
    for kind, text in ((ChipKind.MATERIAL, render.material), (ChipKind.COLOUR, render.colour)):
        if text:
            prompt = put(prompt, Chip(kind, text, (text,), (text,)))
    return prompt


def _control_models(
    choice: SketchChoice, info: ModelInfo, settings: Settings
) -> tuple[ControlModelInfo, ...]:
    known, _missing = find_control_models(settings)
    if not choice.model:
        return known
    wanted = inspect_control_model(choice.model)
    check_pair(wanted, info)
    return (msgspec.structs.replace(wanted, kind=ControlKind.SKETCH), *known)
