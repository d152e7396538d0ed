"""Which torch to install: one that is there, a wheel on disk, else the build for this machine."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from setup_steps.environment import Environment
from setup_steps.machine import Accelerator

CPU_GIGABYTES = 3.0
"""Disk for everything, downloads included, with torch's CPU build (measured: 1.5 GB installed)."""

GPU_GIGABYTES = 14.0
"""The same with torch's CUDA or ROCm build."""

INDEX_VARIABLE = "MAQUETTE_TORCH_INDEX"
_CHOOSE = (
    f"to choose another build, give the address that PyTorch's installation page names for it "
    f"with --torch-index or {INDEX_VARIABLE}"
)


@dataclass(frozen=True)
class TorchChoice:
    """What to hand to pip (nothing when torch is there), the disk it needs, and remarks."""

    arguments: tuple[str, ...]
    gigabytes: float
    remarks: tuple[str, ...] = ()


def wheel_folders(root: Path) -> list[str]:
    """pip options that add a `wheels` folder in the repository or beside it, where there is one."""
    folders = (root / "wheels", root.parent / "wheels")
    return [option for f in folders if f.is_dir() for option in ("--find-links", str(f))]


def choose_torch(
    environment: Environment, accelerator: Accelerator, requirement: str, index: str
) -> TorchChoice:
    """Decide how `requirement` ("torch>=2.6") is met on this machine.

    pip itself is asked what lies on disk, so every setting of the person's (PIP_FIND_LINKS,
    pip.conf) counts.

    Args:
        index: address of a package index with the wanted build, or "".
    """
    on_disk = wheel_folders(environment.root)
    local = environment.pip_report(["--no-index", "--no-deps", *on_disk, requirement])
    if local == []:
        return TorchChoice((), 0.0, ("The torch in .venv is used as it is.",))
    if local and not index:
        version = local[0]["metadata"]["version"]
        remarks = [f"The wheel of torch {version} on this disk is used."]
        if accelerator.kind in ("cuda", "rocm") and version.endswith("+cpu"):
            remarks.append(f"It is the CPU build and will not use {accelerator.name}; {_CHOOSE}.")
        gigabytes = CPU_GIGABYTES if version.endswith("+cpu") else GPU_GIGABYTES
        return TorchChoice((*on_disk, f"torch=={version}"), gigabytes, tuple(remarks))
    if index:
        heavy = accelerator.kind in ("cuda", "rocm")
        return TorchChoice(
            ("--index-url", index, requirement), GPU_GIGABYTES if heavy else CPU_GIGABYTES
        )
    return _from_registry(environment, accelerator, requirement)


def _from_registry(
    environment: Environment, accelerator: Accelerator, requirement: str
) -> TorchChoice:
    """The registry's plain torch: CUDA on Linux, Apple's on macOS, the CPU's on Windows."""
    wanted = (requirement,)
    if accelerator.kind == "cuda" and sys.platform == "win32":
        remark = f"The registry's torch for Windows does not use {accelerator.name}; {_CHOOSE}."
        return TorchChoice(wanted, CPU_GIGABYTES, (remark,))
    if accelerator.kind == "cuda":
        return TorchChoice(wanted, GPU_GIGABYTES)
    if sys.platform != "linux":
        return TorchChoice(wanted, CPU_GIGABYTES)
    planned = environment.pip_report([requirement]) or []
    if not any(item["metadata"]["name"].startswith("nvidia-") for item in planned):
        return TorchChoice(wanted, CPU_GIGABYTES)
    what = "uses no AMD GPU" if accelerator.kind == "rocm" else "is larger than this machine needs"
    remark = f"The registry's torch brings NVIDIA's libraries and {what}; {_CHOOSE}."
    return TorchChoice(wanted, GPU_GIGABYTES, (remark,))


def install_torch(environment: Environment, choice: TorchChoice, tick: Callable[[], None]) -> None:
    """Install what was chosen. Raises SetupError."""
    if choice.arguments:
        environment.pip_install(choice.arguments, "installing torch", tick)


def unused_accelerator(environment: Environment, accelerator: Accelerator) -> str:
    """One sentence if the installed torch cannot use the machine's accelerator, else ""."""
    if accelerator.kind == "cpu":
        return ""
    probe = (
        "import torch; print(torch.cuda.is_available() or torch.backends.mps.is_available(), "
        "torch.__version__)"
    )
    usable, _, version = (environment.ask(probe) or "False unknown").partition(" ")
    if usable == "True":
        return ""
    return (
        f"torch {version} cannot use {accelerator.name} and pictures will be made on the CPU; "
        f"update the driver, or {_CHOOSE}, after removing .venv."
    )
