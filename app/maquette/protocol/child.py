"""What a child process does with its streams and its priority before anything else."""

import logging
import os
import signal
from typing import BinaryIO

import psutil

_NICE = 10

_log = logging.getLogger(__name__)


def take_output() -> BinaryIO:
    """The stream to the studio. From here on whatever else prints, prints to standard error.

    Ctrl+C in a terminal reaches the whole group and is ignored: the studio decides what it means.
    """
    output = os.dup(1)
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return os.fdopen(output, "wb")


def step_back() -> None:
    """Let the window and whatever else the person does go first."""
    low = getattr(psutil, "BELOW_NORMAL_PRIORITY_CLASS", _NICE)  # Windows has classes
    try:
        psutil.Process().nice(low)
    except (psutil.Error, OSError) as error:
        _log.info("the priority cannot be lowered: %s", error)
