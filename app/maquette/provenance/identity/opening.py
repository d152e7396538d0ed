"""Opening the identity that signs on this machine: made at first need, or the user's own."""

from pathlib import Path

from maquette.core.paths import data_dir
from maquette.provenance.identity.signer import Signer


def identity_folder() -> Path:
    """Where this installation keeps its certificates and its key."""
    return data_dir() / "identity"


def open_signer(folder: Path) -> Signer:
    """The signer of this installation, made at first need.

    Raises:
        SigningError: the key cannot be used; the message says what to do.
    """
    raise NotImplementedError


def own_roots(folder: Path) -> str:
    """PEM of every root certificate this installation signed under, the current one first."""
    raise NotImplementedError
