"""What a signed file says, in all five formats, and what it keeps to itself."""

import datetime
import getpass
import http.server
import inspect
import io
import json
import shutil
import socket
import struct
import subprocess
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import c2pa
import msgspec
import numpy as np
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from PIL import Image

from maquette.core.errors import SigningError
from maquette.core.ledger_entry import Ingredient
from maquette.core.marking import FileFormat
from maquette.core.pixels import Pixels
from maquette.core.record import SourceType
from maquette.provenance.identity.opening import known_signers, renew_signer
from maquette.provenance.identity.signer import KnownSigners, Signer
from maquette.provenance.manifest.claim import ManifestClaim, Parent
from maquette.provenance.manifest.reading import ManifestState, read
from maquette.provenance.manifest.signing import Signed, sign
from maquette.provenance.manifest.timestamps import Timestamps

Encode = Callable[[Pixels, FileFormat], bytes]
GENERATED = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
COMPOSITE = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"


def report(file: bytes) -> dict:
    """c2pa's own report, without any of our settings."""
    with c2pa.Reader(None, io.BytesIO(file)) as reader:
        return json.loads(reader.json())


def in_force(file: bytes) -> dict:
    whole = report(file)
    return whole["manifests"][whole["active_manifest"]]


def assertion(file: bytes, label: str) -> dict:
    return next(one["data"] for one in in_force(file)["assertions"] if one["label"] == label)


@pytest.mark.parametrize("file_format", FileFormat)
def test_a_signed_file_is_ours_and_says_what_was_claimed(
    signed: dict[FileFormat, Signed], known: KnownSigners, file_format: FileFormat
) -> None:
    reading = read(signed[file_format].file, known=known)
    assert reading is not None
    assert reading.state is ManifestState.OURS
    assert reading.sentence.startswith("Valid, signed by this installation")
    assert (reading.problems, reading.codes, reading.matches_file) == ((), (), True)
    assert reading.signer_name.startswith("Maquette installation ")
    assert reading.organisation == "Maquette (self-issued)"
    assert reading.generator == "Maquette 0.4.0"
    assert (reading.signed_at, reading.timestamped) == ("2026-11-22T04:00:00+00:00", False)
    assert reading.source_type is SourceType.GENERATED
    assert [one.action for one in reading.actions] == ["c2pa.created", "c2pa.watermarked.bound"]
    assert reading.record_id == "7F3A91C2"
    assert reading.prompt_sha256 == "12" * 32
    assert (reading.width, reading.height) == (256, 256)
    assert reading.perceptual_hash == "0123456789abcdef"
    assert [(one.title, one.relation, one.digest) for one in reading.ingredients] == [
        ("Base model", "inputTo", "ab" * 32),
        ("LoRA", "inputTo", "cd" * 32),
        ("Sketch", "inputTo", "ef" * 32),
    ]
    assert set(reading.mining.values()) == {"notAllowed"}
    assert "cawg.ai_generative_training" in reading.mining


@pytest.mark.parametrize("file_format", FileFormat)
def test_signing_leaves_the_pixels_and_adds_at_most_8_kb(
    signed: dict[FileFormat, Signed], scene: Pixels, encode: Encode, file_format: FileFormat
) -> None:
    plain, file = encode(scene, file_format), signed[file_format].file
    assert 0 < len(file) - len(plain) <= 8192
    for one in (plain, file):
        Image.open(io.BytesIO(one)).load()
    before, after = (np.asarray(Image.open(io.BytesIO(one))) for one in (plain, file))
    assert np.array_equal(before, after)


@pytest.mark.parametrize("file_format", FileFormat)
def test_another_reader_calls_it_valid_but_not_trusted(
    signed: dict[FileFormat, Signed], file_format: FileFormat
) -> None:
    whole = report(signed[file_format].file)
    assert whole["validation_state"] == "Valid"
    failures = [one["code"] for one in whole["validation_results"]["activeManifest"]["failure"]]
    assert failures == ["signingCredential.untrusted"]
    assert "thumbnail" not in json.dumps(whole)


