"""Pictures and files that nobody hopes for, as a user meets them: saved, and then checked."""

import datetime
import io
import json
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import cv2
import msgspec
import numpy as np
import pytest
from c2pa import Builder, C2paSignerInfo
from c2pa import Signer as NativeSigner
from PIL import Image, PngImagePlugin
from PIL.ImageFilter import GaussianBlur

from maquette.core.marking import Marking
from maquette.core.pixels import Pixels
from maquette.core.record import Record
from maquette.core.report import Outcome, Report, Source, Verdict
from maquette.provenance.aigc import PRODUCER, AigcLabel, write_aigc
from maquette.provenance.identity.certificates import issue_chain
from maquette.provenance.identity.opening import open_signer
from maquette.provenance.identity.signer import Signer, signer_of
from maquette.provenance.manifest.context import make_context
from maquette.provenance.metadata import read_image
from maquette.provenance.seal import seal
from maquette.provenance.texts import XMP_KEY, embedded


def encoded(image: Image.Image | Pixels, form: str = "PNG", **options: Any) -> bytes:
    buffer = io.BytesIO()
    picture = image if isinstance(image, Image.Image) else Image.fromarray(image)
    picture.save(buffer, form, **options)
    return buffer.getvalue()


def with_texts(pixels: Pixels, *texts: tuple[str, str]) -> bytes:
    info = PngImagePlugin.PngInfo()
    for key, text in texts:
        info.add_itxt(key, text)
    return encoded(pixels, pnginfo=info)


def said(report: Report, source: Source) -> list[tuple[Outcome, str]]:
    return [(line.outcome, line.sentence) for line in report.evidence if line.source is source]


# --- pictures ---------------------------------------------------------------------------------


