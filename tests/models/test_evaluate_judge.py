"""The judge: what it can be asked, that it learns, and that it is kept without loss."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
import torch

from maquette_recipe.evaluate.classifier import (
    INPUT_SIZE,
    SHIPPED,
    WEIGHTS,
    Judge,
    load_judge,
    predict,
    save_judge,
    scene_accuracy,
)
from maquette_recipe.evaluate.examples import SURFACES, WHOLE, Kind, open_examples
from maquette_recipe.evaluate.learning import SMALL_WEIGHTS, augment, train_judge
from maquette_recipe.shown import IGNORED, LABELS, label_indices
from maquette_recipe.world import COLOURS, MATERIALS, Attributes, Thing

SCENE = Attributes("mug", "red", "ceramic", "grey", "eye", "front", "front")


def test_judge_has_a_head_for_every_attribute() -> None:
    logits = Judge().eval()(torch.rand(2, 3, 256, 256))
    assert {name: out.shape[1] for name, out in logits.items()} == {
        name: len(classes) for name, classes in LABELS.items()
    }


def test_only_what_a_picture_shows_is_asked() -> None:
    pencil = dataclasses.replace(SCENE, style="pencil")
    oil = dataclasses.replace(SCENE, style="oil")
    row = dataclasses.replace(SCENE, others=(Thing("vase", "blue", "glass"),))
    labels = label_indices([SCENE, pencil, oil, row])
    shown = {name: (values != IGNORED).tolist() for name, values in labels.items()}
    assert shown["form"] == [True, True, True, False]
    assert shown["colour"] == [True, False, True, False]
    assert shown["material"] == [True, False, True, False]
    assert shown["setting"] == [True, False, True, False]
    assert shown["style"] == [True, True, True, True]


def test_accuracy_leaves_out_what_cannot_be_told() -> None:
    scenes = [SCENE, dataclasses.replace(SCENE, style="pencil")]
    predicted = {name: values.clamp_min(0) for name, values in label_indices(scenes).items()}
    predicted["form"] = predicted["form"].clone()
    predicted["form"][0] += 1
    found = scene_accuracy(predicted, scenes)
    assert found["form"] == 0.5
    assert found["colour"] == 1


def test_augmented_pictures_stay_pictures_and_differ() -> None:
    torch.manual_seed(0)
    batch = torch.rand(4, 3, INPUT_SIZE, INPUT_SIZE)
    changed = augment(batch)
    assert changed.shape == batch.shape
    assert 0 <= float(changed.min()) <= float(changed.max()) <= 1
    assert not torch.equal(changed, batch)


def write_examples(kind: Kind, work: Path, count: int, *, validation: bool) -> None:
    """Noisy flat pictures whose shade is that of their colour word, and whose grain is that of
    their material."""
    rng = np.random.default_rng([count, validation])
    folder = kind.folder(work, validation=validation)
    folder.mkdir(parents=True)
    colours = [("red", (0.8, 0.1, 0.1)), ("green", (0.1, 0.7, 0.2)), ("blue", (0.1, 0.2, 0.8))]
    materials = [("matte", 0.0), ("fabric", 0.12), ("marble", 0.3)]
    pictures, scenes = [], []
    for i in range(count):
        (colour, rgb), (material, grain) = colours[i % 3], materials[i // 3 % 3]
        noise = rng.normal(0, 0.02 + grain, (3, kind.size, kind.size))
        pictures.append(
            ((np.asarray(rgb)[:, None, None] + noise).clip(0, 1) * 255).astype(np.uint8)
        )
        scenes.append(dataclasses.replace(SCENE, colour=colour, material=material).as_json())
    np.save(folder / "00000.npy", np.stack(pictures))
    (folder / "00000.json").write_text(json.dumps(scenes))


def test_training_tells_colours_and_materials_apart_and_the_file_keeps_them(
    tmp_path: Path,
) -> None:
    for kind in (WHOLE, SURFACES):
        small = dataclasses.replace(kind, size=64)
        write_examples(small, tmp_path, 36, validation=False)
        write_examples(small, tmp_path, 18, validation=True)
    reports = list(train_judge(tmp_path, seed=0, epochs=6, batch=6))
    assert reports[5]["loss"] < reports[0]["loss"]
    assert reports[-1]["loss"] < reports[6]["loss"]
    judge = load_judge(tmp_path)
    kept = open_examples(SURFACES.folder(tmp_path, validation=True))
    predicted = predict(judge, kept.batch(torch.arange(18)))
    assert [COLOURS[int(i)] for i in predicted["colour"]] == [s.colour for s in kept.scenes]
    right = [
        MATERIALS[i] == s.material for i, s in zip(predicted["material"], kept.scenes, strict=True)
    ]
    assert sum(right) > 9
    assert (tmp_path / WEIGHTS).stat().st_size < 2.5e6
    assert list(train_judge(tmp_path, seed=0)) == []


def test_a_judge_whose_training_was_interrupted_goes_on_with_its_second_network(
    tmp_path: Path,
) -> None:
    small = dataclasses.replace(SURFACES, size=64)
    write_examples(small, tmp_path, 12, validation=False)
    write_examples(small, tmp_path, 6, validation=True)
    torch.manual_seed(1)
    first = Judge()
    save_judge(first, tmp_path / SMALL_WEIGHTS)
    reports = list(train_judge(tmp_path, seed=0, epochs=1, batch=6))
    assert [set(report) & set(LABELS) for report in reports] == [{"material"}]
    kept = load_judge(tmp_path).state_dict()
    for name, value in first.place.state_dict().items():
        torch.testing.assert_close(kept[f"place.{name}"], value, atol=1e-3, rtol=1e-2)


def test_a_saved_judge_answers_as_before(tmp_path: Path) -> None:
    torch.manual_seed(0)
    judge = Judge().eval()
    save_judge(judge, tmp_path / WEIGHTS)
    again, pictures = load_judge(tmp_path), torch.rand(2, 3, 128, 128)
    for name, logits in judge(pictures).items():
        torch.testing.assert_close(again(pictures)[name], logits, atol=5e-3, rtol=1e-2)


def test_damaged_and_foreign_weights_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_judge(Judge(), tmp_path / WEIGHTS)
    with monkeypatch.context() as patch:
        patch.setitem(LABELS, "view", ("eye", "above"))
        with pytest.raises(ValueError, match="another world"):
            load_judge(tmp_path)
    content = (tmp_path / WEIGHTS).read_bytes()
    (tmp_path / WEIGHTS).write_bytes(content[: len(content) // 2])
    with pytest.raises(ValueError, match="damaged"):
        load_judge(tmp_path)
    monkeypatch.setattr("maquette_recipe.evaluate.classifier.SHIPPED", tmp_path / "none" / WEIGHTS)
    with pytest.raises(FileNotFoundError, match="train judge"):
        load_judge(tmp_path / "empty")


@pytest.mark.skipif(not SHIPPED.exists(), reason="no judge is shipped")
def test_the_shipped_judge_is_small_and_fits_this_world() -> None:
    assert SHIPPED.stat().st_size <= 2.5e6
    assert load_judge()(torch.rand(1, 3, 256, 256))["form"].shape == (1, len(LABELS["form"]))