def test_the_watermark_is_claimed_only_when_it_is_there(
    signed: dict[FileFormat, Signed],
    claim: ManifestClaim,
    signer: Signer,
    known: KnownSigners,
    scene: Pixels,
    encode: Encode,
) -> None:
    binding = assertion(signed[FileFormat.PNG].file, "c2pa.soft-binding")
    assert binding["alg"] == "io.github.maquette.spread.1"
    assert binding["blocks"] == [{"scope": {}, "value": "fzqRwg=="}]  # 7F 3A 91 C2
    without = msgspec.structs.replace(claim, watermarked=False)
    file = sign(encode(scene, FileFormat.PNG), FileFormat.PNG, without, signer).file
    labels = [one["label"] for one in in_force(file)["assertions"]]
    assert "c2pa.soft-binding" not in labels
    reading = read(file, known=known)
    assert reading is not None
    assert reading.state is ManifestState.OURS
    assert [one.action for one in reading.actions] == ["c2pa.created"]
    assert reading.record_id == "7F3A91C2"  # from our own assertion


def test_mining_is_allowed_only_when_chosen(
    claim: ManifestClaim, signer: Signer, scene: Pixels, encode: Encode
) -> None:
    allowed = msgspec.structs.replace(claim, may_be_mined=True)
    file = sign(encode(scene, FileFormat.JPEG), FileFormat.JPEG, allowed, signer).file
    reading = read(file)
    assert reading is not None
    assert set(reading.mining.values()) == {"allowed"}


def test_a_start_image_known_by_digest_is_the_parent(
    claim: ManifestClaim, signer: Signer, known: KnownSigners, scene: Pixels, encode: Encode
) -> None:
    ingredients = (*claim.ingredients[:1], Ingredient(role="start", digest="99" * 32))
    edited = msgspec.structs.replace(
        claim, source_type=SourceType.COMPOSITE, ingredients=ingredients
    )
    file = sign(encode(scene, FileFormat.PNG), FileFormat.PNG, edited, signer).file
    reading = read(file, known=known)
    assert reading is not None
    assert reading.state is ManifestState.OURS
    assert reading.source_type is SourceType.COMPOSITE
    actions = [one.action for one in reading.actions]
    assert actions == ["c2pa.opened", "c2pa.edited", "c2pa.watermarked.bound"]
    parent = next(one for one in reading.ingredients if one.relation == "parentOf")
    assert (parent.title, parent.digest, parent.has_manifest) == ("Start image", "99" * 32, False)


def edited_from(
    claim: ManifestClaim, signer: Signer, file: bytes, parent: bytes, media_type: str
) -> Signed:
    edited = msgspec.structs.replace(
        claim,
        source_type=SourceType.COMPOSITE,
        ingredients=(*claim.ingredients, Ingredient(role="start", digest="99" * 32)),
        parent=Parent(parent, media_type),
    )
    return sign(file, FileFormat.PNG, edited, signer)


@pytest.mark.parametrize("file_format", FileFormat)
def test_the_manifest_of_a_parent_is_kept(
    claim: ManifestClaim,
    signer: Signer,
    stranger: Signer,
    known: KnownSigners,
    scene: Pixels,
    encode: Encode,
    file_format: FileFormat,
) -> None:
    parent = sign(encode(scene, file_format), file_format, claim, stranger).file
    plain = encode(scene, FileFormat.PNG)
    media_type = f"image/{file_format.value}"
    made = edited_from(claim, signer, plain, parent, media_type)
    assert made.notices == ()
    reading = read(made.file, known=known)
    assert reading is not None
    assert reading.state is ManifestState.OURS
    kept = next(one for one in reading.ingredients if one.relation == "parentOf")
    assert kept.has_manifest
    names = {
        one["signature_info"]["common_name"] for one in report(made.file)["manifests"].values()
    }
    assert names == {signer.common_name, stranger.common_name}


def test_a_tampered_parent_is_kept_and_told(
    claim: ManifestClaim,
    signer: Signer,
    known: KnownSigners,
    signed: dict[FileFormat, Signed],
    scene: Pixels,
    encode: Encode,
) -> None:
    parent = signed[FileFormat.JPEG].file + b"trailing"
    made = edited_from(claim, signer, encode(scene, FileFormat.PNG), parent, "image/jpeg")
    reading = read(made.file, known=known)
    assert reading is not None
    assert reading.state is ManifestState.OURS
    results = json.dumps(in_force(made.file)["ingredients"])
    assert "assertion.dataHash.mismatch" in results


