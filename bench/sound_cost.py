"""What earlier frames in packets of sound cost the worker, without network, browsers or luck.

    python -m bench.sound_cost [--receivers 10,50] [--rounds 40] [--json FILE]

Turns of the egress alone: six packets of a screen and one of sound to N receivers, sealed with
AES-GCM and handed to an outlet that throws them away. Processor microseconds for each packet, the
best of many rounds, taken in turns for each depth: so it says the same on a busy machine. What a
system call and the network cost comes on top, alike for all (`bench.forwarding --redundant`).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from media.endpoint.egress import Egress
from media.endpoint.line import Line
from media.forward.consumer import Consumer, Delivery
from media.forward.packet import Packet
from media.forward.view import ALL_TEMPORAL, ExtensionIds, View
from media.ids import ConsumerId, ProducerId
from media.source import Kind
from media.transport.keys import MasterKey, SrtpProfile
from media.transport.srtp import SrtpSealer

DEPTHS = (0, 1, 5, 17)
TURN_S = 0.02
PICTURES = 6
PICTURE_BYTES, SOUND_BYTES = 1000, 80
TURNS = 20
"""In one round."""
_IDS = ExtensionIds(level=10, transport=5)
_KEY = MasterKey(bytes(range(16)), bytes(range(12)))


class Nowhere:
    """An outlet that sends nothing."""

    def datagram(self, data: Any, address: Any) -> None:
        """Thrown away."""

    def burst(self, buffers: Sequence[Any], segment_bytes: int, address: Any) -> None:
        """Thrown away."""


@dataclass
class Way:
    """As much of a transport as sending needs."""

    sealer: SrtpSealer
    address: tuple[str, int] = ("192.0.2.9", 9)


class Room:
    """One who shares and speaks, and those who receive both."""

    def __init__(self, receivers: int, depth: int) -> None:
        self._egress = Egress(Nowhere())
        self._sound = View(0, ALL_TEMPORAL, 256, self._egress.outbox)
        self._screen = View(0, ALL_TEMPORAL, 1024, self._egress.outbox)
        self._turns = 0
        self.receivers = receivers
        for place in range(receivers):
            way: Any = Way(SrtpSealer(SrtpProfile.AEAD_AES_128_GCM, _KEY))
            line: Any = Line(f"e{place}", "t", None, way, now=0.0)  # type: ignore[arg-type]
            self._join(line, self._screen, Kind.VIDEO, 5000 + place)
            self._join(line, self._sound, Kind.AUDIO, 1000 + place).protect(depth, None)

    def _join(self, line: Line, view: View, kind: Kind, ssrc: int) -> Consumer:
        redundant = 109 if kind is Kind.AUDIO else None
        delivery = Delivery(kind, ssrc, 100, 48_000, _IDS, 5, redundant)
        consumer = Consumer(ConsumerId(str(ssrc)), ProducerId("p"), delivery)
        consumer.join(view, Packet(0, 0, False, b"x", 0.0), None, now=0.0)
        self._egress.lines[consumer] = line
        return consumer

    def turn(self) -> None:
        """20 ms of the class."""
        now, at = 1.0 + self._turns * TURN_S, self._turns
        sound = Packet(at, at * 960, False, bytes(SOUND_BYTES + at % 20), now)
        sound.level = b"\x1e"
        self._sound.push(sound)
        for index in range(at * PICTURES, (at + 1) * PICTURES):
            self._screen.push(Packet(index, at * 1800, False, bytes(PICTURE_BYTES), now))
        self._egress.flush(now)
        self._turns += 1

    def round_us(self) -> float:
        """Processor microseconds of a packet, over one round."""
        begun = time.process_time()
        for _ in range(TURNS):
            self.turn()
        spent = time.process_time() - begun
        return spent * 1e6 / (TURNS * (PICTURES + 1) * self.receivers)


def costs(receivers: int, rounds: int) -> dict[int, float]:
    """Microseconds of a packet by depth, the best round of each."""
    rooms = {depth: Room(receivers, depth) for depth in DEPTHS}
    best = dict.fromkeys(DEPTHS, float("inf"))
    for room in rooms.values():
        room.round_us()
    for _ in range(rounds):
        for depth, room in rooms.items():
            best[depth] = min(best[depth], room.round_us())
    return best


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--receivers", default="10,50")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--json", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    figures: dict[str, float] = {}
    sys.stdout.write("receivers  depth  us/packet  against depth 0\n")
    for receivers in map(int, arguments.receivers.split(",")):
        found = costs(receivers, arguments.rounds)
        for depth, us in found.items():
            more = us / found[0] - 1
            sys.stdout.write(f"{receivers:9}  {depth:5}  {us:9.3f}  {more:+15.1%}\n")
            figures[f"us_per_packet_n{receivers}_depth{depth}"] = round(us, 3)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
