"""Contact sheets: everything is on them, nothing is a box, and they say what they are."""

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from maquette.core.contact_sheet import SheetPage, SheetPicture
from maquette.core.export_preset import ContactSheet, Paper, SheetKind
from maquette.core.marking import Marking
from maquette.provenance.metadata import read_image
from maquette.provenance.sheets import fonts
from maquette.provenance.sheets.drawing import draw_page
from maquette.provenance.sheets.fonts import font_for
from maquette.provenance.sheets.layout import layout_of
from maquette.provenance.sheets.sealing import seal_page

CREATED, TOOL = "2026-11-22T10:00:00+00:00", "Maquette 0.5"


def picture(folder: Path, name: str = "mug.png", colour: str = "#c03010") -> SheetPicture:
    path = folder / name
    Image.new("RGB", (96, 64), colour).save(path)
    return SheetPicture(path=os.fsencode(path), name=name, record_id="1F2E3D4C")


def page(*pictures: SheetPicture, sheet: ContactSheet | None = None) -> SheetPage:
    return SheetPage(
        sheet=sheet or ContactSheet(), pictures=pictures, number=1, pages=1, created=CREATED,
        tool=TOOL,
    )  # fmt: skip


@pytest.mark.parametrize("captions", [True, False])
@pytest.mark.parametrize("columns", range(1, 13))
@pytest.mark.parametrize("paper", Paper)
def test_pictures_lie_apart_within_the_margins(paper: Paper, columns: int, captions: bool) -> None:
    layout = layout_of(ContactSheet(paper=paper, columns=columns, captions=captions, title="x"))
    taken = np.zeros((layout.height, layout.width), bool)
    for index in range(layout.on_page):
        left, top = layout.place(index)
        box = taken[top : top + layout.side + 2 * layout.line, left : left + layout.side]
        assert not box.any()
        box[:] = True
    rows, across = np.nonzero(taken)
    assert across.min() >= layout.margin
    assert across.max() < layout.width - layout.margin
    assert rows.max() < layout.foot - layout.foot_size  # above the words of the foot


def test_pictures_captions_and_the_label_are_drawn(tmp_path: Path) -> None:
    mug = picture(tmp_path)
    sheet = ContactSheet(title="Espresso mug")
    drawn = draw_page(page(mug, sheet=sheet))
    layout = layout_of(sheet)
    left, top = layout.place(0)
    inside = drawn[top + layout.side - 20, left + 20]
    assert np.abs(inside.astype(int) - [192, 48, 16]).max() <= 2
    below = drawn[top + layout.side + 2 : top + layout.side + 2 * layout.line]
    assert (below[:, left : left + layout.side] < 128).any()
    assert (drawn[layout.margin : layout.top] < 128).any()
    foot = drawn[layout.foot - 2 * layout.foot_size :]
    assert (foot < 128).any()


def test_a_picture_that_is_gone_leaves_a_frame(tmp_path: Path) -> None:
    gone = SheetPicture(path=os.fsencode(tmp_path / "gone.png"), name="gone.png")
    layout = layout_of(ContactSheet())
    left, top = layout.place(0)
    square = draw_page(page(gone))[top : top + layout.side, left : left + layout.side]
    assert (square[0] < 255).all()
    assert (square[10, 40:-1] == 255).all()


@pytest.mark.parametrize("name", ["\U0001f9ff bead.png", "\u202egnp.exe\x00", "x" * 5_000, "\n"])
def test_odd_names_do_no_harm(tmp_path: Path, name: str) -> None:
    mug = picture(tmp_path)
    odd = SheetPicture(path=mug.path, name=name)
    layout = layout_of(ContactSheet())
    left, top = layout.place(0)
    drawn = draw_page(page(odd))
    right_of_it = drawn[top:, left + layout.side : left + layout.side + layout.gap]
    assert (right_of_it[: layout.side + 2 * layout.line] == 255).all()


def test_what_no_font_has_is_left_out_and_not_a_box(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_system_fonts", lambda: ())
    assert font_for("mug", 20) is not None
    assert font_for("杯子", 20) is None
    assert font_for("mug \U0001f9ff", 20) is None


def test_chinese_is_drawn_where_there_is_a_font() -> None:
    font = font_for("浓缩咖啡杯 mug", 20)
    if font is None:
        pytest.skip("this computer has no Chinese font")
    drawn = set()
    for sign in "浓缩咖啡杯":
        image = Image.new("L", (40, 40))
        ImageDraw.Draw(image).text((4, 4), sign, fill=255, font=font)
        drawn.add(image.tobytes())
    assert len(drawn) == 5


@pytest.mark.parametrize("kind", SheetKind)
def test_a_page_says_that_it_is_put_together_from_pictures_by_ai(
    tmp_path: Path, kind: SheetKind
) -> None:
    made = seal_page(page(picture(tmp_path)), kind, Marking())
    pixels, metadata = read_image(made.file)
    assert pixels.shape == (made.height, made.width, 3)
    assert metadata.format == ("PNG" if kind is SheetKind.PNG else "JPEG")
    assert metadata.xmp is not None
    assert metadata.xmp.source_type == "compositeWithTrainedAlgorithmicMedia"
    assert metadata.xmp.tool == TOOL
    assert metadata.record is None
    assert metadata.problems == ()
