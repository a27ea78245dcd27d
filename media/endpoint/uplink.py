"""Uplink: what one line carries to us: what it may send, and what its publisher is told of that.

A record of the limits of one line and of the estimate of its way here. Decides when the publisher
is told a bitrate (REMB, draft-alvestrand-rmcat-remb-03) and how many lost packets may be asked for
again within it; the bitrate is `congestion.uplink`'s.
"""

from __future__ import annotations

from collections.abc import Iterable

from media.congestion.uplink import UplinkEstimator
from media.endpoint.admission import Admission
from media.endpoint.quota import Quota
from media.ids import ProducerId
from media.repair.allowance import Allowance
from media.repair.manner import Manner
from media.repair.mask import Mask
from media.source import Source
from media.wire.rtcp import ReportBlock

CEILING_BPS = 8_000_000
"""What a publisher is told at most: three camera layers and a screen, twice over. Told from the
start, as long as nothing shows that the line carries less: for 2 s from the first report Chromium
goes straight to what REMB says, after that it climbs 8 % a second."""
REPEAT_S = 1.0
"""Seconds after which the same is told again; it may have been lost."""
RISE_S = 0.2
"""Seconds from one telling to one of more; less is told at once (libwebrtc's RembThrottler)."""
NOTABLE = 0.03
"""Changes below this share wait for the repetition."""
SCOLDED_S = 5.0
"""How long a publisher is held below its producers' bounds after they were exceeded."""
_SCOLDED_SHARE = 0.8  # leaves room to send what was dropped again
PAUSE_S = 0.5
"""How long after that no repairs are asked for: what was dropped would come on top of too much."""
REPAIR_SHARE = 0.25
"""Of the estimate, for repairs, when media fill it: with less a lossy line would never be whole."""
REPAIRS_MOST, REPAIRS_LEAST_BPS = 1.0, 64_000
"""Times what arrives, and so much more, however much the line was trusted with: at 38 % loss all
that is lost may be asked for until it comes."""
PACKETS_PER_SECOND = 1200
"""Of all producers of a line that are taken up; each goes to everybody who watches. A camera, a
screen in motion and their sound are 900."""
PACKETS_AT_ONCE = 600
"""After a stall; fifty receivers cost 0.3 s of a core."""
_REPAIR_BURST_S = 0.5
_SMOOTHING_S = 1.0
_EVIDENCE, _LEAST_ANSWERS, _MOST_LOST = 50, 0.1, 0.9


