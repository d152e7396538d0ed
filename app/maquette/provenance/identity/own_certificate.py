"""The user's own certificate instead of the installation's: which files, and their password.

The choice is kept in the identity's folder as `certificate.json`, the password in the system's
keychain or, where there is none, in `certificate-password` with permissions 0600. Certificates
that were in use once stay in `certificates/`, so that files signed with them count as ours.
"""

import datetime
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives import serialization

from maquette.core.errors import SigningError
from maquette.provenance.identity.keychain import Keychain, KeychainError
from maquette.provenance.identity.private_files import make_private_folder, replace
from maquette.provenance.identity.signer import (
    Signer,
    certificates_of,
    load_key,
    read_file,
    signer_of,
)

USED = "certificates"
_CHOICE, _PASSWORD = "certificate.json", "certificate-password"
_PASSWORD_NAME = "certificate password"


class CertificateChoice(msgspec.Struct, frozen=True, kw_only=True):
    """Paths of the chain (PEM, leaf first) and of its private key (PEM)."""

    chain_file: str
    key_file: str


def chosen_certificate(folder: Path) -> CertificateChoice | None:
    """The certificate to sign with, None for the installation's. Raises SigningError."""
    path = folder / _CHOICE
    if not path.exists():
        return None
    try:
        return msgspec.json.decode(read_file(path), type=CertificateChoice)
    except msgspec.DecodeError as error:
        raise SigningError(
            f"The file {path} is damaged; choose your certificate again.",
            str(error),
        ) from error


def open_files(choice: CertificateChoice, password: str, now: datetime.datetime) -> Signer:
    """The signer of the files in `choice`.

    Raises:
        SigningError: missing, unreadable, a wrong password, or files that do not go together.
    """
    chain = read_file(Path(choice.chain_file))
    key = load_key(read_file(Path(choice.key_file)), password)
    return signer_of(chain, key, now, own=True)


def keep_certificate(
    folder: Path,
    choice: CertificateChoice,
    password: str,
    signer: Signer,
    keychain: Keychain | None,
) -> None:
    """Sign with `choice`, opened as `signer`, from now on.

    Raises:
        SigningError: the choice cannot be written.
    """
    try:
        make_private_folder(folder)
        make_private_folder(folder / USED)
        _keep_password(folder, password, keychain)
        replace(folder / USED / f"{signer.serial}.pem", _top_and_leaf(signer.chain))
        replace(folder / _CHOICE, msgspec.json.encode(choice))
    except OSError as error:
        raise SigningError(
            f"The choice cannot be written to {folder}; make room there, or make it writable.",
            str(error),
        ) from error


def forget_certificate(folder: Path, keychain: Keychain | None) -> None:
    """Sign with the installation's certificate again. Raises SigningError."""
    try:
        (folder / _CHOICE).unlink(missing_ok=True)
        (folder / _PASSWORD).unlink(missing_ok=True)
    except OSError as error:
        raise SigningError(
            f"The choice in {folder} cannot be removed; make the folder writable.", str(error)
        ) from error
    if keychain is not None:
        try:
            keychain.remove(_PASSWORD_NAME)
        except KeychainError:
            return  # there was none, which is as good


def open_certificate(
    folder: Path, choice: CertificateChoice, keychain: Keychain | None, now: datetime.datetime
) -> Signer:
    """The signer of `choice`, with the password that was kept. Raises SigningError."""
    return open_files(choice, _kept_password(folder, keychain), now)


def _top_and_leaf(chain: bytes) -> bytes:
    """PEM of the leaf, and of the highest certificate, which serves as its anchor."""
    found = certificates_of(chain)
    kept = found if len(found) == 1 else [found[0], found[-1]]
    return b"".join(one.public_bytes(serialization.Encoding.PEM) for one in kept)


def _keep_password(folder: Path, password: str, keychain: Keychain | None) -> None:
    (folder / _PASSWORD).unlink(missing_ok=True)
    if not password:
        return
    try:
        if keychain is not None:
            keychain.put(_PASSWORD_NAME, password)
            return
    except KeychainError:
        pass  # the file below serves as well
    replace(folder / _PASSWORD, password.encode())


def _kept_password(folder: Path, keychain: Keychain | None) -> str:
    path = folder / _PASSWORD
    if path.exists():
        return read_file(path).decode(errors="replace")
    if keychain is None:
        return ""
    try:
        return keychain.get(_PASSWORD_NAME) or ""
    except KeychainError:
        return ""
