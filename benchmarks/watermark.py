"""The watermark against what happens to pictures, beside others: python -m benchmarks.watermark.

Every mark is read without being told what happened or what size the picture had. A mark counts as
recovered when the id comes back exactly. Intervals are Wilson's, 95 %.
"""

import argparse
import math
import multiprocessing
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from benchmarks.handling import HANDLINGS
from benchmarks.marked_pictures import picture_set
from benchmarks.peers import PEERS, Peer
from benchmarks.procedural import KINDS, picture
from benchmarks.report import Figure, report
from maquette.core.marking import Preset
from maquette.core.pixels import Pixels
from maquette.provenance.watermark.detection import detect
from maquette.provenance.watermark.embedding import embed

SIZES = ((256, 256), (512, 512), (512, 768), (1024, 1024), (1536, 1536))  # height, width
_TARGETS = {
    "PNG": (0.99, 0.99), "JPEG 95": (0.99, 0.99), "JPEG 85": (0.99, 0.99), "JPEG 75": (0.99, 0.99),
    "JPEG 50": (0.97, 0.98), "JPEG 30": (0.60, 0.93), "WebP 80": (0.90, 0.95),
    "resize 50 %": (0.97, 0.98), "crop 10 %": (0.95, 0.97), "crop 25 %": (0.75, 0.95),
    "crop 50 %": (0.0, 0.70), "brightness 1.2": (0.92, 0.94), "contrast 1.3": (0.92, 0.94),
    "blur σ 2": (0.96, 0.97), "noise σ 5": (0.96, 0.97), "rotation 2°": (0.95, 0.96),
    "right angle": (0.95, 0.95), "flip": (0.95, 0.95), "aspect + 8 %": (0.95, 0.95),
    "aspect - 8 %": (0.95, 0.95), "screenshot": (0.92, 0.95),
}  # fmt: skip
"""For (standard, strong) at 512 x 512."""
_UNMARKED_SEED = 1_000_000  # numbers that no marked picture has


@dataclass
class Tally:
    """What came of one mark at one size."""

    recovered: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    wrong: int = 0
    psnr: list[float] = field(default_factory=list)
    ssim: list[float] = field(default_factory=list)
    encode: list[float] = field(default_factory=list)
    decode: list[float] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Take in another tally's pictures."""
        for name, results in other.recovered.items():
            self.recovered[name] += results
        self.wrong += other.wrong
        for mine, its in (
            (self.psnr, other.psnr), (self.ssim, other.ssim), (self.encode, other.encode),
            (self.decode, other.decode), (self.lost, other.lost),
        ):  # fmt: skip
            mine += its


class Ours:
    """Our own mark as a peer of the others."""

    def __init__(self, preset: Preset) -> None:
        self.preset = preset

    def embed(self, pixels: Pixels, identity: str) -> Pixels:
        """Mark `pixels` with 8 hex digits."""
        return embed(pixels, identity, preset=self.preset).pixels

    def read(self, pixels: Pixels) -> str | None:
        """The id in `pixels`, without knowing what happened to them."""
        found = detect(pixels)
        return found.record_id if found else None


def marks(with_peers: bool) -> dict[str, "Ours | Peer"]:
    """Name to mark: ours in both presets, and the others."""
    ours = {preset.value: Ours(preset) for preset in Preset}
    return {**ours, **(PEERS if with_peers else {})}


def try_picture(job: tuple[str, Pixels, str, int, bool]) -> Tally:
    """Mark one picture, handle it in every way, and read each copy."""
    kind, pixels, mark, number, with_peers = job
    cv2.setNumThreads(1)
    scheme = marks(with_peers)[mark]
    rng = np.random.default_rng([99, number])
    identity = rng.bytes(4).hex().upper()
    tally = Tally()
    start = time.process_time()
    marked = scheme.embed(pixels, identity)
    tally.encode.append(time.process_time() - start)
    tally.psnr.append(psnr(pixels, marked))
    tally.ssim.append(ssim(pixels, marked))
    for name, handle in HANDLINGS.items():
        copy = handle(marked, rng)
        start = time.process_time()
        found = scheme.read(copy)
        if name == "PNG":
            tally.decode.append(time.process_time() - start)
        tally.recovered[name].append(found == identity)
        tally.wrong += found not in (None, identity) and isinstance(scheme, Ours)
        if found != identity:
            tally.lost.append(f"{kind}: {name}")
    return tally


def psnr(before: Pixels, after: Pixels) -> float:
    """In dB; 100 for equal pictures."""
    error = float(np.mean(np.square(np.subtract(before, after, dtype=np.float64))))
    return 10 * math.log10(255**2 / error) if error else 100.0


def ssim(before: Pixels, after: Pixels) -> float:
    """Structural similarity of the luma (Wang et al., IEEE Trans. Image Process. 13, 2004)."""
    first, second = (
        cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float64) for picture in (before, after)
    )

    def blurred(plane: np.ndarray) -> np.ndarray:
        return cv2.GaussianBlur(plane, (11, 11), 1.5)

    mean_1, mean_2 = blurred(first), blurred(second)
    variance_1, variance_2 = blurred(first**2) - mean_1**2, blurred(second**2) - mean_2**2
    covariance = blurred(first * second) - mean_1 * mean_2
    low, high = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    similar = (2 * mean_1 * mean_2 + low) * (2 * covariance + high)
    return float(
        np.mean(similar / ((mean_1**2 + mean_2**2 + low) * (variance_1 + variance_2 + high)))
    )


