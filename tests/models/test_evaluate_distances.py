"""Distances, intervals, folds, copies and diversity on cases whose answer is known."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
import torch

from maquette_recipe.evaluate.classifier import FEATURES, Judge
from maquette_recipe.evaluate.distances import (
    frechet_distance,
    inception_network,
    kernel_distance,
    own_network,
)
from maquette_recipe.evaluate.diversity import diversity_ratio, mean_pairwise
from maquette_recipe.evaluate.folds import compare_distances, fold_rows, paired_difference
from maquette_recipe.evaluate.intervals import (
    Share,
    mean_interval,
    ratio_interval,
    share_difference,
)
from maquette_recipe.evaluate.neighbours import check_neighbours, nearest, pixel_vectors


def normal(count: int, seed: int, width: int = 6, mean: float = 0.0) -> torch.Tensor:
    """Independent normal features (count, width)."""
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(count, width, generator=generator) + mean


def test_equal_sets_have_no_distance_and_shifted_sets_that_of_the_shift() -> None:
    features = normal(400, 0)
    assert frechet_distance(features, features) == pytest.approx(0, abs=1e-4)
    assert frechet_distance(features, features + 0.5) == pytest.approx(6 * 0.25, rel=1e-3)
    assert frechet_distance(features, 2 * features) == pytest.approx(
        float(features.var(0).sum() + features.mean(0).square().sum()), rel=1e-3
    )


def test_kernel_distance_knows_equal_from_different_and_repeats() -> None:
    one, same, other = normal(400, 0), normal(400, 1), normal(400, 2, mean=0.7)
    assert abs(kernel_distance(one, same)[0]) < 0.02
    assert kernel_distance(one, other)[0] > 0.3
    assert kernel_distance(one, other) == kernel_distance(one, other)


def test_a_distance_of_own_features_is_not_called_fid(tmp_path: Path) -> None:
    network = own_network(Judge().eval())
    assert network.frechet != "FID"
    assert "own classifier" in network.frechet
    assert network.features(torch.rand(3, 3, 64, 64)).shape == (3, FEATURES)
    with pytest.raises(FileNotFoundError, match="Inception"):
        inception_network(tmp_path / "none.pth")


def test_share_has_the_wilson_interval() -> None:
    low, high = Share(80, 100).interval
    assert (low, high) == pytest.approx((0.7112, 0.8666), abs=1e-3)
    assert Share(0, 10).interval[0] == pytest.approx(0, abs=1e-9)
    assert Share(10, 10).interval[1] == pytest.approx(1)


def test_difference_of_shares_has_newcombes_interval() -> None:
    found = share_difference(Share(56, 70), Share(48, 80))  # the paper's first example
    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=1e-4)


def test_intervals_of_means_cover_the_truth_about_as_often_as_they_say() -> None:
    rng = np.random.default_rng(0)
    covered = 0
    for _ in range(400):
        found = mean_interval(rng.normal(3.0, 1.0, size=5).tolist())
        covered += found.low <= 3.0 <= found.high
    assert 0.92 <= covered / 400 <= 0.98
    with pytest.raises(ValueError, match="at least two"):
        mean_interval([1.0])


def test_ratio_interval_is_that_of_logarithms() -> None:
    found = ratio_interval([1.0, 2.0, 4.0], [2.0, 4.0, 8.0])
    assert (found.value, found.low, found.high) == pytest.approx((0.5, 0.5, 0.5))
    spread = ratio_interval([1.0, 1.0], [1.0, 4.0])
    assert spread.value == pytest.approx(0.5)
    assert spread.low < 0.5 < spread.high
    assert math.log(spread.high / 0.5) == pytest.approx(math.log(0.5 / spread.low))


def test_folds_share_all_rows_without_overlap() -> None:
    folds = fold_rows(103)
    assert len(folds) == 5
    assert sorted(torch.cat(folds).tolist()) == list(range(103))
    assert max(map(len, folds)) - min(map(len, folds)) <= 1
    with pytest.raises(ValueError, match="too few"):
        fold_rows(9)


def test_a_better_model_is_told_from_a_worse_and_from_an_equal_one() -> None:
    real = normal(600, 0)
    near, far, alike = (normal(500, s, mean=m) for s, m in ((1, 0.3), (2, 0.9), (3, 0.3)))
    better = compare_distances(near, far, real)
    assert better.ratio.high < 0.5
    equal = compare_distances(near, alike, real)
    assert equal.ratio.low < 1 < equal.ratio.high
    with pytest.raises(ValueError, match="paired"):
        compare_distances(near, far[:-1], real)


def test_paired_difference_of_right_answers() -> None:
    first, second = torch.ones(200), torch.zeros(200)
    second[::2] = 1
    found = paired_difference(first, second)
    assert found.value == pytest.approx(0.5, abs=1e-6)
    assert found.low > 0.3


def test_copies_are_found() -> None:
    training, held_out = normal(500, 0, width=32), normal(60, 1, width=32)
    fresh = normal(60, 2, width=32)
    honest = check_neighbours(fresh, held_out, training)
    assert honest.ratio == pytest.approx(1, abs=0.05)
    copied = fresh.clone()
    copied[7] = training[123] + 0.01
    found = check_neighbours(copied, held_out, training)
    assert found.closest(1) == [(7, 123)]
    assert found.suspicious == pytest.approx(honest.suspicious + 1 / 60)
    everything = check_neighbours(training[:60], held_out, training)
    assert everything.ratio < 0.01
    assert everything.suspicious == 1


def test_nearest_counts_bytes_as_brightness_and_looks_at_every_part() -> None:
    pool = pixel_vectors(torch.rand(300, 3, 64, 64, generator=torch.Generator().manual_seed(0)))
    distance, row = nearest(pool[[299, 0]], pool)
    assert row.tolist() == [299, 0]
    assert distance.tolist() == pytest.approx([0, 0], abs=5e-3)
    white = pixel_vectors(torch.ones(1, 3, 128, 128))
    black = pixel_vectors(torch.zeros(1, 3, 128, 128))
    assert float(nearest(white, black)[0]) == pytest.approx(1)


def test_diversity_compares_spread_caption_by_caption() -> None:
    assert mean_pairwise(torch.tensor([[0.0, 0.0], [3.0, 4.0]])) == pytest.approx(5)
    rendered = normal(4 * 8, 0).unflatten(0, (4, 8))
    assert diversity_ratio(0.5 * rendered, rendered).value == pytest.approx(0.5, rel=1e-5)
    assert diversity_ratio(rendered[:, :1].expand_as(rendered), rendered).value < 1e-6
