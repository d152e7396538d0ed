"""Opening the signing identity once, and again when its files have changed."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec

from maquette.provenance.identity.opening import open_signer
from maquette.provenance.identity.signer import Signer

_Stamp = frozenset[tuple[str, int]]


class SignerOnce:
    """Gives the signer of an identity's folder; not thread-safe.

    A keychain may take long to answer, and pictures may come many in a second.
    """

    def __init__(self, folder: Path, open_folder: Callable[[Path], Signer] = open_signer) -> None:
        """`open_folder` opens the identity in `folder`."""
        self._folder = folder
        self._open = open_folder
        self._signer: Signer | None = None
        self._stamp: _Stamp = frozenset()

    def __call__(self) -> Signer:
        """The signer; what it has to tell the user, it tells once. Raises SigningError."""
        if self._signer is None or self._stamp != _stamp(self._folder):
            signer = self._open(self._folder)
            self._signer = msgspec.structs.replace(signer, notice="")
            self._stamp = _stamp(self._folder)  # after opening, which may have made the identity
            return signer
        return self._signer


def _stamp(folder: Path) -> _Stamp:
    """Names and times of change of what is in `folder`, two levels deep."""
    stamp = set()
    for entry in (*folder.glob("*"), *folder.glob("*/*")):
        with suppress(OSError):  # another process is making a new identity
            stamp.add((str(entry), entry.stat().st_mtime_ns))
    return frozenset(stamp)
