"""STUN against the samples of RFC 5769, against aioice, and against arbitrary bytes."""

from __future__ import annotations

import contextlib

import pytest
from aioice import stun as oracle
from hypothesis import given
from hypothesis import strategies as st

from media.errors import Malformed
from media.wire import stun
from media.wire.stun import StunClass, StunMessage

PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt"
TRANSACTION = bytes.fromhex("b7e7a701bc34d686fa87dfae")

SAMPLE_REQUEST = bytes.fromhex(
    "000100582112a442b7e7a701bc34d686fa87dfae"
    "802200105354554e207465737420636c69656e74"
    "002400046e0001ff"
    "80290008932ff9b151263b36"
    "000600096576746a3a68367659202020"
    "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2"
    "80280004e57a3bcf"
)
"""RFC 5769 section 2.1."""

SAMPLE_RESPONSE = bytes.fromhex(
    "0101003c2112a442b7e7a701bc34d686fa87dfae"
    "8022000b7465737420766563746f7220"
    "002000080001a147e112a643"
    "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7"
    "80280004c07d4c96"
)
"""RFC 5769 section 2.2."""

SAMPLE_RESPONSE_V6 = bytes.fromhex(
    "010100482112a442b7e7a701bc34d686fa87dfae"
    "8022000b7465737420766563746f7220"
    "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9"
    "00080014a382954e4be67bf11784c97c8292c275bfe3ed41"
    "80280004c8fb0b4c"
)
"""RFC 5769 section 2.3."""


def attribute(kind: int, value: bytes) -> bytes:
    return kind.to_bytes(2) + len(value).to_bytes(2) + value + bytes(-len(value) % 4)


def raw_message(*attributes: bytes, kind: int = 0x0001) -> bytes:
    body = b"".join(attributes)
    header = kind.to_bytes(2) + len(body).to_bytes(2) + stun.MAGIC_COOKIE.to_bytes(4)
    return header + TRANSACTION + body


def test_the_sample_request_is_read() -> None:
    message = stun.parse(SAMPLE_REQUEST)
    assert message.message_class is StunClass.REQUEST
    assert message.transaction_id == TRANSACTION
    assert message.username == "evtj:h6vY"
    assert message.local_fragment == "evtj"
    assert message.priority == 0x6E0001FF
    assert message.controlled == 0x932FF9B151263B36
    assert message.controlling is None
    assert not message.use_candidate
    assert message.unknown == ()
    assert stun.has_integrity(SAMPLE_REQUEST, message, PASSWORD)
    assert not stun.has_integrity(SAMPLE_REQUEST, message, PASSWORD + "x")


@pytest.mark.parametrize(
    ("sample", "address"),
    [
        (SAMPLE_RESPONSE, ("192.0.2.1", 32853)),
        (SAMPLE_RESPONSE_V6, ("2001:db8:1234:5678:11:2233:4455:6677", 32853)),
    ],
)
def test_the_sample_responses_are_read(sample: bytes, address: tuple[str, int]) -> None:
    message = stun.parse(sample)
    assert message.message_class is StunClass.SUCCESS
    assert message.mapped_address == address
    assert stun.has_integrity(memoryview(sample), message, PASSWORD)


@pytest.mark.parametrize(
    "message",
    [
        StunMessage(
            StunClass.REQUEST,
            TRANSACTION,
            username="local:remote",
            priority=1,
            use_candidate=True,
            controlling=2**64 - 1,
        ),
        StunMessage(StunClass.SUCCESS, TRANSACTION, mapped_address=("127.0.0.1", 40000)),
        StunMessage(StunClass.SUCCESS, TRANSACTION, mapped_address=("fe80::1", 1)),
        StunMessage(StunClass.ERROR, TRANSACTION, error=(stun.ROLE_CONFLICT, "Role Conflict")),
        StunMessage(StunClass.INDICATION, TRANSACTION),
    ],
)
def test_what_is_written_is_read_back(message: StunMessage) -> None:
    written = stun.pack(message, password="secret")
    read = stun.parse(written)
    assert stun.has_integrity(written, read, "secret")
    for name in ("message_class", "username", "priority", "use_candidate", "controlling"):
        assert getattr(read, name) == getattr(message, name)
    assert read.mapped_address == message.mapped_address
    assert read.error == message.error


def test_aioice_reads_what_we_write() -> None:
    request = StunMessage(
        StunClass.REQUEST, TRANSACTION, username="a:b", use_candidate=True, controlling=7
    )
    message = oracle.parse_message(stun.pack(request, password="secret"))
    assert message.check_message_integrity(b"secret")
    assert message.attributes["USERNAME"] == "a:b"
    assert message.attributes["ICE-CONTROLLING"] == 7
    assert "USE-CANDIDATE" in message.attributes
    answer = StunMessage(StunClass.SUCCESS, TRANSACTION, mapped_address=("10.1.2.3", 4567))
    message = oracle.parse_message(stun.pack(answer, password="secret"))
    assert message.attributes["XOR-MAPPED-ADDRESS"] == ("10.1.2.3", 4567)


