"""What layers are called, and how their roles look."""

from PySide6.QtCore import QCoreApplication

from maquette.core.drawing import Layer, LayerRole
from maquette.state.noop import QT_TRANSLATE_NOOP

ICONS = {
    LayerRole.LINES: "pencil-simple",
    LayerRole.KEEP: "push-pin",
    LayerRole.COLOUR: "palette",
    LayerRole.LOCK: "snowflake",
    LayerRole.REFERENCE: "image",
}
_NAMES = {
    LayerRole.LINES: QT_TRANSLATE_NOOP("Layers", "Lines"),
    LayerRole.KEEP: QT_TRANSLATE_NOOP("Layers", "Must keep"),
    LayerRole.COLOUR: QT_TRANSLATE_NOOP("Layers", "Colours"),
    LayerRole.LOCK: QT_TRANSLATE_NOOP("Layers", "Locked part"),
    LayerRole.REFERENCE: QT_TRANSLATE_NOOP("Layers", "Reference"),
}
_TIPS = {
    LayerRole.LINES: QT_TRANSLATE_NOOP("Layers", "Lines that the render follows"),
    LayerRole.KEEP: QT_TRANSLATE_NOOP("Layers", "Lines that the render must have, at full weight"),
    LayerRole.COLOUR: QT_TRANSLATE_NOOP("Layers", "Flat colours: what is where"),
    LayerRole.LOCK: QT_TRANSLATE_NOOP(
        "Layers", "What is painted over here stays as it is in the earlier render"
    ),
    LayerRole.REFERENCE: QT_TRANSLATE_NOOP("Layers", "To look at; the model never sees it"),
}


def role_name(role: LayerRole) -> str:
    """What layers of that role are called in the language of the window."""
    return QCoreApplication.translate("Layers", _NAMES[role])


def role_tip(role: LayerRole) -> str:
    """What they are for."""
    return QCoreApplication.translate("Layers", _TIPS[role])


def layer_name(layer: Layer) -> str:
    """Its own name, or that of its role."""
    return layer.name or role_name(layer.role)


def layer_words(layer: Layer) -> str:
    """All of it in words, for those who hear the list."""

    def said(text: str) -> str:
        return QCoreApplication.translate("Layers", text)

    facts = [layer_name(layer)]
    if layer.name:
        facts.append(role_name(layer.role))
    facts.append(f"{layer.opacity:.0%}")
    if not layer.visible:
        facts.append(said(_HIDDEN))
    if layer.locked:
        facts.append(said(_LOCKED))
    return ", ".join(facts)


_HIDDEN = QT_TRANSLATE_NOOP("Layers", "hidden")
_LOCKED = QT_TRANSLATE_NOOP("Layers", "locked")
