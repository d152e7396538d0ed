"""Pictures computed from a seed, of kinds that are hard or easy to mark: no file, no network."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from maquette.core.pixels import Pixels

Rng = np.random.Generator
_Floats = npt.NDArray[np.floating]


def fractal(rng: Rng, height: int, width: int, slope: float = 1.0) -> _Floats:
    """Noise whose amplitude falls as 1 / frequency**slope; 0 to 1, shape (height, width)."""
    fy = np.fft.fftfreq(height)[:, None] * height
    fx = np.fft.rfftfreq(width)[None] * width
    radius = np.hypot(fy * min(1, width / height), fx * min(1, height / width))
    radius[0, 0] = 1
    white = np.fft.rfft2(rng.standard_normal((height, width)))
    field = np.fft.irfft2(white / radius**slope, s=(height, width))
    low, high = np.percentile(field, (0.5, 99.5))
    return np.clip((field - low) / (high - low), 0, 1).astype(np.float32)


def _mix(field: _Floats, dark: npt.ArrayLike, light: npt.ArrayLike) -> _Floats:
    dark, light = np.asarray(dark, np.float32), np.asarray(light, np.float32)
    return dark + field[..., None] * (light - dark)


def _grid(height: int, width: int) -> tuple[_Floats, _Floats]:
    """y and x, -1 to 1 over the shorter side."""
    short = min(height, width)
    y = (np.arange(height, dtype=np.float32) - height / 2) * 2 / short
    x = (np.arange(width, dtype=np.float32) - width / 2) * 2 / short
    return y[:, None], x[None, :]


def _skin(rng: Rng, height: int, width: int) -> _Floats:
    """A head-like ellipse with soft shading before a blurred background."""
    y, x = _grid(height, width)
    background = _mix(fractal(rng, height, width, 1.8), rng.uniform(20, 90, 3), (190, 185, 180))
    tone = np.array([rng.uniform(120, 245), 0, 0], np.float32)
    tone[1] = tone[0] * rng.uniform(0.66, 0.82)
    tone[2] = tone[0] * rng.uniform(0.5, 0.72)
    cx, cy = rng.uniform(-0.2, 0.2, 2)
    u, v = (x - cx) / 0.55, (y - cy) / 0.75
    inside = np.clip((1 - np.hypot(u, v)) * 20, 0, 1)[..., None]
    light = rng.uniform(-0.5, 0.5, 2)
    shade = np.clip(1.05 - 0.35 * ((u - light[0]) ** 2 + (v - light[1]) ** 2), 0.3, 1.1)
    pores = 1 + 0.012 * (fractal(rng, height, width, 0.6) - 0.5)
    face = tone * (shade * pores)[..., None]
    for side in (-0.4, 0.4):
        eye = np.exp(-(((u - side) / 0.13) ** 2) - ((v + 0.15) / 0.07) ** 2)[..., None]
        face = face * (1 - 0.8 * eye)
    mouth = np.exp(-((u / 0.3) ** 2) - ((v - 0.45) / 0.06) ** 2)[..., None]
    face = face * (1 - mouth * np.array([0.15, 0.5, 0.5], np.float32))
    return background * (1 - inside) + face * inside


def _sky(rng: Rng, height: int, width: int) -> _Floats:
    """A gradient with thin clouds, and sometimes a dark ridge."""
    y, _ = _grid(height, width)
    top, bottom = rng.uniform((30, 80, 140), (90, 150, 230)), rng.uniform(170, 250, 3)
    ramp = np.broadcast_to((y - y.min()) / np.ptp(y), (height, width))
    picture = _mix(ramp, top, bottom)
    clouds = np.clip(fractal(rng, height, width, 1.7) - rng.uniform(0.4, 0.7), 0, 1)
    picture = picture + clouds[..., None] * 160
    if rng.random() < 0.5:
        line = 0.5 + 0.3 * (fractal(rng, 1 + 2, width, 1.5)[0] - 0.5)
        ridge = np.clip((y - line[None, :]) * 60, 0, 1)[..., None]
        stones = _mix(fractal(rng, height, width, 1.1), (20, 25, 20), (90, 95, 80))
        picture = picture * (1 - ridge) + stones * ridge
    return picture


def _text(rng: Rng, height: int, width: int) -> _Floats:
    """A page of words, dark on light or light on dark."""
    page = Image.new("RGB", (width, height), tuple(rng.integers(225, 256, 3).tolist()))
    draw = ImageDraw.Draw(page)
    size = int(min(height, width) * rng.uniform(0.03, 0.06))
    ink = tuple(rng.integers(0, 70, 3).tolist())
    row = size
    while row < height - size:
        column = size
        while column < width - 2 * size:
            letters = "".join(chr(rng.integers(97, 123)) for _ in range(rng.integers(2, 9)))
            draw.text((column, row), letters, fill=ink, font_size=size)
            column += int(size * 0.55 * len(letters)) + size // 2
        row += int(size * rng.uniform(1.4, 2.2))
    pixels = np.asarray(page, np.float32)
    return 255 - pixels if rng.random() < 0.2 else pixels


def _line_art(rng: Rng, height: int, width: int) -> _Floats:
    """Thin curves on white paper."""
    factor = 2
    page = Image.new("L", (width * factor, height * factor), 255)
    draw = ImageDraw.Draw(page)
    thick = max(1, round(min(height, width) * factor * rng.uniform(0.003, 0.008)))
    for _ in range(rng.integers(6, 22)):
        x0, x1 = np.sort(rng.uniform(0, width * factor, 2))
        y0, y1 = np.sort(rng.uniform(0, height * factor, 2))
        shape = rng.integers(3)
        if shape == 0:
            draw.ellipse((x0, y0, x1 + 4, y1 + 4), outline=0, width=thick)
        elif shape == 1:
            draw.rectangle((x0, y0, x1 + 4, y1 + 4), outline=0, width=thick)
        else:
            knots = np.column_stack(
                [np.linspace(x0, x1, 12), y0 + np.cumsum(rng.normal(0, 30, 12)) * factor]
            )
            draw.line([tuple(k) for k in knots.tolist()], fill=0, width=thick, joint="curve")
    page = page.resize((width, height), Image.Resampling.LANCZOS)
    return np.repeat(np.asarray(page, np.float32)[..., None], 3, axis=2)


def _near_white(rng: Rng, height: int, width: int) -> _Floats:
    """A pale object on a nearly white ground, with a faint shadow."""
    y, x = _grid(height, width)
    ground = np.full((height, width, 3), rng.uniform(243, 254), np.float32)
    ground = ground - 6 * np.clip(y, 0, 1)[..., None]
    shadow = np.exp(-((x - 0.1) ** 2 / 0.4) - ((y - 0.55) ** 2 / 0.01))[..., None]
    ground = ground - shadow * rng.uniform(10, 40)
    inside = np.clip((0.5 - np.maximum(np.abs(x), np.abs(y - 0.05))) * 40, 0, 1)[..., None]
    shade = np.clip(1 - 0.12 * (x + 0.5) ** 2, 0, 1)
    thing = (
        rng.uniform(215, 250, 3).astype(np.float32)
        * np.broadcast_to(shade, (height, width))[..., None]
    )
    return ground * (1 - inside) + thing * inside


def _noise(rng: Rng, height: int, width: int) -> _Floats:
    """Strong grain over slow colour: gravel, film."""
    colours = np.stack([fractal(rng, height, width, 1.4) for _ in range(3)], -1) * 200
    grain = rng.normal(0, rng.uniform(12, 40), (height, width, 1)).astype(np.float32)
    return colours * 0.8 + 30 + grain


def _landscape(rng: Rng, height: int, width: int) -> _Floats:
    """The spectrum of a photograph: rough surfaces at every scale, with edges between them."""
    picture = _mix(
        fractal(rng, height, width, 1.2), rng.uniform(0, 70, 3), rng.uniform(150, 255, 3)
    )
    for _ in range(rng.integers(3, 8)):
        edge = fractal(rng, height, width, 1.6) > rng.uniform(0.5, 0.75)
        other = _mix(
            fractal(rng, height, width, rng.uniform(0.8, 1.6)),
            rng.uniform(0, 120, 3),
            rng.uniform(80, 255, 3),
        )
        picture = np.where(edge[..., None], other, picture)
    return picture + rng.normal(0, 1.5, picture.shape).astype(np.float32)


def _product(rng: Rng, height: int, width: int) -> _Floats:
    """A shaded body with a highlight on a plain ground."""
    y, x = _grid(height, width)
    ground = _mix(
        np.broadcast_to(np.clip(0.5 + 0.5 * y, 0, 1), (height, width)),
        rng.uniform(60, 230, 3),
        rng.uniform(60, 230, 3),
    )
    waist = 0.35 + 0.12 * np.sin(y * rng.uniform(2, 6) + rng.uniform(0, 6))
    inside = np.clip((waist - np.abs(x)) * 60, 0, 1) * np.clip((0.75 - np.abs(y)) * 60, 0, 1)
    normal = np.clip(x / waist, -1, 1)
    lamp = rng.uniform(-0.6, 0.6)
    shade = np.clip(0.35 + 0.65 * np.sqrt(np.clip(1 - (normal - lamp) ** 2 * 0.6, 0, 1)), 0, 1)
    gloss = np.exp(-(((normal - lamp) / 0.08) ** 2))
    body = rng.uniform(30, 240, 3).astype(np.float32) * shade[..., None] + 180 * gloss[..., None]
    if rng.random() < 0.4:
        rings = np.sin(np.hypot(x * 9, y * 3 + 4) * 12 + 4 * fractal(rng, height, width, 1.5))
        body = body * (1 + 0.15 * rings[..., None])
    mixed = ground * (1 - inside[..., None]) + body * inside[..., None]
    return mixed.astype(np.float32)


KINDS: dict[str, Callable[[Rng, int, int], _Floats]] = {
    "skin": _skin,
    "sky": _sky,
    "text": _text,
    "line art": _line_art,
    "near white": _near_white,
    "noise": _noise,
    "landscape": _landscape,
    "product": _product,
}


def picture(kind: str, seed: int, height: int, width: int) -> Pixels:
    """The picture number `seed` of one of KINDS, shape (height, width, 3)."""
    rng = np.random.default_rng([list(KINDS).index(kind), seed])
    floats = KINDS[kind](rng, height, width)
    return np.clip(np.rint(floats), 0, 255).astype(np.uint8)
