"""VP9 payload descriptor (RFC 9628 section 4.2), as far as an SFU must look.

Decides where a picture starts, whether it is a key frame, and which temporal layer it is of.
Nothing is ever rewritten: a receiver tells by picture id and TL0PICIDX which pictures it lacks,
and looks only for those of layers its next picture can refer to (libwebrtc's
`rtp_vp9_ref_finder.cc`), so pictures of higher temporal layers may be left out.

     0 1 2 3 4 5 6 7
    |I|P|L|F|B|E|V|Z|   required
    |M| picture id  |   if I: 7 bits, or 15 with M
    | TID |U| SID |D|   if L
    |   TL0PICIDX   |   if L and not F
    |   P_DIFF    |N|   if F and P: one to three, N says that another follows
    scalability structure, if V
"""

from __future__ import annotations

from typing import NamedTuple

from media.errors import Malformed

_PICTURE_ID = 0x80
_INTER_PREDICTED = 0x40
_LAYERS = 0x20
_FLEXIBLE = 0x10
_FRAME_BEGINS = 0x08


class Vp9Descriptor(NamedTuple):
    """What the descriptor says of its packet. A tuple, as one is made per packet.

    `starts_picture`: the first packet of the lowest spatial layer. `key_frame` is only ever true
    there. `temporal_id` is None where no layers are told. `switching_up`: later pictures of higher
    temporal layers refer to no such picture before this one. `picture_id` is None where absent.
    """

    starts_picture: bool
    key_frame: bool
    temporal_id: int | None
    spatial_id: int
    switching_up: bool
    picture_id: int | None


def parse(payload: bytes) -> Vp9Descriptor:
    """Reads the descriptor at the start of `payload`, up to the layer indices.

    Malformed `vp9.truncated` when it is longer than the payload, or nothing follows.
    """
    try:
        return _parse(payload)
    except IndexError:
        raise Malformed("vp9.truncated", f"{len(payload)} bytes") from None


def _parse(payload: bytes) -> Vp9Descriptor:
    required, offset = payload[0], 1
    picture_id = temporal_id = None
    spatial_id, switching_up = 0, False
    if required & _PICTURE_ID:
        picture_id, offset = payload[1], 2
        if picture_id & 0x80:
            picture_id, offset = (picture_id & 0x7F) << 8 | payload[2], 3
    if required & _LAYERS:
        layers = payload[offset]
        offset += 1 if required & _FLEXIBLE else 2
        temporal_id, switching_up = layers >> 5, bool(layers & 0x10)
        spatial_id = layers >> 1 & 0x07
    payload[offset]  # something follows: differences, a structure, or the picture itself
    starts = bool(required & _FRAME_BEGINS) and spatial_id == 0
    key = starts and not required & _INTER_PREDICTED and not temporal_id
    return Vp9Descriptor(starts, key, temporal_id, spatial_id, switching_up, picture_id)
