"""The inspector as a person uses it, over a real library."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QWidget

from maquette.core.gallery import ForeignRecipe, Kin, Presence, Source
from maquette.gui.gallery.inspector import Inspector
from maquette.gui.gallery.note_edit import PAUSE

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

HOSTILE = '<b>bold</b> <img src="file:///etc/passwd"> \u202egnp.exe\x00 ' + "x" * 9000


@pytest.fixture
def inspector(shelf, tasks, on_screen):
    made = on_screen(Inspector(facts=shelf, commands=shelf, tasks=tasks))
    while made.build_part():
        pass
    made.resize(290, 900)

    def refresh():
        made.show_pictures([shelf.one(picture.id) for picture in made.pictures])

    shelf.after = refresh
    return made


def texts(widget):
    return [
        part.text()
        for part in widget.findChildren(QLabel)
        if part.isVisibleTo(widget) and part.text()
    ]


def test_nothing_selected_says_what_to_do(inspector):
    inspector.show_pictures([])
    assert any("Select a picture" in text for text in texts(inspector))


def spaced(label):
    """The text of `label` with common spaces for those that keep words together."""
    return label.text().replace("\u00a0", " ")


def test_one_picture_is_told_with_recipe_marks_and_the_ledger_s_figure(inspector, shelf, driver):
    picture = shelf.one(shelf.add("cobalt", seed=77, negative_prompt="text"))
    inspector.show_pictures([picture])
    one = inspector.one
    driver.until(lambda: any("46.8 dB" in row.words.text() for row in one.marks.rows))
    assert one.title.whole == "cobalt"
    assert one.prompt.text() == "a mug called cobalt"
    assert one.prompt.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
    assert "text" in one.negative.text()
    for fact in ("seed 77", "steps 10", "Maquette Mini", "UniPC"):
        assert fact in spaced(one.technical)
    said = [row.words.accessibleName() for row in one.marks.rows if row.isVisibleTo(one.marks)]
    assert any(words.startswith("agrees: watermark ") for words in said)
    assert "missing or broken: recipe as text: not readable" in said
    assert "not there: not signed" in said
    driver.until(lambda: one.preview.image is not None)
    assert one.preview.image.pixelColor(300, 240) == one.preview.image.pixelColor(200, 200)


def test_stars_are_given_by_click_key_and_taken_away_again(inspector, shelf, driver):
    picture_id = shelf.add("a")
    inspector.show_pictures([shelf.one(picture_id)])
    stars = inspector.one.stars
    fourth = QPoint(4 + 3 * 24 + 10, stars.height() // 2)
    QTest.mouseClick(stars, Qt.MouseButton.LeftButton, pos=fourth)
    driver.until(lambda: shelf.one(picture_id).rating == 4)
    assert stars.accessibleName() == "Rating: 4 of 5"
    QTest.keyClick(stars, Qt.Key.Key_2)
    driver.until(lambda: shelf.one(picture_id).rating == 2)
    QTest.keyClick(stars, Qt.Key.Key_Right)
    driver.until(lambda: shelf.one(picture_id).rating == 3)
    third = QPoint(4 + 2 * 24 + 10, stars.height() // 2)
    QTest.mouseClick(stars, Qt.MouseButton.LeftButton, pos=third)
    driver.until(lambda: shelf.one(picture_id).rating == 0)


def test_tags_are_added_by_typing_and_taken_off_by_their_cross(inspector, shelf, driver):
    picture_id = shelf.add("a")
    inspector.show_pictures([shelf.one(picture_id)])
    tags = inspector.one.tags
    QTest.keyClicks(tags.field, "nordlys,  warm light , ,")
    QTest.keyClick(tags.field, Qt.Key.Key_Return)
    driver.until(lambda: shelf.one(picture_id).tags == ("nordlys", "warm light"))
    driver.until(lambda: len(tags.row.parts) == 2)
    assert tags.field.text() == ""
    nordlys = next(part for part in tags.row.parts if part.words.whole == "nordlys")
    assert nordlys.off_button.accessibleName() == "Take nordlys off"
    QTest.keyClick(nordlys.off_button, Qt.Key.Key_Delete)
    driver.until(lambda: shelf.one(picture_id).tags == ("warm light",))


def test_a_board_is_chosen_from_a_menu_by_keyboard_and_left_again(inspector, shelf, driver):
    picture_id = shelf.add("a")
    board = shelf.gallery.add_board("R&D <b>")
    inspector.show_pictures([shelf.one(picture_id)])
    boards = inspector.one.boards
    boards.add_button.click()
    (menu,) = boards.findChildren(QMenu)
    assert [action.text() for action in menu.actions()] == ["R&&D <b>"]
    QTest.keyClick(menu, Qt.Key.Key_Return)
    driver.until(lambda: shelf.one(picture_id).boards == (board.id,))
    driver.until(lambda: boards.row.parts)
    assert not boards.add_button.isEnabled()
    boards.row.parts[0].off_button.click()
    driver.until(lambda: shelf.one(picture_id).boards == ())


def test_a_note_saves_itself_and_goes_to_the_picture_it_was_written_for(inspector, shelf, driver):
    first, second = shelf.add("a"), shelf.add("b")
    inspector.show_pictures([shelf.one(first)])
    QTest.keyClicks(inspector.one.note, "handle too thin")
    inspector.show_pictures([shelf.one(second)])  # before the pause is over
    driver.until(lambda: shelf.one(first).note == "handle too thin")
    assert inspector.one.note.toPlainText() == ""
    QTest.keyClicks(inspector.one.note, "good")
    driver.until(lambda: shelf.one(second).note == "good", timeout=PAUSE / 1000 + 10)
    QTest.keyClicks(inspector.one.note, " one")
    inspector.put_away()
    driver.until(lambda: shelf.one(second).note == "good one")
    assert shelf.one(first).note == "handle too thin"


def test_what_is_typed_survives_a_change_that_comes_meanwhile(inspector, shelf, driver):
    picture_id = shelf.add("a")
    inspector.show_pictures([shelf.one(picture_id)])
    QTest.keyClicks(inspector.one.note, "half a wo")
    shelf.gallery.rate([picture_id], 5)
    inspector.show_pictures([shelf.one(picture_id)])
    assert inspector.one.stars.rating == 5
    assert inspector.one.note.toPlainText() == "half a wo"
    QTest.keyClicks(inspector.one.note, "rd")
    driver.until(lambda: shelf.one(picture_id).note == "half a word", timeout=PAUSE / 1000 + 10)


def test_relatives_are_shown_by_kind_and_lead_there(inspector, shelf, driver):
    one, sibling = (
        shelf.add("one", prompt="a cup", seed=1),
        shelf.add("two", prompt="a cup", seed=2),
    )
    went_out = shelf.home / "out" / "cup-web.jpg"
    record = shelf.one(one).record
    shelf.gallery.note_export(record.id, went_out, "ab" * 32, "Web", "2026-11-22T10:00:00+00:00")
    inspector.show_pictures([shelf.one(one)])
    groups = inspector.one.lineage.groups
    driver.until(lambda: groups[Kin.SAME_RECIPE].isVisibleTo(inspector))
    (button,) = groups[Kin.SAME_RECIPE].buttons
    assert button.accessibleName() == "Same recipe, other seed: two"
    button.click()
    assert ("go_to", sibling) in shelf.asked
    (export,) = groups[Kin.EXPORT].buttons
    assert export.accessibleName() == "Went out as: cup-web.jpg · Web"
    export.click()
    assert ("show_in_folder", went_out) in shelf.asked
    assert not groups[Kin.START].isVisibleTo(inspector)
    assert not inspector.one.lineage.alone.isVisibleTo(inspector)


def test_relatives_follow_while_one_walks_fast_from_picture_to_picture(inspector, shelf, driver):
    cups = [shelf.add(f"cup {seed}", prompt="a cup", seed=seed) for seed in range(4)]
    alone = shelf.add("alone", prompt="a lamp")
    for each in (*cups, alone, *cups):
        inspector.show_pictures([shelf.one(each)])
        driver.settle(0.01)
    group = inspector.one.lineage.groups[Kin.SAME_RECIPE]
    others = {f"Same recipe, other seed: cup {seed}" for seed in range(3)}
    driver.until(lambda: {made.accessibleName() for made in group.buttons} == others)
    inspector.show_pictures([shelf.one(alone)])
    driver.until(lambda: not group.isVisibleTo(inspector))
    assert inspector.one.lineage.alone.isVisibleTo(inspector)


def test_a_missing_file_can_be_looked_for_and_an_edited_one_checked(
    inspector, shelf, driver, renamed
):
    picture = shelf.one(shelf.add("a"))
    inspector.show_pictures([renamed(picture, presence=Presence.MISSING)])
    one = inspector.one
    assert one.presence.isVisibleTo(inspector)
    assert not one.export_button.isEnabled()
    assert one.again_button.isEnabled()
    one.presence.button.click()
    assert shelf.asked[-1] == ("find_file", picture.id)
    inspector.show_pictures([renamed(picture, presence=Presence.EDITED)])
    assert "changed the file" in one.presence.words.text()
    one.presence.button.click()
    assert shelf.asked[-1] == ("check", picture.path)
    inspector.show_pictures([picture])
    assert not one.presence.isVisibleTo(inspector)
    one.again_button.click()
    assert shelf.asked[-1] == ("use_again", picture.id)
    del driver


def test_what_another_program_says_is_shown_as_its_words_and_as_plain_text(
    inspector, shelf, renamed
):
    picture = shelf.one(shelf.add("a"))
    foreign = ForeignRecipe(
        tool=HOSTILE,
        prompt=HOSTILE,
        negative_prompt=HOSTILE,
        sampler=HOSTILE,
        model=HOSTILE,
        seed=5,
    )
    stranger = renamed(
        picture, record=None, foreign=foreign, source=Source.IMPORTED, note=HOSTILE[:200]
    )
    inspector.show_pictures([stranger])
    one = inspector.one
    assert one.says.text().endswith("says:")
    assert "<b>bold</b>" in one.prompt.text()
    assert "seed 5" in spaced(one.technical)
    for part in inspector.findChildren(QLabel):
        assert part.textFormat() == Qt.TextFormat.PlainText
        assert "\u202e" not in part.text()
        assert "\x00" not in part.text()
        assert len(part.text()) < 5000
    assert one.width() <= 290
    assert any("Not made here" in text for text in texts(one.marks))


def test_several_pictures_are_rated_tagged_and_told_by_what_they_share(inspector, shelf, driver):
    ids = [shelf.add("a", seed=5), shelf.add("b", seed=5), shelf.add("c", seed=5)]
    shelf.gallery.tag(ids[:2], add=["client"])
    shelf.gallery.rate(ids[:1], 3)
    pictures = [shelf.one(each) for each in ids]
    inspector.show_pictures(pictures)
    many = inspector.many
    assert many.count.text() == "3 pictures"
    assert many.stars.rating is None
    assert "rated differently" in texts(many)
    (chip,) = many.tags.row.chips
    assert (chip.words, chip.count) == ("client", 2)
    assert many.tags.row.parts[0].accessibleName() == "client 2 of 3"
    shared = texts(many)
    assert "Seed" in shared
    assert "Prompt" not in shared
    QTest.keyClick(many.stars, Qt.Key.Key_5)
    driver.until(lambda: all(shelf.one(each).rating == 5 for each in ids))
    QTest.keyClicks(many.tags.field, "new")
    QTest.keyClick(many.tags.field, Qt.Key.Key_Return)
    driver.until(lambda: all("new" in shelf.one(each).tags for each in ids))
    heard = []
    inspector.compared.connect(lambda: heard.append("compare"))
    inspector.exported.connect(lambda: heard.append("export"))
    many.compare_button.click()
    many.export_button.click()
    assert heard == ["compare", "export"]


def test_more_pictures_than_can_be_told_of_are_rated_without_being_read(inspector, shelf, driver):
    inspector.show_pictures([], range(1, 100_001))
    assert inspector.many.count.text().replace(",", "") == "100000 pictures"
    assert not inspector.many.compare_button.isVisibleTo(inspector)
    QTest.keyClick(inspector.many.stars, Qt.Key.Key_1)
    driver.until(lambda: any(asked[0] == "rate" for asked in shelf.asked))
    asked = next(asked for asked in shelf.asked if asked[0] == "rate")
    assert len(asked[1]) == 100_000


def test_everything_can_be_reached_by_keyboard_and_has_a_name(inspector, shelf):
    inspector.show_pictures([shelf.one(shelf.add("a"))])
    one = inspector.one
    for part in (
        one.preview,
        one.stars,
        one.again_button,
        one.check_button,
        one.export_button,
        one.folder_button,
        one.tags.field,
        one.boards.add_button,
        one.note,
        one.file.head,
    ):
        assert part.focusPolicy() & Qt.FocusPolicy.TabFocus, part
        assert part.accessibleName() or part.text(), part
    large = []
    inspector.enlarged.connect(large.append)
    QTest.keyClick(one.preview, Qt.Key.Key_Return)
    assert [picture.id for picture in large] == [inspector.pictures[0].id]


def test_the_window_s_shortcuts_leave_keys_to_what_is_focused_in_the_inspector(
    inspector, shelf, driver, on_screen
):
    """In the Library place Space, Enter and Delete do something with the selected pictures."""
    window, triggered = QWidget(), []
    for key in ("Space", "Return", "Del"):
        action = QAction(key, window)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _on=False, key=key: triggered.append(key))
        window.addAction(action)
    inspector.setParent(window)
    on_screen(window)
    inspector.show()
    picture_id = shelf.add("a")
    shelf.gallery.tag([picture_id], add=["old"])
    inspector.show_pictures([shelf.one(picture_id)])
    one = inspector.one
    one.again_button.setFocus()
    QTest.keyClick(one.again_button, Qt.Key.Key_Space)
    assert shelf.asked[-1] == ("use_again", picture_id)
    cross = one.tags.row.parts[0].off_button
    cross.setFocus()
    QTest.keyClick(cross, Qt.Key.Key_Delete)
    driver.until(lambda: shelf.one(picture_id).tags == ())
    one.tags.field.setFocus()
    QTest.keyClicks(one.tags.field, "new")
    QTest.keyClick(one.tags.field, Qt.Key.Key_Return)
    driver.until(lambda: shelf.one(picture_id).tags == ("new",))
    assert triggered == []
    window.setFocus()
    QTest.keyClick(window, Qt.Key.Key_Space)
    assert triggered == ["Space"]


def test_the_language_is_switched_while_a_picture_is_shown(inspector, shelf, speak, driver):
    inspector.show_pictures([shelf.one(shelf.add("a"))])
    speak("zh_CN")
    driver.settle()
    assert inspector.one.again_button.text() == "再次使用"
    assert inspector.one.marks_title.text() == "标记"
    assert "种子 0" in spaced(inspector.one.technical)
    inspector.show_pictures([])
    assert "选择" in inspector.hint.text()
