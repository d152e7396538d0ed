"""Owners: the programs that share a queue, and how one tells that another is gone."""

import os
import secrets
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import psutil

from maquette.core.files import host_tag

SILENCE = 60.0  # seconds without a sign of life after which a program elsewhere counts as gone
_SAME_START = 1.0  # seconds by which two readings of one process's start may differ


class Owner(msgspec.Struct, frozen=True):
    """A program at the queue: which process of which machine, and how often it gave a sign of life.

    `boot` tells starts of the machine apart, "" where it cannot; `began` is when the process
    started, by the machine's clock (Unix time).
    """

    id: str
    role: str
    host: str
    boot: str
    pid: int
    began: float
    beats: int = 0


def this_program(role: str) -> Owner:
    """An owner for this process, under a new name."""
    return Owner(
        id=secrets.token_hex(8),
        role=role,
        host=_host(),
        boot=_boot(),
        pid=os.getpid(),
        began=psutil.Process().create_time(),
    )


class Roll:
    """Calls the roll: remembers when each owner was heard last, by a clock of its own.

    On one machine the process decides, so that a program which slept with its laptop is not taken
    for dead, however old its last sign of life is. Elsewhere, and where a process id may have been
    given away or the clock set, only silence tells; it is measured here, since two machines'
    clocks need not agree.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._host, self._boot = _host(), _boot()
        self._heard: dict[str, tuple[int, float]] = {}

    def is_gone(self, owner: Owner) -> bool:
        """Whether `owner` has certainly ended."""
        if owner.host != self._host:
            return self._is_silent(owner)
        if owner.boot != self._boot:
            return True
        try:
            process = psutil.Process(owner.pid)
            if process.status() in (psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD):
                return True
            began = process.create_time()
        except psutil.NoSuchProcess:
            return True
        except psutil.Error:
            return self._is_silent(owner)
        return abs(began - owner.began) > _SAME_START and self._is_silent(owner)

    def forget(self, owner_id: str) -> None:
        """The owner is no longer on the roll."""
        self._heard.pop(owner_id, None)

    def _is_silent(self, owner: Owner) -> bool:
        beats, since = self._heard.get(owner.id, (-1, 0.0))
        if owner.beats != beats:
            self._heard[owner.id] = (owner.beats, self._clock())
            return False
        return self._clock() - since > SILENCE


def _host() -> str:
    """This machine; within one, the processes that can see each other."""
    try:
        return f"{host_tag()} {os.readlink('/proc/self/ns/pid')}"
    except OSError:  # not Linux
        return host_tag()


def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""
