"""The log of letters, for whoever may see it; and sending one again."""

from __future__ import annotations

import re

from quart import Blueprint, Response, jsonify, request

from classroom.booking.letter import hide
from classroom.clock import iso, utc_now
from classroom.errors import Refused
from classroom.http.desk_door import Desk, desk
from classroom.http.doors import Doors
from classroom.http.letter_told import LettersTold, LetterTold, WholeLetterTold
from classroom.http.limits import spend
from classroom.http.told import tells
from classroom.http.visitor import asking_address
from classroom.store.letter_log import (
    PAGE,
    STATES,
    LetterQuery,
    LetterRow,
    find_letter,
    letters_like,
    send_again,
)

_NUMBER = re.compile(r"[0-9]{1,15}")
HIDDEN = "[…]"
"""Where a private link or digits stood."""
_QUERY = {
    "org": "of which organisation",
    "booking": "only those about this booking",
    "client": "only those to or about this client",
    "state": "only those in this state",
    "before": "the id of the last letter told",
}
_OFTEN = "rate.limited"
_ONE = ("letter.unknown", "right.missing", _OFTEN)


def letter_routes(doors: Doors) -> Blueprint:
    """`/api/letters` and what is below it."""
    routes = Blueprint("letters", __name__)

    @routes.get("/api/letters")
    @tells(
        LettersTold,
        by="account",
        query=_QUERY,
        refuses=("organisation.unknown", "right.missing", _OFTEN),
    )
    async def listing() -> Response:
        """List letters, the newest first, 100 at a time; kept two years."""
        spend(doors.limits.letter_look, asking_address())
        mine = await desk(doors, request.args.get("org", ""))
        found = await letters_like(_query(mine), limit=PAGE + 1)
        told = [letter_told(one) for one in found[:PAGE]]
        is_set = bool(doors.settings.mail_url.get_secret_value())
        return jsonify(LettersTold(iso(utc_now()), told, len(found) > PAGE, is_set))

    @routes.get("/api/letters/<letter_id>")
    @tells(WholeLetterTold, by="account", refuses=_ONE)
    async def whole(letter_id: str) -> Response:
        """A letter as it was sent; private links and digits are left out."""
        spend(doors.limits.letter_look, asking_address())
        row, mine = await _mine(doors, letter_id)
        mine.must("letters.read", row.host)
        await mine.opened("letter", letter_id, row.client)
        return jsonify(
            WholeLetterTold(letter_told(row), hide(row.subject, HIDDEN), hide(row.text, HIDDEN))
        )

    @routes.post("/api/letters/<letter_id>/again")
    @tells(LetterTold, by="account", status=201, refuses=(*_ONE, "letter.once", "mail.none"))
    async def again(letter_id: str) -> tuple[Response, int]:
        """Send it once more, as a letter of its own."""
        row, mine = await _mine(doors, letter_id)
        mine.must("letters.send", row.host)
        spend(doors.limits.letter_again, mine.account.id)
        if not doors.settings.mail_url.get_secret_value():
            raise Refused("mail.none")
        made = await send_again(row.id, at=utc_now())
        doors.appointments.wake("post")
        return jsonify(letter_told(made)), 201

    return routes


async def _mine(doors: Doors, letter_id: str) -> tuple[LetterRow, Desk]:
    """A letter of one's organisation; Refused `letter.unknown` for all others."""
    row = await find_letter(int(letter_id)) if _NUMBER.fullmatch(letter_id) else None
    if row is None:
        raise Refused("letter.unknown")
    mine = await desk(doors, row.org, "letter.unknown")
    if not mine.may("letters.read", row.host):
        raise Refused("letter.unknown")
    return row, mine


def _query(mine: Desk) -> LetterQuery:
    state, before = request.args.get("state", ""), request.args.get("before", "0")
    return LetterQuery(
        org=mine.org.id,
        hosts=mine.hosts_for("letters.read"),
        booking=request.args.get("booking", "")[:64],
        client=request.args.get("client", "")[:64],
        state=state if state in STATES else "",
        before=int(before) if _NUMBER.fullmatch(before) else 0,
    )


def letter_told(row: LetterRow) -> LetterTold:
    """As it is listed."""
    reason, _, code = row.failure.partition(" ")
    is_coming = row.state == "waiting"
    return LetterTold(
        id=str(row.id),
        booking_id=row.booking,
        client_id=row.client,
        host_id=row.host,
        kind=row.kind,
        to_name=row.to_name,
        to_email=row.to_email,
        locale=row.locale,
        subject=hide(row.subject, HIDDEN),
        has_calendar=row.has_calendar,
        state=row.state,
        reason=reason,
        code=int(code) if code.isdigit() else None,
        attempts=row.attempts,
        waits_since=_iso(row, "waits_since") if is_coming else None,
        next_at=_iso(row, "run_at") if is_coming else None,
        done_at=_iso(row, "sent_at"),
        created_at=iso(row.created_at),
        second_of=None if row.second_of is None else str(row.second_of),
        may_go_again=row.may_go_again(utc_now()),
    )


def _iso(row: LetterRow, name: str) -> str | None:
    at = getattr(row, name)
    return None if at is None else iso(at)
