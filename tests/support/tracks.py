"""Tracks as a browser makes them: Opus-like sound and VP8-like pictures that can be checked.

Each payload says which frame it is of, so that a receiver can tell that what it got is what was
sent. Pictures follow libvpx's L1T3 pattern; every simulcast layer counts by itself.
"""

from __future__ import annotations

import struct
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from media.wire import extension, red, rtp

BODY = struct.Struct("!4sBIHH")  # mark, layer, frame, position, packets in the frame
MARK = b"pict"
DESCRIPTOR_BYTES = 7
"""In front of it: VP8's payload descriptor and one byte of its header."""
PATTERN = ((0, True), (2, True), (1, True), (2, False))  # temporal layer, layer sync
MID, RID, REPAIRED, TIME, LEVEL, ORIENTATION = 1, 2, 3, 4, 10, 11
VP8, RTX, OPUS = 96, 97, 111  # a browser's own payload types, not the router's


@dataclass(frozen=True, slots=True)
class Body:
    """What a payload says about itself."""

    layer: int
    frame: int
    position: int
    count: int

    @classmethod
    def parse(cls, payload: bytes) -> Body:
        mark, layer, frame, position, count = BODY.unpack_from(payload)
        assert mark == MARK
        return cls(layer, frame, position, count)


@dataclass(slots=True)
class Encoder:
    """One simulcast layer: numbers, ids, and the packets of each frame.

    `sequence`, `picture` and `tl0` begin anywhere, as a browser's do. `history` answers NACKs.
    """

    layer: int
    ssrc: int
    rtx_ssrc: int
    rid: str | None = None
    mid: str | None = None
    sequence: int = 65_000
    picture: int = 32_700
    tl0: int = 250
    timestamp_base: int = 0xFFFF_0000
    temporal_layers: int = 3
    packets_per_frame: int = 3
    packet_bytes: int = 200
    uneven: int = 0
    frames: int = 0
    key_wanted: bool = True
    key_frames: int = 0
    packets: int = 0
    resent: int = 0
    rtx_sequence: int = 100
    active: bool = True
    history: deque[tuple[int, bytes, bytes]] = field(default_factory=lambda: deque(maxlen=1024))

    def frame(self, now: float) -> Iterator[tuple[bytes, bytes, int]]:
        """(header, payload, extended number) of the packets of the picture taken at `now`."""
        key = self.key_wanted
        self.key_wanted = False
        if key:
            self._phase_start = self.frames
            self.key_frames += 1
        temporal, sync = (0, True)
        if self.temporal_layers > 1 and not key:
            temporal, sync = PATTERN[(self.frames - self._phase_start) % len(PATTERN)]
        self.picture += 1
        self.tl0 += temporal == 0
        count = self.packets_per_frame * (3 if key else 1)
        for position in range(count):
            payload = self._descriptor(position, temporal, sync, key)
            payload += BODY.pack(MARK, self.layer, self.frames, position, count)
            payload += bytes(self.packet_bytes + position % (self.uneven + 1) - len(payload))
            yield self._packet(payload, now, marker=position == count - 1)
        self.frames += 1

    _phase_start: int = 0

    def _descriptor(self, position: int, temporal: int, sync: bool, key: bool) -> bytes:
        start = 0x10 if position == 0 else 0
        head = bytes(
            (
                0x80 | start,
                0xE0,
                0x80 | self.picture >> 8 & 0x7F,
                self.picture & 0xFF,
                self.tl0 & 0xFF,
                temporal << 6 | (0x20 if sync else 0),
            )
        )
        return head + (b"\x00" if key else b"\x01")

    def _packet(self, payload: bytes, now: float, *, marker: bool) -> tuple[bytes, bytes, int]:
        elements = {TIME: extension.pack_abs_send_time(now)}
        if self.mid is not None:
            elements[MID] = self.mid.encode()
        if self.rid is not None:
            elements[RID] = self.rid.encode()
        number = self.sequence
        header = rtp.pack_header(
            payload_type=VP8,
            sequence=number & 0xFFFF,
            timestamp=self.timestamp(now),
            ssrc=self.ssrc,
            marker=marker,
            extension=extension.pack(elements),
        )
        self.sequence += 1
        self.packets += 1
        self.history.append((number & 0xFFFF, header, payload))
        return header, payload, number

    def timestamp(self, now: float) -> int:
        return (self.timestamp_base + int(now * 90_000)) & 0xFFFFFFFF

    def again(self, sequence: int) -> tuple[bytes, bytes, int] | None:
        """The RTX packet for `sequence`."""
        known = next((entry for entry in self.history if entry[0] == sequence), None)
        if known is None:
            return None
        _, header, payload = known
        seen = rtp.parse_header(header)
        elements = {}
        if self.mid is not None:
            elements[MID] = self.mid.encode()
        if self.rid is not None:
            elements[REPAIRED] = self.rid.encode()
        self.rtx_sequence += 1
        self.resent += 1
        again = rtp.pack_header(
            payload_type=RTX,
            sequence=self.rtx_sequence & 0xFFFF,
            timestamp=seen.timestamp,
            ssrc=self.rtx_ssrc,
            marker=seen.marker,
            extension=extension.pack(elements) if elements else None,
        )
        return again, struct.pack("!H", sequence) + payload, self.rtx_sequence


