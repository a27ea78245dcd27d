"""The router's capabilities as JSON, and a browser's capabilities read within bounds."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.errors import Refused
from media.ortc.capabilities import (
    ROUTER,
    ROUTER_CAPABILITIES,
    Direction,
    parse_capabilities,
)
from media.ortc.codec import Codec, is_same_codec
from media.source import Kind
from tests.support.packets import corpus_json

OPUS = Codec("audio/opus", 1, 48000, 2)
VP8 = Codec("video/VP8", 1, 90000)


VP9 = Codec("video/VP9", 1, 90000)
AV1 = Codec("video/AV1", 1, 90000)


def variant(codec: Codec, name: str, value: str | int) -> Codec:
    """The same with one parameter."""
    return dataclasses.replace(codec, parameters={name: value})


def h264(**parameters: str | int) -> Codec:
    """H.264 with these parameters, underscores for hyphens."""
    given_names = {key.replace("_", "-"): value for key, value in parameters.items()}
    return Codec("video/H264", 1, 90000, None, given_names)


def test_the_routers_codecs_and_payload_types() -> None:
    codecs: Any = ROUTER_CAPABILITIES["codecs"]
    assert [
        (codec["kind"], codec["mimeType"], codec["preferredPayloadType"]) for codec in codecs
    ] == [
        ("audio", "audio/opus", 100),
        ("video", "video/VP8", 101),
        ("video", "video/rtx", 102),
        ("video", "video/H264", 103),
        ("video", "video/rtx", 104),
        ("video", "video/VP9", 105),
        ("video", "video/rtx", 106),
        ("video", "video/AV1", 107),
        ("video", "video/rtx", 108),
    ]
    assert codecs[0]["channels"] == 2
    assert "channels" not in codecs[1]
    repaired = [codec["parameters"]["apt"] for codec in codecs if "apt" in codec["parameters"]]
    assert repaired == [101, 103, 105, 107]


def test_the_routers_feedback() -> None:
    opus, vp8, rtx = ROUTER_CAPABILITIES["codecs"][:3]  # type: ignore[index]
    feedback = [(item["type"], item["parameter"]) for item in vp8["rtcpFeedback"]]
    assert feedback[:4] == [("nack", ""), ("nack", "pli"), ("ccm", "fir"), ("goog-remb", "")]
    assert feedback[4:] == [("transport-cc", "")]
    assert opus["rtcpFeedback"] == [{"type": "transport-cc", "parameter": ""}]
    assert rtx["rtcpFeedback"] == []


def test_the_routers_header_extensions() -> None:
    extensions: Any = ROUTER_CAPABILITIES["headerExtensions"]
    found = {(own["kind"], own["uri"].rpartition(":")[2]): own for own in extensions}
    assert found["video", "rtp-stream-id"]["direction"] == "recvonly"
    assert found["audio", "mid"]["preferredId"] == found["video", "mid"]["preferredId"] == 1
    assert found["audio", "ssrc-audio-level"]["preferredId"] == 10
    (described,) = (own for own in extensions if "dependency-descriptor" in own["uri"])
    assert (described["kind"], described["preferredId"]) == ("video", 12)
    assert described["direction"] == "sendrecv"
    for kind in ("audio", "video"):
        numbered = [
            own for own in extensions if own["kind"] == kind and "transport-wide" in own["uri"]
        ]
        assert [(own["preferredId"], own["direction"]) for own in numbered] == [(5, "sendonly")]
    assert set(extensions[0]) == {"kind", "uri", "preferredId", "preferredEncrypt", "direction"}


def test_ids_fit_the_one_byte_form_and_name_one_uri() -> None:
    by_id = {(own.id, own.uri) for own in ROUTER.extensions}
    assert len(by_id) == len({identifier for identifier, _ in by_id})
    assert all(1 <= own.id <= 14 for own in ROUTER.extensions)


def test_payload_types_are_dynamic_unique_and_not_the_probators() -> None:
    numbers = [codec.payload_type for codec in ROUTER.codecs]
    assert len(set(numbers)) == len(numbers)
    assert all(96 <= number < 127 for number in numbers)


def test_json_goes_round() -> None:
    assert parse_capabilities(json.loads(json.dumps(ROUTER_CAPABILITIES))) == ROUTER


def test_reads_what_chromium_can_receive() -> None:
    capabilities = parse_capabilities(
        corpus_json("chromium/rtp_parameters.json")["recvRtpCapabilities"]
    )
    assert [codec.mime_type for codec in capabilities.codecs] == [
        "audio/opus",
        "video/VP8",
        "video/rtx",
        "video/H264",
        "video/rtx",
    ]
    vp8 = capabilities.find(VP8)
    assert vp8 is not None
    rtx = capabilities.find_rtx(vp8)
    assert rtx is not None
    assert (vp8.payload_type, rtx.payload_type) == (101, 102)


def test_nothing_is_an_empty_offer() -> None:
    for nothing in (None, {}, {"codecs": None, "headerExtensions": []}):
        capabilities = parse_capabilities(nothing)
        assert (capabilities.codecs, capabilities.extensions) == ((), ())


def test_missing_fields_get_the_defaults_of_mediasoup() -> None:
    uri = "urn:x"
    capabilities = parse_capabilities(
        {
            "codecs": [
                {"mimeType": "audio/PCMA", "preferredPayloadType": 8, "clockRate": 8000},
                {"mimeType": "video/VP8", "preferredPayloadType": 9, "clockRate": 9, "channels": 1},
            ],
            "headerExtensions": [{"kind": "audio", "uri": uri, "preferredId": 3}],
        }
    )
    assert [codec.channels for codec in capabilities.codecs] == [1, None]
    assert capabilities.codecs[0].feedback == ()
    assert capabilities.extensions[0].direction is Direction.SEND_RECEIVE
    assert capabilities.extensions[0].kind is Kind.AUDIO


CODEC = {"mimeType": "video/VP8", "preferredPayloadType": 96, "clockRate": 90000}
EXTENSION = {"kind": "video", "uri": "urn:x", "preferredId": 1}


@pytest.mark.parametrize(
    "value",
    [
        [],
        "codecs",
        {"codecs": {}},
        {"codecs": [CODEC] * 65},
        {"codecs": ["video/VP8"]},
        {"codecs": [{**CODEC, "mimeType": "VP8"}]},
        {"codecs": [{**CODEC, "mimeType": "video/" + "x" * 33}]},
        {"codecs": [{**CODEC, "mimeType": "video/VP8\r\na=x"}]},
        {"codecs": [{**CODEC, "preferredPayloadType": 128}]},
        {"codecs": [{**CODEC, "preferredPayloadType": "96"}]},
        {"codecs": [{**CODEC, "clockRate": True}]},
        {"codecs": [{**CODEC, "parameters": {"a": [1]}}]},
        {"codecs": [{**CODEC, "parameters": {"a": "x\ny"}}]},
        {"codecs": [{**CODEC, "parameters": {"a": "1;b=2"}}]},
        {"codecs": [{**CODEC, "parameters": {"a b": 1}}]},
        {"codecs": [{**CODEC, "parameters": {str(i): i for i in range(33)}}]},
        {"codecs": [{**CODEC, "rtcpFeedback": [{}]}]},
        {"codecs": [{**CODEC, "rtcpFeedback": [{"type": "nack"}] * 17}]},
        {"headerExtensions": [{**EXTENSION, "preferredId": 0}]},
        {"headerExtensions": [{**EXTENSION, "kind": "text"}]},
        {"headerExtensions": [{**EXTENSION, "uri": "a b"}]},
        {"headerExtensions": [{**EXTENSION, "direction": "up"}]},
    ],
)
def test_refuses_what_is_not_capabilities(value: object) -> None:
    with pytest.raises(Refused) as caught:
        parse_capabilities(value)
    assert caught.value.code == "rtp.parameters"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


@given(json_values, json_values, json_values)
def test_any_json_gives_capabilities_or_a_refusal(codec: Any, feedback: Any, other: Any) -> None:
    shaped = {
        "codecs": [codec, {**CODEC, "rtcpFeedback": feedback, "parameters": other}],
        "headerExtensions": other,
    }
    for value in (codec, {"codecs": codec}, shaped):
        try:
            assert parse_capabilities(value).to_json()
        except Refused as refusal:
            assert refusal.code == "rtp.parameters"  # noqa: PT017 - either way is right


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (OPUS, Codec("audio/OPUS", 99, 48000, 2), True),
        (OPUS, Codec("audio/opus", 1, 48000, 1), False),
        (OPUS, Codec("audio/opus", 1, 16000, 2), False),
        (VP8, Codec("video/vp8", 7, 90000), True),
        (VP8, Codec("video/VP9", 1, 90000), False),
        (VP9, variant(VP9, "profile-id", 0), True),
        (VP9, variant(VP9, "profile-id", "2"), False),
        (AV1, variant(AV1, "profile", "0"), True),
        (AV1, variant(AV1, "profile", 1), False),
        (AV1, variant(AV1, "level-idx", 8), True),
        (h264(packetization_mode=1), h264(packetization_mode="1"), True),
        (h264(packetization_mode=1), h264(), False),
        (h264(packetization_mode=0), h264(), True),
        (h264(profile_level_id="42e01f"), h264(profile_level_id="42e034"), True),
        (h264(profile_level_id="42e01f"), h264(), True),
        (h264(profile_level_id="42e01f"), h264(profile_level_id="42001f"), False),
        (h264(profile_level_id="42e01f"), h264(profile_level_id="4d801f"), True),
        (h264(profile_level_id="42e01f"), h264(profile_level_id="4d001f"), False),
        (h264(profile_level_id=640032), h264(profile_level_id="640c1f"), False),
        (h264(profile_level_id=640032), h264(profile_level_id="64001f"), True),
        (h264(profile_level_id="nonsense"), h264(profile_level_id="nonsense"), False),
        (h264(profile_level_id="42e0"), h264(profile_level_id="42e0"), False),
    ],
)
def test_when_two_codecs_are_one(one: Codec, other: Codec, same: bool) -> None:
    assert is_same_codec(one, other) is same
    assert is_same_codec(other, one) is same
