"""Running the command line, in this process for what needs no engine, else in one of its own."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import pytest

from maquette.cli.main import main


class Result(msgspec.Struct, frozen=True):
    """How a command ended and what it said."""

    code: int
    output: str
    errors: str


Run = Callable[..., Result]


def command(arguments: Sequence[str]) -> list[str]:
    """The command line of `maquette` in this environment."""
    return [sys.executable, "-m", "maquette", *arguments]


def environment(home: Path) -> dict[str, str]:
    """The environment with every folder of the program under `home`."""
    paths = os.pathsep.join(path for path in sys.path if path)
    return {**os.environ, "MAQUETTE_HOME": str(home), "PYTHONPATH": paths}


@pytest.fixture
def maquette(maquette_home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line in this process, with folders of its own."""
    del maquette_home

    def run(*arguments: str) -> Result:
        code = main(list(arguments))
        told = capsys.readouterr()
        return Result(code, told.out, told.err)

    return run


@pytest.fixture(scope="session")
def spawn() -> Callable[..., "subprocess.Popen[str]"]:
    """(home, *arguments) to the running process."""

    def start(home: Path, *arguments: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            command(arguments),
            env=environment(home),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    return start


@pytest.fixture(scope="session")
def finish() -> Callable[["subprocess.Popen[str]"], Result]:
    """Wait for a process and tell how it ended."""

    def wait(process: "subprocess.Popen[str]") -> Result:
        output, errors = process.communicate(timeout=240)
        return Result(process.returncode, output, errors)

    return wait
