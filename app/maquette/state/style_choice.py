"""The style that the panel has on, and what the panel said before it was put on."""

import msgspec

from maquette.core.style import Style
from maquette.core.style_blend import Numbers


class Blending(msgspec.Struct, frozen=True):
    """Two styles, and how much of the second one there is, 0 to 1."""

    first: Style
    second: Style
    share: float = 0.5


class StyleChoice(msgspec.Struct, frozen=True):
    """The chosen style as it is, so that it holds although its file may be gone.

    `before` is what the panel said before; None where that is not known. `of` is there while two
    are being blended, of which `style` is the blend.
    """

    style: Style
    before: Numbers | None = None
    of: Blending | None = None
