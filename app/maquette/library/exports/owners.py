"""Which process works on something, and whether it still lives: its id and when it started."""

import os

import psutil

_TOLERANCE = 1.0  # seconds; systems round the time of start differently


def new_owner() -> str:
    """This process, told apart from others that had or will have its id."""
    return f"{os.getpid()}:{psutil.Process().create_time():.2f}"


def is_alive(owner: str) -> bool:
    """Whether the process that `owner` names (see `new_owner`) still runs."""
    pid, _, started = owner.partition(":")
    try:
        return abs(psutil.Process(int(pid)).create_time() - float(started)) <= _TOLERANCE
    except psutil.AccessDenied:
        return True
    except (psutil.NoSuchProcess, ValueError, OverflowError):
        return False
