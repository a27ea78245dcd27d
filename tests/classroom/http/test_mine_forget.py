"""A browser forgets who used it."""

from __future__ import annotations

from tests.support.booker import open_practice, visitor
from tests.support.people import House


async def test_nothing_is_left_in_the_browser_and_nothing_is_lost(home: House) -> None:
    practice = await open_practice(home)
    ana = await visitor(home)
    at = (await practice.free(ana))[200]
    booked = (await practice.books(ana, at)).json
    for name in ("classroom_visit_v1", "classroom_enrolled_r1", "theirs"):
        ana.client.set_cookie("localhost", name, "x")
    assert len((await ana.get("/api/mine")).json["bookings"]) == 1
    answer = await ana.post("/api/mine/forget")
    assert answer.status == 204
    assert (await ana.get("/api/mine")).json["bookings"] == []
    jar = ana.client.cookie_jar
    assert jar is not None
    left = {cookie.name for cookie in jar}
    assert "theirs" in left
    assert not {name for name in left if "client" in name or "visit_" in name or "enrolled" in name}
    link = {"X-Booking": booked["token"]}
    assert (await ana.get("/api/mine/ticket", headers=link)).json["is_known"] is False
    assert (await ana.post("/api/mine/forget")).status == 204
