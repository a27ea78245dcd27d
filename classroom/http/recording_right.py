"""Who may do what with a recording: one rule. A core."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from classroom.people.play_session import By
from classroom.store.recording_people import RecordedPerson
from classroom.store.recording_shares import ShareRow
from classroom.store.recordings import RecordingRow

Right = Literal["edit", "watch"]
UNKNOWN = "recording.unknown"


@dataclass(frozen=True, slots=True)
class Standing:
    """Who asks, as far as a recording is concerned; empty is nobody in particular."""

    account: str = ""
    name: str = ""
    hosts: bool = False
    """By the host link of the recording's room."""
    assisted: str = ""
    """The participant who assisted in its lesson."""
    enrolment: str = ""
    """As whom they are known in its room."""
    pid: str = ""
    """The participant that makes them there."""


@dataclass(frozen=True, slots=True)
class Granted:
    """What somebody may, why, and as whom it is written down."""

    right: Right
    by: By
    viewer: str
    name: str
    enrolment: str = ""
    """That of it the right hangs on; empty when it hangs on none."""


def right_to(
    recording: RecordingRow,
    who: Standing,
    people: Collection[RecordedPerson],
    share: ShareRow | None = None,
) -> Granted | None:
    """The most that somebody may; None is nothing. `share` is a link they showed that is on, with
    its password where it has one."""
    if recording.state == "deleting":
        return None
    if recording.owner and recording.owner == who.account:
        return Granted("edit", "owner", who.account, who.name)
    if who.hosts and recording.room_id is not None:
        return Granted("edit", "host", f"host:{recording.room_id}", who.name)
    if who.assisted:
        return Granted("watch", "staff", who.assisted, who.name)
    if recording.lets_members and (person := person_of(who, people)) is not None:
        by_account = bool(person.account) and person.account == who.account
        enrolment = "" if by_account else who.enrolment
        return Granted("watch", "part", who.account or who.enrolment, person.name, enrolment)
    if share is None or (share.kind == "enrolled" and not who.enrolment):
        return None
    enrolment = who.enrolment if share.kind == "enrolled" else ""
    return Granted("watch", "share", who.account or who.enrolment, who.name, enrolment)


def person_of(who: Standing, people: Collection[RecordedPerson]) -> RecordedPerson | None:
    """As whom somebody is in it."""
    for person in people:
        if person.account and person.account == who.account:
            return person
        if person.enrolment and person.enrolment == who.enrolment:
            return person
        if who.pid and person.pid == who.pid:
            return person
    return None
