"""Debian's Janus as another subject: the video room plugin, driven over its WebSocket.

Its best setting: one event loop for all (`event_loops = 1`). It gathers no loopback addresses,
hence the bridge that leads nowhere. The SDP written here is the least Janus 1.1 takes; payload
types and header extensions are those of our own load, so that packets are the same on the wire.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import json
import os
import re
import secrets
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.generator import Generator
from bench.load import (
    AUDIO_PAYLOAD_TYPE,
    AUDIO_SSRC,
    RTX_PAYLOAD_TYPE,
    VIDEO_PAYLOAD_TYPE,
    VIDEO_RTX_SSRC,
    VIDEO_SSRC,
)
from bench.subject import Cast, Usage, listen
from bench.websocket import Line, LineClosed
from media.wire.extension import Extension

_CLONE_NEWNET = 0x40000000  # sched.h
_HOST = "10.77.0.1"
_PORT = 8188
_START_S = 10.0
_ANSWER_S = 10.0
_PLUGIN = "janus.plugin.videoroom"
_LIBRARY = Path("/usr/lib/x86_64-linux-gnu/janus")
_CLOCK_TICKS = os.sysconf("SC_CLK_TCK")
Json = dict[str, Any]


def enter_namespace() -> str:
    """Moves this process into a network namespace of its own; its address there.

    OSError without the right to do so.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWNET):
        code = ctypes.get_errno()
        raise OSError(code, f"a network namespace needs root: {os.strerror(code)}")
    for words in (
        "link set lo up",
        "link add bench0 type bridge",
        f"address add {_HOST}/24 dev bench0",
        "link set bench0 up",
    ):
        subprocess.run(["ip", *words.split()], check=True)
    return _HOST


@dataclass(slots=True)
class _Handle:
    """One peer connection at the plugin."""

    janus: Janus
    handle_id: int

    async def message(self, body: Json, jsep: Json | None = None) -> Json:
        """The plugin's answer, with its `jsep` if there is one."""
        return await self.janus.ask(
            {"janus": "message", "body": body, **({"jsep": jsep} if jsep else {})}, self.handle_id
        )


