"""The window notices what became of files outside, and makes a damaged index anew."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from maquette.core.errors import LibraryDamaged, LibraryError
from maquette.library.gallery import Gallery
from maquette.library.importing import import_pictures
from maquette.library.pictures.backups import backups
from maquette.library.pictures.connections import Connections
from maquette.library.query import parse_query
from maquette.state.gallery import GalleryBrowser
from maquette.state.messages import translate_sentence
from maquette.state.notices import NextStep, Notices
from maquette.state.sentences import SENTENCES
from maquette.state.tasks import Tasks
from maquette.state.upkeep import Upkeep


class Parts:
    """A library with two imported pictures, and what looks after it."""

    def __init__(self, driver: Any, tmp_path: Path) -> None:
        self.driver = driver
        self.index = tmp_path / "data" / "library.sqlite3"
        self.pictures = tmp_path / "pictures"
        self.pictures.mkdir()
        for number in (1, 2):
            path = self.pictures / f"{number}.png"
            Image.new("RGB", (8, 8), (number, 0, 0)).save(path)
        connections = Connections.open(self.index)
        import_pictures(connections, None, [self.pictures])
        connections.close()
        self.notices = Notices()
        self.tasks = Tasks(self.report)
        self.browser = GalleryBrowser(lambda: Gallery.open(self.index), self.tasks)
        self.upkeep = Upkeep(
            index=self.index,
            ledger=tmp_path / "data" / "ledger.sqlite3",
            home=lambda: tmp_path / "home",
            trash_days=lambda: 30,
            browser=self.browser,
            notices=self.notices,
            tasks=self.tasks,
        )

    def report(self, error: BaseException) -> None:
        assert isinstance(error, LibraryError)
        self.notices.report(error)

    @property
    def said(self) -> str:
        notice = self.notices.value.notice
        return notice.text if notice else ""

    def find(self, query: str) -> list[str]:
        async def names() -> list[str]:
            gallery = await self.browser.gallery()
            found = gallery.pictures(gallery.find(parse_query(query)))
            return sorted(each.path.name for each in found)

        return self.driver.run(names())

    async def close(self) -> None:
        await self.upkeep.close()
        await self.tasks.stop()
        await self.browser.close()


@pytest.fixture
def parts(driver: Any, tmp_path: Path) -> Iterator[Parts]:
    made = Parts(driver, tmp_path)
    yield made
    driver.run(made.close())


def test_a_picture_whose_file_is_gone_is_missing_and_said(parts: Parts) -> None:
    parts.driver.run(parts.upkeep.look())
    assert parts.said == ""
    (parts.pictures / "1.png").unlink()
    parts.driver.run(parts.upkeep.look())
    assert parts.said.startswith("1 picture is missing")
    assert parts.find("in:missing") == ["1.png"]


def test_a_folder_that_is_not_there_is_said_once(parts: Parts, tmp_path: Path) -> None:
    parts.pictures.rename(tmp_path / "data" / "unplugged")
    parts.driver.run(parts.upkeep.look())
    assert f"The folder {parts.pictures} is not there" in parts.said
    parts.notices.dismiss()
    parts.driver.run(parts.upkeep.look())
    assert parts.said == ""
    (tmp_path / "data" / "unplugged").rename(parts.pictures)
    parts.driver.run(parts.upkeep.look())
    parts.pictures.rename(tmp_path / "data" / "unplugged")
    parts.driver.run(parts.upkeep.look())
    assert "is not there" in parts.said


def test_coming_back_to_the_window_looks_once_a_minute(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[None] = []
    run = parts.upkeep._reconciler.run
    monkeypatch.setattr(
        parts.upkeep._reconciler, "run", lambda *told: (looks.append(None), run(*told))[1]
    )
    parts.upkeep._soon.setInterval(1)
    for _ in range(3):
        parts.upkeep.look_soon()
    parts.driver.until(lambda: looks)
    parts.upkeep.look_soon()
    parts.driver.settle(0.1)
    assert len(looks) == 1


def test_a_damaged_index_is_made_anew_on_request(parts: Parts) -> None:
    parts.index.write_bytes(b"no database at all, " * 1000)
    with pytest.raises(LibraryDamaged) as raised:
        parts.find("")
    parts.notices.report(raised.value)
    notice = parts.notices.value.notice
    assert notice is not None
    assert notice.step is NextStep.REBUILD_LIBRARY
    parts.notices.dismiss()
    done: list[None] = []
    parts.upkeep.rebuilt.connect(lambda: done.append(None))
    parts.upkeep.start_rebuild()
    parts.driver.until(lambda: done)
    assert "The library's index was made anew; pictures in it: 0." in parts.said
    assert "could not be read from the old index" in parts.said
    assert parts.find("") == []
    kept = parts.index.with_name("library.sqlite3.before-rebuild")
    assert kept.read_bytes().startswith(b"no database at all")


def test_a_rebuild_that_is_refused_says_why(parts: Parts) -> None:
    assert parts.find("") == ["1.png", "2.png"]  # the index is open here
    parts.upkeep.start_rebuild()
    parts.driver.until(lambda: "The library is in use" in parts.said)
    assert parts.find("") == ["1.png", "2.png"]


@pytest.mark.parametrize(("language", "words"), [("en", "Rebuild"), ("zh_CN", "重建")])
def test_the_banner_offers_it(open_desk: Callable[..., Any], language: str, words: str) -> None:
    desk = open_desk(language=language)
    desk.studio.notices.report(LibraryDamaged("The library is damaged."))
    banner = desk.window.banner
    assert banner.step.isVisible()
    assert banner.step.text() == words
    banner.step.click()
    in_use = "The library is in use; close all windows and commands of Maquette, and try again."
    desk.driver.until(lambda: desk.notice == translate_sentence(in_use))


def test_what_is_said_is_known_to_the_translations() -> None:
    said = "The library /a/b.sqlite3 cannot be read (file is not a database); run maquette doctor "
    said += "--rebuild, which makes it anew from the pictures, which are safe."
    assert any(sentence.startswith("The library %1 cannot be read") for sentence in SENTENCES)
    assert translate_sentence(said) == said


def test_a_look_empties_the_old_trash_and_makes_the_daily_copy(parts: Parts) -> None:
    connections = Connections.open(parts.index)
    gallery = Gallery(connections)
    rows = gallery.find(parse_query(""))
    gallery.trash(rows)
    with connections.writing() as connection:
        connection.execute("UPDATE pictures SET trashed = '2026-01-01' WHERE id = ?", (rows[0],))
    connections.close()
    parts.driver.run(parts.upkeep.look())
    assert len(parts.find("in:trash")) == 1
    assert len(backups(parts.index)) == 1
