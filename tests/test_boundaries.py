"""Who may import whom, and that importing does nothing else."""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import maquette

PACKAGE = Path(maquette.__file__).parent
TORCH_SIDE = ("torch", "diffusers", "transformers", "accelerate", "peft")
OPENCV_SIDE = ("cv2", "imwatermark")
SIGNING_SIDE = ("c2pa", "cryptography", "keyring")
SKETCH_FORMATS = tuple(f"maquette.library.sketches.{name}" for name in ("openraster", "project"))


def modules() -> list[str]:
    """Every module of the package, from its files."""
    names = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return names


def belongs_to_window(module: str) -> bool:
    """Whether `module` may be loaded in the window's process."""
    parts = ("app", "gui", "state", "engine", "library", "protocol", "core")
    return module.split(".")[1:2] in [[part] for part in parts]


def import_in_fresh_process(
    names: Sequence[str], folder: Path
) -> tuple[set[str], subprocess.CompletedProcess[str]]:
    """Import `names` in a new process whose every folder is `folder`: (modules loaded, process)."""
    report = folder / "loaded.json"
    code = (
        "import importlib, json, pathlib, sys\n"
        "for name in json.loads(sys.argv[1]): importlib.import_module(name)\n"
        "pathlib.Path(sys.argv[2]).write_text(json.dumps(sorted(sys.modules)))\n"
    )
    environment = {
        **os.environ,
        "HOME": str(folder),
        "MAQUETTE_HOME": str(folder),
        "PYTHONPATH": os.pathsep.join(sys.path),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    environment = {k: v for k, v in environment.items() if not k.startswith("XDG_")}
    done = subprocess.run(
        [sys.executable, "-c", code, json.dumps(list(names)), str(report)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    loaded = set(json.loads(report.read_text()))
    report.unlink()
    return loaded, done


def test_the_window_is_there_without_torch_and_opencv(tmp_path: Path) -> None:
    loaded, _ = import_in_fresh_process(["maquette.app", "maquette.gui.main_window"], tmp_path)
    assert "PySide6.QtWidgets" in loaded
    assert not loaded & {*TORCH_SIDE, *OPENCV_SIDE, *SIGNING_SIDE, *SKETCH_FORMATS}


def test_importing_any_module_of_the_window_is_silent_light_and_writes_nothing(
    tmp_path: Path,
) -> None:
    names = [name for name in modules() if belongs_to_window(name)]
    assert "maquette.state.commands" in names
    loaded, process = import_in_fresh_process(names, tmp_path)
    assert not loaded & {*TORCH_SIDE, *OPENCV_SIDE, *SIGNING_SIDE}
    assert process.stdout + process.stderr == ""
    assert list(tmp_path.rglob("*")) == []


def test_importing_any_other_module_prints_nothing_and_writes_nothing(tmp_path: Path) -> None:
    names = [name for name in modules() if not belongs_to_window(name)]
    assert "maquette.worker.main" in names
    assert "maquette.cli" in names
    _, process = import_in_fresh_process(names, tmp_path)
    assert process.stdout == ""
    # What transformers says on stderr about torchvision is not ours.
    ours = [line for line in process.stderr.splitlines() if not line.startswith("[transformers]")]
    assert ours == []
    assert list(tmp_path.rglob("*")) == []


def test_the_version_is_told_without_loading_torch_or_qt() -> None:
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "maquette", "--version"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert told.returncode == 0, told.stderr
    assert maquette.__version__ in told.stdout
    loaded = {line.rsplit("|", 1)[-1].strip() for line in told.stderr.splitlines()}
    assert "maquette" in loaded
    assert not loaded & {"PySide6", *TORCH_SIDE, *OPENCV_SIDE}


def test_widgets_are_touched_only_by_the_gui() -> None:
    offenders = []
    for path in sorted(PACKAGE.rglob("*.py")):
        relative = path.relative_to(PACKAGE)
        if relative.parts[0] == "gui" or relative.name == "app.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                names = {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
            elif isinstance(node, ast.Import):
                names = {alias.name for alias in node.names}
            else:
                continue
            if names & {"PySide6.QtWidgets", "PySide6.QtGui"}:
                offenders.append(f"{relative}:{node.lineno}")
    assert offenders == []


def lint_imports(root: Path, paths: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the pyproject.toml in `root`, with `paths` in front of sys.path."""
    code = (
        "import sys; from importlinter.cli import lint_imports; "
        "sys.exit(lint_imports(no_cache=True))"
    )
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([*paths, *sys.path]), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=240,
    )


@pytest.fixture(scope="module")
def root(pytestconfig: pytest.Config) -> Path:
    return pytestconfig.rootpath


def test_the_layers_import_in_one_direction(root: Path) -> None:
    linted = lint_imports(root, [])
    assert linted.returncode == 0, linted.stdout


def test_every_contract_notices_an_import_that_breaks_it(root: Path, tmp_path: Path) -> None:
    """A copy of the sources with one forbidden import per contract: each is reported."""
    sources = {"app": "maquette", "models": "maquette_models", "resources": "maquette_resources"}
    for folder, package in sources.items():
        for path in (root / folder / package).rglob("*.py"):
            copy = tmp_path / folder / path.relative_to(root / folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    configuration = (root / "pyproject.toml").read_text(encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(configuration, encoding="utf-8")
    breaks = {
        "One direction": ("app/maquette/core/paths.py", "maquette.state.store"),
        "The worker knows": ("app/maquette/worker/loop.py", "PySide6.QtCore"),
        "The marker knows": ("app/maquette/marker/loop.py", "maquette.engine.client"),
        "Only the worker": ("app/maquette/engine/client.py", "torch"),
        "OpenCV": ("app/maquette/state/store.py", "cv2"),
        "Keys and manifests": ("app/maquette/library/store.py", "c2pa"),
        "No Qt below": ("app/maquette/library/naming.py", "PySide6.QtCore"),
        "Data packages": ("models/maquette_models/__init__.py", "maquette.core"),
    }
    for file, module in breaks.values():
        path = tmp_path / file
        path.write_text(f"{path.read_text(encoding='utf-8')}\nimport {module}\n", encoding="utf-8")
    linted = lint_imports(tmp_path, [str(tmp_path / folder) for folder in sources])
    verdicts = [line for line in linted.stdout.splitlines() if line.endswith(("KEPT", "BROKEN"))]
    assert len(verdicts) == len(breaks), linted.stdout
    for name in breaks:
        verdict = next(line for line in verdicts if line.startswith(name))
        assert verdict.endswith("BROKEN"), linted.stdout
