"""How every benchmark reports: a table for people, then one JSON line for machines."""

import datetime
import json
import os
import platform
import statistics
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Figure:
    """One measured value; `at_most` or `at_least` is its target, where it has one."""

    name: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None

    @property
    def target(self) -> str:
        """The target in words, or ""."""
        if self.at_most is not None:
            return f"at most {self.at_most:g} {self.unit}".strip()
        if self.at_least is not None:
            return f"at least {self.at_least:g} {self.unit}".strip()
        return ""

    @property
    def reached(self) -> bool:
        """Whether the target, if there is one, is met."""
        low = self.at_least is None or self.value >= self.at_least
        return low and (self.at_most is None or self.value <= self.at_most)


def report(benchmark: str, figures: Sequence[Figure], details: Mapping[str, Any]) -> int:
    """Print `figures` as a table on stderr and as one JSON line on stdout.

    Returns the exit status: 0, also where a target is missed, since a busy machine is no failure.
    """
    table = Table(title=f"{benchmark} · {machine()}")
    for heading in ("figure", "value", "target", "reached"):
        table.add_column(heading)
    for figure in figures:
        reached = ("yes" if figure.reached else "no") if figure.target else ""
        value = f"{figure.value:.4g} {figure.unit}".strip()
        table.add_row(figure.name, value, figure.target, reached)
    Console(stderr=True).print(table)
    line = {
        "benchmark": benchmark,
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "python": platform.python_version(),
        "figures": [
            {**asdict(figure), "reached": figure.reached, "target": figure.target}
            for figure in figures
        ],
        "details": dict(details),
    }
    print(json.dumps(line, ensure_ascii=False))
    return 0


def row(figure: str, target: str, reached: str, command: str) -> str:
    """A row for the tables of docs/figures.md, where a letter stands for the machine."""
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    return f"| {figure} | {target} | {reached} | {machine()}, {today} | `{command}` |"


def machine() -> str:
    """The processor and the number of cores this process may use, in words."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count()
    name = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        lines = cpuinfo.read_text(encoding="utf-8").splitlines()
        names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
        name = names[0] if names else name
    return f"{cores} cores, {name}"


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of `values` lie, by linear interpolation."""
    return statistics.quantiles(values, n=1000, method="inclusive")[round(share * 1000) - 1]
