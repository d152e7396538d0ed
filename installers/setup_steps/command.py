"""The command line of the set-up: the steps in order, then the window or the tests."""

import argparse
import hashlib
import io
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from setup_steps import machine, torch_build
from setup_steps.environment import Environment, run_logged
from setup_steps.errors import SetupError
from setup_steps.progress import Progress

ROOT = Path(__file__).resolve().parents[2]
FIRST_PROMPT = "a red ceramic mug on a wooden table"
_TEST_GIGABYTES = 1.0
# A process of tests for each core, at most four since each holds torch; what follows may say -n 0.
_AT_ONCE = ("-n", "logical", "--maxprocesses", "4", "--dist", "worksteal")
_PURPOSES = ("pictures", "window", "tests")  # each needs what those before it need, and more

Remarks = Sequence[str]


@dataclass(frozen=True)
class Step:
    """One step: done when its stamp equals `key`; `work` returns remarks for the person.

    Once it is done, the steps named in `covers` count as done as well.
    """

    name: str
    title: str
    key: str
    work: Callable[[Callable[[], None]], Remarks]
    covers: tuple[str, ...] = ()


def main(arguments: Sequence[str]) -> int:
    """Set up what is missing, then open Maquette (`run`) or run the tests (`test`)."""
    options, rest = _parser().parse_known_args(arguments)
    rest = rest[1:] if rest[:1] == ["--"] else rest
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # an ASCII terminal shows "?" for "…"
    environment = Environment(ROOT)
    try:
        run_steps(_steps(environment, options), environment)
        if options.command == "test":
            return _run([environment.python, "-m", "pytest", *_AT_ONCE, *rest], ROOT)
        return _open(environment, rest)
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped; the same command goes on from here.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bootstrap.py",
        description="Sets Maquette up in this folder and starts it.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "command",
        choices=("run", "test"),
        help="run: open the window, or pass the arguments that follow to maquette; "
        "test: run the tests, with the arguments that follow passed to pytest",
    )
    parser.add_argument(
        "--torch-index",
        metavar="ADDRESS",
        default=os.environ.get(torch_build.INDEX_VARIABLE, ""),
        help="package index to take torch from, for a build that the registry does not have "
        f"(also {torch_build.INDEX_VARIABLE})",
    )
    return parser


def run_steps(steps: Sequence[Step], environment: Environment) -> None:
    """Do the steps that are not done yet, in order; silent when all are. Raises SetupError."""
    stamps = environment.stamps()
    if all(stamps.get(step.name) == step.key for step in steps):
        return
    progress = Progress(len(steps))
    for step in steps:
        progress.begin(step.title)
        # Read again: a new .venv forgets what was done in the old one.
        if environment.stamps().get(step.name) == step.key:
            progress.end("done before")
            continue
        try:
            remarks = step.work(progress.tick)
        except BaseException:
            progress.end("stopped")
            raise
        for name in (step.name, *step.covers):
            environment.stamp(name, step.key)
        progress.end()
        for remark in remarks:
            progress.remark(remark)


