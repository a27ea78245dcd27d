"""Writes tests/corpus/wire with aiortc's packers and encoders: `python tests/corpus/build.py`.

Each packet is a `.bin` file; `index.json` says what was put into it. The files are committed, so
tests read the same bytes for ever; run this only to add packets (encoders may give other bytes).
`tests/corpus/chromium` was recorded from a browser and is not written here.
"""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from aiortc import RTCRtpHeaderExtensionParameters, RTCRtpParameters, rtp
from aiortc.codecs.h264 import H264Encoder
from aiortc.codecs.vpx import Vp8Encoder, VpxPayloadDescriptor

from media.wire.extension import Extension

TARGET = Path(__file__).parent / "wire"
# Chromium 156's ids, as recorded in chromium/rtp_parameters.json.
IDS = {Extension.AUDIO_LEVEL: 1, Extension.ABS_SEND_TIME: 2, Extension.TRANSPORT_SEQUENCE: 3}
IDS |= {Extension.MID: 4, Extension.RID: 10, Extension.REPAIRED_RID: 11}

Index = dict[str, dict[str, Any]]


def extension_ids() -> rtp.HeaderExtensionsMap:
    """aiortc's form of the ids."""
    parameters = RTCRtpParameters()
    parameters.headerExtensions = [
        RTCRtpHeaderExtensionParameters(id=number, uri=uri.value) for uri, number in IDS.items()
    ]
    ids = rtp.HeaderExtensionsMap()
    ids.configure(parameters)
    return ids


def packet(payload: bytes, *, extensions: dict[str, Any], padding: int = 0, **header: int) -> Any:
    """An aiortc packet."""
    made = rtp.RtpPacket(payload=payload, **header)
    made.extensions = rtp.HeaderExtensions(**extensions)
    made.padding_size = padding
    return made


def expected_header(made: Any) -> dict[str, Any]:
    """What a reader must find."""
    return {
        "marker": bool(made.marker),
        "payload_type": made.payload_type,
        "sequence": made.sequence_number,
        "timestamp": made.timestamp,
        "ssrc": made.ssrc,
        "payload_bytes": len(made.payload),
        "padding_bytes": made.padding_size,
        "extensions": {
            key: value
            for key, value in vars(made.extensions).items()
            if value is not None and value is not False
        },
    }


def picture(width: int, height: int, at: int) -> av.VideoFrame:
    """A frame with enough detail for several packets."""
    frame = av.VideoFrame(width, height, "yuv420p")
    for number, plane in enumerate(frame.planes):
        plane.update(bytes((i * i * 7 + at * 31 + number) & 0xFF for i in range(plane.buffer_size)))
    frame.pts = at
    frame.time_base = Fraction(1, 30)
    return frame


def sound() -> dict[str, Any]:
    """Opus as Chromium sends it: MID, level, send time; the bytes of the frame do not matter."""
    extensions = {"mid": "0", "audio_level": (True, 23), "abs_send_time": 0x123456}
    return {
        "opus": packet(
            bytes.fromhex("7801") + bytes(range(60)),
            extensions=extensions,
            payload_type=111,
            marker=1,
            sequence_number=65535,
            timestamp=0xFFFFFC40,
            ssrc=0x6DEFA8D3,
        ),
        "opus_without_extensions": packet(
            b"\x78", extensions={}, payload_type=111, sequence_number=0, timestamp=0, ssrc=1
        ),
    }


def vp8() -> tuple[dict[str, Any], Index]:
    """A key frame in several packets and a delta frame, of temporal layers 0 and 2."""
    encoder = Vp8Encoder()
    packets: dict[str, Any] = {}
    expected: Index = {}
    sequence = 65534
    for name, at, tid in (("key", 0, (0, 1)), ("delta", 1, (2, 1))):
        payloads, timestamp = encoder.encode(picture(320, 240, at), force_keyframe=not at)
        for number, payload in enumerate(payloads[:2]):
            plain, rest = VpxPayloadDescriptor.parse(payload)
            layered = VpxPayloadDescriptor(
                plain.partition_start, plain.partition_id, 0x7FFF + at & 0x7FFF, 200, tid, 3
            )
            label = f"vp8_{name}_{number}"
            extensions: dict[str, Any] = {"mid": "1", "transport_sequence_number": sequence}
            extensions["rtp_stream_id"] = "r1"
            packets[label] = packet(
                bytes(layered) + rest,
                extensions=extensions,
                payload_type=96,
                marker=int(number == len(payloads) - 1),
                sequence_number=sequence & 0xFFFF,
                timestamp=timestamp,
                ssrc=0x0A0B0C0D,
            )
            expected[label] = {
                "starts_picture": not number,
                "key_frame": name == "key" and not number,
                "picture_id": layered.picture_id,
                "tl0picidx": 200,
                "temporal_id": tid[0],
            }
            sequence = sequence + 1 & 0xFFFF
    return packets, expected


