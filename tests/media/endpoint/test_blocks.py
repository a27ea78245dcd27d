"""Header extensions of a batch: equally long, readable again, the transport number last."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from media.endpoint.blocks import extension_blocks, extension_of
from media.forward.packet import Packet
from media.forward.view import ExtensionIds, Sent, Shape
from media.wire import extension

ALL = ExtensionIds(time=4, level=10, orientation=11, transport=5, descriptor=12)
HEAD_BYTES = 4


def sent(
    level: bytes | None = None,
    orientation: bytes | None = None,
    descriptor: bytes | None = None,
    payload: bytes = b"picture",
) -> Sent:
    packet = Packet(1, 0, False, payload, 0.0)
    packet.level, packet.orientation, packet.descriptor = level, orientation, descriptor
    return Sent(1, packet, payload)


def read(block: bytes) -> dict[int, bytes]:
    """The elements, by a reader that knows nothing of how they were written."""
    profile, words = (int.from_bytes(block[at : at + 2], "big") for at in (0, 2))
    assert len(block) == HEAD_BYTES + 4 * words
    return extension.parse(profile, block[HEAD_BYTES:])


byte = st.none() | st.binary(min_size=1, max_size=1)
packets = st.builds(sent, byte, byte, st.none() | st.binary(min_size=3, max_size=255))
ids = st.builds(
    ExtensionIds,
    st.sampled_from((0, 4)),
    st.sampled_from((0, 10)),
    st.sampled_from((0, 11)),
    st.sampled_from((0, 5)),
    st.sampled_from((0, 12)),
)


@given(st.lists(packets, min_size=1, max_size=5), ids, st.integers(0, 1 << 20))
def test_every_packet_carries_its_elements_in_blocks_of_one_size(
    batch: list[Sent], known: ExtensionIds, transport: int
) -> None:
    blocks = extension_blocks(batch, Shape(0, 0, known), 3.25, transport)
    if not blocks:
        assert not known.time
        assert not known.transport
        blocks = [b"\xbe\xde\0\0"] * len(batch)
    assert len({len(block) for block in blocks}) == 1
    assert len({block[:HEAD_BYTES] for block in blocks}) == 1
    for at, (each, block) in enumerate(zip(batch, blocks, strict=True)):
        number = (transport + at & 0xFFFF).to_bytes(2, "big")
        wanted = {
            known.time: extension.pack_abs_send_time(3.25),
            known.level: each.packet.level,
            known.orientation: each.packet.orientation,
            known.descriptor: each.packet.descriptor,
            known.transport: number,
        }
        assert read(block) == {key: value for key, value in wanted.items() if key and value}
        if known.transport:
            assert block[-2:] == number


def test_only_a_long_descriptor_takes_the_two_byte_form() -> None:
    short, long = sent(descriptor=b"\xc0\0\1"), sent(descriptor=bytes(17))
    shape = Shape(0, 0, ExtensionIds(transport=5, descriptor=12))
    assert extension_blocks([short], shape, 0.0, 7) == [bytes.fromhex("bede0002 c2c00001 00510007")]
    both = extension_blocks([short, long], shape, 0.0, 7)
    assert {block[:2] for block in both} == {b"\x10\0"}
    nobody = Shape(0, 0, ExtensionIds(transport=5))
    assert extension_blocks([long], nobody, 0.0, 7) == [bytes.fromhex("bede0001 00510007")]


def test_what_closes_a_gap_is_of_no_frame() -> None:
    shape = Shape(0, 0, ExtensionIds(descriptor=12))
    closing = sent(descriptor=bytes(20))._replace(payload=b"")
    assert extension_blocks([closing], shape, 0.0) == []


def test_one_packet_by_itself() -> None:
    assert extension_of(sent(), Shape(0, 0, ExtensionIds()), 0.0, 0) is None
    found = extension_of(sent(level=b"\x1e"), Shape(0, 0, ALL), 3.25, 9)
    assert found is not None
    assert extension.parse(*found) == {
        4: extension.pack_abs_send_time(3.25), 10: b"\x1e", 5: b"\0\x09"
    }  # fmt: skip
