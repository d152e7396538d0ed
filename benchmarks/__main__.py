"""Runs all benchmarks, or those named, one after another: python -m benchmarks [NAME ...]."""

import argparse
import subprocess
import sys
from pathlib import Path

NAMES = (
    "start_window",
    "generate_warm",
    "throughput",
    "event_loop",
    "wire",
    "manifest",
    "ledger",
    "batch_export",
    "pen",
    "drawing",
)


def main() -> int:
    """Run each benchmark in a process of its own; append its JSON line to a file."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--out", type=Path, default=Path("benchmarks.jsonl"))
    options = parser.parse_args()
    unknown = sorted(set(options.names) - set(NAMES))
    if unknown:
        parser.error(f"there is no benchmark {', '.join(unknown)}")
    failed = 0
    for name in options.names or NAMES:
        command = [sys.executable, "-m", f"benchmarks.{name}"]
        ended = subprocess.run(command, stdout=subprocess.PIPE, text=True)
        if ended.returncode:
            print(f"{name} ended with status {ended.returncode}", file=sys.stderr)
            failed += 1
            continue
        line = ended.stdout.strip().splitlines()[-1]
        with options.out.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