def _steps(environment: Environment, options: argparse.Namespace) -> list[Step]:
    """The steps of `run`, or of `test`, each with the key that says what it was done for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    testing = options.command == "test"
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    window = testing or machine.has_display(os.environ)
    purpose = "tests" if testing else "window" if window else "pictures"

    def environment_step(tick: Callable[[], None]) -> Remarks:
        machine.require_disk(ROOT, torch_build.CPU_GIGABYTES)
        environment.create(tick)
        return ()

    def system_step(tick: Callable[[], None]) -> Remarks:
        return _install_system_packages(environment, purpose, tick)

    def torch_step(tick: Callable[[], None]) -> Remarks:
        accelerator = machine.find_accelerator()
        requirement = next(line for line in project["dependencies"] if line.startswith("torch>"))
        choice = torch_build.choose_torch(
            environment, accelerator, requirement, options.torch_index
        )
        machine.require_disk(environment.folder, choice.gigabytes)
        torch_build.install_torch(environment, choice, tick)
        unused = torch_build.unused_accelerator(environment, accelerator)
        return [*choice.remarks, *([unused] if unused else [])]

    def maquette_step(tick: Callable[[], None]) -> Remarks:
        on_disk = torch_build.wheel_folders(ROOT)
        environment.pip_install([*on_disk, "--editable", str(ROOT)], "installing Maquette", tick)
        return ()

    def tools_step(tick: Callable[[], None]) -> Remarks:
        machine.require_disk(environment.folder, _TEST_GIGABYTES)
        tools = [*extras["test"], *extras["dev"]]
        environment.pip_install(tools, "installing the test tools", tick)
        return ()

    def check_step(tick: Callable[[], None]) -> Remarks:
        _check(environment, window, tick)
        return ()

    # An editable install knows the folder it was made from, so a moved clone is installed again.
    scripts = project["scripts"], project["gui-scripts"]
    needs = _digest(python, str(ROOT), project["dependencies"], scripts)
    tools = _digest(python, extras["test"], extras["dev"])
    lesser = _PURPOSES[: _PURPOSES.index(purpose)]
    steps = [
        Step("environment", "Making the environment .venv", python, environment_step),
        Step(
            f"system-{purpose}",
            "Looking for system libraries",
            "here",
            system_step,
            tuple(f"system-{name}" for name in lesser),
        ),
        Step("torch", "Installing torch", f"{python} {options.torch_index}", torch_step),
        Step("maquette", "Installing Maquette", needs, maquette_step),
    ]
    if testing:
        steps.append(Step("tools", "Installing the test tools", tools, tools_step))
    checked = tuple(f"check-{name}" for name in lesser)
    check = Step(f"check-{purpose}", "Checking the installation", needs, check_step, checked)
    return [*steps, check]


def _digest(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def _install_system_packages(
    environment: Environment, purpose: str, tick: Callable[[], None]
) -> Remarks:
    """Install missing Debian packages as root; else say which are missing. Raises SetupError."""
    if sys.platform != "linux":
        return ()
    libraries = {"tests": machine.TEST_LIBRARIES, "window": machine.WINDOW_LIBRARIES}
    programs = machine.TEST_PROGRAMS if purpose == "tests" else {}
    packages = machine.missing_packages(libraries.get(purpose, machine.ENGINE_LIBRARIES), programs)
    if not packages:
        return ()
    names = " ".join(packages)
    if not machine.can_use_apt():
        raise SetupError(
            f"Some system libraries are missing; install them (on Debian and Ubuntu: "
            f"sudo apt-get install {names}) and run this again."
        )
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run_logged(["apt-get", "update", "-q"], environment.log, tick, quiet)
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    if run_logged(install, environment.log, tick, quiet):
        raise SetupError(
            f"apt-get could not install {names}; check the network, or read why in "
            f"{environment.log}, and run this again."
        )
    return (f"Installed {names}.",)


def _check(environment: Environment, window: bool, tick: Callable[[], None]) -> None:
    """Import what the worker and the window stand on, in processes of their own, as they run."""
    parts = {"The picture engine": "import torch, diffusers, transformers, accelerate, cv2"}
    if window:
        parts["The window"] = "import PySide6.QtWidgets, qasync, msgspec, maquette"
    for part, code in parts.items():
        if run_logged([str(environment.python), "-c", code], environment.log, tick):
            raise SetupError(
                f"{part} could not be loaded after it was installed; the reason is in "
                f"{environment.log}; removing .venv and running this again starts afresh."
            )


def _open(environment: Environment, arguments: Sequence[str]) -> int:
    """Open the window; without a display make one picture, or do what `arguments` ask for."""
    maquette = [environment.python, "-m", "maquette"]
    if arguments or machine.has_display(os.environ):
        return _run([*maquette, *arguments], Path.cwd())
    print(f"There is no display here, so one picture is made: {FIRST_PROMPT}")
    return _run([*maquette, "generate", FIRST_PROMPT], Path.cwd())


def _run(command: Sequence[str | Path], folder: Path) -> int:
    """Run `command` in the foreground, in place of this process where the system can."""
    words = [str(word) for word in command]
    sys.stdout.flush()
    if sys.platform == "win32":
        return subprocess.run(words, cwd=folder).returncode
    os.chdir(folder)
    return os.execv(words[0], words)
