"""The Create place: panel, stage, queue and pictures, in columns that can be drawn wider."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from maquette.gui.actions import Actions
from maquette.gui.banner import Banner
from maquette.gui.prompt_panel import PromptPanel
from maquette.gui.queue_panel import QueuePanel
from maquette.gui.recent_panel import RecentPanel
from maquette.gui.stage import Stage
from maquette.gui.thumbnails import Thumbnails
from maquette.state.session import Layout
from maquette.state.studio import Studio

COLUMNS = (320, 832, 240)
RIGHT = (340, 452)


class CreatePage(QWidget):
    """Composes the room where pictures are made."""

    def __init__(
        self,
        studio: Studio,
        actions: Actions,
        thumbnails: Thumbnails,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.banner = Banner(studio)
        self.panel = PromptPanel(
            commands=studio.commands,
            session=studio.session,
            settings=studio.settings,
            models=studio.models,
            starts=studio.starts,
        )
        self.stage = Stage(
            results=studio.results,
            jobs=studio.jobs,
            layout=studio.layout,
            actions=actions,
            tasks=studio.tasks,
        )
        self.queue = QueuePanel(
            jobs=studio.jobs,
            results=studio.results,
            commands=studio.commands.queue,
            actions=actions,
            thumbnails=thumbnails,
        )
        self.recent = RecentPanel(results=studio.results, actions=actions, thumbnails=thumbnails)
        self._lay_out()

    def _lay_out(self) -> None:
        left = QWidget()
        self._panels = QVBoxLayout(left)
        self._panels.setContentsMargins(0, 0, 0, 0)
        self._panels.setSpacing(8)
        self._panels.addWidget(self.panel)
        self._panels.addStretch(1)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.banner)
        column.addWidget(self.stage, 1)
        self._right = QSplitter(Qt.Orientation.Vertical)
        self._right.addWidget(self.queue)
        self._right.addWidget(self.recent)
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        for place, part in enumerate((left, middle, self._right)):
            self._columns.addWidget(part)
            self._columns.setStretchFactor(place, 1 if place == 1 else 0)
        for splitter in (self._right, self._columns):
            splitter.setHandleWidth(8)
            splitter.setChildrenCollapsible(False)
        left.setMinimumWidth(288)
        middle.setMinimumWidth(360)
        self._right.setMinimumWidth(208)
        self.queue.setMinimumHeight(120)
        self.recent.setMinimumHeight(140)
        room = QHBoxLayout(self)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(self._columns)

    def add_panel(self, panel: QWidget) -> None:
        """Put `panel` below those that are there."""
        self._panels.insertWidget(self._panels.count() - 1, panel)

    def restore(self, layout: Layout) -> None:
        """Draw the columns as they were left."""
        self._columns.setSizes(list(layout.columns) or list(COLUMNS))
        self._right.setSizes(list(layout.right) or list(RIGHT))

    @property
    def sizes(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """(widths of the columns, heights of the right one's parts) in pixels."""
        return tuple(self._columns.sizes()), tuple(self._right.sizes())
