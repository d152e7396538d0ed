"""The wheel: what is in it, and that it runs on its own, away from the sources."""

import json
import os
import site
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import maquette

SOURCES = {
    "maquette": "app",
    "maquette_resources": "resources",
    "maquette_models": "models",
    "maquette_recipe": "models",
}


@pytest.fixture(scope="module")
def root(pytestconfig: pytest.Config) -> Path:
    return pytestconfig.rootpath


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built offline with the build tools of this environment."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--wheel", "--no-isolation", "--outdir", str(folder)]
    run([sys.executable, "-m", "build", *options, str(root)], root)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel in it: the folder of its commands.

    The packages that Maquette needs are lent by this environment, so nothing is fetched; Maquette
    itself is not, because an editable install is found only in the environment it belongs to.
    """
    environment = tmp_path_factory.mktemp("fresh") / "environment"
    run([sys.executable, "-m", "venv", "--without-pip", str(environment)], environment.parent)
    commands = environment / ("Scripts" if sys.platform == "win32" else "bin")
    python = commands / ("python.exe" if sys.platform == "win32" else "python")
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(run([str(python), "-c", ask], environment.parent).strip())
    (packages / "lent.pth").write_text("\n".join(site.getsitepackages()), encoding="utf-8")
    options = ["--no-deps", "--no-index", "--ignore-installed", "--disable-pip-version-check"]
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    run([*pip, *options, str(wheel)], environment.parent)
    return commands


def run(command: list[str], folder: Path, **variables: str) -> str:
    """Run `command` in `folder`, apart from the sources on PYTHONPATH; return what it printed."""
    environment = {**os.environ, **variables}
    environment.pop("PYTHONPATH", None)
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def test_the_wheel_holds_everything_that_maquette_reads(root: Path, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
    for package, folder in SOURCES.items():
        for path in (root / folder / package).rglob("*"):
            if path.is_dir() or "__pycache__" in path.parts:
                continue
            name = path.relative_to(root / folder).as_posix()
            assert sizes.get(name) == path.stat().st_size, name
    assert any(name.endswith(".safetensors") for name in sizes)
    assert any(name.endswith(".qm") for name in sizes)
    assert "maquette_resources/themes/style.qss" in sizes
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in sizes)


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert tops == {*SOURCES, f"maquette-{maquette.__version__}.dist-info"}


def test_the_installed_wheel_tells_its_version(installed: Path, tmp_path: Path) -> None:
    told = run([str(installed / "maquette"), "--version"], tmp_path)
    assert maquette.__version__ in told


def test_the_installed_wheel_has_the_recipe(installed: Path, tmp_path: Path) -> None:
    told = run([str(installed / "maquette-recipe"), "--help"], tmp_path)
    assert "evaluate" in told


def test_the_installed_wheel_is_what_runs(installed: Path, tmp_path: Path) -> None:
    ask = "import maquette, maquette_models, maquette_resources as r; print(maquette.__file__)"
    found = run([str(installed / "python"), "-c", ask], tmp_path)
    assert Path(found.strip()).is_relative_to(installed.parent)


def test_the_installed_wheel_makes_a_picture(installed: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "an unrelated folder 图片"
    elsewhere.mkdir()
    made = run(
        [
            str(installed / "maquette"), "generate", "a red ceramic mug on a wooden table",
            "--steps", "2", "--seed", "7", "--out", "pictures", "--json",
        ],
        elsewhere,
        MAQUETTE_HOME=str(tmp_path / "home"),
    )  # fmt: skip
    assert json.loads(made.splitlines()[-1])
    (picture,) = (elsewhere / "pictures").rglob("*.png")
    assert picture.read_bytes().startswith(b"\x89PNG")
