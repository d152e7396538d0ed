"""The store of styles: what people do with them, with real files, and what they are told."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from maquette.core.style import Style, StyleGroup, Words
from maquette.library.styles.shipped import shipped_styles
from maquette.state.notices import NextStep, Notices
from maquette.state.session import Session
from maquette.state.store import Store
from maquette.state.styles import Styles
from maquette.state.tasks import Tasks

INK = Style(
    id="0123456789abcdef", name=Words("Ink"), group=StyleGroup.INK, prompt=Words("ink, {prompt}")
)


class Offered:
    """LoRAs on offer."""

    def __init__(self) -> None:
        self.places: tuple[str, ...] = ()

    async def offer(self, place: str) -> None:
        self.places = (*self.places, place)


class Bench:
    """Styles in a folder; `do` waits for what a command has started."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.session = Store(Session(prompt="a mug"))
        self.notices = Notices()
        self.failed: list[BaseException] = []
        self.loras = Offered()
        self.styles = self.fresh()

    def fresh(self) -> Styles:
        """Another window's view of the same folder."""
        self.tasks = Tasks(self.failed.append)
        return Styles(self.folder, self.session, self.notices, self.tasks, self.loras)

    def do(self, *commands: Callable[[], object]) -> None:
        async def run() -> None:
            for command in commands:
                command()
                while self.tasks._running:
                    await asyncio.gather(*self.tasks._running, return_exceptions=True)

        with asyncio.Runner() as runner:
            asyncio.set_event_loop(runner.get_loop())
            runner.run(run())

    @property
    def told(self) -> str:
        notice = self.notices.value.notice
        return notice.text if notice else ""


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    made = Bench(tmp_path / "styles")
    made.do(made.styles.load)
    return made


def test_shipped_styles_come_first_and_cannot_be_deleted_or_overwritten(bench: Bench) -> None:
    shipped = shipped_styles()
    assert bench.styles.value.styles == shipped
    changed = msgspec.structs.replace(shipped[0], steps=3)
    bench.do(lambda: bench.styles.delete(shipped[0].id), lambda: bench.styles.keep(changed))
    assert bench.styles.value.styles[: len(shipped)] == shipped
    (own,) = bench.styles.value.own
    assert bench.styles.find(own) == msgspec.structs.replace(changed, id=own)


def test_what_is_deleted_is_told_and_comes_back(bench: Bench) -> None:
    bench.do(lambda: bench.styles.keep(INK), lambda: bench.styles.delete(INK.id))
    assert bench.styles.find(INK.id) is None
    notice = bench.notices.value.notice
    assert notice is not None
    assert (notice.step, notice.subject) == (NextStep.UNDO_STYLE, INK.id)
    bench.do(lambda: bench.styles.restore(INK.id))
    assert bench.styles.find(INK.id) == INK


def test_a_copy_has_a_name_of_its_own(bench: Bench) -> None:
    first = shipped_styles()[0]
    bench.do(lambda: bench.styles.duplicate(first.id), lambda: bench.styles.duplicate(first.id))
    copies = [bench.styles.find(each) for each in bench.styles.value.own]
    assert {copy.name.en for copy in copies if copy} == {"Oil painting 2", "Oil painting 3"}
    assert {copy.name.zh for copy in copies if copy} == {"油画 2", "油画 3"}


def test_favourites_are_there_again(bench: Bench) -> None:
    bench.do(lambda: bench.styles.set_favourite("oil", is_favourite=True))
    bench.do(lambda: bench.styles.set_favourite("clay", is_favourite=True))
    bench.do(lambda: bench.styles.set_favourite("clay", is_favourite=False))
    again = bench.fresh()
    bench.do(again.load)
    assert again.value.favourites == {"oil"}


def test_an_edited_style_that_is_on_stays_on_as_it_is_now(bench: Bench) -> None:
    bench.do(lambda: bench.styles.keep(INK))
    bench.styles.choose(INK.id)
    edited = msgspec.structs.replace(INK, steps=9)
    bench.do(lambda: bench.styles.keep(edited))
    assert bench.styles.chosen == edited
    assert bench.session.value.steps == 9
    bench.styles.clear()
    assert bench.session.value == Session(prompt="a mug")


def test_files_are_given_away_and_taken_in(bench: Bench, tmp_path: Path) -> None:
    out = tmp_path / "both.maquette-style"
    bench.do(lambda: bench.styles.keep(INK))
    bench.do(lambda: bench.styles.give_away([INK.id, "oil"], str(out)))
    assert bench.told == "2 styles were saved as both.maquette-style."
    bench.do(lambda: bench.styles.delete(INK.id))
    bad = tmp_path / "bad.txt"
    bad.write_text("x")
    bench.do(lambda: bench.styles.take_in([str(out), str(bad)]))
    assert bench.styles.find(INK.id) == INK
    assert bench.told.splitlines()[0] == "The style “Ink” was added."
    assert bench.told.splitlines()[1].startswith("bad.txt is no file of styles;")
    bench.notices.dismiss()
    bench.do(lambda: bench.styles.take_in([str(out)]))
    assert bench.told == "All styles of both.maquette-style are here already."


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "styles").write_text("a file in its place")
    bench = Bench(tmp_path / "styles")
    bench.do(bench.styles.load)
    bench.do(lambda: bench.styles.keep(INK))
    (error,) = bench.failed
    assert str(error).startswith("The styles could not be saved as ")
    assert bench.styles.find(INK.id) is None
