"""The Style panel and the Styles place: choosing, searching, writing, deleting, exchanging."""

import json

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from maquette.core.job import JobState
from maquette.core.style import Style, StyleGroup, Words
from maquette.core.style_ref import StyleRef
from maquette.gui.action_spec import Place
from maquette.gui.styles.edit_dialog import StyleDialog
from maquette.library.styles.shipped import shipped_styles

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def page(desk):
    """The Styles place, open, with all styles."""
    desk.press("go_styles")
    page = desk.window.styles
    desk.driver.until(lambda: desk.studio.styles.value.loaded)
    return page


def shown(page):
    return [style.id for style in page.cards.cards.styles]


def search(desk, page, words):
    page.search.setText(words)
    desk.driver.until(lambda: not page._typing.isActive())


def own(desk, **changes):
    """One style of the user's own, kept."""
    said = {"name": Words("Faded ink"), "prompt": Words("faded ink, {prompt}")}
    style = Style(id="0123456789abcdef", group=StyleGroup.INK, **(said | changes))
    desk.studio.styles.keep(style)
    desk.driver.until(lambda: style.id in desk.studio.styles.value.own)
    return style


def test_enter_puts_a_style_on_and_pictures_are_made_in_it(desk, page):
    assert desk.window.rail.places[Place.STYLES].isChecked()
    page.cards.go_to("ink_wash")
    QTest.keyClick(page.cards, Qt.Key.Key_Return)
    panel = desk.window.style_panel
    assert panel.isVisible()
    assert panel.name.whole == "Ink wash"
    desk.studio.session.update(prompt="a red mug")
    desk.press("generate")
    desk.driver.until(lambda: any(job.state is JobState.FINISHED for job in desk.jobs))
    recipe = desk.jobs[0].recipe
    assert recipe.prompt == "an ink wash painting of a red mug"
    assert recipe.style == StyleRef("ink_wash", "Ink wash")
    assert desk.window.panel.prompt.toPlainText() == "a red mug"
    path = page.subjects.path("ink_wash")
    assert path == desk.studio.results.shown.path
    desk.studio.session.update(prompt="a blue mug")
    assert page.subjects.path("ink_wash") == ""
    desk.studio.styles.clear()
    desk.press("reuse")
    assert desk.studio.session.value.prompt == "a red mug"
    assert panel.name.whole == "Ink wash"
    QTest.mouseClick(panel.clear, Qt.MouseButton.LeftButton)
    assert desk.studio.session.value.style is None
    assert panel.name.whole == "No style"


def test_groups_words_and_favourites_narrow_the_cards(desk, page):
    assert shown(page) == [style.id for style in shipped_styles()]
    search(desk, page, "油画")
    assert shown(page) == ["oil"]
    search(desk, page, "zzz")
    assert page.empty.isVisible()
    assert "No style has these words" in page.empty.text()
    search(desk, page, "")
    page.groups.chosen.emit("favourites")
    assert "star" in page.empty.text()
    page.groups.chosen.emit("craft")
    assert set(shown(page)) == {
        style.id for style in shipped_styles() if style.group is StyleGroup.CRAFT
    }
    page.cards.go_to("clay")
    desk.press("style_favourite")
    page.groups.chosen.emit("favourites")
    assert shown(page) == ["clay"]


def test_a_deleted_style_comes_back_by_the_banner(desk, page):
    style = own(desk)
    page.cards.go_to(style.id)
    desk.press("style_delete")
    desk.driver.until(lambda: style.id not in desk.studio.styles.value.own)
    assert "Faded ink" in page.banner.text.text()
    QTest.mouseClick(page.banner.step, Qt.MouseButton.LeftButton)
    desk.driver.until(lambda: style.id in desk.studio.styles.value.own)
    page.cards.go_to("oil")
    assert not desk.window.actions_by_name["style_delete"].isEnabled()


def test_a_style_is_written_and_changed_in_the_dialog(desk, page):
    desk.press("style_new")
    (dialog,) = page.findChildren(StyleDialog)
    assert not dialog.save.isEnabled()
    assert "needs a name" in dialog.problem.text()
    dialog.named.setText("My look")
    dialog.prompt.setPlainText("my look, {prompt}")
    dialog.settings.setChecked(True)
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    desk.driver.until(lambda: desk.studio.styles.value.own)
    (style_id,) = desk.studio.styles.value.own
    made = desk.studio.styles.find(style_id)
    session = desk.studio.session.value
    assert (made.name, made.prompt) == (Words("My look"), Words("my look, {prompt}"))
    assert (made.steps, made.sampler) == (session.steps, session.sampler)
    assert page.cards.current_id == style_id
    assert page.inspector.name.text() == "My look"


def test_dropped_files_are_taken_in_and_refusals_told(desk, page, tmp_path):
    file = tmp_path / "sdxl_styles.json"
    file.write_text(json.dumps([{"name": "x-ray", "prompt": "x-ray of {prompt}"}, {"name": "y"}]))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.dropEvent(event)
    desk.driver.until(lambda: desk.studio.styles.value.own)
    assert page.inspector.name.text() == "X Ray"
    told = page.banner.text.text()
    assert "“X Ray” was added" in told
    assert "1 style was left out of sdxl_styles.json." in told


def test_cards_panel_and_inspector_speak_the_language_of_the_window(desk, page):
    page.cards.go_to("oil")
    desk.studio.styles.choose("oil")
    desk.studio.settings.update(language="zh_CN")
    desk.driver.settle()
    assert desk.window.style_panel.name.whole == "油画"
    assert page.inspector.name.text() == "油画"
    index = page.cards.cards.index(page.cards.cards.row_of("oil"))
    assert page.cards.cards.data(index) == "油画"
    assert page.cards.cards.data(index, Qt.ItemDataRole.AccessibleTextRole).startswith("油画")


def test_a_thousand_styles_are_laid_out_and_walked_through(desk, page):
    some = shipped_styles()[0]
    many = tuple(
        Style(id=f"s{n}", name=Words(f"Style {n}"), group=some.group, prompt=some.prompt)
        for n in range(1000)
    )
    styles = desk.studio.styles
    styles.update(styles=many, own=frozenset(style.id for style in many))
    assert len(shown(page)) == 1000
    page.cards.setFocus()
    page.cards.go_to("s0")
    QTest.keyClick(page.cards, Qt.Key.Key_End)
    assert page.cards.current_id == "s999"
    search(desk, page, "style 999")
    assert shown(page) == ["s999"]
