"""Every size, colour space and format of an export is a whole file of ours that verifies."""

import io
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from PIL import Image, ImageCms

from maquette.core.errors import ImageError
from maquette.core.export_preset import ColourSpace, ExportPreset, ExportSize, Fit, Rendition
from maquette.core.marking import LOSSY, FileFormat, Marking, Preset, Profile, VisibleLabel
from maquette.core.pixels import Pixels
from maquette.core.record import MarkKind, Record
from maquette.core.report import Verdict
from maquette.provenance.colour import Colours, read_proof_profile
from maquette.provenance.colour_profiles import icc_profile
from maquette.provenance.export import export
from maquette.provenance.framing_pixels import framed
from maquette.provenance.metadata import read_image
from maquette.provenance.pictures import read_picture
from maquette.provenance.press_profile import COATED, coated_profile
from maquette.provenance.seal import Sealed
from maquette.provenance.visible_label import carries_label

WIDTH, HEIGHT = 480, 320
SIZES = {
    "whole": (ExportSize(), (480, 320)),
    "fitted": (ExportSize(width=420, height=280), (420, 280)),
    "filled": (ExportSize(width=300, height=300, fit=Fit.FILL), (300, 300)),
    "padded": (ExportSize(width=300, height=400, fit=Fit.PAD, background="#204060"), (300, 400)),
}


@pytest.fixture(scope="module")
def original(
    studio: Any, record: Record, pictures: Callable[[int, int], dict[str, Pixels]]
) -> Sealed:
    sealed = studio.seal(pictures(HEIGHT, WIDTH)["shapes"], record, Marking())
    studio.remember(sealed)
    return sealed


def exported(studio: Any, original: Sealed, rendition: Rendition, **marks: Any) -> Sealed:
    sealed = export(
        original.file,
        original.record,
        Marking(**marks),
        rendition,
        open_signer=studio.open_signer,
    )
    studio.remember(sealed)
    return sealed


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("colour", ColourSpace)
@pytest.mark.parametrize("file_format", FileFormat)
def test_every_file_verifies_and_says_what_its_colours_mean(
    file_format: FileFormat, colour: ColourSpace, size: str, studio: Any, original: Sealed
) -> None:
    wanted, sides = SIZES[size]
    rendition = Rendition(format=file_format, size=wanted, colour=colour, dpi=300)
    sealed = exported(studio, original, rendition)
    assert sealed.notices == ()
    assert all(mark.verified for mark in sealed.record.marks)
    report = studio.check(sealed.file)
    assert report.verdict is Verdict.SIGNED_INTACT
    assert report.record_id == original.record.id
    with Image.open(io.BytesIO(sealed.file)) as image:
        assert image.size == sides == (sealed.record.width, sealed.record.height)
        profile = image.info.get("icc_profile")
        if file_format is FileFormat.PNG and colour is ColourSpace.SRGB:
            assert image.info["srgb"] == 0
            assert profile is None
        else:
            assert profile == icc_profile(colour)
        exif = image.getexif()
        dots = exif.get(282) if file_format in (FileFormat.WEBP, FileFormat.AVIF) else None
        dots = dots or image.info["dpi"][0]
    assert float(dots) == pytest.approx(300, abs=0.01)


def test_a_picture_of_unchanged_pixels_keeps_its_mark_and_others_get_a_new_one(
    studio: Any, original: Sealed
) -> None:
    kept = exported(studio, original, Rendition())
    assert kept.mark.psnr == 0.0
    for rendition in (
        Rendition(colour=ColourSpace.DISPLAY_P3),
        Rendition(size=ExportSize(width=470)),
        Rendition(size=ExportSize(width=600, height=600, fit=Fit.PAD)),
    ):
        made = exported(studio, original, rendition)
        assert made.mark.robust
        assert made.mark.psnr > 36


def test_a_wide_space_shows_the_same_colours(studio: Any, original: Sealed) -> None:
    before = read_image(original.file)[0].astype(int)
    for colour in (ColourSpace.DISPLAY_P3, ColourSpace.ADOBE_RGB):
        file = exported(studio, original, Rendition(colour=colour)).file
        with Image.open(io.BytesIO(file)) as image:
            profile = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
            seen = ImageCms.profileToProfile(image, profile, ImageCms.createProfile("sRGB"))
        assert seen is not None
        change = np.abs(np.asarray(seen).astype(int) - before).mean()  # the mark, and rounding
        assert change < 2
        assert np.abs(read_image(file)[0].astype(int) - before).mean() > 2 * change


