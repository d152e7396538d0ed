"""Certificates of an installation: root, intermediate and leaf, as C2PA asks for them.

The leaf follows the certificate profile of C2PA 2 (section "X.509 Certificates"): version 3, ECDSA
on P-256 with SHA-256, no CA, critical key usage digitalSignature, extended key usages
emailProtection and c2pa-kp-claimSigning, subject and authority key identifiers. Names tell the
program and a random number, never a user or a machine. The keys of root and intermediate are
thrown away after use, so that nothing else can ever be signed under them.
"""

import datetime
import secrets

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

ORGANISATION = "Maquette (self-issued)"
CLAIM_SIGNING = x509.ObjectIdentifier("1.3.6.1.4.1.62558.2.1")  # c2pa-kp-claimSigning
VALID_FOR = datetime.timedelta(days=3653)
# Clocks of other machines may be slow; a certificate from the future is refused.
_EARLIER = datetime.timedelta(days=1)


class Issued(msgspec.Struct, frozen=True, kw_only=True):
    """A fresh chain: PEM of leaf and intermediate, PEM of the root, and the leaf's key."""

    installation: str
    chain: bytes
    root: bytes
    key: ec.EllipticCurvePrivateKey


def issue_chain(start: datetime.datetime, valid_for: datetime.timedelta = VALID_FOR) -> Issued:
    """A new root, an intermediate below it, and a leaf that signs, valid from a day before `start`.

    Args:
        start: with time zone.
    """
    installation = secrets.token_hex(8)
    span = (start - _EARLIER, start + valid_for)
    root_key, middle_key, leaf_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
    root_name = _name(f"Maquette root {installation}")
    middle_name = _name(f"Maquette intermediate {installation}")
    root = _authority(root_name, root_name, root_key, root_key, span, depth=1)
    middle = _authority(middle_name, root_name, middle_key, root_key, span, depth=0)
    leaf = _leaf(
        _name(f"Maquette installation {installation}"), middle_name, leaf_key, middle_key, span
    )
    return Issued(
        installation=installation,
        chain=_pem(leaf) + _pem(middle),
        root=_pem(root),
        key=leaf_key,
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANISATION),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _authority(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer_key: ec.EllipticCurvePrivateKey,
    span: tuple[datetime.datetime, datetime.datetime],
    *,
    depth: int,
) -> x509.Certificate:
    return (
        _begin(subject, issuer, key, issuer_key, span)
        .add_extension(x509.BasicConstraints(ca=True, path_length=depth), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(issuer_key, hashes.SHA256())
    )


def _leaf(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer_key: ec.EllipticCurvePrivateKey,
    span: tuple[datetime.datetime, datetime.datetime],
) -> x509.Certificate:
    # c2pa-rs asks for one of the usages it lists; claimSigning alone is not on its default list.
    usages = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION, CLAIM_SIGNING])
    return (
        _begin(subject, issuer, key, issuer_key, span)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(usages, critical=False)
        .sign(issuer_key, hashes.SHA256())
    )


def _begin(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer_key: ec.EllipticCurvePrivateKey,
    span: tuple[datetime.datetime, datetime.datetime],
) -> x509.CertificateBuilder:
    own, above = key.public_key(), issuer_key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(own)
        .serial_number(x509.random_serial_number())
        .not_valid_before(span[0])
        .not_valid_after(span[1])
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(above), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
