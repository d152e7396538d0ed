"""The sketch steers: Generate with a drawing, live mode, and what the Sketch panel changes."""

import msgspec
import pytest

from maquette.core.control import ControlKind
from maquette.core.errors import WorkerDied
from maquette.core.job import JobState
from maquette.core.live_plan import LIVE_PLANS
from maquette.core.model_info import ModelFamily
from maquette.core.recipe import recipe_images
from maquette.core.rect import Rect
from maquette.engine.status import EnginePhase
from maquette.state.live import LivePhase

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def draw(desk, top=400):
    """A black bar across the paper, as a stroke leaves it."""
    drawings = desk.studio.drawings
    layer = drawings.drawing.active
    assert drawings.begin(layer)
    drawings.pixels(layer).array[top : top + 20, 200:800] = (0, 0, 0, 255)
    drawings.commit(layer, Rect(200, top, 600, 20), "Stroke")


def choose(desk, **changes):
    session = desk.studio.session
    session.update(sketch=msgspec.structs.replace(session.value.sketch, **changes))


def settled(desk):
    desk.driver.until(lambda: desk.studio.live.view.value.phase is LivePhase.RESTING)


def test_a_blank_sketch_asks_for_lines_and_renders_nothing(desk):
    choose(desk, used=True)
    desk.press("generate")
    desk.driver.until(lambda: desk.studio.commands.problem.value.field == "sketch")
    assert "no lines" in desk.studio.commands.problem.value.message
    assert not desk.jobs


def test_generate_sends_the_drawing_as_a_control_of_the_recipes_size(desk):
    draw(desk)
    choose(desk, used=True, follow=80)
    desk.press("generate")
    desk.driver.until(lambda: any(job.state is JobState.FINISHED for job in desk.jobs))
    recipe = desk.jobs[0].recipe
    (control,) = recipe.controls
    assert (control.kind, control.follow, control.model) == (ControlKind.SKETCH, 80, None)
    sent = desk.client.images[0][control.digest]
    assert sent.shape == (recipe.height, recipe.width, 3)
    assert sent.min() < 60
    assert sent.max() == 255


def test_without_the_switch_the_drawing_says_nothing(desk):
    draw(desk)
    desk.press("generate")
    desk.driver.until(lambda: desk.jobs)
    assert desk.jobs[0].recipe.controls == ()


def test_vary_sends_the_sketch_again(desk):
    draw(desk)
    choose(desk, used=True)
    desk.press("generate")
    desk.driver.until(lambda: desk.results.shown is not None)
    desk.press("vary")
    desk.driver.until(lambda: len(desk.client.asked) == 2)
    first, second = desk.client.asked
    assert second.controls == first.controls
    assert second.seed != first.seed
    assert set(desk.client.images[1]) == set(recipe_images(second))


def test_a_stroke_makes_a_quick_picture_and_then_a_fine_one(desk):
    live = desk.studio.live
    shots = []
    live.made.connect(shots.append)
    live.start()
    desk.driver.until(lambda: live.view.value.phase is LivePhase.EMPTY)
    desk.studio.session.update(steps=12)
    live.stroke_began()
    draw(desk)
    assert not desk.client.live_asked
    live.stroke_ended()
    desk.driver.until(lambda: len(shots) == 2)
    assert [shot.refined for shot in shots] == [False, True]
    steps = [(recipe.steps, refine) for recipe, refine in desk.client.live_asked]
    assert steps == [(LIVE_PLANS[ModelFamily.MINI].steps, False), (12, True)]
    assert live.view.value.seconds is not None
    assert desk.studio.session.value.seed_locked


def test_many_strokes_never_wait_in_line(desk):
    live = desk.studio.live
    desk.client.live_seconds = 0.05
    draw(desk)
    live.start()
    for number in range(12):
        live.stroke_began()
        draw(desk, 100 + 30 * number)
        live.stroke_ended()
        desk.driver.settle(0.01)
    settled(desk)
    newest = desk.client.live_asked[-1][0]
    session, model = desk.studio.session.value, desk.studio.models.chosen
    drawn = desk.driver.run(desk.studio.drafting.draft(session, model))
    assert newest.controls == drawn.recipes[0].controls
    assert len(desk.client.live_asked) < 24


def test_a_refinement_gives_way_to_a_change_of_the_prompt(desk):
    live = desk.studio.live
    draw(desk)
    desk.studio.session.update(steps=20)
    live.start()
    settled(desk)
    asked = len(desk.client.live_asked)
    desk.client.live_seconds = 0.3
    desk.studio.session.update(prompt="blue glass")
    desk.driver.until(lambda: live.view.value.phase is LivePhase.REFINING)
    desk.studio.session.update(prompt="green glass")
    settled(desk)
    later = [(recipe.prompt, refine) for recipe, refine in desk.client.live_asked[asked:]]
    assert ("blue glass", True) in later
    assert later[-2:] == [("green glass", False), ("green glass", True)]
    assert live.shot.recipe.prompt == "green glass"


def test_keep_queues_what_is_shown_in_full_quality(desk):
    live = desk.studio.live
    draw(desk)
    desk.studio.session.update(steps=9)
    live.start()
    settled(desk)
    seed = live.shot.recipe.seed
    live.keep()
    desk.driver.until(lambda: any(job.state is JobState.FINISHED for job in desk.jobs))
    recipe = desk.jobs[0].recipe
    assert (recipe.seed, recipe.steps) == (seed, 9)
    assert recipe == live.shot.recipe
    assert set(desk.client.images[0]) == set(recipe_images(recipe))


def test_live_goes_on_after_the_worker_was_killed(desk):
    live = desk.studio.live
    draw(desk)
    desk.client.live_failures.append(WorkerDied("The worker ended (killed)."))
    live.start()
    desk.driver.until(lambda: live.view.value.phase is LivePhase.RESTARTING)
    assert "goes on by itself" in desk.notice
    desk.client.show(phase=EnginePhase.RESTARTING)
    desk.client.show(phase=EnginePhase.READY)
    settled(desk)
    assert live.shot is not None
    assert live.is_on


def test_a_worker_that_ends_again_switches_live_off(desk):
    live = desk.studio.live
    draw(desk)
    desk.client.live_failures += [WorkerDied("It ended."), WorkerDied("It ended.")]
    live.start()
    desk.driver.until(lambda: live.view.value.phase is LivePhase.RESTARTING)
    desk.client.show(phase=EnginePhase.RESTARTING)
    desk.client.show(phase=EnginePhase.READY)
    desk.driver.until(lambda: not live.is_on)
    assert "switched off" in desk.notice
    assert live.view.value.phase is LivePhase.OFF


def test_stop_forgets_the_picture_and_asks_for_nothing_more(desk):
    live = desk.studio.live
    draw(desk)
    live.start()
    settled(desk)
    live.stop()
    assert live.shot is None
    asked = len(desk.client.live_asked)
    draw(desk, 600)
    live.stroke_ended()
    desk.driver.settle()
    assert len(desk.client.live_asked) == asked
