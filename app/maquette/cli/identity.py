"""`maquette identity`: who signs on this machine, and changing it."""

import getpass
import sys
from pathlib import Path

from maquette.cli.terminal import ExitCode, printable, say
from maquette.core.errors import InputError
from maquette.provenance.identity.opening import (
    identity_folder,
    known_signers,
    open_signer,
    renew_signer,
)
from maquette.provenance.identity.signer import Signer, is_encrypted, read_file
from maquette.provenance.manifest.adopting import use_certificate, use_installation

_COLUMN = 12


def run_identity(*, renew: bool, forget: bool, chain: Path | None, key: Path | None) -> int:
    """Change who signs, if that is asked for, and print who does."""
    if (chain is None) != (key is None):
        raise InputError("A certificate needs both of its files; give --use and --key together.")
    if sum((renew, forget, chain is not None)) > 1:
        raise InputError("Only one of --renew, --forget and --use can be done at a time.")
    folder = identity_folder()
    if chain is not None and key is not None:
        signer = use_certificate(folder, chain, key, _password(key))
    elif forget:
        signer = use_installation(folder)
    elif renew:
        signer = renew_signer(folder)
    else:
        signer = open_signer(folder)
    _show(signer, folder)
    return ExitCode.DONE


def _password(key: Path) -> str:
    """Asked for on a terminal, else the first line of standard input; "" for an open key."""
    if not is_encrypted(read_file(key)):
        return ""
    if sys.stdin.isatty():
        return getpass.getpass("Password of the key file: ")
    return sys.stdin.readline().rstrip("\r\n")


def _show(signer: Signer, folder: Path) -> None:
    lines = {
        "Signs as": signer.common_name,
        "Of": signer.organisation,
        "Valid until": f"{signer.valid_until:%Y-%m-%d}",
        "Certificate": "your own" if signer.own else "of this installation, not publicly trusted",
        "Counted": f"{len(known_signers(folder).serials)} as yours, with earlier ones",
    }
    for name, value in lines.items():
        print(f"{name:<{_COLUMN}}{printable(value)}")
    if signer.notice:
        say(signer.notice)
