"""The loads: VP8 and Opus as packets, not pictures, each stamped with the time it left.

The VP8 payload is a valid descriptor and frame header followed by noise (RFC 7741, RFC 6386) in
three temporal layers; its last eight bytes are the time of sending, so that a receiver can measure
delay.
"""

from __future__ import annotations

import heapq
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from media.transport.srtp import SrtpSealer
from media.wire import extension, rtp

PACE_S = 0.001  # libwebrtc's pacer spreads a frame over milliseconds
AUDIO_PACKET_BYTES = 96
AUDIO_PACKETS_S = 50

VIDEO_SSRC, VIDEO_RTX_SSRC, AUDIO_SSRC = 0x11111111, 0x11111112, 0x22222222
VIDEO_PAYLOAD_TYPE, RTX_PAYLOAD_TYPE, AUDIO_PAYLOAD_TYPE = 96, 97, 111
_MID, _ABS_SEND_TIME, _AUDIO_LEVEL = 1, 4, 10
SENT_AT = struct.Struct("!d")
_TEMPORAL = (0, 2, 1, 2)
"""Temporal layers of successive frames (L1T3)."""
_SYNC = (False, True, True, False)
"""Frames that lean on temporal layer 0 alone: a receiver may begin a higher layer there."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The packets of one video. `packets_s` is a multiple of nothing: frames differ by one."""

    packets_s: int
    packet_bytes: int
    frames_s: int = 30
    is_layered: bool = True

    def scaled(self, factor: float) -> Picture:
        """As many frames of `factor` times the packets."""
        return replace(self, packets_s=round(self.packets_s * factor))


SCREEN = Picture(276, 1042)
"""2.3 Mbit/s, about 9 packets a frame."""
CAMERA = Picture(60, 1042)
"""0.5 Mbit/s, two packets a frame."""
PICTURES = {"screen": SCREEN, "camera": CAMERA}


@dataclass(frozen=True, slots=True)
class Planned:
    """A packet and when it is to leave, in seconds from the start."""

    at: float
    is_video: bool
    frame: int
    first: bool
    last: bool


def plan(seconds: float, picture: Picture = SCREEN, *, begin: float = 0.0) -> Iterator[Planned]:
    """Every packet of picture and sound in order of time, the first at `begin`."""
    audio = (
        Planned(begin + index / AUDIO_PACKETS_S, is_video=False, frame=index, first=True, last=True)
        for index in range(int(seconds * AUDIO_PACKETS_S))
    )
    return heapq.merge(_video(seconds, picture, begin), audio, key=lambda planned: planned.at)