@dataclass(slots=True)
class Microphone:
    """20 ms frames with a level, of `frame_bytes` each; with 0, of 64 to 103 in turns. With a
    `depth`, also 0, each packet is redundant sound that holds so many earlier frames.
    """

    ssrc: int
    mid: str | None = None
    level: int = 30
    sequence: int = 65_500
    frames: int = 0
    frame_bytes: int = 0
    depth: int | None = None
    said: list[bytes] = field(default_factory=list)

    def packet(self) -> tuple[bytes, bytes, int]:
        """(header, payload, extended number) of the next frame."""
        elements = {LEVEL: extension.pack_audio_level(self.level, voice=self.level < 60)}
        if self.mid is not None:
            elements[MID] = self.mid.encode()
        number = self.sequence
        header = rtp.pack_header(
            payload_type=OPUS,
            sequence=number & 0xFFFF,
            timestamp=self.frames * 960 & 0xFFFFFFFF,
            ssrc=self.ssrc,
            extension=extension.pack(elements),
        )
        self.said.append(self._payload())
        payload = self.said[-1] if self.depth is None else self._redundant(self.depth)
        self.sequence += 1
        self.frames += 1
        return header, payload, number

    def _redundant(self, depth: int) -> bytes:
        backs = range(min(depth, len(self.said) - 1), 0, -1)
        frames = [(960 * back & red.MAX_OFFSET, self.said[-1 - back]) for back in backs]
        blocks = [red.Block(OPUS, offset, data) for offset, data in frames]
        return red.pack(blocks, red.Block(OPUS, 0, self.said[-1]))

    def _payload(self) -> bytes:
        size = self.frame_bytes or 64 + self.frames % 40
        return struct.pack("!I", self.frames) + bytes(size - 4)


def _extensions(*pairs: tuple[extension.Extension, int]) -> list[dict[str, object]]:
    return [
        {"uri": meaning.value, "id": number, "encrypt": False, "parameters": {}}
        for meaning, number in pairs
    ]


def video_parameters(encoders: list[Encoder], mid: str | None, *, names_ssrcs: bool) -> dict:
    """mediasoup's RtpParameters of a video track of these layers."""
    encodings: list[dict[str, object]] = []
    for encoder in encoders:
        encoding: dict[str, object] = {"scalabilityMode": "L1T3"}
        if encoder.rid is not None:
            encoding["rid"] = encoder.rid
        if names_ssrcs:
            encoding |= {"ssrc": encoder.ssrc, "rtx": {"ssrc": encoder.rtx_ssrc}}
        encodings.append(encoding)
    return {
        **({} if mid is None else {"mid": mid}),
        "codecs": [
            {
                "mimeType": "video/VP8",
                "payloadType": VP8,
                "clockRate": 90_000,
                "parameters": {},
                "rtcpFeedback": [{"type": "nack", "parameter": ""}],
            },
            {
                "mimeType": "video/rtx",
                "payloadType": RTX,
                "clockRate": 90_000,
                "parameters": {"apt": VP8},
                "rtcpFeedback": [],
            },
        ],
        "headerExtensions": _extensions(
            (extension.Extension.MID, MID),
            (extension.Extension.RID, RID),
            (extension.Extension.REPAIRED_RID, REPAIRED),
            (extension.Extension.ABS_SEND_TIME, TIME),
        ),
        "encodings": encodings,
        "rtcp": {"cname": "camera", "reducedSize": True},
    }


def audio_parameters(microphone: Microphone) -> dict:
    """mediasoup's RtpParameters of a sound track."""
    return {
        **({} if microphone.mid is None else {"mid": microphone.mid}),
        "codecs": [
            {
                "mimeType": "audio/opus",
                "payloadType": OPUS,
                "clockRate": 48_000,
                "channels": 2,
                "parameters": {"useinbandfec": 1},
                "rtcpFeedback": [],
            }
        ],
        "headerExtensions": _extensions(
            (extension.Extension.MID, MID), (extension.Extension.AUDIO_LEVEL, LEVEL)
        ),
        "encodings": [{"ssrc": microphone.ssrc}],
        "rtcp": {"cname": "camera", "reducedSize": True},
    }
