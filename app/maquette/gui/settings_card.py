"""A card of the settings dialog: a panel with a form in it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QLayout, QWidget

from maquette.gui.parts import Panel, label

CAPTIONS = 128  # width of the words before the fields


class SettingsCard(Panel):
    """Rows of words and fields."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = QFormLayout()
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setHorizontalSpacing(16)
        self.form.setVerticalSpacing(8)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(self.form)

    def add_row(self, content: QWidget | QLayout, buddy: QWidget | None = None) -> QLabel:
        """Add a field behind its words, and return the words' label."""
        caption = label()
        caption.setMinimumWidth(CAPTIONS)
        field = content if isinstance(content, QWidget) else buddy
        if field is not None:
            caption.setBuddy(field)
        self.form.addRow(caption, content)  # type: ignore[arg-type, call-overload]
        return caption

    def add_note(self, note: QWidget) -> None:
        """Add something below the field before, aligned with it."""
        self.form.addRow(label(), note)
