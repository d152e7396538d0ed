"""The right column of the Styles place: the current style in full, and what can be done with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from maquette.core.style import Style
from maquette.gui import icons
from maquette.gui.actions import Actions, said
from maquette.gui.advanced_fold import SAMPLER_NAMES
from maquette.gui.fitting_scroll import CalmScroll
from maquette.gui.live import Live
from maquette.gui.parts import Panel, button, label, name, selectable, tool_button
from maquette.gui.sketch_panel.word_menu import shown_language
from maquette.gui.style_actions import STYLE_SPECS
from maquette.gui.styles.sample_picture import SamplePicture
from maquette.gui.styles.samples import Samples
from maquette.gui.styles.words import group_word, style_name
from maquette.gui.theme import current_tokens
from maquette.state.check_reports import visible_text

SIDE = 232  # pixels of the picture


class StyleInspector(Live, Panel):
    """What a style is and says.

    Signals:
        wanted(): the user wants this style on, or off if it is.
        training_wanted(): the user wants to see how this style was trained.
    """

    wanted = Signal()
    training_wanted = Signal()

    def __init__(self, samples: Samples, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._style: Style | None = None
        self._is_own = self._is_worn = self._is_favourite = False
        self.picture = SamplePicture(samples, SIDE)
        self.name = selectable("title")
        self.facts = label("muted", wrap=True)
        self.description = selectable()
        self.words_title = label("small")
        self.words = selectable()
        self.settings = selectable("muted")
        self.origin = selectable("muted")
        self.empty = label("muted", wrap=True)
        self.training = button("tall")
        self.training.clicked.connect(self.training_wanted)
        self.training.hide()
        self.use = button("primary")
        self.use.clicked.connect(self.wanted)
        self.tools = {
            action: tool_button()
            for action in (
                "style_favourite", "style_edit", "style_duplicate", "style_export", "style_delete",
            )
        }  # fmt: skip
        for action, made in self.tools.items():
            made.clicked.connect(actions[action].trigger)
        self._lay_out()
        self.retranslate()
        self.restyle()

    def _lay_out(self) -> None:
        self.remark.hide()
        self.title.hide()
        content = QWidget()
        content.setObjectName("scrolled")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignHCenter)
        for part in (
            self.name, self.facts, self.description, self.words_title, self.words, self.settings,
            self.origin, self.empty,
        ):  # fmt: skip
            column.addWidget(part)
        column.addStretch(1)
        scroll = CalmScroll()
        scroll.setWidget(content)
        row = QHBoxLayout()
        row.setSpacing(4)
        for made in self.tools.values():
            row.addWidget(made)
        row.addStretch(1)
        self.body.addWidget(scroll, 1)
        self.body.addLayout(row)
        self.body.addWidget(self.training)
        self.body.addWidget(self.use)

    def show_style(
        self,
        style: Style | None,
        *,
        is_own: bool,
        is_worn: bool,
        is_favourite: bool,
        is_trained: bool,
    ) -> None:
        """Show `style`; None shows how to get to one. `is_trained` by a training that is here."""
        self._style = style
        self._is_own, self._is_worn, self._is_favourite = is_own, is_worn, is_favourite
        self.training.setVisible(is_trained)
        self._render()

    def _render(self) -> None:
        style, language = self._style, shown_language()
        self.picture.show_style(style)
        self.empty.setVisible(style is None)
        self.use.setEnabled(style is not None)
        for made in self.tools.values():
            made.setEnabled(style is not None)
        for action in ("style_edit", "style_delete"):
            self.tools[action].setEnabled(self._is_own)
        texts = dict.fromkeys(
            (self.name, self.facts, self.description, self.words, self.settings, self.origin), ""
        )
        if style is not None:
            own = self.tr("yours") if self._is_own else self.tr("comes with Maquette")
            texts[self.name] = style_name(style)
            texts[self.facts] = f"{group_word(style.group)} · {own}"
            texts[self.description] = style.description.of(language)
            texts[self.words] = self._words(style, language)
            texts[self.settings] = self._settings(style)
            texts[self.origin] = " · ".join(filter(None, (style.author, style.licence)))
        for part, text in texts.items():
            part.setText("\n".join(visible_text(line) for line in text.splitlines()))
            part.setVisible(bool(text))
        self.words_title.setVisible(bool(texts[self.words]))
        self.use.setText(self.tr("Take off") if self._is_worn else self.tr("Use this style"))
        name(self.use, self.use.text(), "" if self._is_worn else "Enter")
        self._paint_star()

    def _words(self, style: Style, language: str) -> str:
        words = style.prompt.of(language).replace("{prompt}", "…")
        if style.second is not None:
            second = style.second.prompt.of(language).replace("{prompt}", "…")
            share = round(100 * style.second.share)
            words = f"{100 - share} %: {words}\n{share} %: {second}"
        negative = style.negative.of(language).replace("{prompt}", "…")
        if negative:
            words += "\n" + self.tr("Not: {words}").format(words=negative)
        return words

    def _settings(self, style: Style) -> str:
        parts: list[str] = []
        if style.steps is not None:
            parts.append(self.tr("{n} steps").format(n=style.steps))
        if style.guidance_scale is not None:
            parts.append(self.tr("guidance {n}").format(n=f"{style.guidance_scale:g}"))
        if style.sampler is not None:
            parts.append(SAMPLER_NAMES[style.sampler])
        parts += [f"{lora.name} {lora.weight:g}" for lora in style.loras]
        return " · ".join(parts)

    def retranslate(self) -> None:
        self.training.setText(self.tr("How it was trained"))
        name(self.training, self.training.text())
        self.empty.setText(
            self.tr(
                "Choose a card to see what a style says. Enter puts it on; your prompt stays as "
                "you wrote it."
            )
        )
        self.words_title.setText(self.tr("Words"))
        for action, made in self.tools.items():
            spec = STYLE_SPECS[action]
            name(made, said(spec.text), spec.keys[0] if spec.keys else "", tip=said(spec.tip))
        self._render()

    def restyle(self) -> None:
        for action, made in self.tools.items():
            made.setIcon(icons.icon(STYLE_SPECS[action].icon))
        self._paint_star()
        self.picture.update()

    def _paint_star(self) -> None:
        colour = current_tokens().accent_text if self._is_favourite else ""
        self.tools["style_favourite"].setIcon(icons.icon("star", colour))
