"""Pictures of what the prompt says now, by the style they were put in."""

from PySide6.QtCore import QObject, Signal

from maquette.core.style import Phrasing, take_off
from maquette.state.results import Results
from maquette.state.session import Session
from maquette.state.store import Store
from maquette.state.styles import Styles


class Subjects(QObject):
    """Looks through the pictures made lately, once for each prompt and picture.

    Signals:
        changed(): other pictures may be the ones now.
    """

    changed = Signal()

    def __init__(
        self,
        session: Store[Session],
        results: Results,
        styles: Styles,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._results = results
        self._styles = styles
        self._found: dict[str, str] | None = None
        session.changed.connect(self._session_changed)
        results.recent.changed.connect(self._forget)
        styles.changed.connect(self._forget)

    def path(self, style_id: str) -> str:
        """The newest picture of the present prompt in this style; "" if there is none."""
        if self._found is None:
            self._found = self._look()
        return self._found.get(style_id, "")

    def _look(self) -> dict[str, str]:
        found: dict[str, str] = {}
        prompt = " ".join(self._session.value.prompt.split()).rstrip(" ,.;，。；、")
        for picture in self._results.recent.value.pictures if prompt else ():
            recipe = picture.record.recipe
            style = self._styles.find(recipe.style.id) if recipe.style else None
            if style is None or style.id in found:
                continue
            bare = take_off(style, Phrasing(recipe.prompt, recipe.negative_prompt))
            if bare is not None and bare.prompt == prompt:
                found[style.id] = picture.path
        return found

    def _session_changed(self, _session: Session, fields: frozenset[str]) -> None:
        if "prompt" in fields:
            self._forget()

    def _forget(self, *_: object) -> None:
        self._found = None
        self.changed.emit()
