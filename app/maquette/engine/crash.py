"""The one sentence that says why a worker process ended."""

import signal

_AGAIN = "it is started again"


def crash_sentence(status: int, last_lines: tuple[str, ...]) -> str:
    """What happened to a worker that ended with `status`, its likely cause, what happens now.

    Args:
        status: exit status; negative is the number of the signal that ended it.
        last_lines: the end of its log, searched for words that tell the cause.
    """
    log = "\n".join(last_lines).lower()
    if status == -signal.SIGTERM or status == -getattr(signal, "SIGINT", 2):
        return f"The worker was asked to stop by the system; {_AGAIN}."
    if "out of memory" in log or "memoryerror" in log or "bad_alloc" in log:
        return f"The worker ran out of memory; {_AGAIN}, and a smaller size may help."
    if status == -getattr(signal, "SIGKILL", 9):
        return (
            f"The worker was killed, most likely because the machine ran out of memory; {_AGAIN}."
        )
    if status == -signal.SIGILL:
        return f"The worker stopped, because this CPU lacks an instruction it uses; {_AGAIN}."
    if "cuda error" in log or "hip error" in log:
        return f"The worker stopped, because the GPU or its driver failed; {_AGAIN}."
    if "no module named" in log or "importerror" in log or "dll load failed" in log:
        return (
            "The worker cannot start, because a part of the installation is missing; "
            "please run the set-up again."
        )
    if status < 0:
        return f"The worker crashed ({_signal_name(-status)}); {_AGAIN}."
    return f"The worker ended unexpectedly (exit status {status}); {_AGAIN}."


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
