"""The set-up: what it says when something is missing, and that it goes on where it stopped."""

import ast
import dataclasses
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bootstrap
import pytest
from setup_steps import command, machine, torch_build
from setup_steps.command import Step, run_steps
from setup_steps.environment import Environment, run_logged
from setup_steps.errors import SetupError, explain_pip_failure
from setup_steps.machine import Accelerator
from setup_steps.progress import Progress

CPU = Accelerator("cpu", "no GPU")
NVIDIA = Accelerator("cuda", "NVIDIA H200")


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """An environment whose folder is there and empty."""
    made = Environment(tmp_path)
    made.folder.mkdir()
    return made


def step(name: str, work: Callable[[], None], key: str = "1") -> Step:
    def do(tick: Callable[[], None]) -> tuple[str, ...]:
        work()
        return ()

    return Step(name, f"Doing {name}", key, do)


class TestPython:
    def test_an_old_python_can_read_the_file_that_tells_it_so(self) -> None:
        source = Path(bootstrap.__file__).read_text(encoding="utf-8")
        ast.parse(source, feature_version=(3, 6))

    def test_an_old_python_is_told_in_one_sentence(self) -> None:
        problem = bootstrap.version_problem((3, 9), "")
        assert "3.9" in problem
        assert "install Python 3.11" in problem
        assert "\n" not in problem

    def test_a_newer_python_on_the_machine_is_named(self) -> None:
        assert "run this with python3.12" in bootstrap.version_problem((3, 9), "python3.12")

    @pytest.mark.parametrize("version", [(3, 11), (3, 14)])
    def test_a_new_enough_python_goes_on(self, version: tuple[int, int]) -> None:
        assert bootstrap.version_problem(version, "") == ""

    def test_it_needs_the_standard_library_only(self) -> None:
        """Started without site-packages, it can tell its usage."""
        told = subprocess.run(
            [sys.executable, "-E", "-S", bootstrap.__file__, "--help"],
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert told.returncode == 0, told.stderr
        assert "run" in told.stdout


class TestSteps:
    def test_each_step_prints_its_line_and_is_done_once(
        self, environment: Environment, capsys: pytest.CaptureFixture[str]
    ) -> None:
        done: list[str] = []
        steps = [step(name, lambda name=name: done.append(name)) for name in ("one", "two")]
        run_steps(steps, environment)
        assert done == ["one", "two"]
        first, second = capsys.readouterr().out.splitlines()
        assert first.startswith("[1/2] Doing one … ")
        assert second.startswith("[2/2] Doing two … ")
        run_steps(steps, environment)
        assert done == ["one", "two"]
        assert capsys.readouterr().out == ""

    def test_an_interrupted_set_up_goes_on_with_the_step_it_stopped_in(
        self, environment: Environment
    ) -> None:
        done: list[str] = []

        def interrupted() -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            run_steps(
                [step("one", lambda: done.append("one")), step("two", interrupted)], environment
            )
        again = [step(name, lambda name=name: done.append(name)) for name in ("one", "two")]
        run_steps(again, environment)
        assert done == ["one", "two"]

    def test_a_step_whose_ground_changed_is_done_again(self, environment: Environment) -> None:
        done: list[str] = []
        run_steps([step("one", lambda: done.append("old"), key="old")], environment)
        run_steps([step("one", lambda: done.append("new"), key="new")], environment)
        assert done == ["old", "new"]

    def test_a_step_spares_those_it_covers(self, environment: Environment) -> None:
        done: list[str] = []
        larger = step("tests", lambda: done.append("tests"))
        run_steps([dataclasses.replace(larger, covers=("window",))], environment)
        run_steps([step("window", lambda: done.append("window"))], environment)
        assert done == ["tests"]

    def test_damaged_stamps_count_as_nothing_done(self, environment: Environment) -> None:
        (environment.folder / "maquette-setup.json").write_text("{half", encoding="utf-8")
        assert environment.stamps() == {}

    def test_seconds_count_up_only_on_a_terminal(self) -> None:
        stream = io.StringIO()
        progress = Progress(1, stream)
        progress.begin("Installing torch")
        progress.tick()
        progress.end()
        assert stream.getvalue() == "[1/1] Installing torch … 0 s\n"


class TestWhatIsMissing:
    def test_too_little_disk_is_told_with_what_is_needed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        usage = shutil.disk_usage(tmp_path)._replace(free=1_500_000_000)
        monkeypatch.setattr(machine.shutil, "disk_usage", lambda folder: usage)
        with pytest.raises(SetupError, match=r"needs 4 GB of disk and 1\.5 GB are free"):
            machine.require_disk(tmp_path, 4.0)

    def test_a_folder_that_is_no_environment_is_left_alone(self, environment: Environment) -> None:
        letter = environment.folder / "letter.txt"
        letter.write_text("dear", encoding="utf-8")
        with pytest.raises(SetupError, match="no virtual environment"):
            environment.create(lambda: None)
        assert letter.read_text(encoding="utf-8") == "dear"

    def test_a_half_made_environment_is_made_again(self, environment: Environment) -> None:
        environment.create(lambda: None)
        pip = next(environment.folder.rglob("site-packages/pip/__init__.py"))
        (pip.parent / "__main__.py").unlink()
        environment.create(lambda: None)
        assert (pip.parent / "__main__.py").exists()
        before = pip.stat().st_ino
        environment.create(lambda: None)  # a whole one is kept
        assert pip.stat().st_ino == before

    def test_missing_libraries_are_named_where_they_cannot_be_installed(
        self, environment: Environment, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(machine, "can_use_apt", lambda: False)
        monkeypatch.setattr(machine, "missing_packages", lambda *_: ["libgl1", "libegl1"])
        monkeypatch.setattr(command.sys, "platform", "linux")
        with pytest.raises(SetupError, match="sudo apt-get install libgl1 libegl1"):
            command._install_system_packages(environment, "tests", lambda: None)

    def test_only_libraries_that_do_not_load_count_as_missing(self) -> None:
        libraries = {"libno-such-thing.so.7": "no-such-thing"}
        programs = {"sh": "dash", "no-such-program": "no-such-program"}
        assert machine.missing_packages(libraries, programs) == ["no-such-thing", "no-such-program"]

    @pytest.mark.parametrize(
        ("said", "sentence"),
        [
            ("[Errno -3] Temporary failure in name resolution", "check the network"),
            ("OSError: [Errno 28] No space left on device", "disk is full"),
            ("ERROR: No matching distribution found for torch>=2.6", "another Python"),
            ("ERROR: Failed building wheel for x", "Failed building wheel for x"),
        ],
    )
    def test_a_failure_of_pip_is_explained(self, said: str, sentence: str, tmp_path: Path) -> None:
        log = tmp_path / "setup.log"
        explained = explain_pip_failure(said, "installing torch", log)
        assert sentence in explained
        assert "installing torch stopped" in explained
        assert str(log) in explained

    def test_without_a_network_a_fresh_clone_says_so_and_exits_1(
        self, tmp_path: Path, pytestconfig: pytest.Config
    ) -> None:
        """The real command, in a copy of what it reads, with a registry that does not answer."""
        for name in ("installers", "pyproject.toml"):
            source = pytestconfig.rootpath / name
            copy = shutil.copytree if source.is_dir() else shutil.copy
            copy(source, tmp_path / name)
        unreachable = {
            "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_RETRIES": "1",
            "PIP_DEFAULT_TIMEOUT": "5",
        }
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
        ended = subprocess.run(
            [sys.executable, "installers/bootstrap.py", "run"],
            cwd=tmp_path,
            env={**kept, **unreachable},
            capture_output=True,
            text=True,
            timeout=240,
        )
        assert ended.returncode == 1
        assert "The package registry could not be reached" in ended.stderr
        assert str(tmp_path / ".venv" / "maquette-setup.log") in ended.stderr
        assert "Traceback" not in ended.stderr


class FakeEnvironment(Environment):
    """An environment whose pip answers from a script: one answer per question."""

    def __init__(self, root: Path, *answers: list[dict[str, Any]] | None) -> None:
        super().__init__(root)
        self.asked: list[list[str]] = []
        self._answers = list(answers)

    def pip_report(self, arguments: Any) -> list[dict] | None:
        self.asked.append(list(arguments))
        return self._answers.pop(0)


def package(name: str, version: str) -> dict[str, Any]:
    return {"metadata": {"name": name, "version": version}}


class TestTorch:
    def test_a_torch_that_is_there_is_used(self, tmp_path: Path) -> None:
        choice = torch_build.choose_torch(FakeEnvironment(tmp_path, []), CPU, "torch>=2.6", "")
        assert choice.arguments == ()
        assert choice.gigabytes == 0

    def test_a_wheel_on_disk_is_used_and_found_beside_the_repository(self, tmp_path: Path) -> None:
        (tmp_path / "wheels").mkdir()
        environment = FakeEnvironment(tmp_path, [package("torch", "2.13.0+cpu")])
        choice = torch_build.choose_torch(environment, CPU, "torch>=2.6", "")
        assert choice.arguments == ("--find-links", str(tmp_path / "wheels"), "torch==2.13.0+cpu")
        assert "--no-index" in environment.asked[0]

    def test_a_cpu_wheel_beside_a_gpu_is_used_with_a_remark(self, tmp_path: Path) -> None:
        environment = FakeEnvironment(tmp_path, [package("torch", "2.13.0+cpu")])
        choice = torch_build.choose_torch(environment, NVIDIA, "torch>=2.6", "")
        assert "torch==2.13.0+cpu" in choice.arguments
        assert "NVIDIA H200" in " ".join(choice.remarks)

    def test_an_index_that_was_named_is_asked(self, tmp_path: Path) -> None:
        environment = FakeEnvironment(tmp_path, [package("torch", "2.13.0+cpu")])
        choice = torch_build.choose_torch(environment, CPU, "torch>=2.6", "file:///index")
        assert choice.arguments == ("--index-url", "file:///index", "torch>=2.6")

    def test_a_gpu_takes_the_registrys_build_and_asks_for_more_disk(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(torch_build.sys, "platform", "linux")
        environment = FakeEnvironment(tmp_path, None)
        choice = torch_build.choose_torch(environment, NVIDIA, "torch>=2.6", "")
        assert choice.arguments == ("torch>=2.6",)
        assert choice.gigabytes == torch_build.GPU_GIGABYTES
        assert choice.remarks == ()

    def test_large_gpu_libraries_on_a_machine_without_gpu_are_announced(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(torch_build.sys, "platform", "linux")
        planned = [package("torch", "2.14.0"), package("nvidia-cublas", "13.1")]
        choice = torch_build.choose_torch(
            FakeEnvironment(tmp_path, None, planned), CPU, "torch>=2.6", ""
        )
        assert choice.arguments == ("torch>=2.6",)
        assert choice.gigabytes == torch_build.GPU_GIGABYTES
        assert "--torch-index" in choice.remarks[0]


class TestOpening:
    @pytest.fixture
    def started(self, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
        commands: list[list[str]] = []

        def record(words: list[Any], folder: Path) -> int:
            commands.append([str(word) for word in words][1:])
            return 0

        monkeypatch.setattr(command, "_run", record)
        monkeypatch.setattr(command, "run_steps", lambda steps, environment: None)
        monkeypatch.setattr(command.sys, "platform", "linux")
        return commands

    def test_with_a_display_the_window_opens(
        self, started: list[list[str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DISPLAY", ":0")
        assert command.main(["run"]) == 0
        assert started == [["-m", "maquette"]]

    def test_without_a_display_one_picture_is_made(
        self, started: list[list[str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("DISPLAY", raising=False)
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        assert command.main(["run"]) == 0
        assert started == [["-m", "maquette", "generate", command.FIRST_PROMPT]]

    @pytest.mark.parametrize("words", [["-k", "wire", "-x"], ["--", "-k", "wire", "-x"]])
    def test_arguments_reach_pytest(self, words: list[str], started: list[list[str]]) -> None:
        command.main(["test", *words])
        [told] = started
        assert told[:2] == ["-m", "pytest"]
        assert told[-3:] == ["-k", "wire", "-x"]  # last, so that they win

    def test_arguments_reach_maquette(self, started: list[list[str]]) -> None:
        command.main(["run", "generate", "a cup", "-n", "2"])
        assert started == [["-m", "maquette", "generate", "a cup", "-n", "2"]]


def test_an_interruption_ends_the_child(tmp_path: Path) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    mark = tmp_path / "child-lived-on"
    code = f"import time, pathlib; time.sleep(4); pathlib.Path({str(mark)!r}).touch()"
    with pytest.raises(KeyboardInterrupt):
        run_logged([sys.executable, "-c", code], tmp_path / "log", interrupt)
    assert not mark.exists()
