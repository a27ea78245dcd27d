"""RtpParameters read within bounds and written in mediasoup's shape."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.errors import Refused
from media.ortc.codec import Codec, RtcpFeedback
from media.ortc.parameters import Encoding, HeaderExtension, RtpParameters, parse_parameters
from tests.support.packets import corpus_json, uint32

CODEC = {"mimeType": "video/VP8", "payloadType": 96, "clockRate": 90000}
PRODUCED: list[dict[str, Any]] = corpus_json("chromium/rtp_parameters.json")["produced"]

names = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=16)
codecs = st.builds(
    Codec,
    st.sampled_from(("video/VP8", "video/H264", "video/rtx")),
    st.integers(0, 127),
    st.integers(1, 1_000_000),
    st.none(),
    st.dictionaries(
        st.sampled_from(("apt", "packetization-mode", "P/P")),
        st.integers(-5, 1 << 31) | st.just("1"),
    ),
    st.lists(
        st.builds(RtcpFeedback, st.just("nack"), st.sampled_from(("", "pli"))), max_size=4
    ).map(tuple),
)
encodings = st.builds(
    Encoding,
    uint32,
    st.none(),
    st.none(),
    st.booleans(),
    st.sampled_from((None, "L1T3", "S3T3", "L3T3_KEY")),
    st.none() | st.integers(0, 1 << 40),
)
all_parameters = st.builds(
    RtpParameters,
    st.none() | names,
    st.lists(codecs, max_size=5, unique_by=lambda codec: codec.payload_type).map(tuple),
    st.lists(
        st.builds(HeaderExtension, names, st.integers(1, 255)),
        max_size=8,
        unique_by=lambda extension: extension.id,
    ).map(tuple),
    st.lists(encodings, max_size=4, unique_by=lambda encoding: encoding.ssrc).map(tuple),
    st.none() | names,
)


@given(all_parameters)
def test_json_goes_round(parameters: RtpParameters) -> None:
    assert parse_parameters(json.loads(json.dumps(parameters.to_json()))) == parameters


def test_reads_chromiums_simulcast() -> None:
    camera = parse_parameters(PRODUCED[1]["rtpParameters"])
    assert [encoding.rid for encoding in camera.encodings] == ["r0", "r1", "r2"]
    assert [encoding.max_bitrate_bps for encoding in camera.encodings] == [
        100_000,
        300_000,
        900_000,
    ]
    assert [encoding.temporal_layers for encoding in camera.encodings] == [3, 3, 3]
    assert camera.cname is None  # it is empty where no SSRC is signalled
    assert [codec.repairs for codec in camera.codecs] == [None, 96]


def test_reads_chromiums_single_stream() -> None:
    screen = parse_parameters(PRODUCED[2]["rtpParameters"])
    (encoding,) = screen.encodings
    assert encoding.ssrc is not None
    assert encoding.rtx_ssrc is not None
    assert encoding.rid is None
    assert screen.cname


def test_writes_mediasoups_shape() -> None:
    parameters = RtpParameters(
        "3",
        (Codec("audio/opus", 100, 48000, 2, {"useinbandfec": 1}),),
        (HeaderExtension("urn:x", 1),),
        (Encoding(ssrc=7, rtx_ssrc=8, scalability_mode="L1T3"),),
        "seat",
    )
    assert parameters.to_json() == {
        "mid": "3",
        "codecs": [
            {
                "mimeType": "audio/opus",
                "payloadType": 100,
                "clockRate": 48000,
                "channels": 2,
                "parameters": {"useinbandfec": 1},
                "rtcpFeedback": [],
            }
        ],
        "headerExtensions": [{"uri": "urn:x", "id": 1, "encrypt": False, "parameters": {}}],
        "encodings": [{"ssrc": 7, "rtx": {"ssrc": 8}, "dtx": False, "scalabilityMode": "L1T3"}],
        "rtcp": {"cname": "seat", "reducedSize": True, "mux": True},
    }


@pytest.mark.parametrize(("mode", "layers"), [(None, 1), ("L1T3", 3), ("L3T2_KEY", 2), ("S2T1", 1)])
def test_temporal_layers_by_scalability_mode(mode: str | None, layers: int) -> None:
    assert Encoding(scalability_mode=mode).temporal_layers == layers


def test_a_bitrate_computed_in_javascript_may_be_a_float() -> None:
    parameters = parse_parameters({"encodings": [{"ssrc": 1, "maxBitrate": 250000.75}]})
    assert parameters.encodings[0].max_bitrate_bps == 250_000


@pytest.mark.parametrize(
    "value",
    [
        "parameters",
        [1],
        {"mid": 3},
        {"mid": "a b"},
        {"mid": "x" * 33},
        {"codecs": [CODEC] * 2},  # one payload type for two
        {"codecs": [{**CODEC, "payloadType": i} for i in range(17)]},
        {"codecs": [{**CODEC, "payloadType": -1}]},
        {"codecs": [{**CODEC, "clockRate": 0}]},
        {"headerExtensions": [{"uri": "urn:x", "id": 1, "encrypt": True}]},
        {"headerExtensions": [{"uri": "urn:x", "id": 1, "encrypt": 1}]},
        {"headerExtensions": [{"uri": "urn:x", "id": 1}, {"uri": "urn:y", "id": 1}]},
        {"headerExtensions": [{"uri": "urn:x", "id": i + 1} for i in range(33)]},
        {"headerExtensions": [{"uri": "", "id": 1}]},
        {"encodings": [{"ssrc": i} for i in range(5)]},
        {"encodings": [{"ssrc": 1 << 32}]},
        {"encodings": [{"ssrc": 1}, {"ssrc": 1}]},
        {"encodings": [{"ssrc": 1, "rtx": {"ssrc": 1}}]},
        {"encodings": [{"rid": "a"}, {"rid": "a"}]},
        {"encodings": [{"rid": "a\n"}]},
        {"encodings": [{"ssrc": 1, "rtx": 2}]},
        {"encodings": [{"ssrc": 1, "scalabilityMode": "L1T3\r\n"}]},
        {"encodings": [{"ssrc": 1, "maxBitrate": float("inf")}]},
        {"encodings": [{"ssrc": 1, "dtx": "yes"}]},
        {"rtcp": {"cname": "a\r\nb"}},
        {"rtcp": []},
    ],
)
def test_refuses_what_is_not_parameters(value: object) -> None:
    with pytest.raises(Refused) as caught:
        parse_parameters(value)
    assert caught.value.code == "rtp.parameters"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
FIELDS = ("mid", "codecs", "headerExtensions", "encodings", "rtcp")


@given(json_values, st.dictionaries(st.sampled_from(FIELDS), json_values), json_values)
def test_any_json_gives_parameters_or_a_refusal(
    anything: object, shaped: dict[str, object], deep: object
) -> None:
    encoding = {"ssrc": deep, "rtx": deep, "maxBitrate": deep, "rid": deep}
    for value in (anything, shaped, {"encodings": [encoding]}, {"codecs": [deep]}):
        try:
            assert parse_parameters(value).to_json()
        except Refused as refusal:
            assert refusal.code == "rtp.parameters"  # noqa: PT017 - either way is right
