"""VP8 payload descriptor (RFC 7741 section 4.2) and the key frame bit behind it (section 4.3).

Decides where a picture starts, whether it is a key frame, and which temporal layer it is of;
rewrites picture id and TL0PICIDX in place, keeping their widths, so that packet sizes never change.

     0 1 2 3 4 5 6 7
    |X|R|N|S|R| PID |   required
    |I|L|T|K| RSV   |   if X
    |M| PictureID   |   if I: 7 bits, or 15 with M
    |   TL0PICIDX   |   if L
    |TID|Y| KEYIDX  |   if T or K
"""

from __future__ import annotations

from typing import NamedTuple

from media.errors import Malformed


class Vp8Descriptor(NamedTuple):
    """What the descriptor says; None where a field is absent. A tuple, as one is made per packet.

    `start_of_partition` with `partition` 0 is the first packet of a picture; `key_frame` is only
    ever true there. `picture_id_bits` is 7, 15, or 0 without a picture id. `non_reference`: no
    later picture needs this one. `length`: bytes of the descriptor.
    """

    start_of_partition: bool
    partition: int
    key_frame: bool
    picture_id: int | None
    picture_id_bits: int
    tl0picidx: int | None
    temporal_id: int | None
    layer_sync: bool
    non_reference: bool
    length: int

    @property
    def starts_picture(self) -> bool:
        """Whether this is the first packet of a picture."""
        return self.start_of_partition and self.partition == 0


def parse(payload: bytes) -> Vp8Descriptor:
    """Reads the descriptor at the start of `payload`.

    Malformed `vp8.truncated` when the descriptor is longer than the payload, or nothing follows.
    """
    try:
        return _parse(payload)
    except IndexError:
        raise Malformed("vp8.truncated", f"{len(payload)} bytes") from None


def _parse(payload: bytes) -> Vp8Descriptor:
    required = payload[0]
    picture_id, bits, tl0picidx, temporal_id, layer_sync, length = None, 0, None, None, False, 1
    if required & 0x80:
        picture_id, bits, tl0picidx, temporal_id, layer_sync, length = _parse_optional(payload)
    start, partition, disposable = bool(required & 0x10), required & 0x07, bool(required & 0x20)
    # The P bit of the frame header is inverse: 0 for a key frame.
    key = not payload[length] & 0x01 and start and partition == 0
    return Vp8Descriptor(
        start,
        partition,
        key,
        picture_id,
        bits,
        tl0picidx,
        temporal_id,
        layer_sync,
        disposable,
        length,
    )


def _parse_optional(
    payload: bytes,
) -> tuple[int | None, int, int | None, int | None, bool, int]:
    """(picture id, its bits, TL0PICIDX, temporal id, layer sync, descriptor's length)."""
    present, offset = payload[1], 2
    picture_id = tl0picidx = temporal_id = None
    bits, layer_sync = 0, False
    if present & 0x80:
        picture_id, bits, offset = payload[2], 7, 3
        if picture_id & 0x80:
            picture_id, bits, offset = (picture_id & 0x7F) << 8 | payload[3], 15, 4
    if present & 0x40:
        tl0picidx = payload[offset]
        offset += 1
    if present & 0x30:
        layers = payload[offset]
        offset += 1
        if present & 0x20:
            temporal_id, layer_sync = layers >> 6, bool(layers & 0x20)
    return picture_id, bits, tl0picidx, temporal_id, layer_sync, offset


def rewrite(payload: bytes, picture_id: int | None, tl0picidx: int | None) -> bytes:
    """The payload with these ids, masked to the widths found; same length.

    None leaves a field as it is, and a field that is absent stays absent. Malformed as `parse`.
    """
    try:
        return _rewrite(payload, picture_id, tl0picidx)
    except IndexError:
        raise Malformed("vp8.truncated", f"{len(payload)} bytes") from None


def _rewrite(payload: bytes, picture_id: int | None, tl0picidx: int | None) -> bytes:
    if not payload[0] & 0x80:
        return payload
    present = payload[1]
    rewritten = bytearray(payload)
    offset = 2
    if present & 0x80:
        wide = payload[2] & 0x80
        if picture_id is not None:
            if wide:
                rewritten[2] = 0x80 | picture_id >> 8 & 0x7F
                rewritten[3] = picture_id & 0xFF
            else:
                rewritten[2] = picture_id & 0x7F
        offset = 4 if wide else 3
    if present & 0x40 and tl0picidx is not None:
        rewritten[offset] = tl0picidx & 0xFF
    return bytes(rewritten)
