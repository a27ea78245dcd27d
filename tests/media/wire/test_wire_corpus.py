"""Packets that aiortc wrote (tests/corpus/build.py): we read out of them what went in."""

from __future__ import annotations

from typing import Any

import pytest

from media.wire import extension, h264, rtcp, rtp, vp8
from media.wire.extension import Extension
from tests.support.packets import CORPUS, corpus_json

WIRE = CORPUS / "wire"
INDEX: dict[str, dict[str, Any]] = corpus_json("wire/index.json")
IDS = {Extension[name]: number for name, number in INDEX["extension_ids"].items()}

BLOCK = rtcp.ReportBlock(7, 12, -3, 0x1FFFE, 44, 5, 6)


def raw(name: str) -> bytes:
    """The bytes of one packet."""
    return (WIRE / f"{name}.bin").read_bytes()


def payload(name: str) -> bytes:
    """The payload of one packet."""
    packet = raw(name)
    return packet[rtp.parse_header(packet).header_length :]


def extensions(name: str) -> dict[str, Any]:
    """The elements of one packet, under aiortc's names."""
    header = rtp.parse_header(raw(name))
    elements = extension.parse(header.extension_profile, header.extension)
    readers: dict[Extension, tuple[str, Any]] = {
        Extension.MID: ("mid", extension.parse_name),
        Extension.RID: ("rtp_stream_id", extension.parse_name),
        Extension.REPAIRED_RID: ("repaired_rtp_stream_id", extension.parse_name),
        Extension.AUDIO_LEVEL: (
            "audio_level",
            lambda data: list(reversed(extension.parse_audio_level(data))),
        ),
        Extension.ABS_SEND_TIME: (
            "abs_send_time",
            lambda data: round(extension.parse_abs_send_time(data) * (1 << 18)),
        ),
        Extension.TRANSPORT_SEQUENCE: (
            "transport_sequence_number",
            lambda data: int.from_bytes(data, "big"),
        ),
    }
    named = {
        readers[meaning]: elements[number] for meaning, number in IDS.items() if number in elements
    }
    assert len(named) == len(elements)
    return {name: read(data) for (name, read), data in named.items()}


@pytest.mark.parametrize("name", INDEX["rtp"])
def test_rtp_headers(name: str) -> None:
    expected = INDEX["rtp"][name]
    header = rtp.parse_header(raw(name))
    for field in ("marker", "payload_type", "sequence", "timestamp", "ssrc"):
        assert getattr(header, field) == expected[field], field
    content = payload(name)
    assert header.padding is bool(expected["padding_bytes"])
    if header.padding:
        content = rtp.strip_padding(content)
    assert len(content) == expected["payload_bytes"]


@pytest.mark.parametrize("name", INDEX["rtp"])
def test_header_extensions(name: str) -> None:
    assert extensions(name) == INDEX["rtp"][name]["extensions"]


@pytest.mark.parametrize("name", INDEX["rtp"])
def test_headers_are_written_as_they_were(name: str) -> None:
    header = rtp.parse_header(raw(name))
    profile = header.extension_profile
    packed = rtp.pack_header(
        payload_type=header.payload_type,
        sequence=header.sequence,
        timestamp=header.timestamp,
        ssrc=header.ssrc,
        marker=header.marker,
        extension=None if profile is None else (profile, header.extension),
        padding=header.padding,
    )
    assert packed == raw(name)[: header.header_length]


@pytest.mark.parametrize("name", INDEX["vp8"])
def test_vp8_descriptors(name: str) -> None:
    found = vp8.parse(payload(name))
    assert {field: getattr(found, field) for field in INDEX["vp8"][name]} == INDEX["vp8"][name]
    assert found.picture_id_bits == 15 or found.picture_id == 0
    assert found.layer_sync


@pytest.mark.parametrize("name", INDEX["h264"])
def test_h264_pictures(name: str) -> None:
    expected = INDEX["h264"][name]
    if expected["first"]:
        assert h264.starts_picture(payload(name))
        assert h264.is_key_frame(payload(name)) is expected["key"]
    elif not expected["key"]:
        assert not h264.is_key_frame(payload(name))


def test_the_retransmission_holds_the_original() -> None:
    content = payload("rtx")
    original = INDEX["rtp"]["vp8_key_0"]
    assert int.from_bytes(content[:2], "big") == original["sequence"]
    assert content[2:] == payload("vp8_key_0")


@pytest.mark.parametrize(
    ("name", "packets"),
    [
        (
            "rtcp_sr_sdes",
            [
                rtcp.SenderReport(1, 0xE8D1B2C380000000, 90000, 100, 123456, (BLOCK,)),
                rtcp.SourceDescription((rtcp.SourceChunk(1, "a1K+hGgOYFq57yf3"),)),
            ],
        ),
        (
            "rtcp_rr_nack_pli",
            [
                rtcp.ReceiverReport(1, (BLOCK,)),
                rtcp.GenericNack(1, 7, (5, 6, 21, 22, 65535)),
                rtcp.PictureLossIndication(1, 7),
            ],
        ),
        ("rtcp_remb", [rtcp.ReceiverEstimatedBitrate(1, 2_500_000 // 16 * 16, (7, 8))]),
        ("rtcp_fir", [rtcp.FullIntraRequest(1, ((7, 9),))]),
        ("rtcp_bye", [rtcp.Bye((1, 7))]),
    ],
)
def test_rtcp_compounds(name: str, packets: list[rtcp.RtcpPacket]) -> None:
    assert rtcp.parse_compound(raw(name)) == packets
    assert rtcp.pack_compound(packets) == raw(name)


def test_every_file_is_tested() -> None:
    tested = {
        *INDEX["rtp"],
        "rtcp_sr_sdes",
        "rtcp_rr_nack_pli",
        "rtcp_remb",
        "rtcp_fir",
        "rtcp_bye",
    }
    assert {path.stem for path in WIRE.glob("*.bin")} == tested
