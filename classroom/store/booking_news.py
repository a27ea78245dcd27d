"""What other systems hear of bookings: ids, times, state; people only where a webhook says so.

Never answers before a talk, notes or comments. Told to the webhooks of the host and of the
administrators of the organisation, inside the transaction of what it tells of. A webhook that is of
one room hears nothing of this.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from classroom.booking.zone import iso_s
from classroom.store.booking_asked import Scene, find_scene
from classroom.store.booking_rows import Change, ClientRow
from classroom.store.jobs import add_jobs
from classroom.store.letter_matter import scene_of_change
from classroom.store.statement import ask
from classroom.store.webhooks import KIND, WAITING_MAX, News, send_job

OF_DEEDS: Mapping[str, str] = {
    "make": "booking.made",
    "confirm": "booking.confirmed",
    "owe": "booking.confirmed",
    "move": "booking.moved",
    "cancel": "booking.cancelled",
    "lapse": "booking.lapsed",
    "held": "booking.held",
    "missed": "booking.missed",
    "correct": "booking.corrected",
    "pay": "booking.paid",
}
_LISTENING = """
    SELECT w.id, w.kinds, w.with_people,
    (SELECT COUNT(*) FROM jobs j
        WHERE j.kind = $3 AND j.key = w.id AND j.done_at IS NULL) AS waiting
    FROM webhooks w WHERE w.is_on AND w.room_id = '' AND w.account_id IN (
        SELECT account_id FROM members WHERE org_id = $1 AND role = 'admin'
        UNION SELECT m.account_id FROM hosts h JOIN members m ON m.id = h.member_id
        WHERE h.id = $2)"""


async def follow_with_news(change: Change) -> None:
    """Tell what was done; a follower of bookings."""
    kind = OF_DEEDS.get(change.deed)
    if kind is None:
        return
    more: dict[str, Any] = {}
    if change.was is not None:
        more["before"] = {"from": iso_s(change.was.from_s), "to": iso_s(change.was.to_s)}
    await tell_of_booking(kind, scene_of_change(change), at=change.at, more=more)


async def tell_due(scene: Scene, minutes: int, at: datetime) -> None:
    """A reminder is due, for systems that send it their own way."""
    await tell_of_booking("reminder.due", scene, at=at, more={"minutes": minutes})


async def tell_of_booking(
    kind: str, scene: Scene, *, at: datetime, more: Mapping[str, Any] | None = None
) -> None:
    """Give one news of a booking to whoever wants it. Part of the transaction it is called in."""
    data = {**_data(scene), **(more or {})}
    told = News(f"{kind}.{scene.booking.id}.{int(at.timestamp() * 1000)}", kind, data, at)
    await _tell(scene.org.id, (scene.host.id,), told, _person(scene.client))


async def tell_of_visit(
    kind: str, visit: Mapping[str, str], booking_id: str, *, at: datetime
) -> None:
    """The same of somebody in the waiting room, who may have no booking yet."""
    scene = await find_scene(booking_id) if booking_id else None
    if scene is not None:
        await tell_of_booking(kind, scene, at=at, more=visit)
        return
    name = f"{kind}.{visit['visit_id']}.{int(at.timestamp() * 1000)}"
    told = News(name, kind, {**visit, "booking_id": ""}, at)
    await _tell(visit["organisation_id"], (visit["host_id"],), told, None)


async def tell_of_merging(
    client: ClientRow, gone_id: str, host_ids: Collection[str], *, at: datetime
) -> None:
    """Systems that know clients by their ids hear who is whom; `host_ids` are their hosts."""
    data = {"organisation_id": client.org_id, "client_id": client.id, "merged_id": gone_id}
    told = News(f"client.merged.{gone_id}", "client.merged", data, at)
    await _tell(client.org_id, host_ids, told, _person(client))


async def _tell(
    org_id: str, host_ids: Collection[str], news: News, person: Mapping[str, Any] | None
) -> None:
    """To the webhooks of whoever may hear it; with the person where one says `with_people`."""
    jobs = []
    for hook in await _listening(org_id, host_ids):
        if news.kind not in json.loads(hook["kinds"]) or hook["waiting"] >= WAITING_MAX:
            continue
        people = {"client": dict(person)} if hook["with_people"] and person else {}
        jobs.append(send_job(hook["id"], news, {"room_id": "", **news.data, **people}))
    await add_jobs(jobs, at=news.at)


async def _listening(org_id: str, host_ids: Collection[str]) -> list[Mapping[str, Any]]:
    """Each webhook once."""
    found = [one for host in host_ids or ("",) for one in await ask(_LISTENING, org_id, host, KIND)]
    return list({one["id"]: one for one in found}.values())


def _data(scene: Scene) -> dict[str, Any]:
    booking, appointment = scene.booking, scene.appointment
    return {
        "organisation_id": scene.org.id,
        "booking_id": booking.id,
        "client_id": scene.client.id,
        "host_id": scene.host.id,
        "offer_id": appointment.offer_id or "",
        "series_id": appointment.series,
        "kind": appointment.kind,
        "from": iso_s(appointment.from_s),
        "to": iso_s(appointment.to_s),
        "zone": appointment.zone,
        "state": booking.state,
        "revision": booking.revision,
    }


def _person(client: ClientRow) -> dict[str, str]:
    return {
        "name": client.name,
        "email": client.email,
        "phone": client.phone,
        "locale": client.locale,
        "zone": client.zone,
    }