def test_a_picture_in_a_wide_space_is_read_as_what_it_shows(studio: Any, original: Sealed) -> None:
    before = read_image(original.file)[0].astype(int)
    wide = exported(studio, original, Rendition(colour=ColourSpace.ADOBE_RGB))
    back = exported(studio, wide, Rendition())
    assert np.abs(read_image(back.file)[0].astype(int) - before).mean() < 2
    assert back.mark.verified
    shown = np.asarray(read_picture(wide.file)).astype(int)
    assert np.abs(shown - before).mean() < 2
    small = np.asarray(read_picture(wide.file, 64)).astype(int)
    expected = np.asarray(read_picture(original.file, 64)).astype(int)
    assert np.abs(small - expected).mean() < 2
    kept = exported(studio, wide, Rendition(colour=ColourSpace.ADOBE_RGB))
    assert np.array_equal(read_image(kept.file)[0], read_image(wide.file)[0])
    other = exported(studio, wide, Rendition(colour=ColourSpace.DISPLAY_P3))
    assert np.abs(np.asarray(read_picture(other.file)).astype(int) - before).mean() < 2


@pytest.mark.parametrize(
    "profile", [b"nonsense" * 40, icc_profile(ColourSpace.ADOBE_RGB)[:200], b"\0" * (64 << 10)]
)
def test_a_profile_of_no_use_is_told_and_the_picture_goes_out(
    profile: bytes, studio: Any, original: Sealed
) -> None:
    pixels = read_image(original.file)[0]
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG", icc_profile=profile)
    made = export(buffer.getvalue(), original.record, Marking(), Rendition())
    assert any("colour profile cannot be used" in notice for notice in made.notices)
    assert np.array_equal(read_image(made.file)[0], pixels)
    assert np.array_equal(np.asarray(read_picture(buffer.getvalue())), pixels)


def test_another_tools_srgb_profile_changes_nothing(original: Sealed) -> None:
    pixels = read_image(original.file)[0]
    buffer = io.BytesIO()
    theirs = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert theirs != icc_profile(ColourSpace.SRGB)  # its date is another one
    Image.fromarray(pixels).save(buffer, "PNG", icc_profile=theirs)
    made = export(buffer.getvalue(), original.record, Marking(), Rendition())
    assert made.notices == ()
    assert np.array_equal(read_image(made.file)[0], pixels)


def test_a_picture_in_inks_is_shown_as_they_print(press: Path) -> None:
    buffer = io.BytesIO()
    Image.new("CMYK", (8, 8), (255, 0, 0, 0)).save(
        buffer, "JPEG", icc_profile=press.read_bytes(), quality=95
    )
    cyan = np.asarray(read_picture(buffer.getvalue()))[4, 4].astype(int)
    assert np.abs(cyan - (0, 143, 216)).max() < 40  # Lab 55, -37, -50; without a profile 0 255 255


@pytest.mark.parametrize(
    ("colour", "primaries"),
    [
        # Published XYZ under D50: Apple's Display P3 profile; Adobe RGB (1998), 4.3.6.1.
        (ColourSpace.DISPLAY_P3, ((0.5151, 0.2412, -0.0011), (0.2920, 0.6922, 0.0419))),
        (ColourSpace.ADOBE_RGB, ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087))),
    ],
)
def test_the_profiles_are_those_that_are_published(
    colour: ColourSpace, primaries: tuple[tuple[float, ...], ...]
) -> None:
    profile = ImageCms.ImageCmsProfile(io.BytesIO(icc_profile(colour))).profile
    assert profile.is_matrix_shaper
    assert profile.device_class == "mntr"
    assert profile.red_colorant is not None
    assert profile.green_colorant is not None
    assert profile.red_colorant[0] == pytest.approx(primaries[0], abs=2e-4)
    assert profile.green_colorant[0] == pytest.approx(primaries[1], abs=2e-4)
    white = Colours().changed(np.full((1, 1, 3), 255, np.uint8), colour)
    assert white.tolist() == [[[255, 255, 255]]]


