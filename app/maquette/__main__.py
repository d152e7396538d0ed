"""Chooses window, command line or one of the child processes before anything heavy is imported.

Imports inside the functions are meant: each of the six loads only what it needs.
"""

import gc
import os
import sys
import warnings
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what `arguments` (default: the process's own) ask for; returns the exit code.

    Without arguments the window opens; `worker` is the process that holds the pipeline, `marker`
    the one that checks and exports files, `trainer` the one that trains styles, `svg` the one that
    draws an SVG file; anything else is the command line.
    """
    asked = list(sys.argv[1:] if arguments is None else arguments)
    if not asked:
        return _open_window()
    if asked[0] == "worker":
        from maquette.worker.main import main as run_worker

        return run_worker(asked[1:])
    if asked[0] == "marker":
        from maquette.marker.main import main as run_marker

        return run_marker()
    if asked[0] == "trainer":
        from maquette.worker.training.main import main as run_trainer

        return run_trainer(asked[1:])
    if asked[0] == "svg":
        from maquette.gui.svg_process import main as draw_svg

        return draw_svg(int(asked[1]))
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # libraries warn programmers, of odd files for example
    from maquette.cli.main import main as run_command

    return run_command(asked)


def _open_window() -> int:
    if not _has_display():
        print(
            "maquette: There is no display to open a window on; "
            'use maquette generate "PROMPT" to make pictures here.',
            file=sys.stderr,
        )
        return 1
    gc.disable()  # a tenth of loading; `gui.garbage.Garbage` sees to it once the window is open
    from maquette.app import main as run_window

    return run_window([])


def _has_display() -> bool:
    """Whether Qt can find a screen; on Linux it aborts the process where there is none."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


if __name__ == "__main__":
    sys.exit(main())
