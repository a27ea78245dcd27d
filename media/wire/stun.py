"""STUN Binding messages as ICE uses them: bytes to a value and back.

Knows the attributes of connectivity checks and no others; does not decide whom to answer.
RFC 8489 (message, integrity, fingerprint, errors), RFC 8445 section 16 (ICE attributes).
"""

from __future__ import annotations

import hmac
import zlib
from dataclasses import dataclass
from enum import IntEnum
from ipaddress import ip_address
from struct import Struct
from struct import error as struct_error

from media.errors import Malformed

TransportAddress = tuple[str, int]
"""IP address as text, port."""

MAGIC_COOKIE = 0x2112A442
HEADER_BYTES = 20
MAX_MESSAGE_BYTES = 1280
"""A check is about 100 bytes; whatever exceeds the smallest IPv6 MTU is not one."""

UNKNOWN_ATTRIBUTE = 420
ROLE_CONFLICT = 487
"""Error codes, RFC 8489 section 14.8 and RFC 8445 section 16.1."""

_BINDING = 0x001
_HEADER = Struct("!HHI12s")
_ATTRIBUTE = Struct("!HH")
_UINT32 = Struct("!I")
_UINT64 = Struct("!Q")
_FINGERPRINT_MASK = 0x5354554E  # RFC 8489 section 14.7: "STUN" as an integer
_INTEGRITY_BYTES = 20
_MAX_USERNAME_BYTES = 513  # RFC 8445 section 5.3: two fragments of 256 and a colon

_USERNAME = 0x0006
_MESSAGE_INTEGRITY = 0x0008
_ERROR_CODE = 0x0009
_UNKNOWN_ATTRIBUTES = 0x000A
_XOR_MAPPED_ADDRESS = 0x0020
_PRIORITY = 0x0024
_USE_CANDIDATE = 0x0025
_FINGERPRINT = 0x8028
_ICE_CONTROLLED = 0x8029
_ICE_CONTROLLING = 0x802A
_KNOWN = frozenset(
    (
        _USERNAME,
        _MESSAGE_INTEGRITY,
        _ERROR_CODE,
        _UNKNOWN_ATTRIBUTES,
        _XOR_MAPPED_ADDRESS,
        _PRIORITY,
        _USE_CANDIDATE,
    )
)
_OPTIONAL_FROM = 0x8000
"""Types from here on may be ignored by who does not know them (RFC 8489 section 14)."""


class StunClass(IntEnum):
    """The two class bits of a message type."""

    REQUEST = 0
    INDICATION = 1
    SUCCESS = 2
    ERROR = 3


@dataclass(frozen=True, slots=True)
class StunMessage:
    """One Binding message. `unknown` lists comprehension-required types we do not know."""

    message_class: StunClass
    transaction_id: bytes
    username: str | None = None
    priority: int | None = None
    use_candidate: bool = False
    controlling: int | None = None
    controlled: int | None = None
    mapped_address: TransportAddress | None = None
    error: tuple[int, str] | None = None
    unknown: tuple[int, ...] = ()
    integrity_offset: int | None = None
    """Where MESSAGE-INTEGRITY starts in the parsed bytes; None when the message has none."""

    @property
    def local_fragment(self) -> str | None:
        """The receiver's username fragment, the part of USERNAME before the colon."""
        return None if self.username is None else self.username.partition(":")[0]


def parse(datagram: bytes | bytearray | memoryview) -> StunMessage:
    """The message in `datagram`; a FINGERPRINT, if present, is checked.

    Raises `Malformed` with a code beginning with `stun.`; integrity is left to `has_integrity`.
    """
    raw = bytes(datagram)
    message_class, transaction_id = _parse_header(raw)
    values, integrity_offset = _attribute_values(raw)
    try:
        return StunMessage(
            message_class,
            transaction_id,
            username=_text(values.get(_USERNAME)),
            priority=_number(_UINT32, values.get(_PRIORITY)),
            use_candidate=_USE_CANDIDATE in values,
            controlling=_number(_UINT64, values.get(_ICE_CONTROLLING)),
            controlled=_number(_UINT64, values.get(_ICE_CONTROLLED)),
            mapped_address=_parse_address(values.get(_XOR_MAPPED_ADDRESS), transaction_id),
            error=_parse_error(values.get(_ERROR_CODE)),
            unknown=tuple(kind for kind in values if kind < _OPTIONAL_FROM and kind not in _KNOWN),
            integrity_offset=integrity_offset,
        )
    except (struct_error, ValueError) as error:
        raise Malformed("stun.attribute", type(error).__name__) from error


