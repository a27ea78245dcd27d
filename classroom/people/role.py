"""The roles of a participant. Who gets which is decided here and nowhere else."""

from __future__ import annotations

from typing import Literal

from classroom.ids import AccountId

Role = Literal["host", "assistant", "student", "observer"]
ROLES: tuple[Role, ...] = ("host", "assistant", "student", "observer")


def role_in_room(
    *, owner_id: AccountId | None, account_id: AccountId | None, has_host_link: bool
) -> Role:
    """The owner and whoever holds the room's host link teach; everybody else learns."""
    if has_host_link or (owner_id is not None and owner_id == account_id):
        return "host"
    return "student"
