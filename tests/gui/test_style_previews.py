"""Resting on a card makes a quick preview of the prompt in its style, and only while all rests."""

import pytest

from maquette.core.job import JobState

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def page(desk):
    """The Styles place with a prompt, and the mouse on the oil painting."""
    desk.studio.session.update(prompt="a red mug", negative_prompt="", seed=7)
    desk.press("go_styles")
    page = desk.window.styles
    desk.driver.until(lambda: desk.studio.styles.value.loaded)
    return page


def rest_on(page, style_id):
    """The mouse comes to a card."""
    cards = page.cards
    cards.entered.emit(cards.cards.index(cards.cards.row_of(style_id)))


def preview(desk, style_id="oil"):
    return desk.studio.style_previews.picture(style_id)


def test_a_rest_on_a_card_makes_a_quick_preview_that_is_remembered(desk, page):
    rest_on(page, "oil")
    assert not desk.client.live_asked  # the mouse may only be passing
    desk.driver.until(lambda: preview(desk) is not None)
    ((recipe, refine),) = desk.client.live_asked
    assert recipe.prompt == "an oil painting of a red mug"
    assert (recipe.seed, refine) == (7, False)
    assert page.cards._hover.pixmap("oil").width() == recipe.width
    assert not desk.jobs
    rest_on(page, "ink_wash")
    rest_on(page, "oil")
    desk.driver.settle(0.7)
    assert [each.style.id for each, _ in desk.client.live_asked] == ["oil"]
    desk.studio.session.update(prompt="a blue mug")
    assert preview(desk) is None


def test_leaving_the_card_drops_what_is_on_its_way(desk, page):
    desk.client.live_seconds = 30
    rest_on(page, "oil")
    desk.driver.until(lambda: desk.client.live_asked)
    making = desk.studio.style_previews._making
    page.cards.viewportEntered.emit()
    desk.driver.until(making.done)
    assert making.cancelled()


def test_a_picture_that_is_wanted_goes_before(desk, page):
    desk.client.live_seconds = 30
    rest_on(page, "oil")
    desk.driver.until(lambda: desk.client.live_asked)
    making = desk.studio.style_previews._making
    desk.press("generate")
    desk.driver.until(lambda: any(job.state is JobState.FINISHED for job in desk.jobs))
    assert making.cancelled()


@pytest.mark.parametrize("wish", ["never", "quick"])
def test_none_is_made_where_it_is_not_wished_or_too_slow(desk, page, wish):
    desk.studio.settings.update(style_previews=wish)
    desk.studio.style_previews._seconds = 10.0
    desk.studio.style_previews.want("oil")
    desk.driver.settle(0.05)
    assert not desk.client.live_asked
    desk.studio.settings.update(style_previews="always")
    desk.studio.style_previews.want("oil")
    desk.driver.until(lambda: desk.client.live_asked)


def test_the_setting_is_in_the_dialog(desk):
    desk.press("settings")
    box = desk.window.dialogs.settings.style_previews
    box.setCurrentIndex(box.findData("never"))
    box.activated.emit(box.currentIndex())
    assert desk.studio.settings.value.style_previews == "never"