def test_we_read_what_aioice_writes() -> None:
    message = oracle.Message(oracle.Method.BINDING, oracle.Class.REQUEST)
    message.attributes["USERNAME"] = "local:remote"
    message.attributes["PRIORITY"] = 99
    message.attributes["ICE-CONTROLLING"] = 5
    message.add_message_integrity(b"secret")
    message.add_fingerprint()
    written = bytes(message)
    read = stun.parse(written)
    assert (read.username, read.priority, read.controlling) == ("local:remote", 99, 5)
    assert stun.has_integrity(written, read, "secret")


def test_unknown_required_attributes_are_listed_and_optional_ones_are_not() -> None:
    message = stun.parse(raw_message(attribute(0x7000, b"x"), attribute(0xC057, b"abcd")))
    assert message.unknown == (0x7000,)
    error = StunMessage(
        StunClass.ERROR, TRANSACTION, error=(stun.UNKNOWN_ATTRIBUTE, ""), unknown=(0x7000, 0x7001)
    )
    assert attribute(0x000A, b"\x70\x00\x70\x01") in stun.pack(error)


def test_what_follows_the_integrity_is_ignored() -> None:
    """Else anybody on the path could add USE-CANDIDATE to an authentic check."""
    integrity = attribute(0x0008, bytes(20))
    message = stun.parse(raw_message(attribute(0x0006, b"a:b"), integrity, attribute(0x0025, b"")))
    assert message.username == "a:b"
    assert not message.use_candidate


def test_the_first_attribute_of_a_type_counts() -> None:
    message = stun.parse(raw_message(attribute(0x0006, b"a:b"), attribute(0x0006, b"c:d")))
    assert message.username == "a:b"


@pytest.mark.parametrize(
    ("datagram", "code"),
    [
        (b"", "stun.truncated"),
        (SAMPLE_REQUEST[:19], "stun.truncated"),
        (SAMPLE_REQUEST[:-4], "stun.length"),
        (SAMPLE_REQUEST + bytes(4), "stun.length"),
        (raw_message(attribute(0xC000, bytes(1280))), "stun.oversized"),
        (b"\x40" + SAMPLE_REQUEST[1:], "stun.header"),
        (SAMPLE_REQUEST[:4] + bytes(4) + SAMPLE_REQUEST[8:], "stun.header"),
        (raw_message(kind=0x0003), "stun.method"),
        (raw_message(b"\x00\x06\x00\x09"), "stun.attribute"),
        (raw_message(attribute(0x0006, b"\xff\xfe")), "stun.attribute"),
        (raw_message(attribute(0x0006, b"x" * 514)), "stun.attribute"),
        (raw_message(attribute(0x0008, b"short")), "stun.attribute"),
        (raw_message(attribute(0x0009, b"xx")), "stun.attribute"),
        (raw_message(attribute(0x0020, b"\x00\x03\x00\x00abcd")), "stun.attribute"),
        (raw_message(attribute(0x0020, b"\x00\x02\x00\x00abcd")), "stun.attribute"),
        (raw_message(attribute(0x0024, b"xx")), "stun.attribute"),
        (raw_message(attribute(0x802A, b"xxxx")), "stun.attribute"),
        (raw_message(attribute(0x8028, b"abcd")), "stun.fingerprint"),
        (SAMPLE_REQUEST[:-1] + b"\x00", "stun.fingerprint"),
    ],
)
def test_malformed_messages_are_named(datagram: bytes, code: str) -> None:
    with pytest.raises(Malformed) as caught:
        stun.parse(datagram)
    assert caught.value.code == code


def test_a_message_without_integrity_has_none() -> None:
    written = stun.pack(StunMessage(StunClass.REQUEST, TRANSACTION, username="a:b"))
    assert not stun.has_integrity(written, stun.parse(written), "")


@given(st.integers(0, len(SAMPLE_REQUEST) - 33), st.integers(1, 255))
def test_no_byte_can_change_under_the_integrity(position: int, change: int) -> None:
    body = bytearray(SAMPLE_REQUEST[:-8])  # without the fingerprint, which would notice first
    body[position] ^= change
    body[2:4] = (len(body) - 20).to_bytes(2)
    with contextlib.suppress(Malformed):
        message = stun.parse(body)
        changed_length = position in (2, 3)
        assert changed_length or not stun.has_integrity(body, message, PASSWORD)


@given(st.binary(max_size=300))
def test_any_bytes_give_a_message_or_malformed(datagram: bytes) -> None:
    with contextlib.suppress(Malformed):
        stun.parse(datagram)


@given(
    st.lists(
        st.tuples(
            st.sampled_from((6, 8, 9, 10, 0x20, 0x24, 0x25, 0x8028, 0x8029, 0x802A, 0x7777)),
            st.binary(max_size=24),
        ),
        max_size=6,
    )
)
def test_any_attributes_give_a_message_or_malformed(parts: list[tuple[int, bytes]]) -> None:
    datagram = raw_message(*(attribute(kind, value) for kind, value in parts))
    with contextlib.suppress(Malformed):
        message = stun.parse(datagram)
        stun.has_integrity(datagram, message, "password")