# --- sizes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (ExportSize(width=240), (240, 160)),
        (ExportSize(height=160), (240, 160)),
        (ExportSize(width=4000, height=4000), (480, 320)),
        (ExportSize(width=960, height=960, upscale=True), (960, 640)),
        (ExportSize(width=1000, height=1000, fit=Fit.FILL), (320, 320)),
        (ExportSize(width=1000, height=1000, fit=Fit.FILL, upscale=True), (1000, 1000)),
        (ExportSize(width=2000, height=1000, fit=Fit.FILL), (480, 240)),
        (ExportSize(width=600, height=600, fit=Fit.PAD), (600, 600)),
        (ExportSize(width=1, height=1), (1, 1)),
        (ExportSize(width=1, height=999, fit=Fit.FILL), (1, 320)),
    ],
)
def test_sizes(size: ExportSize, expected: tuple[int, int]) -> None:
    pixels = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    height, width = framed(pixels, size).shape[:2]
    assert (width, height) == expected


def test_filling_cuts_at_the_centre_without_blurring_and_padding_keeps_the_picture() -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    cut = framed(pixels, ExportSize(width=320, height=320, fit=Fit.FILL))
    assert np.array_equal(cut, pixels[:, 80:400])
    padded = framed(pixels, ExportSize(width=500, height=400, fit=Fit.PAD, background="#0a1B2c"))
    assert np.array_equal(padded[40:360, 10:490], pixels)
    assert padded[0, 0].tolist() == [10, 27, 44]
    assert framed(pixels, ExportSize(width=9999)) is pixels


@pytest.mark.parametrize(
    "size",
    [
        ExportSize(width=300, fit=Fit.FILL),
        ExportSize(height=300, fit=Fit.PAD),
        ExportSize(width=16_384, height=16_384, fit=Fit.PAD),
        ExportSize(width=16_384, upscale=True),
    ],
)
def test_sizes_that_cannot_be_made_are_told(size: ExportSize) -> None:
    with pytest.raises(ImageError) as refused:
        framed(np.zeros((HEIGHT, WIDTH, 3), np.uint8), size)
    assert refused.value.message.endswith(".")


def test_below_what_the_watermark_needs_the_label_stays_and_it_is_told(
    studio: Any, original: Sealed
) -> None:
    made = exported(studio, original, Rendition(format=FileFormat.JPEG, size=ExportSize(width=200)))
    assert made.notices == (
        "A picture smaller than 256 x 256 pixels cannot carry the invisible watermark.",
    )
    verified = {mark.kind for mark in made.record.marks if mark.verified}
    assert {MarkKind.XMP, MarkKind.MANIFEST} <= verified
    assert studio.check(made.file).verdict is Verdict.SIGNED_INTACT


# --- target size -----------------------------------------------------------------------------


@pytest.mark.parametrize("file_format", sorted(LOSSY))
def test_the_whole_file_is_never_above_the_target_and_near_it(
    file_format: FileFormat, studio: Any, original: Sealed
) -> None:
    free = exported(studio, original, Rendition(format=file_format))
    target = (len(free.file) + len(free.manifest)) // 2 + 2000
    assert target < len(free.file)
    made = exported(studio, original, Rendition(format=file_format, target_bytes=target))
    assert 0.85 * target < len(made.file) <= target
    assert studio.check(made.file).verdict is Verdict.SIGNED_INTACT
    lavish = Rendition(format=file_format, target_bytes=10_000_000)
    assert len(exported(studio, original, lavish).file) == pytest.approx(len(free.file), abs=64)


@pytest.mark.parametrize("file_format", FileFormat)
def test_a_target_that_cannot_be_reached_is_told(
    file_format: FileFormat, studio: Any, original: Sealed
) -> None:
    with pytest.raises(ImageError, match="480 x 320 pixels cannot be made as small as 8 KiB"):
        exported(studio, original, Rendition(format=file_format, target_bytes=8 * 1024))


# --- soft proof ------------------------------------------------------------------------------


