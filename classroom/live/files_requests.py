"""What each request about the files of a class does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from classroom.live.hub import Claim
from classroom.live.limits import Limit
from classroom.live.room import LiveRoom
from classroom.room.files_command import RemoveFile, ShareFile
from classroom.wire import files
from classroom.wire.requests import Done

SHARES = Limit(1, 10)
"""As messages: each is told to everybody it is for."""
REMOVALS = Limit(5, 60)
"""Somebody who keeps order presses through a list."""

DONE = Done()


async def _share(live: LiveRoom, claim: Claim, request: files.ShareFile) -> Done:
    live.do(ShareFile(claim.who, request.file_id, request.to))
    return DONE


async def _remove(live: LiveRoom, claim: Claim, request: files.RemoveFile) -> Done:
    live.do(RemoveFile(claim.who, request.file_id))
    return DONE


ANSWERS: dict[type[Any], Callable[[LiveRoom, Claim, Any], Awaitable[Any]]] = {
    files.ShareFile: _share,
    files.RemoveFile: _remove,
}
LIMITS: dict[type[Any], Limit] = {files.ShareFile: SHARES, files.RemoveFile: REMOVALS}