def zone_plate(side: int) -> Pixels:
    y, x = np.mgrid[-side // 2 : side // 2, -side // 2 : side // 2]
    rings = 127.5 + 127.5 * np.cos((x * x + y * y) * np.pi / side)
    return np.repeat(np.rint(rings).astype(np.uint8)[..., None], 3, axis=2)


@pytest.mark.parametrize(
    "pixels",
    [
        np.full((256, 256, 3), 255, np.uint8),
        np.full((300, 400, 3), (200, 30, 90), np.uint8),
        zone_plate(512),
        np.full((100, 100, 3), 120, np.uint8),
        np.full((5000, 1, 3), 120, np.uint8),
        np.full((1, 5000, 3), 120, np.uint8),
    ],
    ids=["white", "one colour", "zone plate", "100x100", "1x5000", "5000x1"],
)
def test_what_was_said_when_it_was_saved_is_what_a_copy_shows(
    studio: Any, pixels: Pixels, record: Record
) -> None:
    """Whether the mark is there is told at once, and Check of a stripped copy finds it so."""
    height, width = pixels.shape[:2]
    sized = msgspec.structs.replace(record, id=f"0BAD{height + width:04X}")
    sealed = studio.seal(pixels, sized, Marking())
    studio.remember(sealed)
    assert studio.check(sealed.file).verdict is Verdict.SIGNED_INTACT
    assert bool(sealed.notices) == (not sealed.mark.verified)
    assert sealed.mark.verified or min(height, width) < 256
    copy = studio.check(encoded(read_image(sealed.file)[0]))
    if sealed.mark.verified:
        assert copy.verdict is Verdict.RECOVERED_BY_WATERMARK
    else:
        assert copy.verdict is Verdict.SIMILAR
        assert "without a watermark that can be read" in copy.sentence
    assert copy.record_id == sized.id


def as_16_bit_png(pixels: Pixels) -> bytes:
    done, file = cv2.imencode(".png", pixels[..., ::-1].astype(np.uint16) * 257)
    assert done
    return file.tobytes()


def as_16_bit_grey(pixels: Pixels) -> bytes:
    grey = np.asarray(Image.fromarray(pixels).convert("L")).astype(np.uint16) * 257
    return encoded(Image.fromarray(grey))


def as_animation(pixels: Pixels) -> bytes:
    later = Image.fromarray(255 - pixels)
    return encoded(pixels, save_all=True, append_images=[later])


def converted(mode: str, form: str) -> Callable[[Pixels], bytes]:
    return lambda pixels: encoded(Image.fromarray(pixels).convert(mode), form)


@pytest.mark.parametrize(
    "change",
    [
        converted("RGBA", "PNG"),
        as_16_bit_png,
        as_16_bit_grey,
        converted("CMYK", "JPEG"),
        converted("CMYK", "TIFF"),
        converted("L", "JPEG"),
        converted("LA", "PNG"),
        as_animation,
    ],
    ids=["alpha", "16 bit", "16 bit grey", "CMYK", "CMYK TIFF", "grey", "grey alpha", "animated"],
)
def test_a_copy_in_another_kind_of_pixels_is_recovered(
    studio: Any, scene: Pixels, record: Record, change: Callable[[Pixels], bytes]
) -> None:
    pixels, _ = read_image(studio.save(scene, record))
    report = studio.check(change(pixels))
    assert report.verdict is Verdict.RECOVERED_BY_WATERMARK
    assert report.record_id == record.id
    assert "its looks agree" in report.sentence


def test_a_picture_with_transparency_is_saved_signed_and_recovered(
    studio: Any, scene: Pixels, record: Record
) -> None:
    alpha = np.arange(256, dtype=np.uint8)[None, :, None].repeat(256, axis=0)
    file = studio.save(np.dstack([scene, alpha]), msgspec.structs.replace(record, id="A1FAA1FA"))
    assert studio.check(file).verdict is Verdict.SIGNED_INTACT
    with Image.open(io.BytesIO(file)) as image:
        bare = Image.fromarray(np.asarray(image))
    report = studio.check(encoded(bare))
    assert report.verdict is Verdict.RECOVERED_BY_WATERMARK
    assert report.record_id == "A1FAA1FA"


# --- manifests --------------------------------------------------------------------------------


def signed_elsewhere(pixels: Pixels, generator: str, **more: object) -> bytes:
    """A PNG with the manifest of another program, which calls itself `generator`."""
    now = datetime.datetime.now(datetime.UTC)
    issued = issue_chain(now)
    signer = signer_of(issued.chain, issued.key, now)
    info = C2paSignerInfo(signer.algorithm.value, signer.chain, signer.key, None)
    source = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"
    created = {"action": "c2pa.created", "digitalSourceType": source, "softwareAgent": generator}
    claim = {
        "claim_generator_info": [{"name": generator, "version": generator}],
        "assertions": [{"label": "c2pa.actions", "data": {"actions": [created]}}],
        **more,
    }
    output = io.BytesIO()
    with (
        make_context() as context,
        NativeSigner.from_info(info) as native,
        Builder(json.dumps(claim), context) as builder,
    ):
        builder.sign(native, "image/png", io.BytesIO(encoded(pixels)), output)
    return output.getvalue()


def test_a_manifest_of_another_program_is_told(fresh: Any, scene: Pixels) -> None:
    report = fresh.check(signed_elsewhere(scene, "Another Camera"))
    assert report.verdict is Verdict.SIGNED_UNKNOWN_SIGNER
    assert "nobody vouches here for who that is" in report.sentence
    assert report.record_id == ""
    assert any("Another Camera" in line.detail for line in report.evidence)
    assert not any("AI made the picture" in line.sentence for line in report.evidence)


def test_a_changed_byte_in_the_manifest_is_tampering(
    studio: Any, scene: Pixels, record: Record
) -> None:
    file = studio.save(scene, record)
    place = file.index(b"caBX")
    length = int.from_bytes(file[place - 4 : place], "big")
    store = file[place + 4 : place + 4 + length].replace(b"notAllowed", b"isAllowed!")
    changed = b"caBX" + store
    checksum = zlib.crc32(changed).to_bytes(4, "big")
    report = studio.check(file[:place] + changed + checksum + file[place + 8 + length :])
    assert report.verdict is Verdict.TAMPERED
    assert report.sentence == "The signed statements of this file were changed."


def test_a_certificate_that_ran_out_is_no_tampering(
    fresh: Any, scene: Pixels, record: Record, tmp_path: Path, in_2001: Callable[[str], str]
) -> None:
    (tmp_path / "scene.png").write_bytes(encoded(scene))
    (tmp_path / "record").write_bytes(msgspec.msgpack.encode(record))
    in_2001(
        "import datetime, pathlib, msgspec, numpy\n"
        "from PIL import Image\n"
        "from maquette.core.marking import Marking\n"
        "from maquette.core.record import Record\n"
        "from maquette.provenance.identity.certificates import issue_chain\n"
        "from maquette.provenance.identity.signer import signer_of\n"
        "from maquette.provenance.seal import seal\n"
        "now = datetime.datetime.now(datetime.UTC)\n"
        "issued = issue_chain(now)\n"
        "signer = signer_of(issued.chain, issued.key, now)\n"
        "scene = numpy.asarray(Image.open('scene.png'))\n"
        "record = msgspec.msgpack.decode(pathlib.Path('record').read_bytes(), type=Record)\n"
        "sealed = seal(scene, record, Marking(), open_signer=lambda: signer)\n"
        "pathlib.Path('sealed.png').write_bytes(sealed.file)\n"
    )
    report = fresh.check((tmp_path / "sealed.png").read_bytes())
    assert report.verdict is Verdict.SIGNED_UNKNOWN_SIGNER
    assert "the certificate is not valid now and no timestamp says" in report.sentence


@pytest.mark.parametrize("lost", ["key.pem", "passphrase"])
@pytest.mark.parametrize("how", ["missing", "unreadable", "other"])
def test_without_its_key_a_picture_is_saved_unsigned_and_says_so(
    tmp_path: Path, scene: Pixels, record: Record, lost: str, how: str
) -> None:
    def signer() -> Signer:
        return open_signer(tmp_path, find_keychain=lambda: None)

    signer()
    path = tmp_path / "0001" / lost
    path.unlink()
    if how == "unreadable":
        path.mkdir()
    elif how == "other":
        path.write_text("the wrong password, or no key at all")
    sealed = seal(scene, record, Marking(), open_signer=signer)
    assert sealed.mark.verified
    assert sealed.manifest == b""
    unsigned, reason = sealed.notices
    assert unsigned == "The picture was saved without a signed manifest."
    assert "maquette identity --renew" in reason


# --- texts ------------------------------------------------------------------------------------


def label(produce_id: str, producer: str = PRODUCER) -> str:
    return write_aigc(
        AigcLabel(
            label="1",
            content_producer=producer,
            produce_id=produce_id,
            reserved_code_1="",
            content_propagator="",
            propagate_id="",
            reserved_code_2="",
        )
    )


def packet(*elements: str) -> str:
    return (
        '<x xmlns:e="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
        ' xmlns:p="http://ns.adobe.com/xap/1.0/"'
        f' xmlns:t="http://www.tc260.org.cn/ns/AIGC/1.0/">{"".join(elements)}</x>'
    )


def in_xml(text: str) -> str:
    return f"<t:AIGC>{escape(text)}</t:AIGC>"


def test_two_aigc_labels_are_told(fresh: Any, scene: Pixels) -> None:
    twice = packet(in_xml(label("7F3A91C2")), in_xml(label("7F3A91C2")))
    report = fresh.check(with_texts(scene, (XMP_KEY, twice)))
    assert report.verdict is Verdict.METADATA_ONLY
    sentence = "This file has 2 AIGC labels, of which GB 45438-2025 allows one."
    assert (Outcome.WARNING, sentence) in said(report, Source.LABEL)


def test_two_aigc_labels_of_two_pictures_contradict_each_other(fresh: Any, scene: Pixels) -> None:
    both = packet(in_xml(label("7F3A91C2")), in_xml(label("0BADF00D")))
    report = fresh.check(with_texts(scene, (XMP_KEY, both)))
    assert report.verdict is Verdict.TAMPERED
    assert "0BAD-F00D, 7F3A-91C2" in report.sentence


@pytest.mark.parametrize("form", ["PNG", "WEBP", "AVIF", "TIFF"])
def test_ten_megabytes_of_xmp_cost_a_sentence(
    studio: Any, scene: Pixels, record: Record, form: str
) -> None:
    pixels, _ = read_image(studio.save(scene, record))
    large = packet(" " * (10 << 20))
    if form == "PNG":
        file = with_texts(pixels, (XMP_KEY, large))
    else:
        options = {"tiffinfo": {700: large.encode()}} if form == "TIFF" else {"xmp": large.encode()}
        file = encoded(pixels, form, **options)
    began = time.process_time()
    report = studio.check(file)
    assert time.process_time() - began < 5
    assert report.verdict is Verdict.RECOVERED_BY_WATERMARK
    sentence = "The XMP of this file is too long and was not read."
    assert (Outcome.WARNING, sentence) in said(report, Source.LABEL)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "AVIF"])
