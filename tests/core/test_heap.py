"""What is freed goes back to the system."""

import platform
import subprocess
import sys

import pytest

CHILD = """
import ctypes
import psutil
from maquette.core.heap import give_back_large_blocks

give_back_large_blocks()
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.free.argtypes = [ctypes.c_void_p]
SIZE, COUNT = 256 << 10, 400
libc.free(libc.malloc(4 << 20))  # from here on glibc would take such blocks from its heap
before = psutil.Process().memory_info().rss
blocks = []
for _ in range(COUNT):
    blocks.append(libc.malloc(SIZE))
    ctypes.memset(blocks[-1], 1, SIZE)
last = libc.malloc(64 << 10)  # a small one that stays, behind the large ones that go
ctypes.memset(last, 1, 64 << 10)
full = psutil.Process().memory_info().rss - before
for block in blocks:
    libc.free(block)
print(full, psutil.Process().memory_info().rss - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="elsewhere nothing is set")
def test_large_blocks_leave_nothing_behind() -> None:
    told = subprocess.run([sys.executable, "-c", CHILD], capture_output=True, text=True, check=True)
    full, left = map(int, told.stdout.split())
    assert full > 90 << 20
    assert left < 8 << 20
