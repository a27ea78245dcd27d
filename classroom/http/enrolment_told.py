"""Enrolments in the form in which they are sent, and told to the owner of their room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from pydantic import Field

from classroom.clock import iso
from classroom.http.body import Body
from classroom.http.doors import Doors
from classroom.http.visitor import may_write
from classroom.people.account import EMAIL_MAX, NAME_MAX, clean_email, clean_name
from classroom.people.enrolment import EnrolledRole
from classroom.people.links import enrolment_token
from classroom.store.enrolments import EnrolmentRow, NewPerson

AT_ONCE_MAX = 100


class PersonNews(TypedDict):
    """What is new of somebody; None stays as it is."""

    name: str | None
    role: EnrolledRole | None
    email: str | None


class NewPersonBody(Body):
    """Somebody to be enrolled."""

    name: str = Field(max_length=NAME_MAX * 4)
    """Under which they come in; they cannot change it."""
    role: EnrolledRole = "student"
    email: str = Field(default="", max_length=EMAIL_MAX)
    """Nothing is sent to it. Once their link was opened in a browser that is signed in with it,
    that account is known in every browser."""

    def clean(self) -> NewPerson:
        """In its one spelling; Refused `name.*`, `account.invalid_email`."""
        return NewPerson(clean_name(self.name), self.role, _email(self.email))


class NewPeople(Body):
    """All of them are enrolled or, when one cannot be, nobody."""

    people: list[NewPersonBody] = Field(min_length=1, max_length=AT_ONCE_MAX)


class PersonChange(Body):
    """What is given is new; what is not stays."""

    name: str | None = Field(default=None, max_length=NAME_MAX * 4)
    role: EnrolledRole | None = None
    email: str | None = Field(default=None, max_length=EMAIL_MAX)
    """Empty takes it away. With another one, no account is known any more."""

    def clean(self) -> PersonNews:
        """In its one spelling; Refused `name.*`, `account.invalid_email`."""
        return PersonNews(
            name=None if self.name is None else clean_name(self.name),
            role=self.role,
            email=None if self.email is None else _email(self.email),
        )


@dataclass(frozen=True, slots=True)
class EnrolmentTold:
    """Somebody enrolled, as the room's owner sees them."""

    id: str
    name: str
    role: EnrolledRole
    email: str
    link: str | None
    """The path of their own link. Whoever has it is them, so a token that only reads gets null."""
    has_account: bool
    """Whether they are known when they are signed in."""
    created_at: str
    seen_at: str | None
    """When they came last, to the minute."""
    removed_at: str | None
    """When they were removed: they count no more, and can be brought back."""


@dataclass(frozen=True, slots=True)
class EnrolmentsTold:
    """Everybody on a room's list."""

    enrolments: list[EnrolmentTold]
    max: int
    """How many there may be, not counting those who were removed."""


def enrolment_told(doors: Doors, row: EnrolmentRow) -> EnrolmentTold:
    """An enrolment in the form in which its owner is told it."""
    return EnrolmentTold(
        id=row.id,
        name=row.name,
        role=row.role,
        email=row.email,
        link=own_link(doors, row),
        has_account=row.account_id is not None,
        created_at=iso(row.created_at),
        seen_at=None if row.seen_at is None else iso(row.seen_at),
        removed_at=None if row.removed_at is None else iso(row.removed_at),
    )


def own_link(doors: Doors, row: EnrolmentRow) -> str | None:
    """The path of an enrolled person's link; None for a program that only reads: links are
    rights."""
    return f"/enter/{enrolment_token(doors.secret, row.ticket)}" if may_write() else None


def _email(text: str) -> str:
    return clean_email(text) if text.strip() else ""
