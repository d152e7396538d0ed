"""Files that were changed after signing, manifests that were moved, and signers that are not us."""

import datetime
import io
import struct
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import c2pa
import msgspec
import numpy as np
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from maquette.core.errors import SigningError
from maquette.core.marking import FileFormat
from maquette.core.pixels import Pixels
from maquette.provenance.identity.certificates import issue_chain
from maquette.provenance.identity.signer import KnownSigners, Signer, signer_of
from maquette.provenance.manifest.claim import ManifestClaim
from maquette.provenance.manifest.reading import (
    ManifestReading,
    ManifestState,
    read,
    read_detached,
    restore,
)
from maquette.provenance.manifest.signing import Signed, sign
from maquette.provenance.manifest.validation import Problem

Encode = Callable[[Pixels, FileFormat], bytes]
PNG_HEAD = 33  # bytes of signature and IHDR


def judged(file: bytes, known: KnownSigners) -> ManifestReading:
    reading = read(file, known=known)
    assert reading is not None
    return reading


def expect_invalid(file: bytes, known: KnownSigners, *problems: Problem) -> ManifestReading:
    reading = judged(file, known)
    assert reading.state is ManifestState.INVALID
    assert reading.problems == problems
    assert len(reading.problem_sentences) == len(problems)
    assert reading.codes
    return reading


def chunks(png: bytes) -> list[tuple[bytes, bytes]]:
    """(type, data) of each chunk."""
    found, at = [], 8
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        found.append((png[at + 4 : at + 8], png[at + 8 : at + 8 + length]))
        at += 12 + length
    return found


def png_of(parts: list[tuple[bytes, bytes]]) -> bytes:
    """The file of these chunks, each with a right checksum."""
    file = b"\x89PNG\r\n\x1a\n"
    for kind, data in parts:
        check = struct.pack(">I", zlib.crc32(kind + data))
        file += struct.pack(">I", len(data)) + kind + data + check
    return file


@pytest.fixture(scope="module")
def texted(scene: Pixels, claim: ManifestClaim, signer: Signer) -> bytes:
    """A signed PNG with a text chunk."""
    info = PngImagePlugin.PngInfo()
    info.add_text("parameters", "a red mug")
    buffer = io.BytesIO()
    Image.fromarray(scene).save(buffer, "PNG", pnginfo=info)
    return sign(buffer.getvalue(), FileFormat.PNG, claim, signer).file


def test_one_changed_pixel_is_noticed(texted: bytes, scene: Pixels, known: KnownSigners) -> None:
    changed = scene.copy()
    changed[100, 100, 0] ^= 1
    buffer = io.BytesIO()
    Image.fromarray(changed).save(buffer, "PNG")
    pixels = next(data for kind, data in chunks(buffer.getvalue()) if kind == b"IDAT")
    parts = [(kind, pixels if kind == b"IDAT" else data) for kind, data in chunks(texted)]
    file = png_of(parts)
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(file))), changed)
    reading = expect_invalid(file, known, Problem.DATA_CHANGED)
    assert not reading.matches_file
    assert reading.signer_name.startswith("Maquette installation")
    assert "changed after signing" in reading.problem_sentences[0]


def test_an_edited_text_is_noticed(texted: bytes, known: KnownSigners) -> None:
    assert judged(png_of(chunks(texted)), known).state is ManifestState.OURS
    parts = [
        (kind, data.replace(b"red", b"odd") if kind == b"tEXt" else data)
        for kind, data in chunks(texted)
    ]
    expect_invalid(png_of(parts), known, Problem.DATA_CHANGED)


def test_an_added_chunk_is_noticed(texted: bytes, known: KnownSigners) -> None:
    parts = chunks(texted)
    expect_invalid(
        png_of([*parts[:-1], (b"tEXt", b"Comment\0hello"), parts[-1]]), known, Problem.DATA_CHANGED
    )


@pytest.mark.parametrize("file_format", FileFormat)
def test_trailing_bytes_are_noticed(
    signed: dict[FileFormat, Signed], known: KnownSigners, file_format: FileFormat
) -> None:
    reading = judged(signed[file_format].file + b"\0more", known)
    assert reading.state is ManifestState.INVALID


