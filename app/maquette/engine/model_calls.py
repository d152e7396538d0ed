"""Models between request and answer, as the client sees them."""

import asyncio

from maquette.core.errors import MaquetteError
from maquette.core.model_info import ModelInfo


class ModelCalls:
    """All models that were asked for and are not resident yet, the oldest first."""

    def __init__(self) -> None:
        self._calls: list[tuple[str, asyncio.Future[ModelInfo]]] = []

    @property
    def models(self) -> tuple[str, ...]:
        """What was asked for, as it was."""
        return tuple(model for model, _future in self._calls)

    def begin(self, model: str) -> asyncio.Future[ModelInfo]:
        """A new call for `model`; its answer is to come."""
        future: asyncio.Future[ModelInfo] = asyncio.get_running_loop().create_future()
        self._calls.append((model, future))
        return future

    def loaded(self, info: ModelInfo) -> None:
        """Answer all calls for the model that is resident now."""
        calls, self._calls = self._calls, []
        for model, future in calls:
            if model != info.id:
                self._calls.append((model, future))
            elif not future.done():
                future.set_result(info)

    def fail_oldest(self, error: MaquetteError) -> None:
        """Conclude the oldest call, which a worker answers first, with `error`."""
        if self._calls:
            self._fail(self._calls.pop(0)[1], error)

    def fail(self, error: MaquetteError) -> None:
        """Conclude all calls with `error`."""
        calls, self._calls = self._calls, []
        for _model, future in calls:
            self._fail(future, error)

    def _fail(self, future: asyncio.Future[ModelInfo], error: MaquetteError) -> None:
        if not future.done():  # whoever waited for it was not cancelled
            future.set_exception(error)
