"""Shapes of clients and notes in requests and answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import Field

from classroom.booking.intake import answered
from classroom.booking.zone import iso_s
from classroom.clock import iso
from classroom.http.body import Body
from classroom.people.account import EMAIL_MAX, NAME_MAX
from classroom.store.booking_rows import ClientRow
from classroom.store.clients import ClientListed, Talk
from classroom.store.forms import SignatureRow
from classroom.store.merging import Part
from classroom.store.notes import BODY_MAX, NoteRow, NoteVersionRow

PHONE_MAX = 40


class ClientChange(Body):
    """Only what is given."""

    name: str | None = Field(default=None, max_length=NAME_MAX * 4)
    email: str | None = Field(default=None, max_length=EMAIL_MAX * 2)
    phone: str | None = Field(default=None, max_length=PHONE_MAX)
    locale: str | None = Field(default=None, max_length=8)
    zone: str | None = Field(default=None, max_length=64)
    wants_reminders: bool | None = None


class HandOver(Body):
    """Whose client they are from now on, too."""

    host_id: str = Field(max_length=64)


class MergeBody(Body):
    """Who is found to be them, and what of who that one is stands from then on."""

    client_id: str = Field(max_length=64)
    take: list[Part] = Field(default_factory=list, max_length=5)


class NewNoteBody(Body):
    """`booking_id` empty: about no talk."""

    body: str = Field(max_length=BODY_MAX)
    booking_id: str = Field(default="", max_length=64)


class NoteSave(Body):
    """`number` is the state that was changed."""

    body: str = Field(max_length=BODY_MAX)
    number: int


@dataclass(frozen=True, slots=True)
class ClientListedTold:
    """A client in a list."""

    id: str
    name: str
    email: str
    phone: str
    talks: int
    """Held ones."""
    last_at: str | None
    next_at: str | None
    hosts: list[str]
    """Names of whom they had talks with."""


@dataclass(frozen=True, slots=True)
class ClientsTold:
    """Up to 50, by name; the rest is asked for with the last one's id."""

    clients: list[ClientListedTold]
    has_more: bool


@dataclass(frozen=True, slots=True)
class AnswerTold:
    """What was answered before a talk."""

    id: str
    label: str
    kind: str
    answer: Any
    is_private: bool


@dataclass(frozen=True, slots=True)
class TalkTold:
    """A booking of the client. `summary` and `files` are told to who may read files."""

    booking_id: str
    appointment_id: str
    state: str
    revision: int
    at: str
    until: str
    zone: str
    host_id: str
    host: str
    offer_id: str
    offer: str
    room_id: str
    intake: list[AnswerTold]
    held_ms: int | None
    stars: int | None
    comment: str
    summary: str
    files: list[dict[str, Any]]
    price: int
    currency: str


@dataclass(frozen=True, slots=True)
class SignatureTold:
    """What the client signed, or took back; `title` by language."""

    number: int
    form_id: str
    version_id: str
    version: int
    title: dict[str, str]
    name: str
    sha: str
    hash: str
    is_withdrawal: bool
    at: str
    booking_id: str


@dataclass(frozen=True, slots=True)
class HostOfTold:
    """Whose client they are."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class ClientTold:
    """A client with all their talks. `may` are the deeds whoever asks may do with them."""

    id: str
    org_id: str
    name: str
    email: str
    phone: str
    locale: str
    zone: str
    has_account: bool
    wants_reminders: bool
    created_at: str
    now: str
    hosts: list[HostOfTold]
    talks: list[TalkTold]
    signatures: list[SignatureTold]
    may: list[str]


@dataclass(frozen=True, slots=True)
class NoteTold:
    """A private note; `is_own` when whoever asks wrote it."""

    id: str
    client_id: str
    booking_id: str
    name: str
    body: str
    number: int
    is_own: bool
    at: str
    changed_at: str


@dataclass(frozen=True, slots=True)
class NoteVersionTold:
    """What a note said before."""

    number: int
    body: str
    at: str


def listed_told(one: ClientListed) -> ClientListedTold:
    """As it stands in a list."""
    return ClientListedTold(
        id=one.client.id,
        name=one.client.name,
        email=one.client.email,
        phone=one.client.phone,
        talks=one.talks,
        last_at=None if one.last_s is None else iso_s(one.last_s),
        next_at=None if one.next_s is None else iso_s(one.next_s),
        hosts=list(one.hosts),
    )


def talk_told(talk: Talk, *, sees_private: bool, sees_files: bool) -> TalkTold:
    """With the answers and files that may be seen."""
    booking, appointment, offer = talk.booking, talk.appointment, talk.offer
    answers = answered(
        [] if offer is None else offer.intake, booking.intake, sees_private=sees_private
    )
    return TalkTold(
        booking_id=booking.id,
        appointment_id=appointment.id,
        state=booking.state,
        revision=booking.revision,
        at=iso_s(appointment.from_s),
        until=iso_s(appointment.to_s),
        zone=appointment.zone,
        host_id=appointment.host_id,
        host=talk.host_name,
        offer_id=appointment.offer_id or "",
        offer=appointment.title if offer is None else offer.name,
        room_id=appointment.room_id or "",
        intake=[
            AnswerTold(one.id, one.label, one.kind, one.answer, one.is_private) for one in answers
        ],
        held_ms=booking.held_ms,
        stars=booking.stars,
        comment=booking.comment,
        summary=booking.summary if sees_files else "",
        files=[dict(one) for one in booking.files] if sees_files else [],
        price=booking.price,
        currency=booking.currency,
    )


def client_columns(client: ClientRow) -> dict[str, Any]:
    """What of a row is told as it stands."""
    return {
        "id": client.id,
        "org_id": client.org_id,
        "name": client.name,
        "email": client.email,
        "phone": client.phone,
        "locale": client.locale,
        "zone": client.zone,
        "has_account": client.account_id != "",
        "wants_reminders": client.wants_reminders,
        "created_at": iso(client.created_at),
    }


def signature_told(one: SignatureRow) -> SignatureTold:
    """A line of the chain."""
    return SignatureTold(
        number=one.signed.number,
        form_id=one.form_id,
        version_id=one.signed.version_id,
        version=one.version,
        title=one.title,
        name=one.name,
        sha=one.signed.sha,
        hash=one.signed.hash,
        is_withdrawal=one.signed.is_withdrawal,
        at=one.signed.at,
        booking_id=one.signed.booking_id,
    )


def note_told(one: NoteRow, account_id: str) -> NoteTold:
    """As it is told to this account."""
    return NoteTold(
        id=one.id,
        client_id=one.client_id,
        booking_id=one.booking_id,
        name=one.name,
        body=one.body,
        number=one.number,
        is_own=one.account_id == account_id,
        at=iso(one.at),
        changed_at=iso(one.changed_at),
    )


def version_told(one: NoteVersionRow) -> NoteVersionTold:
    """What it said, and until when."""
    return NoteVersionTold(one.number, one.body, iso(one.at))