def cmyk_profile() -> bytes:
    """A small CMYK profile of version 2: 16 mixtures of inks to Lab, and a coarse way back."""
    inks = np.indices((2, 2, 2, 2)).reshape(4, -1).T.astype(float)  # in the order of the table
    paper, cyan, magenta, yellow, black = (
        np.array(colour) for colour in ((95, 0, -2), (55, -37, -50), (48, 74, -3), (89, -5, 93),
                                        (16, 0, 0))
    )  # fmt: skip
    changes = np.array([cyan - paper, magenta - paper, yellow - paper, black - paper])
    lab = paper + inks @ changes
    lab[:, 0] = np.clip(lab[:, 0], 5, 95)
    lab = np.where(inks[:, 3:] > 0, black, lab)
    steps = np.linspace(0, 1, 9)
    light, a, b = np.meshgrid(steps * 100, steps * 256 - 128, steps * 256 - 128, indexing="ij")
    wanted = np.stack([light, a, b], axis=-1).reshape(-1, 3) - paper
    cmy = np.linalg.lstsq(changes[:3].T, wanted.T, rcond=None)[0].T
    ways_back = np.clip(np.hstack([cmy, np.zeros((len(cmy), 1))]), 0, 1)

    def encoded(colours: np.ndarray) -> np.ndarray:
        return np.stack(
            [colours[:, 0] / 100, (colours[:, 1] + 128) / 256, (colours[:, 2] + 128) / 256], axis=1
        )

    def table(inputs: int, outputs: int, grid: int, values: np.ndarray, full: int) -> bytes:
        ramp = np.array([0, 65535], ">u2").tobytes()
        head = b"mft2" + struct.pack(">4x4B", inputs, outputs, grid, 0)
        matrix = np.array([1, 0, 0, 0, 1, 0, 0, 0, 1]) * 65536
        body = np.rint(np.clip(values, 0, 1) * full).astype(">u2").tobytes()
        return (
            head + matrix.astype(">i4").tobytes() + struct.pack(">2H", 2, 2)
            + ramp * inputs + body + ramp * outputs
        )  # fmt: skip

    xyz = np.rint(np.array([0.9642, 1, 0.8249]) * 65536).astype(">i4").tobytes()
    tags = {
        b"desc": b"desc" + struct.pack(">4xI", 5) + b"test\0" + bytes(79),
        b"cprt": b"text" + bytes(4) + b"none\0",
        b"wtpt": b"XYZ " + bytes(4) + xyz,
        b"A2B0": table(4, 3, 2, encoded(lab), 65280),
        b"B2A0": table(3, 4, 9, ways_back, 65535),
    }
    offset = 132 + 12 * len(tags)
    entries, body = b"", b""
    for name, content in tags.items():
        entries += name + struct.pack(">2I", offset + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    head = struct.pack(
        ">I4xI4s4s4s6H4s28x12s48x",
        offset + len(body), 0x02400000, b"prtr", b"CMYK", b"Lab ", 2026, 1, 1, 0, 0, 0, b"acsp",
        xyz,
    )  # fmt: skip
    return head + struct.pack(">I", len(tags)) + entries + body


@pytest.fixture
def press(tmp_path: Path) -> Path:
    path = tmp_path / "press 印刷.icc"
    path.write_bytes(cmyk_profile())
    return path


def test_a_soft_proof_dulls_what_print_cannot_show_and_stays_rgb(
    press: Path, studio: Any, original: Sealed
) -> None:
    colours = np.array([[[0, 0, 255], [255, 255, 255], [0, 0, 0]]], np.uint8)
    blue, white, black = Colours().changed(colours, ColourSpace.SRGB, str(press))[0].astype(int)
    assert np.abs(blue - (0, 0, 255)).max() > 30
    assert white.min() > 245
    assert black.max() < 90
    made = exported(
        studio,
        original,
        Rendition(format=FileFormat.JPEG, colour=ColourSpace.ADOBE_RGB, proof_profile=str(press)),
    )
    assert made.notices == ()
    assert studio.check(made.file).verdict is Verdict.SIGNED_INTACT
    with Image.open(io.BytesIO(made.file)) as image:
        assert image.mode == "RGB"
        assert image.info["icc_profile"] == icc_profile(ColourSpace.ADOBE_RGB)


def test_the_generic_print_has_the_published_inks_and_neutral_greys() -> None:
    profile = ImageCms.ImageCmsProfile(io.BytesIO(coated_profile()))
    solids = np.array([[255, 0, 0, 0], [0, 255, 0, 0], [0, 0, 255, 0], [0] * 4], np.uint8)
    image = Image.frombytes("CMYK", (4, 1), solids.tobytes())
    lab = ImageCms.buildTransform(
        profile, ImageCms.createProfile("LAB"), "CMYK", "LAB", ImageCms.Intent.ABSOLUTE_COLORIMETRIC
    )
    shown = np.asarray(ImageCms.applyTransform(image, lab))[0].astype(float)
    found = np.column_stack([shown[:, 0] / 2.55, shown[:, 1:].astype(np.uint8).view(np.int8)])
    # ISO 12647-2:2004/Amd 1:2007, table 5, white backing: cyan, magenta, yellow, paper
    published = ((55, -37, -50), (48, 74, -3), (89, -5, 93), (95, 0, -2))
    assert np.abs(found - published).max() < 2.5
    greys = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)
    printed = Colours().changed(greys, ColourSpace.SRGB, COATED)[0].astype(int)
    assert printed[255].tolist() == [255, 255, 255]
    assert printed[0].max() < 40
    assert (np.diff(printed.sum(axis=1)) >= 0).all()
    assert (printed.max(axis=1) - printed.min(axis=1)).max() < 6
    colours = np.array([[[0, 0, 255], [200, 150, 120]]], np.uint8)
    blue, skin = Colours().changed(colours, ColourSpace.SRGB, COATED)[0].astype(int)
    assert np.abs(blue - (0, 0, 255)).max() > 60
    assert np.abs(skin - (200, 150, 120)).max() < 5


