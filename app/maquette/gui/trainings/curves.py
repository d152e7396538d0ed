"""The curves of a training: the loss of each step, what it comes to, and the held-out pictures'."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyqtgraph
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from maquette.core.training import LossPoint
from maquette.gui.live import Live
from maquette.gui.parts import Panel, label, name
from maquette.gui.theme import current_tokens
from maquette.state.training_view import ShownTraining

HEIGHT = 232  # pixels
_SMOOTH = 0.08  # share of the curve over which a point forgets those before it
_ROOM = 0.08  # of the height above and below what is shown
_OUTLIERS = (1.0, 97.0)  # percentiles of the dots that are sure to be seen

Values = npt.NDArray[np.float64]


class CurvesPanel(Live, Panel):
    """Dots and a line for what is learned, a dashed line for the held-out pictures, a mark for the
    step that is kept. There is nothing to press in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: ShownTraining | None = None
        self._looked_at: int | None = None
        pyqtgraph.setConfigOptions(antialias=True, exitCleanup=False)
        item = pyqtgraph.PlotItem()
        self.plot = pyqtgraph.PlotWidget(plotItem=item)
        self.plot.setFixedHeight(HEIGHT)
        self.plot.setFrameShape(QFrame.Shape.NoFrame)
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.setMouseEnabled(x=False, y=False)
        self.plot.setMenuEnabled(False)
        self.plot.hideButtons()
        self.plot.viewport().setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._box = item.getViewBox()
        self._dots = self.plot.plot(pen=None, symbol="o", symbolSize=3, symbolPen=None)
        self._line = self.plot.plot()
        self._held_out = self.plot.plot(symbol="o", symbolSize=5, symbolPen=None)
        self._kept = pyqtgraph.InfiniteLine(angle=90)
        self._glance = pyqtgraph.InfiniteLine(angle=90)
        for line in (self._kept, self._glance):
            line.setVisible(False)
            self._box.addItem(line, ignoreBounds=True)
        self._keys = {key: (_Swatch(), label("small")) for key in ("learned", "held", "kept")}
        self.note = label("muted", wrap=True)
        self.empty = label("muted", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setFixedHeight(HEIGHT)
        self._lay_out()
        self.retranslate()
        self.restyle()

    def _lay_out(self) -> None:
        for swatch, words in self._keys.values():
            self.header.addWidget(swatch)
            self.header.addWidget(words)
            self.header.addSpacing(8)
        self.remark.hide()
        self.body.addWidget(self.plot)
        self.body.addWidget(self.empty)
        self.body.addWidget(self.note)

    def show_training(self, one: ShownTraining) -> None:
        """Draw the curves of `one` as they are now."""
        before, self._shown = self._shown, one
        fields = ("losses", "validation", "best_step", "plan")
        if before is None or any(getattr(before, f) != getattr(one, f) for f in fields):
            self._draw(one)

    def look_at(self, step: int | None) -> None:
        """Mark the step whose pictures are looked at; None for none."""
        self._looked_at = step
        self._glance.setVisible(step is not None)
        if step is not None:
            self._glance.setValue(step)

    def _draw(self, one: ShownTraining) -> None:
        steps, losses = _arrays(one.losses)
        held_steps, held = _arrays(one.validation)
        line = smoothed(losses)
        self._dots.setData(steps, losses)
        self._line.setData(steps, line)
        self._held_out.setData(held_steps, held)
        self._kept.setVisible(bool(one.best_step))
        self._kept.setValue(one.best_step)
        has_any = bool(len(steps) or len(held_steps))
        self.plot.setVisible(has_any)
        self.empty.setVisible(not has_any)
        self._box.setRange(xRange=(0, one.total), padding=0.01)
        if has_any:
            low, high = _bounds(losses, line, held)
            room = _ROOM * max(high - low, 1e-4)
            self._box.setRange(yRange=(low - room, high + room), padding=0)
        self._describe(one)

    def _describe(self, one: ShownTraining) -> None:
        """What the picture says, for who cannot see it."""
        said = self.tr("Nothing is measured yet.")
        if one.validation:
            said = self.tr(
                "The held-out pictures' loss went from {first} to {last}; it was best after "
                "{step} steps."
            ).format(
                first=f"{one.validation[0].loss:.4f}",
                last=f"{one.validation[-1].loss:.4f}",
                step=one.best_step,
            )
        name(self.plot, self.tr("Curves of the training"))
        self.plot.setToolTip("")
        self.plot.setAccessibleDescription(said)

    def retranslate(self) -> None:
        self.title.setText(self.tr("How it learns"))
        words = {
            "learned": self.tr("what is learned"),
            "held": self.tr("held-out pictures"),
            "kept": self.tr("kept"),
        }
        for key, (_swatch, shown) in self._keys.items():
            shown.setText(words[key])
        self.note.setText(
            self.tr(
                "Lower is better. The dashed line is about pictures that are held out: the model "
                "never learns from them, so it shows what it has understood and not what it knows "
                "by heart. Where that line is lowest the style is kept; once it only rises, the "
                "training ends by itself."
            )
        )
        self.empty.setText(self.tr("The curves begin with the first steps."))
        self.plot.setLabel("bottom", self.tr("steps"))
        self.plot.setLabel("left", self.tr("error"))
        if self._shown is not None:
            self._describe(self._shown)

    def restyle(self) -> None:
        tokens = current_tokens()
        self.plot.setBackground(QColor(tokens.panel))
        dots = QColor(tokens.muted)
        dots.setAlphaF(0.45)
        self._dots.setSymbolBrush(dots)
        self._line.setPen(pyqtgraph.mkPen(tokens.muted, width=2))
        self._held_out.setPen(pyqtgraph.mkPen(tokens.accent, width=2, style=Qt.PenStyle.DashLine))
        self._held_out.setSymbolBrush(QColor(tokens.accent))
        self._kept.setPen(pyqtgraph.mkPen(tokens.success, width=2))
        self._glance.setPen(pyqtgraph.mkPen(tokens.accent_text, width=1, style=Qt.PenStyle.DotLine))
        font = QFont(self.font())
        font.setPointSizeF(self.font().pointSizeF() * 0.9)
        for side in ("bottom", "left"):
            axis = self.plot.getAxis(side)
            axis.setPen(pyqtgraph.mkPen(tokens.border))
            axis.setTextPen(pyqtgraph.mkPen(tokens.muted))
            axis.setTickFont(font)
            axis.label.setFont(font)
            axis.enableAutoSIPrefix(False)
        self.plot.showGrid(x=False, y=True, alpha=0.12)
        for key, colour in (
            ("learned", tokens.muted), ("held", tokens.accent), ("kept", tokens.success),
        ):  # fmt: skip
            self._keys[key][0].paint_in(colour, dashed=key == "held")


class _Swatch(QLabel):
    """A short line in the colour of a curve."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(18, 4)

    def paint_in(self, colour: str, *, dashed: bool) -> None:
        line = "dashed" if dashed else "solid"
        self.setStyleSheet(f"border: none; border-top: 2px {line} {colour}; margin-top: 1px;")


def smoothed(losses: Values) -> Values:
    """An exponential mean of `losses` that starts unbiased, as Adam's moments do."""
    keep = 1 - 1 / max(1.0, _SMOOTH * len(losses))
    mean, weight = 0.0, 0.0
    made = np.empty_like(losses)
    for place, loss in enumerate(losses):
        mean = keep * mean + (1 - keep) * loss
        weight = keep * weight + (1 - keep)
        made[place] = mean / weight
    return made


def _arrays(points: Sequence[LossPoint]) -> tuple[Values, Values]:
    steps = np.array([point.step for point in points], np.float64)
    return steps, np.array([point.loss for point in points], np.float64)


def _bounds(losses: Values, line: Values, held: Values) -> tuple[float, float]:
    """From where to where what matters lies: outlying dots may be cut off."""
    seen = [line, held]
    if len(losses):
        seen.append(np.percentile(losses, _OUTLIERS))
    values = np.concatenate(seen)
    return float(values.min()), float(values.max())
