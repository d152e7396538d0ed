"""From the drawing and the Sketch panel to the controls of a recipe."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from maquette.core.control import Control, ControlKind, Kept
from maquette.core.control_models import ControlModelInfo, needs_none, reader_of
from maquette.core.errors import RecipeError
from maquette.core.follow import FollowParts, follow_parts
from maquette.core.model_info import ModelFamily, ModelInfo
from maquette.core.model_ref import ModelRef
from maquette.core.pixels import Pixels, pixel_digest
from maquette.core.recipe import Recipe, lines_of
from maquette.core.sketch_images import SketchImages
from maquette.state.sketch_choice import ExtraControl, SketchChoice

FULL = 100
LEAST_INK = 0.00002
"""Share of dark pixels below which a sheet counts as blank, about one pixel of 256 by 256; and the
share of others below which it is one black sheet."""

NO_LINES = "There are no lines to follow yet; draw some, or import a sketch."


ControlModels = tuple[ControlModelInfo, ...]
"""What there is beside the models' own networks."""


class Steering(msgspec.Struct, frozen=True, eq=False):
    """The part of a recipe that the drawing says, with the images that it names by digest."""

    controls: tuple[Control, ...] = ()
    kept: Kept | None = None
    images: Mapping[str, Pixels] = {}


NO_STEERING = Steering()


def is_blank(drawn: SketchImages | None) -> bool:
    """Whether there is nothing on the paper that a picture could follow: it is bare, or all ink."""
    return drawn is None or not LEAST_INK <= drawn.ink <= 1 - LEAST_INK


def parts_of(
    choice: SketchChoice, model: ModelInfo | None, control_models: ControlModels = ()
) -> FollowParts:
    """The numbers that hold: those set by hand, else those of the slider.

    Without a model they are those of the built-in one.
    """
    return choice.parts or _slid(choice.follow, choice, model, control_models)


def loose_share(
    choice: SketchChoice, model: ModelInfo, control_models: ControlModels = ()
) -> float:
    """The weight, 0 to 1, of lines that need not be kept where others must."""
    full = _slid(FULL, choice, model, control_models).scale
    return min(1.0, parts_of(choice, model, control_models).scale / full)


def build_controls(
    choice: SketchChoice,
    drawn: SketchImages | None,
    model: ModelInfo,
    *,
    control_models: ControlModels = (),
    extras: Sequence[Pixels | None] = (),
    has_start: bool = False,
) -> Steering:
    """The controls of a recipe for `model`, and what stays of its start picture.

    Lines that must be kept get all of the control's weight, and the others the share that the
    slider gives them: the scale is that of the slider at its end then, and the map, made with
    `loose_share`, says the rest.

    Args:
        drawn: None for an empty sheet.
        extras: pixels for each of `choice.extras`, at the recipe's size; None takes the drawing's.
        has_start: whether the recipe starts from a picture, of which a region can be kept.

    Raises:
        RecipeError: nothing is drawn, or no control model fits; `field` is "sketch" or "controls".
    """
    if not choice.used:
        return NO_STEERING
    if drawn is None or is_blank(drawn):
        raise RecipeError(NO_LINES, "sketch")
    images: dict[str, Pixels] = {}

    def keep(pixels: Pixels) -> str:
        digest = pixel_digest(pixels)
        images[digest] = pixels
        return digest

    parts = parts_of(choice, model, control_models)
    weights = ""
    if drawn.weights is not None:
        weights = keep(drawn.weights)
        full = _slid(FULL, choice, model, control_models)
        parts = msgspec.structs.replace(
            full,
            scale=max(full.scale, parts.scale),  # by hand it can be more than the slider's most
            guidance=max(full.guidance, parts.guidance),
            outline=max(full.outline, parts.outline),
        )
    controls = [
        Control(
            kind=choice.kind,
            digest=keep(drawn.sketch),
            scale=parts.scale,
            begin=parts.begin,
            end=parts.end,
            guidance=parts.guidance,
            outline=parts.outline,
            weights=weights,
            model=_control_model(choice.kind, choice.model, model, control_models),
            follow=-1 if choice.parts else choice.follow,
        )
    ]
    for extra, pixels in zip(choice.extras, extras, strict=False):
        shown = drawn.colours if pixels is None else pixels
        if shown is not None:
            controls.append(_extra(extra, keep(shown), model, control_models))
    kept = None
    if choice.keep_region and has_start and drawn.lock is not None:
        kept = Kept(keep(drawn.lock))
    return Steering(tuple(controls), kept, images)


