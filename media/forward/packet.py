"""Packet: one opened RTP packet of a published stream, made once and shared by every receiver.

Carries what forwarding has to know; what a codec's payload says is read in `codec`.
"""

from __future__ import annotations


class Packet:
    """One packet as its publisher sent it. Written once, by the reader of its codec.

    `index` is the extended sequence number (roll-over count << 16 | number). `starts_frame` marks
    the first packet of a picture (every packet, for sound); `key_frame` that a decoder can start
    here. `picture` and `tl0` are VP8's ids as found, `temporal` its temporal layer; None if absent;
    `placed_picture` and `placed_tl0` are the same ids on the scale all layers share (`pictures`).
    `layer_sync` (VP8): this picture refers to the lowest temporal layer only, so whoever has that
    may get this layer from here on. `switches` (VP9, AV1): bit t is set when whoever gets the
    temporal layer of this picture may get all layers up to t from here on.
    `is_recovered` marks sound that came only along with a later packet: said earlier than it came.
    `orientation`, `level` and `descriptor` are the bytes of header extension elements to be passed
    on; the descriptor (AV1 RTP, appendix A) is read as well.
    """

    __slots__ = (
        "arrival",
        "descriptor",
        "index",
        "is_recovered",
        "key_frame",
        "layer_sync",
        "level",
        "marker",
        "orientation",
        "payload",
        "picture",
        "picture_bits",
        "placed_picture",
        "placed_tl0",
        "starts_frame",
        "switches",
        "temporal",
        "timestamp",
        "tl0",
    )

    def __init__(
        self, index: int, timestamp: int, marker: bool, payload: bytes, arrival: float
    ) -> None:
        self.index = index
        self.timestamp = timestamp
        self.marker = marker
        self.payload = payload
        self.arrival = arrival
        self.is_recovered = False
        self.starts_frame = False
        self.key_frame = False
        self.layer_sync = False
        self.switches = 0
        self.temporal: int | None = None
        self.picture: int | None = None
        self.picture_bits = 0
        self.placed_picture: int | None = None
        self.placed_tl0: int | None = None
        self.tl0: int | None = None
        self.level: bytes | None = None
        self.orientation: bytes | None = None
        self.descriptor: bytes | None = None
