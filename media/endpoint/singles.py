"""Singles: sends packets one by one: sealed, numbered and counted when they go."""

from __future__ import annotations

from media.endpoint.batch import header_of, payload_for
from media.endpoint.echoes import Echoes
from media.endpoint.line import Line
from media.endpoint.outlet import WIRE_OVERHEAD, Outlet
from media.endpoint.single import Single

_SEQUENCE_MASK = 0xFFFF


class Singles:
    """Of all lines of an exchange."""

    def __init__(self, outlet: Outlet, echoes: Echoes) -> None:
        self.packets = 0
        self.octets = 0
        self.unsent = 0
        """Packets for lines without an address or keys."""
        self._outlet = outlet
        self._echoes = echoes

    def send(self, line: Line, single: Single, now: float) -> None:
        """Seals it under the next transport-wide number, where its receiver has those."""
        sealer, address = line.transport.sealer, line.transport.address
        if sealer is None or address is None:
            self.unsent += 1
            return
        sent, shape, numbers, payload, is_padding = single
        if payload is None:
            payload = payload_for(sent, shape)
        downlink = line.downlink if shape.extensions.transport else None
        header = header_of(
            sent,
            shape,
            now=now,
            numbers=numbers,
            is_padded=is_padding or not payload,
            transport=downlink.sends.next & _SEQUENCE_MASK if downlink else 0,
        )
        _, number, _, ssrc = numbers
        datagram = sealer.seal_rtp(header, payload or b"\x01", ssrc, number)
        self._outlet.datagram(datagram, address)
        if self._echoes.follows(line):
            self._echoes.left(line, ssrc, ((datagram,),), now)
        if downlink:
            downlink.left((len(datagram) + WIRE_OVERHEAD,), now=now)
        self.packets += 1
        self.octets += len(datagram)
