"""Combo boxes of a closed set of choices, filled again in another language without losing one."""

from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox

E = TypeVar("E", bound=StrEnum)


def fill_combo(box: QComboBox, choices: Sequence[tuple[object, str]], current: object) -> None:
    """Give `box` these choices as (value, words), and select the value `current`."""
    with QSignalBlocker(box):
        box.clear()
        for value, words in choices:
            box.addItem(words, value)
        box.setCurrentIndex(max(0, box.findData(current)))


def chosen_in(box: QComboBox, kind: type[E]) -> E:
    """The choice in `box` as a member of `kind`: Qt gives back a plain string."""
    return kind(box.currentData())