def with_half_a_manifest() -> bytes:
    """A PNG whose manifest was cut in the middle."""
    box = struct.pack(">I", 4000) + b"jumb" + struct.pack(">I", 30) + b"jumdc2pa" + b"\0" * 99
    content = b"caBX" + box
    chunk = struct.pack(">I", len(box)) + content + struct.pack(">I", zlib.crc32(content))
    plain = encoded_png()
    return plain[:33] + chunk + plain[33:]  # after signature and IHDR


def encoded_png() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize(
    "parent",
    [
        b"",
        b"no image" * 99,
        b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
        with_half_a_manifest(),
    ],
)
def test_a_parent_that_cannot_be_read_costs_a_notice(
    claim: ManifestClaim,
    signer: Signer,
    known: KnownSigners,
    scene: Pixels,
    encode: Encode,
    parent: bytes,
) -> None:
    made = edited_from(claim, signer, encode(scene, FileFormat.PNG), parent, "image/png")
    assert "own manifest could not be kept" in made.notices[0]
    reading = read(made.file, known=known)
    assert reading is not None
    assert reading.state is ManifestState.OURS
    assert [one.action for one in reading.actions][:2] == ["c2pa.opened", "c2pa.edited"]


def test_nothing_private_is_in_the_manifest(
    signed: dict[FileFormat, Signed],
    claim: ManifestClaim,
    signer: Signer,
    scene: Pixels,
    encode: Encode,
) -> None:
    private = {
        socket.gethostname(),
        str(Path.home()),
        "someone",
        "fancy",
        "my house",
        "a red mug",
    }
    if getpass.getuser() != "root":  # which is a word in the certificates, too
        private.add(getpass.getuser())
    for made in signed.values():
        for secret in private:
            assert secret.encode() not in made.file, secret
    named = msgspec.structs.replace(claim, tool="someone's program")
    file = sign(encode(scene, FileFormat.PNG), FileFormat.PNG, named, signer).file
    assert b"someone" in file  # so the search above finds what there is


def test_files_of_an_earlier_certificate_are_still_ours(
    claim: ManifestClaim, scene: Pixels, encode: Encode, tmp_path: Path
) -> None:
    plain = encode(scene, FileFormat.PNG)
    files = [
        sign(plain, FileFormat.PNG, claim, renew_signer(tmp_path, find_keychain=lambda: None)).file
        for _ in range(3)
    ]
    known = known_signers(tmp_path)
    readings = [read(file, known=known) for file in files]
    assert {reading.state for reading in readings if reading} == {ManifestState.OURS}
    assert len({reading.serial for reading in readings if reading}) == 3


