"""The Marks card of the settings: what is chosen holds at once, and is explained in words."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from maquette.core.errors import SigningError
from maquette.core.marking import FileEncoding, FileFormat, Preset, Profile, VisibleLabel
from maquette.core.settings import load_settings
from maquette.provenance.profiles import requirements

# What the offscreen platform cannot do with a dialog's window.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def marks(desk):
    desk.press("settings")
    card = desk.window.dialogs.settings.marks
    desk.driver.until(lambda: desk.studio.identity.value.signer is not None)
    return card


def choose(box, value):
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def marking(desk):
    return desk.studio.settings.value.marking


@pytest.mark.parametrize("profile", list(Profile))
def test_a_profile_is_taken_kept_and_told_row_by_row(desk, marks, profile):
    choose(marks.profile, profile)
    assert marking(desk).profile is profile
    marks.table.set_open(True)
    texts = [part.text() for part in marks.table.content.findChildren(QLabel)
             if part.isVisibleTo(marks.table.content)]  # fmt: skip
    rows = requirements(profile)
    assert texts == [text for row in rows for text in (row.requirement, row.source)]
    kept, notice = load_settings(desk.home / "config" / "settings.json")
    assert notice == ""
    assert kept.marking.profile is profile


def test_every_choice_reaches_the_next_picture(desk, marks):
    choose(marks.preset, Preset.STRONG)
    choose(marks.visible_label, VisibleLabel.ENGLISH)
    marks.write_recipe.click()
    marks.sign.click()
    chosen = marking(desk)
    assert chosen.preset is Preset.STRONG
    assert chosen.visible_label is VisibleLabel.ENGLISH
    assert not chosen.write_recipe
    assert not chosen.sign
    assert not marks.timestamp.isEnabled()
    assert not marks.identity_row.isEnabled()
    desk.press("generate")
    desk.driver.until(lambda: desk.client.markings)
    assert desk.client.markings == [chosen]


def test_the_label_is_shown_as_it_will_be(desk, marks):
    shown = lambda: marks.preview.pixmap().toImage()  # noqa: E731
    choose(marks.visible_label, VisibleLabel.NONE)
    bare = shown()
    choose(marks.visible_label, VisibleLabel.CHINESE)
    labelled = shown()
    assert labelled != bare
    assert marks.preview.isVisibleTo(marks)
    choose(marks.visible_label, VisibleLabel.PROFILE)
    assert not marks.preview.isVisibleTo(marks)  # the European Union asks for none
    choose(marks.profile, Profile.CHINA)
    assert shown() == labelled


def test_an_address_for_timestamps_is_taken_only_if_it_is_one(desk, marks):
    assert marking(desk).timestamp_url == ""
    QTest.keyClicks(marks.timestamp, "ftp")
    assert marks.timestamp.property("invalid")
    marks.timestamp.clear()
    QTest.keyClicks(marks.timestamp, "http://ts.example/x")
    assert not marks.timestamp.property("invalid")
    assert marking(desk).timestamp_url == "http://ts.example/x"
    marks.timestamp.selectAll()
    QTest.keyClicks(marks.timestamp, "\b")
    assert marking(desk).timestamp_url == ""


def test_it_says_who_signs_and_that_this_proves_no_name(desk, marks):
    words = marks.identity_row.words.text()
    assert "Maquette installation 4F21" in words
    assert "2036-11-22" in words
    assert "not who you are" in words
    assert not marks.identity_row.installations.isVisible()


def test_a_certificate_of_ones_own_is_used_or_refused_with_a_sentence(desk, marks, monkeypatch):
    row = marks.identity_row
    for password, outcome in (("wrong", "does not open the key"), ("right", "as studio")):
        row.choose.click()
        dialog = row._dialog
        assert not dialog.use.isEnabled() or password == "right"
        paths = iter(["/keys/studio.pem", "/keys/studio.key"])
        monkeypatch.setattr(
            "maquette.gui.settings_identity.QFileDialog.getOpenFileName",
            lambda *_, paths=paths: (next(paths), ""),
        )
        for chooser in dialog.choosers.values():
            chooser.click()
        dialog.password.setText(password)
        dialog.use.click()
        desk.driver.until(lambda outcome=outcome: outcome in row.words.text())
        assert dialog.password.text() == ""
    row.installations.click()
    desk.driver.until(lambda: "4F21" in row.words.text())


def test_an_identity_that_cannot_be_opened_is_one_sentence(desk):
    desk.marker.signs = SigningError("The key is missing; put it back.")
    desk.press("settings")
    row = desk.window.dialogs.settings.marks.identity_row
    desk.driver.until(lambda: row.words.text() == "The key is missing; put it back.")
    assert row.words.property("role") == "error"


def test_training_is_forbidden_unless_it_is_allowed_and_that_reaches_the_next_picture(desk, marks):
    assert not marks.mining.isChecked()
    marks.mining.click()
    assert marking(desk).may_be_mined
    desk.press("generate")
    desk.driver.until(lambda: desk.client.markings)
    assert desk.client.markings[-1].may_be_mined
    marks.sign.click()
    assert not marks.mining.isEnabled()


def test_the_format_of_new_pictures_and_its_quality_are_chosen(desk, marks):
    card = desk.window.dialogs.settings.encoding
    assert not card.quality.isVisibleTo(card)
    choose(card.format, FileFormat.JPEG)
    assert desk.studio.settings.value.encoding == FileEncoding(FileFormat.JPEG)
    assert card.quality.isVisibleTo(card)
    card.own.click()
    card.quality.setValue(80)
    assert desk.studio.settings.value.encoding == FileEncoding(FileFormat.JPEG, 80)
    choose(card.format, FileFormat.WEBP)
    assert desk.studio.settings.value.encoding == FileEncoding(FileFormat.WEBP)
    assert card.own.isChecked()


def test_the_trash_is_kept_as_long_as_is_chosen(desk, marks):
    box = desk.window.dialogs.settings.files.trash
    assert box.currentData() == 30
    choose(box, 0)
    kept, _notice = load_settings(desk.home / "config" / "settings.json")
    assert kept.trash_days == 0
    desk.studio.settings.update(trash_days=12)  # as somebody wrote it into the file
    assert box.currentText() == "12 days"
