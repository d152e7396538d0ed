"""Signing: a finished file gets its manifest, as the last thing that is written into it."""

import msgspec

from maquette.core.marking import FileFormat
from maquette.provenance.identity.signer import Signer
from maquette.provenance.manifest.claim import ManifestClaim


class Signed(msgspec.Struct, frozen=True):
    """`file` with its manifest inside, the same `manifest` as bytes, sentences for the user."""

    file: bytes
    manifest: bytes
    notices: tuple[str, ...] = ()


def sign(
    file: bytes,
    file_format: FileFormat,
    claim: ManifestClaim,
    signer: Signer,
    *,
    timestamp_url: str = "",
) -> Signed:
    """Put the signed manifest of `claim` into `file`. Any later change of the file breaks it.

    Raises:
        SigningError: the manifest could not be signed; the message says what to do.
    """
    raise NotImplementedError
