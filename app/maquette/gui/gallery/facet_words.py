"""Fields of the query language and their values, as people call them."""

from PySide6.QtCore import QCoreApplication, QLocale

from maquette.core.gallery import Source
from maquette.gui.gallery.words import source_word
from maquette.library.query import Field
from maquette.library.vocabulary import FIELDS, vocabulary
from maquette.state.noop import QT_TRANSLATE_NOOP

_FIELDS = {
    Field.PROMPT: QT_TRANSLATE_NOOP("Facets", "Prompt"),
    Field.NOTE: QT_TRANSLATE_NOOP("Facets", "Note"),
    Field.NAME: QT_TRANSLATE_NOOP("Facets", "File name"),
    Field.STYLE: QT_TRANSLATE_NOOP("Facets", "Style"),
    Field.PRESET: QT_TRANSLATE_NOOP("Facets", "Style preset"),
    Field.MATERIAL: QT_TRANSLATE_NOOP("Facets", "Material"),
    Field.COLOUR: QT_TRANSLATE_NOOP("Facets", "Colour"),
    Field.FORM: QT_TRANSLATE_NOOP("Facets", "Form"),
    Field.SETTING: QT_TRANSLATE_NOOP("Facets", "Setting"),
    Field.MODEL: QT_TRANSLATE_NOOP("Facets", "Model"),
    Field.SAMPLER: QT_TRANSLATE_NOOP("Facets", "Sampler"),
    Field.TAG: QT_TRANSLATE_NOOP("Facets", "Tag"),
    Field.BOARD: QT_TRANSLATE_NOOP("Facets", "Board"),
    Field.RATING: QT_TRANSLATE_NOOP("Facets", "Rating"),
    Field.SOURCE: QT_TRANSLATE_NOOP("Facets", "Made from"),
    Field.IN: QT_TRANSLATE_NOOP("Facets", "State"),
    Field.DATE: QT_TRANSLATE_NOOP("Facets", "Made"),
    Field.AFTER: QT_TRANSLATE_NOOP("Facets", "Made after"),
    Field.BEFORE: QT_TRANSLATE_NOOP("Facets", "Made before"),
    Field.SIZE: QT_TRANSLATE_NOOP("Facets", "Size"),
    Field.SEED: QT_TRANSLATE_NOOP("Facets", "Seed"),
    Field.RECORD: QT_TRANSLATE_NOOP("Facets", "Record"),
    Field.FIDELITY: QT_TRANSLATE_NOOP("Facets", "Fidelity"),
    Field.SKETCH: QT_TRANSLATE_NOOP("Facets", "Sketch"),
}
_VALUES = {
    (Field.DATE, "today"): QT_TRANSLATE_NOOP("Facets", "today"),
    (Field.DATE, "yesterday"): QT_TRANSLATE_NOOP("Facets", "yesterday"),
    (Field.DATE, "week"): QT_TRANSLATE_NOOP("Facets", "this week"),
    (Field.DATE, "month"): QT_TRANSLATE_NOOP("Facets", "this month"),
    (Field.DATE, "year"): QT_TRANSLATE_NOOP("Facets", "this year"),
    (Field.IN, "trash"): QT_TRANSLATE_NOOP("Facets", "in the trash"),
    (Field.IN, "missing"): QT_TRANSLATE_NOOP("Facets", "file missing"),
    (Field.IN, "edited"): QT_TRANSLATE_NOOP("Facets", "file edited"),
    (Field.IN, "duplicates"): QT_TRANSLATE_NOOP("Facets", "several times"),
    (Field.IN, "exported"): QT_TRANSLATE_NOOP("Facets", "exported"),
}


def field_word(field: Field) -> str:
    """What people call a field."""
    return QCoreApplication.translate("Facets", _FIELDS[field]) if field in _FIELDS else ""


def value_word(field: Field, value: str) -> str:
    """What people call a value of a field: in a list, without the field's name."""
    if (field, value) in _VALUES:
        return QCoreApplication.translate("Facets", _VALUES[field, value])
    match field:
        case Field.RATING if value.startswith(">="):
            text = QCoreApplication.translate("Facets", "★ {n} and more")
            return text.format(n=value[2:])
        case Field.RATING if value == "0":
            return QCoreApplication.translate("Facets", "not rated")
        case Field.RATING:
            return "★" * int(value) if value.isdigit() and int(value) <= 5 else value
        case Field.SOURCE if value in tuple(Source):
            return source_word(Source(value))
        case Field.SIZE:
            return value.replace("x", " × ")
        case _ if field.value in FIELDS:
            chinese = QLocale().language() == QLocale.Language.Chinese
            return vocabulary().name(field.value, value, "zh" if chinese else "en")
        case _:
            return value