@pytest.mark.parametrize("file_format", FileFormat)
def test_a_changed_byte_of_picture_data_is_noticed(
    signed: dict[FileFormat, Signed], known: KnownSigners, file_format: FileFormat
) -> None:
    made = signed[file_format]
    file = bytearray(made.file)
    start = made.file.find(made.manifest[:64])
    at = len(file) - 200 if start < len(file) - 7000 else start - 200
    file[at] ^= 1
    expect_invalid(bytes(file), known, Problem.DATA_CHANGED)


def test_a_manifest_moved_to_another_picture_is_noticed(
    texted: bytes, pictures: Callable[[int, int], dict[str, Pixels]], known: KnownSigners
) -> None:
    buffer = io.BytesIO()
    Image.fromarray(pictures(256, 256)["line art"]).save(buffer, "PNG")
    other = chunks(buffer.getvalue())
    store = next(part for part in chunks(texted) if part[0] == b"caBX")
    reading = expect_invalid(png_of([other[0], store, *other[1:]]), known, Problem.DATA_CHANGED)
    assert reading.perceptual_hash == "0123456789abcdef"  # of the picture it came from
    assert "moved here from another file" in reading.problem_sentences[0]


def with_store(file: bytes, change: Callable[[bytearray], None]) -> bytes:
    """The PNG `file` with its manifest changed, and the chunk's checksum set right."""
    parts = []
    for kind, data in chunks(file):
        changed = bytearray(data)
        if kind == b"caBX":
            change(changed)
        parts.append((kind, bytes(changed)))
    return png_of(parts)


def replacing(old: bytes, new: bytes) -> Callable[[bytearray], None]:
    def change(store: bytearray) -> None:
        assert store.count(old) >= 1
        assert len(old) == len(new)
        store[:] = store.replace(old, new)

    return change


def test_an_edited_statement_is_noticed(texted: bytes, known: KnownSigners) -> None:
    allowed = with_store(texted, replacing(b"notAllowed", b"allowed\0\0\0"))
    expect_invalid(allowed, known, Problem.CLAIM_CHANGED)
    dated = with_store(texted, replacing(b"2026-11-22T04:00", b"2016-11-22T04:00"))
    expect_invalid(dated, known, Problem.CLAIM_CHANGED)


def test_an_edited_claim_does_not_fit_the_signature(texted: bytes, known: KnownSigners) -> None:
    file = with_store(texted, replacing(b"org.contentauth.c2pa_rs", b"org.contentauth.c2pa_sr"))
    reading = judged(file, known)
    assert reading.state is ManifestState.INVALID
    assert Problem.SIGNATURE in reading.problems


def test_any_changed_byte_in_the_manifest_is_noticed_or_without_meaning(
    texted: bytes, known: KnownSigners
) -> None:
    """Padding is not signed; what the manifest says is, and none of it changes unnoticed."""
    said = judged(texted, known)
    random = np.random.default_rng(5)
    outcomes: Counter[bool] = Counter()
    for _ in range(150):

        def flip(store: bytearray) -> None:
            store[int(random.integers(len(store)))] ^= 1 << int(random.integers(8))

        reading = read(with_store(texted, flip), known=known)
        intact = reading is not None and reading.state is ManifestState.OURS
        assert not intact or reading == said
        outcomes[intact] += 1
    assert outcomes[False] > 80


def test_a_damaged_manifest_is_told(texted: bytes, known: KnownSigners) -> None:
    def cut(store: bytearray) -> None:
        del store[len(store) // 2 :]

    expect_invalid(with_store(texted, cut), known, Problem.DAMAGED)


def test_another_installation_is_an_unknown_signer(
    claim: ManifestClaim,
    stranger: Signer,
    known: KnownSigners,
    scene: Pixels,
    encode: Encode,
) -> None:
    file = sign(encode(scene, FileFormat.PNG), FileFormat.PNG, claim, stranger).file
    reading = judged(file, known)
    assert reading.state is ManifestState.UNKNOWN_SIGNER
    assert (reading.problems, reading.matches_file) == ((), True)
    assert reading.organisation == "Maquette (self-issued)"


def forged(signer: Signer) -> Signer:
    """A stranger with the very names and serial numbers of `signer`'s certificates."""
    genuine = x509.load_pem_x509_certificates(signer.chain)
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in genuine]
    keys.append(ec.generate_private_key(ec.SECP256R1()))
    chain = b""
    for certificate, key, issuer_key in zip(genuine, keys, keys[1:], strict=False):
        builder = (
            x509.CertificateBuilder()
            .subject_name(certificate.subject)
            .issuer_name(certificate.issuer)
            .public_key(key.public_key())
            .serial_number(certificate.serial_number)
            .not_valid_before(certificate.not_valid_before_utc)
            .not_valid_after(certificate.not_valid_after_utc)
        )
        for extension in certificate.extensions:
            value = extension.value
            if isinstance(value, x509.AuthorityKeyIdentifier):
                value = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
            builder = builder.add_extension(value, extension.critical)
        certificate = builder.sign(issuer_key, hashes.SHA256())
        chain += certificate.public_bytes(serialization.Encoding.PEM)
    return signer_of(chain, keys[0], datetime.datetime.now(datetime.UTC))


