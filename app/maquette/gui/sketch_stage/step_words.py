"""What the steps of a drawing's history are called in the language of the window."""

from PySide6.QtCore import QCoreApplication

from maquette.state.noop import QT_TRANSLATE_NOOP

_WORDS = (
    QT_TRANSLATE_NOOP("SketchSteps", "Brush"),
    QT_TRANSLATE_NOOP("SketchSteps", "Eraser"),
    QT_TRANSLATE_NOOP("SketchSteps", "Line"),
    QT_TRANSLATE_NOOP("SketchSteps", "Rectangle"),
    QT_TRANSLATE_NOOP("SketchSteps", "Ellipse"),
    QT_TRANSLATE_NOOP("SketchSteps", "Polyline"),
    QT_TRANSLATE_NOOP("SketchSteps", "Fill"),
    QT_TRANSLATE_NOOP("SketchSteps", "Move selection"),
    QT_TRANSLATE_NOOP("SketchSteps", "Delete selection"),
    QT_TRANSLATE_NOOP("SketchSteps", "Add layer"),
    QT_TRANSLATE_NOOP("SketchSteps", "Remove layer"),
    QT_TRANSLATE_NOOP("SketchSteps", "Move layer"),
    QT_TRANSLATE_NOOP("SketchSteps", "Duplicate layer"),
    QT_TRANSLATE_NOOP("SketchSteps", "Change layer"),
    QT_TRANSLATE_NOOP("SketchSteps", "Merge layers"),
    QT_TRANSLATE_NOOP("SketchSteps", "Rename"),
    QT_TRANSLATE_NOOP("SketchSteps", "Place image"),
    QT_TRANSLATE_NOOP("SketchSteps", "Resize"),
    QT_TRANSLATE_NOOP("SketchSteps", "Resize paper"),
)
"""The labels that steps have; one that is not among them is shown as it is."""


def step_words(label: str) -> str:
    """The label of a step as the window says it."""
    return QCoreApplication.translate("SketchSteps", label)
