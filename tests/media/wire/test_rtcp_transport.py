"""Transport-wide feedback: every chunk form, arrival times, bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.errors import LocalError
from media.wire import rtcp
from tests.support.packets import transport_feedbacks, value_or_code

HEAD = "00000001 00000002"


def packet(*parts: str) -> bytes:
    """A feedback packet with this hexadecimal body, padded to words."""
    body = bytes.fromhex(HEAD + "".join(parts))
    body += bytes(-len(body) % 4)
    return bytes((0x8F, 205)) + (len(body) // 4).to_bytes(2, "big") + body


def read(raw: bytes) -> rtcp.TransportFeedback:
    """The one feedback in `raw`."""
    (feedback,) = rtcp.parse_compound(raw)
    assert isinstance(feedback, rtcp.TransportFeedback)
    return feedback


def test_reads_a_run_of_small_deltas() -> None:
    raw = packet("fffe 0003 000005 07", "2003", "00 04 08")
    feedback = read(raw)
    assert feedback == rtcp.TransportFeedback(1, 2, 0xFFFE, 5, 7, (0, 4, 8))


def test_reads_a_vector_of_one_bit() -> None:
    # 10 0110 0000 0000: received, lost, lost, received, received, then nothing
    feedback = read(packet("0001 000e 000000 00", "a600", "01 02 03"))
    assert feedback.deltas == (1, None, None, 2, 3, *[None] * 9)


def test_reads_a_vector_of_two_bits() -> None:
    # 11 | 01 10 00 01 00 00 00: small, large, lost, small
    feedback = read(packet("0001 0004 000000 00", "d840", "01 ff38 02"))
    assert feedback.deltas == (1, -200, None, 2)


def test_a_run_longer_than_the_count_is_cut() -> None:
    assert read(packet("0001 0002 000000 00", "3fff", "01 02")).deltas == (1, 2)


@given(transport_feedbacks)
def test_what_is_written_is_read(feedback: rtcp.TransportFeedback) -> None:
    assert read(feedback.pack()) == feedback


def test_the_largest_feedback_survives() -> None:
    deltas = tuple(None if i % 5 else i % 300 for i in range(512))
    feedback = rtcp.TransportFeedback(1, 2, 0, 0, 0, deltas)
    assert read(feedback.pack()) == feedback


@pytest.mark.parametrize(
    ("deltas", "size"),
    [
        ((None,) * 500, 24),  # one run
        ((1,) * 14, 36),  # one run, fourteen deltas
        ((300,) * 14 + (None,), 52),  # a run each, 28 bytes of deltas
        ((1, None) * 7, 32),  # a one-bit vector, seven deltas
    ],
)
def test_chunks_are_chosen_small(deltas: tuple[int | None, ...], size: int) -> None:
    assert len(rtcp.TransportFeedback(1, 2, 0, 0, 0, deltas).pack()) == size


@pytest.mark.parametrize("deltas", [(), (None,) * 513, (0x8000,), (-0x8001,)])
def test_what_no_packet_can_hold_is_our_own_fault(deltas: tuple[int | None, ...]) -> None:
    with pytest.raises(LocalError):
        rtcp.TransportFeedback(1, 2, 0, 0, 0, deltas).pack()


@pytest.mark.parametrize(
    "raw",
    [
        packet(),
        packet("0001 0003"),
        packet("0001 0003 000000 00"),  # no chunks
        packet("0001 0003 000000 00", "2002"),  # the padding is no chunk of one more
        packet("0001 0008 000000 00", "2008", "01 02"),  # deltas missing
        packet("0001 0003 000000 00", "6003"),  # reserved status in a run
        packet("0001 0001 000000 00", "f000", "01 02"),  # and in a vector
        packet("0001 2001 000000 00", "1fff", "0002"),  # more packets than we read
        packet("0001 ffff 000000 00"),
    ],
)
def test_broken_feedback_is_malformed(raw: bytes) -> None:
    assert value_or_code(rtcp.parse_compound, raw) == (None, "rtcp.transport_feedback")


@given(st.binary(min_size=8, max_size=40).map(lambda body: body.hex()))
def test_any_body_gives_feedback_or_malformed(body: str) -> None:
    found, code = value_or_code(rtcp.parse_compound, packet(body))
    assert found or code == "rtcp.transport_feedback"


@pytest.mark.parametrize(
    ("raw", "base", "deltas"),
    [
        ("afcd0006fa17fa17bda3415400000003064e940020036a0000000003", 0, (0x6A, 0, 0)),
        ("afcd0006fa17fa17bda3415400050003064e9c022003380005000003", 5, (0x38, 0, 5)),
        (
            "afcd000bfa17fa1799fed66600080019064e9d032019af06"
            "0c0100000001000000000100000000000100000000010101",
            8,
            (0xAF, 6, 12, 1, 0, 0, 0, 1, *[0] * 4, 1, *[0] * 5, 1, *[0] * 4, 1, 1),
        ),
    ],
)
def test_what_chromium_fills_up_is_read(raw: str, base: int, deltas: tuple[int, ...]) -> None:
    """As Chromium 156 sent it: the last byte says how many of one to three were added."""
    (feedback,) = rtcp.parse_compound(bytes.fromhex(raw))
    assert isinstance(feedback, rtcp.TransportFeedback)
    assert (feedback.base_sequence, feedback.deltas) == (base, deltas)
