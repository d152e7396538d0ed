"""The window on a real X server, as a person starts it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="X servers are for Linux")


def test_it_is_painted_before_anything_heavy_is_loaded_and_closes_cleanly(
    display: str, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    environment = {
        **os.environ,
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "MAQUETTE_HOME": str(tmp_path),
    }
    ended = subprocess.run(
        [sys.executable, "-m", "benchmarks.watched_window", "painted"],
        cwd=pytestconfig.rootpath,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["heavy"] == []
    assert "Traceback" not in ended.stderr
