"""Steps of the tables, applied without drawing the tables before each of them.

The library keeps, for every operation, a whole set of model classes as they were before it. Few
operations look at it: to make a table none is needed. Made only when somebody looks, a first start
takes half as long.
"""

from __future__ import annotations

from tortoise.migrations.executor import MigrationExecutor
from tortoise.migrations.graph import MigrationKey
from tortoise.migrations.schema_generator.state import ModelState, State
from tortoise.migrations.schema_generator.state_apps import StateApps


class Stepping(MigrationExecutor):
    """The library's, except that what was before a step is drawn only for those who look at it."""

    async def _project_state(
        self, applied: set[MigrationKey], *, upto: MigrationKey | None = None
    ) -> State:
        known = await super()._project_state(applied, upto=upto)
        return Tables(models=known.models, apps=known.apps)


class Tables(State):
    """The tables as a step changes them."""

    def clone(self) -> State:
        return _Before({key: model.clone() for key, model in self.models.items()}, self.apps)


class _Before(State):
    """Tables as they were; their classes are made at the first look."""

    def __init__(self, models: dict[tuple[str, str], ModelState], like: StateApps) -> None:
        self.models = models
        self._like = like
        self._apps: StateApps | None = None

    @property
    def apps(self) -> StateApps:  # type: ignore[override]
        if self._apps is None:
            self._apps = self._like.clone(model_states=self.models)
        return self._apps
