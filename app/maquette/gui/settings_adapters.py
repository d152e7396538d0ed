"""The card of the settings that lists IP-Adapters, which take style images over."""

from collections.abc import Iterable

from maquette.gui.settings_shelf import SHORT_NAMES, Line, ShelfCard, ShelfWords
from maquette.state.adapter_shelf import AdapterShelf

LIST_HEIGHT = 72


class IPAdaptersCard(ShelfCard):
    """IP-Adapters on this machine."""

    def __init__(self, shelf: AdapterShelf) -> None:
        super().__init__(LIST_HEIGHT)
        self._adapters = shelf
        self.add_buttons()
        shelf.changed.connect(self.render_list)
        self.retranslate()

    def words(self) -> ShelfWords:
        return ShelfWords(
            title=self.tr("IP-Adapters"),
            empty=self.tr(
                "Any model takes colours and light of a style image over. For your own models, add "
                "an IP-Adapter that is made for the same family, with the folder image_encoder "
                "beside it, and more of its look is taken over."
            ),
            add_folder=self.tr("Add a folder of IP-Adapters"),
            add_file=self.tr("Add the .safetensors file of an IP-Adapter"),
            remove=self.tr("Remove the IP-Adapter from the list"),
        )

    def known(self) -> Iterable[Line]:
        for info in self._adapters.value.known:
            family = self.tr("other") if info.family is None else SHORT_NAMES[info.family]
            yield Line((info.name, family), info.path)

    def missing(self) -> Iterable[str]:
        return self._adapters.value.missing

    def put_on(self, path: str) -> None:
        self._adapters.add((path,))

    def take_off(self, path: str) -> None:
        self._adapters.remove(path)