def test_an_xml_bomb_costs_a_sentence(
    studio: Any, scene: Pixels, record: Record, form: str
) -> None:
    pixels, _ = read_image(studio.save(scene, record))
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE x [<!ENTITY e0 "lol">{levels}]><x>&e9;</x>'
    if form == "PNG":
        file = with_texts(pixels, (XMP_KEY, bomb))
    else:
        file = encoded(pixels, form, xmp=bomb.encode())
    began = time.process_time()
    report = studio.check(file)
    assert time.process_time() - began < 5
    assert report.verdict is Verdict.RECOVERED_BY_WATERMARK
    sentence = "The XMP of this file declares entities and was not read."
    assert (Outcome.WARNING, sentence) in said(report, Source.LABEL)


EVIL = "\x1b[2J\u202e<b onload=x>%s{0}\u2028\n\t" + "A" * 5000


def strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for part in value.values():
                yield from strings(part)
        case list() | tuple():
            for part in value:
                yield from strings(part)


def evil_files(scene: Pixels, record: Record) -> dict[str, bytes]:
    """Files with `EVIL` in every text that Check reads."""
    said = escape(EVIL.replace("\x1b", ""))  # XML has no such character
    tool = f"<p:CreatorTool>{said}</p:CreatorTool>"
    kind = f"<e:DigitalSourceType>{said}</e:DigitalSourceType>"
    recipe = msgspec.structs.replace(record.recipe, prompt=EVIL[:900], negative_prompt=EVIL[:900])
    evil = msgspec.structs.replace(record, tool=EVIL, created=EVIL, recipe=recipe)
    exif = Image.Exif()
    for tag in (0x010E, 0x010F, 0x0110, 0x0131, 0x013B, 0x8298):
        exif[tag] = EVIL
    exif.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + EVIL.encode("utf-16-be")
    content = msgspec.json.encode(embedded(evil, write_recipe=True)).decode()
    return {
        "XMP": with_texts(scene, (XMP_KEY, packet(tool, kind))),
        "AIGC": with_texts(scene, (XMP_KEY, packet(in_xml(label(EVIL[8:], EVIL[8:]))))),
        "AIGC chunk": with_texts(scene, ("AIGC", label(EVIL, EVIL))),
        "record": with_texts(scene, ("maquette", content)),
        "texts": with_texts(
            scene, *((key, EVIL) for key in ("parameters", "Software", "workflow", "Title"))
        ),
        "EXIF": encoded(scene, "JPEG", exif=exif),
        "manifest": signed_elsewhere(scene, EVIL, title=EVIL),
    }


