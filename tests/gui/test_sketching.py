"""The sketch steers: Generate with a drawing, live mode, and what the Sketch panel changes."""

import shutil

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from maquette.core.control import ControlKind
from maquette.core.drawing import LayerRole
from maquette.core.errors import WorkerDied
from maquette.core.job import JobState
from maquette.core.live_plan import LIVE_PLANS
from maquette.core.model_info import ModelFamily
from maquette.core.pixels import pixel_digest
from maquette.core.recipe import recipe_images
from maquette.core.rect import Rect
from maquette.engine.status import EnginePhase
from maquette.gui.sketch_import.dialog import ImportSketchDialog
from maquette.state.live_view import LivePhase
from maquette.state.sketching import sketch_of

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def begun(desk):
    """The layer, once the drawing lets somebody paint on it."""
    drawings = desk.studio.drawings
    desk.driver.until(lambda: drawings.begin(drawings.drawing.active))
    return drawings.drawing.active


def draw(desk, top=400):
    """A black bar across the paper, as a stroke leaves it."""
    drawings = desk.studio.drawings
    layer = begun(desk)
    drawings.pixels(layer).array[top : top + 20, 200:800] = (0, 0, 0, 255)
    drawings.commit(layer, Rect(200, top, 600, 20), "Stroke")
    desk.driver.run(drawings.settled())


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


def test_of_two_pictures_in_a_row_one_is_seen_however_quickly_strokes_follow(desk):
    live, client = desk.studio.live, desk.client
    came = []
    ask = client.live

    async def noted(*args, **more):
        made = await ask(*args, **more)
        came.append(made is not None)
        return made

    def stroke(top):
        live.stroke_began()
        draw(desk, top)
        live.stroke_ended()

    client.live = noted
    desk.studio.session.update(steps=LIVE_PLANS[ModelFamily.MINI].steps)  # nothing to refine
    client.live_seconds = 60.0
    draw(desk)
    live.start()
    desk.driver.until(lambda: len(client.live_asked) == 1)
    client.live_seconds = 0.5
    stroke(500)
    desk.driver.until(lambda: len(client.live_asked) == 2)
    client.live_seconds = 0.0
    stroke(600)
    desk.driver.until(lambda: len(came) == 3)
    assert came == [False, True, True]


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


@pytest.mark.parametrize("has_lines", [True, False])
def test_stopping_while_a_request_is_drawn_up_sends_none(desk, has_lines):
    live, drafting = desk.studio.live, desk.studio.drafting
    if has_lines:
        draw(desk)
    draft = drafting.draft

    async def stopping(session, model):
        live.stop()
        return await draft(session, model)

    drafting.draft = stopping
    live.start()
    desk.driver.until(lambda: not live.is_on)
    desk.driver.settle(0.1)
    assert not desk.client.live_asked
    assert live.view.value.phase is LivePhase.OFF


def test_reuse_offers_the_sketch_and_brings_it_back_as_a_drawing(desk):
    draw(desk)
    choose(desk, used=True, follow=60)
    desk.press("generate")
    desk.driver.until(lambda: desk.results.shown is not None)
    drawn = desk.studio.drawings.drawing.id
    choose(desk, used=False, follow=10)
    desk.press("reuse")
    sketch = desk.studio.session.value.sketch
    assert (sketch.used, sketch.follow, sketch.parts) == (True, 60, None)
    desk.window.banner.step.click()
    desk.driver.until(lambda: desk.studio.drawings.drawing.id != drawn)
    desk.driver.run(desk.studio.drawings.settled())
    desk.press("generate")
    desk.driver.until(lambda: len(desk.client.images) == 2)
    first, second = (next(iter(images.values())) for images in desk.client.images)
    assert (first == second).all()


