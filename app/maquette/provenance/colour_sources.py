"""The colour space that a picture's own profile names: understood, or taken as sRGB.

The profile is a stranger's: it is bounded, and one that Little CMS refuses counts as none.
"""

import functools
import io

import numpy as np
from PIL import Image, ImageCms

from maquette.core.export_preset import ColourSpace
from maquette.provenance.colour_profiles import icc_profile

MAX_PROFILE = 16 << 20  # bytes
INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC  # white stays white
_COLOUR_SPACE = slice(16, 20)  # of a profile's header (ICC.1:2022, 7.2.6)
_MODES = {b"RGB ": "RGB", b"CMYK": "CMYK"}
_ALIKE = 2  # of 255: profiles of sRGB differ so much from each other
_STEPS = (0, 36, 73, 109, 146, 182, 219, 255)

NOT_USED = "The picture's own colour profile cannot be used, so its colours were taken to be sRGB."


def opened(profile: bytes) -> ImageCms.ImageCmsProfile:
    """Raises OSError or ImageCms.PyCMSError if it is no profile."""
    return ImageCms.ImageCmsProfile(io.BytesIO(profile))


def profile_of(image: Image.Image) -> bytes:
    """The profile in the file of `image`; b"" for none."""
    profile = image.info.get("icc_profile")
    return profile if isinstance(profile, bytes) else b""


def space_of(profile: bytes) -> bytes:
    """The four letters of the space that a profile describes, b"RGB " for example."""
    return profile[_COLOUR_SPACE]


@functools.lru_cache(maxsize=32)
def is_usable(profile: bytes) -> bool:
    """Whether RGB pixels can be converted by `profile`."""
    if len(profile) > MAX_PROFILE or space_of(profile) != b"RGB ":
        return False
    return _converted(Image.new("RGB", (1, 1)), profile) is not None


@functools.lru_cache(maxsize=32)
def is_srgb(profile: bytes) -> bool:
    """Whether RGB pixels mean by `profile` what they mean in sRGB; also for one of no use."""
    if not is_usable(profile):
        return True
    steps = np.array(_STEPS, np.uint8)
    colours = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(-1, len(_STEPS), 3)
    changed = _converted(Image.fromarray(colours), profile)
    if changed is None:
        return True
    return bool(np.abs(np.asarray(changed).astype(np.int16) - colours).max() <= _ALIKE)


def in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """`image` in sRGB, if `profile` says that it is in another space: RGB or CMYK becomes RGB.

    Anything else, and what cannot be converted, is returned as it is.
    """
    if not profile or len(profile) > MAX_PROFILE or _MODES.get(space_of(profile)) != image.mode:
        return image
    if image.mode == "RGB" and is_srgb(profile):
        return image
    return _converted(image, profile) or image


def _converted(image: Image.Image, profile: bytes) -> Image.Image | None:
    try:
        return ImageCms.profileToProfile(
            image,
            opened(profile),
            opened(icc_profile(ColourSpace.SRGB)),
            renderingIntent=INTENT,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (OSError, ValueError, ImageCms.PyCMSError):
        return None
