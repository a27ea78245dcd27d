"""Enrolled people of a room: added, changed, removed and brought back, found by link or account.

Whether somebody may is decided by the caller. An address stands once among those of a room who are
not removed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import cast

from tortoise.transactions import in_transaction

from classroom.errors import Refused
from classroom.ids import AccountId, RoomId, new_id
from classroom.people.enrolment import EnrolledRole, Ticket, read_ticket
from classroom.people.seat import SeatClaims
from classroom.store.boards import failing
from classroom.store.enrolment_tables import Enrolment
from classroom.store.held import hold
from classroom.store.tables import BOOKING, Room
from classroom.store.visits import is_let_in, is_talk_open

COUNT_MAX = 500
"""Of one room, not counting those who were removed."""
REMOVED_MAX = 500
"""Of more, who was removed first cannot be brought back."""
REMOVED_KEPT = timedelta(days=30)
"""For so long somebody who was removed can be brought back."""
SEEN_EVERY = timedelta(minutes=1)
"""How fresh `seen_at` is kept."""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to be enrolled. `email` is clean, or empty."""

    name: str
    role: EnrolledRole
    email: str


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    """Somebody enrolled. `removed_at` is None for who counts; the link of others opens nothing."""

    id: str
    room_id: RoomId
    name: str
    role: EnrolledRole
    email: str
    account_id: AccountId | None
    """Who was signed in with that address when the link was opened."""
    link_number: int
    created_at: datetime
    seen_at: datetime | None
    removed_at: datetime | None

    @property
    def ticket(self) -> Ticket:
        """Of the newest link."""
        return Ticket(self.id, self.link_number)


async def enrolments_of(room_id: RoomId) -> list[EnrolmentRow]:
    """Everybody of a room by name, also those who were removed and can be brought back.

    Raises StoreFailed.
    """
    with failing():
        rows = await Enrolment.filter(room_id=room_id).order_by("name", "created_at", "id")
    return [_row(row) for row in rows]


async def find_enrolment(enrolment_id: str) -> EnrolmentRow | None:
    """The enrolment, also one that was removed; None when it is gone for good."""
    row = await Enrolment.get_or_none(id=enrolment_id)
    return None if row is None else _row(row)


async def seat_now(seat: SeatClaims) -> SeatClaims | None:
    """An enrolled person's seat with their present name and role; None when its ticket is not of
    the newest link of somebody who is on the list. Refused as `must_be_let_in`."""
    ticket = read_ticket(seat.enrolment)
    named = None if ticket is None else Enrolment.filter(id=ticket.enrolment_id)
    found = None if named is None else await named.select_related("room").first()
    row = None if found is None else _row(found)
    if found is None or row is None or row.ticket != ticket or row.removed_at is not None:
        return None
    await must_be_let_in(found.room.kind, row)
    return replace(seat, name=row.name, role=row.role)


async def must_be_let_in(kind: str, row: EnrolmentRow) -> None:
    """Refused `visit.not_admitted` for the client of an appointment, of whose room this is the
    kind, who was not let in, or whose talk is over. Whoever helps there may come until then."""
    if kind != BOOKING:
        return
    is_client = row.role == "student"
    if not await (is_let_in(row.id) if is_client else is_talk_open(row.room_id)):
        raise Refused("visit.not_admitted")


async def enrolment_of_account(room_id: RoomId, account_id: AccountId) -> EnrolmentRow | None:
    """Who of the room is that account; None when nobody, or when they were removed."""
    row = await Enrolment.filter(
        room_id=room_id, account_id=account_id, removed_at__isnull=True
    ).first()
    return None if row is None else _row(row)


async def enrolments_of_account(account_id: AccountId) -> list[EnrolmentRow]:
    """All enrolments of an account that count."""
    return [_row(row) for row in await Enrolment.filter(account_id=account_id, removed_at=None)]


async def add_enrolments(
    room_id: RoomId, people: Sequence[NewPerson], *, at: datetime
) -> list[EnrolmentRow]:
    """All of them or, when one cannot be, nobody; Refused `enrolment.limit`, `enrolment.taken`."""
    async with in_transaction():
        await _hold(room_id)
        await _must_have_space(room_id, len(people))
        await _must_be_free(room_id, [person.email for person in people])
        rows = [
            Enrolment(
                id=new_id(),
                room_id=room_id,
                name=person.name,
                role=person.role,
                email=person.email,
                account_id="",
                link_number=1,
                created_at=at,
            )
            for person in people
        ]
        await Enrolment.bulk_create(rows)
    return [_row(row) for row in rows]


