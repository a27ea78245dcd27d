"""Who may connect with a seat that was good when it was given."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from classroom.errors import Refused
from classroom.ids import AccountId, ParticipantId, RoomId
from classroom.live.hub import Claim, Hub
from classroom.live.ports import SeatDoor
from classroom.live.reception import Reception
from classroom.people.seat import SeatClaims
from classroom.store.rooms import RoomRow
from classroom.store.tables import BOOKING

AT = datetime(2027, 3, 29, 7, tzinfo=UTC)
HELEN = AccountId("helen")
ROOM = RoomRow(RoomId("r"), "abc-defg-hij", "Talk", HELEN, "Helen", AT, kind=BOOKING)
SEAT = SeatClaims(
    room_id=ROOM.id,
    code=ROOM.code,
    participant_id=ParticipantId("p"),
    name="Helen",
    role="host",
    account_id=HELEN,
    expires_at=AT + timedelta(hours=12),
)


async def comes(row: RoomRow) -> tuple[Hub, Claim | None]:
    async def find(_: str) -> RoomRow:
        return row

    async def nobody(_: Any) -> None:
        return None

    hub = Hub(nobody, lambda *_: None, seat_token=timedelta(hours=12))  # type: ignore[arg-type]
    reception = Reception(hub, SeatDoor(lambda _: SEAT, find, nobody))
    auth = {"seat": "token", "tab": "tab-1", "takeover": False}
    return hub, await reception.receive("socket", "127.0.0.1", auth, now=0.0)


async def test_who_leads_a_talk_holds_their_seat() -> None:
    hub, _ = await comes(ROOM)
    assert [claim.who for claim in hub.seats_of(HELEN, {ROOM.id})] == ["p"]
    assert hub.seats_of(HELEN, {"another"}) == []
    assert hub.seats_of(AccountId("mei"), {ROOM.id}) == []


async def test_who_leads_it_no_more_does_not_come_in() -> None:
    with pytest.raises(Refused, match=r"seat\.removed"):
        await comes(replace(ROOM, owner_id=AccountId("mei")))


async def test_a_class_knows_its_links_beside_its_owner() -> None:
    hub, _ = await comes(replace(ROOM, owner_id=AccountId("mei"), kind="class"))
    assert len(hub.seats_of(HELEN, {ROOM.id})) == 1
