"""The list of completions under a field, which looks like the menus."""

from PySide6.QtWidgets import QAbstractItemView, QCompleter, QStyledItemDelegate


def completions_of(completer: QCompleter) -> QAbstractItemView:
    """The list that `completer` opens, made to follow the style sheet: its own rows do not."""
    popup = completer.popup()
    assert popup is not None  # made when it is first asked for
    popup.setObjectName("completions")
    popup.setItemDelegate(QStyledItemDelegate(popup))
    return popup