def test_a_profile_that_is_replaced_counts_from_the_next_picture_on(press: Path) -> None:
    colours = Colours()
    pixels = np.full((1, 1, 3), (0, 0, 255), np.uint8)
    colours.changed(pixels, ColourSpace.SRGB, str(press))
    press.write_bytes(b"nonsense")
    with pytest.raises(ImageError, match="not a valid ICC profile"):
        colours.changed(pixels, ColourSpace.SRGB, str(press))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "There is no ICC profile"),
        (b"", "not a valid ICC profile"),
        (b"nonsense" * 100, "not a valid ICC profile"),
        (cmyk_profile()[:400], "ICC profile"),
        (icc_profile(ColourSpace.DISPLAY_P3), "four inks"),
        (bytes(17 << 20), "too large"),
    ],
)
def test_what_is_no_cmyk_profile_is_told(content: bytes | None, words: str, tmp_path: Path) -> None:
    path = tmp_path / "x.icc"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ImageError, match=words) as refused:
        Colours().changed(np.zeros((1, 1, 3), np.uint8), ColourSpace.SRGB, str(path))
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize("name", ["//server/share/x.icc", "\\\\server\\share\\x.icc", "/", "\0"])
def test_profiles_elsewhere_are_not_read(name: str) -> None:
    with pytest.raises(ImageError):
        read_proof_profile(name)


# --- marks as the preset says ----------------------------------------------------------------


def test_a_preset_says_which_marks_there_are_beyond_the_settings(
    studio: Any, original: Sealed
) -> None:
    settings = Marking(profile=Profile.MINIMAL, may_be_mined=True)
    preset = ExportPreset(
        name="p", profile=Profile.CHINA, robustness=Preset.STRONG, with_recipe=False
    )
    marking = preset.marking(settings)
    assert (marking.profile, marking.preset, marking.write_recipe) == ("china", "strong", False)
    assert marking.may_be_mined
    without = msgspec.structs.replace(
        preset, profile=None, robustness=None, visible_label=VisibleLabel.AI, with_recipe=True
    ).marking(settings)
    assert (without.profile, without.preset, without.write_recipe) == ("minimal", "standard", True)
    made = export(original.file, original.record, marking, preset.rendition(preset.sizes[0]))
    assert carries_label(read_image(made.file)[0], VisibleLabel.CHINESE)
    assert b"glossy" not in made.file
    shown = export(original.file, original.record, without, preset.rendition(preset.sizes[0]))
    assert carries_label(read_image(shown.file)[0], VisibleLabel.AI)
    assert b"glossy" in shown.file