@pytest.mark.parametrize(
    "place", ["XMP", "AIGC", "AIGC chunk", "record", "texts", "EXIF", "manifest"]
)
def test_hostile_texts_are_short_and_plain_wherever_they_stand(
    fresh: Any, scene: Pixels, record: Record, place: str
) -> None:
    """All but the recipe, which is handed on as it is and shown as plain text."""
    file = evil_files(scene, record)[place]
    report = fresh.check(file, EVIL)
    told = msgspec.to_builtins(report)
    for free in ("recipe", "recipe_text"):
        told.pop(free)
    for text in strings(told):
        assert len(text) <= 400
        assert text.isprintable()
    assert len(report.recipe_text) <= 20_000
    everything = " ".join(strings(msgspec.to_builtins(report)))
    assert "AAAA" in everything.replace(report.name, "")


# --- forgery ----------------------------------------------------------------------------------


def test_a_mark_that_was_filtered_out_of_one_picture_and_laid_on_another_is_found_out(
    studio: Any, pictures: Callable[[int, int], dict[str, Pixels]], record: Record
) -> None:
    """A copy attack by somebody who has the marked picture alone (Kutter and others, 2000)."""
    marked, _ = read_image(studio.save(pictures(512, 512)["shapes"], record))
    smooth = np.asarray(Image.fromarray(marked).filter(GaussianBlur(1.2)), np.float32)
    lifted = np.clip(marked - smooth, -6, 6)
    other = pictures(512, 512)["colour ramps"].astype(np.float32)
    forged = np.clip(other + 2 * lifted, 0, 255).astype(np.uint8)
    report = studio.check(encoded(forged))
    assert report.verdict is Verdict.TAMPERED
    assert "this is another picture: the mark was lifted off it" in report.sentence
    assert said(report, Source.LIKENESS)[0][0] is Outcome.BAD
    assert report.recipe is None
