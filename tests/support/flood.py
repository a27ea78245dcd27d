"""What a hostile browser can send: endless datagrams of each kind, made with its own keys."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache

from media.transport.srtp import SrtpSealer
from media.wire import extension, rtp, stun
from media.wire.rtcp import (
    Bye,
    FullIntraRequest,
    GenericNack,
    PictureLossIndication,
    ReceiverEstimatedBitrate,
    ReportBlock,
    RtcpPacket,
    SenderReport,
    TransportFeedback,
    pack_compound,
)
from media.wire.stun import StunClass, StunMessage
from tests.support.tracks import LEVEL, MID, OPUS, RTX

PADDING = bytes(199) + b"\xc8"


@dataclass
class Hostile:
    """One browser's keys and what it knows: SSRCs it sends and gets, its ICE parameters.

    `mid` is that of its microphone; `sound`, `picture` and `repair` are SSRCs it publishes on, and
    `indexes` the extended numbers it goes on with, 0 for those it has not used yet.
    """

    sealer: SrtpSealer
    fragment: str
    password: str
    mid: str = "0"
    sound: int = 77
    picture: int = 1000
    repair: int = 1001
    watched: tuple[int, ...] = ()
    indexes: Counter[int] = field(default_factory=Counter)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(2_000_000))

    def rtp(self, ssrc: int, payload_type: int, payload: bytes, *, padded: bool = False) -> bytes:
        """One more authentic packet, with MID and level."""
        number = self.indexes[ssrc]
        self.indexes[ssrc] += 1
        elements = {MID: self.mid.encode(), LEVEL: extension.pack_audio_level(10, voice=True)}
        header = rtp.pack_header(
            payload_type=payload_type,
            sequence=number & 0xFFFF,
            timestamp=number * 960 & 0xFFFFFFFF,
            ssrc=ssrc,
            extension=extension.pack(elements),
            padding=padded,
        )
        return self.sealer.seal_rtp(header, payload, ssrc, number)

    def rtcp(self, *packets: RtcpPacket) -> bytes:
        """One more authentic compound."""
        return self.sealer.seal_rtcp(_packed(packets))

    def check(self, password: str | None = None) -> bytes:
        """A connectivity check; with another password one that is not authentic."""
        message = StunMessage(
            StunClass.REQUEST,
            next(self.numbers).to_bytes(12, "big"),
            username=f"{self.fragment}:peer",
            priority=1,
            controlling=1,
            use_candidate=True,
        )
        return stun.pack(message, password=password or self.password)


@cache
def _packed(packets: tuple[RtcpPacket, ...]) -> bytes:
    """Packing takes longer than reading what is packed; a flood repeats itself."""
    return pack_compound(packets)


def _sound(peer: Hostile) -> bytes:
    return peer.rtp(peer.sound, OPUS, bytes(20))


def _large_sound(peer: Hostile) -> bytes:
    return peer.rtp(peer.sound, OPUS, bytes(1200))


def _new_ssrc(peer: Hostile) -> bytes:
    return peer.rtp(next(peer.numbers), OPUS, bytes(20))


def _unknown_track(peer: Hostile) -> bytes:
    return peer.rtp(next(peer.numbers), 126, bytes(20))


def _probe(peer: Hostile) -> bytes:
    return peer.rtp(peer.repair, RTX, PADDING, padded=True)


def _same_repair(peer: Hostile) -> bytes:
    return peer.rtp(peer.repair, RTX, b"\x00\x01" + bytes(100))


def _nacks(peer: Hostile) -> bytes:
    lost = tuple(range(65_000, 65_400, 2))
    return peer.rtcp(*(GenericNack(1, ssrc, lost) for ssrc in peer.watched[:2]))


def _plis(peer: Hostile) -> bytes:
    return peer.rtcp(*(PictureLossIndication(1, ssrc) for ssrc in peer.watched))


def _firs(peer: Hostile) -> bytes:
    number = next(peer.numbers) & 0xFF
    return peer.rtcp(FullIntraRequest(1, tuple((ssrc, number) for ssrc in peer.watched)))


def _transport_feedback(peer: Hostile) -> bytes:
    return peer.rtcp(TransportFeedback(1, 0, 100, 100, 1, (1, None) * 200))


def _rembs(peer: Hostile) -> bytes:
    bitrate = 50_000 if next(peer.numbers) % 2 else 50_000_000
    return peer.rtcp(ReceiverEstimatedBitrate(1, bitrate, peer.watched))


def _reports(peer: Hostile) -> bytes:
    blocks = tuple(ReportBlock(ssrc, 255, 9, 9, 9, 9, 9) for ssrc in peer.watched)
    return peer.rtcp(SenderReport(peer.sound, 1 << 32, 1, 1, 1, (blocks * 31)[:31]))


def _byes(peer: Hostile) -> bytes:
    """Every other datagram is one more packet of what has just ended."""
    if next(peer.numbers) % 2:
        return peer.rtcp(Bye((peer.picture, peer.sound) * 15))
    return _sound(peer)


def _small_packets(peer: Hostile) -> bytes:
    return peer.rtcp(*(PictureLossIndication(1, 9) for _ in range(48)))


FLOODS: dict[str, Callable[[Hostile], bytes]] = {
    "sound": _sound,
    "large sound": _large_sound,
    "probes": _probe,
    "repairs": _same_repair,
    "NACK": _nacks,
    "PLI": _plis,
    "FIR": _firs,
    "transport feedback": _transport_feedback,
    "REMB": _rembs,
    "reports": _reports,
    "BYE": _byes,
    "small RTCP": _small_packets,
    "RTP garbage": lambda peer: b"\x80\x60" + next(peer.numbers).to_bytes(4, "big") + bytes(100),
    "RTCP garbage": lambda peer: b"\x80\xc8" + next(peer.numbers).to_bytes(4, "big") + bytes(100),
    "DTLS garbage": lambda _: b"\x16\xfe\xfd\x00\x01" + bytes(6) + b"\x00\x40" + bytes(64),
    "DTLS data": lambda _: b"\x17\xfe\xfd\x00\x01" + bytes(6) + b"\x00\x40" + bytes(64),
    "alerts": lambda _: b"\x15\xfe\xfd\x00\x00" + bytes(6) + b"\x00\x02\x02\x28",
    "checks": lambda peer: peer.check(),
    "false checks": lambda peer: peer.check("another password"),
    "nothing known": lambda _: b"\x50" + bytes(100),
    "new SSRCs": _new_ssrc,
    "unknown tracks": _unknown_track,
}
"""By name: one more datagram of it. The last two leave the microphone on another SSRC, and make us
forget the numbers of the old one: whoever sends them is not heard for a while."""
