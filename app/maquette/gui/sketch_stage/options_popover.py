"""What is set less often about the tools: hardness, smoothing, pen, mirror, guides, filling."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QFormLayout, QFrame, QVBoxLayout, QWidget

from maquette.core.tools import Guide, Symmetry, ToolSettings
from maquette.gui.live import Live
from maquette.gui.parts import label
from maquette.gui.sketch_stage.choice import Choice
from maquette.gui.sketch_stage.slim_number import SlimNumber
from maquette.state.store import Store

SHARES = ("hardness", "smoothing", "pressure_size", "pressure_opacity", "tilt_size")
WIDTH = 336


class OptionsPopover(Live, QFrame):
    """Each change holds at once."""

    def __init__(self, tools: Store[ToolSettings], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popover")
        self.setFixedWidth(WIDTH)
        self._tools = tools
        self.numbers = {field: SlimNumber(0.0, 1.0, factor=100.0) for field in SHARES}
        self.numbers["pressure_curve"] = SlimNumber(0.25, 4.0, decimals=2, curved=True)
        self.numbers["grid"] = SlimNumber(4, 1024, curved=True)
        self.numbers["tolerance"] = SlimNumber(0, 255)
        self.numbers["gap"] = SlimNumber(0, 64)
        self.symmetry = Choice(Symmetry)
        self.guide = Choice(Guide)
        self.flags = {field: QCheckBox() for field in ("snap", "filled", "finger_draws")}
        self._names = {field: label("small") for field in (*self.numbers, "symmetry", "guide")}
        self._titles = [label("title") for _ in range(3)]
        self._lay_out()
        for field, number in self.numbers.items():
            number.label.hide()  # the form has the words, so that the sliders stand in one line
            number.changed.connect(lambda value, held=field: self._set_number(held, value))
        self.symmetry.chosen.connect(lambda value: tools.update(symmetry=Symmetry(value)))
        self.guide.chosen.connect(lambda value: tools.update(guide=Guide(value)))
        for field, box in self.flags.items():
            box.clicked.connect(lambda checked, held=field: tools.update(**{held: checked}))
        tools.changed.connect(self._render)
        self.retranslate()
        self._render(tools.value)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        groups: tuple[tuple[str, ...], ...] = (
            ("hardness", "smoothing", "pressure_size", "pressure_opacity", "pressure_curve",
             "tilt_size", "finger_draws"),
            ("symmetry", "guide", "grid", "snap"),
            ("filled", "tolerance", "gap"),
        )  # fmt: skip
        for title, fields in zip(self._titles, groups, strict=True):
            column.addWidget(title)
            form = QFormLayout()
            form.setHorizontalSpacing(12)
            form.setVerticalSpacing(4)
            form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            for field in fields:
                if field in self.flags:
                    form.addRow(self.flags[field])
                    continue
                lists: dict[str, QWidget] = {"symmetry": self.symmetry, "guide": self.guide}
                form.addRow(self._names[field], lists.get(field) or self.numbers[field])
            column.addLayout(form)

    def open_at(self, corner: QPoint) -> None:
        """Show it with its top right corner at `corner` of the screen, as far as there is room."""
        self.adjustSize()
        room = self.screen().availableGeometry()
        x = max(room.left() + 8, corner.x() - self.width())
        y = max(room.top() + 8, min(corner.y(), room.bottom() - 8 - self.height()))
        self.move(x, y)
        self.show()
        self.numbers["hardness"].slider.setFocus()

    def _set_number(self, field: str, value: float) -> None:
        whole = field in ("grid", "tolerance", "gap")
        self._tools.update(**{field: round(value) if whole else value})

    def _render(self, settings: ToolSettings, _fields: object = None) -> None:
        for field, number in self.numbers.items():
            number.set_value(getattr(settings, field))
        self.symmetry.set_value(settings.symmetry)
        self.guide.set_value(settings.guide)
        for field, box in self.flags.items():
            box.setChecked(getattr(settings, field))

    def retranslate(self) -> None:
        titles = (
            self.tr("Brush and pen"),
            self.tr("Mirror and guides"),
            self.tr("Shapes, filling"),
        )
        for title, text in zip(self._titles, titles, strict=True):
            title.setText(text)
        texts = {
            "hardness": (self.tr("Hardness"), self.tr("How much of the brush is solid")),
            "smoothing": (
                self.tr("Smoothing"),
                self.tr("How calmly the line comes after the hand; 0 switches it off"),
            ),
            "pressure_size": (
                self.tr("Pressure: size"), self.tr("How much of the width the pressure rules"),
            ),
            "pressure_opacity": (
                self.tr("Pressure: opacity"),
                self.tr("How much of the opacity the pressure rules"),
            ),
            "pressure_curve": (
                self.tr("Pressure curve"), self.tr("Below 1 for a light hand, above it a firm one"),
            ),
            "tilt_size": (
                self.tr("Tilt: size"), self.tr("How much wider a pen that lies flat draws"),
            ),
            "grid": (self.tr("Grid"), self.tr("Distance of the grid's lines, in pixels")),
            "tolerance": (
                self.tr("Tolerance"), self.tr("How different a filled pixel may be, 0 to 255"),
            ),
            "gap": (
                self.tr("Close gaps"),
                self.tr("Openings up to this wide are no way out for a filling, in pixels"),
            ),
        }  # fmt: skip
        for field, (text, tip) in texts.items():
            self._names[field].setText(text)
            self.numbers[field].set_text(text, tip)
        self._names["symmetry"].setText(self.tr("Mirror"))
        self._names["guide"].setText(self.tr("Guides"))
        self.symmetry.setAccessibleName(self.tr("Mirror"))
        self.guide.setAccessibleName(self.tr("Guides"))
        self.symmetry.set_words(
            {
                Symmetry.NONE: self.tr("Off"),
                Symmetry.VERTICAL: self.tr("Left and right"),
                Symmetry.HORIZONTAL: self.tr("Above and below"),
                Symmetry.BOTH: self.tr("Both ways"),
            }
        )
        self.guide.set_words(
            {
                Guide.NONE: self.tr("None"),
                Guide.GRID: self.tr("Grid"),
                Guide.ONE_POINT: self.tr("One vanishing point"),
                Guide.TWO_POINT: self.tr("Two vanishing points"),
                Guide.THREE_POINT: self.tr("Three vanishing points"),
            }
        )
        self.flags["snap"].setText(self.tr("Strokes snap to the guides"))
        self.flags["filled"].setText(self.tr("Shapes are filled"))
        self.flags["finger_draws"].setText(self.tr("A finger draws, too"))
