"""What is said of a picture of the library in few words, in the language of the window."""

from PySide6.QtCore import QCoreApplication

from maquette.core.gallery import GalleryPicture, Presence, Source
from maquette.gui.parts import plain_tip
from maquette.gui.sketch_stage.fidelity_words import score_words
from maquette.state.noop import QT_TRANSLATE_NOOP

_CONTEXT = "Gallery"
_SOURCES = {
    Source.PROMPT: QT_TRANSLATE_NOOP("Gallery", "prompt"),
    Source.IMAGE: QT_TRANSLATE_NOOP("Gallery", "image"),
    Source.SKETCH: QT_TRANSLATE_NOOP("Gallery", "sketch"),
    Source.IMPORTED: QT_TRANSLATE_NOOP("Gallery", "imported"),
}
_PRESENCES = {
    Presence.MISSING: QT_TRANSLATE_NOOP("Gallery", "file missing"),
    Presence.EDITED: QT_TRANSLATE_NOOP("Gallery", "file edited"),
}


def _said(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)


def source_word(source: Source) -> str:
    """Where a picture comes from, in one word."""
    return _said(_SOURCES[source])


def presence_word(presence: Presence) -> str:
    """What became of a picture's file, "" where it is as it was."""
    return _said(_PRESENCES[presence]) if presence in _PRESENCES else ""


def grouped(count: int) -> str:
    """A number with narrow spaces between its thousands."""
    return f"{count:,}".replace(",", "\u202f")


def rating_words(rating: int) -> str:
    """A rating for those who do not see stars, "" for none."""
    if not rating:
        return ""
    return QCoreApplication.translate("Gallery", "{n} of 5 stars").format(n=rating)


def picture_title(picture: GalleryPicture) -> str:
    """One line that tells a picture from others: words, rating, source, state."""
    words = " ".join(picture.prompt.split())[:200] or picture.path.name
    parts = (
        words,
        rating_words(picture.rating),
        source_word(picture.source),
        presence_word(picture.presence),
    )
    return ", ".join(part for part in parts if part)


def picture_tip(picture: GalleryPicture) -> str:
    """A tooltip of plain text: the prompt, the file, what there is to know at a glance."""
    words = " ".join(picture.prompt.split())[:300]
    facts = [f"{picture.width} × {picture.height}", source_word(picture.source)]
    if picture.record is not None:
        facts.append(picture.record.recipe.model.name or picture.record.recipe.model.id)
        if picture.record.fidelity is not None:
            facts.append(score_words(picture.record.fidelity))
    if picture.presence is not Presence.PRESENT:
        facts.append(presence_word(picture.presence))
    tags = ", ".join(picture.tags)[:200]
    lines = (words, picture.path.name[:200], " · ".join(facts)[:300], tags)
    return plain_tip("\n".join(line for line in lines if line))
