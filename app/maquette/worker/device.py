"""Choosing where and how precisely the pipeline runs, with the reason in words."""

import logging
import math
import platform
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import psutil
import torch

from maquette.core.errors import FailureCode, JobFailed
from maquette.core.files import write_atomically
from maquette.protocol.messages import Device
from maquette.worker.processors import allowed_processors

DTYPES = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}

# The probe must see this gain before bf16 is chosen on a CPU: half the digits need a clear reason.
_LEAST_GAIN = 1.3
_PROBE_REPEATS = 30
_FAST_BF16_FLAGS = ("amx_bf16", "avx512_bf16", "bf16")  # x86 AMX, x86 AVX-512, ARM

_log = logging.getLogger(__name__)


class _Probe(msgspec.Struct, frozen=True):
    """What the probe found on this machine, kept so that it decides alike at every start."""

    machine: str
    gain: float  # fp32 time divided by bf16 time


def use_physical_cores() -> int:
    """Let torch use one thread per physical core that this process may run on; return how many."""
    allowed = len(allowed_processors())
    threads = max(1, min(psutil.cpu_count(logical=False) or 1, allowed))
    torch.set_num_threads(threads)
    return threads


def choose_device(device: str, precision: str, cache: Path) -> Device:
    """Pick the device and the precision.

    Args:
        device: auto, cpu, cuda or mps.
        precision: auto, fp32, bf16 or fp16.
        cache: JSON file that keeps what the CPU probe measured.

    Raises:
        JobFailed: a device was asked for that this machine does not have.
    """
    kind = _choose_kind(device)
    if kind == "cuda":
        properties = torch.cuda.get_device_properties(0)
        chosen, reason = _cuda_precision(precision)
        return Device(kind, properties.name, chosen, properties.total_memory, reason)
    memory = psutil.virtual_memory().total
    if kind == "mps":
        chosen = "fp16" if precision == "auto" else precision
        return Device(kind, f"Apple {platform.machine()}", chosen, memory, _asked(precision))
    chosen, reason = _cpu_precision(precision, cache)
    return Device(kind, _cpu_name(), chosen, memory, reason)


def torch_device(device: Device) -> torch.device:
    """The torch device that `device` names."""
    return torch.device("cuda", 0) if device.kind == "cuda" else torch.device(device.kind)


def memory_used(device: Device) -> int:
    """Bytes that torch holds on the device; 0 on a CPU."""
    if device.kind == "cuda":
        return torch.cuda.memory_allocated()
    if device.kind == "mps":
        return torch.mps.current_allocated_memory()
    return 0


def memory_free(device: Device) -> int:
    """Bytes that could still be allocated on the device, including what torch keeps in reserve."""
    if device.kind == "cuda":
        free, _total = torch.cuda.mem_get_info()
        return free + torch.cuda.memory_reserved() - torch.cuda.memory_allocated()
    return psutil.virtual_memory().available


def _choose_kind(device: str) -> str:
    available = {
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
        "cpu": True,
    }
    if device == "auto":
        return next(kind for kind, there in available.items() if there)
    if not available.get(device):
        raise JobFailed(
            f"This machine has no {device} device that torch can use; "
            "please choose another one in the settings.",
            FailureCode.DEVICE,
        )
    return device


def _cuda_precision(precision: str) -> tuple[str, str]:
    if precision != "auto":
        return precision, _asked(precision)
    # fp16 and bf16 are equally fast where both are native; fp16 keeps three more bits.
    if torch.cuda.get_device_capability(0) >= (7, 0) or torch.version.hip:
        return "fp16", "fp16, because this GPU has fast half precision."
    return "fp32", "fp32, because half precision is slow on this GPU."


def _cpu_precision(precision: str, cache: Path) -> tuple[str, str]:
    if precision != "auto":
        return precision, _asked(precision)
    flags = torch.cpu.get_capabilities() if hasattr(torch.cpu, "get_capabilities") else {}
    flag = next((name for name in _FAST_BF16_FLAGS if flags.get(name)), None)
    if flag is None:
        return "fp32", "fp32, because this CPU has no fast bf16."
    gain = _probed_gain(cache)
    if gain < _LEAST_GAIN:
        return "fp32", f"fp32, because bf16 is only {gain:.1f} times as fast on this CPU."
    return "bf16", f"bf16, because it is {gain:.1f} times as fast as fp32 on this CPU ({flag})."


def _asked(precision: str) -> str:
    return "" if precision == "auto" else f"{precision}, because the settings say so."


def _probed_gain(cache: Path) -> float:
    machine = f"{_cpu_name()}, {torch.get_num_threads()} threads, torch {torch.__version__}"
    try:
        known = msgspec.json.decode(cache.read_bytes(), type=_Probe)
        if known.machine == machine:
            return known.gain
    except (OSError, msgspec.DecodeError):
        _log.info("the CPU is probed for fast bf16")
    gain = round(_measure_gain(), 2)
    try:
        write_atomically(cache, msgspec.json.encode(_Probe(machine, gain)))
    except OSError as error:
        _log.info("the probe's result cannot be kept: %s", error)
    return gain


@torch.inference_mode()
def _measure_gain() -> float:
    """fp32 time divided by bf16 time, over a convolution and a product as UNets have them.

    On one thread, whose best time is hardly longer while other programs want the processors.
    """
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        return _gain_on_this_thread()
    finally:
        torch.set_num_threads(threads)


def _gain_on_this_thread() -> float:
    generator = torch.Generator().manual_seed(0)
    image = torch.randn(2, 256, 16, 16, generator=generator)
    kernel = torch.randn(256, 256, 3, 3, generator=generator)
    rows = torch.randn(256, 512, generator=generator)
    matrix = torch.randn(512, 1024, generator=generator)
    works: dict[torch.dtype, Callable[[], object]] = {}
    for dtype in (torch.float32, torch.bfloat16):
        x, k, a, b = (tensor.to(dtype) for tensor in (image, kernel, rows, matrix))
        x, k = (tensor.to(memory_format=torch.channels_last) for tensor in (x, k))
        works[dtype] = lambda x=x, k=k, a=a, b=b: (torch.conv2d(x, k, padding=1), a @ b)
    best = dict.fromkeys(works, math.inf)
    for _ in range(_PROBE_REPEATS):  # in turns, each short enough to be left alone once
        for dtype, work in works.items():
            best[dtype] = min(best[dtype], _time_of(work))
    return best[torch.float32] / best[torch.bfloat16]


def _time_of(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _cpu_name() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
        return next(
            line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")
        )
    except (OSError, StopIteration, IndexError):
        return platform.processor() or platform.machine() or "CPU"
