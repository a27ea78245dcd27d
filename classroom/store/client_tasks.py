"""What is to be done for a client: what they ask for, and erasings with how far they have come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import F
from tortoise.transactions import in_transaction

from classroom.errors import Refused
from classroom.ids import new_id
from classroom.store.booking_tables import Client
from classroom.store.client_tables import ClientTask


@dataclass(frozen=True, slots=True)
class TaskRow:
    """An erasing, or a wish of a client. `step` is the last one that was done."""

    id: str
    org_id: str
    client_id: str
    kind: str
    state: str
    step: str
    by: str
    at: datetime


async def begin_erasing(org_id: str, client_id: str, *, by: str, at: datetime) -> TaskRow:
    """To be done from now on, once for a client; Refused `client.unknown`."""
    async with in_transaction():
        held = await Client.filter(id=client_id, org_id=org_id).update(name=F("name"))
        if not held:
            raise Refused("client.unknown")
        known = await ClientTask.filter(client_id=client_id, kind="erase").first()
        if known is None:
            known = await ClientTask.create(
                id=new_id(),
                org_id=org_id,
                client_id=client_id,
                kind="erase",
                state="waiting",
                by=by,
                at=at,
            )
        elif known.state in ("asked", "failed"):
            known.state, known.by = "waiting", by
            await known.save(update_fields=["state", "by"])
    return _row(known)


async def wish(org_id: str, client_id: str, kind: str, *, at: datetime) -> None:
    """What a client asks the organisation for; asking twice is asking once."""
    async with in_transaction():
        await Client.filter(id=client_id).update(name=F("name"))
        if not await ClientTask.filter(client_id=client_id, kind=kind, state="asked").exists():
            await ClientTask.create(
                id=new_id(),
                org_id=org_id,
                client_id=client_id,
                kind=kind,
                state="asked",
                by="client",
                at=at,
            )


async def tasks_of(org_id: str, *, client_id: str = "") -> list[TaskRow]:
    """The newest first."""
    rows = ClientTask.filter(org_id=org_id)
    rows = rows.filter(client_id=client_id) if client_id else rows
    return [_row(row) for row in await rows.order_by("-at", "-id").limit(200)]


async def answer_wish(org_id: str, task_id: str) -> None:
    """It was seen to; Refused `client.unknown`."""
    wishes = ClientTask.filter(id=task_id, org_id=org_id, state="asked")
    if not await wishes.update(state="done"):
        raise Refused("client.unknown")


async def waiting_tasks() -> list[TaskRow]:
    """Erasings that were begun, the oldest first."""
    rows = ClientTask.filter(kind="erase", state="waiting").order_by("at", "id")
    return [_row(row) for row in await rows.limit(50)]


async def note_step(task_id: str, step: str, *, state: str = "waiting") -> None:
    """How far it has come."""
    await ClientTask.filter(id=task_id).update(step=step, state=state)


def _row(row: ClientTask) -> TaskRow:
    return TaskRow(row.id, row.org_id, row.client_id, row.kind, row.state, row.step, row.by, row.at)
