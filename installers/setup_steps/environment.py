"""The virtual environment in .venv: made, asked, and its finished steps remembered."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from setup_steps.errors import SetupError, explain_pip_failure

_TAIL = 20_000  # characters of a log that are searched for the reason of a failure

# An interruption can leave a pip of which only some files are there.
_PROBE = """
import importlib.metadata, sys
files = importlib.metadata.distribution("pip").files
assert files and all(file.locate().exists() for file in files if file.suffix == ".py")
print(*sys.version_info[:2])
"""


class Environment:
    """The virtual environment `.venv` of the repository at `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        scripts = self.folder / ("Scripts" if sys.platform == "win32" else "bin")
        self.python = scripts / ("python.exe" if sys.platform == "win32" else "python")
        self.log = self.folder / "maquette-setup.log"
        self._stamps = self.folder / "maquette-setup.json"

    def stamps(self) -> dict[str, str]:
        """Finished steps and what they were done for; empty when there are none."""
        try:
            stamps = json.loads(self._stamps.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return stamps if isinstance(stamps, dict) else {}

    def stamp(self, step: str, key: str) -> None:
        """Remember that `step` is done for `key`; a reader sees the old stamps or the new."""
        fresh = self._stamps.with_suffix(".part")
        fresh.write_text(json.dumps({**self.stamps(), step: key}, indent=1), encoding="utf-8")
        fresh.replace(self._stamps)

    def create(self, tick: Callable[[], None]) -> None:
        """Make `.venv`, or keep one that works. Raises SetupError."""
        if self._works():
            return
        if self._is_someone_elses():
            raise SetupError(
                f"The folder {self.folder} exists and is no virtual environment; "
                "move it away and run this again."
            )
        self.folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "venv", "--clear", str(self.folder)]
        # The log lies in the folder that is being cleared, so this output is kept in memory.
        made = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        tick()
        if made.returncode or not self._works():
            said = (made.stdout + made.stderr).strip()
            if "ensurepip" in said:
                version = f"python{sys.version_info.major}.{sys.version_info.minor}"
                raise SetupError(
                    f"This Python has no ensurepip, so .venv could not be made; install it "
                    f"(on Debian and Ubuntu: apt-get install {version}-venv) and run this again."
                )
            reason = said.splitlines()[-1] if said else "venv gave no reason"
            raise SetupError(f"The environment .venv could not be made: {reason}")

    def _is_someone_elses(self) -> bool:
        if not self.folder.exists() or (self.folder / "pyvenv.cfg").exists():
            return False
        return any(self.folder.iterdir())

    def _works(self) -> bool:
        """Whether `.venv` has this Python's version and a pip that is all there."""
        if not self.python.exists():
            return False
        asked = subprocess.run(
            [str(self.python), "-c", _PROBE],
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )
        wanted = f"{sys.version_info.major} {sys.version_info.minor}"
        return asked.returncode == 0 and asked.stdout.strip() == wanted

    def ask(self, code: str, *arguments: str) -> str | None:
        """Run `code` in the environment's Python: what it printed, or None where it failed."""
        command = [str(self.python), "-c", code, *arguments]
        asked = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        self._write_log(command, asked.stdout + asked.stderr)
        return asked.stdout.strip() if asked.returncode == 0 else None

    def pip_report(self, arguments: Sequence[str]) -> list[dict] | None:
        """What `pip install` with `arguments` would install, or None where it would fail."""
        command = [*self._pip("install"), "--dry-run", "--quiet", "--report", "-", *arguments]
        asked = subprocess.run(
            command,
            capture_output=True,
            text=True,
            env=_pip_environment(),
            stdin=subprocess.DEVNULL,
        )
        self._write_log(command, asked.stderr)
        if asked.returncode:
            return None
        return json.loads(asked.stdout)["install"]

    def pip_install(self, arguments: Sequence[str], task: str, tick: Callable[[], None]) -> None:
        """Run `pip install` with `arguments`, its output going to the log.

        Raises:
            SetupError: it failed; `task` ("installing torch") names what stopped.
        """
        command = [*self._pip("install"), "--progress-bar", "off", *arguments]
        if run_logged(command, self.log, tick, _pip_environment()):
            tail = self.log.read_text(encoding="utf-8", errors="replace")[-_TAIL:]
            latest = tail.rsplit("\n$ ", 1)[-1]
            raise SetupError(explain_pip_failure(latest, task, self.log))

    def _pip(self, verb: str) -> list[str]:
        return [str(self.python), "-m", "pip", verb, "--no-input", "--disable-pip-version-check"]

    def _write_log(self, command: Sequence[str], text: str) -> None:
        with self.log.open("a", encoding="utf-8") as log:
            log.write(f"\n$ {' '.join(command)}\n{text}")


def run_logged(
    command: Sequence[str],
    log: Path,
    tick: Callable[[], None],
    environment: dict[str, str] | None = None,
) -> int:
    """Run `command` with its output appended to `log`, calling `tick` every second.

    An interruption ends the child too. Returns its exit status.
    """
    with log.open("a", encoding="utf-8") as output:
        output.write(f"\n$ {' '.join(command)}\n")
        output.flush()
        process = subprocess.Popen(
            command,
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env=environment,
        )
        try:
            while True:
                try:
                    return process.wait(timeout=1)
                except subprocess.TimeoutExpired:
                    tick()
        except BaseException:
            process.terminate()
            process.wait()
            raise


def _pip_environment() -> dict[str, str]:
    """The person's own pip settings, less those that would install outside of `.venv`."""
    elsewhere = {"PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PYTHONPATH", "PYTHONHOME"}
    kept = {name: value for name, value in os.environ.items() if name not in elsewhere}
    return {**kept, "PIP_USER": "0"}
