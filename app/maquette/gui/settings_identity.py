"""Who signs, in the settings: this installation, or the user's own certificate."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from maquette.core.plain_text import visible_text
from maquette.gui.elided import ElidedLabel
from maquette.gui.live import Live
from maquette.gui.parts import button, label, lay_out_dialog, name, set_property
from maquette.state.identity import Identity, IdentityView
from maquette.state.messages import translate_sentence


class IdentityRow(Live, QWidget):
    """Buttons to change the signer; `words`, a sentence about who it is, goes above them."""

    def __init__(self, identity: Identity, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._identity = identity
        self._dialog: CertificateDialog | None = None
        self.words = label("small", wrap=True)
        self.choose = button()
        self.installations = button("quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.choose)
        row.addWidget(self.installations)
        row.addStretch(1)
        self.choose.clicked.connect(self._ask)
        self.installations.clicked.connect(identity.use_installations)
        identity.changed.connect(self._render)
        self.retranslate()

    def _render(self, view: IdentityView, _fields: object = None) -> None:
        signer = view.signer
        is_own = signer is not None and signer.own
        if view.problem:
            text = translate_sentence(view.problem)
        elif signer is None:
            text = self.tr("Looking up who signs…")
        else:
            said = (
                self.tr("Signed as {name} with your own certificate, valid until {date}.")
                if is_own
                else self.tr(
                    "Signed as {name}, valid until {date}. The certificate was made on this "
                    "machine: others see that nothing was changed, but not who you are."
                )
            )
            text = said.format(name=visible_text(signer.common_name), date=signer.valid_until[:10])
            if signer.notice:
                text = f"{text} {translate_sentence(signer.notice)}"
        self.words.setText(text)
        set_property(self.words, "role", "error" if view.problem else "small")
        self.installations.setVisible(is_own or bool(view.problem))

    def _ask(self) -> None:
        if self._dialog is None:
            self._dialog = CertificateDialog(self._identity, self)
        self._dialog.open()

    def retranslate(self) -> None:
        self.choose.setText(self.tr("Use my certificate…"))
        name(self.choose, self.tr("Sign with a certificate of your own"))
        self.installations.setText(self.tr("Use this installation's"))
        name(self.installations, self.tr("Sign with the certificate of this installation"))
        self._render(self._identity.value)


class CertificateDialog(Live, QDialog):
    """Asks for the chain, the key and its password."""

    def __init__(self, identity: Identity, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setMinimumWidth(480)
        self._identity = identity
        self._paths = {"chain": "", "key": ""}
        self._captions = {"chain": label(), "key": label(), "password": label()}
        self.shown = {
            key: ElidedLabel("muted", Qt.TextElideMode.ElideMiddle) for key in self._paths
        }
        self.choosers = {key: button() for key in self._paths}
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self._note = label("small", wrap=True)
        self.use = button("primary")
        self._cancel = button()
        form = QFormLayout()
        for key in self._paths:
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(self.shown[key], 1)
            row.addWidget(self.choosers[key])
            form.addRow(self._captions[key], row)
            self._captions[key].setBuddy(self.choosers[key])
            self.choosers[key].clicked.connect(lambda _=False, which=key: self._choose(which))
        form.addRow(self._captions["password"], self.password)
        self._captions["password"].setBuddy(self.password)
        lay_out_dialog(self, form, self._note, self._cancel, self.use)
        self._cancel.clicked.connect(self.reject)
        self.use.clicked.connect(self._use)
        self.retranslate()
        self._render()

    def _choose(self, which: str) -> None:
        path, _kind = QFileDialog.getOpenFileName(
            self, self._captions[which].text(), "", "PEM (*.pem *.crt *.cer *.key);;* (*)"
        )
        if path:
            self._paths[which] = path
            self._render()

    def _render(self) -> None:
        for key, path in self._paths.items():
            self.shown[key].set_text(path or self.tr("not chosen yet"))
        self.use.setEnabled(all(self._paths.values()))

    def _use(self) -> None:
        self._identity.use_certificate(
            Path(self._paths["chain"]), Path(self._paths["key"]), self.password.text()
        )
        self.password.clear()
        self.accept()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Your certificate"))
        for key, text, button_name in (
            ("chain", self.tr("Certificate"), self.tr("Choose the certificate file")),
            ("key", self.tr("Private key"), self.tr("Choose the file with the private key")),
        ):
            self._captions[key].setText(text)
            self.choosers[key].setText(self.tr("Choose…"))
            name(self.choosers[key], button_name)
        self._captions["password"].setText(self.tr("Password of the key"))
        name(self.password, self.tr("Password of the key"))
        self.password.setToolTip("")
        self._note.setText(
            self.tr(
                "Both files as PEM; the certificate with its chain, the signer first. It needs the "
                "extended key usages for e-mail protection and C2PA signing. Where the system has "
                "a keychain, the password is kept there."
            )
        )
        self._cancel.setText(self.tr("Cancel"))
        self.use.setText(self.tr("Sign with it"))
        self._render()