@pytest.mark.parametrize("file", [b"", b"not an image", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_is_not_signed(
    claim: ManifestClaim, signer: Signer, file: bytes
) -> None:
    with pytest.raises(SigningError, match="could not be signed"):
        sign(file, FileFormat.PNG, claim, signer)


@contextmanager
def authority(answer: Callable[[bytes], bytes | None]) -> Iterator[str]:
    """A timestamp authority on this machine; None as an answer means that none ever comes."""
    over = threading.Event()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            reply = answer(self.rfile.read(int(self.headers["Content-Length"])))
            if reply is None:
                over.wait(30)
                return
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_arguments: object) -> None:
            """Quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        over.set()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("answer", [None, b"", b"nonsense"])
def test_an_authority_that_does_not_answer_costs_a_notice_and_little_time(
    claim: ManifestClaim,
    signer: Signer,
    known: KnownSigners,
    scene: Pixels,
    encode: Encode,
    answer: bytes | None,
) -> None:
    plain = encode(scene, FileFormat.PNG)
    with authority(lambda _: answer) as url:
        began = time.monotonic()
        made = sign(plain, FileFormat.PNG, claim, signer, timestamp_url=url, timestamp_limit=0.5)
        assert time.monotonic() - began < 5
    assert "signed without a timestamp" in made.notices[0]
    reading = read(made.file, known=known)
    assert reading is not None
    assert (reading.state, reading.timestamped) == (ManifestState.OURS, False)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "ftp://example.org", "nonsense", "http://"])
def test_an_address_that_leads_nowhere_costs_a_notice(
    claim: ManifestClaim, signer: Signer, scene: Pixels, encode: Encode, url: str
) -> None:
    made = sign(encode(scene, FileFormat.PNG), FileFormat.PNG, claim, signer, timestamp_url=url)
    assert "signed without a timestamp" in made.notices[0]


def test_a_dead_authority_is_asked_and_told_of_once(
    claim: ManifestClaim, signer: Signer, scene: Pixels, encode: Encode
) -> None:
    asked: list[bytes] = []
    plain, timestamps = encode(scene, FileFormat.PNG), Timestamps()
    with authority(lambda query: asked.append(query) or b"") as url:
        made = [
            sign(plain, FileFormat.PNG, claim, signer, timestamp_url=url, timestamps=timestamps)
            for _ in range(3)
        ]
    assert len(asked) == 1
    assert [len(one.notices) for one in made] == [1, 0, 0]


def timestamp_certificates() -> tuple[bytes, bytes, bytes]:
    """PEM of an authority's root, of the certificate that signs its timestamps, and of the key."""
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = issued("Time root", root_key, "Time root", root_key, "key_cert_sign", ca=True)
    leaf = issued("Time", key, "Time root", root_key, "digital_signature", ca=False)
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return root, leaf, secret


def issued(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    usage: str,
    *,
    ca: bool,
) -> bytes:
    """PEM of a certificate for timestamps."""
    now = datetime.datetime.now(datetime.UTC)
    usages = inspect.signature(x509.KeyUsage).parameters
    above = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**{one: one == usage for one in usages}), critical=True)
        .add_extension(own, critical=False)
        .add_extension(above, critical=False)
    )
    if not ca:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(purpose, critical=True)
    certificate = builder.sign(issuer_key, hashes.SHA256())
    return certificate.public_bytes(serialization.Encoding.PEM)


class Authority(NamedTuple):
    """A timestamp authority: how it answers, and the root that vouches for it (PEM)."""

    answer: Callable[[bytes], bytes]
    root: str


@pytest.fixture(scope="module")
def openssl_authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Answers timestamp queries with OpenSSL's own authority."""
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl command")
    folder = tmp_path_factory.mktemp("authority")
    root, certificate, key = timestamp_certificates()
    (folder / "time.pem").write_bytes(certificate)
    (folder / "time.key").write_bytes(key)
    (folder / "settings").write_text(
        "[tsa]\ndefault_tsa=one\n[one]\nserial=serial\nsigner_digest=sha256\n"
        "default_policy=1.2.3.4\ndigests=sha256,sha384,sha512\nsigner_cert=time.pem\n"
        "signer_key=time.key\ness_cert_id_alg=sha256\n"
    )

    def answer(query: bytes) -> bytes:
        (folder / "query").write_bytes(query)
        reply = "ts -reply -queryfile query -config settings -section one"
        done = subprocess.run(
            ["openssl", *reply.split()], cwd=folder, check=True, capture_output=True, timeout=60
        )
        return done.stdout

    return Authority(answer, root.decode())


def test_a_timestamp_is_asked_for_and_read(
    claim: ManifestClaim,
    signer: Signer,
    known: KnownSigners,
    scene: Pixels,
    encode: Encode,
    openssl_authority: Authority,
) -> None:
    plain = encode(scene, FileFormat.PNG)
    with authority(openssl_authority.answer) as url:
        made = sign(plain, FileFormat.PNG, claim, signer, timestamp_url=url, timestamp_limit=30)
    assert made.notices == ()
    reading = read(made.file, known=known)
    assert reading is not None
    assert reading.state is ManifestState.OURS
    assert (reading.timestamped, reading.timestamp_trusted) == (True, False)
    assert reading.signed_at != claim.created
    vouched = read(made.file, trust_anchors=openssl_authority.root)
    assert vouched is not None
    assert (vouched.timestamped, vouched.timestamp_trusted) == (True, True)
