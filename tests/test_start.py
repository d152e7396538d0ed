"""The window on a real X server, as a person starts it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="X servers are for Linux")


@pytest.fixture
def display() -> Iterator[str]:
    """The name of a display of its own."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1440x900x24", "-nolisten", "tcp"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as told:
        number = told.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


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
