"""Starts the watched window as a process of its own, with folders of its own."""

import json
import os
import subprocess
import sys
import tempfile
from typing import Any

# The window's modules are loaded without the garbage collector, as `maquette.__main__` does.
_START = """
import gc, runpy
gc.disable()
runpy.run_module("benchmarks.watched_window", run_name="__main__")
"""


def run_window(*arguments: str) -> dict[str, Any]:
    """Run benchmarks.watched_window with `arguments`; return what it told.

    The window opens on the screen if there is one, else on Qt's offscreen platform.
    """
    with tempfile.TemporaryDirectory(prefix="maquette-benchmark-") as home:
        environment = {**os.environ, "MAQUETTE_HOME": home}
        if not any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")):
            environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        told = subprocess.run(
            [sys.executable, "-c", _START, *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            timeout=600,
            check=True,
        )
    return json.loads(told.stdout)
