"""Taking the user's own certificate into use, after a picture was signed with it for trial."""

import datetime
import io
from pathlib import Path

from PIL import Image

from maquette.core.marking import FileFormat
from maquette.core.record import SourceType
from maquette.provenance.identity.keychain import system_keychain
from maquette.provenance.identity.opening import FindKeychain, open_signer
from maquette.provenance.identity.own_certificate import (
    CertificateChoice,
    forget_certificate,
    keep_certificate,
    open_files,
)
from maquette.provenance.identity.signer import Signer
from maquette.provenance.manifest.claim import ManifestClaim
from maquette.provenance.manifest.signing import sign


def use_certificate(
    folder: Path,
    chain_file: Path,
    key_file: Path,
    password: str,
    *,
    find_keychain: FindKeychain = system_keychain,
) -> Signer:
    """Sign with the user's certificate from now on; `folder` is the identity's.

    Args:
        chain_file: PEM, leaf first.
        key_file: PEM, encrypted with `password` unless that is "".

    Raises:
        SigningError: the files are no good, or C2PA refuses the certificate; nothing is changed.
    """
    choice = CertificateChoice(
        chain_file=str(chain_file.absolute()), key_file=str(key_file.absolute())
    )
    signer = open_files(choice, password, datetime.datetime.now(datetime.UTC))
    sign(_blank_picture(), FileFormat.PNG, _trial_claim(), signer)
    keep_certificate(folder, choice, password, signer, find_keychain())
    return signer


def use_installation(folder: Path, *, find_keychain: FindKeychain = system_keychain) -> Signer:
    """Sign with the installation's certificate again. Raises SigningError."""
    forget_certificate(folder, find_keychain())
    return open_signer(folder, find_keychain=find_keychain)


def _blank_picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (1, 1)).save(buffer, "PNG")
    return buffer.getvalue()


def _trial_claim() -> ManifestClaim:
    return ManifestClaim(
        record_id="00000000",
        created="2000-01-01T00:00:00+00:00",
        tool="Maquette",
        tool_version="0",
        source_type=SourceType.GENERATED,
        width=1,
        height=1,
        watermarked=False,
    )
