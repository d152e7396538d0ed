"""The system's keychain, asked within a time limit, and never one that would ask the user first.

Counted are the macOS Keychain, the Windows Credential Manager and an unlocked Secret Service
(GNOME Keyring, KWallet). Backends that store plainly, ask questions or do nothing are not.
"""

import sys
import threading
from collections.abc import Callable
from contextlib import closing
from typing import Protocol, TypeVar

import keyring
import keyring.errors
from keyring.backend import KeyringBackend

from maquette.core.paths import is_portable

if sys.platform == "linux":
    import secretstorage

SERVICE = "Maquette"
TIME_LIMIT = 3.0  # seconds
_SECRET_SERVICE = "keyring.backends.SecretService"
_BACKENDS = (_SECRET_SERVICE, "keyring.backends.macOS", "keyring.backends.Windows")
_DEFAULT_COLLECTION = "/org/freedesktop/secrets/aliases/default"

Answer = TypeVar("Answer")


class KeychainError(Exception):
    """The keychain did not answer, or answered with an error."""


class Keychain(Protocol):
    """What is asked of a keychain. Every method raises KeychainError."""

    def get(self, name: str) -> str | None:
        """The secret of `name`, None if there is none."""
        ...

    def put(self, name: str, secret: str) -> None:
        """Keep `secret` as `name`."""
        ...

    def remove(self, name: str) -> None:
        """Forget `name`."""
        ...


class SystemKeychain:
    """A backend of keyring behind a time limit, in seconds."""

    def __init__(self, backend: KeyringBackend, limit: float = TIME_LIMIT) -> None:
        self._backend = backend
        self._limit = limit

    def get(self, name: str) -> str | None:
        """The secret of `name`, None if there is none. Raises KeychainError."""
        return self._ask(lambda: self._backend.get_password(SERVICE, name))

    def put(self, name: str, secret: str) -> None:
        """Keep `secret` as `name` and see that it can be read back. Raises KeychainError."""
        self._ask(lambda: self._backend.set_password(SERVICE, name, secret))
        if self.get(name) != secret:
            raise KeychainError("what was kept was not given back")

    def remove(self, name: str) -> None:
        """Forget `name`. Raises KeychainError."""
        self._ask(lambda: self._backend.delete_password(SERVICE, name))

    def _ask(self, question: Callable[[], Answer]) -> Answer:
        def answer() -> Answer:
            if not _is_open(self._backend):
                raise KeychainError("the keychain is locked")
            return question()

        return _within(self._limit, answer)


def system_keychain(limit: float = TIME_LIMIT) -> Keychain | None:
    """The keychain of this session, None if there is none that counts or it is locked.

    A portable installation has none, since it carries its key along.
    """
    if is_portable():
        return None
    try:
        backend = _within(limit, _usable_backend)
    except KeychainError:
        return None
    return SystemKeychain(backend, limit) if backend is not None else None


def _usable_backend() -> KeyringBackend | None:
    chosen = keyring.get_keyring()
    for backend in getattr(chosen, "backends", (chosen,)):  # the chainer holds several
        if type(backend).__module__ in _BACKENDS and _is_open(backend):
            return backend
    return None


def _is_open(backend: KeyringBackend) -> bool:
    """Whether `backend` answers without asking the user to unlock it or to make a collection."""
    if sys.platform != "linux" or type(backend).__module__ != _SECRET_SERVICE:
        return True
    with closing(secretstorage.dbus_init()) as bus:
        return not secretstorage.Collection(bus, _DEFAULT_COLLECTION).is_locked()


def _within(limit: float, question: Callable[[], Answer]) -> Answer:
    """`question`'s answer. Raises KeychainError when it fails or takes longer than `limit`.

    It is asked in a thread that is left behind then, since a system call cannot be taken back.
    """
    answers: list[Answer] = []
    errors: list[Exception] = []

    def run() -> None:
        try:
            answers.append(question())
        except Exception as error:  # keychains answer with errors of many kinds
            errors.append(error)

    thread = threading.Thread(target=run, name="keychain", daemon=True)
    thread.start()
    thread.join(limit)
    if answers:
        return answers[0]
    raise KeychainError(str(errors[0]) if errors else f"no answer within {limit:g} seconds")
