"""The house rules that tools check: lint, format and types, over the whole project."""

import subprocess
import sys
from pathlib import Path

import pytest

FOLDERS = ("app", "resources", "models", "installers", "benchmarks", "tests")


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["ruff", "check", "--no-cache", *FOLDERS], id="lint"),
        pytest.param(["ruff", "format", "--check", "--no-cache", *FOLDERS], id="format"),
        pytest.param(["pyright", "--pythonpath", sys.executable], id="types"),
    ],
)
def test_the_tools_find_nothing(command: list[str], pytestconfig: pytest.Config) -> None:
    root: Path = pytestconfig.rootpath
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=root, capture_output=True, text=True, timeout=540
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
