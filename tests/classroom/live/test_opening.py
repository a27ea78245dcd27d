"""What a room that opens gives to whoever comes in: the ways through a difficult network."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from classroom.ids import AccountId, ParticipantId, RoomId
from classroom.live.opening import LiveTerms, Opening
from classroom.live.ports import Clocks
from classroom.people.turn import TurnServers, password
from classroom.store.rooms import RoomRow
from tests.support.board_drawer import DrawerTwin
from tests.support.lesson_drawer import NEW, LessonsTwin
from tests.support.media_twin import MediaTwin

AT = datetime(2026, 3, 1, tzinfo=UTC)
ROW = RoomRow(RoomId("r"), "kfm-qtw-xyz", "Algebra", AccountId("o"), "Wu", AT)


async def told(terms: LiveTerms, later: timedelta) -> list[dict[str, object]]:
    """What somebody hears who sets their media up so long after the class began."""
    at = AT

    async def post(event: str, payload: dict[str, object], sockets: list[str]) -> None: ...

    clocks = Clocks(lambda: 0.0, lambda: at)
    drawers = DrawerTwin().drawer, LessonsTwin().drawer
    live = Opening(terms, MediaTwin(), clocks, *drawers).open(ROW, NEW, post, lambda room: None)
    try:
        at += later
        welcome = await live.stage.join(ParticipantId("wu"), {})
        return welcome.ice_servers
    finally:
        await live.close()


async def test_relays_are_told_beside_what_the_operator_wrote_with_time_from_now() -> None:
    stun = {"urls": "stun:stun.example.org"}
    turn = TurnServers(("turn:turn.example.org",), "north star", timedelta(hours=1))
    later = timedelta(hours=3)
    username = f"{int((AT + later + timedelta(hours=1)).timestamp())}:wu"
    assert await told(LiveTerms(ice_servers=(stun,), turn=turn), later) == [
        stun,
        {
            "urls": ["turn:turn.example.org"],
            "username": username,
            "credential": password("north star", username),
        },
    ]


async def test_nothing_is_told_where_nothing_is_needed() -> None:
    assert await told(LiveTerms(), timedelta(0)) == []