def has_integrity(
    datagram: bytes | bytearray | memoryview, message: StunMessage, password: str
) -> bool:
    """Whether MESSAGE-INTEGRITY of `message`, parsed from `datagram`, was made with `password`."""
    offset = message.integrity_offset
    if offset is None:
        return False
    raw = bytes(datagram)
    start = offset + _ATTRIBUTE.size
    return hmac.compare_digest(
        _integrity(raw[:offset], password), raw[start : start + _INTEGRITY_BYTES]
    )


def pack(message: StunMessage, *, password: str | None = None) -> bytes:
    """Bytes of `message`, with MESSAGE-INTEGRITY when `password` is given, then FINGERPRINT."""
    kind = _message_type(message.message_class)
    body = b"".join(_pack_attributes(message))
    head = _HEADER.pack(kind, len(body), MAGIC_COOKIE, message.transaction_id)
    raw = head + body
    if password is not None:
        raw = _append(raw, _MESSAGE_INTEGRITY, _integrity(raw, password))
    covered = _with_length(raw, len(raw) - HEADER_BYTES + 8)
    return _append(raw, _FINGERPRINT, _UINT32.pack(_fingerprint(covered)))


def _parse_header(raw: bytes) -> tuple[StunClass, bytes]:
    if len(raw) < HEADER_BYTES:
        raise Malformed("stun.truncated")
    if len(raw) > MAX_MESSAGE_BYTES:
        raise Malformed("stun.oversized")
    kind, length, cookie, transaction_id = _HEADER.unpack_from(raw)
    if kind & 0xC000 or cookie != MAGIC_COOKIE:
        raise Malformed("stun.header")
    if length % 4 or length != len(raw) - HEADER_BYTES:
        raise Malformed("stun.length")
    if kind & ~0x0110 != _BINDING:
        raise Malformed("stun.method")
    return StunClass((kind >> 7 & 2) | (kind >> 4 & 1)), transaction_id


def _message_type(message_class: StunClass) -> int:
    """Method and class bits interleaved, RFC 8489 section 5."""
    return _BINDING | (message_class & 2) << 7 | (message_class & 1) << 4


def _attribute_values(raw: bytes) -> tuple[dict[int, bytes], int | None]:
    """The first value of each type, and where MESSAGE-INTEGRITY starts.

    What follows MESSAGE-INTEGRITY is not protected and ignored (RFC 8489 section 14.5), but for
    FINGERPRINT, which must end the message.
    """
    values: dict[int, bytes] = {}
    integrity_offset: int | None = None
    offset = HEADER_BYTES
    while offset < len(raw):
        kind, length = _ATTRIBUTE.unpack_from(raw, offset)
        start = offset + _ATTRIBUTE.size
        end = start + length
        if end > len(raw):
            raise Malformed("stun.attribute", "longer than the message")
        if kind == _FINGERPRINT:
            _check_fingerprint(raw, offset, raw[start:end])
            break
        if integrity_offset is None:
            values.setdefault(kind, raw[start:end])
            if kind == _MESSAGE_INTEGRITY:
                if length != _INTEGRITY_BYTES:
                    raise Malformed("stun.attribute", "integrity")
                integrity_offset = offset
        offset = end + (-length % 4)
    return values, integrity_offset


def _text(value: bytes | None) -> str | None:
    if value is None:
        return None
    if len(value) > _MAX_USERNAME_BYTES:
        raise Malformed("stun.attribute", "username")
    return value.decode()


def _number(size: Struct, value: bytes | None) -> int | None:
    if value is None:
        return None
    number: int = size.unpack(value)[0]
    return number


