"""The batch and the slow way give the same bytes, for whatever numbers, times and sizes."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from media.endpoint.batch import Part, equal_sizes, header_of, padded, payload_for, spread
from media.endpoint.egress import Egress
from media.endpoint.line import Line
from media.endpoint.outlet import MAX_BURST_BYTES, MAX_SEGMENTS, WIRE_OVERHEAD
from media.endpoint.plan import Plan
from media.forward.packet import Packet
from media.forward.view import ExtensionIds, Receiver, Sent, Shape
from media.transport.keys import MasterKey, SrtpProfile
from media.transport.srtp import SrtpSealer
from media.wire import rtp

PLAIN = Shape(0, 0, ExtensionIds())
TIMED = Shape(0, 0, ExtensionIds(time=4, level=10, orientation=11))
NUMBERED = Shape(0, 0, ExtensionIds(level=10, orientation=11, transport=5))
WORDED = NUMBERED._replace(word=0xA1234567)
BARE_WORD = PLAIN._replace(word=0xA1234567)


def sealer() -> SrtpSealer:
    return SrtpSealer(SrtpProfile.AEAD_AES_128_GCM, MasterKey(bytes(range(16)), bytes(range(12))))


@dataclass
class Transport:
    """As much of a transport as sending needs."""

    sealer: SrtpSealer
    address: tuple[str, int] = ("192.0.2.9", 9)


class Collector:
    """An outlet that keeps datagrams apart."""

    def __init__(self) -> None:
        self.datagrams: list[bytes] = []
        self.calls = 0

    def datagram(self, data: bytes, address: object) -> None:
        self.calls += 1
        self.datagrams.append(bytes(data))

    def burst(self, buffers: list[memoryview], segment_bytes: int, address: object) -> None:
        self.calls += 1
        joined = b"".join(buffers)
        assert len(joined) <= MAX_BURST_BYTES
        assert len(joined) <= MAX_SEGMENTS * segment_bytes
        for at in range(0, len(joined), segment_bytes):
            self.datagrams.append(joined[at : at + segment_bytes])


def sent(number: int, timestamp: int, payload: bytes, **given: object) -> Sent:
    packet = Packet(number, timestamp & 0xFFFFFFFF, bool(given.get("marker")), payload, 0.0)
    packet.level = given.get("level")  # type: ignore[assignment]
    packet.orientation = given.get("orientation")  # type: ignore[assignment]
    return Sent(number, packet, payload)


def line_at(transport: int = 0) -> Line:
    """A line whose next transport-wide number is this."""
    line = Line("e", "t", None, Transport(sealer()), now=0.0)  # type: ignore[arg-type]
    line.downlink.sends.next = transport
    return line


def emitted(part: Part, receiver: Receiver, transport: int = 0) -> list[bytes] | None:
    """Datagrams of the batch, None where it is not possible."""
    outlet = Collector()
    done = Egress(outlet).emit(Plan([part]), line_at(transport), [receiver], 0.0)
    return outlet.datagrams if done else None


def one_by_one(part: Part, receiver: Receiver, now: float, transport: int = 0) -> list[bytes]:
    """The same by the plain functions; padding as the batch chose it."""
    judge = sealer()
    datagrams = []
    for position, each in enumerate(part.sent):
        padded_payload = part.payloads[position]
        number = each.number + receiver.offset
        timestamp = each.packet.timestamp + receiver.timestamp_offset
        payload = payload_for(each, part.shape)
        header = header_of(
            each,
            part.shape,
            now=now,
            numbers=(receiver.payload_type, number, timestamp, receiver.ssrc),
            is_padded=len(padded_payload) > len(payload),
            transport=transport + position,
        )
        datagrams.append(judge.seal_rtp(header, padded_payload, receiver.ssrc, number))
    return datagrams


payloads = st.integers(0, 1200).map(lambda size: bytes((7,)) * size)
steps = st.lists(
    st.tuples(st.integers(1, 5), st.integers(0, 4000), payloads, st.booleans()),
    min_size=1,
    max_size=30,
)
receivers = st.tuples(
    st.integers(2, 0xFFFFFFFF),
    st.integers(0, 127),
    st.integers(-(1 << 20), 1 << 40),
    st.integers(0, 0xFFFFFFFF),
)


@given(
    steps,
    st.integers(1 << 20, 1 << 40),
    st.integers(0, 0xFFFFFFFF),
    receivers,
    st.booleans(),
    st.sampled_from((PLAIN, TIMED, NUMBERED, WORDED, BARE_WORD)),
    st.integers(0, 0xFFFF) | st.integers(0xFFD0, 0x1_0000),
)
def test_the_batch_seals_what_the_plain_way_seals(
    stream: list[tuple[int, int, bytes, bool]],
    number: int,
    timestamp: int,
    constants: tuple[int, int, int, int],
    is_crowded: bool,
    shape: Shape,
    transport: int,
) -> None:
    packets = []
    for step, later, payload, marker in stream:
        number += step
        timestamp += later
        packets.append(sent(number, timestamp, payload, marker=marker, level=b"\x1e"))
    ssrc, payload_type, offset, timestamp_offset = constants
    receiver = Receiver(ssrc, payload_type, shape)
    receiver.place(packets[0].number, offset, timestamp_offset, shape)
    part = Part(packets, shape, is_crowded=is_crowded, now=3.25)
    datagrams = emitted(part, receiver, transport)
    if datagrams is None:
        first = (part.first + offset) & 0xFFFF
        start = (part.timestamp + timestamp_offset) & 0xFFFFFFFF
        is_numbered = bool(shape.extensions.transport)
        wraps = (transport & 0xFFFF) + len(packets) - 1 > 0xFFFF and is_numbered
        assert first + part.span > 0xFFFF or start + part.timestamp_span > 0xFFFFFFFF or wraps
        return
    assert datagrams == one_by_one(part, receiver, 3.25, transport)


def test_a_late_packet_in_the_batch_keeps_its_place() -> None:
    packets = [sent(105, 9000, b"b" * 50), sent(103, 3000, b"a" * 50), sent(106, 12000, b"c" * 50)]
    receiver = Receiver(99, 101, TIMED)
    receiver.place(100, 7, 0xFFFFF000, TIMED)
    part = Part(packets, TIMED, is_crowded=False, now=0.0)
    assert part.first == 103
    assert part.span == 3
    # The earliest timestamp wraps to 0xFFFFFBB8 and the others beyond zero: the slow way.
    assert emitted(part, receiver) is None
    receiver.place(100, 7, 0, TIMED)
    assert emitted(part, receiver) == one_by_one(part, receiver, 0.0)


def test_receivers_that_joined_later_do_not_get_what_came_before() -> None:
    part = Part([sent(10, 0, b"x")], PLAIN, is_crowded=False, now=0.0)
    receiver = Receiver(99, 101, PLAIN)
    receiver.place(11, 0, 0, PLAIN)
    assert emitted(part, receiver) is None


def test_an_element_some_packets_lack_leaves_padding_in_its_place() -> None:
    packets = [sent(1, 0, b"x" * 9), sent(2, 0, b"y" * 9, orientation=b"\x02")]
    part = Part(packets, TIMED, is_crowded=False, now=0.0)
    assert part.header_bytes == 12 + 4 + 8
    first, second = (bytes(header) for header in part.headers)
    assert first[20:] == bytes(4)
    assert second[20:] == b"\xb0\x02\x00\x00"


def test_an_empty_packet_is_one_byte_of_padding() -> None:
    part = Part([sent(1, 0, b"")], PLAIN, is_crowded=False, now=0.0)
    assert part.payloads == [b"\x01"]
    assert part.headers[0][0] == 0xA0


@given(st.lists(st.integers(0, 1400), min_size=1, max_size=60), st.booleans())
def test_sizes_grow_little_and_by_at_most_what_padding_can_say(
    sizes: list[int], is_crowded: bool
) -> None:
    equal = equal_sizes(sizes, is_crowded=is_crowded)
    assert len(equal) == len(sizes)
    for before, after in zip(sizes, equal, strict=True):
        assert after >= 1
        assert 0 <= after - before <= 255
        assert after - before <= max(before / 11 + 1, 16 + 32 if is_crowded else 1)


def test_neighbours_of_about_one_size_become_equal() -> None:
    assert (
        equal_sizes([1041, 1042, 1040, 1042, 300, 301], is_crowded=False) == [1042] * 4 + [301] * 2
    )


def test_sound_of_many_comes_in_few_sizes() -> None:
    assert equal_sizes([97], is_crowded=True) == equal_sizes([110], is_crowded=True) == [112]
    assert equal_sizes([97], is_crowded=False) == [97]


def test_padding_counts_itself() -> None:
    assert padded(b"abc", 7) == b"abc\0\0\0\x04"
    assert padded(b"abc", 3) == b"abc"
    assert padded(b"", 1) == b"\x01"


def test_spread_has_a_one_in_every_lane() -> None:
    assert spread(3, 2) == 0x0001_0001_0001


def test_sound_rides_behind_the_picture() -> None:
    picture = Part([sent(n, 0, b"p" * 1000) for n in range(4)], PLAIN, is_crowded=False, now=0.0)
    sound = Part([sent(9, 0, b"s" * 100)], PLAIN, is_crowded=False, now=0.0)
    plan = Plan([sound, picture])
    assert [(run.count, run.segment_bytes) for run in plan.runs] == [(5, 1028)]
    assert plan.packets == 5


def test_order_within_a_part_is_kept() -> None:
    sizes = [400, 1000, 1000, 500, 1000]
    part = Part(
        [sent(number, 0, b"x" * size) for number, size in enumerate(sizes)],
        PLAIN,
        is_crowded=False,
        now=0.0,
    )
    plan = Plan([part])
    flat = [view for run in plan.runs for view in run.buffers]
    assert flat == [view for pair in zip(part.headers, part.outs, strict=True) for view in pair]
    assert [run.count for run in plan.runs] == [1, 3, 1]


def test_bursts_stay_within_what_the_kernel_takes() -> None:
    part = Part([sent(n, 0, b"x" * 1200) for n in range(200)], PLAIN, is_crowded=False, now=0.0)
    plan = Plan([part])
    assert all(run.count <= MAX_SEGMENTS for run in plan.runs)
    assert all(run.total_bytes <= MAX_BURST_BYTES for run in plan.runs)
    assert sum(run.count for run in plan.runs) == 200


def test_a_batch_in_which_a_field_wraps_is_not_sent_as_a_batch() -> None:
    packets = [sent(number, 3000 * number, b"x" * 20) for number in range(100, 104)]
    part = Part(packets, TIMED, is_crowded=False, now=0.0)
    receiver = Receiver(99, 101, TIMED)
    for offset, timestamp_offset, possible in (
        (0x1_0000 - 104, 0, True),  # the last number is 65535
        (0x1_0000 - 103, 0, False),
        (0x1_0000 - 100, 0, True),  # the first is 0 again, in the second round
        (0, 0xFFFFFFFF - 309_000, True),
        (0, 0xFFFFFFFF - 308_999, False),
    ):
        receiver.place(100, offset, timestamp_offset, TIMED)
        datagrams = emitted(part, receiver)
        assert (datagrams is not None) is possible
        if datagrams is not None:
            assert datagrams == one_by_one(part, receiver, 0.0)


def test_numbers_further_apart_than_a_field_are_not_sent_as_a_batch() -> None:
    packets = [sent(100 + 32_767 * step, 3000, b"x" * 20) for step in range(4)]
    part = Part(packets, TIMED, is_crowded=False, now=0.0)
    assert part.span == 98_301
    receiver = Receiver(99, 101, TIMED)
    receiver.place(100, 0, 0, TIMED)
    assert emitted(part, receiver) is None


def test_transport_numbers_follow_the_order_of_leaving_across_parts() -> None:
    picture = [sent(50 + n, 3000, b"p" * 1000) for n in range(4)]
    parts = [
        Part([sent(9, 0, b"s" * 100, level=b"\x1e")], NUMBERED, is_crowded=False, now=0.0),
        Part(picture, NUMBERED, is_crowded=False, now=0.0),
        Part([sent(70, 9, b"t" * 600)], NUMBERED, is_crowded=False, now=0.0),
    ]
    receivers = []
    for part in parts:
        receiver = Receiver(90 + len(receivers), 101, NUMBERED)
        receiver.place(part.first, 0, 0, NUMBERED)
        receivers.append(receiver)
    outlet, line, plan = Collector(), line_at(0x1_0000 - 6), Plan(parts)
    assert Egress(outlet).emit(plan, line, receivers, 2.0)
    headers = [rtp.parse_header(datagram) for datagram in outlet.datagrams]
    assert [header.extension[-3:] for header in headers] == [
        bytes((0x51, 0xFF, low)) for low in range(0xFA, 0x100)
    ]
    assert [header.ssrc for header in headers] == [91, 91, 91, 91, 92, 90]
    assert line.downlink.sends.next == 0x1_0000
    assert plan.wire_sizes == tuple(len(each) + WIRE_OVERHEAD for each in outlet.datagrams)
    assert not Egress(outlet).emit(plan, line_at(0x1_0000 - 5), receivers, 2.0)


def test_a_line_with_and_without_transport_numbers_has_no_batch() -> None:
    parts = [
        Part([sent(1, 0, b"x")], shape, is_crowded=False, now=0.0) for shape in (PLAIN, NUMBERED)
    ]
    receivers = [Receiver(9 + n, 101, part.shape) for n, part in enumerate(parts)]
    assert not Egress(Collector()).emit(Plan(parts), line_at(), receivers, 0.0)
