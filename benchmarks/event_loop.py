"""How late the window's events come while the worker makes pictures without pause.

A 5 ms timer in the real window notes by how much each of its events was late: previews are shown,
pictures saved and thumbnails made meanwhile.
"""

import sys

from benchmarks.report import Figure, percentile, report
from benchmarks.window_process import run_window

PICTURES = 24


def main() -> int:
    """Let the window make pictures and report the percentiles."""
    told = run_window("busy", str(PICTURES))
    if told["failed"]:
        raise RuntimeError(f"a picture was not made: {told['failed']}")
    late = told["late"]
    figures = [
        Figure("lateness, p50", percentile(late, 0.5), "ms"),
        Figure("lateness, p99", percentile(late, 0.99), "ms", at_most=16.0),
        Figure("lateness, largest", max(late), "ms"),
    ]
    return report("event_loop", figures, {"pictures": PICTURES, "events": len(late)})


if __name__ == "__main__":
    sys.exit(main())
