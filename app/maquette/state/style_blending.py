"""Blending two styles in the panel: which, how much of each, and the blend as an own style."""

from pathlib import Path

from PySide6.QtCore import QObject

from maquette.core.errors import StyleError
from maquette.core.style import Style
from maquette.core.style_blend import as_own, style_label
from maquette.library.styles.copies import fresh_id
from maquette.state.notices import Notices
from maquette.state.results import Results
from maquette.state.session import Session
from maquette.state.store import Store
from maquette.state.style_choice import Blending
from maquette.state.styles import Styles
from maquette.state.wearing import wear, wear_blend

HALF = 0.5


class StyleBlending(QObject):
    """Every command returns at once; what cannot be done is told by a notice."""

    def __init__(
        self,
        session: Store[Session],
        styles: Styles,
        results: Results,
        notices: Notices,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._styles = styles
        self._results = results
        self._notices = notices

    @property
    def now(self) -> Blending | None:
        """The two styles that are being blended, if any are."""
        choice = self._session.value.style
        return choice.of if choice else None

    def can_blend(self, style: Style) -> bool:
        """Whether `style` can be blended with the chosen one."""
        first = self._first
        return first is not None and not (first.second or style.second) and first.id != style.id

    def blend_with(self, style_id: str) -> None:
        """Blend the chosen style, half and half, with the style of this id."""
        first, second = self._first, self._styles.find(style_id)
        if first is not None and second is not None and first.id != second.id:
            self._wear(Blending(first, second, HALF))

    def weigh(self, share: float) -> None:
        """Take so much of the second style, 0 to 1, and the rest of the first."""
        now = self.now
        if now is not None:
            self._wear(Blending(now.first, now.second, max(0.0, min(round(share, 4), 1.0))))

    def swap(self) -> None:
        """Have the second one be the first; the picture stays the same."""
        now = self.now
        if now is not None:
            self._wear(Blending(now.second, now.first, round(1 - now.share, 4)))

    def stop(self) -> None:
        """Go back to the first style alone."""
        now = self.now
        if now is not None:
            self._session.replace(wear(self._session.value, now.first))

    def keep(self) -> None:
        """Save the blend as a style of the user's own.

        Its sample is the picture on the stage, if that was made in just this blend.
        """
        choice, now = self._session.value.style, self.now
        if choice is None or now is None or choice.style.second is None:
            self._notices.inform("At either end there is one style alone; move the slider first.")
            return
        self._styles.keep(as_own(choice.style, fresh_id()), self._sample(now))

    @property
    def _first(self) -> Style | None:
        now = self.now
        return now.first if now else self._styles.chosen

    def _wear(self, of: Blending) -> None:
        try:
            self._session.replace(wear_blend(self._session.value, of))
        except StyleError as error:
            self._notices.report(error)

    def _sample(self, now: Blending) -> Path | bytes:
        shown = self._results.shown
        recipe = shown.record.recipe if shown else None
        blend = recipe.blend if recipe else None
        if shown is None or recipe is None or blend is None:
            return b""
        names = f"{now.first.name.of('en')} + {now.second.name.of('en')}"
        is_it = blend.share == now.share and style_label(recipe) == names
        return Path(shown.path) if is_it else b""
