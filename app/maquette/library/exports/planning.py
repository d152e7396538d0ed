"""Which files a batch export makes of which pictures, and which pictures it has to leave out."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from maquette.core.export_preset import ExportPreset
from maquette.core.export_run import ExportItem, ItemState
from maquette.core.gallery import GalleryPicture, Presence
from maquette.library.exports.names import RunNames


def planned(
    preset: ExportPreset, pictures: Iterable[GalleryPicture], boards: Mapping[int, str]
) -> Iterator[ExportItem]:
    """The files of `pictures`, in order, each picture in all sizes of `preset`.

    A picture that cannot be exported is one item, which is left out and tells why. `boards` are
    names by id.

    Raises:
        InputError: the preset's file name template is not valid.
    """
    names = RunNames(preset, boards)
    number = 0
    for picture in pictures:
        number += 1
        reason = reason_against(picture)
        if reason or picture.record is None:
            yield _item(number, picture, preset, state=ItemState.LEFT_OUT, message=reason)
            continue
        for place, size in enumerate(preset.sizes):
            number += place > 0
            name, first = names.next(picture, picture.record, size)
            yield _item(number, picture, preset, size=size, name=name, first=first)
        names.next_picture()


def reason_against(picture: GalleryPicture) -> str:
    """Why `picture` cannot be exported, one sentence; "" if it can."""
    name = _text(Path(picture.path.name))
    if picture.record is None:
        return (
            f"{name} is not known to be made here, so nothing can be asserted about where it comes "
            "from; copy its file instead."
        )
    if picture.presence is Presence.MISSING or not picture.path.is_file():
        return f"The file {name} is no longer where it was saved; put it back or leave it out."
    if picture.presence is Presence.EDITED:
        return (
            f"{name} was changed by another program after it was saved, so its record does not "
            "hold for it any more."
        )
    if _text(picture.path) != str(picture.path):
        return f"The name of the file {name} is not valid text; rename it."
    return ""


def _item(
    number: int, picture: GalleryPicture, preset: ExportPreset, **values: object
) -> ExportItem:
    fields: dict[str, object] = {"size": preset.sizes[0], "name": "", **values}
    return ExportItem(
        number=number,
        picture_id=picture.id,
        source=Path(_text(picture.path)),
        source_sha256=picture.file_sha256,
        record=picture.record,
        **fields,  # pyright: ignore[reportArgumentType]
    )


def _text(path: Path) -> str:
    """`path` as text; what is none becomes a question mark."""
    return str(path).encode(errors="replace").decode()
