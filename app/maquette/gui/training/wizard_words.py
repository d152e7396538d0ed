"""What the set-up of a training calls things, in the language of the window."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from maquette.core.training import PictureTrait, StyleKind, TrainingPreset
from maquette.core.training_draft import JudgedPicture, PictureState
from maquette.state.messages import translate_sentence, translate_sentences
from maquette.state.noop import QT_TRANSLATE_NOOP

_CONTEXT = "TrainingWords"
_KINDS = {
    StyleKind.STYLE: (
        QT_TRANSLATE_NOOP("TrainingWords", "A style"),
        QT_TRANSLATE_NOOP("TrainingWords", "How pictures are made: one hand, many subjects"),
    ),
    StyleKind.PRODUCT: (
        QT_TRANSLATE_NOOP("TrainingWords", "A product family"),
        QT_TRANSLATE_NOOP("TrainingWords", "What they show: one design from many sides"),
    ),
    StyleKind.MATERIAL: (
        QT_TRANSLATE_NOOP("TrainingWords", "A material"),
        QT_TRANSLATE_NOOP("TrainingWords", "What things are made of: one surface, many shapes"),
    ),
}
_PRESETS = {
    TrainingPreset.QUICK: (
        QT_TRANSLATE_NOOP("TrainingWords", "Quick"),
        QT_TRANSLATE_NOOP("TrainingWords", "To see whether the set works"),
    ),
    TrainingPreset.GOOD: (
        QT_TRANSLATE_NOOP("TrainingWords", "Good"),
        QT_TRANSLATE_NOOP("TrainingWords", "For a style to keep"),
    ),
    TrainingPreset.THOROUGH: (
        QT_TRANSLATE_NOOP("TrainingWords", "Thorough"),
        QT_TRANSLATE_NOOP("TrainingWords", "For fine detail and large sets"),
    ),
}
_TRAITS = {
    PictureTrait.UNREADABLE: QT_TRANSLATE_NOOP("TrainingWords", "Cannot be read"),
    PictureTrait.TINY: QT_TRANSLATE_NOOP("TrainingWords", "Too small"),
    PictureTrait.SMALL: QT_TRANSLATE_NOOP("TrainingWords", "Small, is enlarged"),
    PictureTrait.BLURRED: QT_TRANSLATE_NOOP("TrainingWords", "Blurred"),
    PictureTrait.NARROW: QT_TRANSLATE_NOOP("TrainingWords", "Long, is cropped"),
    PictureTrait.SEVERAL: QT_TRANSLATE_NOOP("TrainingWords", "First of several"),
}
_GB = 1e9


def kind_words(kind: StyleKind) -> tuple[str, str]:
    """What a kind of style is called, and what it is."""
    title, told = _KINDS[kind]
    return _said(title), _said(told)


def preset_words(preset: TrainingPreset) -> tuple[str, str]:
    """What a preset is called, and what it is good for."""
    title, told = _PRESETS[preset]
    return _said(title), _said(told)


def state_words(each: JudgedPicture) -> str:
    """What becomes of a picture, in a few words."""
    found = each.picture.found
    if each.state is PictureState.OUT:
        return _said(QT_TRANSLATE_NOOP("TrainingWords", "Taken out"))
    if each.state is PictureState.SAME:
        same = _said(QT_TRANSLATE_NOOP("TrainingWords", "Same as {name}"))
        return same.format(name=Path(each.twin).stem)
    if each.state is PictureState.PROBLEM and not found.traits:
        return _said(QT_TRANSLATE_NOOP("TrainingWords", "File is gone"))
    if each.picture.crop is not None:
        return _said(QT_TRANSLATE_NOOP("TrainingWords", "Cropped by you"))
    told = " · ".join(_said(_TRAITS[trait]) for trait in found.traits)
    return told or f"{found.width} × {found.height}"


def state_sentences(each: JudgedPicture) -> str:
    """The same in sentences, "" where there is nothing to say."""
    found = each.picture.found
    if each.state is PictureState.PROBLEM:
        return translate_sentence(found.problem)
    if each.state is PictureState.OUT:
        return _said(QT_TRANSLATE_NOOP("TrainingWords", "Taken out: it will not be learned from."))
    if each.state is PictureState.SAME:
        return translate_sentence(f"{found.name} looks the same as {each.twin} and is left out.")
    return translate_sentences(found.notices)


def gigabytes(size: float) -> str:
    """A size in memory or on the disk."""
    return f"{size / _GB:.1f} GB" if size >= 0.1 * _GB else f"{size / 1e6:.0f} MB"


def _said(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)