def test_a_sketch_comes_back_with_what_had_to_be_kept_and_what_was_locked(desk):
    draw(desk)
    drawings = desk.studio.drawings
    for role, rows in ((LayerRole.KEEP, 700), (LayerRole.LOCK, 100)):
        drawings.add_layer(role)
        draw(desk, rows)
    desk.press("generate")
    desk.driver.until(lambda: desk.results.shown is not None)
    desk.studio.commands.use_as_start(desk.results.shown)
    desk.driver.until(lambda: desk.studio.session.value.start is not None)
    choose(desk, used=True, keep_region=True)
    desk.press("generate")
    desk.driver.until(lambda: len(desk.client.images) == 2)
    recipe = desk.client.asked[-1]
    assert recipe.kept is not None
    desk.driver.run(desk.studio.drafting.bring_back(sketch_of(recipe)))
    desk.driver.run(drawings.settled())
    roles = [layer.role for layer in drawings.drawing.layers]
    assert roles == [LayerRole.LINES, LayerRole.KEEP, LayerRole.LOCK]
    size = recipe.width, recipe.height
    drawn = desk.driver.run(drawings.sketch_images(*size))
    assert pixel_digest(drawn.sketch) == sketch_of(recipe).sketch
    assert drawn.weights is not None
    assert drawn.lock is not None


def test_reusing_a_picture_made_of_words_switches_the_sketch_off(desk):
    desk.press("generate")
    desk.driver.until(lambda: desk.results.shown is not None)
    choose(desk, used=True)
    desk.press("reuse")
    assert not desk.studio.session.value.sketch.used


def test_chips_change_the_prompt_and_ctrl_z_takes_it_back(desk):
    words, prompt = desk.window.sketch.words, desk.window.panel.prompt
    words.chip("polished_copper").click()
    assert prompt.toPlainText() == "a polished copper mug"
    assert desk.studio.session.value.prompt == "a polished copper mug"
    assert words.chip("polished_copper").isChecked()
    words.colour.actions_by_word["blue"].trigger()
    assert prompt.toPlainText() == "a blue metal mug"
    prompt.undo()
    prompt.undo()
    assert prompt.toPlainText() == "a red mug"
    assert not words.chip("polished_copper").isChecked()


def test_a_finish_in_ones_own_words_becomes_a_chip_that_is_remembered(open_desk):
    desk = open_desk()
    words = desk.window.sketch.words
    words.add.click()
    QTest.keyClicks(words.field, "hammered brass")
    QTest.keyClick(words.field, Qt.Key.Key_Return)
    assert desk.window.panel.prompt.toPlainText() == "a hammered brass mug"
    desk.close()
    again = open_desk()
    assert again.window.sketch.words.chip("hammered brass").isChecked()


def test_the_slider_sets_the_parts_until_somebody_sets_them_by_hand(desk):
    draw(desk)
    choose(desk, used=True)
    panel = desk.window.sketch
    panel.follow.slider.setValue(40)
    assert desk.studio.session.value.sketch.follow == 40
    panel.advanced.scale.field.setValue(1.5)
    assert desk.studio.session.value.sketch.parts.scale == 1.5
    assert panel.hint.isVisible()
    desk.press("generate")
    desk.driver.until(lambda: desk.client.asked)
    assert desk.client.asked[0].controls[0].scale == 1.5
    assert desk.client.asked[0].controls[0].follow == -1
    panel.advanced.by_slider.click()
    assert desk.studio.session.value.sketch.parts is None
    assert panel.advanced.scale.field.value() != 1.5


def test_a_model_that_follows_no_sketch_says_what_to_do(desk):
    model = msgspec.structs.replace(desk.studio.models.chosen, controls=())
    desk.studio.models.update(known=(model,))
    draw(desk)
    choose(desk, used=True)
    assert "control model" in desk.window.sketch.hint.text()
    desk.press("generate")
    desk.driver.until(lambda: desk.studio.commands.problem.value.field == "controls")
    assert desk.window.sketch.problem.isVisible()
    assert not desk.window.panel.problem_line.isVisible()  # said once
    assert not desk.jobs


def test_another_drawing_while_live_is_rendered_from_then_on(desk):
    live, drawings = desk.studio.live, desk.studio.drawings
    draw(desk)
    first = drawings.drawing.id
    live.start()
    settled(desk)
    drawings.new(1024, 1024)
    desk.driver.until(lambda: live.view.value.phase is LivePhase.EMPTY)
    draw(desk, 700)
    settled(desk)
    asked = [recipe.controls[0].digest for recipe, _refine in desk.client.live_asked]
    drawings.lay_out(first)
    desk.driver.until(lambda: desk.client.live_asked[-1][0].controls[0].digest == asked[0])
    settled(desk)
    assert asked[-1] != asked[0]
    assert live.is_on


