"""Producer to router to consumer: payload types, extensions, RTX, feedback, and refusals."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from media.errors import Refused
from media.ortc.capabilities import ROUTER, RtpCapabilities, parse_capabilities
from media.ortc.negotiate import (
    Consumable,
    ProducerMapping,
    consumable_parameters,
    consumer_parameters,
    producer_mapping,
)
from media.ortc.parameters import RtpParameters, parse_parameters
from media.source import Kind
from media.wire.extension import Extension
from tests.support.packets import corpus_json

Json = dict[str, Any]

CHROMIUM: Json = corpus_json("chromium/rtp_parameters.json")
MICROPHONE, CAMERA, SCREEN, H264 = (track["rtpParameters"] for track in CHROMIUM["produced"])
CAPABILITIES = parse_capabilities(CHROMIUM["recvRtpCapabilities"])


def mapped(value: Json) -> ProducerMapping:
    """The mapping of parameters given as JSON."""
    return producer_mapping(parse_parameters(value))


def consumable(kind: Kind, value: Json) -> Consumable:
    """What can be consumed of parameters given as JSON."""
    parameters = parse_parameters(value)
    return consumable_parameters(kind, parameters, producer_mapping(parameters))


def consumed(
    kind: Kind, value: Json, capabilities: RtpCapabilities = CAPABILITIES
) -> RtpParameters:
    """What a browser gets of them."""
    return consumer_parameters(
        consumable(kind, value), capabilities, ssrc=11, rtx_ssrc=12, mid="7", cname="seat"
    )


def changed(value: Json, change: Callable[[Json], object]) -> Json:
    """A copy with one change."""
    copied = copy.deepcopy(value)
    change(copied)
    return copied


@pytest.mark.parametrize(
    ("value", "payload_types", "repairs"),
    [
        (MICROPHONE, {111: 100}, {}),
        (CAMERA, {96: 101, 97: 102}, {97: 96}),
        (H264, {108: 103, 109: 104}, {109: 108}),
    ],
)
def test_payload_types_are_mapped_to_the_routers(
    value: Json, payload_types: dict[int, int], repairs: dict[int, int]
) -> None:
    mapping = mapped(value)
    assert mapping.payload_types == payload_types
    assert mapping.repairs == repairs


def test_extensions_are_found_by_meaning() -> None:
    assert mapped(CAMERA).extensions == {
        Extension.MID: 4,
        Extension.RID: 10,
        Extension.REPAIRED_RID: 11,
        Extension.ABS_SEND_TIME: 2,
        Extension.ORIENTATION: 13,
    }
    unknown = {"uri": "urn:x", "id": 14}
    value = changed(MICROPHONE, lambda copied: copied["headerExtensions"].append(unknown))
    assert 14 not in mapped(value).extensions.values()


def test_the_producers_own_codec_parameters_are_kept() -> None:
    assert mapped(MICROPHONE).codec.parameters["usedtx"] == 1
    assert consumed(Kind.AUDIO, MICROPHONE).codecs[0].parameters["usedtx"] == 1


def test_rtx_of_an_unknown_payload_type_is_not_mapped() -> None:
    value = changed(CAMERA, lambda copied: copied["codecs"][1]["parameters"].update(apt=99))
    assert mapped(value).payload_types == {96: 101}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda v: v["codecs"][0].update(mimeType="video/H265"), "rtp.unsupported_codec"),
        (lambda v: v["codecs"][0].update(clockRate=8000), "rtp.unsupported_codec"),
        (lambda v: v.update(codecs=[]), "rtp.parameters"),
        (lambda v: v.update(codecs=v["codecs"][1:]), "rtp.parameters"),  # RTX alone
        (lambda v: v.update(encodings=[]), "rtp.parameters"),
        (lambda v: v.pop("mid"), "rtp.parameters"),
        (lambda v: v["encodings"][1].pop("rid"), "rtp.parameters"),
        (lambda v: v.update(headerExtensions=v["headerExtensions"][2:]), "rtp.parameters"),
    ],
)
def test_refuses_producers_nobody_could_follow(change: Callable[[Json], object], code: str) -> None:
    with pytest.raises(Refused) as caught:
        mapped(changed(CAMERA, change))
    assert caught.value.code == code


def test_streams_known_by_ssrc_need_no_names() -> None:
    def by_ssrc(copied: Json) -> None:
        copied.pop("mid")
        copied["headerExtensions"] = []
        copied["encodings"] = [{"ssrc": 1}, {"ssrc": 2}]

    assert mapped(changed(CAMERA, by_ssrc)).extensions == {}


def test_one_stream_may_be_known_by_its_mid() -> None:
    assert mapped(changed(SCREEN, lambda copied: copied.update(encodings=[{}])))


def test_sound_has_one_encoding() -> None:
    value = changed(MICROPHONE, lambda copied: copied["encodings"].append({"ssrc": 5}))
    with pytest.raises(Refused, match="several"):
        mapped(value)


def test_the_codec_must_be_of_the_kind() -> None:
    parameters = parse_parameters(CAMERA)
    with pytest.raises(Refused) as caught:
        consumable_parameters(Kind.AUDIO, parameters, producer_mapping(parameters))
    assert caught.value.code == "rtp.parameters"


@pytest.mark.parametrize(
    ("kind", "value", "layers", "name"),
    [
        (Kind.AUDIO, MICROPHONE, (1, 1), "simple"),
        (Kind.VIDEO, CAMERA, (3, 3), "simulcast"),
        (Kind.VIDEO, SCREEN, (1, 3), "simple"),
        (Kind.VIDEO, H264, (1, 1), "simple"),
    ],
)
def test_layers_and_type(kind: Kind, value: Json, layers: tuple[int, int], name: str) -> None:
    found = consumable(kind, value)
    assert (found.spatial_layers, found.temporal_layers) == layers
    assert found.type == name


def test_a_consumer_of_a_camera_gets_one_stream_with_rtx() -> None:
    parameters = consumed(Kind.VIDEO, CAMERA).to_json()
    assert [codec["payloadType"] for codec in parameters["codecs"]] == [101, 102]  # type: ignore[attr-defined]
    assert parameters["encodings"] == [
        {"ssrc": 11, "rtx": {"ssrc": 12}, "dtx": False, "scalabilityMode": "L3T3"}
    ]
    assert parameters["mid"] == "7"
    assert parameters["rtcp"] == {"cname": "seat", "reducedSize": True, "mux": True}


def test_a_consumer_reads_the_routers_extension_ids() -> None:
    found = {own.uri: own.id for own in consumed(Kind.VIDEO, CAMERA).extensions}
    assert found == {Extension.MID: 1, Extension.ABS_SEND_TIME: 4, Extension.ORIENTATION: 11}
    sound = {own.uri: own.id for own in consumed(Kind.AUDIO, MICROPHONE).extensions}
    # Chromium's capabilities say MID and send time under video only; sound gets them all the same.
    assert sound == {Extension.MID: 1, Extension.ABS_SEND_TIME: 4, Extension.AUDIO_LEVEL: 10}


def test_rtx_is_there_though_the_producer_has_none() -> None:
    value = changed(SCREEN, lambda copied: copied["codecs"].pop())
    assert consumed(Kind.VIDEO, value).encodings[0].rtx_ssrc == 12


@pytest.mark.parametrize("lacking", ["rtx", "nack"])
def test_without_rtx_or_nack_there_is_no_repair(lacking: str) -> None:
    def without(copied: Json) -> None:
        if lacking == "rtx":
            copied["codecs"] = [c for c in copied["codecs"] if c["mimeType"] != "video/rtx"]
        for codec in copied["codecs"]:
            codec["rtcpFeedback"] = [
                own for own in codec["rtcpFeedback"] if own != {"type": lacking, "parameter": ""}
            ]

    capabilities = parse_capabilities(changed(CHROMIUM["recvRtpCapabilities"], without))
    parameters = consumed(Kind.VIDEO, CAMERA, capabilities)
    assert len(parameters.codecs) == 1
    assert parameters.encodings[0].rtx_ssrc is None


def test_no_remb_where_packets_carry_no_send_time() -> None:
    def without(copied: Json) -> None:
        copied["headerExtensions"] = [
            own for own in copied["headerExtensions"] if "abs-send-time" not in own["uri"]
        ]

    capabilities = parse_capabilities(changed(CHROMIUM["recvRtpCapabilities"], without))
    kinds = {own.type for own in consumed(Kind.VIDEO, CAMERA, capabilities).codecs[0].feedback}
    assert kinds == {"nack", "ccm"}
    with_time = consumed(Kind.VIDEO, CAMERA).codecs[0].feedback
    assert "goog-remb" in {own.type for own in with_time}


def test_extensions_under_other_ids_are_not_for_this_browser() -> None:
    def renumber(copied: Json) -> None:
        for own in copied["headerExtensions"]:
            own["preferredId"] += 20

    capabilities = parse_capabilities(changed(CHROMIUM["recvRtpCapabilities"], renumber))
    assert consumed(Kind.VIDEO, CAMERA, capabilities).extensions == ()


def test_stream_ids_are_not_sent_to_consumers() -> None:
    uris = {own.uri for own in consumed(Kind.VIDEO, CAMERA, ROUTER).extensions}
    assert uris == {Extension.MID, Extension.TRANSPORT_SEQUENCE, Extension.ORIENTATION}


@pytest.mark.parametrize(("kind", "value"), [(Kind.AUDIO, MICROPHONE), (Kind.VIDEO, CAMERA)])
def test_packets_carry_a_transport_number_or_the_send_time(kind: Kind, value: Json) -> None:
    def carried(capabilities: RtpCapabilities) -> tuple[set[str], set[str]]:
        parameters = consumed(kind, value, capabilities)
        feedback = {own.type for own in parameters.codecs[0].feedback}
        known = {Extension.ABS_SEND_TIME, Extension.TRANSPORT_SEQUENCE, "goog-remb", "transport-cc"}
        uris = {own.uri for own in parameters.extensions}
        return uris & known, feedback & known

    def without_feedback(copied: Json) -> None:
        for codec in copied["codecs"]:
            codec["rtcpFeedback"] = [
                o for o in codec["rtcpFeedback"] if o["type"] != "transport-cc"
            ]

    remb = {"goog-remb"} if kind is Kind.VIDEO else set()
    assert carried(ROUTER) == ({Extension.TRANSPORT_SEQUENCE}, {"transport-cc"})
    assert carried(CAPABILITIES) == ({Extension.ABS_SEND_TIME}, remb)
    silent = parse_capabilities(changed(ROUTER.to_json(), without_feedback))
    assert carried(silent) == ({Extension.ABS_SEND_TIME}, remb)


def test_a_browser_without_the_codec_is_refused() -> None:
    sound_only = RtpCapabilities(CAPABILITIES.codecs[:1], CAPABILITIES.extensions)
    assert consumed(Kind.AUDIO, MICROPHONE, sound_only).codecs
    with pytest.raises(Refused) as caught:
        consumed(Kind.VIDEO, CAMERA, sound_only)
    assert caught.value.code == "rtp.unsupported_codec"


DESCRIPTOR = {"uri": str(Extension.DEPENDENCY_DESCRIPTOR), "id": 14}


def screen_in(name: str) -> Json:
    """The screen in another codec, with descriptors, as Chromium would send it."""

    def change(copied: Json) -> None:
        copied["codecs"][0].update(mimeType=f"video/{name}", parameters={})
        copied["headerExtensions"].append(DESCRIPTOR)

    return changed(SCREEN, change)


@pytest.mark.parametrize(("name", "payload_types"), [("VP9", [105, 106]), ("AV1", [107, 108])])
def test_described_codecs_keep_their_descriptors(name: str, payload_types: list[int]) -> None:
    value = screen_in(name)
    assert mapped(value).extensions[Extension.DEPENDENCY_DESCRIPTOR] == 14
    parameters = consumed(Kind.VIDEO, value, ROUTER)
    assert [codec.payload_type for codec in parameters.codecs] == payload_types
    found = {own.uri: own.id for own in parameters.extensions}
    assert found[Extension.DEPENDENCY_DESCRIPTOR] == 12
    assert parameters.encodings[0].scalability_mode == "L1T3"


@pytest.mark.parametrize("name", ["VP8", "H264"])
def test_the_descriptors_of_other_codecs_end_here(name: str) -> None:
    value = screen_in(name)
    if name == "H264":
        value["codecs"][0]["parameters"] = H264["codecs"][0]["parameters"]
    assert Extension.DEPENDENCY_DESCRIPTOR not in mapped(value).extensions
    uris = {own.uri for own in consumed(Kind.VIDEO, value, ROUTER).extensions}
    assert Extension.DEPENDENCY_DESCRIPTOR not in uris


def test_the_router_can_consume_what_it_offers() -> None:
    for kind, value in ((Kind.AUDIO, MICROPHONE), (Kind.VIDEO, CAMERA), (Kind.VIDEO, H264)):
        assert consumed(kind, value, ROUTER).codecs


def test_redundant_sound_stands_behind_opus_for_those_who_name_it() -> None:
    assert [codec.mime_type for codec in consumed(Kind.AUDIO, MICROPHONE).codecs] == ["audio/opus"]
    named = parse_capabilities(
        changed(
            CHROMIUM["recvRtpCapabilities"],
            lambda value: value["codecs"].append(
                {
                    "kind": "audio",
                    "mimeType": "audio/red",
                    "clockRate": 48000,
                    "channels": 2,
                    "preferredPayloadType": 63,
                }
            ),
        )
    )
    opus, redundant = consumed(Kind.AUDIO, MICROPHONE, named).to_json()["codecs"]
    assert (opus["mimeType"], opus["payloadType"]) == ("audio/opus", 100)
    assert (redundant["mimeType"], redundant["payloadType"]) == ("audio/red", 109)
    assert redundant["parameters"] == {"100/100": ""}
    assert [codec.mime_type for codec in consumed(Kind.VIDEO, CAMERA, named).codecs] == [
        codec.mime_type for codec in consumed(Kind.VIDEO, CAMERA).codecs
    ]
    assert "audio/red" not in {codec.mime_type for codec in ROUTER.codecs}


def test_comfort_noise_stands_last_for_those_who_name_it() -> None:
    named = parse_capabilities(
        changed(
            CHROMIUM["recvRtpCapabilities"],
            lambda value: value["codecs"].append(
                {
                    "kind": "audio",
                    "mimeType": "audio/CN",
                    "clockRate": 8000,
                    "channels": 1,
                    "preferredPayloadType": 13,
                }
            ),
        )
    )
    opus, noise = consumed(Kind.AUDIO, MICROPHONE, named).to_json()["codecs"]
    assert (opus["mimeType"], noise["mimeType"], noise["payloadType"]) == (
        "audio/opus",
        "audio/CN",
        13,
    )
    assert noise["clockRate"] == 8000
    assert "audio/CN" not in {codec.mime_type for codec in ROUTER.codecs}
