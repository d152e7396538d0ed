"""Every action of the window as a QAction, with its words in the language of now."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from maquette.gui import icons
from maquette.gui.action_spec import Place, Spec
from maquette.gui.check_actions import CHECK_SPECS
from maquette.gui.common_actions import COMMON_SPECS
from maquette.gui.create_actions import CREATE_SPECS
from maquette.gui.gallery.gallery_actions import GALLERY_SPECS
from maquette.gui.sketch_actions import SKETCH_SPECS
from maquette.gui.style_actions import STYLE_SPECS
from maquette.gui.training_actions import TRAINING_SPECS

SPECS = (
    COMMON_SPECS
    | CREATE_SPECS
    | SKETCH_SPECS
    | GALLERY_SPECS
    | STYLE_SPECS
    | TRAINING_SPECS
    | CHECK_SPECS
)
"""All of them by name, in the order in which the keyboard dialog lists them."""


def said(text: str) -> str:
    """One of the texts of SPECS in the language of the window."""
    return QCoreApplication.translate("Actions", text)


class Actions(QObject):
    """The QActions by name. They work anywhere in `window`, while their place is shown."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._actions: dict[str, QAction] = {}
        for name, spec in SPECS.items():
            action = QAction(window)
            action.setAutoRepeat(False)
            if spec.local:
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            window.addAction(action)
            self._actions[name] = action
        self.go_to(Place.CREATE)
        self.retranslate()
        self.restyle()

    def go_to(self, place: Place) -> None:
        """Give the keys to the actions of `place`; the same keys may do something else there."""
        for name, spec in SPECS.items():
            keys = spec.keys if spec.place in (None, place) else ()
            self._actions[name].setShortcuts([QKeySequence(key) for key in keys])

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def bind(self, name: str, handler: Callable[[], object]) -> None:
        self._actions[name].triggered.connect(lambda _checked=False: handler())

    def retranslate(self) -> None:
        for name, spec in SPECS.items():
            action = self._actions[name]
            text = said(spec.text)
            action.setText(text)
            action.setIconText(text)  # else Qt takes the ellipsis away on buttons
            keys = shown_keys(spec)
            tip = said(spec.tip)
            action.setToolTip(f"{tip} ({keys})" if keys else tip)

    def restyle(self) -> None:
        for name, spec in SPECS.items():
            self._actions[name].setIcon(icons.icon(spec.icon))


def shown_keys(spec: Spec) -> str:
    """The first shortcut as this system writes it."""
    if not spec.keys:
        return ""
    return QKeySequence(spec.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
