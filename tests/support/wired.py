"""A browser made of aiortc's parts, talking to the real media worker on 127.0.0.1.

aiortc plays what mediasoup-client makes of Chromium: it controls ICE, is the active side of DTLS,
and sends and decodes real Opus and VP8. `left_behind` says what a test did not clean up.
"""

from __future__ import annotations

import asyncio
import fractions
import math
import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

from aiortc import MediaStreamTrack, RTCCertificate, VideoStreamTrack
from aiortc.rtcdtlstransport import RTCDtlsFingerprint, RTCDtlsParameters, RTCDtlsTransport
from aiortc.rtcicetransport import (
    RTCIceCandidate,
    RTCIceGatherer,
    RTCIceParameters,
    RTCIceTransport,
)
from aiortc.rtcrtpparameters import (
    RTCRtcpFeedback,
    RTCRtcpParameters,
    RTCRtpCodecParameters,
    RTCRtpDecodingParameters,
    RTCRtpHeaderExtensionParameters,
    RTCRtpReceiveParameters,
    RTCRtpRtxParameters,
    RTCRtpSendParameters,
)
from aiortc.rtcrtpreceiver import RemoteStreamTrack, RTCRtpReceiver
from aiortc.rtcrtpsender import RTCRtpSender
from av import AudioFrame, VideoFrame

from media.ids import ConsumerId, EndpointId, ProducerId, RouterId, TransportId
from media.server.events import MediaEvent
from media.server.worker import MediaServer

Json = dict[str, Any]
E = TypeVar("E")
TONE_HZ = 440
WITHIN_S = 20.0
"""Everything here takes milliseconds; the limit is for a machine that does much else."""
SAMPLE_RATE = 48000
FRAME_SAMPLES = 960

_PAYLOAD_TYPES = {"audio/opus": 111, "video/VP8": 96, "video/H264": 96, "video/rtx": 97}
"""What Chromium uses; different from the router's, so that the mapping is seen to work."""


class Colour(VideoStreamTrack):
    """A picture of one brightness, 30 a second."""

    def __init__(self, luma: int, size: tuple[int, int] = (160, 120)) -> None:
        super().__init__()
        self.luma = luma
        self._size = size

    async def recv(self) -> VideoFrame:
        pts, time_base = await self.next_timestamp()
        frame = VideoFrame(*self._size, format="yuv420p")
        for plane, value in zip(frame.planes, (self.luma, 128, 128), strict=True):
            plane.update(bytes([value]) * plane.buffer_size)
        frame.pts, frame.time_base = pts, time_base
        return frame


class Tone(MediaStreamTrack):
    """A steady 440 Hz sine at a quarter of full scale."""

    kind = "audio"

    def __init__(self) -> None:
        super().__init__()
        self._samples = 0
        self._started = 0.0

    async def recv(self) -> AudioFrame:
        loop = asyncio.get_running_loop()
        self._started = self._started or loop.time()
        await asyncio.sleep(max(0.0, self._started + self._samples / SAMPLE_RATE - loop.time()))
        frame = AudioFrame(format="s16", layout="mono", samples=FRAME_SAMPLES)
        first = self._samples
        turns = [TONE_HZ * (first + index) / SAMPLE_RATE for index in range(FRAME_SAMPLES)]
        values = [int(8192 * math.sin(2 * math.pi * turn)) for turn in turns]
        frame.planes[0].update(b"".join(one.to_bytes(2, "little", signed=True) for one in values))
        frame.pts, frame.sample_rate = first, SAMPLE_RATE
        frame.time_base = fractions.Fraction(1, SAMPLE_RATE)
        self._samples += FRAME_SAMPLES
        return frame


