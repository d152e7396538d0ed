"""What is told of live mode in a few words, and as a sentence."""

from PySide6.QtCore import QCoreApplication

from maquette.state.live_view import LivePhase, LiveView
from maquette.state.messages import translate_sentence
from maquette.state.noop import QT_TRANSLATE_NOOP

_SHORT = {
    LivePhase.EMPTY: QT_TRANSLATE_NOOP("LiveWords", "waits for lines"),
    LivePhase.RESTARTING: QT_TRANSLATE_NOOP("LiveWords", "starts again"),
}
_LIVE = QT_TRANSLATE_NOOP("LiveWords", "live")
_BEHIND = QT_TRANSLATE_NOOP("LiveWords", "after this picture")
_SECONDS = QT_TRANSLATE_NOOP("LiveWords", "{n} s")
_WAITS = QT_TRANSLATE_NOOP(
    "LiveWords", "A picture of the queue is being made; the live picture comes after it."
)
_SENTENCES = {
    LivePhase.OFF: QT_TRANSLATE_NOOP("LiveWords", "Let the picture follow the pen while you draw."),
    LivePhase.EMPTY: QT_TRANSLATE_NOOP("LiveWords", "Draw something, and the picture follows."),
    LivePhase.MAKING: QT_TRANSLATE_NOOP("LiveWords", "A quick picture is being made."),
    LivePhase.REFINING: QT_TRANSLATE_NOOP(
        "LiveWords", "The pen rests, so the picture is made with all its steps."
    ),
    LivePhase.RESTING: QT_TRANSLATE_NOOP("LiveWords", "What is shown is up to date."),
    LivePhase.RESTARTING: QT_TRANSLATE_NOOP(
        "LiveWords", "The worker starts again; then live mode goes on."
    ),
}


def live_words(view: LiveView, waits: bool) -> str:
    """ "live · 0.6 s" and the like; `waits` is whether another picture is being made first."""
    if view.phase is LivePhase.OFF:
        return ""
    said = _said(_SHORT[view.phase]) if view.phase in _SHORT else ""
    if not said and waits and view.phase is not LivePhase.RESTING:
        said = _said(_BEHIND)
    if not said and view.seconds is not None:
        said = _said(_SECONDS).format(n=f"{view.seconds:.1f}")
    return " · ".join(word for word in (_said(_LIVE), said) if word)


def live_sentence(view: LiveView, waits: bool) -> str:
    """The same for a tooltip and for screen readers."""
    if view.message:
        return translate_sentence(view.message)
    if waits and view.phase in (LivePhase.MAKING, LivePhase.REFINING):
        return _said(_WAITS)
    return _said(_SENTENCES[view.phase])


def _said(text: str) -> str:
    return QCoreApplication.translate("LiveWords", text)
