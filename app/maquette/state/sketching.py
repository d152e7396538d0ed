"""From the drawing and the Sketch panel to the controls of a recipe."""

from collections.abc import Mapping, Sequence

import msgspec

from maquette.core.control import Control, ControlKind, Kept
from maquette.core.control_models import ControlModelInfo, fitting
from maquette.core.errors import RecipeError
from maquette.core.follow import FollowParts, follow_parts
from maquette.core.model_info import ModelFamily, ModelInfo
from maquette.core.model_ref import ModelRef
from maquette.core.pixels import Pixels, pixel_digest
from maquette.core.recipe import Recipe
from maquette.core.sketch_images import SketchImages
from maquette.state.sketch_choice import ExtraControl, SketchChoice

FULL = 100
LEAST_INK = 0.00002
"""Share of dark pixels below which a sheet counts as blank: about one pixel of 256 by 256."""

LINES = frozenset({ControlKind.SKETCH, ControlKind.EDGES})
"""What the drawing itself may be shown as."""

NO_LINES = "There are no lines to follow yet; draw some, or import a sketch."


class Steering(msgspec.Struct, frozen=True, eq=False):
    """The part of a recipe that the drawing says, with the images that it names by digest."""

    controls: tuple[Control, ...] = ()
    kept: Kept | None = None
    images: Mapping[str, Pixels] = {}


NO_STEERING = Steering()


def is_blank(drawn: SketchImages | None) -> bool:
    """Whether there is nothing on the paper that a picture could follow."""
    return drawn is None or drawn.ink < LEAST_INK


def parts_of(choice: SketchChoice, family: ModelFamily) -> FollowParts:
    """The numbers that hold: those set by hand, else those of the slider."""
    return choice.parts or follow_parts(family, choice.follow)


def loose_share(choice: SketchChoice, family: ModelFamily) -> float:
    """The weight, 0 to 1, of lines that need not be kept where others must."""
    parts = parts_of(choice, family)
    full = _full_parts(parts, family).scale
    return min(1.0, parts.scale / full) if full else 1.0


def build_controls(
    choice: SketchChoice,
    drawn: SketchImages | None,
    model: ModelInfo,
    *,
    control_models: Sequence[ControlModelInfo] = (),
    extras: Sequence[Pixels | None] = (),
    has_start: bool = False,
) -> Steering:
    """The controls of a recipe for `model`, and what stays of its start picture.

    Lines that must be kept get all of the control's weight, and the others the share that the
    slider gives them: the scale is that of the slider at its end then, and the map, made with
    `loose_share`, says the rest.

    Args:
        drawn: None for an empty sheet.
        control_models: what there is beside the model's own.
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

    parts = parts_of(choice, model.family)
    weights = ""
    if drawn.weights is not None:
        weights = keep(drawn.weights)
        parts = _full_parts(parts, model.family)
    controls = [
        Control(
            kind=choice.kind,
            digest=keep(drawn.sketch),
            scale=parts.scale,
            begin=parts.begin,
            end=parts.end,
            guidance=parts.guidance,
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
    """`choice` with what `recipe` says of its sketch; switched off where it follows none."""
    control = next((each for each in recipe.controls if each.kind in LINES), None)
    if control is None:
        return msgspec.structs.replace(choice, used=False, live=False)
    by_hand = control.follow < 0
    parts = FollowParts(control.scale, control.begin, control.end, control.guidance)
    return msgspec.structs.replace(
        choice,
        used=True,
        live=False,
        kind=control.kind,
        model=control.model.id if control.model else "",
        follow=choice.follow if by_hand else control.follow,
        parts=parts if by_hand else None,
        extras=(),
    )


def sketch_of(recipe: Recipe) -> str:
    """The digest of the sketch that `recipe` follows, "" for none."""
    return next((each.digest for each in recipe.controls if each.kind in LINES), "")


def _full_parts(parts: FollowParts, family: ModelFamily) -> FollowParts:
    """The parts with which a line that must be kept is followed."""
    full = follow_parts(family, FULL)
    return msgspec.structs.replace(full, guidance=max(full.guidance, parts.guidance))


def _extra(
    extra: ExtraControl, digest: str, model: ModelInfo, control_models: Sequence[ControlModelInfo]
) -> Control:
    reference = _control_model(extra.kind, extra.model, model, control_models)
    return Control(kind=extra.kind, digest=digest, scale=extra.scale, model=reference)


def _control_model(
    kind: ControlKind,
    wanted: str,
    model: ModelInfo,
    control_models: Sequence[ControlModelInfo],
) -> ModelRef | None:
    """None for the model's own."""
    if not wanted and kind in model.controls:
        return None
    fits = fitting(tuple(control_models), model, kind)
    found = next((each for each in fits if each.id == wanted or not wanted), None)
    if found is None:
        raise RecipeError(
            f"The model {model.name} cannot follow a {_SPOKEN[kind]} without a control model; "
            "add one that fits it, or choose the built-in model.",
            "controls",
        )
    return ModelRef(id=found.id, name=found.name)


_SPOKEN = {
    ControlKind.SKETCH: "sketch",
    ControlKind.EDGES: "picture's edges",
    ControlKind.DEPTH: "depth image",
    ControlKind.NORMAL: "normal map",
    ControlKind.COLOUR: "colour layout",
}
