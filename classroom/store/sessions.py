"""Signed-in browsers: opened, recognised by the hash of their cookie, listed, ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from classroom.ids import AccountId, SessionId, new_id
from classroom.store.accounts import AccountRow, account_row
from classroom.store.tables import Session

AGENT_MAX = 200


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One signed-in browser. `agent` is what it called itself, for the list people see."""

    id: SessionId
    account_id: AccountId
    agent: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


async def open_session(
    account_id: AccountId, *, token_hash: str, agent: str, at: datetime, expires_at: datetime
) -> SessionRow:
    """A new session; what has expired by now is swept away on the way."""
    await Session.filter(expires_at__lte=at).delete()
    return _row(
        await Session.create(
            id=new_id(),
            account_id=account_id,
            token_hash=token_hash,
            agent=agent[:AGENT_MAX],
            created_at=at,
            seen_at=at,
            expires_at=expires_at,
        )
    )


async def find_session(token_hash: str, *, at: datetime) -> tuple[SessionRow, AccountRow] | None:
    """The session of a cookie and whose it is; None when unknown, ended or expired."""
    session = (
        await Session.filter(token_hash=token_hash, expires_at__gt=at)
        .select_related("account")
        .first()
    )
    return None if session is None else (_row(session), account_row(session.account))


async def touch_session(session_id: SessionId, *, at: datetime) -> None:
    """Note that the browser was seen."""
    await Session.filter(id=session_id).update(seen_at=at)


async def sessions_of(account_id: AccountId, *, at: datetime) -> list[SessionRow]:
    """Own sessions that still count, the one seen last first."""
    rows = await Session.filter(account_id=account_id, expires_at__gt=at).order_by("-seen_at", "id")
    return [_row(row) for row in rows]


async def end_session(session_id: SessionId, *, account_id: AccountId) -> bool:
    """Whether the account had that session; it counts no more."""
    return await Session.filter(id=session_id, account_id=account_id).delete() > 0


def _row(session: Session) -> SessionRow:
    return SessionRow(
        id=SessionId(session.id),
        account_id=AccountId(session.account_id),
        agent=session.agent,
        created_at=session.created_at,
        seen_at=session.seen_at,
        expires_at=session.expires_at,
    )
