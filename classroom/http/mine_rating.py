"""What clients say of a talk that was held, and whether they are reminded."""

from __future__ import annotations

from quart import Blueprint, Response, jsonify

from classroom.clock import utc_now
from classroom.http.body import read_body
from classroom.http.doors import Doors
from classroom.http.mine_bodies import RatingBody, RemindersBody
from classroom.http.mine_door import KNOWN, at_booking
from classroom.http.mine_told import MineTold, mine_told
from classroom.http.sent import sent
from classroom.http.told import tells
from classroom.store.booking_asked import scene_of
from classroom.store.booking_rows import By
from classroom.store.client_codes import change_client
from classroom.store.ratings import rate


def add_rating(doors: Doors, routes: Blueprint) -> None:
    """Stars with a comment, and the switch of reminders."""

    @routes.post("/api/mine/bookings/<booking_id>/rating")
    @tells(
        MineTold,
        by="browser",
        body=RatingBody,
        refuses=(*KNOWN, "rating.early", "rating.done"),
    )
    async def rating(booking_id: str) -> Response:
        """Rate a talk that was held, once and within 60 days."""
        scene = (await at_booking(doors, booking_id)).must_be_known()
        body = await read_body(RatingBody)
        await rate(
            booking_id,
            body.stars,
            body.comment.strip(),
            may_show=body.may_show,
            by=By("client", scene.client.id),
            at=utc_now(),
        )
        return await _mine(doors, booking_id)

    @routes.post("/api/mine/bookings/<booking_id>/reminders")
    @tells(MineTold, by="browser", body=RemindersBody, refuses=KNOWN)
    async def reminders(booking_id: str) -> Response:
        """Switch this client's reminders on or off, of all their bookings here."""
        scene = (await at_booking(doors, booking_id)).must_be_known()
        body = await read_body(RemindersBody)
        await change_client(scene.client.id, wants_reminders=body.on)
        return await _mine(doors, booking_id)


async def _mine(doors: Doors, booking_id: str) -> Response:
    return jsonify(sent(mine_told(doors, await scene_of(booking_id))))
