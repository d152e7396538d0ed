"""What every test stands on: folders of its own, no network, and no worker left behind."""

import gc
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import psutil
import pytest

from maquette.gui.garbage import collect_due

_SESSION_VARIABLE = "MAQUETTE_TEST_SESSION"
_SECONDS_TO_LEAVE = 10.0
_SHIFTED_CLOCK = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>
int clock_gettime(clockid_t id, struct timespec *now) {
    int (*real)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
    int status = real(id, now);
    if (id == CLOCK_REALTIME) now->tv_sec -= 25L * 365 * 86400;
    return status;
}
"""


def pytest_configure(config: pytest.Config) -> None:
    """Set the environment that tests and the processes they start inherit."""
    del config
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["MAQUETTE_HOME"] = tempfile.mkdtemp(prefix="maquette-tests-")
    os.environ[_SESSION_VARIABLE] = secrets.token_hex(8)
    os.environ["HF_HUB_OFFLINE"] = "1"
    # The language of "system" and of library messages does not depend on the machine.
    os.environ["LC_ALL"] = "C.UTF-8"
    os.environ.pop("LANGUAGE", None)
    # What a script runs in the background has Ctrl+C ignored, and would pass that on to programs
    # that are to be interrupted.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    gc.disable()  # as in the window; `pytest_runtest_logfinish` collects instead
    # A busy machine is no failure: examples are judged by what they find, not by their time.
    slow = [hypothesis.HealthCheck.too_slow]
    hypothesis.settings.register_profile("maquette", deadline=None, suppress_health_check=slow)
    hypothesis.settings.load_profile("maquette")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the session's folders."""
    del config
    shutil.rmtree(os.environ["MAQUETTE_HOME"], ignore_errors=True)


def pytest_runtest_logfinish() -> None:
    """Collect what tests left in the thread whose widgets are among it (see `Garbage`)."""
    collect_due()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes minutes, so that it is not what everything waits for at the end."""
    items.sort(key=lambda item: item.path.name != "test_checks.py")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Undo what OpenCV does to Qt when a test module imports it: it points at a Qt of its own."""
    del session
    for name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
        os.environ.pop(name, None)


@pytest.fixture
def maquette_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folders for one test alone: settings, library, cache and pictures lie under it."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("MAQUETTE_HOME", str(home))
    return home


@pytest.fixture
def display() -> Iterator[str]:
    """The name of a display of its own, on a real X server."""
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


@pytest.fixture(scope="session")
def clock_of_2001(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Variables of the environment under which a program takes this for the year 2001."""
    if sys.platform != "linux" or shutil.which("cc") is None:
        pytest.skip("needs Linux and a C compiler")
    source = tmp_path_factory.mktemp("clock") / "clock.c"
    source.write_text(_SHIFTED_CLOCK)
    library = source.with_suffix(".so")
    build = ["cc", "-shared", "-fPIC", "-o", library, source, "-ldl"]
    subprocess.run(build, check=True, timeout=60)
    return {"LD_PRELOAD": str(library)}


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Refuse connections that leave this machine."""

    def is_local(address: object) -> bool:
        if not isinstance(address, tuple):
            return True  # a Unix socket's path
        return address[0] in ("127.0.0.1", "::1", "localhost")

    class GuardedSocket(socket.socket):
        def connect(self, address: object, /) -> None:
            if not is_local(address):
                raise AssertionError(f"a test reached for the network: {address}")
            super().connect(address)  # pyright: ignore[reportArgumentType]

        def connect_ex(self, address: object, /) -> int:
            if not is_local(address):
                raise AssertionError(f"a test reached for the network: {address}")
            return super().connect_ex(address)  # pyright: ignore[reportArgumentType]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "socket", GuardedSocket)
        yield


@pytest.fixture(autouse=True, scope="session")
def no_worker_left_behind() -> Iterator[None]:
    """Fail if a worker or marker that this session started outlives its tests, orphaned or not."""
    yield
    deadline = time.monotonic() + _SECONDS_TO_LEAVE
    while (left := _workers_of_this_session()) and time.monotonic() < deadline:
        time.sleep(0.1)
    for process in left:
        process.kill()
    assert not left, f"worker processes were left behind: {[process.pid for process in left]}"


def _workers_of_this_session() -> list[psutil.Process]:
    mine = os.environ[_SESSION_VARIABLE]
    found = []
    for process in psutil.process_iter():
        try:
            if process.pid == os.getpid() or process.status() == psutil.STATUS_ZOMBIE:
                continue
            if process.environ().get(_SESSION_VARIABLE) != mine:
                continue
            if {"worker", "marker", "trainer"} & set(process.cmdline()):
                found.append(process)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return found
