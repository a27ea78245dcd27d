"""VP9 and AV1 through an exchange: descriptors reach whoever reads them, as Chromium wrote them."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from media.ortc.capabilities import ROUTER_CAPABILITIES
from media.source import Source
from media.wire import extension, rtp
from media.wire.extension import Extension
from media.wire.rtcp import GenericNack
from tests.support.peers import TRANSPORT_ID, Browser, Room
from tests.support.recorded import Recorded, recorded

OWN_DESCRIPTOR, DESCRIPTOR_ID = 13, 12  # Chromium's id, and the router's
SSRC, PAYLOAD_TYPE, RTX = 99, 45, 46
CODECS = [("vp9", 105), ("av1", 107)]
DESCRIPTOR = str(Extension.DEPENDENCY_DESCRIPTOR)


class Came(NamedTuple):
    """One packet as a receiver's browser gets it."""

    header: rtp.RtpHeader
    elements: dict[int, bytes]
    payload: bytes


class Watcher(Browser):
    """Keeps what comes."""

    came: list[Came]

    def watches_screen(self, without: str = "") -> None:
        self.came = []
        kept: Any = ROUTER_CAPABILITIES["headerExtensions"]
        capabilities = {
            **ROUTER_CAPABILITIES,
            "headerExtensions": [own for own in kept if own["uri"] != without],
        }
        self.watches("screen", capabilities=capabilities)

    def rtp(self, header: rtp.RtpHeader, payload: bytes, now: float) -> None:
        if header.padding:
            payload = rtp.strip_padding(payload)
        elements = extension.parse(header.extension_profile, header.extension)
        if payload:
            self.came.append(Came(header, elements, payload))

    def of(self, payload_type: int) -> list[Came]:
        return [each for each in self.came if each.header.payload_type == payload_type]


def shares(browser: Browser, codec: str) -> None:
    """Publishes the recording, each picture when it was taken."""
    room = browser.room
    codecs = [(codec.upper(), PAYLOAD_TYPE, {}), ("rtx", RTX, {"apt": PAYLOAD_TYPE})]
    parameters = {
        "codecs": [
            {
                "mimeType": f"video/{name}",
                "payloadType": number,
                "clockRate": 90_000,
                "parameters": given,
            }
            for name, number, given in codecs
        ],
        "headerExtensions": [{"uri": DESCRIPTOR, "id": OWN_DESCRIPTOR}],
        "encodings": [{"ssrc": SSRC, "scalabilityMode": "L1T3"}],
    }
    now = room.network.now
    room.exchange.produce(
        browser.sends.transport_id, "screen", Source.SCREEN, parameters, paused=False, now=now
    )
    packets = recorded(codec)
    for each in packets:
        taken = ((each.timestamp - packets[0].timestamp) & 0xFFFFFFFF) / 90_000
        room.network.at(
            now + 0.3 + taken, lambda _, each=each: browser.sends.send_rtp(written(each))
        )


def written(each: Recorded) -> tuple[bytes, bytes, int]:
    assert each.descriptor is not None
    header = rtp.pack_header(
        payload_type=PAYLOAD_TYPE,
        sequence=each.sequence,
        timestamp=each.timestamp,
        ssrc=SSRC,
        marker=each.marker,
        extension=extension.pack({OWN_DESCRIPTOR: each.descriptor}),
    )
    return header, each.payload, each.sequence


def lesson(codec: str) -> tuple[Watcher, Watcher]:
    """Somebody who reads descriptors and somebody who does not, after the whole recording."""
    room = Room()
    alice = Browser(room, "alice", 1)
    bob, carol = Watcher(room, "bob", 2), Watcher(room, "carol", 3)
    room.run(0.5)
    shares(alice, codec)
    bob.watches_screen()
    carol.watches_screen(without=DESCRIPTOR)
    room.run(4.0)
    return bob, carol


@pytest.mark.parametrize(("codec", "payload_type"), CODECS)
def test_descriptors_pass_through_as_they_are(codec: str, payload_type: int) -> None:
    bob, carol = lesson(codec)
    sent = recorded(codec)
    for watcher in (bob, carol):
        came = watcher.of(payload_type)
        assert [each.payload for each in came] == [each.payload for each in sent]
        first = came[0].header.sequence
        numbers = [(each.header.sequence - first) & 0xFFFF for each in came]
        assert numbers == list(range(len(sent)))
        assert all(len(each.elements[TRANSPORT_ID]) == 2 for each in came)
    told = [each.elements.get(DESCRIPTOR_ID) for each in bob.of(payload_type)]
    assert told == [each.descriptor for each in sent]
    assert {len(each or b"") for each in told} == {3, 20}
    forms = {each.header.extension_profile for each in bob.of(payload_type)}
    assert forms == {extension.ONE_BYTE_PROFILE, extension.TWO_BYTE_PROFILE}
    assert not any(DESCRIPTOR_ID in each.elements for each in carol.of(payload_type))
    assert {each.header.extension_profile for each in carol.came} == {extension.ONE_BYTE_PROFILE}


@pytest.mark.parametrize(("codec", "payload_type"), CODECS)
def test_what_is_sent_again_has_its_descriptor(codec: str, payload_type: int) -> None:
    bob, carol = lesson(codec)
    for watcher, told in ((bob, recorded(codec)[0].descriptor), (carol, None)):
        lost = watcher.of(payload_type)[0].header
        before = len(watcher.came)
        watcher.receives.send_rtcp(GenericNack(1, lost.ssrc, (lost.sequence,)))
        watcher.room.run(0.3)
        (again,) = [
            each for each in watcher.came[before:] if each.header.payload_type == payload_type + 1
        ]
        assert int.from_bytes(again.payload[:2], "big") == lost.sequence
        assert again.payload[2:] == recorded(codec)[0].payload
        assert again.elements.get(DESCRIPTOR_ID) == told