class Janus:
    """One Janus process; `Subject` for `bench.forwarding`."""

    def __init__(self, host: str = _HOST) -> None:
        self._host = host
        self._folder = Path(tempfile.mkdtemp(prefix="bench-janus-"))
        self._process: asyncio.subprocess.Process | None = None
        self._line: Line | None = None
        self._session = 0
        self.pid = 0

    async def start(self) -> None:
        """RuntimeError when the package is missing or the process does not come up."""
        binary = shutil.which("janus")
        if binary is None:
            raise RuntimeError("Debian's package janus is not installed")
        self._configure()
        self._process = await asyncio.create_subprocess_exec(
            binary,
            f"--configs-folder={self._folder}",
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        self.pid = self._process.pid
        self._line = await self._connect()
        self._session = (await self.ask({"janus": "create"}))["data"]["id"]

    async def close(self) -> None:
        if self._line is not None:
            await self._line.close()
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    async def usage(self) -> Usage:
        """From proc(5): Janus has no counter of forwarded packets."""
        user, system, pages = _stat(self.pid)
        rss = pages * os.sysconf("SC_PAGESIZE") / 1e6
        return Usage((user + system) / _CLOCK_TICKS, rss)

    async def set_up(self, generator: Generator, cast: Cast) -> list[float]:
        """A room, its publishers, and one connection for each receiver."""
        control = await self._attach()
        made = await control.message(
            {
                "request": "create",
                "publishers": 100,
                "bitrate": 0,
                "audiocodec": "opus",
                "videocodec": "vp8",
                "fir_freq": 0,
                "audiolevel_event": False,
            }
        )
        room = made["plugindata"]["data"]["room"]
        fingerprint = generator.dtls_parameters["fingerprints"][0]["value"]
        transports, feeds = [], []
        for _ in range(cast.publishers):
            transport, feed = await self._publish(room, fingerprint)
            transports.append(transport)
            feeds.append(feed)
        await cast.publish(generator, transports)  # nobody can subscribe before
        receivers = [
            await self._listen(room, fingerprint, [feeds[one] for one in heard])
            for heard in cast.audience
        ]
        return await listen(generator, receivers)

    async def _publish(self, room: int, fingerprint: str) -> tuple[Json, int]:
        handle, local = await self._attach(), _Local.make(fingerprint)
        joined = await handle.message({"request": "join", "ptype": "publisher", "room": room})
        offer = _offer(local)
        answer = await handle.message({"request": "publish"}, {"type": "offer", "sdp": offer})
        feed = joined["plugindata"]["data"]["id"]
        return _transport(answer["jsep"]["sdp"], local, is_controlling=False), feed

    async def _listen(self, room: int, fingerprint: str, feeds: list[int]) -> Json:
        handle, local = await self._attach(), _Local.make(fingerprint)
        streams = [{"feed": feed} for feed in feeds]
        offered = await handle.message(
            {"request": "join", "ptype": "subscriber", "room": room, "streams": streams}
        )
        offer = offered["jsep"]["sdp"]
        answer = _answer(offer, local)
        await handle.message({"request": "start"}, {"type": "answer", "sdp": answer})
        return _transport(offer, local, is_controlling=True)

    async def _attach(self) -> _Handle:
        answer = await self.ask({"janus": "attach", "plugin": _PLUGIN})
        return _Handle(self, answer["data"]["id"])

    async def ask(self, request: Json, handle_id: int | None = None) -> Json:
        """The answer to one request. RuntimeError when Janus refuses it."""
        assert self._line is not None
        transaction = secrets.token_hex(6)
        whole = {**request, "transaction": transaction}
        if self._session:
            whole["session_id"] = self._session
        if handle_id is not None:
            whole["handle_id"] = handle_id
        await self._line.send(json.dumps(whole))
        async with asyncio.timeout(_ANSWER_S):
            while True:
                answer: Json = json.loads(await self._line.receive())
                if answer.get("transaction") != transaction or answer["janus"] == "ack":
                    continue
                problem = answer.get("error") or answer.get("plugindata", {}).get("data", {}).get(
                    "error"
                )
                if problem:
                    raise RuntimeError(f"janus: {problem}")
                return answer

    async def _connect(self) -> Line:
        until = time.monotonic() + _START_S
        while True:
            try:
                return await Line.open(_PORT, "/", {}, subprotocols=["janus-protocol"])
            except (OSError, LineClosed):
                if time.monotonic() > until:
                    raise RuntimeError("janus did not come up") from None
                await asyncio.sleep(0.1)

    def _configure(self) -> None:
        for name, text in {
            "janus.jcfg": _MAIN.format(library=_LIBRARY),
            "janus.transport.websockets.jcfg": _WEBSOCKETS.format(port=_PORT),
            f"{_PLUGIN}.jcfg": "general: { }\n",
        }.items():
            (self._folder / name).write_text(text, encoding="utf-8")


def _stat(pid: int) -> tuple[int, int, int]:
    """(user and system time in clock ticks, resident pages)."""
    stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return int(stat[11]), int(stat[12]), int(stat[21])


_MAIN = """
general: {{
  plugins_folder = "{library}/plugins"
  transports_folder = "{library}/transports"
  events_folder = "{library}/events"
  loggers_folder = "{library}/loggers"
  log_to_stdout = false
  debug_level = 2
  session_timeout = 0
  event_loops = 1
}}
media: {{ ipv6 = false }}
plugins: {{ disable = "libjanus_audiobridge.so,libjanus_echotest.so,libjanus_recordplay.so,\
libjanus_sip.so,libjanus_nosip.so,libjanus_streaming.so,libjanus_textroom.so,\
libjanus_videocall.so,libjanus_voicemail.so,libjanus_duktape.so,libjanus_lua.so" }}
transports: {{ disable = "libjanus_http.so,libjanus_mqtt.so,libjanus_nanomsg.so,\
libjanus_pfunix.so,libjanus_rabbitmq.so" }}
"""
_WEBSOCKETS = """
general: {{ json = "compact"  ws = true  ws_port = {port}  wss = false }}
"""

_HEAD = """v=0
o=- {number} 1 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE {mids}
a=fingerprint:sha-256 {fingerprint}
a=ice-ufrag:{fragment}
a=ice-pwd:{password}
"""
_CANDIDATE = f"a=candidate:1 1 udp 1 {_HOST} 9 typ host\n"
"""Nobody listens there; it waits for one, and finds our real address by our checks."""
_AUDIO = f"""m=audio 9 UDP/TLS/RTP/SAVPF {AUDIO_PAYLOAD_TYPE}
c=IN IP4 0.0.0.0
a=sendonly
a=mid:1
a=rtcp-mux
a=setup:active
a=rtpmap:{AUDIO_PAYLOAD_TYPE} opus/48000/2
a=extmap:1 {Extension.MID}
a=extmap:10 {Extension.AUDIO_LEVEL}
a=ssrc:{AUDIO_SSRC} cname:bench
"""
_VIDEO = f"""m=video 9 UDP/TLS/RTP/SAVPF {VIDEO_PAYLOAD_TYPE} {RTX_PAYLOAD_TYPE}
c=IN IP4 0.0.0.0
a=sendonly
a=mid:0
a=rtcp-mux
a=setup:active
a=rtpmap:{VIDEO_PAYLOAD_TYPE} VP8/90000
a=rtcp-fb:{VIDEO_PAYLOAD_TYPE} nack
a=rtcp-fb:{VIDEO_PAYLOAD_TYPE} nack pli
a=rtcp-fb:{VIDEO_PAYLOAD_TYPE} ccm fir
a=rtcp-fb:{VIDEO_PAYLOAD_TYPE} goog-remb
a=rtpmap:{RTX_PAYLOAD_TYPE} rtx/90000
a=fmtp:{RTX_PAYLOAD_TYPE} apt={VIDEO_PAYLOAD_TYPE}
a=extmap:1 {Extension.MID}
a=extmap:4 {Extension.ABS_SEND_TIME}
a=ssrc-group:FID {VIDEO_SSRC} {VIDEO_RTX_SSRC}
a=ssrc:{VIDEO_SSRC} cname:bench
a=ssrc:{VIDEO_RTX_SSRC} cname:bench
"""


@dataclass(frozen=True, slots=True)
class _Local:
    """Our end of one connection."""

    fragment: str
    password: str
    fingerprint: str

    @classmethod
    def make(cls, fingerprint: str) -> _Local:
        return cls(secrets.token_hex(4), secrets.token_hex(12), fingerprint)


def _head(local: _Local, mids: str) -> str:
    return _HEAD.format(
        number=secrets.randbits(31),
        mids=mids,
        fingerprint=local.fingerprint,
        fragment=local.fragment,
        password=local.password,
    )


def _lines(text: str) -> str:
    return text.replace("\n", "\r\n")


def _offer(local: _Local) -> str:
    return _lines(_head(local, "0 1") + _VIDEO + _CANDIDATE + _AUDIO)


def _answer(offer: str, local: _Local) -> str:
    """Takes everything offered, as it is, and receives only."""
    sections = re.split(r"\r\n(?=m=)", offer.strip())[1:]
    mids, answers = [], []
    for section in sections:
        lines = section.split("\r\n")
        kept = [one for one in lines if re.match(r"m=|c=|a=(mid|rtpmap|fmtp|rtcp-fb|extmap):", one)]
        mids.append(next(one[6:] for one in lines if one.startswith("a=mid:")))
        answers.append("\n".join([*kept, "a=recvonly", "a=rtcp-mux", "a=setup:active"]) + "\n")
    answers[0] += _CANDIDATE
    return _lines(_head(local, " ".join(mids)) + "".join(answers))


def _transport(sdp: str, local: _Local, *, is_controlling: bool) -> Json:
    """mediasoup's shape, which the generator reads. `is_controlling`: Janus has that role."""
    host, port = _first(r"a=candidate:\S+ 1 udp \d+ (\S+ \d+) typ host", sdp).split()
    return {
        "iceParameters": {
            "usernameFragment": _first(r"a=ice-ufrag:(\S+)", sdp),
            "password": _first(r"a=ice-pwd:(\S+)", sdp),
        },
        "iceCandidates": [{"ip": host, "port": int(port)}],
        "local": [local.fragment, local.password],
        "isControlling": is_controlling,
    }


def _first(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    if found is None:
        raise RuntimeError(f"janus: no {pattern} in its SDP")
    return found.group(1)