def wilson(hits: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a rate (Wilson, JASA 22, 1927)."""
    z, rate = 1.96, hits / count
    middle = rate + z * z / (2 * count)
    spread = z * math.sqrt(rate * (1 - rate) / count + z * z / (4 * count * count))
    scale = 1 + z * z / count
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def unmarked(job: tuple[int, bool]) -> int:
    """How many of 100 unmarked pictures are taken for ours."""
    cv2.setNumThreads(1)
    kinds = list(KINDS)
    part, thorough = job
    return sum(
        detect(
            picture(kinds[number % len(kinds)], _UNMARKED_SEED + number, 256, 256),
            thorough=thorough,
        )
        is not None
        for number in range(100 * part, 100 * (part + 1))
    )


def table(tallies: Mapping[str, Tally]) -> str:
    """A Markdown table: a row per handling, a column per mark."""
    lines = [f"| | {' | '.join(tallies)} |", "|" + " --- |" * (len(tallies) + 1)]
    for name in HANDLINGS:
        cells = []
        for tally in tallies.values():
            results = tally.recovered[name]
            low, high = wilson(sum(results), len(results))
            cells.append(f"{sum(results)}/{len(results)} ({low:.2f} to {high:.2f})")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    rows: list[tuple[str, Any]] = [
        ("PSNR mean (least), dB", lambda t: f"{np.mean(t.psnr):.1f} ({np.min(t.psnr):.1f})"),
        ("SSIM mean (least)", lambda t: f"{np.mean(t.ssim):.4f} ({np.min(t.ssim):.3f})"),
        ("encode, ms, median", lambda t: f"{np.median(t.encode) * 1e3:.0f}"),
        ("decode PNG, ms, median", lambda t: f"{np.median(t.decode) * 1e3:.0f}"),
    ]
    for name, value in rows:
        lines.append(f"| {name} | {' | '.join(value(tally) for tally in tallies.values())} |")
    return "\n".join(lines)


def main() -> int:
    """Measure, print a table per size, and report the figures of 512 x 512."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.watermark", description=__doc__)
    parser.add_argument("--images", type=int, default=200)
    parser.add_argument("--sizes", nargs="*", default=["512x512"], help="WIDTHxHEIGHT")
    parser.add_argument("--peers", action="store_true", help="also measure the other marks")
    parser.add_argument("--unmarked", type=int, default=0, help="unmarked pictures to look at")
    parser.add_argument(
        "--upright", action="store_true", help="look for no turned or squeezed marks in those"
    )
    parser.add_argument("--even", action="store_true", help="the half used in development")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--folder", type=Path, default=Path("watermark-pictures"))
    options = parser.parse_args()
    tallies: dict[str, Tally] = {}
    context = multiprocessing.get_context("spawn")
    with context.Pool(options.processes) as pool:
        for size in options.sizes:
            width, height = map(int, size.split("x"))
            tallies = {}
            for mark in marks(options.peers):
                tallies[mark] = Tally()
                pictures = picture_set(
                    options.images, height, width, options.folder, odd=not options.even
                )
                jobs = (
                    (kind, pixels, mark, number, options.peers)
                    for number, (kind, pixels) in enumerate(pictures)
                )
                for tally in pool.imap_unordered(try_picture, jobs):
                    tallies[mark].add(tally)
            print(f"\n## {size}, {options.images} pictures\n\n{table(tallies)}", file=sys.stderr)
        parts = range(-(-options.unmarked // 100))
        rounds = [(part, not options.upright) for part in parts]
        false = 0
        for done, hits in enumerate(pool.imap_unordered(unmarked, rounds), start=1):
            false += hits
            print(f"unmarked {done * 100}: {false} taken for ours", file=sys.stderr, flush=True)
    return report("watermark", list(_figures(tallies, false, options.unmarked)), _details(tallies))


def _figures(tallies: Mapping[str, Tally], false: int, looked_at: int) -> Iterable[Figure]:
    quality = {"standard": (45.0, 0.985), "strong": (43.5, 0.975)}
    for place, preset in enumerate(quality):
        if preset not in tallies:
            continue
        tally = tallies[preset]
        for name, targets in _TARGETS.items():
            rate = float(np.mean(tally.recovered[name]))
            yield Figure(f"{preset}: {name}", rate, "", at_least=targets[place] or None)
        least_psnr, least_ssim = quality[preset]
        yield Figure(f"{preset}: PSNR mean", float(np.mean(tally.psnr)), "dB", at_least=least_psnr)
        yield Figure(f"{preset}: PSNR least", min(tally.psnr), "dB", at_least=35.9)
        yield Figure(f"{preset}: SSIM mean", float(np.mean(tally.ssim)), "", at_least=least_ssim)
        yield Figure(f"{preset}: wrong ids", tally.wrong, "", at_most=0)
        encode, decode = np.median(tally.encode) * 1e3, np.median(tally.decode) * 1e3
        yield Figure(f"{preset}: encode", float(encode), "ms", at_most=300)
        yield Figure(f"{preset}: decode, hit", float(decode), "ms", at_most=30)
    if looked_at:
        yield Figure(f"false positives in {looked_at}", false, "", at_most=0)


def _details(tallies: Mapping[str, Tally]) -> dict[str, Any]:
    return {name: {"lost": sorted(tally.lost)} for name, tally in tallies.items()}


if __name__ == "__main__":
    sys.exit(main())
