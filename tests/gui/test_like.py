"""The style image: dropped, pasted, weighed, taken away and back; recipes say the same."""

import io
import pickle
import shutil

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage

from maquette.core.errors import ImageError
from maquette.core.pixels import pixel_digest
from maquette.state.like_sentences import LIKE_SENTENCES
from maquette.state.messages import _pattern
from maquette.state.pictures import fit_pixels
from maquette.state.sentences import SENTENCES
from maquette.state.session import LikeChoice

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

SIZE = (90, 60)


@pytest.fixture
def row(desk):
    return desk.window.style_panel.like


def leaves():
    """RGB pixels of green grain."""
    return np.random.default_rng(2).integers(0, 200, (SIZE[1], SIZE[0], 3)).astype(np.uint8)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "leaves & <b>grass.png"
    Image.fromarray(leaves()).save(path)
    return path


def drop(row, *paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(4, 4),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    row.dropEvent(event)


def choice(desk):
    return desk.studio.session.value.like


def take(desk, row, file):
    drop(row, file)
    desk.driver.until(lambda: choice(desk) is not None)


def test_what_is_dropped_is_weighed_and_goes_into_the_recipe(desk, row, file):
    assert row.browse.isVisibleTo(row)
    take(desk, row, file)
    assert row.file.whole == f"Like {file.name}"
    assert not row.thumbnail.pixmap().isNull()
    assert not row.browse.isVisibleTo(row)
    row.field.setValue(85)
    desk.press("generate")
    desk.driver.until(lambda: desk.client.asked)
    like = desk.client.asked[0].like
    assert like.strength == 0.85
    side = desk.client.asked[0].width
    assert np.array_equal(desk.client.images[0][like.digest], fit_pixels(leaves(), side, side))


def test_at_zero_the_recipe_is_the_one_without(desk, row, file):
    take(desk, row, file)
    row.slider.setValue(0)
    desk.press("generate")
    desk.driver.until(lambda: desk.client.asked)
    assert desk.client.asked[0].like is None
    assert not desk.client.images[0]


def test_what_is_taken_away_comes_back_as_it_was(desk, row, file):
    take(desk, row, file)
    row.field.setValue(30)
    row.clear.click()
    assert choice(desk) is None
    assert row.undo.isVisibleTo(row)
    row.undo.click()
    desk.driver.until(lambda: choice(desk) is not None)
    assert choice(desk) == LikeChoice(str(file), 30)
    assert not row.undo.isVisibleTo(row)


def test_a_picture_is_pasted_without_a_file(desk, row):
    pixels = leaves()
    image = QImage(pixels.data, *SIZE, 3 * SIZE[0], QImage.Format.Format_RGB888).copy()
    QGuiApplication.clipboard().setImage(image)
    row.paste.click()
    desk.driver.until(lambda: choice(desk) is not None)
    assert pixel_digest(np.asarray(Image.open(choice(desk).path))) == pixel_digest(pixels)
    assert row.file.whole == "Like this picture"
    QGuiApplication.clipboard().clear()
    row.clear.click()
    row.paste.click()
    assert "no picture on the clipboard" in desk.notice


def test_a_recipe_brings_its_style_image_back_and_makes_the_same(desk, row, file):
    take(desk, row, file)
    desk.press("generate")
    desk.driver.until(lambda: desk.results.shown is not None)
    file.unlink()
    row.clear.click()
    desk.press("reuse")
    desk.driver.until(lambda: choice(desk) is not None)
    desk.press("generate")
    desk.driver.until(lambda: len(desk.client.asked) == 2)
    first, second = desk.client.asked
    assert second.like == first.like
    desk.driver.until(lambda: desk.results.shown is not None)
    desk.press("vary")
    desk.driver.until(lambda: len(desk.client.asked) == 3)
    assert desk.client.asked[2].like == first.like


def test_a_style_image_that_is_gone_is_named(desk, row, file):
    take(desk, row, file)
    desk.press("generate")
    desk.driver.until(lambda: desk.results.shown is not None)
    recipe = desk.results.shown.record.recipe
    shutil.rmtree(desk.home / "data" / "ingredients")
    desk.studio.commands.lay_out(recipe)
    desk.driver.until(lambda: "style image" in desk.notice)
    assert choice(desk) is None


def test_a_picture_of_ours_becomes_the_style_image(desk, row):
    desk.press("generate")
    desk.driver.until(lambda: desk.results.shown is not None)
    shown = desk.results.shown
    desk.press("use_like")
    desk.driver.until(lambda: choice(desk) is not None)
    assert choice(desk) == LikeChoice(shown.path, 60, shown.record.id)


def odd_files():
    """(name, content) of pictures that are none, or not as they seem."""
    grey = Image.fromarray(leaves()[:, :, 0].astype(np.uint16) << 8)
    frames = [Image.new("RGB", SIZE, colour) for colour in ("red", "blue")]
    alpha = Image.new("RGBA", SIZE, (255, 0, 0, 0))
    exif = Image.Exif()
    exif[0x0112] = 6
    for name, image, options in (
        ("sixteen.png", grey, {}),
        ("moving.gif", frames[0], {"save_all": True, "append_images": frames[1:]}),
        ("clear.png", alpha, {}),
        ("print.jpg", Image.new("CMYK", SIZE, (0, 255, 255, 0)), {}),
        ("turned.jpg", frames[1], {"exif": exif}),
        ("thin.png", Image.new("RGB", (1, 4000), "green"), {}),
    ):
        file = io.BytesIO()
        form = {"jpg": "JPEG", "png": "PNG", "gif": "GIF"}[name.rpartition(".")[2]]
        image.save(file, form, **options)
        yield name, file.getvalue()


def test_odd_pictures_become_rgb_of_the_recipes_size(desk, tmp_path):
    for name, content in odd_files():
        path = tmp_path / name
        path.write_bytes(content)
        _like, pixels = desk.driver.run(desk.studio.likes.fit(LikeChoice(str(path)), 64, 48))
        assert (pixels.shape, pixels.dtype) == ((48, 64, 3), np.uint8), name
        if name == "clear.png":
            assert pixels.min() == 255


def test_what_is_no_picture_is_refused_with_a_sentence(desk, row, tmp_path):
    huge = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(huge, "PNG")
    for name, content in (("model.png", pickle.dumps([1])), ("huge.png", huge.getvalue())):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(ImageError, match=name):
            desk.driver.run(desk.studio.likes.fit(LikeChoice(str(path)), 64, 64))
        drop(row, path)
        desk.driver.until(lambda name=name: name in desk.notice)
        assert choice(desk) is None
    drop(row, tmp_path / "words.txt")
    assert choice(desk) is None


def test_the_desk_forgets_a_style_image_that_is_gone(desk, file):
    session = desk.studio.session
    session.update(like=LikeChoice(str(file.with_name("gone.png"))))
    desk.driver.run(desk.studio.likes.restore())
    assert session.value.like is None
    assert "gone.png" in desk.notice


@pytest.mark.parametrize("template", LIKE_SENTENCES)
def test_every_sentence_is_taken_for_itself(template):
    said = template.replace("%1", "2.5")
    assert next(text for text in SENTENCES if _pattern(text).fullmatch(said)) == template
