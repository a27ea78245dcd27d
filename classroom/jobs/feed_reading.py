"""Has a calendar read by a child, so that nothing strangers wrote is read in our own process."""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
import os
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, cast, get_args

from classroom.booking.feed_fault import FeedFault, Unread
from classroom.booking.feed_window import Reading
from classroom.booking.span import Span, unpacked
from classroom.store.feeds import NewReading

WITHIN_S: Final = 20.0
_BOOT: Final = (
    "import sys; sys.path.append(sys.argv[1]); "
    "from classroom.jobs.feed_child import main; main(sys.argv[2])"
)
_HOME: Final = str(Path(__file__).resolve().parent.parent.parent)
_FAR: Final = 2**32


async def read_beside(raw: bytes, etag: str, reading: Reading) -> NewReading:
    """The busy times of a calendar; Unread says why there are none."""
    said = await _said(raw, json.dumps({"parent": os.getpid(), **asdict(reading)}))
    fault = said.get("fault")
    if fault in get_args(FeedFault):
        raise Unread(cast(FeedFault, fault))
    try:
        spans = tuple(unpacked(base64.b64decode(said["spans"]), 0, _FAR))
        return NewReading(
            spans=tuple(Span(*one) for one in spans),
            events=int(said["events"]),
            problems=tuple(str(one)[:40] for one in said["problems"])[:8],
            etag=etag,
            bytes=len(raw),
            name=str(said["name"])[:120],
        )
    except (KeyError, TypeError, ValueError, binascii.Error) as error:
        raise Unread("reader") from error


async def _said(raw: bytes, told: str) -> dict[str, Any]:
    """What the child says; Unread `slow` when a bound ended it."""
    beginning = asyncio.ensure_future(
        asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-B", "-c", _BOOT, _HOME, told),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={"LANG": "C.UTF-8"},
            start_new_session=True,
        )
    )
    try:
        child = await asyncio.shield(beginning)
    except asyncio.CancelledError:  # one whose beginning is broken off is waited for without end
        await _end(await beginning)
        raise
    except OSError as error:
        raise Unread("reader") from error
    try:
        async with asyncio.timeout(WITHIN_S):
            out, _ = await child.communicate(raw)
    except TimeoutError:
        raise Unread("slow") from None
    finally:
        if child.returncode is None:
            await asyncio.shield(_end(child))
    if child.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise Unread("slow")
    try:
        said = json.loads(out)
    except ValueError as error:
        raise Unread("reader") from error
    return said if isinstance(said, dict) else {}


async def _end(child: asyncio.subprocess.Process) -> None:
    """Kill it and read what it said until its end: asyncio waits for that."""
    if child.returncode is None:
        child.kill()
    await child.communicate()
