"""Cancelling: a token set by the reader thread, checked inside the networks while they run."""

import threading
from collections.abc import Iterable

from maquette.core.errors import JobCancelled


class CancelToken:
    """Set once, from any thread."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask for the job to stop."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether the job was asked to stop."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise JobCancelled if the job was asked to stop."""
        if self._event.is_set():
            raise JobCancelled("The job was cancelled.")


class CancelPoints:
    """Makes networks check a token before each of their blocks.

    A step of a large model can take a minute on a CPU; the blocks inside it are short. A tile of a
    tiled decode passes through the same blocks, so tiles are covered too.
    """

    def __init__(self) -> None:
        self.token = CancelToken()

    def watch(self, modules: Iterable[object]) -> None:
        """Check the present token whenever one of `modules` (torch.nn.Module) starts to run."""
        for module in modules:
            module.register_forward_pre_hook(self._check)  # pyright: ignore[reportAttributeAccessIssue]

    def _check(self, _module: object, _inputs: object) -> None:
        self.token.check()
