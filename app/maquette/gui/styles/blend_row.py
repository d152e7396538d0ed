"""The row that blends two styles: a picture of each, a slider between them, and their shares."""

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSlider, QVBoxLayout, QWidget

from maquette.core.style import Style, StyleGroup
from maquette.gui import icons
from maquette.gui.elided import ElidedLabel
from maquette.gui.live import Live
from maquette.gui.parts import button, name, plain_tip, tool_button
from maquette.gui.styles.sample_picture import SamplePicture
from maquette.gui.styles.samples import Samples
from maquette.gui.styles.words import group_word, style_name
from maquette.state.style_blending import StyleBlending
from maquette.state.styles import Styles

CARD = 32  # pixels of a picture
WHOLE = 100  # notches of the slider
QUARTER = 25


class BlendRow(Live, QWidget):
    """Hidden while there is no style; offers to blend while there is one."""

    def __init__(
        self,
        styles: Styles,
        blending: StyleBlending,
        samples: Samples,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._styles = styles
        self._blending = blending
        self.begin = button("quiet")
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.begin.setMenu(self._menu)
        self.cards = (SamplePicture(samples, CARD), SamplePicture(samples, CARD))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, WHOLE)
        self.slider.setPageStep(QUARTER)
        self.first = ElidedLabel("small")
        self.second = ElidedLabel("small")
        self.second.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.swap, self.keep, self.stop = (tool_button(size=16) for _ in range(3))
        self._blend = QWidget()
        self._lay_out()
        self.slider.valueChanged.connect(lambda notch: blending.weigh(notch / WHOLE))
        self.swap.clicked.connect(blending.swap)
        self.keep.clicked.connect(blending.keep)
        self.stop.clicked.connect(blending.stop)
        self.retranslate()
        self.restyle()

    def _lay_out(self) -> None:
        upper = QHBoxLayout()
        upper.setSpacing(8)
        upper.addWidget(self.cards[0])
        upper.addWidget(self.slider, 1)
        upper.addWidget(self.cards[1])
        for part in (self.swap, self.keep, self.stop):
            upper.addWidget(part)
        lower = QHBoxLayout()
        lower.setSpacing(8)
        lower.addWidget(self.first, 1)
        lower.addWidget(self.second, 1)
        column = QVBoxLayout(self._blend)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(upper)
        column.addLayout(lower)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._blend)
        outer.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)

    def show_now(self) -> None:
        """Show what is blended now."""
        now, chosen = self._blending.now, self._styles.chosen
        self._blend.setVisible(now is not None)
        self.begin.setVisible(now is None and chosen is not None and chosen.second is None)
        self.setVisible(chosen is not None)
        if now is None:
            return
        percent = round(max(0.0, min(now.share, 1.0)) * WHOLE)  # a project file may say anything
        for card, style in zip(self.cards, (now.first, now.second), strict=True):
            card.show_style(style)
            card.setToolTip(plain_tip(style_name(style)))
        with QSignalBlocker(self.slider):
            self.slider.setValue(percent)
        second = style_name(now.second)
        self.first.set_text(f"{WHOLE - percent} % {style_name(now.first)}")
        self.second.set_text(f"{percent} % {second}")
        name(self.slider, self.tr("Share of {style}").format(style=second))
        self.slider.setToolTip(plain_tip(self.slider.accessibleName()))
        self.keep.setEnabled(0 < percent < WHOLE)

    # --- the menu -------------------------------------------------------------------------------

    def _fill_menu(self) -> None:
        self._menu.clear()
        value = self._styles.value
        offered = [style for style in value.styles if self._blending.can_blend(style)]
        for style in offered:
            if style.id in value.favourites:
                self._offer(self._menu, style)
        if not self._menu.isEmpty():
            self._menu.addSeparator()
        for group in StyleGroup:
            members = [style for style in offered if style.group is group]
            if members:
                menu = self._menu.addMenu(group_word(group))
                for style in members:
                    self._offer(menu, style)

    def _offer(self, menu: QMenu, style: Style) -> None:
        said = style_name(style).replace("&", "&&")
        menu.addAction(said, lambda: self._blending.blend_with(style.id))

    # --- language and theme ---------------------------------------------------------------------

    def retranslate(self) -> None:
        self.begin.setText(self.tr("Blend with…"))
        name(self.begin, self.tr("Blend this style with another one"))
        name(self.swap, self.tr("Swap the two styles"))
        name(self.keep, self.tr("Save the blend as a style of your own"))
        name(self.stop, self.tr("Stop blending and keep the first style"))
        self.show_now()

    def restyle(self) -> None:
        for part, icon in (
            (self.swap, "arrows-left-right"),
            (self.keep, "floppy-disk"),
            (self.stop, "x"),
        ):
            part.setIcon(icons.icon(icon))
        for card in self.cards:
            card.update()
