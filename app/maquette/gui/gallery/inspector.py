"""The right column of the Library place: the selected pictures, and what can be changed of them."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from maquette.core.gallery import GalleryPicture
from maquette.gui.fitting_scroll import CalmScroll
from maquette.gui.gallery.inspector_many import InspectorOfMany
from maquette.gui.gallery.inspector_one import InspectorOfOne
from maquette.gui.in_parts import InParts
from maquette.gui.live import Live
from maquette.gui.own_keys import OwnKeys
from maquette.gui.parts import Panel, label
from maquette.state.inspecting import GalleryFacts, InspectorCommands
from maquette.state.tasks import Tasks


class Inspector(OwnKeys, Live, InParts, Panel):
    """One picture in full, several in what they share, or what to do when none is selected.

    Signals:
        enlarged(object): the user wants to see this GalleryPicture full-screen.
        compared(): the user wants to compare the selected pictures, two to four of them.
        exported(): the user wants to export the selected pictures.
    """

    enlarged = Signal(object)
    compared = Signal()
    exported = Signal()

    def __init__(
        self,
        *,
        facts: GalleryFacts,
        commands: InspectorCommands,
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._pictures: tuple[GalleryPicture, ...] = ()
        self._is_built = False
        self.one = InspectorOfOne(facts=facts, commands=commands, tasks=tasks, parent=self)
        self._parts = self._build(facts, commands, tasks)

    def _build(
        self, facts: GalleryFacts, commands: InspectorCommands, tasks: Tasks
    ) -> Iterator[bool]:
        self.title.hide()
        self.remark.hide()
        while self.one.build_part():
            yield True
        self.many = InspectorOfMany(facts=facts, commands=commands, tasks=tasks, parent=self)
        yield True
        self.hint = label("muted", wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.one.enlarged.connect(self.enlarged)
        self.many.compared.connect(self.compared)
        self.many.exported.connect(self.exported)
        self.one.exported.connect(self.exported)
        place = QWidget()
        self.body.addWidget(place, 1)
        self._stack = QStackedLayout(place)
        self._stack.addWidget(self.hint)
        for content in (self.one, self.many):
            content.setObjectName("scrolled")
            scroll = CalmScroll()
            scroll.setWidget(content)
            self._stack.addWidget(scroll)
            yield True
        self._is_built = True
        self.retranslate()

    @property
    def pictures(self) -> tuple[GalleryPicture, ...]:
        """What is shown."""
        return self._pictures

    def show_pictures(
        self, pictures: Sequence[GalleryPicture], ids: Sequence[int] | None = None
    ) -> None:
        """Show the selected `pictures`, or the same ones again after something changed.

        Where more than MOST_TOLD are selected, give the `ids` of all; no pictures are needed then.
        """
        self._pictures = tuple(pictures)
        count = len(self._pictures) if ids is None else len(ids)
        if count != 1:
            self.one.put_away()
        if count == 0:
            self._stack.setCurrentIndex(0)
        elif count == 1:
            self.one.show_picture(self._pictures[0])
            self._stack.setCurrentIndex(1)
        else:
            self.many.show_pictures(self._pictures, ids)
            self._stack.setCurrentIndex(2)

    def put_away(self) -> None:
        """Save what is still being typed; for when the place or the program is left."""
        self.one.put_away()

    def retranslate(self) -> None:
        if not self._is_built:
            return
        self.setAccessibleName(self.tr("About the selected pictures"))
        self.hint.setText(
            self.tr(
                "Select a picture to see its recipe, its marks and where it comes from.\n\n"
                "Ctrl or Shift and a click select several, to rate, tag, compare or export "
                "them together."
            )
        )
