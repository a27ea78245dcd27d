"""A recording on a real server from its class to its end: watched by a link, deleted for good."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from tests.support.recorded_served import speaking_class
from tests.support.wired import until


def wrapped_keys(data: Path) -> list[bytes]:
    """Keys of recordings as they are stored."""
    with closing(sqlite3.connect(data / "classroom.db")) as database:
        rows = database.execute("select wrapped from recording_keys").fetchall()
    return [bytes(wrapped) for (wrapped,) in rows]


def is_held(data: Path, needle: bytes) -> bool:
    """Whether the database's files have these bytes anywhere."""
    return any(needle in file.read_bytes() for file in data.glob("classroom.db*"))


def is_in_clear(data: Path, needle: bytes) -> bool:
    """Whether a file of a recording has these bytes as they are."""
    files = [file for file in data.glob("recordings/*/**/*") if file.is_file()]
    assert len(files) > 3
    return any(needle in file.read_bytes() for file in files)


async def test_it_is_watched_by_a_link_and_deleted_for_good(tmp_path: Path) -> None:
    ask, data = asyncio.to_thread, tmp_path / "data"
    async with speaking_class(tmp_path) as speaker:
        recording_id = await speaker.record()
        await until(lambda: len(speaker.said(time.monotonic())) >= 1)
        await speaker.person.ask("recording.stop")
        made = await speaker.made(recording_id)
        assert made["state"] == "ready"
        path = f"/api/recordings/{recording_id}"
        share = await ask(speaker.visitor.post, f"{path}/shares", {"kind": "link"})
        token = share.json["url"].rsplit("/", 1)[1]
        guest = speaker.server.visitor()
        await ask(guest.get, "/api/session")
        play = await ask(guest.post, f"{path}/play", {"share": token})
        base = f"/recorded/{play.json['session']}"
        manifest = (await ask(guest.get, f"{base}/manifest.json")).json
        assert [track["source"] for track in manifest["tracks"]] == ["microphone"]
        whole = await ask(guest.get, f"{base}/{manifest['tracks'][0]['url']}")
        assert whole.body.startswith(b"\x1a\x45\xdf\xa3"), "it is WebM"
        asked = {"Range": "bytes=100-199"}
        part = await ask(guest.get, f"{base}/{manifest['tracks'][0]['url']}", asked)
        assert (part.status, part.body) == (206, whole.body[100:200])
        assert b"OpusHead" in whole.body
        assert not is_in_clear(data, b"OpusHead")
        keys = wrapped_keys(data)
        assert len(keys) >= 3
        assert (await ask(speaker.visitor.send, "DELETE", path)).status == 204
        assert (await ask(guest.get, f"{base}/manifest.json")).status == 404
        assert not [key for key in keys if is_held(data, key)]
        assert os.listdir(data / "recordings") == []
        assert token not in speaker.server.log
        assert play.json["session"] not in speaker.server.log