def test_a_stroke_goes_on_while_a_picture_is_finished_and_the_language_changes(desk):
    draw(desk)
    choose(desk, used=True)
    canvas = desk.window.sketch_gate.room.canvas
    desk.client.hold_at = 0
    desk.press("generate")
    desk.driver.until(lambda: desk.client.asked)
    steps = desk.studio.drawings.progress.undo
    middle = canvas.rect().center()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle)
    desk.client.hold_at = None
    desk.driver.until(lambda: desk.results.shown is not None)
    QTest.mouseMove(canvas, middle + QPoint(30, 0))
    desk.studio.settings.update(language="zh_CN")
    desk.driver.until(lambda: canvas.accessibleName() == "草图")
    QTest.mouseMove(canvas, middle + QPoint(60, 0))
    assert canvas.is_busy
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(60, 0))
    desk.driver.run(desk.studio.drawings.settled())
    assert desk.studio.drawings.progress.undo == steps + 1
    assert desk.studio.drawings.progress.undo_label == "Brush"


def test_escape_stops_live_mode_before_it_stops_pictures(desk):
    draw(desk)
    desk.window.sketch.live.chip.click()
    settled(desk)
    assert "live" in desk.window.sketch.live.words.whole
    desk.press("cancel")
    assert not desk.studio.live.is_on
    assert desk.window.sketch.live.words.whole == ""


def steer_by_depth(desk, file):
    """Generate with the drawing and with a depth image that counts 0.4."""
    model = msgspec.structs.replace(
        desk.studio.models.chosen, controls=(ControlKind.SKETCH, ControlKind.DEPTH)
    )
    desk.studio.models.update(known=(model,))
    draw(desk)
    choose(desk, used=True)
    extras = desk.window.sketch.extras
    extras.add_file(ControlKind.DEPTH, str(file))
    extras.rows[0].weight.setValue(0.4)
    desk.press("generate")


def test_another_image_steers_beside_the_sketch_with_its_weight(desk, picture_file):
    steer_by_depth(desk, picture_file)
    desk.driver.until(lambda: desk.client.asked)
    sketch, depth = desk.client.asked[0].controls
    assert (depth.kind, depth.scale) == (ControlKind.DEPTH, 0.4)
    assert set(desk.client.images[0]) == {sketch.digest, depth.digest}


def test_a_recipe_brings_the_images_beside_its_sketch_back(desk, picture_file):
    steer_by_depth(desk, picture_file)
    desk.driver.until(lambda: desk.results.shown is not None)
    picture_file.unlink()
    choose(desk, extras=())
    desk.press("reuse")
    extras = desk.window.sketch.extras
    desk.driver.until(lambda: extras.rows)
    assert extras.rows[0].file.whole == "Depth · of the recipe"
    desk.press("generate")
    desk.driver.until(lambda: len(desk.client.asked) == 2)
    first, second = (asked.controls[1] for asked in desk.client.asked)
    assert second == first


def test_an_image_beside_the_sketch_that_is_gone_is_named(desk, picture_file):
    steer_by_depth(desk, picture_file)
    desk.driver.until(lambda: desk.results.shown is not None)
    shutil.rmtree(desk.home / "data" / "ingredients")
    desk.press("reuse")
    desk.driver.until(lambda: "beside its sketch" in desk.notice)
    assert not desk.window.sketch.extras.rows


def test_a_picture_is_asked_for_until_it_follows_well_enough(desk):
    draw(desk)
    choose(desk, used=True)
    advanced = desk.window.sketch.advanced
    advanced.at_least.field.setValue(0.8)
    advanced.tries.setValue(3)
    desk.press("generate")
    desk.driver.until(lambda: desk.jobs)
    until = desk.jobs[0].order.until
    assert (until.fidelity, until.tries) == (0.8, 3)


def test_words_alone_are_never_tried_again(desk):
    choose(desk, at_least=0.8)
    desk.press("generate")
    desk.driver.until(lambda: desk.jobs)
    assert desk.jobs[0].order.until is None


def test_the_buttons_open_the_import_and_say_when_there_is_nothing_to_clean(desk):
    panel = desk.window.sketch
    panel.import_button.click()
    dialog = desk.window.findChild(ImportSketchDialog)
    assert dialog is not None
    dialog.reject()
    panel.clean_button.click()
    desk.driver.until(lambda: "no lines" in desk.notice)
