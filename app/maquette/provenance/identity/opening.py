"""Opening the identity that signs on this machine: made at first need, or the user's own."""

import datetime
from collections.abc import Callable
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.serialization import Encoding

from maquette.core.errors import SigningError
from maquette.core.paths import data_dir
from maquette.provenance.identity.certificates import issue_chain
from maquette.provenance.identity.generations import (
    CHAIN,
    ROOT,
    KeyGone,
    add_generation,
    generations,
    key_of,
)
from maquette.provenance.identity.keychain import Keychain, system_keychain
from maquette.provenance.identity.own_certificate import (
    USED,
    chosen_certificate,
    open_certificate,
)
from maquette.provenance.identity.signer import (
    CertificateExpired,
    KnownSigners,
    Signer,
    certificates_of,
    read_file,
    signer_of,
)

FindKeychain = Callable[[], Keychain | None]


def identity_folder() -> Path:
    """Where this installation keeps its certificates and its key."""
    return data_dir() / "identity"


def open_signer(
    folder: Path,
    *,
    find_keychain: FindKeychain = system_keychain,
    now: datetime.datetime | None = None,
) -> Signer:
    """The signer of the installation in `folder`, made at first need, or the user's own.

    An installation's certificate that ran out, or whose key the keychain no longer gives, is
    followed by a new one, and the signer's `notice` says so.

    Args:
        now: with time zone; None for the clock's.

    Raises:
        SigningError: the key cannot be used; the message says what to do.
    """
    now = now or datetime.datetime.now(datetime.UTC)
    keychain = find_keychain()
    choice = chosen_certificate(folder)
    if choice is not None:
        return open_certificate(folder, choice, keychain, now)
    existing = generations(folder)
    if not existing:
        return _open_new(folder, existing, keychain, now)
    try:
        return _open(existing[0], keychain, now)
    except KeyGone:
        notice = (
            "The system's keychain does not give the signing key, so pictures are signed with a "
            "new certificate, whose key is in a file; those signed before still count as yours."
        )
        renewed = _open_new(folder, existing, None, now)
    except CertificateExpired:
        notice = "The signing certificate had run out and was followed by a new one."
        renewed = _open_new(folder, existing, keychain, now)
    return msgspec.structs.replace(renewed, notice=notice)


def renew_signer(
    folder: Path,
    *,
    find_keychain: FindKeychain = system_keychain,
    now: datetime.datetime | None = None,
) -> Signer:
    """A new certificate for the installation; files signed before still count as ours.

    Raises:
        SigningError: the folder cannot be written.
    """
    now = now or datetime.datetime.now(datetime.UTC)
    return _open_new(folder, generations(folder), find_keychain(), now)


def known_signers(folder: Path) -> KnownSigners:
    """Whom the installation in `folder` signed as; what cannot be read there is left out."""
    anchors, serials = [], set()
    try:
        numbered = generations(folder)
    except SigningError:
        numbered = []
    pairs = [(path / CHAIN, path / ROOT) for path in numbered]
    pairs += [(path, path) for path in sorted((folder / USED).glob("*.pem"))]
    for chain_file, top_file in pairs:
        try:
            leaf = certificates_of(read_file(chain_file))[0]
            top = certificates_of(read_file(top_file))[-1]
        except SigningError:
            continue
        serials.add(str(leaf.serial_number))
        anchors.append(top.public_bytes(Encoding.PEM).decode())
    return KnownSigners("".join(anchors), frozenset(serials))


def _open_new(
    folder: Path, existing: list[Path], keychain: Keychain | None, now: datetime.datetime
) -> Signer:
    generation = add_generation(folder, existing, issue_chain(now), keychain)
    try:
        return _open(generation, keychain, now)
    except KeyGone as error:  # another process made it, with its key in the keychain
        raise SigningError(
            "The system's keychain does not give the signing key; unlock it, or try again."
        ) from error


def _open(generation: Path, keychain: Keychain | None, now: datetime.datetime) -> Signer:
    chain = read_file(generation / CHAIN)
    return signer_of(chain, key_of(generation, keychain), now)
