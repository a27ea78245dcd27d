"""Browsers without a browser: ICE controlling, DTLS active, SRTP, tracks out, playback in.

A `Room` is an Exchange on a virtual network with browsers around it. Control goes by direct calls,
as the signalling would; everything else goes as datagrams over links that lose them.
"""

from __future__ import annotations

import hashlib
import itertools
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

from bench.feedback import FEEDBACK_S, Arrivals
from media.endpoint.event import Event
from media.endpoint.exchange import Exchange
from media.ids import Address
from media.ortc.capabilities import ROUTER_CAPABILITIES
from media.source import Source
from media.transport.certificate import Certificate, Fingerprint
from media.transport.dtls import Dtls, DtlsState
from media.transport.srtp import SrtpOpener, SrtpSealer, make_pair
from media.wire import extension, rtp, stun
from media.wire.demux import PacketKind, classify
from media.wire.rtcp import (
    FullIntraRequest,
    GenericNack,
    PictureLossIndication,
    ReceiverEstimatedBitrate,
    ReceiverReport,
    ReportBlock,
    RtcpPacket,
    SenderReport,
    pack_compound,
    parse_compound,
    to_ntp,
)
from media.wire.stun import StunClass, StunMessage
from tests.support.network import Link, Network
from tests.support.playback import PicturePlayback, SoundPlayback
from tests.support.tracks import Encoder, Microphone, audio_parameters, video_parameters
from tests.support.wire import SERVER, Wire

CHECK_INTERVAL = 2.5  # Chromium's, once a pair is nominated
TRY_INTERVAL = 0.1
AT = datetime(2026, 1, 1, tzinfo=UTC)
TRANSPORT_ID = 5  # the router's id for transport-wide numbers


@cache
def certificate(name: str) -> Certificate:
    """One for each name; making keys is slow."""
    del name
    return Certificate.generate(AT)


class Secrets:
    """The same text each run."""

    def __init__(self, seed: str = "") -> None:
        self._seed = seed
        self._count = itertools.count()

    def __call__(self, size: int) -> str:
        text = f"{self._seed}{next(self._count)}".encode()
        return hashlib.shake_128(text).hexdigest(size)


class Room:
    """An exchange with one router, and the network around it. `tick` 0 flushes every datagram."""

    def __init__(self, seed: int = 1, tick: float = 0.01, *, remedies: bool = True) -> None:
        self.network = Network(seed)
        self.remedies = remedies
        self.wire = Wire(self.network)
        self.tick = tick
        self.events: list[Event] = []
        self._flush_at: float | None = None
        self._timer_at: float | None = None
        self.open()

    def open(self) -> None:
        """A new exchange, as after a restart of the worker."""
        candidate = {
            "foundation": "1",
            "priority": 1,
            "ip": SERVER[0],
            "address": SERVER[0],
            "port": SERVER[1],
            "protocol": "udp",
            "type": "host",
        }
        now = self.network.now
        self.exchange = Exchange(
            certificate("server"),
            [candidate],
            self.wire,
            Secrets(f"server{now}"),
            remedies=self.remedies,
        )
        self.exchange.create_router("room")
        self.network.join(SERVER, self)

    def receive(self, datagram: bytes, source: Address, target: Address, now: float) -> None:
        del target
        self.exchange.receive(datagram, source, now=now)
        if self.tick == 0:
            self._flush(now)
        elif self._flush_at is None:
            self._flush_at = now + self.tick
            self.network.at(self._flush_at, self._flush)

    def _flush(self, now: float) -> None:
        self._flush_at = None
        self.exchange.flush(now=now)
        self.follow()

    def follow(self) -> None:
        """Takes events and arms the timer."""
        self.events += self.exchange.take_events()
        at = self.exchange.next_timer()
        if at is not None and (self._timer_at is None or at < self._timer_at):
            self._timer_at = at
            self.network.at(at, self._wake)

    def _wake(self, now: float) -> None:
        if self._timer_at is None or now < self._timer_at:
            return
        self._timer_at = None
        self.exchange.handle_timer(now=now)
        self.follow()

    def run(self, seconds: float) -> None:
        """Lets so much time pass."""
        self.follow()
        self.network.run(seconds)

    def metrics(self) -> dict[str, Any]:
        return self.exchange.metrics()

    def of_type(self, kind: type) -> list[Any]:
        """Events of one type so far."""
        return [event for event in self.events if isinstance(event, kind)]


