"""What came of a style in figures: nearer to the set than before, and no copy of a picture in it.

Both are measured on pixels by plain statistics, so they tell of colour, contrast and texture and
know nothing of meaning. They are anchored to what is there: 0 is the base model's pictures of the
same prompts, 1 is how near the set's own pictures are to each other.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image

from maquette.core.pixels import Pixels
from maquette.core.training import LikenessReport
from maquette.provenance.likeness import hash_of, likeness_of, same_picture

_SIDE = 128  # pixels at which textures are measured
_SMALL = 32  # pixels at which pictures are compared
_SUSPECT = 0.8  # correlation from which on a picture may be a copy, and is looked at closely
_COPY = 0.95  # correlation that is a copy without a closer look
_USUAL = 0.9  # quantile of how near the set's pictures are to their nearest
_SCALES = (1, 2, 4)

Vector = npt.NDArray[np.float32]


def likeness_report(
    learned: Mapping[str, Pixels], base: Sequence[Pixels], made: Sequence[Pixels]
) -> LikenessReport:
    """Compare pictures `made` in the style with those learned, by digest, and the base model's."""
    usual = _usual(list(learned.values()))
    closeness, nearest, copied = -1.0, "", 0
    small = {digest: _small(pixels) for digest, pixels in learned.items()}
    for picture in made:
        shown = _small(picture)
        correlations = {d: float((shown * other).mean()) for d, other in small.items()}
        digest = max(correlations, key=lambda each: correlations[each])
        if correlations[digest] > closeness:
            closeness, nearest = correlations[digest], digest
        copied += _is_copy(picture, learned[digest], correlations[digest], usual)
    return LikenessReport(
        likeness=round(_likeness(list(learned.values()), base, made), 3),
        closeness=round(closeness, 3),
        usual=round(usual, 3),
        copied=copied,
        made=len(made),
        nearest=nearest,
    )


def features(pixels: Pixels) -> Vector:
    """Colour, contrast and texture of a picture as a vector.

    Quantiles of Y, Cb and Cr; at three scales mean, spread and strongest edges; how the edges'
    directions are spread.
    """
    image = Image.fromarray(pixels[..., :3]).convert("YCbCr")
    planes = np.asarray(image.resize((_SIDE, _SIDE), Image.Resampling.BOX), np.float32) / 255
    values: list[float] = []
    for plane in np.moveaxis(planes, 2, 0):
        values += [*np.quantile(plane, (0.05, 0.25, 0.5, 0.75, 0.95)), float(plane.std())]
    luma = planes[..., 0]
    for scale in _SCALES:
        side = _SIDE // scale
        reduced = luma.reshape(side, scale, side, scale).mean((1, 3))
        across, down = np.gradient(reduced)
        edges = np.hypot(across, down)
        values += [float(edges.mean()), float(edges.std()), float(np.quantile(edges, 0.95))]
        if scale == 1:
            angles = np.arctan2(across, down) % np.pi
            counted, _ = np.histogram(angles, 6, (0, np.pi), weights=edges)
            values += [*(counted / max(float(counted.sum()), 1e-6))]
    return np.asarray(values, np.float32)


def _likeness(own: Sequence[Pixels], base: Sequence[Pixels], made: Sequence[Pixels]) -> float:
    sets = [np.stack([features(pixels) for pixels in each]) for each in (own, base, made)]
    spread = np.concatenate(sets).std(0) + 1e-3
    ours, theirs, new = (each / spread for each in sets)
    far, reached = (np.abs(each - ours.mean(0)).mean() for each in (theirs, new))
    # Of the set's own, each against the mean of the others.
    others = (ours.sum(0) - ours) / max(1, len(ours) - 1)
    near = np.abs(ours - others).mean()
    return float((far - reached) / max(far - near, 0.1 * far, 1e-6))


def _is_copy(picture: Pixels, other: Pixels, correlation: float, usual: float) -> bool:
    if correlation < max(_SUSPECT, usual):
        return False
    if correlation >= _COPY:
        return True
    return same_picture(picture, hash_of(other), likeness_of(other)).confirms


def _usual(pictures: Sequence[Pixels]) -> float:
    """How near most of the set's own pictures are to their nearest: what alike things must be."""
    small = np.stack([_small(pixels).ravel() for pixels in pictures])
    correlations = small @ small.T / small.shape[1]
    np.fill_diagonal(correlations, -1.0)
    return float(np.quantile(correlations.max(1), _USUAL))


def _small(pixels: Pixels) -> Vector:
    """Luma at 32 x 32, mean 0 and spread 1, so that a mean of products is a correlation."""
    grey = Image.fromarray(pixels[..., :3]).convert("L")
    values = np.asarray(grey.resize((_SMALL, _SMALL), Image.Resampling.BOX), np.float32)
    return (values - values.mean()) / (values.std() + 1e-3)