def _parse_address(value: bytes | None, transaction_id: bytes) -> TransportAddress | None:
    if value is None:
        return None
    family, port = value[1:2], int.from_bytes(value[2:4])
    if (family, len(value)) not in ((b"\x01", 8), (b"\x02", 20)):
        raise Malformed("stun.attribute", "address")
    host = ip_address(_xor(value[4:], transaction_id))
    return str(host), port ^ MAGIC_COOKIE >> 16


def _pack_address(address: TransportAddress, transaction_id: bytes) -> bytes:
    host = ip_address(address[0].partition("%")[0])
    family = 1 if host.version == 4 else 2
    port = (address[1] ^ MAGIC_COOKIE >> 16).to_bytes(2)
    return bytes((0, family)) + port + _xor(host.packed, transaction_id)


def _xor(value: bytes, transaction_id: bytes) -> bytes:
    """RFC 8489 section 14.2: against the cookie, and for IPv6 the transaction id after it."""
    mask = (_UINT32.pack(MAGIC_COOKIE) + transaction_id)[: len(value)]
    return (int.from_bytes(value) ^ int.from_bytes(mask)).to_bytes(len(value))


def _parse_error(value: bytes | None) -> tuple[int, str] | None:
    if value is None:
        return None
    if len(value) < 4:
        raise Malformed("stun.attribute", "error code")
    return (value[2] & 7) * 100 + value[3], value[4:].decode()


def _pack_attributes(message: StunMessage) -> list[bytes]:
    attributes: list[bytes] = []
    if message.error is not None:
        code, reason = message.error
        value = bytes((0, 0, code // 100, code % 100)) + reason.encode()
        attributes.append(_attribute(_ERROR_CODE, value))
        if code == UNKNOWN_ATTRIBUTE:
            types = b"".join(kind.to_bytes(2) for kind in message.unknown)
            attributes.append(_attribute(_UNKNOWN_ATTRIBUTES, types))
    if message.username is not None:
        attributes.append(_attribute(_USERNAME, message.username.encode()))
    if message.mapped_address is not None:
        value = _pack_address(message.mapped_address, message.transaction_id)
        attributes.append(_attribute(_XOR_MAPPED_ADDRESS, value))
    if message.priority is not None:
        attributes.append(_attribute(_PRIORITY, _UINT32.pack(message.priority)))
    if message.use_candidate:
        attributes.append(_attribute(_USE_CANDIDATE, b""))
    if message.controlled is not None:
        attributes.append(_attribute(_ICE_CONTROLLED, _UINT64.pack(message.controlled)))
    if message.controlling is not None:
        attributes.append(_attribute(_ICE_CONTROLLING, _UINT64.pack(message.controlling)))
    return attributes


def _attribute(kind: int, value: bytes) -> bytes:
    return _ATTRIBUTE.pack(kind, len(value)) + value + bytes(-len(value) % 4)


def _append(raw: bytes, kind: int, value: bytes) -> bytes:
    """`raw` with one attribute more and its length field corrected."""
    longer = raw + _attribute(kind, value)
    return _with_length(longer, len(longer) - HEADER_BYTES)


def _with_length(raw: bytes, length: int) -> bytes:
    return raw[:2] + length.to_bytes(2) + raw[4:]


def _integrity(covered: bytes, password: str) -> bytes:
    """RFC 8489 section 14.5: HMAC-SHA1 of what precedes, its length counting the attribute."""
    length = len(covered) - HEADER_BYTES + _ATTRIBUTE.size + _INTEGRITY_BYTES
    return hmac.digest(password.encode(), _with_length(covered, length), "sha1")


def _fingerprint(covered: bytes) -> int:
    return zlib.crc32(covered) ^ _FINGERPRINT_MASK


def _check_fingerprint(raw: bytes, offset: int, value: bytes) -> None:
    covered = _with_length(raw[:offset], offset - HEADER_BYTES + 8)
    if offset + 8 != len(raw) or value != _UINT32.pack(_fingerprint(covered)):
        raise Malformed("stun.fingerprint")
