"""Keys of recordings: made when they are first asked for, kept wrapped, destroyed.

A key that was destroyed is written over in the database's file and in its log (SQLite). PostgreSQL
keeps the old row until it vacuums, and backups keep what they have: docs/http_recordings.md says
so. Everything here may raise StoreFailed.
"""

from __future__ import annotations

from collections.abc import Collection

from tortoise.connection import get_connection
from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from classroom.people.recording_key import new_key, unwrap_key, wrap_key
from classroom.people.secret import Secret
from classroom.store.boards import failing
from classroom.store.recording_tables import Recording, RecordingKey

KeyName = tuple[str, str]
"""Whose ("" for nobody's) and of which kind."""


class RecordingKeys:
    """The keys of all recordings; `secret` wraps them."""

    def __init__(self, secret: Secret) -> None:
        self._secret = secret

    async def key(self, recording_id: str, pid: str, kind: str) -> bytes:
        """The key of this kind of this person, made now when there is none."""
        with failing():
            there = RecordingKey.filter(recording_id=recording_id, pid=pid, kind=kind)
            row = await there.first()
            if row is None:
                made = wrap_key(self._secret, recording_id, pid, kind, new_key())
                try:
                    row = await RecordingKey.create(
                        recording_id=recording_id, pid=pid, kind=kind, wrapped=made
                    )
                except IntegrityError:  # somebody else was as quick, or the recording is gone
                    row = await there.get()
        return unwrap_key(self._secret, recording_id, pid, kind, bytes(row.wrapped))

    async def all(self, recording_id: str) -> dict[KeyName, bytes]:
        """Every key there is of a recording."""
        with failing():
            rows = await RecordingKey.filter(recording_id=recording_id)
        return {
            (row.pid, row.kind): unwrap_key(
                self._secret, recording_id, row.pid, row.kind, bytes(row.wrapped)
            )
            for row in rows
        }

    async def replace(self, recording_id: str, pid: str, kind: str) -> bytes:
        """Destroy one and make another: what was sealed by the old one is never read again."""
        await self.destroy(recording_id, pid, (kind,))
        return await self.key(recording_id, pid, kind)

    async def destroy(self, recording_id: str, pid: str, kinds: Collection[str]) -> None:
        """Destroy a person's keys of these kinds; those that are gone already are nothing."""
        with failing():
            theirs = RecordingKey.filter(recording_id=recording_id, pid=pid, kind__in=list(kinds))
            await theirs.delete()
        await wipe()

    async def destroy_all(self, recording_id: str) -> None:
        """Destroy every key of a recording, which is being deleted from now on."""
        with failing():
            async with in_transaction():
                await Recording.filter(id=recording_id).update(state="deleting")
                await RecordingKey.filter(recording_id=recording_id).delete()
        await wipe()


async def wipe() -> None:
    """Have what was deleted leave SQLite's log as well; its file is written over at once."""
    with failing():
        connection = get_connection("sqlite") if _is_sqlite() else None
        if connection is not None:
            await connection.execute_query("PRAGMA wal_checkpoint(TRUNCATE)")


def _is_sqlite() -> bool:
    return RecordingKey._meta.db.capabilities.dialect == "sqlite"
