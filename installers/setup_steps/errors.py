"""The one error of the set-up: a sentence for the person, and where to read more."""

import re
from pathlib import Path


class SetupError(Exception):
    """The set-up cannot go on; the message says what is wrong and what to do."""


def explain_pip_failure(log_tail: str, task: str, log: Path) -> str:
    """Return one sentence on why pip failed at `task`, judged by the end of its output."""
    more = f"(what pip said is in {log})"
    if "No space left on device" in log_tail:
        return f"The disk is full, so {task} stopped; free some space and run this again {more}."
    unreachable = (
        "NewConnectionError",
        "NameResolutionError",
        "Temporary failure in name resolution",
        "Connection refused",
        "ConnectTimeoutError",
        "Network is unreachable",
        "ReadTimeoutError",
        "ProxyError",
        "Could not fetch URL",
    )
    if any(sign in log_tail for sign in unreachable):
        return (
            f"The package registry could not be reached, so {task} stopped; "
            f"check the network (or the proxy) and run this again {more}."
        )
    if "No matching distribution found" in log_tail:
        return (
            f"No package that fits this Python and machine was found, so {task} stopped; "
            f"try another Python from 3.11 on, or check that the registry answers {more}."
        )
    errors = re.findall(r"^\s*(?:ERROR|\w+Error): (.+?)\.?$", log_tail, re.MULTILINE)
    reason = errors[-1] if errors else "pip gave no reason"
    return f"Something went wrong, so {task} stopped: {reason} {more}."
