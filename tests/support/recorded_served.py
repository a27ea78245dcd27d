"""A class on a real server, with its real media worker and the children that make recordings: one
person speaks, and is recorded; what is there afterwards is asked over HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import io
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from bench.client import LoadClient, Remote
from bench.load import AUDIO_PAYLOAD_TYPE, AUDIO_SSRC, audio_parameters
from media.transport.certificate import Certificate
from media.wire import rtp
from tests.support.made_films import beeps_of
from tests.support.recordings import seconds_of_sound
from tests.support.served import Served, Visitor
from tests.support.signalling import Person

TEXT = "2026-11/en"
APART_S = 0.02
BEEP_EVERY_MS = 1_000
"""A beep stands at each full second of what is spoken."""
SOUND_S = 20
BEGUN_S = 0.3
"""From the request to the first packet that is written."""
MADE_WITHIN_S = 40.0


class Speaker:
    """The host of a room, whose account owns it: speaks from `speak` on, a beep each second."""

    def __init__(self, server: Served, visitor: Visitor, code: str) -> None:
        self.server = server
        self.visitor = visitor
        self.code = code
        self.beeps: list[float] = []
        """When each was said, in monotonic time."""
        self.began = 0.0
        """When the recording began, within a request's time."""
        self.person: Person
        self._client: LoadClient | None = None
        self._speaking: asyncio.Task[None] | None = None

    @classmethod
    async def open(cls, server: Served) -> Speaker:
        """With an account and a room of their own."""
        visitor = server.visitor()
        assert visitor.signs_up(setup_token=server.setup_token).status == 201
        room = visitor.post("/api/rooms", {"title": "Chemistry"}).json
        return cls(server, visitor, str(room["code"]))

    async def join(self, server: Served | None = None) -> None:
        """Into the class, on a server that may be another one than before."""
        if server is not None:
            self.server, self.visitor.port = server, server.port
        seat = self.visitor.takes_seat(self.code, "Mei")
        self.person = await Person.open(self.server.port)
        await self.person.handshake({"seat": seat["seat_token"], "tab": "t", "takeover": True})
        await self.person.join(self.visitor.capabilities(self.code))

    async def speak(self) -> None:
        """Send sound from now on, by the media as it is set up now."""
        certificate = Certificate.generate(datetime.now(UTC))
        offer = self.person.welcome["media"]["send"]
        told = {
            "iceCandidates": offer["ice_candidates"],
            "iceParameters": offer["ice_parameters"],
        }
        await self.person.ask(
            "media.connect_transport",
            transport_id=offer["transport_id"],
            dtls_parameters={
                "role": "client",
                "fingerprints": [certificate.fingerprint.to_json()],
            },
        )
        client = self._client = LoadClient(Remote.from_json(told), certificate)
        async with asyncio.timeout(10):
            while client.joined_at is None:
                list(client.poll(time.monotonic()))
                await asyncio.sleep(0.005)
        await self.person.produce("microphone", audio_parameters())
        self._speaking = asyncio.create_task(self._speak(client))

    async def record(self) -> str:
        """Ask, agree and begin; the recording's id."""
        asked = await self.person.ask(
            "recording.ask", purpose="For Bo", kinds=["voice"], answers={"voice": True}, text=TEXT
        )
        self.began = time.monotonic()
        await self.person.ask("recording.begin")
        return str(asked["recording_id"])

    def said(self, before: float) -> list[int]:
        """When the beeps have to be heard that were said before that moment, in ms of the
        recording; not those of its first moments."""
        return [
            round((at - self.began) * 1000)
            for at in self.beeps
            if self.began + BEGUN_S < at < before
        ]

    def process(self, module: str, opened: str) -> int:
        """What the server began of this module that has a file open whose name ends so."""
        found = [
            pid
            for pid in self.server.children()
            if any(name.endswith(opened) for name in _open_files(pid))
            and module.encode() in Path(f"/proc/{pid}/cmdline").read_bytes()
        ]
        assert len(found) == 1, found
        return found[0]

    async def hush(self) -> None:
        """Say nothing more."""
        if self._speaking is not None:
            self._speaking.cancel()
            await asyncio.gather(self._speaking, return_exceptions=True)
        if self._client is not None:
            self._client.close()
        self._speaking = self._client = None

    async def leave(self) -> None:
        """The line goes."""
        await self.hush()
        with contextlib.suppress(ConnectionError):
            await self.person.leave_line()

    async def made(self, recording_id: str) -> dict[str, Any]:
        """The recording as soon as it is ready."""
        async with asyncio.timeout(MADE_WITHIN_S):
            while True:
                told = await asyncio.to_thread(self.visitor.get, f"/api/recordings/{recording_id}")
                assert told.status == 200, told.body
                if told.json["state"] in ("ready", "broken"):
                    recording: dict[str, Any] = told.json
                    return recording
                await asyncio.sleep(0.1)

    async def heard(self, recording_id: str) -> list[int]:
        """When the beeps are heard in everybody's sound, in ms of the recording."""
        ask = asyncio.to_thread
        play = await ask(self.visitor.post, f"/api/recordings/{recording_id}/play", {})
        assert play.status == 200, play.body
        film = await ask(self.visitor.get, f"/recorded/{play.json['session']}/mix.webm")
        assert film.status == 200, film.body
        return beeps_of(io.BytesIO(film.body))

    async def _speak(self, client: LoadClient) -> None:
        frames = seconds_of_sound(SOUND_S, [ms for ms in range(0, SOUND_S * 1000, BEEP_EVERY_MS)])
        sealer = client.sealer
        assert sealer is not None
        due = time.monotonic()
        for number in count(1):
            ms, payload, _ = frames[(number - 1) % len(frames)]
            if ms % BEEP_EVERY_MS == 0:
                self.beeps.append(time.monotonic())
            header = rtp.pack_header(
                payload_type=AUDIO_PAYLOAD_TYPE,
                sequence=number & 0xFFFF,
                timestamp=number * 960,
                ssrc=AUDIO_SSRC,
            )
            client.send(sealer.seal_rtp(header, payload, AUDIO_SSRC, number))
            list(client.poll(time.monotonic()))
            due += APART_S
            await asyncio.sleep(max(due - time.monotonic(), 0))


def _open_files(pid: int) -> list[str]:
    names = []
    with contextlib.suppress(OSError):
        for descriptor in Path(f"/proc/{pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                names.append(str(descriptor.readlink()))
    return names


@asynccontextmanager
async def speaking_class(folder: Path, **settings: str) -> AsyncIterator[Speaker]:
    """A server and a speaker in class; whatever server they are at last is closed."""
    speaker = await Speaker.open(Served(folder, **settings))
    try:
        await speaker.join()
        try:
            await speaker.speak()
            yield speaker
        finally:
            await speaker.leave()
    finally:
        speaker.server.close()
