"""Tools: what the hand draws with, as one frozen value; nothing here knows of the window."""

from enum import StrEnum
from typing import Annotated

import msgspec

Share = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]

MIN_BRUSH = 0.5  # pixels of the drawing
MAX_BRUSH = 512.0  # pixels of the drawing
INK = "#000000"
"""What LINES, KEEP and LOCK layers are drawn with; how they look is the view's affair."""


class Tool(StrEnum):
    """What the pen does where it touches."""

    BRUSH = "brush"
    ERASER = "eraser"
    LINE = "line"
    RECTANGLE = "rectangle"
    ELLIPSE = "ellipse"
    POLYLINE = "polyline"
    FILL = "fill"
    LASSO = "lasso"
    PICKER = "picker"  # takes the colour under it
    GUIDES = "guides"  # moves vanishing points and the axes of symmetry
    HAND = "hand"  # moves the view


class Symmetry(StrEnum):
    """Where strokes are repeated as in a mirror."""

    NONE = "none"
    VERTICAL = "vertical"  # the axis stands; left and right are alike
    HORIZONTAL = "horizontal"  # the axis lies; above and below are alike
    BOTH = "both"


class Guide(StrEnum):
    """The lines that lie over the paper to draw along."""

    NONE = "none"
    GRID = "grid"
    ONE_POINT = "one_point"
    TWO_POINT = "two_point"
    THREE_POINT = "three_point"


class ToolSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that can be set about the tools.

    Lengths are pixels of the drawing, points are shares of its sides (a vanishing point may lie
    outside of 0 to 1). `hardness` is the share of the radius that is solid. `spacing` is the
    distance between dabs in widths of the brush, 0 for an unbroken line. `smoothing` is how long
    the string is that the brush is pulled by, 0 for none. `pressure_size` and `pressure_opacity`
    are how much of size and opacity the pressure rules; `pressure_curve` is its exponent, below 1
    for a light hand. `tilt_size` is how much wider a pen that lies flat draws. `tolerance` is how
    different a pixel may be to be filled, `gap` how wide an opening fill does not go through.
    """

    tool: Tool = Tool.BRUSH
    size: Annotated[float, msgspec.Meta(ge=MIN_BRUSH, le=MAX_BRUSH)] = 4.0
    eraser_size: Annotated[float, msgspec.Meta(ge=MIN_BRUSH, le=MAX_BRUSH)] = 24.0
    hardness: Share = 0.9
    opacity: Share = 1.0
    spacing: Annotated[float, msgspec.Meta(ge=0.0, le=4.0)] = 0.0
    smoothing: Share = 0.2
    pressure_size: Share = 0.7
    pressure_opacity: Share = 0.0
    pressure_curve: Annotated[float, msgspec.Meta(ge=0.25, le=4.0)] = 1.0
    tilt_size: Share = 0.0
    colour: Annotated[str, msgspec.Meta(pattern="^#[0-9a-f]{6}$")] = "#c8733c"
    filled: bool = False
    tolerance: Annotated[int, msgspec.Meta(ge=0, le=255)] = 48
    gap: Annotated[int, msgspec.Meta(ge=0, le=64)] = 4
    symmetry: Symmetry = Symmetry.NONE
    axis_x: Share = 0.5
    axis_y: Share = 0.5
    guide: Guide = Guide.NONE
    grid: Annotated[int, msgspec.Meta(ge=4, le=1024)] = 64
    vanishing: tuple[tuple[float, float], tuple[float, float], tuple[float, float]] = (
        (0.5, 0.35),
        (-0.75, 0.35),
        (0.5, 2.5),
    )
    snap: bool = True
    finger_draws: bool = False

    @property
    def width(self) -> float:
        """How wide the tool that is held draws at full pressure."""
        return self.eraser_size if self.tool is Tool.ERASER else self.size


def with_width(settings: ToolSettings, width: float) -> ToolSettings:
    """`settings` with another width of the brush or, where that is held, of the eraser."""
    width = max(MIN_BRUSH, min(MAX_BRUSH, width))
    if settings.tool is Tool.ERASER:
        return msgspec.structs.replace(settings, eraser_size=width)
    return msgspec.structs.replace(settings, size=width)


def next_width(width: float, wider: bool) -> float:
    """The next step of `[` and `]`: a pixel for thin brushes, an eighth for wide ones."""
    step = max(0.5 if width < 3 or (width == 3 and not wider) else 1.0, round(width / 8))
    return max(MIN_BRUSH, min(MAX_BRUSH, width + step if wider else width - step))
