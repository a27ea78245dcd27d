"""A camera on a network that loses much, in virtual time: set up, spoiled and measured."""

from __future__ import annotations

import random

from bench.loss_model import loss_model
from media.endpoint.line import Line, Subscription
from media.endpoint.requests import Requests
from media.ids import Address
from media.ortc.capabilities import ROUTER_CAPABILITIES
from media.wire.rtcp import ReceiverEstimatedBitrate
from tests.support.nonces import watch
from tests.support.peers import SERVER, Browser, Room

FPS = 15
IN_TIME_S = 0.6
"""From the camera to a picture that can be shown: what buffers of receivers on such lines take."""
DELAY_S = 0.03


class WeakCall:
    """Alice shows her camera to Bob: 15 pictures of 1,000 bytes a second, two temporal layers."""

    def __init__(self, seed: int = 1, capabilities: dict = ROUTER_CAPABILITIES) -> None:
        self.room = room = Room(seed, remedies=False)
        self.alice, self.bob = Browser(room, "alice", 1), Browser(room, "bob", 2)
        for browser in (self.alice, self.bob):
            browser.links(delay=DELAY_S)
        room.run(0.5)
        self._began = room.network.now
        (self.encoder,) = self.alice.shares_camera(
            "cam", fps=FPS, packet_bytes=500, temporal_layers=2
        )
        self.encoder.packets_per_frame = 2
        consumer = self.bob.watches("cam", capabilities=capabilities)
        self.subscription: Subscription = room.exchange._directory.subscription(consumer)
        self.requests: Requests = room.exchange._traffic._requests
        for line in (self.up, self.down):
            assert line.transport.sealer is not None
            watch(line.transport.sealer)
        room.run(2.0)

    @property
    def up(self) -> Line:
        """Alice's line to the server."""
        return self.room.exchange._directory.lines[self.alice.sends.transport_id]

    @property
    def down(self) -> Line:
        """Bob's from it."""
        return self.subscription.line

    def spoil(self, address: Address, there: float, back: float, burst: float = 0.0) -> None:
        """Of what the server gets from `address` so much is lost, and of what it sends there."""
        network = self.room.network
        for seed, (way, loss) in enumerate((((address, SERVER), there), ((SERVER, address), back))):
            model = loss_model(loss, burst, random.Random(seed))
            network.link(*way).is_lost = lambda *_, model=model: model.loses()

    def shown(self, seconds: float) -> float:
        """Of the pictures taken in that time, the share that could be shown in time."""
        first = self.encoder.frames
        self.room.run(seconds)
        last = self.encoder.frames
        self.room.run(IN_TIME_S)
        playback = self.bob.pictures["cam"]
        in_time = [
            frame
            for (_, frame, _), at in zip(playback.decoded, playback.decoded_at, strict=True)
            if first <= frame < last and at <= self._began + (frame + 1) / FPS + IN_TIME_S
        ]
        return len(in_time) / (last - first)

    def sent_bps(self, source: Address, target: Address, seconds: float) -> float:
        """What leaves one for the other in that time, with 28 bytes of IP and UDP a packet."""
        counts = self.room.network.link(source, target).counts
        octets = counts["bytes"] + 28 * counts["sent"]
        self.room.run(seconds)
        return (counts["bytes"] + 28 * counts["sent"] - octets) * 8 / seconds

    def carries(self, bitrate_bps: int) -> None:
        """Bob's browser says that his line carries so much, by REMB, from now on."""

        def tell(now: float) -> None:
            self.bob.receives.send_rtcp(ReceiverEstimatedBitrate(1, bitrate_bps, ()))
            self.room.network.at(now + 0.2, tell)

        tell(self.room.network.now)
        self.room.run(0.1)
