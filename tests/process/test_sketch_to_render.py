"""From an empty paper to renders that follow it, in the real window with a real worker.

The window is a process of its own, so that it can be killed; `sketch_acts` is what is done in it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from PIL import Image

from maquette.core.control import ControlKind
from maquette.core.model_files import built_in_model

pytestmark = pytest.mark.skipif(
    ControlKind.SKETCH not in built_in_model()[1].controls,
    reason="the built-in model cannot follow sketches",
)

ENOUGH = 0.6  # the least fidelity of a render that follows its sketch


class Play:
    """A process with the window, and what it has told."""

    def __init__(self, home: Path, act: str) -> None:
        self.told: dict[str, dict[str, Any]] = {}
        self._log = home.with_name(f"{act}.log")
        with self._log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.process.sketch_acts", act, str(home.parent)],
                env=os.environ
                | {
                    "MAQUETTE_HOME": str(home),
                    "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
                },
                cwd=Path(__file__).parents[2],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def until(self, step: str = "") -> dict[str, Any]:
        """What is told at `step`; without one, everything that is told until the end."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            facts = json.loads(line)
            self.told[facts["step"]] = facts
            if facts["step"] == step:
                return facts
        status = self.process.wait()
        assert not status, self._log.read_text()
        assert not step, f"the window closed before it told of {step!r}"
        return {}

    def close(self) -> None:
        """Leave no process behind, whatever has happened."""
        try:
            family = [psutil.Process(self.process.pid)]
            family += family[0].children(recursive=True)
        except psutil.NoSuchProcess:
            family = []
        for each in family:
            each.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Any]:
    """Opens windows over the same home folder; nothing of them is left behind."""
    home = tmp_path / "home"
    home.mkdir()
    plays: list[Play] = []

    def begin(act: str) -> Play:
        plays.append(Play(home, act))
        return plays[-1]

    yield begin
    for each in plays:
        each.close()


def test_a_mug_is_drawn_rendered_changed_and_there_after_a_kill(play: Any) -> None:
    """One story: each step stands on the one before."""
    first = play("make")
    before = first.until("open")
    first.process.kill()
    first.process.wait()
    told = first.told

    # Drawn with the pen and asked for in words: the render follows, and the window says so.
    copper = told["copper"]
    assert copper["prompt"] == "a polished copper mug on a wooden table"
    assert copper["fidelity"]["score"] >= ENOUGH
    assert f"Fidelity {copper['fidelity']['score']:.2f}" in copper["badge"]

    # Another material: the words change and the sketch stays.
    glass = told["blue glass"]
    assert glass["prompt"] == "a blue glass mug on a wooden table"
    assert glass["sketch"] == copper["sketch"]
    assert glass["id"] != copper["id"]
    assert not pictures_alike(glass["path"], copper["path"])

    # Undo takes the handle back; on a layer of lines to keep it is drawn again, and locked.
    drawn, left = told["undo"]["ink"]
    assert 0 < left < drawn
    assert told["handle"]["role"] == "keep"
    assert told["handle"]["locked"]
    assert told["handle"]["kept"]
    again = told["again"]
    assert again["prompt"] == glass["prompt"]
    assert again["fidelity"]["locked_recall"] is not None
    assert glass["fidelity"]["locked_recall"] is None

    # Killed while the board was being made: everything is there, to the last stroke.
    second = play("look")
    after = second.until("again")
    assert after | {"step": "open"} == before
    assert [layer["role"] for layer in after["layers"]] == ["lines", "keep"]
    assert after["undo"] > 0

    # The board is made to its end, and no picture is missing.
    second.until()
    assert len(second.told["board"]["cells"]) == 9
    pictures = {each["id"]: each for each in second.told["pictures"]["pictures"]}
    assert {copper["id"], glass["id"], again["id"]} <= pictures.keys()
    assert set(before["boards"][0]["records"]) <= pictures.keys()
    assert len({pictures[record]["prompt"] for record in before["boards"][0]["records"]}) == 9
    for picture in pictures.values():
        with Image.open(picture["path"]) as image:
            image.load()
        assert picture["fidelity"]

    # What was drawn before the kill can be undone after it; the project has what was saved.
    saved = told["project"]
    assert second.told["undone"]["layers"] == saved["layers"]
    opened = second.told["project"]
    assert opened["layers"] == saved["layers"]
    assert opened["name"] == saved["name"] == "mug 杯子"
    assert opened["panel"]["prompt"] == saved["panel"]["prompt"]
    assert opened["panel"]["sketch"] == saved["panel"]["sketch"]
    assert opened["drawing"] != saved["drawing"]


def pictures_alike(one: str, other: str) -> bool:
    """Whether two files show the same to the last pixel."""
    with Image.open(one) as first, Image.open(other) as second:
        return first.convert("RGB").tobytes() == second.convert("RGB").tobytes()


def test_live_pictures_follow_the_pen_through_a_kill_and_a_flood(play: Any) -> None:
    """One window through all of it, since every start of torch takes long."""
    running = play("live")
    running.until()
    told = running.told

    # The pen is lifted: a quick picture comes, then a fine one; neither is a job.
    up = told["pen up"]
    assert up["quick"] >= 1
    assert up["refined"]
    assert up["shown"]
    assert "live" in up["words"]
    assert up["jobs"] == 0

    # The worker is killed: one sentence, and live goes on with another one.
    killed = told["killed"]
    assert "live goes on by itself" in killed["notice"]
    assert killed["notice"].count(". ") == 0
    assert killed["replaced"]
    assert killed["is_on"]

    # What is shown is kept in full quality, through the queue.
    kept = told["kept"]
    assert kept["same"]
    assert kept["fidelity"]
    assert Path(kept["path"]).is_file()

    # Strokes faster than pictures: one request is made and at most one waits.
    assert told["flood"]["shown"] >= 1
    assert told["flood"]["most"] <= 2
    assert not told["stopped"]["is_on"]
