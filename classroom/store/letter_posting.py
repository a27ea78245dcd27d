"""Letters written and posted: of each change of a booking, and those that others ask for.

Everything here is part of the transaction it is called in. A client without an address gets none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from classroom.booking.invitation import Meeting, Method, Party, invitation, publication
from classroom.booking.letter import LINK, SECRET, compose, place
from classroom.booking.letter_kind import LetterKind, letters_of
from classroom.booking.when import is_chinese, say_start, say_when
from classroom.store.booking_asked import WHOLE, Scene, as_scene
from classroom.store.booking_rows import BookingRow, Change, ClientRow
from classroom.store.booking_tables import Booking
from classroom.store.letter_matter import (
    Asked,
    Lookups,
    Reader,
    language_of,
    matter_of,
    offer_name,
    refund_of,
    scene_of_change,
)
from classroom.store.letter_tables import Letter
from classroom.store.letters import NewLetter, post, post_all

RATING_AFTER = timedelta(hours=1)
"""Whoever writes a summary meanwhile sends that instead."""
_CANCELS: frozenset[LetterKind] = frozenset({"cancelled", "host_cancelled", "host_emptied"})
_INVITES: frozenset[LetterKind] = frozenset({"made", "moved", "host_made", "host_moved"})
_ELSEWHERE: frozenset[LetterKind] = frozenset({"cancelled", "missed"})
"""Their link leads to another booking."""
_SERIES: frozenset[LetterKind] = frozenset({"series", "host_series"})
_UNBOUND: frozenset[LetterKind] = _SERIES | frozenset(
    {"cancelled", "host_cancelled", "host_emptied", "receipt", "invoice", "digits", "summary"}
)
"""They stay true whatever becomes of the booking."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Of this installation: `sender` is the address letters come from, `host` ends the UIDs of
    appointments. `digits` are those that show whose an address is."""

    sender: str
    host: str
    digits: Callable[[ClientRow], str] = lambda _: ""


class Letters:
    """Writes letters for one installation."""

    def __init__(self, head: Letterhead) -> None:
        self._head = head

    @property
    def host(self) -> str:
        """What UIDs of appointments end with, behind an @."""
        return self._head.host

    async def follow(self, change: Change) -> None:
        """Post the letters that a change brings; a follower of bookings."""
        await post_all(await self.drafts(change, Lookups(change.seen)), at=change.at)

    async def drafts(self, change: Change, known: Lookups) -> list[NewLetter]:
        """The letters that a change brings, before they are posted."""
        before = "" if change.before is None else change.before.state
        is_listed = change.by.kind == "list"
        scene = scene_of_change(change)
        drafts = []
        for kind in letters_of(change.deed, before, change.after.state, is_listed=is_listed):
            if _is_wanted(kind, change):
                asked = self._asked(kind, change)
                drafts.append(await self.draft(kind, scene, asked, known, at=change.at))
        if (emptied := await _emptied(change)) is not None:
            asked = Asked(once=f"host_emptied.{emptied.appointment.id}.{change.after.revision}")
            drafts.append(await self.draft("host_emptied", emptied, asked, known, at=change.at))
        return [draft for draft in drafts if draft is not None]

    async def write(self, kind: LetterKind, scene: Scene, asked: Asked, *, at: datetime) -> None:
        """One letter to the client, or for kinds that begin with `host_` to the host."""
        if kind == "summary":  # it is not kept where others of the team read
            secrets = {**asked.secrets, "summary": asked.words.get("summary", "")}
            asked = replace(asked, words={}, secrets=secrets)
        new = await self.draft(kind, scene, asked, Lookups(), at=at)
        if new is None:
            return
        if kind == "summary":
            await _instead_of_rating(scene.booking.id, at)
        await post(new, at=at)

    async def draft(
        self, kind: LetterKind, scene: Scene, asked: Asked, known: Lookups, *, at: datetime
    ) -> NewLetter | None:
        """The letter before it is posted; None when its reader has no address."""
        reader = await known.reader(kind, scene)
        if reader is None:
            return None
        chosen = await known.template(scene.org.id, kind, reader.locale)
        if asked.until is not None and "until" not in asked.words:
            until = say_start(int(asked.until.timestamp()), reader.zone, reader.locale)
            asked = replace(asked, words={**asked.words, "until": until})
        made = compose(chosen, matter_of(kind, scene, reader, asked), reader.locale)
        secrets = {name: SECRET + told for name, told in asked.secrets.items()}
        return NewLetter(
            org=scene.org.id,
            kind=kind,
            once=asked.once,
            to_name=reader.name,
            to_email=reader.email,
            locale=language_of(reader.locale),
            subject=made.subject,
            text=made.text,
            html=made.html,
            calendar=await self._calendar(kind, scene, reader, at),
            from_name=scene.org.name,
            reply_to=await known.reply_to(kind, scene),
            booking=scene.booking.id,
            revision=None if kind in _UNBOUND else scene.booking.revision,
            client=scene.client.id,
            host=scene.host.id,
            links={LINK: asked.link or _link(kind, scene), **secrets},
            run_at=asked.run_at,
            until=asked.until,
            dropped=asked.dropped,
        )

    def _asked(self, kind: LetterKind, change: Change) -> Asked:
        booking = change.after
        words: dict[str, str] = {}
        secrets: dict[str, str] = {}
        reader_zone = change.host.zone if kind.startswith("host_") else change.client.zone
        locale = change.org.locale if kind.startswith("host_") else change.client.locale
        if change.was is not None:
            was = change.was
            words["before"] = say_when(was.from_s, was.to_s, reader_zone, locale)
        if change.body.get("why"):
            words["why"] = str(change.body["why"])
        if kind == "cancelled":
            words["refund"] = refund_of(change)
        if kind == "confirm":
            secrets["digits"] = self._head.digits(change.client)
        is_short = kind in ("confirm", "offered")
        return Asked(
            once=f"{kind}.{booking.id}.{booking.revision}.{change.deed}",
            words=words,
            secrets=secrets,
            run_at=change.at + RATING_AFTER if kind == "rating" else None,
            until=booking.hold_until if is_short else None,
        )

    async def _calendar(self, kind: LetterKind, scene: Scene, reader: Reader, at: datetime) -> str:
        method: Method
        is_host = kind.startswith("host_")
        if kind in _SERIES:
            all_of = [scene, *await _rest_of_series(scene)]
            meetings = [self.meeting(one, reader, is_host=is_host) for one in all_of]
            return publication(meetings, at=at)
        if kind in _INVITES:
            method = "REQUEST"
        elif kind in _CANCELS:
            method = "CANCEL"
        else:
            return ""
        if kind == "host_cancelled" and scene.appointment.state != "cancelled":
            return ""  # of a group, in which others still come
        return invitation(self.meeting(scene, reader, is_host=is_host), method, at=at)

    def meeting(self, scene: Scene, reader: Reader, *, is_host: bool) -> Meeting:
        """The appointment for the reader's calendar."""
        appointment, booking = scene.appointment, scene.booking
        is_own = appointment.kind == "group" and not is_host
        # Moving within a group leads to another appointment, but the client has one event.
        uid = booking.id if is_own else appointment.id
        name = offer_name(scene)
        other = scene.client.name if is_host else scene.host.name
        joined = "，" if is_chinese(reader.locale) else ", "
        return Meeting(
            uid=f"{uid}@{self._head.host}",
            sequence=_own_sequence(booking) if is_own else appointment.sequence,
            from_s=appointment.from_s,
            to_s=appointment.to_s,
            summary=name if is_host and appointment.kind == "group" else f"{name}{joined}{other}",
            description=place(LINK),
            organizer=Party(scene.org.name, self._head.sender),
            guest=Party(reader.name, reader.email),
            url="" if is_host else place(LINK),
            place="在线" if is_chinese(reader.locale) else "Online",
        )


