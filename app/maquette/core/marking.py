"""Marking: which marks a saved picture gets, chosen by the user and carried by each job."""

from enum import StrEnum
from typing import Annotated

import msgspec


class Profile(StrEnum):
    """Whose rules the marks of a file follow; `provenance.profiles` has the table of each."""

    CHINA = "china"  # GB 45438-2025
    EUROPE = "eu"  # AI Act, Article 50(2)
    CALIFORNIA = "california"  # SB 942
    MINIMAL = "minimal"  # what no file of ours is without


class Preset(StrEnum):
    """How much the invisible watermark has to survive before it is called robust."""

    STANDARD = "standard"
    STRONG = "strong"


class ExtraMark(StrEnum):
    """A second invisible mark, by invisible-watermark, beside our own."""

    NONE = "none"
    DWT_DCT_SVD = "dwtDctSvd"
    RIVA_GAN = "rivaGan"


class VisibleLabel(StrEnum):
    """The words that are drawn into a corner of the picture."""

    PROFILE = "profile"  # what the profile asks for
    NONE = "none"
    AI = "ai"  # "AI"
    ENGLISH = "english"  # "AI-generated"
    CHINESE = "chinese"  # "AI生成", the wording of GB 45438-2025


class FileFormat(StrEnum):
    """What a picture can be saved as."""

    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"
    AVIF = "avif"
    TIFF = "tiff"

    @property
    def media_type(self) -> str:
        """Such as "image/png"."""
        return f"image/{self.value}"


LOSSY = frozenset({FileFormat.JPEG, FileFormat.WEBP, FileFormat.AVIF})
"""The formats that know a quality."""


class FileEncoding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How pixels are saved.

    `quality` is 1 to 100, None for the format's own; PNG and TIFF know none.
    """

    format: FileFormat = FileFormat.PNG
    quality: Annotated[int, msgspec.Meta(ge=1, le=100)] | None = None


class Marking(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which marks a file gets. The invisible watermark and the AI label are always written.

    The profile is the European Union's unless chosen otherwise, wherever the program runs: of all
    it asks for the most that does not show (a signed manifest, a robust watermark, a log), it
    holds for free software too, and a guess by language or region would be wrong for many.

    `write_recipe` decides over prompt and settings as text, `sign` over the signed manifest;
    `timestamp_url` is an RFC 3161 authority that is asked when signing, "" for none (no network).
    `may_be_mined` is what the manifest says of training and data mining: allowed or not.
    """

    profile: Profile = Profile.EUROPE
    preset: Preset = Preset.STANDARD
    extra_mark: ExtraMark = ExtraMark.NONE
    visible_label: VisibleLabel = VisibleLabel.PROFILE
    write_recipe: bool = True
    sign: bool = True
    timestamp_url: str = ""
    may_be_mined: bool = False


DEFAULT_ENCODING = FileEncoding()
"""What a picture is saved as when nobody chose: all of its pixels, and all of its texts."""

DEFAULT_MARKING = Marking()
"""What a picture is marked with when nobody chose: every mark, and no network."""