def _video(seconds: float, picture: Picture, begin: float) -> Iterator[Planned]:
    """Frames of about the same number of packets, so that the packet rate comes out.

    Packets of a frame leave one a millisecond, or faster when they would not fit before the next.
    """
    sent = 0
    most = -(-picture.packets_s // picture.frames_s)
    apart = min(PACE_S, 0.8 / picture.frames_s / most)
    for frame in range(int(seconds * picture.frames_s)):
        count = (frame + 1) * picture.packets_s // picture.frames_s - sent
        sent += count
        for index in range(count):
            at = begin + frame / picture.frames_s + index * apart
            yield Planned(at, True, frame, first=index == 0, last=index == count - 1)


class Publisher:
    """Makes the sealed packets. A key frame is made when `key_frame_wanted` was set."""

    def __init__(self, sealer: SrtpSealer, picture: Picture = SCREEN) -> None:
        self._sealer = sealer
        self._picture = picture
        self._noise = os.urandom(picture.packet_bytes)
        self._video_number = self._audio_number = 0
        self._frame_is_key = False
        self._temporal, self._base = 0, 0
        self._since_key = 0
        self.key_frame_wanted = True

    def packet(self, planned: Planned, *, now: float) -> bytes:
        """The protected packet of a plan's entry, stamped with `now`."""
        return self._video(planned, now) if planned.is_video else self._audio(planned, now)

    def _begin(self) -> None:
        """A new frame: a key frame starts the temporal pattern again."""
        self._frame_is_key, self.key_frame_wanted = self.key_frame_wanted, False
        self._since_key = 0 if self._frame_is_key else self._since_key + 1
        place = self._since_key % len(_TEMPORAL) if self._picture.is_layered else 0
        self._temporal = place
        self._base += _TEMPORAL[place] == 0

    def _video(self, planned: Planned, now: float) -> bytes:
        if planned.first:
            self._begin()
        self._video_number += 1
        payload = b"".join(
            (
                _descriptor(planned, self._temporal, self._base),
                _frame_header(is_key=self._frame_is_key) if planned.first else b"",
                self._noise,
            )
        )[: self._picture.packet_bytes - SENT_AT.size]
        elements = {_MID: b"0", _ABS_SEND_TIME: extension.pack_abs_send_time(now)}
        header = rtp.pack_header(
            payload_type=VIDEO_PAYLOAD_TYPE,
            sequence=self._video_number & 0xFFFF,
            timestamp=planned.frame * (90000 // self._picture.frames_s) & 0xFFFFFFFF,
            ssrc=VIDEO_SSRC,
            marker=planned.last,
            extension=extension.pack(elements),
        )
        whole = payload + SENT_AT.pack(now)
        return self._sealer.seal_rtp(header, whole, VIDEO_SSRC, self._video_number)

    def _audio(self, planned: Planned, now: float) -> bytes:
        self._audio_number += 1
        payload = self._noise[: AUDIO_PACKET_BYTES - SENT_AT.size] + SENT_AT.pack(now)
        elements = {_MID: b"1", _AUDIO_LEVEL: extension.pack_audio_level(30, voice=True)}
        header = rtp.pack_header(
            payload_type=AUDIO_PAYLOAD_TYPE,
            sequence=self._audio_number & 0xFFFF,
            timestamp=planned.frame * (48000 // AUDIO_PACKETS_S) & 0xFFFFFFFF,
            ssrc=AUDIO_SSRC,
            extension=extension.pack(elements),
        )
        return self._sealer.seal_rtp(header, payload, AUDIO_SSRC, self._audio_number)


def _descriptor(planned: Planned, place: int, base: int) -> bytes:
    """X, S; I and L, T; 15-bit picture id, TL0PICIDX, temporal layer and its sync bit
    (RFC 7741 section 4.2)."""
    start = 0x10 if planned.first else 0
    picture = 0x8000 | planned.frame & 0x7FFF
    layer = _TEMPORAL[place] << 6 | (0x20 if _SYNC[place] else 0)
    return struct.pack("!BBHBB", 0x80 | start, 0xE0, picture, base & 0xFF, layer)


def _frame_header(*, is_key: bool) -> bytes:
    """RFC 6386 section 9.1: frame tag (bit 0 is set in inter frames), and for key frames the start
    code and 1280 x 720."""
    if not is_key:
        return b"\x31\x02\x00"
    return b"\x30\x02\x00\x9d\x01\x2a" + struct.pack("<HH", 1280, 720)


def video_parameters() -> dict[str, Any]:
    """What mediasoup-client would send for the video track."""
    feedback = [
        {"type": "nack", "parameter": ""},
        {"type": "nack", "parameter": "pli"},
        {"type": "ccm", "parameter": "fir"},
        {"type": "goog-remb", "parameter": ""},
    ]
    return {
        "mid": "0",
        "codecs": [
            {
                "mimeType": "video/VP8",
                "payloadType": VIDEO_PAYLOAD_TYPE,
                "clockRate": 90000,
                "parameters": {},
                "rtcpFeedback": feedback,
            },
            {
                "mimeType": "video/rtx",
                "payloadType": RTX_PAYLOAD_TYPE,
                "clockRate": 90000,
                "parameters": {"apt": VIDEO_PAYLOAD_TYPE},
                "rtcpFeedback": [],
            },
        ],
        "headerExtensions": [
            _extension(extension.Extension.MID, _MID),
            _extension(extension.Extension.ABS_SEND_TIME, _ABS_SEND_TIME),
        ],
        "encodings": [
            {"ssrc": VIDEO_SSRC, "rtx": {"ssrc": VIDEO_RTX_SSRC}, "scalabilityMode": "L1T3"}
        ],
        "rtcp": {"cname": "bench", "reducedSize": True},
    }


def audio_parameters() -> dict[str, Any]:
    """What mediasoup-client would send for the audio track."""
    return {
        "mid": "1",
        "codecs": [
            {
                "mimeType": "audio/opus",
                "payloadType": AUDIO_PAYLOAD_TYPE,
                "clockRate": 48000,
                "channels": 2,
                "parameters": {"minptime": 10, "useinbandfec": 1},
                "rtcpFeedback": [],
            }
        ],
        "headerExtensions": [
            _extension(extension.Extension.MID, _MID),
            _extension(extension.Extension.AUDIO_LEVEL, _AUDIO_LEVEL),
        ],
        "encodings": [{"ssrc": AUDIO_SSRC}],
        "rtcp": {"cname": "bench", "reducedSize": True},
    }


def _extension(meaning: extension.Extension, number: int) -> dict[str, Any]:
    return {"uri": meaning.value, "id": number, "encrypt": False, "parameters": {}}
