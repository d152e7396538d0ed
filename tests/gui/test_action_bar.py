"""A bar of buttons gives up words, buttons and its remark rather than cutting any of them off."""

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from maquette.gui.action_bar import ActionBar


@pytest.mark.parametrize("remark", ["", "256 × 256, 0.4 s"])
def test_at_every_width_what_is_seen_is_seen_whole(
    qapp: QApplication, qtbot: QtBot, remark: str
) -> None:
    window = QWidget()
    window.resize(600, 40)
    qtbot.addWidget(window)
    actions = [QAction(text, window) for text in ("Keep", "More like this", "Refine")]
    bar = ActionBar(actions, window)
    bar.set_remark(remark, "")
    window.show()
    for width in range(150, 550, 7):
        bar.resize(width, 34)
        qapp.processEvents()
        buttons = [made for made in bar.findChildren(QToolButton) if made.isVisible()]
        assert buttons
        for part in (*buttons, *([bar.remark] if bar.remark.isVisible() else [])):
            assert part.width() >= part.minimumSizeHint().width()
            assert bar.rect().contains(part.geometry())
    assert bar.remark.isVisible()
    assert bar.remark.text() == remark
