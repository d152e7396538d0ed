"""Live: widgets that follow the language and the theme while the window is open."""

from PySide6.QtCore import QEvent


class Live:
    """Mix-in, before the Qt class. Call `retranslate` and `restyle` at the end of __init__."""

    def retranslate(self) -> None:
        """Set every text again, in the language of now."""

    def restyle(self) -> None:
        """Make every icon again, in the colours of now."""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.StyleChange:
            self.restyle()
        super().changeEvent(event)  # type: ignore[misc]  # the Qt class comes next