class Uplink:
    """Of one line. `loss` is the share of packets lost on the way here of late, 0..1."""

    __slots__ = (
        "_asked",
        "_counted",
        "_estimator",
        "_exceeded_at",
        "_least_bps",
        "_looked_at",
        "_most_bps",
        "_octets",
        "_packets",
        "_quotas",
        "_received_bps",
        "_told_at",
        "_told_bps",
        "admission",
        "answered",
        "loss",
        "manner",
        "mask",
        "repair_bps",
        "repairs",
        "target_bps",
    )

    def __init__(self, *, now: float) -> None:
        self.admission = Admission()
        self.repairs = Allowance(CEILING_BPS / 8, CEILING_BPS / 8 * _REPAIR_BURST_S)
        """Bytes of packets that may be asked for again."""
        self.target_bps = CEILING_BPS
        """What all that is sent on it should stay below."""
        self.loss = 0.0
        self.manner: Manner | None = None
        """How lost packets are asked for, where not as on any line (`Requests.manner`)."""
        self.answered = 0.0
        """Packets that came again of late, each counted for less the longer ago it was."""
        self._asked = 0.0
        self.mask = Mask()
        self.repair_bps = 0
        """What may be asked for again at least, where the line is known to carry it."""
        self._least_bps, self._most_bps = 0, CEILING_BPS
        self._estimator = UplinkEstimator(ceiling_bps=CEILING_BPS, now=now)
        self._quotas: dict[ProducerId, Quota] = {}
        self._packets = Allowance(PACKETS_PER_SECOND, PACKETS_AT_ONCE)
        self._octets = 0
        self._looked_at = now
        self._received_bps = 0.0
        self._counted: dict[int, tuple[int, int]] = {}
        """Highest sequence number and packets lost as last reported, by SSRC."""
        self._exceeded_at = float("-inf")
        self._told_bps: int | None = None
        self._told_at = now

    @property
    def estimate_bps(self) -> int | None:
        """What the line was found to carry; None while nothing is published on it."""
        return self.target_bps if self._quotas else None

    # What comes

    def asked(self, numbers: int) -> None:
        """So many numbers were asked for, each as often as it was."""
        self._asked += numbers

    @property
    def answers(self) -> float:
        """Packets its publisher sends for one number asked for once, on average: what came, and
        what was lost of that. Questions get lost, and some are for what was never sent.
        """
        if self._asked < _EVIDENCE:
            return self.manner.passes if self.manner else 1.0
        sent = self.answered / (1 - min(self.loss, _MOST_LOST))
        return min(max(sent / self._asked, _LEAST_ANSWERS), 1.0)

    def publish(self, producer_id: ProducerId, source: Source) -> None:
        """A producer begins."""
        self._quotas[producer_id] = Quota(source)

    def unpublish(self, producer_id: ProducerId) -> None:
        """A producer ended."""
        del self._quotas[producer_id]

    def takes(self, producer_id: ProducerId, octets: int, *, now: float) -> bool:
        """Whether a packet of a producer is within what it, and all of the line, may send."""
        quota = self._quotas[producer_id]
        if quota.takes(octets, now=now) and self._packets.spend(1, now=now):
            return True
        self._exceeded_at = now
        return False

    def arrived(self, sent_at: bytes | None, octets: int, *, arrival: float) -> None:
        """A packet of `octets` came at `arrival`; `sent_at` is its abs-send-time, if it says so."""
        self._octets += octets
        if sent_at is not None and len(sent_at) == 3:
            self._estimator.packet(int.from_bytes(sent_at, "big"), octets, arrival=arrival)

    def reported(self, blocks: Iterable[ReportBlock], *, now: float) -> None:
        """What a receiver report says of the line's streams, one block each."""
        expected = lost = 0
        before, self._counted = self._counted, {}
        for block in blocks:
            counts = self._counted[block.ssrc] = (block.highest_sequence, block.packets_lost)
            highest, gone = before.get(block.ssrc, (0, 0))
            if counts[0] > highest > 0:  # not when its numbers began anew
                expected += counts[0] - highest
                lost += max(counts[1] - gone, 0)
            elif block.fraction_lost:  # the first block: counted from the first packet
                expected += block.packets_lost * 256 // block.fraction_lost
                lost += block.packets_lost
        if expected:
            self.loss = min(lost / expected, 1.0)
            self._estimator.lost(self.loss, now=now)

    def loses(self, share: float) -> None:
        """So much of what is sent on it is lost now; told ten times a second."""
        self._estimator.loses(share)

    # What is told

    def bounds(self, least_bps: int = 0, most_bps: int = CEILING_BPS) -> None:
        """What is told lies between these from now on, whatever is estimated; `most_bps`
        holds where they cross.
        """
        self._least_bps, self._most_bps = least_bps, most_bps

    def look(self, *, now: float) -> bool:
        """Measures and estimates; whether the publisher must be told now."""
        if not self._quotas:
            return False
        self._measure(now)
        self.target_bps = target = self._bitrate(now)
        told = self._told_bps
        if told is None or target < told * (1 - NOTABLE):
            return True
        waited = now - self._told_at
        return waited >= REPEAT_S or (waited >= RISE_S and target > told * (1 + NOTABLE))

    def tell(self, *, now: float) -> int:
        """The bitrate to tell, which the caller does."""
        self._told_bps, self._told_at = self.target_bps, now
        return self.target_bps

    def _bitrate(self, now: float) -> int:
        target = min(max(self._estimator.target_bps(now), self._least_bps), self._most_bps)
        if now - self._exceeded_at < SCOLDED_S:
            allowed = sum(quota.bitrate_bps for quota in self._quotas.values())
            target = min(target, int(allowed * _SCOLDED_SHARE))
        return target

    def _measure(self, now: float) -> None:
        """How much of the estimate is left for repairs."""
        elapsed = now - self._looked_at
        if elapsed <= 0:
            return
        rate = self._octets * 8 / elapsed
        self._received_bps += (rate - self._received_bps) * min(elapsed / _SMOOTHING_S, 1.0)
        self._octets, self._looked_at = 0, now
        kept = max(1 - elapsed / _SMOOTHING_S, 0.0)
        self._asked, self.answered = self._asked * kept, self.answered * kept
        received = self._received_bps
        spare = max(self.target_bps - received, self.target_bps * REPAIR_SHARE)
        spare = min(spare, received * REPAIRS_MOST + REPAIRS_LEAST_BPS)
        spare = max(spare, self.repair_bps)
        if now - self._exceeded_at < PAUSE_S:
            spare = 0.0
        self.repairs.rate = spare / 8
        self.repairs.burst = spare / 8 * _REPAIR_BURST_S
