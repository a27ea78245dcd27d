"""What is known of the tables before a step is what they were, whenever somebody looks."""

from __future__ import annotations

import pytest
from tortoise import fields
from tortoise.migrations import operations as ops
from tortoise.migrations.schema_generator.state import State
from tortoise.migrations.schema_generator.state_apps import StateApps

from classroom.store.stepping import Tables

HOUSE = ops.CreateModel(
    name="House",
    fields=[("id", fields.IntField(primary_key=True)), ("street", fields.TextField())],
)
FLOORS = ops.AddField(model_name="House", name="floors", field=fields.IntField(default=1))


@pytest.fixture
def tables() -> Tables:
    state = Tables(models={}, apps=StateApps())
    HOUSE.state_forward("town", state)
    return state


def test_a_step_leaves_what_was_before_it_alone(tables: Tables) -> None:
    before = tables.clone()
    FLOORS.state_forward("town", tables)
    assert set(before.models[("town", "House")].fields) == {"id", "street"}
    assert set(before.apps.get_model("town", "House")._meta.fields) == {"id", "street"}
    assert "floors" in tables.apps.get_model("town", "House")._meta.fields


def test_what_is_before_is_drawn_at_the_first_look_and_once(
    tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[State] = []
    draw = StateApps.clone

    def watched(self: StateApps, model_states: object = None) -> StateApps:
        drawn.append(model_states)  # type: ignore[arg-type]
        return draw(self, model_states)  # type: ignore[arg-type]

    monkeypatch.setattr(StateApps, "clone", watched)
    before = tables.clone()
    assert drawn == []
    assert before.apps is before.apps
    assert len(drawn) == 1