def luma(frame: VideoFrame) -> float:
    """Mean brightness of the middle row."""
    plane = frame.planes[0]
    row = bytes(plane)[plane.line_size * (frame.height // 2) :][: frame.width]
    return sum(row) / len(row)


def loudness(frame: AudioFrame) -> float:
    """Root mean square of the samples, 0..32767."""
    used = frame.samples * len(frame.layout.channels) * 2
    data = memoryview(bytes(frame.planes[0])[:used]).cast("h")
    return math.sqrt(sum(one * one for one in data) / len(data))


class Wire:
    """One transport: aiortc's ICE and DTLS against the server's parameters."""

    def __init__(self, transport_id: TransportId, dtls: RTCDtlsTransport) -> None:
        self.id = transport_id
        self.dtls = dtls

    @classmethod
    async def open(
        cls,
        media: MediaServer,
        router_id: RouterId,
        endpoint_id: EndpointId,
        profiles: Sequence[str] = (),
    ) -> Wire:
        """Create and connect it. `profiles` narrows aiortc's SRTP profiles by OpenSSL's names."""
        remote = await media.create_transport(router_id, endpoint_id)
        gatherer = RTCIceGatherer([])
        with patch("aioice.ice.get_host_addresses", lambda use_ipv4, use_ipv6: ["127.0.0.1"]):
            await gatherer.gather()
        ice = RTCIceTransport(gatherer)
        ice._connection.ice_controlling = True
        dtls = RTCDtlsTransport(ice, [RTCCertificate.generateCertificate()])
        dtls._set_role("client")
        if profiles:
            known = dtls._srtp_profiles
            dtls._srtp_profiles = [one for one in known if one.openssl_profile.decode() in profiles]
        fingerprints = [
            {"algorithm": one.algorithm, "value": one.value}
            for one in dtls.getLocalParameters().fingerprints
        ]
        connect = {"role": "client", "fingerprints": fingerprints}
        await media.connect_transport(remote["id"], connect)
        for candidate in remote["iceCandidates"]:
            await ice.addRemoteCandidate(_candidate(candidate))
        await ice.addRemoteCandidate(None)
        await ice.start(RTCIceParameters(**remote["iceParameters"]))
        assert ice.state == "completed"
        theirs = [RTCDtlsFingerprint(**one) for one in remote["dtlsParameters"]["fingerprints"]]
        await dtls.start(RTCDtlsParameters(fingerprints=theirs))
        assert dtls.state == "connected"
        return cls(remote["id"], dtls)

    async def close(self) -> None:
        await self.dtls.stop()
        await self.dtls.transport.stop()


def _candidate(candidate: Json) -> RTCIceCandidate:
    return RTCIceCandidate(
        component=1,
        foundation=candidate["foundation"],
        ip=candidate["ip"],
        port=candidate["port"],
        priority=candidate["priority"],
        protocol=candidate["protocol"],
        type=candidate["type"],
    )


@dataclass
class Browser:
    """A person's browser: a wire to send and one to receive, senders and receivers on them."""

    media: MediaServer
    endpoint_id: EndpointId
    send: Wire
    receive: Wire
    senders: list[RTCRtpSender] = field(default_factory=list)
    receivers: list[RTCRtpReceiver] = field(default_factory=list)

    @classmethod
    async def join(
        cls, media: MediaServer, router_id: RouterId, name: str, profiles: Sequence[str] = ()
    ) -> Browser:
        """Connect both wires."""
        endpoint_id = EndpointId(name)
        send = await Wire.open(media, router_id, endpoint_id, profiles)
        receive = await Wire.open(media, router_id, endpoint_id, profiles)
        return cls(media, endpoint_id, send, receive)

    async def publish(
        self, track: MediaStreamTrack, source: str, *, paused: bool = False, codec: str = "VP8"
    ) -> ProducerId:
        """Produce a track and send it; `codec` is that of a picture."""
        sender = RTCRtpSender(track, self.send.dtls)
        parameters = send_parameters(sender, mid=str(len(self.senders)), codec=codec)
        self.senders.append(sender)
        producer_id = await self.media.produce(self.send.id, source, parameters, paused)
        await sender.send(
            RTCRtpSendParameters(
                codecs=_codecs(parameters),
                headerExtensions=_extensions(parameters),
                muxId=parameters["mid"],
                rtcp=RTCRtcpParameters(cname=parameters["rtcp"]["cname"], mux=True),
            )
        )
        return producer_id

    async def watch(self, producer_id: ProducerId, *, resume: bool = True) -> Watching:
        """Consume a producer; resumed when the receiver is ready, as mediasoup-client does."""
        consumer = await self.media.consume(self.receive.id, producer_id, self.media.capabilities())
        parameters = consumer["rtpParameters"]
        receiver = RTCRtpReceiver(consumer["kind"], self.receive.dtls)
        receiver._track = RemoteStreamTrack(consumer["kind"])
        receiver._set_rtcp_ssrc(1000 + len(self.receivers))
        self.receivers.append(receiver)
        (encoding,) = parameters["encodings"]
        rtx = encoding.get("rtx")
        codecs = _codecs(parameters)
        await receiver.receive(
            RTCRtpReceiveParameters(
                codecs=codecs,
                headerExtensions=_extensions(parameters),
                muxId=parameters["mid"],
                rtcp=RTCRtcpParameters(mux=True),
                encodings=[
                    RTCRtpDecodingParameters(
                        ssrc=encoding["ssrc"],
                        payloadType=codecs[0].payloadType,
                        rtx=RTCRtpRtxParameters(rtx["ssrc"]) if rtx else None,
                    )
                ],
            )
        )
        watching = Watching(ConsumerId(consumer["id"]), receiver)
        if resume:
            await self.media.resume_consumers([watching.consumer_id])
        return watching

    async def close(self) -> None:
        """Stop everything, tracks and decoder threads too."""
        for sender in self.senders:
            await sender.stop()
        for receiver in self.receivers:
            await receiver.stop()
        await self.send.close()
        await self.receive.close()


@dataclass
class Watching:
    """A consumer and its decoded frames."""

    consumer_id: ConsumerId
    receiver: RTCRtpReceiver

    async def frame(self) -> Any:
        """The next decoded frame."""
        return await self.receiver.track.recv()

    async def until(self, wanted: Callable[[Any], bool], within: float = WITHIN_S) -> Any:
        """The first decoded frame that is `wanted`."""
        async with asyncio.timeout(within):
            while True:
                frame = await self.frame()
                if wanted(frame):
                    return frame

    def skip(self) -> int:
        """Forget what is decoded already; how much it was."""
        queue = self.receiver.track._queue
        count = queue.qsize()
        while not queue.empty():
            queue.get_nowait()
        return int(count)


def send_parameters(sender: RTCRtpSender, *, mid: str, codec: str = "VP8") -> Json:
    """RtpParameters for `produce`, as mediasoup-client would make them of this sender."""
    encoding: Json = {"ssrc": sender._ssrc}
    if sender.kind == "video":
        encoding["rtx"] = {"ssrc": sender._rtx_ssrc}
    return {
        "mid": mid,
        "codecs": [
            {**one, "payloadType": _PAYLOAD_TYPES[one["mimeType"]]}
            for one in _offered(sender.kind, codec)
        ],
        "headerExtensions": [
            {"uri": uri, "id": number, "encrypt": False, "parameters": {}}
            for uri, number in _EXTENSIONS[sender.kind].items()
        ],
        "encodings": [encoding],
        "rtcp": {"cname": "aiortc", "reducedSize": True},
    }


_MID = "urn:ietf:params:rtp-hdrext:sdes:mid"
_EXTENSIONS = {
    "audio": {_MID: 9, "urn:ietf:params:rtp-hdrext:ssrc-audio-level": 8},
    "video": {_MID: 9, "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time": 7},
}
_OFFERED: dict[str, list[Json]] = {
    "audio": [
        {
            "mimeType": "audio/opus",
            "clockRate": 48000,
            "channels": 2,
            "parameters": {"minptime": 10, "useinbandfec": 1},
            "rtcpFeedback": [],
        }
    ],
    "video": [
        {
            "mimeType": "video/VP8",
            "clockRate": 90000,
            "parameters": {},
            "rtcpFeedback": [
                {"type": "nack", "parameter": ""},
                {"type": "nack", "parameter": "pli"},
                {"type": "goog-remb", "parameter": ""},
            ],
        },
        {
            "mimeType": "video/rtx",
            "clockRate": 90000,
            "parameters": {"apt": _PAYLOAD_TYPES["video/VP8"]},
            "rtcpFeedback": [],
        },
    ],
}


_H264 = {"packetization-mode": 1, "profile-level-id": "42e01f", "level-asymmetry-allowed": 1}


def _offered(kind: str, codec: str) -> list[Json]:
    """What is offered of that kind, pictures in the codec named."""
    if kind == "audio" or codec == "VP8":
        return _OFFERED[kind]
    picture, repair = _OFFERED["video"]
    return [{**picture, "mimeType": f"video/{codec}", "parameters": _H264}, repair]


def _codecs(parameters: Json) -> list[RTCRtpCodecParameters]:
    return [
        RTCRtpCodecParameters(
            mimeType=codec["mimeType"],
            clockRate=codec["clockRate"],
            channels=codec.get("channels"),
            payloadType=codec["payloadType"],
            parameters=codec["parameters"],
            rtcpFeedback=[
                RTCRtcpFeedback(one["type"], one.get("parameter") or None)
                for one in codec["rtcpFeedback"]
            ],
        )
        for codec in parameters["codecs"]
    ]


def _extensions(parameters: Json) -> list[RTCRtpHeaderExtensionParameters]:
    return [
        RTCRtpHeaderExtensionParameters(id=one["id"], uri=one["uri"])
        for one in parameters["headerExtensions"]
    ]


class Events:
    """What a media server told, to wait in."""

    def __init__(self) -> None:
        self.all: list[MediaEvent] = []
        self._changed = asyncio.Event()

    def __call__(self, event: MediaEvent) -> None:
        self.all.append(event)
        self._changed.set()

    async def wait(self, kind: type[E], within: float = WITHIN_S) -> E:
        """The first event of that kind, past or to come."""
        async with asyncio.timeout(within):
            while True:
                for event in self.all:
                    if isinstance(event, kind):
                        return event
                self._changed.clear()
                await self._changed.wait()


def process_ended(pid: int) -> bool:
    """Is there no such process, or only its entry for us to read?"""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except FileNotFoundError:
        return True
    return status.rpartition(")")[2].split()[0] == "Z"


async def until(condition: Callable[[], bool], within: float = WITHIN_S) -> None:
    """Wait for something that has no event."""
    async with asyncio.timeout(within):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.005)


def open_sockets() -> set[str]:
    """The sockets this process holds."""
    found = set()
    for entry in Path("/proc/self/fd").iterdir():
        try:
            target = os.readlink(entry)
        except FileNotFoundError:
            continue
        if target.startswith("socket:"):
            found.add(target)
    return found


@asynccontextmanager
async def media_server(
    *, port: int = 0, workers: int = 1, announced: Sequence[str] = (), recordings: str = ""
) -> AsyncIterator[tuple[MediaServer, Events]]:
    """A running media server that must leave no task, socket or process behind."""
    tasks, sockets = asyncio.all_tasks(), open_sockets()
    events = Events()
    media = MediaServer(
        "127.0.0.1",
        port,
        announced=announced,
        workers=workers,
        recordings=recordings,
        on_event=events,
    )
    await media.start()
    processes = [one["pid"] for one in await media.metrics()]
    try:
        yield media, events
        processes += [one["pid"] for one in await media.metrics()]
    finally:
        await media.close()
    await asyncio.sleep(0)
    current = asyncio.current_task()
    assert not [task for task in asyncio.all_tasks() - tasks if task is not current]
    assert open_sockets() == sockets
    assert all(process_ended(pid) for pid in processes)
