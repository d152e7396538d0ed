"""How a checked picture can be laid beside, or over, the original that the library has."""

from maquette.core.report import Report

_SAME_ASPECT = 0.03  # farther apart, the two would not lie on one another
_UPRIGHT = 0.3  # degrees

Part = tuple[float, float, float, float]
"""(left, top, right, bottom) in fractions of a picture's sides."""
WHOLE: Part = (0.0, 0.0, 1.0, 1.0)


def part_shown(report: Report) -> Part:
    """The part of the original that the picture shows."""
    crop = report.crop
    if crop is None or not (0 <= crop[0] < crop[2] <= 1 and 0 <= crop[1] < crop[3] <= 1):
        return WHOLE
    return crop


def can_wipe(report: Report) -> bool:
    """Whether the original can lie over the picture: nothing was turned, mirrored, stretched."""
    made, geometry = report.recipe, report.geometry
    if not report.known_path or made is None or not report.height:
        return False
    if geometry is not None and (
        geometry.mirrored
        or geometry.quarter_turns % 4
        or abs(geometry.rotation) > _UPRIGHT
        or (geometry.cropped and report.crop is None)
    ):
        return False
    left, top, right, bottom = part_shown(report)
    aspect = (made.width * (right - left)) / (made.height * (bottom - top))
    return abs(aspect / (report.width / report.height) - 1) <= _SAME_ASPECT
