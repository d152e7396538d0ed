"""The Prompt panel: everything a picture is made from, and the button that makes it."""

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from maquette.core.model_info import ModelInfo
from maquette.core.recipe import MAX_IMAGES
from maquette.gui.advanced_fold import AdvancedFold
from maquette.gui.fitting_scroll import FittingScroll
from maquette.gui.live import Live
from maquette.gui.model_row import ModelRow
from maquette.gui.parts import Fold, Panel, button, label, mark_invalid, name
from maquette.gui.prompt_edit import PromptEdit
from maquette.gui.seed_row import SeedRow
from maquette.gui.size_row import SizeRow
from maquette.gui.start_row import StartRow
from maquette.state.commands import Commands
from maquette.state.draft import SKETCH_FIELDS, Problem
from maquette.state.messages import translate_sentence
from maquette.state.models import Models
from maquette.state.session import Session
from maquette.state.settings import SettingsStore
from maquette.state.start import StartPictures
from maquette.state.store import Store

LANGUAGE_NAMES = {"en": "EN", "zh": "中文"}


class PromptPanel(Live, Panel):
    """Shows the session and the models, and turns edits into changes of the session."""

    def __init__(
        self,
        *,
        commands: Commands,
        session: Store[Session],
        settings: SettingsStore,
        models: Models,
        starts: StartPictures,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._commands = commands
        self._session = session
        self._settings = settings
        self._models = models

        self.prompt = PromptEdit(5)
        self.hint_line = label("small", wrap=True)
        self.problem_line = label("error", wrap=True)
        self.start_row = StartRow(commands, starts)
        self.negative_fold = Fold()
        self.negative = PromptEdit(3)
        self.model_row = ModelRow()
        self.size_row = SizeRow()
        self.seed_row = SeedRow()
        self.advanced = AdvancedFold(session)
        self.generate = button("primary")
        self.count = QSpinBox()
        self.count.setProperty("kind", "count")
        self.count.setRange(1, MAX_IMAGES)
        self.count.setPrefix("× ")
        self.count.setFixedWidth(72)
        self.count.setAlignment(Qt.AlignmentFlag.AlignCenter)

        self._fields: dict[str, QWidget] = {
            "prompt": self.prompt,
            "negative_prompt": self.negative,
            "model": self.model_row.list,
            "seed": self.seed_row.field,
            **self.advanced.fields,
            "strength": self.start_row.strength.field,
            "count": self.count,
        }
        self._lay_out()
        self._connect()
        self.retranslate()
        self.restyle()
        self._render_models()
        self._render(session.value, frozenset(session.value.__struct_fields__))
        self._render_problem(commands.problem.value)

    # --- layout ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.negative_fold.body.addWidget(self.negative)
        content = QWidget()
        content.setObjectName("scrolled")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (
            self.prompt,
            self.hint_line,
            self.start_row,
            self.negative_fold,
            self.model_row,
            self.size_row,
            self.seed_row,
            self.advanced,
        ):
            column.addWidget(part)
        column.addStretch(1)
        self._scroll = FittingScroll()
        self._scroll.setWidget(content)
        go = QHBoxLayout()
        go.setSpacing(8)
        go.addWidget(self.generate, 1)
        go.addWidget(self.count)
        self.body.addWidget(self._scroll)
        # Outside of what scrolls: the sentence must be seen wherever its field is.
        self.body.addWidget(self.problem_line)
        self.body.addLayout(go)

    def _connect(self) -> None:
        change = self._session.update
        self.prompt.edited.connect(lambda text: change(prompt=text))
        self.negative.edited.connect(lambda text: change(negative_prompt=text))
        self.negative_fold.head.toggled.connect(lambda is_open: change(negative_open=is_open))
        self.advanced.head.toggled.connect(lambda is_open: change(advanced_open=is_open))
        self.size_row.chosen.connect(lambda width, height: change(width=width, height=height))
        self.seed_row.typed.connect(lambda seed: change(seed=seed, seed_locked=True))
        self.seed_row.locked.connect(lambda is_locked: change(seed_locked=is_locked))
        self.seed_row.rolled.connect(self._commands.new_seed)
        self.count.valueChanged.connect(lambda value: change(count=value))
        self.generate.clicked.connect(self._commands.generate)
        self.model_row.chosen.connect(self._commands.models.choose)
        self.model_row.added.connect(self._commands.models.add)
        self._session.changed.connect(self._render)
        self._models.changed.connect(self._render_models)
        self._settings.changed.connect(self._settings_changed)
        self._commands.problem.changed.connect(self._render_problem)

    # --- showing --------------------------------------------------------------------------------

    def _render(self, session: Session, fields: frozenset[str]) -> None:
        if "prompt" in fields:
            self.prompt.set_text(session.prompt)
            self._render_problem(self._commands.problem.value)
        if "negative_prompt" in fields:
            self.negative.set_text(session.negative_prompt)
            self._name_folds()
        if "negative_open" in fields:
            self.negative_fold.set_open(session.negative_open)
        if "advanced_open" in fields:
            self.advanced.set_open(session.advanced_open)
        if fields & {"width", "height"}:
            self.size_row.set_size(session.width, session.height)
        if fields & {"seed", "seed_locked"}:
            self.seed_row.render_seed(session.seed, session.seed_locked)
        if "count" in fields:
            with QSignalBlocker(self.count):
                self.count.setValue(session.count)
        if "start" in fields:
            self.start_row.render_choice(session.start)

    def _settings_changed(self, _settings: object, fields: frozenset[str]) -> None:
        if "model" in fields:
            self._render_models()

    def _render_models(self) -> None:
        chosen = self._models.chosen
        self.model_row.render_models(self._models.value.known, chosen.id if chosen else "")
        self.size_row.set_model(chosen)
        session = self._session.value
        self.size_row.set_size(session.width, session.height)
        if chosen is not None:
            self.advanced.set_side_step(chosen.latent_factor)
        self._render_languages(chosen)
        self._render_problem(self._commands.problem.value)

    def _render_languages(self, model: ModelInfo | None) -> None:
        known = model.languages if model else ()
        shown = [LANGUAGE_NAMES.get(code, code) for code in known]
        self.remark.setText(" · ".join(shown))
        self.remark.setToolTip(self.tr("Languages that this model understands"))

    def _render_problem(self, problem: Problem, _fields: object = None) -> None:
        for key, widget in self._fields.items():
            mark_invalid(widget, problem.field == key)
        if problem.field in self.advanced.fields:
            self.advanced.set_open(True)
        elif problem.field == "negative_prompt":
            self.negative_fold.set_open(True)
        is_ours = problem.field not in SKETCH_FIELDS
        for line, text in (
            (self.problem_line, translate_sentence(problem.message) if is_ours else ""),
            (self.hint_line, self._hint()),
        ):
            line.setText(text)
            line.setVisible(bool(text))

    def _hint(self) -> str:
        """What is worth knowing about the prompt although nothing is wrong with it."""
        prompt = self._session.value.prompt
        model = self._models.chosen
        if not prompt.strip():
            return self.tr("Without a prompt the model makes whatever comes to it.")
        chinese = any("\u4e00" <= character <= "\u9fff" for character in prompt[:500])
        if chinese and model is not None and "zh" not in model.languages:
            return self.tr("This model was taught English prompts; Chinese may not reach it.")
        return ""

    # --- language and theme ---------------------------------------------------------------------

    def retranslate(self) -> None:
        self.title.setText(self.tr("Prompt"))
        self.prompt.setPlaceholderText(
            self.tr(
                "Describe the picture: the thing, what it is made of, the light, the background.\n"
                "For example: a blue glass vase on a marble table"
            )
        )
        name(self.prompt, self.tr("Prompt"), "Ctrl+P", tip=self.tr("What the picture shows"))
        self.negative.setPlaceholderText(self.tr("What the picture should not show"))
        name(self.negative, self.tr("Negative prompt"), tip=self.tr("What to keep away from"))
        self.generate.setText(self.tr("Generate") + "   Ctrl ↵")
        name(self.generate, self.tr("Generate"), "Ctrl+Enter")
        name(self.count, self.tr("Number of images"), tip=self.tr("How many pictures to make"))
        self._name_folds()
        self._render_languages(self._models.chosen)
        self._render_problem(self._commands.problem.value)

    def restyle(self) -> None:
        self.negative_fold.restyle()
        self.advanced.restyle()

    def _name_folds(self) -> None:
        text = self.tr("Negative prompt")
        if self._session.value.negative_prompt.strip():
            text += " •"
        self.negative_fold.head.setText(text)
        name(self.negative_fold.head, self.tr("Show or hide the negative prompt"))
