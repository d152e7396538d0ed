"""Process start to painted window, against the time that diffusers alone takes to import.

Both are started in turns; the window's worker, which imports torch beside it, is part of it.
"""

import statistics
import subprocess
import sys
import time

from benchmarks.report import Figure, report
from benchmarks.window_process import run_window

ROUNDS = 7
IMPORT = "import diffusers, torch; from diffusers import StableDiffusionPipeline"


def window_seconds() -> tuple[float, list[str]]:
    """Seconds from starting the process to its window being painted, and heavy modules in it."""
    start = time.monotonic()
    told = run_window("painted")
    return told["painted"] - start, told["heavy"]


def import_seconds() -> float:
    """Seconds that a Python which only imports diffusers takes from start to end."""
    start = time.monotonic()
    subprocess.run([sys.executable, "-c", IMPORT], check=True, stderr=subprocess.DEVNULL)
    return time.monotonic() - start


def main() -> int:
    """Measure in turns, after one round that fills the disk cache."""
    window_seconds()
    import_seconds()
    windows, imports, heavy = [], [], set[str]()
    for _ in range(ROUNDS):
        seconds, loaded = window_seconds()
        windows.append(seconds)
        heavy |= set(loaded)
        imports.append(import_seconds())
    window, imported = statistics.median(windows), statistics.median(imports)
    figures = [
        Figure("start to painted window", window, "s", at_most=1.0),
        Figure("import of diffusers", imported, "s"),
        Figure("window / import", window / imported, "", at_most=0.2),
        Figure("heavy modules in the window's process", len(heavy), "", at_most=0),
    ]
    details = {
        "windows": [round(value, 3) for value in windows],
        "imports": [round(value, 3) for value in imports],
    }
    return report("start_window", figures, details)


if __name__ == "__main__":
    sys.exit(main())
