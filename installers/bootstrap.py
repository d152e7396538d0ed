"""Sets Maquette up in this folder and starts it: python3 installers/bootstrap.py run | test.

This file keeps to old syntax, so that an old Python can read it and say what is missing.
"""

import shutil
import sys

OLDEST_PYTHON = (3, 11)


def version_problem(version, newer):
    """Return one sentence if `version` is too old, else "". `newer` is a newer one's name or ""."""
    if version >= OLDEST_PYTHON:
        return ""
    remedy = (
        f"run this with {newer}" if newer else "install Python 3.11 or newer and run this again"
    )
    found = f"{version[0]}.{version[1]}"
    return f"Maquette needs Python 3.11 or newer and this is Python {found}: {remedy}."


def newer_python():
    """Return the name of a Python on the PATH that is new enough, or ""."""
    names = (f"python3.{minor}" for minor in range(14, 10, -1))
    return next((name for name in names if shutil.which(name)), "")


def main():
    """Check the Python, then hand over to the steps, which only a newer Python can read."""
    problem = version_problem(sys.version_info[:2], newer_python())
    if problem:
        print(problem, file=sys.stderr)
        return 2
    from setup_steps.command import main as set_up  # reading it fails on an old Python

    return set_up(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