def _own_sequence(booking: BookingRow) -> int:
    """Of somebody's event of a group lesson; giving the seat up counts like a move."""
    return booking.revision * 2 + (booking.state in ("cancelled", "lapsed"))


def _is_wanted(kind: LetterKind, change: Change) -> bool:
    """Whether whoever did it wants this letter to go out."""
    is_told = change.body.get("tell") is not False
    if kind == "host_made" and change.appointment.series:
        return is_told  # one of many, made at the desk
    if kind.startswith("host_"):
        return True
    return is_told and not (kind == "missed" and change.body.get("who") == "host")


async def _emptied(change: Change) -> Scene | None:
    """The lesson of a group that nobody is left in, where no other letter takes it out of the
    host's calendar: its last client moved away, or never counted."""
    left = change.appointment if change.was is None else change.was
    is_told = change.deed == "cancel" and change.before and change.before.state == "booked"
    if left.kind != "group" or left.state != "cancelled" or is_told:
        return None
    kinds = list(_INVITES | _SERIES)
    invited = Letter.filter(host=change.host.id, kind__in=kinds, calendar__contains=left.id)
    return replace(scene_of_change(change), appointment=left) if await invited.exists() else None


async def _rest_of_series(scene: Scene) -> list[Scene]:
    """The client's other bookings of the same series."""
    rows = Booking.filter(
        client_id=scene.client.id,
        appointment__series=scene.appointment.series,
        state="booked",
    ).exclude(id=scene.booking.id)
    found = await rows.order_by("appointment__from_s").select_related(*WHOLE)
    return [as_scene(row) for row in found]


async def _instead_of_rating(booking_id: str, at: datetime) -> None:
    waiting = Letter.filter(booking=booking_id, kind="rating", state="waiting")
    await waiting.update(state="dropped", failure="summary", sent_at=at)


def _link(kind: LetterKind, scene: Scene) -> str:
    if kind.startswith("host_"):
        return "path:/week"
    if kind in _ELSEWHERE:
        return f"path:/b/{scene.org.slug}/{scene.host.slug}"
    client, booking = scene.client, scene.booking
    return f"ticket:{booking.id}:{client.id}:{client.link_number}:{booking.link_number}"