async def change_enrolment(
    room_id: RoomId,
    enrolment_id: str,
    *,
    name: str | None = None,
    role: EnrolledRole | None = None,
    email: str | None = None,
) -> EnrolmentRow:
    """The same with what is given; Refused `enrolment.unknown`, `enrolment.taken`.

    With another address nobody's account is known any more.
    """
    async with in_transaction():
        await _hold(room_id)
        row = await _counting(room_id, enrolment_id)
        if email is not None and email != row.email:
            await _must_be_free(room_id, [email])
            row.email, row.account_id = email, ""
        row.name = row.name if name is None else name
        row.role = row.role if role is None else role
        await row.save(update_fields=["name", "role", "email", "account_id"])
    return _row(row)


async def renew_link(room_id: RoomId, enrolment_id: str) -> EnrolmentRow:
    """The same with a new link; the one before opens nothing now. Refused `enrolment.unknown`.

    Whoever is signed in has to open the new one once, too.
    """
    async with in_transaction():
        await _hold(room_id)
        row = await _counting(room_id, enrolment_id)
        row.link_number, row.account_id = row.link_number + 1, ""
        await row.save(update_fields=["link_number", "account_id"])
    return _row(row)


async def remove_enrolment(room_id: RoomId, enrolment_id: str, *, at: datetime) -> None:
    """They count no more, and can be brought back for a while; Refused `enrolment.unknown`."""
    async with in_transaction():
        await _hold(room_id)
        row = await _counting(room_id, enrolment_id)
        row.removed_at = at
        await row.save(update_fields=["removed_at"])
        removed = Enrolment.filter(room_id=room_id, removed_at__isnull=False)
        await removed.filter(removed_at__lt=at - REMOVED_KEPT).delete()
        kept = await removed.order_by("-removed_at").limit(REMOVED_MAX).values_list("id", flat=True)
        await removed.filter(id__not_in=list(kept)).delete()


async def restore_enrolment(room_id: RoomId, enrolment_id: str) -> EnrolmentRow:
    """They count again, and their link is good again; Refused `enrolment.unknown`,
    `enrolment.limit`, `enrolment.taken`."""
    async with in_transaction():
        await _hold(room_id)
        row = await Enrolment.get_or_none(id=enrolment_id, room_id=room_id)
        if row is None:
            raise Refused("enrolment.unknown")
        if row.removed_at is not None:
            await _must_have_space(room_id, 1)
            await _must_be_free(room_id, [row.email])
            row.removed_at = None
            await row.save(update_fields=["removed_at"])
    return _row(row)


async def note_seen(
    row: EnrolmentRow, *, account: tuple[AccountId, str] | None, at: datetime
) -> None:
    """They came; `account` is who is signed in in their browser, and with which address.

    It is theirs from now on when the address is the one the teacher wrote down.
    """
    if account is not None and account[0] != row.account_id and account[1] == row.email:
        await Enrolment.filter(id=row.id, link_number=row.link_number, email=row.email).update(
            account_id=account[0]
        )
    if row.seen_at is None or at - row.seen_at > SEEN_EVERY:
        await Enrolment.filter(id=row.id).update(seen_at=at)


async def _hold(room_id: RoomId) -> None:
    """Two who change a room's list do so one after the other."""
    await hold(Room.filter(id=room_id), "title")


async def _counting(room_id: RoomId, enrolment_id: str) -> Enrolment:
    row = await Enrolment.get_or_none(id=enrolment_id, room_id=room_id, removed_at__isnull=True)
    if row is None:
        raise Refused("enrolment.unknown")
    return row


async def _must_have_space(room_id: RoomId, more: int) -> None:
    count = await Enrolment.filter(room_id=room_id, removed_at__isnull=True).count()
    if count + more > COUNT_MAX:
        raise Refused("enrolment.limit", {"max": COUNT_MAX})


async def _must_be_free(room_id: RoomId, emails: Sequence[str]) -> None:
    """Each address, but for empty ones: once among these, and new in the room."""
    given = [email for email in emails if email]
    counting = Enrolment.filter(room_id=room_id, email__in=given, removed_at__isnull=True)
    found = await counting.values_list("email", flat=True) if given else []
    known = {str(email) for email in found}
    for email in given:
        if email in known:
            raise Refused("enrolment.taken", {"email": email})
        known.add(email)


def _row(row: Enrolment) -> EnrolmentRow:
    return EnrolmentRow(
        id=row.id,
        room_id=RoomId(row.room_id),
        name=row.name,
        role=cast(EnrolledRole, row.role),
        email=row.email,
        account_id=AccountId(row.account_id) if row.account_id else None,
        link_number=row.link_number,
        created_at=row.created_at,
        seen_at=row.seen_at,
        removed_at=row.removed_at,
    )
