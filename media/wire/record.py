"""The outer form of DTLS 1.2 records: enough to tell and group them, nothing inside.

RFC 6347 section 4.1. Does not decrypt and does not look at epochs or sequence numbers.
"""

from __future__ import annotations

from enum import IntEnum
from struct import Struct

_HEADER = Struct("!BBB8xH")
_VERSION_MAJOR = 0xFE


class ContentType(IntEnum):
    """Kinds of record, RFC 5246 section 6.2.1."""

    CHANGE_CIPHER_SPEC = 20
    ALERT = 21
    HANDSHAKE = 22
    APPLICATION_DATA = 23


_CONTENT_TYPES = frozenset(ContentType)


def content_types(datagram: bytes) -> list[ContentType]:
    """Kinds of the records in `datagram`; empty when it is not whole records from end to end."""
    types: list[ContentType] = []
    offset = 0
    while offset < len(datagram):
        if offset + _HEADER.size > len(datagram):
            return []
        kind, major, _, length = _HEADER.unpack_from(datagram, offset)
        offset += _HEADER.size + length
        if kind not in _CONTENT_TYPES or major != _VERSION_MAJOR or offset > len(datagram):
            return []
        types.append(ContentType(kind))
    return types


def datagrams(records: bytes, limit: int) -> list[bytes]:
    """`records`, a run of whole records, cut between records into datagrams of `limit` bytes."""
    cut: list[bytes] = []
    start = offset = 0
    while offset < len(records):
        end = offset + _HEADER.size + _HEADER.unpack_from(records, offset)[3]
        if end - start > limit and offset > start:
            cut.append(records[start:offset])
            start = offset
        offset = end
    if records:
        cut.append(records[start:])
    return cut
