"""Who signs on this machine: asked of another process, which holds the key while it is used."""

from collections.abc import Awaitable
from pathlib import Path
from typing import Protocol

import msgspec
from PySide6.QtCore import QObject

from maquette.core.errors import MaquetteError
from maquette.core.signer_info import SignerInfo
from maquette.state.store import Store
from maquette.state.tasks import Tasks


class IdentityKeeper(Protocol):
    """Whatever opens the identity: the marker's client. All raise MaquetteError."""

    async def signer(self) -> SignerInfo:
        """Who signs now; the installation's certificate is made if there is none yet."""
        ...

    async def use_certificate(self, chain: Path, key: Path, password: str) -> SignerInfo:
        """Sign with the user's own certificate (PEM, leaf first) from now on."""
        ...

    async def forget_certificate(self) -> SignerInfo:
        """Go back to the certificate of this installation."""
        ...


class IdentityView(msgspec.Struct, frozen=True, kw_only=True):
    """Who signs; None while that is not known. `problem` is one English sentence or ""."""

    signer: SignerInfo | None = None
    problem: str = ""
    asking: bool = False


class Identity(Store[IdentityView]):
    """Asks when it is looked at, never at the start of the program."""

    def __init__(self, keeper: IdentityKeeper, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(IdentityView(), parent)
        self._keeper = keeper
        self._tasks = tasks

    def look(self) -> None:
        """Find out who signs, unless that is known."""
        if self.value.signer is None and not self.value.asking:
            self._tasks.start(self._tell(self._keeper.signer()))

    def use_certificate(self, chain: Path, key: Path, password: str) -> None:
        self._tasks.start(self._tell(self._keeper.use_certificate(chain, key, password)))

    def use_installations(self) -> None:
        """Sign with the certificate of this installation again."""
        self._tasks.start(self._tell(self._keeper.forget_certificate()))

    async def _tell(self, answer: Awaitable[SignerInfo]) -> None:
        """Show what is answered; a certificate that cannot be used leaves the old one in place."""
        self.update(asking=True, problem="")
        try:
            self.update(signer=await answer, asking=False)
        except MaquetteError as error:
            self.update(asking=False, problem=error.message)
