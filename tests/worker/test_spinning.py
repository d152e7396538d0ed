"""Threads of the worker that wait by sleeping while other programs need the processors."""

import collections
import subprocess
import sys
import threading
import time

import pytest

from maquette.worker import processors
from maquette.worker.processors import OthersLoad, allowed_processors
from maquette.worker.spinning import Crowd, watch


class NoOpenMP:
    """Stands for the runtime: its parallel sections are over at once."""

    omp_get_thread_num = 0

    def GOMP_parallel(self, *_arguments: object) -> None:
        """A section of no work."""


def crowd_threads() -> int:
    return sum(thread.name == "crowd" for thread in threading.enumerate())


@pytest.fixture
def crowd():
    crowd = Crowd(NoOpenMP(), 3)  # pyright: ignore[reportArgumentType]
    yield crowd
    crowd.disperse()


def test_the_crowd_comes_when_processors_are_lacking_and_goes_when_they_are_free(crowd: Crowd):
    all_processors = len(allowed_processors())
    watch(crowd, all_processors, lambda: 0.05)
    assert not crowd.gathered
    watch(crowd, all_processors, lambda: 1.0)
    assert crowd.gathered
    assert crowd_threads() == 1
    watch(crowd, all_processors, lambda: 0.2)  # neither busy nor free: it stays as it is
    assert crowd.gathered
    watch(crowd, all_processors, lambda: 0.05)
    assert not crowd.gathered


def test_processors_that_torch_does_not_use_may_be_busy(crowd: Crowd):
    watch(crowd, len(allowed_processors()) - 1, lambda: 1.0)
    assert not crowd.gathered


def test_another_program_is_seen():
    others = OthersLoad()
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as hog:
        time.sleep(1.0)
        load = others()
        hog.kill()
    assert 0.1 < load <= len(allowed_processors()) + 0.1


def test_our_own_work_is_not_the_load_of_others(monkeypatch: pytest.MonkeyPatch):
    Times = collections.namedtuple("Times", "user system idle guest", defaults=(0.0,) * 4)

    class Clock:
        """A machine whose processor 0 is busy for 0.9 of the time, 0.8 of it with our work."""

        now = 0.0

        def cpu_times(self, percpu: bool) -> list[Times]:
            assert percpu
            return [Times(user=100 + 0.9 * self.now, idle=50, guest=7 * self.now)]

        def own(self) -> Times:
            return Times(user=0.7 * self.now, system=0.1 * self.now)

    clock = Clock()
    monkeypatch.setattr(processors, "allowed_processors", lambda: (0,))
    monkeypatch.setattr(processors.psutil, "cpu_times", clock.cpu_times)
    monkeypatch.setattr(processors.psutil.Process, "cpu_times", lambda _: clock.own())
    monkeypatch.setattr(processors.time, "monotonic", lambda: clock.now)
    others = OthersLoad()
    clock.now = 2.5
    assert others() == pytest.approx(0.1)


@pytest.mark.skipif(sys.platform != "linux", reason="GNU's OpenMP is looked for on Linux only")
def test_the_crowd_is_made_of_openmp_threads_that_end_with_it():
    program = """
import psutil, time, torch
from maquette.worker import processors
from maquette.worker.processors import allowed_processors
from maquette.worker.spinning import Crowd, gnu_openmp
torch.ones(1 << 22).sum()
process, size = psutil.Process(), len(allowed_processors()) + 1
def settled(count):
    for _ in range(200):
        if process.num_threads() == count:
            return True
        time.sleep(0.05)
    return False
before = process.num_threads()
crowd = Crowd(gnu_openmp(), size)
crowd.gather()
assert settled(before + size), process.num_threads()
crowd.disperse()
assert settled(before), process.num_threads()
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120)
