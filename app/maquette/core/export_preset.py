"""Export presets: what a batch of pictures goes out as. Frozen values, kept and shared as JSON."""

from enum import StrEnum
from typing import Annotated

import msgspec

from maquette.core.marking import LOSSY, FileFormat, Marking, Preset, Profile, VisibleLabel

MAX_SIDE = 16_384  # pixels of an exported picture
MAX_SIZES = 8
EXPORT_TEMPLATE = "{prompt}-{id}{size}"

_Side = Annotated[int, msgspec.Meta(ge=1, le=MAX_SIDE)]


class Fit(StrEnum):
    """How a picture meets a frame of another shape."""

    FIT = "fit"  # whole, inside the frame
    FILL = "fill"  # covers the frame, cut at the centre
    PAD = "pad"  # whole, the rest of the frame in one colour


class ColourSpace(StrEnum):
    """The RGB space of the exported pixels, whose ICC profile is in the file."""

    SRGB = "srgb"
    DISPLAY_P3 = "display-p3"
    ADOBE_RGB = "adobe-rgb"


class Collision(StrEnum):
    """What happens when a file of the name is there already."""

    NUMBER = "number"  # NAME-2, NAME-3, ...
    SKIP = "skip"
    REPLACE = "replace"


class SheetKind(StrEnum):
    PNG = "png"
    PDF = "pdf"


class Paper(StrEnum):
    A4 = "a4"
    A3 = "a3"
    LETTER = "letter"


class ListKind(StrEnum):
    CSV = "csv"
    JSON = "json"


class ExportSize(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One size to export in, in pixels. None leaves a side free; both None is the picture's own.

    FILL and PAD need both sides. Pictures are not enlarged unless `upscale`. `name` stands for
    {size} in file names, with a hyphen before it ("" for none). `background` is #rrggbb, for PAD.
    """

    name: str = ""
    width: _Side | None = None
    height: _Side | None = None
    fit: Fit = Fit.FIT
    upscale: bool = False
    background: Annotated[str, msgspec.Meta(pattern="^#[0-9a-fA-F]{6}$")] = "#ffffff"


class ContactSheet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Pages of small pictures with captions, for looking a delivery through."""

    kinds: Annotated[tuple[SheetKind, ...], msgspec.Meta(max_length=len(SheetKind))] = (
        SheetKind.PDF,
    )
    paper: Paper = Paper.A4
    columns: Annotated[int, msgspec.Meta(ge=1, le=12)] = 4
    title: str = ""
    captions: bool = True


class ExportPreset(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a batch goes out as.

    `quality` is 1 to 100, None for the format's own; with `target_kib` the highest quality up to
    it is taken whose file is at most that large. `proof_profile` is the file of a CMYK ICC
    profile through which colours are shown as print would have them, "generic-coated" for our own
    profile of coated paper, "" for none. `dpi` is written into the file, None leaves it out. The
    invisible watermark and the AI label are always written.
    """

    name: str
    format: FileFormat = FileFormat.JPEG
    sizes: Annotated[tuple[ExportSize, ...], msgspec.Meta(min_length=1, max_length=MAX_SIZES)] = (
        ExportSize(),
    )
    quality: Annotated[int, msgspec.Meta(ge=1, le=100)] | None = None
    target_kib: Annotated[int, msgspec.Meta(ge=8, le=65_536)] | None = None
    colour: ColourSpace = ColourSpace.SRGB
    proof_profile: str = ""
    dpi: Annotated[int, msgspec.Meta(ge=36, le=2_400)] | None = None
    template: str = EXPORT_TEMPLATE
    collision: Collision = Collision.NUMBER
    with_recipe: bool = False
    visible_label: VisibleLabel = VisibleLabel.PROFILE
    profile: Profile | None = None  # None: as in the settings
    robustness: Preset | None = None  # of the watermark; None: as in the settings
    sheet: ContactSheet | None = None
    lists: Annotated[tuple[ListKind, ...], msgspec.Meta(max_length=len(ListKind))] = ()

    def rendition(self, size: ExportSize) -> "Rendition":
        """How the file of one of the preset's sizes is made."""
        return Rendition(
            format=self.format,
            quality=self.quality if self.format in LOSSY else None,
            target_bytes=self.target_kib * 1024 if self.target_kib else None,
            size=size,
            colour=self.colour,
            proof_profile=self.proof_profile,
            dpi=self.dpi,
        )

    def marking(self, chosen: Marking) -> Marking:
        """The marks of the exported files: `chosen`, the settings', with what the preset says."""
        return Marking(
            profile=self.profile or chosen.profile,
            preset=self.robustness or chosen.preset,
            extra_mark=chosen.extra_mark,
            visible_label=self.visible_label,
            write_recipe=self.with_recipe,
            sign=chosen.sign,
            timestamp_url=chosen.timestamp_url,
            may_be_mined=chosen.may_be_mined,
        )


class Rendition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How one file is made of a picture; the fields are those of ExportPreset.

    `target_bytes` is the most that the whole file may have, None for no limit.
    """

    format: FileFormat = FileFormat.PNG
    quality: Annotated[int, msgspec.Meta(ge=1, le=100)] | None = None
    target_bytes: Annotated[int, msgspec.Meta(ge=1)] | None = None
    size: ExportSize = ExportSize()
    colour: ColourSpace = ColourSpace.SRGB
    proof_profile: str = ""
    dpi: int | None = None
