"""What this machine has: accelerator, display, disk, and shared libraries."""

import ctypes
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from setup_steps.errors import SetupError


@dataclass(frozen=True)
class Accelerator:
    """What torch can run on here, and its name for people."""

    kind: Literal["cuda", "rocm", "mps", "cpu"]
    name: str


def find_accelerator() -> Accelerator:
    """Look for an NVIDIA driver, then AMD's ROCm, then Apple silicon; else it is the CPU."""
    nvidia = _said("nvidia-smi", "--query-gpu=name,driver_version", "--format=csv,noheader")
    if nvidia:
        name, _, driver = nvidia.splitlines()[0].partition(", ")
        return Accelerator("cuda", f"{name} (driver {driver})")
    if Path("/proc/driver/nvidia/version").exists():
        return Accelerator("cuda", "an NVIDIA GPU")
    if "gfx" in _said("rocminfo") or _said("rocm-smi", "--showid") or Path("/dev/kfd").exists():
        return Accelerator("rocm", "an AMD GPU")
    if sys.platform == "darwin" and platform.machine() == "arm64":
        return Accelerator("mps", "Apple silicon")
    return Accelerator("cpu", "no GPU")


def _said(*command: str) -> str:
    """What `command` printed, or "" where it is missing, fails or hangs."""
    if shutil.which(command[0]) is None:
        return ""
    try:
        asked = subprocess.run(
            command, capture_output=True, text=True, timeout=20, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return asked.stdout.strip() if asked.returncode == 0 else ""


def has_display(environment: Mapping[str, str]) -> bool:
    """Whether a window can open: always on Windows and macOS, else by the display variables."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def require_disk(folder: Path, gigabytes: float) -> None:
    """Raise SetupError if the disk that holds `folder` has less than `gigabytes` free."""
    free = shutil.disk_usage(folder).free / 1e9
    if free < gigabytes:
        raise SetupError(
            f"Setting up needs {gigabytes:.0f} GB of disk and {free:.1f} GB are free at {folder}; "
            "free some space and run this again."
        )


# Debian's package for each shared library that the wheels expect to find on the system.
ENGINE_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
}
"""What the OpenCV that invisible-watermark brings needs, with and without a window."""

WINDOW_LIBRARIES = {
    **ENGINE_LIBRARIES,
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libzstd.so.1": "libzstd1",
}
"""What Qt's window needs."""

TEST_LIBRARIES = {
    **WINDOW_LIBRARIES,
    "libXext.so.6": "libxext6",
    "libSM.so.6": "libsm6",
    "libICE.so.6": "libice6",
}
"""What the tests need."""

TEST_PROGRAMS = {"Xvfb": "xvfb"}
"""Programs that the tests of the window use, and their Debian packages."""


def missing_packages(libraries: Mapping[str, str], programs: Mapping[str, str]) -> list[str]:
    """Debian packages of the `libraries` and `programs` that this machine does not have."""
    missing = [package for name, package in libraries.items() if not _loads(name)]
    missing += [package for name, package in programs.items() if shutil.which(name) is None]
    return list(dict.fromkeys(missing))


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def can_use_apt() -> bool:
    """Whether packages can be installed here without asking for a password."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return is_root and shutil.which("apt-get") is not None
