"""Rows of objects stand apart, in the order that is told, and shards give back what was drawn."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch

from maquette_recipe.config import RenderConfig, load_config
from maquette_recipe.data.generate import planned_form, render_all, render_shard
from maquette_recipe.data.shards import VALIDATION_EVERY, open_pictures, write_shard
from maquette_recipe.render.batch import RenderedBatch, draw_looks, render_batch
from maquette_recipe.render.camera import ROW_FILL, sample_pose
from maquette_recipe.render.compose import LENGTHS, arrange, sample_row
from maquette_recipe.render.forms import form_named
from maquette_recipe.render.lines import line_drawing
from maquette_recipe.render.trace import GeometryBuffer, trace_frame, trace_things
from maquette_recipe.world import FORMS, FURNITURE, Attributes, Thing, is_held_out

SMALL = 48
ROW = Attributes(
    "bottle", "red", "matte", "grey", "three_quarter", "front", "left",
    others=(Thing("mug", "blue", "matte"), Thing("speaker", "green", "matte")),
)  # fmt: skip


def traced(scene: Attributes, seed: int, size: int = SMALL) -> GeometryBuffer:
    rng = np.random.default_rng(seed)
    row = arrange(rng, scene, torch.device("cpu"))
    pose = sample_pose(rng, form_named(scene.form), [scene], ROW_FILL)
    return trace_frame(row, pose, size, 2)


def tiny(**changes: object) -> RenderConfig:
    plan = msgspec.structs.replace(
        load_config().render, size=16, supersample=1, batch=2, shard_batches=2, looks=2
    )
    return msgspec.structs.replace(plan, **changes)


@pytest.mark.parametrize("held_out", [False, True])
def test_rows_keep_to_their_part_of_the_combinations(held_out: bool) -> None:
    rng = np.random.default_rng(0)
    for _ in range(150):
        row = sample_row(rng, held_out=held_out)
        assert 1 <= len(row.others) <= 2
        for look in (row, *draw_looks(rng, row, 2, held_out=held_out)):
            assert look.accent == ""
            assert [o.form for o in look.others] == [o.form for o in row.others]
            for thing in (look, *look.others):
                assert is_held_out(thing.form, thing.colour, thing.material) is held_out


def test_furniture_stands_with_furniture_only() -> None:
    rng = np.random.default_rng(1)
    rows = [sample_row(rng, form=form) for form in FORMS for _ in range(4)]
    for row in rows:
        assert {(o.form in FURNITURE) for o in row.others} == {row.form in FURNITURE}
    assert {len(row.others) for row in rows} == {1, 2}


def test_every_form_has_a_usual_length() -> None:
    assert set(LENGTHS) == set(FORMS)


@pytest.mark.parametrize("seed", range(4))
def test_things_are_numbered_from_left_to_right_and_lie_in_the_picture(seed: int) -> None:
    buffer = traced(ROW, seed)
    column = (buffer.index % buffer.samples).float()
    means = [column[buffer.thing == i].mean().item() for i in range(3)]
    assert means == sorted(means)
    row = buffer.index // buffer.samples
    for place in (column, row):
        assert place.min() > 0
        assert place.max() < buffer.samples - 1
    assert column.max() - column.min() > 0.6 * buffer.samples


@pytest.mark.parametrize("forms", [("mug", "teapot"), ("chair", "table"), ("car", "planter")])
def test_objects_of_a_row_do_not_touch(forms: tuple[str, str]) -> None:
    scene = Attributes(
        forms[0], "red", "matte", "grey", "eye", "left", "left",
        others=(Thing(forms[1], "blue", "matte"),),
    )  # fmt: skip
    for seed in range(2):
        row = arrange(np.random.default_rng(seed), scene, torch.device("cpu"))
        middle = (row.things[0].offset + row.things[1].offset) / 2
        steps = torch.linspace(-1, 1, 28)
        x, y, z = torch.meshgrid(
            steps + middle[0, 0], steps + 1, steps + middle[0, 1], indexing="ij"
        )
        points = torch.stack([x.flatten(), y.flatten(), z.flatten()], -1)
        owner = torch.zeros(len(points), dtype=torch.int64)
        first, second = (thing.distance(points, owner) for thing in row.things)
        assert (first < 0).any()
        assert (second < 0).any()
        assert not ((first < 0) & (second < 0)).any()


def test_local_positions_are_in_the_objects_own_units() -> None:
    buffer = traced(ROW, 0)
    for i, form in enumerate(("bottle", "mug", "speaker")):
        lowest, highest = form_named(form).ranges["height"]
        top = buffer.local[buffer.thing == i, 1].max()
        assert 0.9 * lowest < top < 1.15 * highest


def test_a_line_is_drawn_where_one_object_hides_another() -> None:
    scene = Attributes(
        "vase", "red", "matte", "grey", "eye", "front", "left",
        others=(Thing("vase", "red", "matte"),),
    )  # fmt: skip
    rng = np.random.default_rng(0)
    row = arrange(rng, scene, torch.device("cpu"))
    # The second vase comes to stand behind the first.
    row.things[1].offset[:] = row.things[0].offset + torch.tensor([[0.12, -0.6]])
    pose = sample_pose(rng, form_named("vase"), [scene], ROW_FILL)
    buffer = trace_frame(row, pose, SMALL, 2)
    grid = torch.full((buffer.samples**2,), -1)
    grid[buffer.index] = buffer.thing
    grid = grid.view(buffer.samples, -1)
    border = (grid[:, :-1] == 0) & (grid[:, 1:] == 1)
    assert border.sum() > 10
    rows, columns = border.nonzero().T
    assert line_drawing(buffer, SMALL)[0, 0, rows // 2, columns // 2].max() < 0.8


def test_objects_shade_each_other() -> None:
    rng = np.random.default_rng(0)
    row = arrange(rng, ROW, torch.device("cpu"))
    pose = sample_pose(rng, form_named("bottle"), [ROW], ROW_FILL)
    pose.light[:] = torch.nn.functional.normalize(torch.tensor([[-1.0, 0.35, 0.0]]), dim=-1)
    for thing in row.things:
        thing.offset[:, 1] = 0
    together = trace_frame(row, pose, SMALL, 2)
    alone = trace_things(row.things[1:2], pose, row.centre, row.radius(pose), SMALL, 2)
    mug = together.thing == 1
    assert together.shadow[mug].mean() < alone.shadow.mean() - 0.08


def test_depth_covers_the_objects_and_grows_towards_the_camera() -> None:
    batch = render_batch(
        "bottle", np.random.default_rng(0), count=2, looks=1, size=2 * SMALL, supersample=2
    )
    for depth, lines in zip(batch.depth, batch.lines, strict=True):
        assert depth.min() == 0
        assert depth.max() == 255
        inside = depth > 0
        assert 0.05 < inside.mean() < 0.7
        assert np.median(lines[inside]) > 200
        across = depth[SMALL + 16]
        left, right = np.flatnonzero(across)[[0, -1]]
        assert across[(left + right) // 2] > max(across[left], across[right])


def test_batches_are_planned_evenly() -> None:
    plan = [planned_form(n, 0.1) for n in range(560 * 2)]
    assert plan.count(None) == 112
    counts = [plan.count(form) for form in FORMS]
    assert max(counts) - min(counts) == 0
    assert None not in [planned_form(n, 0.0) for n in range(200)]


def test_shards_give_back_what_was_rendered(tmp_path: Path) -> None:
    plan = tiny(row_share=0.5)
    render_shard(tmp_path, 0, plan, 3, held_out=False, device="cpu")
    render_shard(tmp_path, 4, plan, 3, held_out=False, device="cpu")
    pictures = open_pictures(tmp_path)
    assert len(pictures) == 2 * 2 * 2 * 2
    single = render_batch(
        planned_form(0, 0.5), np.random.default_rng([3, 0, 0]), count=2, looks=2, size=16,
        supersample=1,
    )  # fmt: skip
    for i in range(4):
        assert np.array_equal(pictures[i], single.pictures[i])
        assert np.array_equal(pictures.lines(i), single.lines[i // 2])
        assert np.array_equal(pictures.depth(i), single.depth[i // 2])
        assert pictures.scenes[i] == single.scenes[i]
    assert [bool(s.others) for s in pictures.scenes[:8]] == [False] * 4 + [True] * 4
    drawings = [pictures.drawing(i) for i in range(len(pictures))]
    assert drawings == sorted([0, 1, 2, 3, 16, 17, 18, 19] * 2)


def test_rendering_goes_on_where_it_stopped(tmp_path: Path) -> None:
    plan = tiny(row_share=0.0)
    render_shard(tmp_path, 1, plan, 0, held_out=False, device="cpu")
    before = (tmp_path / "00001.pictures.npy").stat().st_mtime_ns
    steps = list(render_all(tmp_path, plan, 0, workers=1, geometries=9))
    assert steps == [(2, 3), (3, 3)]
    assert (tmp_path / "00001.pictures.npy").stat().st_mtime_ns == before
    assert len(open_pictures(tmp_path)) == 3 * 4 * 2


def test_validation_geometries_are_set_apart_whole(tmp_path: Path) -> None:
    drawings, looks = 40, 2
    scene = Attributes("mug", "red", "matte", "grey", "eye", "front", "left")
    empty = np.zeros((drawings, 4, 4), np.uint8)
    batch = RenderedBatch(
        np.zeros((drawings * looks, 4, 4, 3), np.uint8), empty, empty, [scene] * drawings * looks
    )
    for number in range(2):
        write_shard(tmp_path, number, batch)
    kept = open_pictures(tmp_path, validation=True)
    rest = open_pictures(tmp_path, validation=False)
    expected = [n for n in range(2 * drawings) if n % VALIDATION_EVERY == VALIDATION_EVERY - 1]
    assert sorted({kept.drawing(i) for i in range(len(kept))}) == expected
    assert len(kept) == len(expected) * looks
    assert len(kept) + len(rest) == 2 * drawings * looks


def test_a_folder_without_pictures_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="run `render` first"):
        open_pictures(tmp_path)
