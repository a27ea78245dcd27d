"""The installed mediasoup-client takes our capabilities and our consumers' parameters."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from media.ortc.capabilities import ROUTER_CAPABILITIES, parse_capabilities
from media.ortc.negotiate import consumable_parameters, consumer_parameters, producer_mapping
from media.ortc.parameters import parse_parameters
from media.source import Kind
from tests.support.packets import CORPUS, corpus_json

WEB = Path(__file__).parents[3] / "web"


def ask(*questions: dict[str, Any]) -> list[dict[str, Any]]:
    """mediasoup-client's answers; needs node, and the packages of web installed."""
    done = subprocess.run(
        ["node", str(Path(__file__).with_name("device.cjs")), str(WEB / "package.json")],
        input=json.dumps(questions),
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


@pytest.fixture(scope="module")
def loaded() -> dict[str, Any]:
    """What the library's sample browser and the router have in common."""
    (answer,) = ask({"ask": "load", "router": ROUTER_CAPABILITIES})
    return answer


def consumed(kind: str, value: dict[str, Any], receive: dict[str, Any]) -> dict[str, Any]:
    """What a browser with these capabilities gets of a producer, as JSON."""
    parameters = parse_parameters(value)
    consumable = consumable_parameters(Kind(kind), parameters, producer_mapping(parameters))
    return consumer_parameters(
        consumable, parse_capabilities(receive), ssrc=11, rtx_ssrc=12, mid="0", cname="seat"
    ).to_json()


def test_a_device_loads_the_routers_capabilities(loaded: dict[str, Any]) -> None:
    assert loaded["canSend"] == ["audio", "video"]
    codecs = loaded["receive"]["codecs"]
    assert [codec["preferredPayloadType"] for codec in codecs][:3] == [100, 101, 102]


@pytest.mark.parametrize(
    ("kind", "encodings"), [("audio", [{"ssrc": 1}]), ("video", [{"ssrc": 1}])]
)
def test_what_it_sends_we_map_and_what_we_give_it_takes(
    loaded: dict[str, Any], kind: str, encodings: list[dict[str, Any]]
) -> None:
    (sent,) = ask({"ask": "send", "router": ROUTER_CAPABILITIES, "kind": kind})
    own = {**sent["own"], "mid": "0", "encodings": encodings}
    parameters = consumed(kind, own, loaded["receive"])
    (answer,) = ask({"ask": "receive", "parameters": parameters, "capabilities": loaded["receive"]})
    assert answer["accepted"] is True
    assert answer["parameters"] == parameters  # nothing had to be filled in


DESCRIPTORS = (
    "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension"
)
TRANSPORT_NUMBERS = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"


def feedback_of(parameters: dict[str, Any]) -> set[str]:
    """Types of RTCP feedback of the first codec."""
    return {item["type"] for item in parameters["codecs"][0]["rtcpFeedback"]}


def uris_of(parameters: dict[str, Any]) -> set[str]:
    """The header extensions."""
    return {item["uri"] for item in parameters["headerExtensions"]}


def test_it_sends_without_transport_numbers_and_keeps_remb() -> None:
    # The library drops goog-remb unless send time is negotiated and transport-cc is not.
    (sent,) = ask({"ask": "send", "router": ROUTER_CAPABILITIES, "kind": "video"})
    assert feedback_of(sent["remote"]) == {"goog-remb", "ccm", "nack"}
    for kind in ("audio", "video"):
        (sent,) = ask({"ask": "send", "router": ROUTER_CAPABILITIES, "kind": kind})
        for parameters in (sent["own"], sent["remote"]):
            assert TRANSPORT_NUMBERS not in uris_of(parameters)
        assert "transport-cc" not in feedback_of(sent["remote"])


def test_it_receives_with_transport_numbers(loaded: dict[str, Any]) -> None:
    for kind in ("audio", "video"):
        (sent,) = ask({"ask": "send", "router": ROUTER_CAPABILITIES, "kind": kind})
        own = {**sent["own"], "mid": "0", "encodings": [{"ssrc": 1}]}
        parameters = consumed(kind, own, loaded["receive"])
        assert TRANSPORT_NUMBERS in uris_of(parameters)
        assert not [uri for uri in uris_of(parameters) if "abs-send-time" in uri]
        assert "transport-cc" in feedback_of(parameters)
        assert "goog-remb" not in feedback_of(parameters)


CHROMIUM_OFFERS = (CORPUS / "chromium" / "offer.sdp").read_text(encoding="utf-8")
H264 = {"packetization-mode": 1, "profile-level-id": "42e01f"}


@pytest.mark.parametrize("name", ["VP8", "H264", "VP9", "AV1"])
def test_chromium_sends_the_codec_it_is_told_and_receives_it(name: str) -> None:
    both = {"router": ROUTER_CAPABILITIES, "offer": CHROMIUM_OFFERS}
    codec = {
        "mimeType": f"video/{name}",
        "clockRate": 90000,
        "parameters": H264 if name == "H264" else {},
    }
    sent, loaded = ask(
        {"ask": "send", **both, "kind": "video", "codec": codec}, {"ask": "load", **both}
    )
    named = [each["mimeType"] for each in sent["own"]["codecs"]]
    assert named == [f"video/{name}", "video/rtx"]
    assert "goog-remb" in feedback_of(sent["remote"])
    own = {**sent["own"], "mid": "0", "encodings": [{"ssrc": 1}]}
    parameters = consumed("video", own, loaded["receive"])
    assert "transport-cc" in feedback_of(parameters)
    assert (DESCRIPTORS in uris_of(parameters)) is (name in {"VP9", "AV1"})
    (answer,) = ask({"ask": "receive", "parameters": parameters, "capabilities": loaded["receive"]})
    assert answer["accepted"] is True
    assert answer["parameters"] == parameters


def test_chromium_sends_vp8_unless_it_is_told_otherwise() -> None:
    (sent,) = ask(
        {"ask": "send", "router": ROUTER_CAPABILITIES, "offer": CHROMIUM_OFFERS, "kind": "video"}
    )
    assert sent["own"]["codecs"][0]["mimeType"] == "video/VP8"


def test_it_takes_consumers_of_all_that_chromium_produced() -> None:
    chromium = corpus_json("chromium/rtp_parameters.json")
    receive = chromium["recvRtpCapabilities"]
    questions = [
        {
            "ask": "receive",
            "parameters": consumed(track["kind"], track["rtpParameters"], receive),
            "capabilities": receive,
        }
        for track in chromium["produced"]
    ]
    answers = ask(*questions)
    assert [answer.get("accepted") for answer in answers] == [True] * 4
    for question, answer in zip(questions, answers, strict=True):
        assert answer["parameters"] == question["parameters"]


def test_the_device_can_fail_this_test() -> None:
    broken = {**ROUTER_CAPABILITIES, "codecs": [{"mimeType": "audio/opus"}]}
    (answer,) = ask({"ask": "load", "router": broken})
    assert "preferredPayloadType" in answer["error"]
