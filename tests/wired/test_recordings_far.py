"""A recorded class whose recordings lie in a bucket: played, taken away and deleted from there."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from classroom.blobs.far_recordings import FarRecordings
from tests.support.bucket import bucket_at, s3_server
from tests.support.recorded_served import speaking_class
from tests.support.wired import until


async def test_a_recording_goes_to_the_bucket_and_is_played_from_there(tmp_path: Path) -> None:
    with s3_server() as port:
        bucket = await bucket_at(port, "recordings")
        settings = {
            "RECORDINGS_URL": bucket.url,
            "RECORDINGS_S3_ENDPOINT": bucket.endpoint,
            "RECORDINGS_S3_KEY": bucket.key,
            "RECORDINGS_S3_SECRET": bucket.secret,
        }
        far = FarRecordings(bucket)
        async with speaking_class(tmp_path / "server", **settings) as speaker:
            recording_id = await speaker.record()
            await until(lambda: len(speaker.said(time.monotonic() - 0.1)) >= 1)
            said = speaker.said(time.monotonic() - 0.1)
            await speaker.person.ask("recording.stop")
            assert (await speaker.made(recording_id))["state"] == "ready"
            folder = tmp_path / "server/data/recordings" / recording_id
            await until(lambda: not list(folder.rglob("*.body")))
            assert not list(folder.glob("journal/*"))
            assert (await far.sizes(recording_id)).keys() == {"mix.body", "tracks/t1.body"}
            assert len(await speaker.heard(recording_id)) >= len(said)
            pid = speaker.person.id
            removed = await asyncio.to_thread(
                speaker.visitor.post, f"/api/recordings/{recording_id}/people/{pid}/remove", {}
            )
            assert removed.status == 202
            assert (await speaker.made(recording_id))["state"] == "ready"
            assert "tracks/t1.body" not in await far.sizes(recording_id)
            gone = await asyncio.to_thread(
                speaker.visitor.send, "DELETE", f"/api/recordings/{recording_id}"
            )
            assert gone.status == 204
            assert await far.sizes(recording_id) == {}
            assert not folder.exists()
            assert bucket.secret not in speaker.server.log