def repairs(original: Any) -> dict[str, Any]:
    """The original again as RTX, and a padding-only probe on the RTX stream."""
    again = rtp.wrap_rtx(original, payload_type=97, sequence_number=77, ssrc=0x0A0B0C0E)
    again.extensions = rtp.HeaderExtensions(mid="1", repaired_rtp_stream_id="r1")
    probe = packet(
        b"",
        extensions={"mid": "1", "abs_send_time": 1},
        padding=224,
        payload_type=97,
        sequence_number=78,
        timestamp=original.timestamp,
        ssrc=0x0A0B0C0E,
    )
    return {"rtx": again, "probe": probe}


def h264() -> tuple[dict[str, Any], Index]:
    """The first packets of a key frame and of the frame behind it."""
    encoder = H264Encoder()
    packets: dict[str, Any] = {}
    expected: Index = {}
    sequence = 10
    for name, at in (("key", 0), ("delta", 1)):
        payloads, timestamp = encoder.encode(picture(320, 240, at), force_keyframe=not at)
        for number, payload in enumerate(payloads[:3]):
            label = f"h264_{name}_{number}"
            packets[label] = packet(
                payload,
                extensions={"mid": "2"},
                payload_type=108,
                sequence_number=sequence,
                timestamp=timestamp,
                ssrc=0x849D3F2B,
            )
            sequence += 1
            expected[label] = {"first": not number, "key": name == "key"}
    return packets, expected


def reports() -> dict[str, bytes]:
    """RTCP compounds; their names say what they hold, the test spells out the values."""
    block = rtp.RtcpReceiverInfo(
        ssrc=7,
        fraction_lost=12,
        packets_lost=-3,
        highest_sequence=0x1FFFE,
        jitter=44,
        lsr=5,
        dlsr=6,
    )
    sender = rtp.RtcpSenderInfo(
        ntp_timestamp=0xE8D1B2C380000000, rtp_timestamp=90000, packet_count=100, octet_count=123456
    )
    names = rtp.RtcpSdesPacket([rtp.RtcpSourceInfo(ssrc=1, items=[(1, b"a1K+hGgOYFq57yf3")])])
    remb = rtp.pack_remb_fci(2_500_000, [7, 8])
    return {
        "sr_sdes": bytes(rtp.RtcpSrPacket(ssrc=1, sender_info=sender, reports=[block]))
        + bytes(names),
        "rr_nack_pli": bytes(rtp.RtcpRrPacket(ssrc=1, reports=[block]))
        + bytes(rtp.RtcpRtpfbPacket(fmt=1, ssrc=1, media_ssrc=7, lost=[5, 6, 21, 22, 65535]))
        + bytes(rtp.RtcpPsfbPacket(fmt=1, ssrc=1, media_ssrc=7)),
        "remb": bytes(rtp.RtcpPsfbPacket(fmt=15, ssrc=1, media_ssrc=0, fci=remb)),
        "fir": bytes(
            rtp.RtcpPsfbPacket(fmt=4, ssrc=1, media_ssrc=0, fci=bytes.fromhex("0000000709000000"))
        ),
        "bye": bytes(rtp.RtcpByePacket(sources=[1, 7])),
    }


def main() -> None:
    """Writes all files."""
    TARGET.mkdir(exist_ok=True)
    ids = extension_ids()
    vp8_packets, vp8_expected = vp8()
    h264_packets, h264_expected = h264()
    packets = sound() | vp8_packets | h264_packets | repairs(vp8_packets["vp8_key_0"])
    for name, made in packets.items():
        (TARGET / f"{name}.bin").write_bytes(made.serialize(ids))
    for name, compound in reports().items():
        (TARGET / f"rtcp_{name}.bin").write_bytes(compound)
    index = {
        "extension_ids": {uri.name: number for uri, number in IDS.items()},
        "rtp": {name: expected_header(made) for name, made in packets.items()},
        "vp8": vp8_expected,
        "h264": h264_expected,
    }
    (TARGET / "index.json").write_text(json.dumps(index, indent=1) + "\n")


if __name__ == "__main__":
    main()
