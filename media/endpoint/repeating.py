"""Repeating: RTCP to peers, on lines that lose much of it the same datagram several times.

Reports, key frame requests and bitrates are few and small, and each that is lost costs a second of
the wrong rate or half a second without a picture. The repetitions are the same bytes, so no number
seals two things, and whoever had the first drops them as replays. Questions for lost packets are
not repeated here: `requests` asks anew, as each question that arrives is answered.
"""

from __future__ import annotations

from collections import deque

from media.endpoint.line import Line
from media.endpoint.outlet import Outlet
from media.wire.rtcp import GenericNack, RtcpPacket, pack_compound

SPACING_S = 0.02
"""Between two sendings: bursts of loss are longer than a packet (weak_network.md section 5)."""


class Repeating:
    """Of all lines of an exchange."""

    def __init__(self, outlet: Outlet) -> None:
        self._outlet = outlet
        self._times: dict[Line, int] = {}
        self._waiting: deque[tuple[float, Line, bytes, int]] = deque()

    def times(self, line: Line, times: int) -> None:
        """Whatever leaves on `line` from now on does so that often; 1 is once, as on any line."""
        if times > 1:
            self._times[line] = times
        else:
            self._times.pop(line, None)

    def close(self, line: Line) -> None:
        """The line is gone."""
        self._times.pop(line, None)

    def send(self, line: Line, packets: list[RtcpPacket], *, now: float) -> None:
        """One compound to the peer; lost while there is no way to it."""
        sealer = line.transport.sealer
        if sealer is None or line.transport.address is None:
            return
        datagram = sealer.seal_rtcp(pack_compound(packets))
        self._outlet.datagram(datagram, line.transport.address)
        times = self._times.get(line, 1) if self._times else 1
        if times > 1 and not isinstance(packets[0], GenericNack):
            self._waiting.append((now + SPACING_S, line, datagram, times - 1))

    def flush(self, *, now: float) -> None:
        """Sends what is due once more."""
        waiting = self._waiting
        while waiting and waiting[0][0] <= now:
            _, line, datagram, times = waiting.popleft()
            address = line.transport.address
            if address is None or line not in self._times:
                continue
            self._outlet.datagram(datagram, address)
            if times > 1:
                waiting.append((now + SPACING_S, line, datagram, times - 1))

    def next_at(self) -> float | None:
        """When `flush` has something to do."""
        return self._waiting[0][0] if self._waiting else None
