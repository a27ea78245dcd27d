"""Key frames: what the first picture of a file tells: its size, and the private part that the
codec wants in the file's head.

VP8 (RFC 6386 section 9.1), VP9 (bitstream specification 6.2), AV1 (5.5, and the ISOBMFF binding for
`av1C`), H.264 (7.3.2.1, and ISO/IEC 14496-15 for `avcC`). Sans-IO.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from media.errors import Malformed
from media.wire.bits import Bits
from recording.payloads import av1_obus, h264_units

_SEQUENCE_HEADER = 1
_SPS, _PPS = 7, 8
_HIGH_PROFILES = {100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135}


class KeyFacts(NamedTuple):
    """Of one key frame."""

    width: int
    height: int
    private: bytes = b""
    """Another one means another file."""


def vp8(frame: bytes) -> KeyFacts:
    """Malformed `vp8.key_frame` for another start code."""
    if len(frame) < 10 or frame[3:6] != b"\x9d\x01\x2a":
        raise Malformed("vp8.key_frame")
    width, height = (int.from_bytes(frame[at : at + 2], "little") & 0x3FFF for at in (6, 8))
    return KeyFacts(width, height)


def vp9(frame: bytes) -> KeyFacts:
    """Malformed `vp9.key_frame`."""
    bits = Bits(frame[:16], "vp9.key_frame")
    if bits.read(2) != 2:
        raise Malformed("vp9.key_frame")
    profile = bits.read(1) | bits.read(1) << 1
    if profile == 3:
        bits.read(1)
    bits.read(4)  # shown already, kind, shown, error resilient
    if bits.read(24) != 0x498342:
        raise Malformed("vp9.key_frame")
    if profile >= 2:
        bits.read(1)
    if bits.read(3) != 7:  # not RGB: range, and subsampling of the odd profiles
        bits.read(1)
        if profile & 1:
            bits.read(3)
    elif profile & 1:
        bits.read(1)
    return KeyFacts(bits.read(16) + 1, bits.read(16) + 1)


def av1(unit: bytes) -> KeyFacts:
    """Malformed `av1.key_frame` without a sequence header."""
    for kind, obu in av1_obus(unit):
        if kind == _SEQUENCE_HEADER:
            return _av1_sequence(obu)
    raise Malformed("av1.key_frame")


def _av1_sequence(obu: bytes) -> KeyFacts:
    size_bytes = next(at for at in range(1, len(obu)) if not obu[at] & 0x80)
    bits = Bits(obu[size_bytes + 1 :], "av1.key_frame")
    profile, _, is_reduced = bits.read(3), bits.flag(), bits.flag()
    level, tier = bits.read(5) if is_reduced else 0, 0
    if not is_reduced:
        level, tier = _av1_operating_points(bits)
    wide, high = bits.read(4) + 1, bits.read(4) + 1
    width, height = bits.read(wide) + 1, bits.read(high) + 1
    if not is_reduced and bits.flag():  # frame ids
        bits.read(7)
    bits.read(3)  # superblocks, intra filters
    if not is_reduced:
        _skip_av1_tools(bits)
    bits.read(3)  # super resolution, CDEF, restoration
    private = bytes([0x81, profile << 5 | level, tier << 7 | _av1_colours(bits, profile), 0])
    return KeyFacts(width, height, private + obu)


def _av1_operating_points(bits: Bits) -> tuple[int, int]:
    """(level, tier) of the first one (5.5.1)."""
    delay_bits = 0
    has_model = False
    if bits.flag():  # timing
        bits.read(64)
        if bits.flag():
            while not bits.flag():  # uvlc: its value does not matter
                delay_bits += 1
            bits.read(delay_bits)
        has_model = bits.flag()
        if has_model:
            delay_bits = bits.read(5) + 1
            bits.read(42)
    has_delays = bits.flag()
    found = []
    for _ in range(bits.read(5) + 1):
        bits.read(12)
        level = bits.read(5)
        tier = bits.read(1) if level > 7 else 0
        if has_model and bits.flag():
            bits.read(2 * delay_bits + 1)
        if has_delays and bits.flag():
            bits.read(4)
        found.append((level, tier))
    return found[0]


def _skip_av1_tools(bits: Bits) -> None:
    bits.read(4)  # interintra, masked, warped, dual filter
    has_order = bits.flag()
    if has_order:
        bits.read(2)
    screen_tools = 2 if bits.flag() else bits.read(1)
    if screen_tools and not bits.flag():
        bits.read(1)
    if has_order:
        bits.read(3)


def _av1_colours(bits: Bits, profile: int) -> int:
    """The third byte of `av1C` without its tier (5.5.2)."""
    is_high = bits.flag()
    is_twelve = bits.flag() if profile == 2 and is_high else False
    is_grey = bits.flag() if profile != 1 else False
    described = bits.read(24) if bits.flag() else 0
    sub_x = sub_y = position = 0
    if is_grey:
        sub_x = sub_y = 1
    elif described != 0x010D00:  # else sRGB, in 4:4:4
        bits.read(1)
        if profile == 0:
            sub_x = sub_y = 1
        elif profile == 2:
            sub_x = bits.read(1) if is_twelve else 1
            sub_y = bits.read(1) if is_twelve and sub_x else 0
        position = bits.read(2) if sub_x and sub_y else 0
    facts = (is_high << 6, is_twelve << 5, is_grey << 4, sub_x << 3, sub_y << 2, position)
    return sum(facts)


def h264(access_unit: bytes) -> KeyFacts:
    """Malformed `h264.key_frame` without parameter sets."""
    units = list(h264_units(access_unit))
    sps = [unit for unit in units if unit[0] & 0x1F == _SPS]
    pps = [unit for unit in units if unit[0] & 0x1F == _PPS]
    if not sps or not pps or len(sps[0]) < 5:
        raise Malformed("h264.key_frame")
    width, height = _h264_size(sps[0])
    sets = [bytes([0xE0 | len(sps)])]
    sets += [len(each).to_bytes(2, "big") + each for each in sps]
    sets.append(bytes([len(pps)]))
    sets += [len(each).to_bytes(2, "big") + each for each in pps]
    return KeyFacts(width, height, bytes([1]) + sps[0][1:4] + b"\xff" + b"".join(sets))


def _h264_size(sps: bytes) -> tuple[int, int]:
    bits = Bits(sps[4:].replace(b"\0\0\3", b"\0\0"), "h264.key_frame")
    _golomb(bits)
    chroma = 1
    if sps[1] in _HIGH_PROFILES:
        chroma = _golomb(bits)
        if chroma == 3:
            bits.read(1)
        _golomb(bits), _golomb(bits)
        bits.read(1)
        if bits.flag():
            raise Malformed("h264.key_frame", "scaling lists")
    _golomb(bits)
    order = _golomb(bits)
    if order == 0:
        _golomb(bits)
    elif order == 1:
        bits.read(1)
        _golomb(bits), _golomb(bits)
        for _ in range(_golomb(bits)):
            _golomb(bits)
    _golomb(bits)
    bits.read(1)
    width, height = 16 * (_golomb(bits) + 1), 16 * (_golomb(bits) + 1)
    is_whole = bits.flag()
    if not is_whole:
        height *= 2
        bits.read(1)
    bits.read(1)
    if bits.flag():  # cropped
        left, right, top, bottom = (_golomb(bits) for _ in range(4))
        width -= (left + right) * (2 if chroma in (1, 2) else 1)
        height -= (top + bottom) * (2 if chroma == 1 else 1) * (1 if is_whole else 2)
    return width, height


def _golomb(bits: Bits) -> int:
    """ue(v), section 9.1."""
    zeros = 0
    while not bits.flag():
        zeros += 1
        if zeros > 32:
            raise Malformed("h264.key_frame")
    return (1 << zeros) - 1 + bits.read(zeros)


KEY_FACTS: Final[dict[str, Callable[[bytes], KeyFacts]]] = {
    "video/VP8": vp8,
    "video/VP9": vp9,
    "video/AV1": av1,
    "video/H264": h264,
}
