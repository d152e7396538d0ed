"""Colours of the exported files, and the resolution that is written into them."""

from pathlib import Path

import msgspec
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QMenu, QWidget

from maquette.core.export_preset import ColourSpace, ExportPreset
from maquette.gui import icons
from maquette.gui.combo import chosen_in, fill_combo
from maquette.gui.elided import ElidedLabel
from maquette.gui.export.fields import OptionalNumber
from maquette.gui.export.preset_card import PresetCard
from maquette.gui.export.words import colour_words
from maquette.gui.parts import button, label, name, tool_button
from maquette.provenance.press_profile import COATED

DPI = (36, 2_400)


class ColourCard(PresetCard):
    """Colour space, print simulation, dots per inch."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._proof = ""
        self.colour = QComboBox()
        self.proof = ElidedLabel("muted")
        self.choose_proof = button()
        menu = QMenu(self)
        self.coated = menu.addAction("", lambda: self.set_proof(COATED))
        self.own = menu.addAction("", self._ask)
        self.choose_proof.setMenu(menu)
        self.clear_proof = tool_button()
        self.dpi = OptionalNumber(*DPI)
        self.dpi.setFixedWidth(112)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.proof, 1)
        row.addWidget(self.clear_proof)
        row.addWidget(self.choose_proof)
        resolution = QHBoxLayout()
        resolution.addWidget(self.dpi)
        resolution.addStretch(1)
        self._captions = {
            self.colour: self.add_row(self.colour),
            self.choose_proof: self.add_row(row, self.choose_proof),
        }
        self._note = label("small", wrap=True)
        self.add_note(self._note)
        self._captions[self.dpi] = self.add_row(resolution, self.dpi)
        self.colour.currentIndexChanged.connect(self._tell)
        self.dpi.valueChanged.connect(self._tell)
        self.clear_proof.clicked.connect(lambda: self.set_proof(""))
        self.retranslate()
        self.restyle()

    def _show(self, preset: ExportPreset) -> None:
        self.colour.setCurrentIndex(self.colour.findData(preset.colour))
        self._proof = preset.proof_profile
        self.dpi.set_number(preset.dpi)
        self._render()

    def taken(self, preset: ExportPreset) -> ExportPreset:
        return msgspec.structs.replace(
            preset,
            colour=chosen_in(self.colour, ColourSpace),
            proof_profile=self._proof,
            dpi=self.dpi.number,
        )

    def set_proof(self, path: str) -> None:
        """Simulate the print of this CMYK profile, COATED for our own; "" for none."""
        self._proof = path
        self._render()
        self._tell()

    def _ask(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(
            self,
            self.tr("A CMYK profile of the print shop"),
            str(Path(self._proof).parent) if self._proof not in ("", COATED) else "",
            self.tr("ICC profiles (*.icc *.icm)"),
        )
        if path:
            self.set_proof(path)

    def _render(self) -> None:
        self.clear_proof.setVisible(bool(self._proof))
        if self._proof == COATED:
            self.proof.set_text(
                self.tr("Coated paper (generic)"),
                self.tr("By the published colours of inks on coated paper, not of one press"),
            )
            return
        shown = Path(self._proof).name if self._proof else self.tr("none")
        self.proof.set_text(shown, self._proof)

    def retranslate(self) -> None:
        self.title.setText(self.tr("Colour and resolution"))
        for field, text in (
            (self.colour, self.tr("Colour space")),
            (self.choose_proof, self.tr("Print simulation")),
            (self.dpi, self.tr("Resolution")),
        ):
            self._captions[field].setText(text)
            name(field, text)
            field.setToolTip("")
        self.choose_proof.setText(self.tr("Choose"))
        self.coated.setText(self.tr("Coated paper (generic)"))
        self.own.setText(self.tr("Profile of the print shop…"))
        name(self.choose_proof, self.tr("Choose the profile for the print simulation"))
        name(self.clear_proof, self.tr("No print simulation"))
        self.dpi.set_words(self.tr("Resolution in dots per inch"), self.tr("not written"))
        self.dpi.setSuffix(" DPI")
        self._note.setText(
            self.tr(
                "The colours as a CMYK print would have them, in a file that is still RGB. The "
                "print shop gives you its profile; the generic one shows what paper cannot hold."
            )
        )
        self._showing = True
        fill_combo(self.colour, colour_words(), self.colour.currentData())
        self._showing = False
        self._render()

    def restyle(self) -> None:
        self.clear_proof.setIcon(icons.icon("x"))
