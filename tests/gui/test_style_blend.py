"""Two styles are blended in the Style panel, and pictures are made in the blend."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from maquette.core.job import JobState
from maquette.core.style_ref import StyleRef


@pytest.fixture
def panel(desk):
    """The Style panel with an ink wash that is blended half and half with an oil painting."""
    desk.driver.until(lambda: desk.studio.styles.value.loaded)
    desk.studio.session.update(prompt="a red mug")
    desk.studio.styles.choose("ink_wash")
    row = desk.window.style_panel.blend
    row.begin.menu().aboutToShow.emit()
    menus = [action.menu() for action in row.begin.menu().actions() if action.menu()]
    (oil,) = [
        action for menu in menus for action in menu.actions() if action.text() == "Oil painting"
    ]
    assert not any(each.text() == "Ink wash" for menu in menus for each in menu.actions())
    oil.trigger()
    return desk.window.style_panel


def test_the_slider_mixes_and_the_ends_are_pure(desk, panel):
    row, session = panel.blend, desk.studio.session
    assert panel.name.whole == "Ink wash + Oil painting"
    assert row.slider.value() == 50
    assert row.slider.accessibleName() == "Share of Oil painting"
    row.slider.setValue(25)
    assert (row.first.whole, row.second.whole) == ("75 % Ink wash", "25 % Oil painting")
    desk.press("generate")
    desk.driver.until(lambda: any(job.state is JobState.FINISHED for job in desk.jobs))
    recipe = desk.jobs[0].recipe
    assert recipe.prompt == "an ink wash painting of a red mug"
    assert recipe.style == StyleRef("ink_wash", "Ink wash")
    assert recipe.blend.style == StyleRef("oil", "Oil painting")
    assert (recipe.blend.share, recipe.blend.prompt) == (0.25, "an oil painting of a red mug")
    row.slider.setValue(100)
    assert session.value.style.style == desk.studio.styles.find("oil")
    row.slider.setValue(0)
    assert session.value.style.style == desk.studio.styles.find("ink_wash")
    assert not row.keep.isEnabled()
    desk.studio.styles.clear()
    assert row.isHidden()
    desk.press("reuse")
    assert session.value.prompt == "a red mug"
    assert row.slider.value() == 25
    assert row.slider.isVisible()


def test_a_blend_is_swapped_stopped_and_kept_as_a_style(desk, panel):
    row, styles = panel.blend, desk.studio.styles
    row.slider.setValue(25)
    QTest.mouseClick(row.swap, Qt.MouseButton.LeftButton)
    assert (row.first.whole, row.second.whole) == ("25 % Oil painting", "75 % Ink wash")
    QTest.mouseClick(row.keep, Qt.MouseButton.LeftButton)
    desk.driver.until(lambda: styles.value.own)
    (own,) = styles.value.own
    assert styles.find(own).name.en == "Oil painting + Ink wash"
    QTest.mouseClick(row.stop, Qt.MouseButton.LeftButton)
    assert panel.name.whole == "Oil painting"
    assert row.begin.isVisible()
    styles.choose(own)
    assert row.isVisible()
    assert row.begin.isHidden()  # a blend is not blended once more
