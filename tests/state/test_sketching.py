"""What the Sketch panel's choice comes to for a model and the control models beside it."""

import numpy as np
import pytest

from maquette.core.control import ControlKind
from maquette.core.control_models import ControlModelInfo
from maquette.core.errors import RecipeError
from maquette.core.follow import FollowParts, follow_parts
from maquette.core.model_info import ModelFamily, ModelInfo
from maquette.core.rect import Rect
from maquette.core.sketch_images import SketchImages
from maquette.state.sketch_choice import ExtraControl, SketchChoice
from maquette.state.sketching import build_controls, loose_share, parts_of

SD1 = ModelInfo(id="/models/sd1", name="SD 1.5", family=ModelFamily.SD1)
BUILT_IN = ModelInfo(
    id="maquette-mini",
    name="Maquette Mini",
    family=ModelFamily.MINI,
    controls=(ControlKind.SKETCH,),
)
CONTROLNET = ControlModelInfo(
    id="/models/scribble", name="scribble", kind=ControlKind.SKETCH, family=ModelFamily.SD1,
    layout="folder",
)  # fmt: skip
ADAPTER = ControlModelInfo(
    id="/models/adapter", name="sketch", kind=ControlKind.SKETCH, family=ModelFamily.SD1,
    layout="folder", adapter=True,
)  # fmt: skip


def drawn(*, keeps: bool = False) -> SketchImages:
    """A sheet with a line across it, colours, and, if asked for, a map of what must be kept."""
    sketch = np.full((64, 64, 3), 255, np.uint8)
    sketch[30:32] = 0
    weights = np.full((64, 64, 3), 128, np.uint8) if keeps else None
    colours = np.full((64, 64, 3), 90, np.uint8)
    return SketchImages(sketch, weights, colours, None, 0.03, Rect(0, 0, 64, 64))


def test_the_slider_means_what_fits_the_network_that_reads_the_sketch():
    known = (CONTROLNET, ADAPTER)
    for reader in known:
        choice = SketchChoice(used=True, follow=60, model=reader.id)
        wanted = follow_parts(ModelFamily.SD1, 60, adapter=reader.adapter)
        assert parts_of(choice, SD1, known) == wanted
        (control,) = build_controls(choice, drawn(), SD1, control_models=known).controls
        assert control.model is not None
        assert (control.model.id, control.scale, control.end) == (
            reader.id,
            wanted.scale,
            wanted.end,
        )
    assert follow_parts(ModelFamily.SD1, 60) != follow_parts(ModelFamily.SD1, 60, adapter=True)


def test_lines_that_must_be_kept_get_all_that_an_adapter_can_give():
    choice = SketchChoice(used=True, follow=40)
    known = (ADAPTER,)
    (control,) = build_controls(choice, drawn(keeps=True), SD1, control_models=known).controls
    assert control.scale == follow_parts(ModelFamily.SD1, 100, adapter=True).scale
    assert loose_share(choice, SD1, known) == pytest.approx(0.4)


def test_parts_set_by_hand_above_the_sliders_most_stay_where_lines_must_be_kept():
    choice = SketchChoice(used=True, parts=FollowParts(1.8, 0.0, 0.5, 3.0))
    (control,) = build_controls(choice, drawn(keeps=True), BUILT_IN).controls
    assert (control.scale, control.end, control.guidance) == (1.8, 1.0, 3.0)
    assert loose_share(choice, BUILT_IN, ()) == 1


def test_parts_set_by_hand_hold_for_every_network():
    parts = FollowParts(0.3, 0.1, 0.5, 2.0)
    choice = SketchChoice(used=True, parts=parts)
    assert {parts_of(choice, model, (ADAPTER,)) for model in (SD1, BUILT_IN, None)} == {parts}


def test_a_model_that_follows_sketches_is_shown_edges_too():
    choice = SketchChoice(used=True, kind=ControlKind.EDGES)
    (control,) = build_controls(choice, drawn(), BUILT_IN).controls
    assert (control.kind, control.model) == (ControlKind.EDGES, None)


def test_colours_need_no_control_model_and_lines_do():
    colours = ExtraControl(kind=ControlKind.COLOUR)
    choice = SketchChoice(used=True, extras=(colours,))
    _lines, laid_out = build_controls(choice, drawn(), BUILT_IN, extras=[None]).controls
    assert (laid_out.kind, laid_out.model) == (ControlKind.COLOUR, None)
    depth = SketchChoice(used=True, extras=(ExtraControl(kind=ControlKind.DEPTH),))
    with pytest.raises(RecipeError, match="depth image without a control model"):
        build_controls(depth, drawn(), BUILT_IN, extras=[drawn().sketch])
    with pytest.raises(RecipeError, match="sketch without a control model"):
        build_controls(choice, drawn(), SD1, extras=[None])


def test_a_control_model_that_was_chosen_and_is_gone_is_not_replaced_unasked():
    gone = SketchChoice(used=True, model="/models/gone")
    with pytest.raises(RecipeError, match="cannot follow a sketch"):
        build_controls(gone, drawn(), SD1, control_models=(CONTROLNET,))
