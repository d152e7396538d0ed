"""Distances between sets of pictures: FID and KID as torchmetrics computes them, on features.

FID after Heusel et al. (arXiv:1706.08500), KID after Bińkowski et al. (arXiv:1801.01401). Both are
called so only on the features of the Inception network, whose weights must be given because
nothing is downloaded. Without them the features are the judge's own, and a distance is called a
feature distance: its size says nothing beside FIDs of other works.
"""

from __future__ import annotations

import importlib.util
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor, nn
from torchmetrics.image.fid import FrechetInceptionDistance
from torchmetrics.image.kid import KernelInceptionDistance

from maquette_recipe.evaluate.classifier import FEATURES, Judge, picture_features

KID_SUBSETS: Final = 50
KID_SUBSET_SIZE: Final = 500
_SEED: Final = 0


class _Given(nn.Module):
    """Passes on features that were computed before, in place of torchmetrics' own network."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.num_features = width

    def forward(self, features: Tensor) -> Tensor:
        return features


@dataclass(frozen=True, slots=True)
class FeatureNetwork:
    """`features` maps pictures (N, 3, H, W) in 0..1 to (N, D) on the CPU; `frechet` and `kernel`
    are what distances of these features may be called."""

    features: Callable[[Tensor], Tensor]
    described: str
    frechet: str
    kernel: str


def own_network(judge: Judge) -> FeatureNetwork:
    """The judge's penultimate features."""
    return FeatureNetwork(
        lambda pictures: picture_features(judge, pictures),
        f"penultimate layer of the recipe's own classifier, {FEATURES} features",
        "feature distance (FID form, own classifier)",
        "kernel distance (KID form, own classifier)",
    )


def inception_network(weights: Path, device: str = "cpu") -> FeatureNetwork:
    """The pooled features (N, 2048) of the FID Inception network with the given weights.

    `weights` is torch-fidelity's ``weights-inception-2015-12-05-6726825d.pth``. Raises
    FileNotFoundError without that file and ModuleNotFoundError without torch-fidelity.
    """
    if not weights.is_file():
        raise FileNotFoundError(f"there are no Inception weights at {weights}")
    if importlib.util.find_spec("torch_fidelity") is None:
        raise ModuleNotFoundError("the Inception network needs the package torch-fidelity")
    metric = FrechetInceptionDistance(2048, feature_extractor_weights_path=str(weights))
    network = metric.inception.to(device).eval()

    @torch.no_grad()
    def features(pictures: Tensor) -> Tensor:
        chunks = (pictures * 255).round().clamp(0, 255).byte().split(32)
        return torch.cat([network(chunk.to(device)).float().cpu() for chunk in chunks])

    return FeatureNetwork(features, "Inception-v3 pool3, 2048 features", "FID", "KID")


def frechet_distance(first: Tensor, second: Tensor) -> float:
    """Fréchet distance between Gaussians fitted to features (N, D) and (M, D).

    Raises RuntimeError for sets of fewer than two.
    """
    metric = FrechetInceptionDistance(_Given(first.shape[1]))
    metric.update(first, real=True)
    metric.update(second, real=False)
    return max(float(metric.compute()), 0.0)


def kernel_distance(first: Tensor, second: Tensor) -> tuple[float, float]:
    """Unbiased squared MMD with a cubic kernel between features (N, D) and (M, D): mean and
    standard deviation over random subsets, the same ones at every call."""
    size = min(KID_SUBSET_SIZE, len(first), len(second))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells that it keeps features in memory
        metric = KernelInceptionDistance(
            _Given(first.shape[1]), subsets=KID_SUBSETS, subset_size=size
        )
    metric.update(first, real=True)
    metric.update(second, real=False)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(_SEED)
        mean, deviation = metric.compute()
    return float(mean), float(deviation)


def distance_report(network: FeatureNetwork, made: Tensor, real: Tensor) -> dict[str, Any]:
    """Both distances between features, with the names they may have and the numbers of pictures."""
    mean, deviation = kernel_distance(real, made)
    return {
        "features": network.described, "made": len(made), "real": len(real),
        "frechet": {"name": network.frechet, "value": round(frechet_distance(made, real), 4)},
        "kernel": {"name": network.kernel, "value": round(mean, 5),
                   "deviation": round(deviation, 5)},
    }  # fmt: skip
