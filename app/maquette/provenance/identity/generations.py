"""Generations: the identities an installation had, each a folder that is never changed.

`0001`, `0002`, ... hold `chain.pem` and `root.pem`; the highest number signs, the others stay so
that files signed earlier still count as ours. The key is in the system's keychain, which the empty
file `key-is-in-keychain` says, or beside its chain as `key.pem`, encrypted with the contents of
`passphrase`. The latter protects against a
single file that is copied, uploaded or backed up by mistake, not against somebody who can read
the whole folder as this user.

A generation is written under another name and renamed: a crash leaves it whole or not at all, and
of two processes that make the same number one wins and the other takes the winner's.
"""

import os
import secrets
import shutil
import tempfile
import time
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

from maquette.core.errors import SigningError
from maquette.provenance.identity.certificates import Issued
from maquette.provenance.identity.keychain import Keychain, KeychainError
from maquette.provenance.identity.private_files import make_private_folder, write_new
from maquette.provenance.identity.signer import leaf_of, load_key, read_file

CHAIN, ROOT, KEY, PASSPHRASE = "chain.pem", "root.pem", "key.pem", "passphrase"
IN_KEYCHAIN = "key-is-in-keychain"
_NEW = ".new-"
_LEFT_BEHIND = 3600.0  # seconds after which an unfinished generation is a crash's


class KeyGone(Exception):
    """The keychain does not give the key: locked, not there, silent, or emptied."""


def generations(folder: Path) -> list[Path]:
    """The generations in `folder`, the newest first; none if there is no folder.

    Raises:
        SigningError: the folder cannot be read.
    """
    try:
        names = [name for name in os.listdir(folder) if name.isascii() and name.isdigit()]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise SigningError(
            f"The folder {folder} cannot be read; check its permissions.", str(error)
        ) from error
    return [folder / name for name in sorted(names, key=int, reverse=True)]


def add_generation(
    folder: Path, existing: list[Path], issued: Issued, keychain: Keychain | None
) -> Path:
    """Make the generation of `folder` after `existing` from `issued`, and give its path.

    Where another process has made it since `existing` was looked up, it is that one's path.

    Raises:
        SigningError: the folder cannot be written.
    """
    try:
        make_private_folder(folder)
        _remove_left_behind(folder)
        number = int(existing[0].name) + 1 if existing else 1
        unfinished = Path(tempfile.mkdtemp(dir=folder, prefix=_NEW))  # 0700
        try:
            return _finish(unfinished, folder / f"{number:04d}", issued, keychain)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    except OSError as error:
        raise SigningError(
            f"The signing key cannot be written to {folder}; make room there, or make it writable.",
            str(error),
        ) from error


def key_of(generation: Path, keychain: Keychain | None) -> PrivateKeyTypes:
    """The private key of `generation`.

    Raises:
        KeyGone: it is in a keychain that does not give it.
        SigningError: its file is missing, unreadable or damaged.
    """
    file, passphrase = generation / KEY, generation / PASSPHRASE
    if (generation / IN_KEYCHAIN).exists():
        return load_key(_from_keychain(generation, keychain), "")
    for path in (file, passphrase):
        if not path.exists():
            raise SigningError(
                f"The signing key {path} is missing; put it back, or run maquette identity "
                "--renew to make a new one."
            )
    try:
        password = read_file(passphrase).decode("ascii", errors="replace")
        return load_key(read_file(file), password)
    except SigningError as error:
        raise SigningError(
            f"The signing key {file} cannot be opened; restore it, or run maquette identity "
            "--renew to make a new one.",
            f"{error.message} {error.detail}",
        ) from error


def _finish(unfinished: Path, target: Path, issued: Issued, keychain: Keychain | None) -> Path:
    write_new(unfinished / CHAIN, issued.chain)
    write_new(unfinished / ROOT, issued.root)
    name = _key_name(issued.chain)
    kept = keychain is not None and _into_keychain(keychain, name, _pem(issued, None))
    if kept:
        write_new(unfinished / IN_KEYCHAIN, b"")
    else:
        passphrase = secrets.token_urlsafe(32).encode()
        write_new(unfinished / KEY, _pem(issued, passphrase))
        write_new(unfinished / PASSPHRASE, passphrase)
    try:
        os.rename(unfinished, target)
    except OSError:
        if kept and keychain is not None:
            _forget(keychain, name)
        if not (target / CHAIN).exists():
            raise
    else:
        _sync_folder(target.parent)
    return target


def _pem(issued: Issued, passphrase: bytes | None) -> bytes:
    return issued.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase)
        if passphrase
        else serialization.NoEncryption(),
    )


def _key_name(chain: bytes) -> str:
    return f"signing key {leaf_of(chain).serial_number:x}"


def _into_keychain(keychain: Keychain, name: str, key: bytes) -> bool:
    try:
        keychain.put(name, key.decode("ascii"))
    except KeychainError:
        _forget(keychain, name)
        return False
    return True


def _from_keychain(generation: Path, keychain: Keychain | None) -> bytes:
    if keychain is None:
        raise KeyGone
    try:
        key = keychain.get(_key_name(read_file(generation / CHAIN)))
    except KeychainError as error:
        raise KeyGone from error
    if key is None:
        raise KeyGone
    return key.encode()


def _forget(keychain: Keychain, name: str) -> None:
    try:
        keychain.remove(name)
    except KeychainError:
        return  # an unused key stays behind, which nothing was signed with


def _remove_left_behind(folder: Path) -> None:
    for unfinished in folder.glob(f"{_NEW}*"):
        try:
            age = time.time() - unfinished.stat().st_mtime
        except FileNotFoundError:
            continue
        if age > _LEFT_BEHIND:
            shutil.rmtree(unfinished, ignore_errors=True)


def _sync_folder(folder: Path) -> None:
    """So that the new name survives a power cut; Windows has no such call for folders."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
