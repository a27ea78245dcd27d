"""Shapes of the talk a room is for, and who it tells of whom."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from classroom.booking.zone import iso_s
from classroom.clock import iso, utc_now
from classroom.errors import Refused
from classroom.http.body import Body
from classroom.http.desk_door import Desk
from classroom.http.doors import Doors
from classroom.http.enrolment_told import own_link
from classroom.people.account import NAME_MAX
from classroom.store import talk_people as store
from classroom.store.booking_asked import Scene
from classroom.store.forms import to_sign
from classroom.store.members import MemberRow, members_of


class NewExpert(Body):
    """A colleague, or the name of somebody from outside."""

    member_id: str = Field(default="", max_length=64)
    name: str = Field(default="", max_length=NAME_MAX * 4)


@dataclass(frozen=True, slots=True)
class TalkClientTold:
    """Who the talk is with. `is_mine`: whether whoever asks may open them."""

    booking_id: str
    client_id: str
    name: str
    zone: str
    locale: str
    state: str
    revision: int
    unsigned: int
    """Texts that are still to be signed."""
    is_mine: bool


@dataclass(frozen=True, slots=True)
class ExpertTold:
    """Somebody who was added. `link` is an outsider's own; empty for a colleague, and for a program
    that only reads: links are rights."""

    name: str
    member_id: str
    link: str


@dataclass(frozen=True, slots=True)
class ColleagueTold:
    """Somebody of the team who can be added."""

    member_id: str
    name: str


@dataclass(frozen=True, slots=True)
class TalkRoomTold:
    """The appointment held in a room."""

    org_id: str
    appointment_id: str
    host_id: str
    offer_id: str
    offer: str
    at: str
    until: str
    now: str
    zone: str
    clients: list[TalkClientTold]
    experts: list[ExpertTold]
    colleagues: list[ColleagueTold]


async def talk_room_told(doors: Doors, mine: Desk, scenes: list[Scene]) -> TalkRoomTold:
    """As somebody at this desk is told; clients that are not theirs have no id."""
    first = scenes[0]
    experts = await store.experts_of(first.booking.id)
    added = {one.member_id for one in experts}
    team = [one for one in await members_of(mine.org.id) if _can_be_added(one, mine, added)]
    return TalkRoomTold(
        org_id=first.org.id,
        appointment_id=first.appointment.id,
        host_id=first.host.id,
        offer_id=first.appointment.offer_id or "",
        offer=first.appointment.title if first.offer is None else first.offer.name,
        at=iso_s(first.appointment.from_s),
        until=iso_s(first.appointment.to_s),
        now=iso(utc_now()),
        zone=first.host.zone,
        clients=[await _client(mine, scene) for scene in scenes],
        experts=[_expert(doors, one) for one in experts],
        colleagues=[ColleagueTold(one.id, one.name) for one in team],
    )


def _can_be_added(one: MemberRow, mine: Desk, added: set[str]) -> bool:
    return one.id != mine.member_id and one.id not in added and one.role != "reception"


async def _client(mine: Desk, scene: Scene) -> TalkClientTold:
    try:
        await mine.must_with_client("client.see", scene.client.id)
        is_mine = True
    except Refused:
        is_mine = False
    return TalkClientTold(
        booking_id=scene.booking.id,
        client_id=scene.client.id if is_mine else "",
        name=scene.client.name,
        zone=scene.client.zone,
        locale=scene.client.locale,
        state=scene.booking.state,
        revision=scene.booking.revision,
        unsigned=len(await to_sign(scene.booking.id)),
        is_mine=is_mine,
    )


def _expert(doors: Doors, one: store.Expert) -> ExpertTold:
    link = None if one.member_id else own_link(doors, one.enrolment)
    return ExpertTold(one.enrolment.name, one.member_id, link or "")
