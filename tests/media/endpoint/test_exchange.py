"""The control verbs: what they give, and what they refuse by which code."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from media.endpoint.endpoint import MAX_LINES
from media.endpoint.exchange import Exchange
from media.endpoint.publishing import MAX_OF_A_SOURCE
from media.errors import Refused
from media.ortc.capabilities import ROUTER_CAPABILITIES
from media.source import Source
from tests.support.peers import Secrets, certificate
from tests.support.tracks import Encoder, Microphone, audio_parameters, video_parameters


class Nowhere:
    """An outlet that only counts."""

    def __init__(self) -> None:
        self.sent = 0

    def datagram(self, data: bytes, address: object) -> None:
        self.sent += 1

    def burst(self, buffers: list[bytes], segment_bytes: int, address: object) -> None:
        self.sent += 1


def exchange(secrets: Callable[[int], str] | None = None) -> Exchange:
    """One with a router, two transports of two browsers and two tracks."""
    made = Exchange(
        certificate("server"), [{"foundation": "1"}], Nowhere(), secrets or Secrets("test")
    )
    made.create_router("room")
    for name in ("ann", "ben"):
        made.create_transport("room", name, f"{name}-1", now=0.0)
    made.produce("ann-1", "mic", Source.MICROPHONE, sound(), now=0.0)
    made.produce("ann-1", "cam", Source.CAMERA, picture(), now=0.0)
    return made


def sound(ssrc: int = 77, mid: str = "0") -> dict[str, Any]:
    return audio_parameters(Microphone(ssrc=ssrc, mid=mid))


def picture(ssrc: int = 10, mid: str = "1", layers: int = 1) -> dict[str, Any]:
    encoders = [
        Encoder(n, ssrc + 2 * n, ssrc + 2 * n + 1, rid=f"r{n}" if layers > 1 else None, mid=mid)
        for n in range(layers)
    ]
    return video_parameters(encoders, mid, names_ssrcs=layers == 1)


def test_a_transport_is_described_as_mediasoup_describes_it() -> None:
    answer = exchange().create_transport("room", "cat", "cat-1", now=0.0)
    assert answer["id"] == "cat-1"
    assert answer["iceCandidates"] == [{"foundation": "1"}]
    assert answer["iceParameters"]["iceLite"] is True
    assert answer["dtlsParameters"]["role"] == "server"
    assert answer["dtlsParameters"]["fingerprints"][0]["algorithm"] == "sha-256"


def test_ice_credentials_use_the_characters_ice_has() -> None:
    made = exchange(lambda size: "-_" * size)
    parameters = made.restart_ice("ann-1", now=0.0)
    assert set(parameters["usernameFragment"] + parameters["password"]) == {"+", "/"}
    assert len(parameters["usernameFragment"]) >= 4
    assert len(parameters["password"]) >= 22


def test_a_consumer_gets_the_router_s_numbers() -> None:
    answer = exchange().consume("ben-1", "c", "cam", ROUTER_CAPABILITIES, now=0.0)
    assert (answer["kind"], answer["type"]) == ("video", "simple")
    parameters = answer["rtpParameters"]
    assert [codec["payloadType"] for codec in parameters["codecs"]] == [101, 102]
    assert parameters["rtcp"]["cname"] == "camera"
    encoding = parameters["encodings"][0]
    assert encoding["ssrc"] != encoding["rtx"]["ssrc"]


def test_layers_make_a_simulcast_consumer() -> None:
    made = exchange()
    made.produce("ben-1", "many", Source.CAMERA, picture(layers=3), now=0.0)
    answer = made.consume("ann-1", "c", "many", ROUTER_CAPABILITIES, now=0.0)
    assert answer["type"] == "simulcast"


def test_sound_and_picture_of_one_browser_share_a_cname() -> None:
    made = exchange()
    names = {
        made.consume("ben-1", producer, producer, ROUTER_CAPABILITIES, now=0.0)["rtpParameters"][
            "rtcp"
        ]["cname"]
        for producer in ("mic", "cam")
    }
    assert len(names) == 1


def test_ssrcs_of_one_line_are_never_used_again() -> None:
    made = exchange(lambda size: "always the same")
    seen: set[int] = set()
    for turn in range(5):
        answer = made.consume("ben-1", f"c{turn}", "cam", ROUTER_CAPABILITIES, now=0.0)
        encoding = answer["rtpParameters"]["encodings"][0]
        pair = {encoding["ssrc"], encoding["rtx"]["ssrc"]}
        assert len(pair) == 2
        assert not pair & seen
        seen |= pair
        made.close_consumer(f"c{turn}", now=0.0)


REFUSALS: list[tuple[str, Callable[[Exchange], object]]] = [
    ("router.exists", lambda x: x.create_router("room")),
    ("router.unknown", lambda x: x.close_router("nowhere", now=0.0)),
    ("router.unknown", lambda x: x.create_transport("nowhere", "e", "t", now=0.0)),
    ("transport.exists", lambda x: x.create_transport("room", "cat", "ann-1", now=0.0)),
    ("transport.unknown", lambda x: x.connect_transport("nothing", {}, now=0.0)),
    ("dtls.parameters", lambda x: x.connect_transport("ann-1", "text", now=0.0)),
    ("transport.unknown", lambda x: x.restart_ice("nothing", now=0.0)),
    ("transport.unknown", lambda x: x.produce("nothing", "p", Source.CAMERA, {}, now=0.0)),
    ("producer.exists", lambda x: x.produce("ben-1", "cam", Source.CAMERA, picture(), now=0.0)),
    ("rtp.parameters", lambda x: x.produce("ben-1", "p", Source.CAMERA, {}, now=0.0)),
    ("rtp.parameters", lambda x: x.produce("ben-1", "p", Source.CAMERA, sound(), now=0.0)),
    ("rtp.parameters", lambda x: x.produce("ann-1", "p", Source.CAMERA, picture(50), now=0.0)),
    (
        "rtp.parameters",
        lambda x: x.produce("ann-1", "p", Source.CAMERA, picture(10, "9"), now=0.0),
    ),
    ("producer.unknown", lambda x: x.pause_producer("nothing", now=0.0)),
    ("producer.unknown", lambda x: x.resume_producer("nothing", now=0.0)),
    ("producer.unknown", lambda x: x.close_producer("nothing", now=0.0)),
    ("producer.unknown", lambda x: x.consume("ben-1", "c", "nothing", {}, now=0.0)),
    ("transport.unknown", lambda x: x.consume("nothing", "c", "cam", {}, now=0.0)),
    ("rtp.unsupported_codec", lambda x: x.consume("ben-1", "c", "cam", {}, now=0.0)),
    ("rtp.parameters", lambda x: x.consume("ben-1", "c", "cam", [], now=0.0)),
    ("consumer.unknown", lambda x: x.resume_consumer("nothing", now=0.0)),
    ("consumer.unknown", lambda x: x.pause_consumer("nothing", now=0.0)),
    ("consumer.unknown", lambda x: x.close_consumer("nothing", now=0.0)),
    ("consumer.unknown", lambda x: x.set_preferences("nothing", 0, 0, 0, now=0.0)),
]


@pytest.mark.parametrize(("code", "verb"), REFUSALS)
def test_what_is_refused_changes_nothing(code: str, verb: Callable[[Exchange], object]) -> None:
    made = exchange()
    before = made.metrics()
    with pytest.raises(Refused) as refusal:
        verb(made)
    assert refusal.value.code == code
    assert made.metrics() == before
    made.produce("ben-1", "other", Source.CAMERA, picture(), now=0.0)


def test_a_codec_we_do_not_have_is_refused() -> None:
    parameters = copy.deepcopy(picture())
    parameters["codecs"][0]["mimeType"] = "video/theora"
    with pytest.raises(Refused, match=r"rtp\.unsupported_codec"):
        exchange().produce("ben-1", "p", Source.CAMERA, parameters, now=0.0)


def test_a_consumer_twice_or_from_another_room_is_refused() -> None:
    made = exchange()
    made.consume("ben-1", "c", "cam", ROUTER_CAPABILITIES, now=0.0)
    with pytest.raises(Refused, match=r"consumer\.exists"):
        made.consume("ben-1", "c", "mic", ROUTER_CAPABILITIES, now=0.0)
    made.create_router("elsewhere")
    made.create_transport("elsewhere", "cat", "cat-1", now=0.0)
    with pytest.raises(Refused, match=r"router\.other"):
        made.consume("cat-1", "d", "cam", ROUTER_CAPABILITIES, now=0.0)
    with pytest.raises(Refused, match=r"endpoint\.router"):
        made.create_transport("elsewhere", "ann", "ann-2", now=0.0)


def test_transports_and_tracks_of_one_browser_are_limited() -> None:
    made = exchange()
    for number in range(2, MAX_LINES + 1):
        made.create_transport("room", "ann", f"ann-{number}", now=0.0)
    with pytest.raises(Refused, match=r"transport\.limit"):
        made.create_transport("room", "ann", "one-more", now=0.0)
    for number in range(MAX_OF_A_SOURCE):
        made.produce("ben-1", f"p{number}", Source.MICROPHONE, sound(number, f"m{number}"), now=0.0)
    with pytest.raises(Refused, match=r"producer\.limit"):
        made.produce("ben-1", "one-more", Source.MICROPHONE, sound(999, "x"), now=0.0)
    made.produce("ben-1", "another", Source.SCREEN_AUDIO, sound(999, "x"), now=0.0)
    made.close_producer("p0", now=0.0)
    made.produce("ben-1", "in its place", Source.MICROPHONE, sound(0, "m0"), now=0.0)


def test_closing_twice_is_no_fault_for_browsers() -> None:
    made = exchange()
    made.close_endpoint("ann", now=0.0)
    made.close_endpoint("ann", now=0.0)
    assert made.metrics()["producers"] == 0
    assert made.metrics()["endpoints"] == 1


def test_a_track_can_be_published_again_after_it_was_closed() -> None:
    made = exchange()
    made.close_producer("cam", now=0.0)
    made.produce("ann-1", "cam", Source.CAMERA, picture(), now=0.0)
    assert made.metrics()["producers"] == 2


def test_nothing_is_left_of_a_closed_room() -> None:
    made = exchange()
    made.consume("ben-1", "c", "cam", ROUTER_CAPABILITIES, now=0.0)
    made.resume_consumer("c", now=0.0)
    made.close_router("room", now=0.0)
    metrics = made.metrics()
    assert not any(metrics[each] for each in ("routers", "endpoints", "producers", "consumers"))
    directory = made._directory
    assert not directory.lines
    assert not directory.addresses
    assert not directory.fragments
    assert not made._traffic.egress.lines
    made.handle_timer(now=1.0)
    assert made.next_timer() is None


def test_a_producer_may_begin_paused() -> None:
    made = exchange()
    made.produce("ben-1", "p", Source.CAMERA, picture(), paused=True, now=0.0)
    assert made._directory.publication("p").producer.paused
