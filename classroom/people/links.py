"""Links that carry a right: the one that makes the first administrator, and a room's host link.

Both are proofs of our secret, so nothing is stored and they stay the same over restarts. The first
is worth nothing once there is an administrator; that is guarded in the store, not here.
"""

from __future__ import annotations

from classroom.ids import RoomId
from classroom.people.secret import Secret

_SETUP = "link.setup"
_HOST = "link.host"


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