def choice_from(recipe: Recipe, choice: SketchChoice) -> SketchChoice:
    """`choice` with what `recipe` says of its sketch; switched off where it follows none.

    Colours come from the colour layers then, wherever the recipe had them from; other images
    beside the sketch (:func:`beside_lines`) are left out.
    """
    control = lines_of(recipe)
    if control is None:
        return msgspec.structs.replace(choice, used=False, live=False)
    by_hand = control.follow < 0
    parts = FollowParts(
        control.scale, control.begin, control.end, control.guidance, control.outline
    )
    colours = _colours_of(recipe)
    return msgspec.structs.replace(
        choice,
        used=True,
        live=False,
        kind=control.kind,
        model=_id_of(control),
        follow=choice.follow if by_hand else control.follow,
        parts=parts if by_hand else None,
        extras=(
            (ExtraControl(kind=colours.kind, scale=colours.scale, model=_id_of(colours)),)
            if colours
            else ()
        ),
        keep_region=choice.keep_region or recipe.kept is not None,
    )


def beside_lines(recipe: Recipe) -> tuple[Control, ...]:
    """What steers beside the lines that `recipe` follows and is no part of a drawing: depth,
    normals, edges."""
    lines = lines_of(recipe)
    if lines is None:
        return ()
    return tuple(
        each
        for each in recipe.controls
        if each is not lines and each.kind is not ControlKind.COLOUR
    )


def extra_of(control: Control, path: str) -> ExtraControl:
    """The choice that makes `control` of the image at `path`."""
    return ExtraControl(kind=control.kind, path=path, scale=control.scale, model=_id_of(control))


class SketchDigests(NamedTuple):
    """The images that a recipe's drawing said, by digest; "" for what it did not."""

    sketch: str = ""
    weights: str = ""
    lock: str = ""
    colours: str = ""


def sketch_of(recipe: Recipe) -> SketchDigests:
    """What the drawing that `recipe` follows said."""
    control = lines_of(recipe)
    if control is None:
        return SketchDigests()
    colours = _colours_of(recipe)
    return SketchDigests(
        sketch=control.digest,
        weights=control.weights,
        lock=recipe.kept.digest if recipe.kept else "",
        colours=colours.digest if colours else "",
    )


def _colours_of(recipe: Recipe) -> Control | None:
    """The control whose colours `recipe` follows, if any; the first where there are several."""
    return next((each for each in recipe.controls if each.kind is ControlKind.COLOUR), None)


def _id_of(control: Control) -> str:
    """The id of the control model that was named for `control`, "" for none."""
    return control.model.id if control.model else ""


def _slid(
    follow: int, choice: SketchChoice, model: ModelInfo | None, control_models: ControlModels
) -> FollowParts:
    """What the slider at `follow` means to the network that reads the sketch."""
    if model is None:
        return follow_parts(ModelFamily.MINI, follow)
    reader = reader_of(choice.kind, choice.model, model, control_models)
    return follow_parts(model.family, follow, adapter=reader is not None and reader.adapter)


def _extra(
    extra: ExtraControl, digest: str, model: ModelInfo, control_models: ControlModels
) -> Control:
    reference = _control_model(extra.kind, extra.model, model, control_models)
    return Control(kind=extra.kind, digest=digest, scale=extra.scale, model=reference)


def _control_model(
    kind: ControlKind, wanted: str, model: ModelInfo, control_models: ControlModels
) -> ModelRef | None:
    """None where none is needed: the model's own network does it, or colours are started from."""
    found = reader_of(kind, wanted, model, control_models)
    if found is not None:
        return ModelRef(id=found.id, name=found.name)
    if not wanted and (needs_none(model, kind) or kind is ControlKind.COLOUR):
        return None
    raise RecipeError(
        f"The model {model.name} cannot follow a {_SPOKEN[kind]} without a control model; "
        "add one that fits it, or choose the built-in model.",
        "controls",
    )


_SPOKEN = {
    ControlKind.SKETCH: "sketch",
    ControlKind.EDGES: "picture's edges",
    ControlKind.DEPTH: "depth image",
    ControlKind.NORMAL: "normal map",
    ControlKind.COLOUR: "colour layout",
}