class Path:
    """One transport of a browser: checks, handshake, keys."""

    def __init__(self, browser: Browser, name: str, address: Address) -> None:
        self.browser = browser
        self.transport_id = f"{browser.name}-{name}"
        self.address = address
        self.opener: SrtpOpener | None = None
        self.sealer: SrtpSealer | None = None
        self.connected_at: float | None = None
        self.arrivals = Arrivals()
        self.is_copied = False
        """Packets may come twice, the same bytes."""
        self.is_closed = False
        self._certificate = certificate(browser.name[:1])
        self._dtls = Dtls(self._certificate, "active")
        self._is_validated = False
        self._started = False
        room = browser.room
        room.network.join(address, self)
        now = room.network.now
        self.remote = room.exchange.create_transport(
            "room", browser.name, self.transport_id, now=now
        )
        fingerprint = self.remote["dtlsParameters"]["fingerprints"][0]
        self._dtls.expect([Fingerprint(fingerprint["algorithm"], fingerprint["value"])])
        room.exchange.connect_transport(
            self.transport_id,
            {"role": "client", "fingerprints": [self._certificate.fingerprint.to_json()]},
            now=now,
        )
        self.check(now)
        self.tick(now)

    def check(self, now: float) -> None:
        """Sends connectivity checks for ever, faster until one is answered."""
        if self.is_closed:
            return
        ice = self.remote["iceParameters"]
        message = StunMessage(
            StunClass.REQUEST,
            b"transaction!",
            username=f"{ice['usernameFragment']}:peer",
            priority=1,
            controlling=1,
            use_candidate=True,
        )
        self.send(stun.pack(message, password=ice["password"]))
        wait = CHECK_INTERVAL if self._is_validated else TRY_INTERVAL
        self.browser.room.network.at(now + wait, self.check)

    def tick(self, now: float) -> None:
        """DTLS timers."""
        if self.is_closed:
            return
        self._dtls.handle_timer(now=now)
        self._drain(now)
        if self.opener is None:
            self.browser.room.network.at(now + 0.02, self.tick)

    def _drain(self, now: float) -> None:
        for datagram in self._dtls.datagrams_to_send():
            self.send(datagram)
        if self._dtls.state is DtlsState.SECURED and self.opener is None:
            assert self._dtls.keys is not None
            self.opener, self.sealer = make_pair(self._dtls.keys)
            self.connected_at = now

    def send(self, datagram: bytes) -> None:
        if not self.is_closed:
            self.browser.room.network.send(datagram, self.address, SERVER)

    def send_rtp(self, packet: tuple[bytes, bytes, int]) -> None:
        header, payload, number = packet
        if self.sealer is not None:
            ssrc = int.from_bytes(header[8:12], "big")
            self.send(self.sealer.seal_rtp(header, payload, ssrc, number))

    def send_rtcp(self, *packets: RtcpPacket) -> None:
        if self.sealer is not None:
            self.send(self.sealer.seal_rtcp(pack_compound(packets)))

    def receive(self, datagram: bytes, source: Address, target: Address, now: float) -> None:
        del source, target
        kind = classify(datagram)
        if self.is_closed:
            return
        if kind is PacketKind.STUN:
            self._is_validated = True
            if not self._started:
                self._started = True
                self._dtls.start(now=now)
        elif kind is PacketKind.DTLS:
            self._dtls.receive(datagram, now=now)
        elif self.opener is not None and kind is PacketKind.RTP:
            self._rtp(datagram, now)
        elif self.opener is not None:
            compound = self.opener.open_rtcp(datagram)
            assert compound is not None or self.opener.drops, "RTCP that does not open"
            for packet in parse_compound(compound) if compound else ():
                self.browser.rtcp(self, packet, now)
        self._drain(now)

    def _rtp(self, datagram: bytes, now: float) -> None:
        assert self.opener is not None
        header = rtp.parse_header(datagram)
        opened = self.opener.open_rtp(datagram, header.header_length, header.ssrc, header.sequence)
        if opened is None and self.is_copied:
            assert set(self.opener.drops) <= {"srtp.replay", "srtcp.replay"}
            return
        assert opened is not None, f"a packet that does not open: {dict(self.opener.drops)}"
        number = extension.parse(header.extension_profile, header.extension).get(TRANSPORT_ID)
        if number is not None:
            self.arrivals.came(int.from_bytes(number, "big"), now)
        self.browser.rtp(header, opened[1], now)

    def feed_back(self) -> None:
        """Tells the sender what came since the last time."""
        feedback = self.arrivals.feedback()
        if feedback is not None:
            self.send_rtcp(feedback)

    def restart(self, address: Address) -> None:
        """ICE restart, from another address."""
        room = self.browser.room
        self.remote["iceParameters"] = room.exchange.restart_ice(
            self.transport_id, now=room.network.now
        )
        self.address = address
        room.network.join(address, self)
        self.check(room.network.now)


