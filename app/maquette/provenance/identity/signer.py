"""Signer: a private key with its certificate chain, checked and ready to sign."""

import datetime
from enum import StrEnum
from pathlib import Path

import msgspec
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.x509.oid import NameOID

from maquette.core.errors import SigningError

MAX_FILE = 1 << 20  # bytes of a certificate or key file


class Algorithm(StrEnum):
    """Signature algorithms of C2PA that we sign with; ES256 is our own choice."""

    ES256 = "es256"
    ES384 = "es384"
    ES512 = "es512"
    PS256 = "ps256"
    ED25519 = "ed25519"


class Signer(msgspec.Struct, frozen=True, kw_only=True):
    """Who signs. `chain` is PEM, leaf first, without the root.

    `key` is PKCS#8 PEM, not encrypted, and stays in memory. `serial` is the leaf's serial number,
    decimal. `own` says that it is the user's own certificate. `notice` is "" or one sentence for
    the user, for example that the keychain could not be used.
    """

    chain: bytes
    key: bytes
    algorithm: Algorithm
    common_name: str
    organisation: str
    serial: str
    valid_until: datetime.datetime
    own: bool = False
    notice: str = ""

    def __repr__(self) -> str:
        """Without the key, since reprs end up in logs."""
        return f"Signer({self.common_name!r}, {self.algorithm.value}, serial={self.serial})"


class KnownSigners(msgspec.Struct, frozen=True):
    """Whom this installation signed as, now and earlier.

    `anchors` is PEM of the certificates above our leaves; `serials` the leaves' serial numbers,
    decimal. Both are asked for, since others may hold certificates under the same authority.
    """

    anchors: str = ""
    serials: frozenset[str] = frozenset()


class CertificateExpired(SigningError):
    """The certificate ran out."""


def signer_of(
    chain: bytes, key: PrivateKeyTypes, now: datetime.datetime, *, own: bool = False
) -> Signer:
    """The signer with `chain` (PEM, leaf first) and `key`.

    Raises:
        SigningError: damaged chain, another key, a kind of key that C2PA has not, a wrong date.
    """
    leaf = leaf_of(chain)
    if _public(leaf.public_key()) != _public(key.public_key()):
        raise SigningError(
            "The key does not belong to the certificate; choose the two files that go together."
        )
    if now > leaf.not_valid_after_utc:
        raise CertificateExpired(
            f"The signing certificate ran out on {leaf.not_valid_after_utc:%Y-%m-%d}; "
            "choose a valid one, or correct this computer's clock."
        )
    if now < leaf.not_valid_before_utc:
        raise SigningError(
            f"This computer's clock says {now:%Y-%m-%d}, but the signing certificate begins on "
            f"{leaf.not_valid_before_utc:%Y-%m-%d}; correct the clock."
        )
    return Signer(
        chain=chain,
        key=key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
        algorithm=_algorithm(key),
        common_name=_name(leaf, NameOID.COMMON_NAME),
        organisation=_name(leaf, NameOID.ORGANIZATION_NAME),
        serial=str(leaf.serial_number),
        valid_until=leaf.not_valid_after_utc,
        own=own,
    )


def leaf_of(chain: bytes) -> x509.Certificate:
    """The first certificate of PEM `chain`. Raises SigningError."""
    return certificates_of(chain)[0]


def certificates_of(chain: bytes) -> list[x509.Certificate]:
    """The certificates of PEM `chain`, at least one. Raises SigningError."""
    try:
        return x509.load_pem_x509_certificates(chain)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise SigningError(
            "The certificate file is damaged or not in PEM form; choose a PEM file with the "
            "signing certificate first.",
            str(error),
        ) from error


def read_file(path: Path) -> bytes:
    """The bytes of a certificate or key file. Raises SigningError."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE + 1)
    except FileNotFoundError as error:
        raise SigningError(
            f"The file {path} is missing; put it back, or choose another certificate."
        ) from error
    except (OSError, ValueError) as error:
        raise SigningError(
            f"The file {path} cannot be read; check its permissions.", str(error)
        ) from error
    if len(content) > MAX_FILE:
        raise SigningError(
            f"The file {path} is too large for a certificate or a key; choose another one."
        )
    return content


def is_encrypted(pem: bytes) -> bool:
    """Whether the private key in `pem` needs a password, by its PEM label or header."""
    return b"ENCRYPTED" in pem


def load_key(pem: bytes, password: str) -> PrivateKeyTypes:
    """The private key in `pem`, opened with `password` ("" for none). Raises SigningError."""
    encrypted = is_encrypted(pem)
    if encrypted and not password:
        raise SigningError("The key file needs a password; enter it with the certificate.")
    try:
        return serialization.load_pem_private_key(pem, password.encode() if encrypted else None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise SigningError(
            "The password of the key file is wrong; enter it again."
            if encrypted
            else "The key file is damaged or not a private key in PEM form; choose another file.",
            str(error),
        ) from error


def _algorithm(key: PrivateKeyTypes) -> Algorithm:
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return Algorithm.ED25519
    if isinstance(key, rsa.RSAPrivateKey):
        return Algorithm.PS256
    if isinstance(key, ec.EllipticCurvePrivateKey):
        curves = {"secp256r1": Algorithm.ES256, "secp384r1": Algorithm.ES384}
        algorithm = {**curves, "secp521r1": Algorithm.ES512}.get(key.curve.name)
        if algorithm is not None:
            return algorithm
    raise SigningError(
        "This kind of key cannot sign manifests; choose ECDSA (P-256 to P-521), RSA or Ed25519."
    )


def _public(key: object) -> bytes:
    if not hasattr(key, "public_bytes"):
        raise SigningError("This kind of certificate cannot sign; choose another one.")
    return key.public_bytes(  # pyright: ignore[reportAttributeAccessIssue]
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def _name(certificate: x509.Certificate, kind: x509.ObjectIdentifier) -> str:
    found = certificate.subject.get_attributes_for_oid(kind)
    return str(found[0].value) if found else ""
