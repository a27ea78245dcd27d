"""The seat token: what a browser shows to take its place in a live room.

A JWT (RFC 7519, HS256) made when somebody asks for a seat; it carries no secret and no address.
Whether the room still exists or is full is not decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import jwt

from classroom.errors import Refused
from classroom.ids import AccountId, ParticipantId, RoomId
from classroom.people.role import ROLES, Role

ALGORITHM = "HS256"
AUDIENCE = "classroom.seat"
SEAT_KEY = "seat"
"""Label of the key (`secret.Secret.key`) that signs seats."""
TOKEN_MAX = 2048
"""Characters; a longer one is not ours and is not even parsed."""


@dataclass(frozen=True, slots=True)
class SeatClaims:
    """Who sits where until when. `participant_id` is the same after a refresh."""

    room_id: RoomId
    code: str
    participant_id: ParticipantId
    name: str
    role: Role
    account_id: AccountId | None
    expires_at: datetime
    """Aware, UTC, whole seconds."""
    browser: str = ""
    """A proof of the browser's cookie, cut short; empty in an older token. It names nobody."""
    enrolment: str = ""
    """By which link of which enrolment they came (`enrolment.Ticket`); empty for a guest."""

    agreed: str = ""
    """The text of consent to be recorded that they agreed to at the door; empty without."""

    @property
    def marks(self) -> tuple[str, str]:
        """Account and browser, by which somebody is known under another seat; empty when unknown.
        A host has none: the browser may have been lent to a student."""
        return ("", "") if self.role == "host" else (self.account_id or "", self.browser)


def issue_seat(claims: SeatClaims, *, key: bytes) -> str:
    """The token for `claims`, signed with `key` (32 bytes, see SEAT_KEY)."""
    return jwt.encode(
        {
            "aud": AUDIENCE,
            "exp": int(claims.expires_at.timestamp()),
            "room": claims.room_id,
            "code": claims.code,
            "sub": claims.participant_id,
            "name": claims.name,
            "role": claims.role,
            "account": claims.account_id,
            "browser": claims.browser,
            "enrolment": claims.enrolment,
            "agreed": claims.agreed,
        },
        key,
        algorithm=ALGORITHM,
    )


def verify_seat(token: str, *, key: bytes, at: datetime) -> SeatClaims:
    """The claims of a token of ours; Refused `seat.expired` or `seat.forged`.

    The expiry is compared with `at` here, because PyJWT reads the clock by itself.
    """
    if not isinstance(token, str) or len(token) > TOKEN_MAX:
        raise Refused("seat.forged")
    try:
        values = jwt.decode(
            token,
            key,
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            options={"verify_exp": False, "require": ["exp", "aud", "sub"]},
        )
        claims = _read_claims(values)
    except (jwt.InvalidTokenError, KeyError, TypeError, ValueError, OverflowError) as error:
        raise Refused("seat.forged") from error
    if claims.expires_at <= at:
        raise Refused("seat.expired")
    return claims


def _read_claims(values: dict[str, Any]) -> SeatClaims:
    texts = {name: values[name] for name in ("room", "code", "sub", "name", "role")}
    if not all(isinstance(value, str) for value in texts.values()):
        raise TypeError("a claim is not text")
    account = values["account"]
    if account is not None and not isinstance(account, str):
        raise TypeError("the account is not text")
    browser, enrolment = values.get("browser", ""), values.get("enrolment", "")
    agreed = values.get("agreed", "")
    if not all(isinstance(value, str) for value in (browser, enrolment, agreed)):
        raise TypeError("the browser, the enrolment or the agreement is not text")
    role = next((known for known in ROLES if known == texts["role"]), None)
    if role is None:
        raise ValueError("unknown role")
    return SeatClaims(
        room_id=RoomId(texts["room"]),
        code=texts["code"],
        participant_id=ParticipantId(texts["sub"]),
        name=texts["name"],
        role=role,
        account_id=AccountId(account) if account is not None else None,
        expires_at=datetime.fromtimestamp(values["exp"], UTC),
        browser=browser,
        enrolment=enrolment,
        agreed=agreed,
    )