class Browser:
    """See the module. Publishes on its first path and receives on its second."""

    def __init__(self, room: Room, name: str, number: int, **link: Any) -> None:
        self.room = room
        self.name = name
        self.counts: Counter[str] = Counter()
        self.encoders: dict[str, list[Encoder]] = {}
        self.microphone: Microphone | None = None
        self.pictures: dict[str, PicturePlayback] = {}
        self.sounds: dict[str, SoundPlayback] = {}
        self.bitrate_bps: int | None = None
        self.reports: list[ReportBlock] = []
        self.sender_reports: dict[int, SenderReport] = {}
        self.estimates = 0
        self._muted: set[str] = set()
        self._is_closed = False
        host = f"198.51.100.{number}"
        self.addresses = [(host, 1000), (host, 2000)]
        for address in self.addresses:
            self.set_link(address, **link)
        self.sends = Path(self, "send", self.addresses[0])
        self.receives = Path(self, "receive", self.addresses[1])
        self._start(0.02, self._repair)
        self._start(1.0, self._report)
        self._start(FEEDBACK_S, lambda _: self.receives.feed_back())

    def set_link(self, address: Address, **changes: Any) -> tuple[Link, Link]:
        """Changes both directions of a path's link."""
        links = (
            self.room.network.link(address, SERVER),
            self.room.network.link(SERVER, address),
        )
        for link in links:
            for name, value in changes.items():
                setattr(link, name, value)
        return links

    def links(self, **changes: Any) -> None:
        """Changes both directions of all paths."""
        for address in self.addresses:
            self.set_link(address, **changes)

    def _start(self, interval: float, action: Any) -> None:
        def again(now: float) -> None:
            if not self._is_closed:
                action(now)
                self.room.network.at(now + interval, again)

        self.room.network.at(self.room.network.now + interval, again)

    # Publishing

    def shares_camera(
        self, producer: str, layers: int = 1, *, fps: float = 30, names_ssrcs: bool = False, **given
    ) -> list[Encoder]:
        """Publishes pictures; with more than one layer, known by rid."""
        base = 1000 * (len(self.encoders) + 1)
        mid = given.pop("mid", str(len(self.encoders) + 1))
        source = given.pop("source", Source.CAMERA)
        encoders = [
            Encoder(
                layer,
                ssrc=base + 2 * layer,
                rtx_ssrc=base + 2 * layer + 1,
                rid=f"r{layer}" if layers > 1 else None,
                mid=mid,
                sequence=65_000 + 10 * layer,
                picture=32_700 - 700 * layer,
                timestamp_base=(0xFFFF_0000 + 77_777 * layer) & 0xFFFFFFFF,
                packets_per_frame=layer + 1,
                **given,
            )
            for layer in range(layers)
        ]
        self.encoders[producer] = encoders
        self.room.exchange.produce(
            self.sends.transport_id,
            producer,
            source,
            video_parameters(encoders, mid, names_ssrcs=names_ssrcs),
            paused=False,
            now=self.room.network.now,
        )
        self._start(1 / fps, lambda now: self._frame(producer, now))
        return encoders

    def speaks(
        self, producer: str, level: int = 30, *, frame_bytes: int = 0, depth: int | None = None
    ) -> Microphone:
        """Publishes sound, redundant with a `depth`."""
        self.microphone = microphone = Microphone(
            77, "0", level, frame_bytes=frame_bytes, depth=depth
        )
        self.room.exchange.produce(
            self.sends.transport_id,
            producer,
            Source.MICROPHONE,
            audio_parameters(microphone),
            paused=False,
            redundancy=None if depth is None else "red",
            now=self.room.network.now,
        )
        self._start(0.02, lambda _: self._sound(producer))
        return microphone

    def mute(self, producer: str, *, muted: bool = True) -> None:
        """Stops sending, without a word."""
        (self._muted.add if muted else self._muted.discard)(producer)

    def _frame(self, producer: str, now: float) -> None:
        if producer in self._muted:
            return
        for encoder in self.encoders[producer]:
            if encoder.active and self.sends.sealer is not None:
                for position, packet in enumerate(encoder.frame(now)):
                    self.room.network.at(
                        now + position * 0.001, lambda _, p=packet: self.sends.send_rtp(p)
                    )

    def _sound(self, producer: str) -> None:
        if self.microphone is not None and producer not in self._muted:
            self.sends.send_rtp(self.microphone.packet())

    # Receiving

    def watches(
        self, producer: str, *, resume: bool = True, capabilities: Any = ROUTER_CAPABILITIES
    ) -> str:
        """Consumes a track; gives the consumer's id."""
        exchange, now = self.room.exchange, self.room.network.now
        consumer = f"{self.name}<{producer}"
        answer = exchange.consume(
            self.receives.transport_id, consumer, producer, capabilities, now=now
        )
        parameters = answer["rtpParameters"]
        encoding = parameters["encodings"][0]
        if answer["kind"] == "audio":
            self.sounds[producer] = SoundPlayback(encoding["ssrc"])
        else:
            rtx = encoding.get("rtx", {"ssrc": 0})
            self.pictures[producer] = PicturePlayback(encoding["ssrc"], rtx["ssrc"])
        if resume:
            exchange.resume_consumer(consumer, now=now)
        return consumer

    def rtp(self, header: rtp.RtpHeader, payload: bytes, now: float) -> None:
        self.counts["packets"] += 1
        for playback in itertools.chain(self.pictures.values(), self.sounds.values()):
            if header.ssrc == playback.ssrc:
                playback.receive(header, payload, now)
                return
            if isinstance(playback, PicturePlayback) and header.ssrc == playback.rtx_ssrc:
                playback.repair(header, payload, now)
                return
        self.counts["unknown_ssrc"] += 1

    def rtcp(self, path: Path, packet: RtcpPacket, now: float) -> None:
        del now
        self.counts[type(packet).__name__] += 1
        match packet:
            case GenericNack():
                for encoder in self._encoders(packet.media_ssrc):
                    for number in packet.lost:
                        again = encoder.again(number)
                        if again is not None:
                            path.send_rtp(again)
            case PictureLossIndication():
                for encoder in self._encoders(packet.media_ssrc):
                    encoder.key_wanted = True
            case ReceiverEstimatedBitrate():
                self.bitrate_bps = packet.bitrate_bps
            case ReceiverReport():
                self.reports += packet.reports
            case SenderReport():
                self.sender_reports[packet.ssrc] = packet

    def _encoders(self, ssrc: int) -> Iterator[Encoder]:
        for encoders in self.encoders.values():
            yield from (encoder for encoder in encoders if encoder.ssrc == ssrc)

    def _repair(self, now: float) -> None:
        for playback in self.pictures.values():
            lost = playback.lost(now)
            if lost:
                self.counts["nacks"] += len(lost)
                self.receives.send_rtcp(GenericNack(1, playback.ssrc, tuple(lost)))
            if playback.needs_key_frame(now):
                self.counts["plis"] += 1
                self.receives.send_rtcp(PictureLossIndication(1, playback.ssrc))

    def asks_by_fir(self, producer: str) -> None:
        """A full intra request, which some receivers send instead of a PLI."""
        playback = self.pictures[producer]
        self.receives.send_rtcp(FullIntraRequest(1, ((playback.ssrc, 1),)))

    def _report(self, now: float) -> None:
        for encoders in self.encoders.values():
            for encoder in encoders:
                if encoder.packets:
                    self.sends.send_rtcp(
                        SenderReport(encoder.ssrc, to_ntp(now + 1e9), encoder.timestamp(now), 1, 1)
                    )
        if self.microphone is not None:
            stamp = self.microphone.frames * 960 & 0xFFFFFFFF
            self.sends.send_rtcp(SenderReport(77, to_ntp(now + 1e9), stamp, 1, 1))

    def leaves(self) -> None:
        """The browser is closed without a word."""
        self._is_closed = True
        self.sends.is_closed = self.receives.is_closed = True
