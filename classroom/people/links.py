"""Links that carry a right: the one that makes the first administrator, a room's host link, the
link of somebody enrolled, that of somebody who agreed to be recorded, and an invitation to a team.

All are proofs of our secret, so they are not stored and stay the same over restarts. The first is
worth nothing once there is an administrator, an invitation once it was taken or has ended; that is
guarded in the store, not here.
"""

from __future__ import annotations

from classroom.ids import RoomId, may_be_id
from classroom.people.enrolment import Ticket
from classroom.people.secret import Secret

_SETUP = "link.setup"
_HOST = "link.host"
_ENROLMENT = "link.enrolment"
_ENROLLED = "e"
_CONSENT = "link.consent"
_INVITE = "link.member"


def setup_token(secret: Secret) -> str:
    """What the link that makes the first administrator carries."""
    return secret.proof(_SETUP, "administrator")


def is_setup_token(secret: Secret, token: str) -> bool:
    """Whether it is ours."""
    return secret.is_proof(_SETUP, "administrator", token)


def host_token(secret: Secret, room_id: RoomId) -> str:
    """What a link carries with which anybody enters the room as its host."""
    return f"{room_id}.{secret.proof(_HOST, room_id)}"


def read_host_token(secret: Secret, token: str) -> RoomId | None:
    """The room it opens, or None when it is not ours."""
    room_id, _, proof = token.rpartition(".")
    return RoomId(room_id) if secret.is_proof(_HOST, room_id, proof) else None


def enrolment_token(secret: Secret, ticket: Ticket) -> str:
    """What the link of somebody enrolled carries: `e.<enrolment id>.<proof>`."""
    proof = secret.proof(_ENROLMENT, ticket.text())
    return ".".join((_ENROLLED, ticket.enrolment_id, proof))


def enrolment_of_token(token: str) -> str | None:
    """Whose link it says it is; None when it is of another kind. Proves nothing yet."""
    kind, _, rest = token.partition(".")
    enrolment_id, _, proof = rest.rpartition(".")
    is_one = kind == _ENROLLED and proof != "" and may_be_id(enrolment_id)
    return enrolment_id if is_one else None


def is_enrolment_token(secret: Secret, ticket: Ticket, token: str) -> bool:
    """Whether it is the link of this ticket, and no older or newer one."""
    return enrolment_of_token(token) == ticket.enrolment_id and secret.is_proof(
        _ENROLMENT, ticket.text(), token.rpartition(".")[2]
    )


def consent_token(secret: Secret, recording_id: str, pid: str) -> str:
    """What the link carries with which a person takes back what they agreed to."""
    return ".".join((recording_id, pid, secret.proof(_CONSENT, f"{recording_id} {pid}")))


def read_consent_token(secret: Secret, token: str) -> tuple[str, str] | None:
    """The recording and the person it is for, or None when it is not ours."""
    named, _, proof = token.rpartition(".")
    recording_id, _, pid = named.partition(".")
    is_ours = secret.is_proof(_CONSENT, f"{recording_id} {pid}", proof)
    return (recording_id, pid) if is_ours else None


def invite_token(secret: Secret, invite_id: str) -> str:
    """What the link carries with which somebody comes into a team."""
    return f"{invite_id}.{secret.proof(_INVITE, invite_id)}"


def read_invite_token(secret: Secret, token: str) -> str | None:
    """The invitation it opens, or None when it is not ours."""
    invite_id, _, proof = token.rpartition(".")
    return invite_id if secret.is_proof(_INVITE, invite_id, proof) else None
