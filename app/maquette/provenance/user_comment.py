"""EXIF UserComment: where files without text chunks keep the `parameters` text."""

from PIL import Image

EXIF_IFD, _USER_COMMENT = 0x8769, 0x9286
_UNICODE, _ASCII = b"UNICODE\0", b"ASCII\0\0\0"


def comment_exif(text: str) -> Image.Exif:
    """EXIF whose UserComment is `text`, as UTF-16.

    Everything is big-endian: readers that go by the EXIF header and those that always expect
    UTF-16BE, as image generators do, then agree.
    """
    exif = Image.Exif()
    exif.endian = ">"
    exif.get_ifd(EXIF_IFD)[_USER_COMMENT] = _UNICODE + text.encode("utf-16-be")
    return exif


def read_user_comment(image: Image.Image) -> str:
    """The UserComment of `image`, "" if it has none or in an encoding that is not known."""
    comment = image.getexif().get_ifd(EXIF_IFD).get(_USER_COMMENT)
    if not isinstance(comment, bytes):
        return ""
    coding, text = comment[:8], comment[8:]
    if coding == _UNICODE:
        # The byte order is told nowhere, but the settings of any recipe are ASCII.
        readings = [text.decode(order, errors="replace") for order in ("utf-16-be", "utf-16-le")]
        return max(readings, key=lambda reading: sum(map(str.isascii, reading)))
    return text.decode("ascii", errors="replace") if coding == _ASCII else ""