def test_a_forger_with_our_names_and_numbers_is_an_unknown_signer(
    claim: ManifestClaim, signer: Signer, known: KnownSigners, scene: Pixels, encode: Encode
) -> None:
    file = sign(encode(scene, FileFormat.PNG), FileFormat.PNG, claim, forged(signer)).file
    reading = judged(file, known)
    assert reading.signer_name == signer.common_name
    assert reading.serial == signer.serial
    assert reading.state is ManifestState.UNKNOWN_SIGNER


def test_a_neighbour_under_the_same_authority_is_not_us(texted: bytes, known: KnownSigners) -> None:
    """Users of a public authority share its anchor; only their own serial numbers are theirs."""
    neighbour = msgspec.structs.replace(known, serials=frozenset({"12345"}))
    assert judged(texted, neighbour).state is ManifestState.UNKNOWN_SIGNER


def test_a_signer_under_a_given_anchor_is_trusted(
    texted: bytes, known: KnownSigners, stranger: Signer
) -> None:
    reading = read(texted, trust_anchors=known.anchors)
    assert reading is not None
    assert reading.state is ManifestState.TRUSTED
    both = read(texted, known=known, trust_anchors=known.anchors)
    assert both is not None
    assert both.state is ManifestState.OURS
    other = read(texted, trust_anchors=stranger.chain.decode())
    assert other is not None
    assert other.state is ManifestState.UNKNOWN_SIGNER
    with pytest.raises(SigningError, match="not in PEM form"):
        read(texted, trust_anchors="no certificate")


SIGNED_IN_2001 = """
import datetime, pathlib, msgspec
from maquette.core.marking import FileFormat
from maquette.core.record import SourceType
from maquette.provenance.identity.certificates import issue_chain
from maquette.provenance.identity.signer import KnownSigners, signer_of
from maquette.provenance.manifest.claim import ManifestClaim, Parent
from maquette.provenance.manifest.reading import ManifestState, read
from maquette.provenance.manifest.signing import sign

now = datetime.datetime.now(datetime.UTC)
plain = pathlib.Path("plain.png").read_bytes()
claim = ManifestClaim(
    record_id="7F3A91C2", created=now.isoformat(timespec="seconds"), tool="Maquette",
    tool_version="0.4.0", source_type=SourceType.GENERATED, width=256, height=256,
    watermarked=True,
)

def signed(claim, years):
    issued = issue_chain(now, datetime.timedelta(days=365 * years))
    signer = signer_of(issued.chain, issued.key, now)
    known = KnownSigners(issued.root.decode(), frozenset({signer.serial}))
    file = sign(plain, FileFormat.PNG, claim, signer).file
    assert read(file, known=known).state is ManifestState.OURS
    return file, known, signer

expired = signed(claim, 10)
parent = Parent(expired[0], "image/png")
grown = msgspec.structs.replace(claim, source_type=SourceType.COMPOSITE, parent=parent)
pathlib.Path("signed").write_bytes(msgspec.msgpack.encode((expired, signed(grown, 40))))
"""


def test_an_expired_certificate_without_timestamp_does_not_hold(
    claim: ManifestClaim,
    scene: Pixels,
    encode: Encode,
    tmp_path: Path,
    in_2001: Callable[[str], str],
) -> None:
    plain = encode(scene, FileFormat.PNG)
    (tmp_path / "plain.png").write_bytes(plain)
    in_2001(SIGNED_IN_2001)
    made = tuple[bytes, KnownSigners, Signer]
    (file, own, expired), (child, known, _) = msgspec.msgpack.decode(
        (tmp_path / "signed").read_bytes(), type=tuple[made, made]
    )
    reading = expect_invalid(file, own, Problem.EXPIRED)
    assert "no trusted timestamp" in reading.problem_sentences[0]
    with pytest.raises(SigningError, match="not valid on this computer's date; correct the clock"):
        sign(plain, FileFormat.PNG, claim, expired)
    # What was made from it while it held holds on: its own certificate is good.
    assert judged(child, known).state is ManifestState.OURS


