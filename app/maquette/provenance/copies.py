"""Comparing small pictures: are two of them one picture, and where does a part lie in a whole."""

import msgspec
import numpy as np
import numpy.typing as npt

Plane = npt.NDArray[np.float32]
"""Values 0 to 255, shape (height, width)."""

Planes = npt.NDArray[np.float32]
"""Y, Cb and Cr, values 0 to 255, shape (height, width, 3)."""

Crop = tuple[float, float, float, float]
"""A part of a picture: (left, top, right, bottom) as fractions of its width and height."""

# Chosen on rendered pictures and their copies, and held against others: docs/ledger.md.
_LEAST_CORRELATION = 0.92
_LEAST_DETAIL = 0.82  # correlation of what is left without the neighbourhoods' means
_NEIGHBOURS = 9  # side of a neighbourhood
_MOST_CHROMA = 12.0  # root mean square difference of Cb and Cr
_CELL = 3  # chroma is compared in cells of this side
_FLAT = 2.0  # standard deviation of luma below which a picture has no pattern to compare
_MOST_SHIFT = 48.0  # how far the luma of flat pictures may be apart


def compare(reference: Planes, shown: Planes) -> tuple[float, bool]:
    """(correlation of luma, whether both are one picture) for planes of one shape (h, w, 3).

    The reference's tones are first mapped onto those of the other, so that a change of brightness,
    contrast or gamma, clipping included, does not count.
    """
    other = shown[..., 0]
    if is_flat(reference[..., 0]) or is_flat(other):
        flat = is_flat(reference[..., 0]) and is_flat(other)
        near = abs(float(reference[..., 0].mean() - other.mean())) <= _MOST_SHIFT
        return float(flat), flat and near and _same_colours(reference, shown)
    toned = np.empty(other.size, np.float32)
    toned[np.argsort(reference[..., 0], axis=None, kind="stable")] = np.sort(other, axis=None)
    toned = toned.reshape(other.shape)
    correlation = _correlation(toned, other)
    agrees = (
        correlation >= _LEAST_CORRELATION
        and _correlation(_detail(toned), _detail(other)) >= _LEAST_DETAIL
        and _same_colours(reference, shown)
    )
    return correlation, agrees


def is_flat(luma: Plane) -> bool:
    """Whether there is no pattern to compare."""
    return float(luma.std()) < _FLAT


def locate(picture: Plane, part: Plane) -> tuple[float, int, int]:
    """Where `part` fits best into `picture`: (correlation, top, left).

    Normalised cross-correlation as in J. P. Lewis, "Fast Normalized Cross-Correlation", 1995: the
    numerator by Fourier transform, the denominator from sums over areas.
    """
    height, width = part.shape
    rows, columns = picture.shape[0] - height + 1, picture.shape[1] - width + 1
    pattern = part - part.mean()
    spectrum = np.fft.rfft2(picture) * np.conj(np.fft.rfft2(pattern, picture.shape))
    products = np.fft.irfft2(spectrum, picture.shape)[:rows, :columns]
    energy = _areas(picture**2, height, width) - _areas(picture, height, width) ** 2 / part.size
    scale = np.sqrt(np.maximum(energy, part.size) * max(float((pattern**2).sum()), part.size))
    scores = products / scale
    top, left = np.unravel_index(int(scores.argmax()), scores.shape)
    return float(scores[top, left]), int(top), int(left)


class Place(msgspec.Struct, frozen=True):
    """Where two pictures fit best: the regions of either, and which part of the kept one that is.

    `score` is the correlation of their luma; `crop` is None for all of the kept picture.
    """

    score: float
    kept: Planes
    shown: Planes
    crop: Crop | None


def fit(kept: Planes, shown: Planes) -> Place:
    """How `shown` fits onto `kept`, a square: as a part, around it, or as a part between others."""
    side, (height, width) = len(kept), shown.shape[:2]
    if max(height, width) <= side:
        score, top, left = locate(kept[..., 0], shown[..., 0])
        region = kept[top : top + height, left : left + width]
        crop = _crop(side, left, top, left + width, top + height)
        return Place(score, region, shown, crop)
    if min(height, width) >= side:
        score, top, left = locate(shown[..., 0], kept[..., 0])
        return Place(score, kept, shown[top : top + side, left : left + side], None)
    if height < width:
        turned = fit(kept.swapaxes(0, 1), shown.swapaxes(0, 1))
        assert turned.crop is not None
        top, left, bottom, right = turned.crop
        regions = turned.kept.swapaxes(0, 1), turned.shown.swapaxes(0, 1)
        return Place(turned.score, *regions, (left, top, right, bottom))
    # A part of its width, with something above or below: a page that was scrolled aside.
    return max(
        (_strip(kept, shown, left) for left in range(0, side - width + 1, 2)),
        key=lambda place: place.score,
    )


def _strip(kept: Planes, shown: Planes, left: int) -> Place:
    """How the columns of `kept` from `left` on fit into `shown`, which is as wide as they are."""
    side, width = len(kept), shown.shape[1]
    columns = kept[:, left : left + width]
    score, top, _ = locate(shown[..., 0], columns[..., 0])
    crop = _crop(side, left, 0, left + width, side)
    return Place(score, columns, shown[top : top + side], crop)


def _crop(side: int, left: int, top: int, right: int, bottom: int) -> Crop:
    return left / side, top / side, right / side, bottom / side


def _same_colours(reference: Planes, shown: Planes) -> bool:
    """Whether the chroma agrees, be it stronger, weaker, or gone."""
    rows, columns = (side // _CELL for side in shown.shape[:2])
    mine, theirs = (
        planes[: rows * _CELL, : columns * _CELL, 1:]
        .reshape(rows, _CELL, columns, _CELL, 2)
        .mean((1, 3))
        - 128
        for planes in (reference, shown)
    )
    gain = np.clip((mine * theirs).sum() / ((mine**2).sum() + 1), 0, 2)
    return float(np.sqrt(((gain * mine - theirs) ** 2).mean())) <= _MOST_CHROMA


def _correlation(a: Plane, b: Plane) -> float:
    a, b = a - a.mean(), b - b.mean()
    return float((a * b).sum() / np.sqrt((a * a).sum() * (b * b).sum() + 1e-6))


def _detail(plane: Plane) -> Plane:
    """`plane` without the mean of each value's neighbourhood."""
    reach = _NEIGHBOURS // 2
    padded = np.pad(plane, reach, mode="edge")
    means = _areas(padded, _NEIGHBOURS, _NEIGHBOURS) / _NEIGHBOURS**2
    return plane - means.astype(np.float32)


def _areas(plane: Plane, height: int, width: int) -> npt.NDArray[np.float64]:
    """The sum over every area of `height` x `width` values."""
    total = np.pad(plane, ((1, 0), (1, 0))).astype(np.float64).cumsum(0).cumsum(1)
    strips = total[height:] - total[:-height]
    return strips[:, width:] - strips[:, :-width]
