"""Into another colour space, and through the eyes of a printing process (soft proof)."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageCms

from maquette.core.errors import ImageError
from maquette.core.export_preset import ColourSpace
from maquette.core.pixels import Pixels
from maquette.provenance.colour_profiles import icc_profile
from maquette.provenance.colour_sources import INTENT, MAX_PROFILE, is_srgb, opened, space_of
from maquette.provenance.press_profile import COATED, coated_profile

_FLAGS = ImageCms.Flags.BLACKPOINTCOMPENSATION | ImageCms.Flags.HIGHRESPRECALC
_Key = tuple[bytes, ColourSpace, str, int, int]


class Colours:
    """Changes the colours of pictures; keeps the last transform, since batches need it again.

    Not thread-safe.
    """

    def __init__(self) -> None:
        self._key: _Key | None = None
        self._transform: ImageCms.ImageCmsTransform | None = None

    def changed(
        self, pixels: Pixels, colour: ColourSpace, proof_profile: str = "", source: bytes = b""
    ) -> Pixels:
        """`pixels` (height, width, 3) in `colour`; the same array if nothing changes.

        Colours that the space or the printing process does not have are brought to its edge
        (relative colorimetric, with black point compensation).

        Args:
            proof_profile: the file of a CMYK profile whose process the picture shall look like,
                COATED for our own, "" for none. The result is RGB all the same.
            source: the profile that the pixels come with, b"" for sRGB; see `colour_sources`.

        Raises:
            ImageError: the profile's file cannot be read or is none of a CMYK process.
        """
        source = b"" if is_srgb(source) else source
        stays = source == icc_profile(colour) if source else colour is ColourSpace.SRGB
        if stays and not proof_profile:
            return pixels
        try:
            image = ImageCms.applyTransform(
                Image.fromarray(pixels), self._transform_for(source, colour, proof_profile)
            )
        except ImageCms.PyCMSError as error:
            raise ImageError(
                "The colours cannot be converted with this ICC profile; choose another one.",
                str(error),
            ) from error
        assert image is not None  # only a conversion in place gives nothing
        return np.array(image)

    def _transform_for(
        self, source: bytes, colour: ColourSpace, proof: str
    ) -> ImageCms.ImageCmsTransform:
        key = (source, *_key(colour, proof))
        if self._transform is None or key != self._key:
            self._transform = _transform(source, colour, proof)
            self._key = key
        return self._transform


def _transform(own_profile: bytes, colour: ColourSpace, proof: str) -> ImageCms.ImageCmsTransform:
    source = opened(own_profile or icc_profile(ColourSpace.SRGB))
    target = opened(icc_profile(colour))
    if not proof:
        return ImageCms.buildTransform(source, target, "RGB", "RGB", INTENT, _FLAGS)
    return ImageCms.buildProofTransform(
        source,
        target,
        read_proof_profile(proof),
        "RGB",
        "RGB",
        renderingIntent=INTENT,
        proofRenderingIntent=INTENT,
        flags=_FLAGS | ImageCms.Flags.SOFTPROOFING,
    )


def read_proof_profile(name: str) -> ImageCms.ImageCmsProfile:
    """The CMYK profile in the file `name`, which may be a stranger's; our own for COATED.

    Raises:
        ImageError: it is missing, too large, no profile, or not one of a CMYK process.
    """
    if name == COATED:
        return opened(coated_profile())
    path = Path(name)
    if name.replace("\\", "/").startswith("//"):
        raise ImageError("An ICC profile on another computer is not read; copy it to this one.")
    try:
        if not path.is_file():
            raise ImageError(f"There is no ICC profile {path}; choose another file.")
        with path.open("rb") as file:
            content = file.read(MAX_PROFILE + 1)
    except (OSError, ValueError) as error:
        raise ImageError(
            f"The ICC profile {path.name} cannot be opened; choose another file.", str(error)
        ) from error
    if len(content) > MAX_PROFILE:
        raise ImageError(f"The ICC profile {path.name} is too large to be one; choose another.")
    try:
        profile = opened(content)
    except (OSError, ImageCms.PyCMSError) as error:
        raise ImageError(
            f"The file {path.name} is not a valid ICC profile; choose another file.", str(error)
        ) from error
    if space_of(content) != b"CMYK":
        raise ImageError(
            f"The ICC profile {path.name} is not one of a printing process with the four inks "
            "CMYK; choose another file."
        )
    return profile


def _key(colour: ColourSpace, proof: str) -> tuple[ColourSpace, str, int, int]:
    """Tells transforms apart, also of a profile that was replaced meanwhile."""
    if not proof:
        return colour, "", 0, 0
    try:
        status = Path(proof).stat()
    except (OSError, ValueError):
        return colour, proof, 0, 0  # whoever reads it tells what is wrong
    return colour, proof, status.st_mtime_ns, status.st_size