def test_a_clock_set_to_2001_is_told(
    texted: bytes, known: KnownSigners, tmp_path: Path, in_2001: Callable[[str], str]
) -> None:
    (tmp_path / "file.png").write_bytes(texted)
    (tmp_path / "known").write_bytes(msgspec.msgpack.encode(known))
    told = in_2001(
        "import pathlib, msgspec\n"
        "from maquette.provenance.identity.signer import KnownSigners\n"
        "from maquette.provenance.manifest.reading import read\n"
        "known = msgspec.msgpack.decode(pathlib.Path('known').read_bytes(), type=KnownSigners)\n"
        "reading = read(pathlib.Path('file.png').read_bytes(), known=known)\n"
        "print(*reading.problem_sentences)\n"
    )
    assert told == (
        "The signing certificate begins later than this computer's date; check the clock."
    )


def unfit(usage: x509.ObjectIdentifier, *, ca: bool = False) -> Signer:
    """A certificate that C2PA does not take for signing pictures."""
    now = datetime.datetime.now(datetime.UTC)
    issued = issue_chain(now)
    leaf = x509.load_pem_x509_certificates(issued.chain)[0]
    issuer_key = ec.generate_private_key(ec.SECP256R1())
    builder = (
        x509.CertificateBuilder()
        .subject_name(leaf.subject)
        .issuer_name(leaf.issuer)
        .public_key(leaf.public_key())
        .serial_number(leaf.serial_number)
        .not_valid_before(leaf.not_valid_before_utc)
        .not_valid_after(leaf.not_valid_after_utc)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
    )
    chain = builder.sign(issuer_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    return signer_of(chain, issued.key, now, own=True)


@pytest.mark.parametrize("ca", [False, True])
def test_a_certificate_of_another_profile_is_refused_in_words(
    claim: ManifestClaim, scene: Pixels, encode: Encode, ca: bool
) -> None:
    code_signing = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.3")
    with pytest.raises(SigningError, match="does not have the form that C2PA asks for"):
        sign(encode(scene, FileFormat.PNG), FileFormat.PNG, claim, unfit(code_signing, ca=ca))


def test_a_key_of_another_certificate_is_refused_in_words(
    claim: ManifestClaim, signer: Signer, stranger: Signer, scene: Pixels, encode: Encode
) -> None:
    mixed = msgspec.structs.replace(signer, key=stranger.key)
    with pytest.raises(SigningError, match="key does not work with its certificate"):
        sign(encode(scene, FileFormat.PNG), FileFormat.PNG, claim, mixed)


@pytest.mark.parametrize("file_format", [FileFormat.PNG, FileFormat.JPEG, FileFormat.WEBP])
def test_a_file_that_lost_only_its_manifest_is_restored(
    signed: dict[FileFormat, Signed],
    scene: Pixels,
    encode: Encode,
    known: KnownSigners,
    file_format: FileFormat,
) -> None:
    made, stripped = signed[file_format], encode(scene, file_format)
    assert read(stripped, known=known) is None
    assert restore(stripped, made.manifest) == made.file
    reading = read_detached(made.manifest, stripped, known=known)
    assert reading is not None
    assert (reading.state, reading.matches_file) == (ManifestState.OURS, True)


@pytest.mark.parametrize("file_format", FileFormat)
def test_a_kept_manifest_holds_but_does_not_match_another_file(
    signed: dict[FileFormat, Signed],
    pictures: Callable[[int, int], dict[str, Pixels]],
    encode: Encode,
    known: KnownSigners,
    file_format: FileFormat,
) -> None:
    other = encode(pictures(256, 256)["line art"], file_format)
    manifest = signed[file_format].manifest
    assert restore(other, manifest) is None
    reading = read_detached(manifest, other, known=known)
    assert reading is not None
    assert (reading.state, reading.matches_file) == (ManifestState.OURS, False)
    assert reading.problems == ()
    assert reading.record_id == "7F3A91C2"


def test_a_kept_manifest_that_was_edited_does_not_hold(
    signed: dict[FileFormat, Signed], scene: Pixels, encode: Encode, known: KnownSigners
) -> None:
    manifest = signed[FileFormat.PNG].manifest.replace(b"2026-11-22T04", b"2016-11-22T04")
    reading = read_detached(manifest, encode(scene, FileFormat.PNG), known=known)
    assert reading is not None
    assert reading.state is ManifestState.INVALID
    assert reading.problems == (Problem.CLAIM_CHANGED,)
    assert restore(encode(scene, FileFormat.PNG), manifest) is None


def test_a_manifest_on_a_server_is_told_and_not_fetched(
    scene: Pixels, encode: Encode, signer: Signer, known: KnownSigners
) -> None:
    definition = {
        "claim_generator_info": [{"name": "Elsewhere", "version": "1"}],
        "assertions": [
            {
                "label": "c2pa.actions.v2",
                "data": {
                    "actions": [
                        {
                            "action": "c2pa.created",
                            "digitalSourceType": "http://c2pa.org/digitalsourcetype/empty",
                        }
                    ]
                },
            }
        ],
    }
    info = c2pa.C2paSignerInfo(signer.algorithm.value, signer.chain, signer.key, None)
    output = io.BytesIO()
    with (
        c2pa.Context() as context,
        c2pa.Signer.from_info(info) as native,
        c2pa.Builder(definition, context) as builder,
    ):
        builder.set_no_embed()
        builder.set_remote_url("http://127.0.0.1:1/manifest.c2pa")
        builder.sign(native, "image/jpeg", io.BytesIO(encode(scene, FileFormat.JPEG)), output)
    reading = judged(output.getvalue(), known)
    assert reading.state is ManifestState.ELSEWHERE
    assert reading.sentence == "The manifest of this file is on a server, which was not asked."


@pytest.mark.parametrize("file", [b"", b"text", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF"])
def test_files_without_a_manifest_have_none(file: bytes, known: KnownSigners) -> None:
    assert read(file, known=known) is None


def nested_boxes(depth: int) -> bytes:
    """JUMBF boxes in boxes."""
    label = b"c2pa\0"
    kind = bytes.fromhex("6332706100110010800000aa00389b71")  # of a C2PA manifest store
    described = struct.pack(">I", 8 + 17 + len(label)) + b"jumd" + kind + b"\x03" + label
    boxes = b""
    for _ in range(depth):
        boxes = struct.pack(">I", 8 + len(described) + len(boxes)) + b"jumb" + described + boxes
    return boxes


@pytest.mark.parametrize(
    "store", [nested_boxes(5000), b"", b"\0" * 100_000, b"\xff" * 64, nested_boxes(1)]
)
def test_a_hostile_manifest_is_damaged_or_none(
    scene: Pixels, encode: Encode, known: KnownSigners, store: bytes
) -> None:
    parts = chunks(encode(scene, FileFormat.PNG))
    reading = read(png_of([parts[0], (b"caBX", store), *parts[1:]]), known=known)
    assert reading is None or reading.state is ManifestState.INVALID


@given(data=st.data())
def test_a_cut_or_garbled_file_never_raises_nor_passes(
    signed: dict[FileFormat, Signed], known: KnownSigners, data: st.DataObject
) -> None:
    made = signed[data.draw(st.sampled_from(list(FileFormat)))]
    start = data.draw(st.integers(0, len(made.file) - 1))
    length = data.draw(st.integers(1, 500))
    garbage = data.draw(st.binary(max_size=500))
    file = made.file[:start] + garbage + made.file[start + length :]
    reading = read(file, known=known)
    whole = judged(made.file, known)
    if file != made.file and reading is not None and reading.state is ManifestState.OURS:
        assert msgspec.structs.asdict(reading) == msgspec.structs.asdict(whole)
    read_detached(made.manifest[:start] + garbage, file, known=known)


def test_a_strangers_texts_are_plain_and_short(
    claim: ManifestClaim, stranger: Signer, scene: Pixels, encode: Encode, known: KnownSigners
) -> None:
    hostile = msgspec.structs.replace(
        claim,
        tool="<b>\x1b[31m\n" + "x" * 100_000,
        tool_version="\u202e%s{0}",
        perceptual_hash="h" * 100_000,
        width=2**40,
    )
    reading = judged(
        sign(encode(scene, FileFormat.PNG), FileFormat.PNG, hostile, stranger).file, known
    )
    assert reading.generator.startswith("<b> [31m xxx")
    assert reading.generator.isprintable()
    assert len(reading.generator) < 1000
    assert len(reading.perceptual_hash) == 300
    assert reading.width == 0
