"""What happens to pictures that are to be checked, and the forms their reports leave in."""

import asyncio
import csv
import io
from pathlib import Path
from typing import Any

import msgspec
import pytest

from maquette.core.errors import ImageError, SaveError
from maquette.core.report import Evidence, Outcome, Report, Source, Verdict
from maquette.state.check_reports import (
    report_text,
    reports_csv,
    reports_json,
    visible_text,
    write_reports,
)
from maquette.state.checks import Checks, CheckState, Order
from maquette.state.tasks import Tasks
from maquette.state.verdicts import BY_URGENCY, VERDICTS


def report(name: str, verdict: Verdict = Verdict.NOTHING_FOUND, **more: Any) -> Report:
    values = {
        "name": name, "format": "png", "width": 3, "height": 4, "file_bytes": 1234,
        "verdict": verdict, "sentence": "It is so.",
        "evidence": (Evidence(Source.LABEL, Outcome.BAD, "The label is gone.", "code 7"),),
    }  # fmt: skip
    return Report(**(values | more))


class Marker:
    """Answers with the verdict that a file is named after; waits while `gate` is shut."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.gate.set()
        self.asked: list[str] = []

    async def check(self, source: Path | bytes, name: str = "") -> Report:
        self.asked.append(name)
        await self.gate.wait()
        if name.startswith("broken"):
            raise ImageError("The file is damaged; choose another one.")
        if name.startswith("bug"):
            raise ZeroDivisionError
        verdicts = [verdict for verdict in Verdict if name.startswith(verdict)]
        return report(name, verdicts[0] if verdicts else Verdict.NOTHING_FOUND)


class Bench:
    """Checks with a marker, on a running loop."""

    def __init__(self) -> None:
        self.marker = Marker()
        self.errors: list[BaseException] = []
        self.tasks = Tasks(self.errors.append)
        self.checks = Checks(self.marker, self.tasks)

    @property
    def states(self) -> list[CheckState]:
        return [check.state for check in self.checks.list.value.checks]

    @property
    def names(self) -> list[str]:
        return [check.name for check in self.checks.list.value.checks]

    async def settle(self, count: int) -> None:
        async with asyncio.timeout(10):
            while len(self.states) < count or self.checks.list.value.pending:
                await asyncio.sleep(0.002)


def test_pictures_are_checked_in_order_and_the_first_is_looked_at(qapp):
    async def play() -> None:
        bench = Bench()
        bench.checks.add_files(["/a/one.png", "/a/broken.png", "/a/tampered.png"])
        await bench.settle(3)
        assert bench.states == [CheckState.DONE, CheckState.FAILED, CheckState.DONE]
        value = bench.checks.list.value
        assert value.shown is not None
        assert value.shown.name == "one.png"
        assert value.checks[1].message == "The file is damaged; choose another one."
        assert value.checks[2].report is not None
        assert value.checks[2].report.verdict is Verdict.TAMPERED

    asyncio.run(play())


def test_the_picture_that_is_looked_at_is_checked_next(qapp):
    async def play() -> None:
        bench = Bench()
        bench.marker.gate.clear()
        bench.checks.add_files([f"/a/{n}.png" for n in range(5)])
        while not bench.marker.asked:
            await asyncio.sleep(0.002)
        bench.checks.select(4)
        bench.marker.gate.set()
        await bench.settle(5)
        assert bench.marker.asked == ["0.png", "3.png", "1.png", "2.png", "4.png"]

    asyncio.run(play())


def test_a_file_that_comes_again_is_checked_again_and_not_listed_twice(qapp):
    async def play() -> None:
        bench = Bench()
        bench.checks.add_files(["/a/x.png", "/a/y.png"])
        await bench.settle(2)
        bench.checks.add_files(["/a/y.png"])
        while len(bench.marker.asked) < 3:
            await asyncio.sleep(0.002)
        await bench.settle(2)
        assert bench.names == ["x.png", "y.png"]
        assert bench.checks.list.value.shown.name == "y.png"

    asyncio.run(play())


def test_folders_give_their_pictures_and_nothing_else(qapp, tmp_path):
    for name in ("b.JPG", "a.png", "notes.txt", "deeper/c.avif"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")

    async def play() -> None:
        bench = Bench()
        bench.checks.add_files([str(tmp_path)])
        await bench.settle(3)
        assert bench.names == ["a.png", "b.JPG", "c.avif"]

    asyncio.run(play())


def test_stopping_ends_what_waits_and_one_of_it_can_be_checked_again(qapp):
    async def play() -> None:
        bench = Bench()
        bench.marker.gate.clear()
        bench.checks.add_files(["/a/1.png", "/a/2.png", "/a/3.png"])
        while not bench.marker.asked:
            await asyncio.sleep(0.002)
        bench.checks.stop()
        assert bench.states == [CheckState.STOPPED] * 3
        bench.marker.gate.set()
        await asyncio.sleep(0.02)
        assert bench.states == [CheckState.STOPPED] * 3
        bench.checks.again(2)
        await bench.settle(3)
        assert bench.states == [CheckState.STOPPED, CheckState.DONE, CheckState.STOPPED]

    asyncio.run(play())


def test_an_unexpected_error_is_reported_and_leaves_nothing_checking_for_ever(qapp):
    async def play() -> None:
        bench = Bench()
        bench.checks.add_files(["/a/bug.png", "/a/2.png"])
        async with asyncio.timeout(10):
            while not bench.errors:
                await asyncio.sleep(0.002)
        assert bench.states == [CheckState.STOPPED] * 2
        assert isinstance(bench.errors[0], ZeroDivisionError)

    asyncio.run(play())


def test_removing_looks_at_the_neighbour_and_clearing_at_nothing(qapp):
    async def play() -> None:
        bench = Bench()
        bench.checks.add_files(["/a/1.png", "/a/2.png", "/a/3.png"])
        await bench.settle(3)
        bench.checks.select(2)
        bench.checks.remove(2)
        assert bench.checks.list.value.selected == 3
        bench.checks.remove(3)
        assert bench.checks.list.value.selected == 1
        bench.checks.clear()
        assert bench.checks.list.value.checks == ()
        assert bench.checks.list.value.shown is None

    asyncio.run(play())


def test_sorting_by_verdict_puts_what_is_wrong_first_and_what_is_added_in_place(qapp):
    async def play() -> None:
        bench = Bench()
        bench.checks.sort(Order.VERDICT)
        names = [f"{verdict.value}.png" for verdict in reversed(BY_URGENCY)]
        bench.checks.add_files([f"/a/{name}" for name in ["broken.png", *names]])
        await bench.settle(len(names) + 1)
        assert bench.names == [f"{verdict.value}.png" for verdict in BY_URGENCY] + ["broken.png"]
        bench.checks.sort(Order.NAME)
        assert bench.names == sorted(bench.names)
        bench.checks.sort(Order.ADDED)
        assert bench.names == ["broken.png", *names]

    asyncio.run(play())


def test_every_verdict_has_words_and_a_place_in_the_order():
    assert set(VERDICTS) == set(BY_URGENCY) == set(Verdict)
    assert len({look.heading for look in VERDICTS.values()}) == len(Verdict)


def test_the_text_of_a_report_tells_verdict_evidence_and_history(qapp):
    text = report_text(
        report("a.png", Verdict.TAMPERED, record_id="7F3A91C2", history=("It was scaled.",))
    )
    for part in ("a.png · 3 × 4 · PNG · 1 KB", "Tampered", "It is so.", "7F3A-91C2",
                 "✕ The label is gone. (missing or broken)", "It was scaled."):  # fmt: skip
        assert part in text
    assert "code 7" not in text


def test_reports_as_json_read_back_as_reports():
    reports = [report("a.png"), report("b\N{RIGHT-TO-LEFT OVERRIDE}.png", Verdict.SIMILAR)]
    assert msgspec.json.decode(reports_json(reports), type=list[Report]) == reports


@pytest.mark.parametrize("name", ["=1+1.png", "+x", "-x", "@SUM(A1)", "\tx"])
def test_no_name_becomes_a_formula_in_a_spreadsheet(name):
    rows = list(csv.DictReader(io.StringIO(reports_csv([report(name)]).decode("utf-8-sig"))))
    assert rows[0]["name"] == "'" + name
    assert rows[0]["verdict"] == "nothing_found"


def test_names_show_no_characters_that_turn_or_hide_text():
    assert visible_text("photo\N{RIGHT-TO-LEFT OVERRIDE}gpj.exe\n") == "photo gpj.exe"
    assert visible_text("照片 für.png") == "照片 für.png"


def test_reports_that_cannot_be_written_are_one_sentence_and_change_nothing(tmp_path):
    target = tmp_path / "r.json"
    write_reports(target, [report("a")])
    before = target.read_bytes()
    blocked = tmp_path / "file" / "r.csv"
    blocked.parent.write_bytes(b"no folder")
    with pytest.raises(SaveError, match=r"could not be saved as r\.csv"):
        write_reports(blocked, [report("a")])
    assert target.read_bytes() == before
