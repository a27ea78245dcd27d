"""The dependency descriptor, a header extension (AV1 RTP specification, appendix A).

Decides which layers the frame of a packet is of, where a decoder can start, and from where on a
receiver may get more layers. Frames are described by templates; the structure that lists them
comes with a key frame and holds until the next one, so it is an argument here.

    start of frame (1) | end of frame (1) | template id (6) | frame number (16)
    structure follows (1) | active targets follow (1) | own dtis, fdiffs, chains (1 each) | ...

The second line is there only beyond three bytes. A decode target is one way to watch the stream: up
to a spatial and a temporal layer. Chains, resolutions and active targets are skipped: nothing here
depends on them, and what is left out by layers is never missed by those who remain (section A.4.4).
"""

from __future__ import annotations

from typing import NamedTuple

from media.errors import Malformed
from media.wire.bits import Bits

CODE = "dependency_descriptor"
_TRUNCATED = f"{CODE}.truncated"

SHORT_BYTES = 3
_STARTS = 0x80
_ENDS = 0x40
_TEMPLATE_IDS = 64
_MOST_SPATIAL = 4
_MOST_TEMPORAL = 8
"""As libwebrtc bounds them; the syntax itself has no bound but the number of templates."""

_NEXT_TEMPORAL, _NEXT_SPATIAL, _END = 1, 2, 3  # 0: one more template of the same layers
_SWITCH = 2  # 0: not of the target, 1: discardable, 3: required


class Frame(NamedTuple):
    """What a template says of its frames, or a frame of itself.

    `switches` has bit t (0..7) set when a receiver that can decode this frame may get all spatial
    layers up to temporal layer t from here on; bits above the highest layer are as its own.
    `refers`: it needs earlier frames.
    """

    spatial_id: int
    temporal_id: int
    switches: int
    refers: bool


class Structure(NamedTuple):
    """The templates of one coded video sequence. `targets`: (spatial, temporal) of each."""

    id_offset: int
    targets: tuple[tuple[int, int], ...]
    templates: tuple[Frame, ...]

    def frame(self, template_id: int) -> Frame | None:
        """The template of this id; None when the id belongs to another structure."""
        index = (template_id - self.id_offset) % _TEMPLATE_IDS
        return self.templates[index] if index < len(self.templates) else None


class Descriptor(NamedTuple):
    """Of one packet. `structure`: what it brings. `frame` is None when no structure is known that
    has its template: the packet that brought it was lost.
    """

    starts_frame: bool
    ends_frame: bool
    frame_number: int
    structure: Structure | None
    frame: Frame | None


def parse(data: bytes, known: Structure | None) -> Descriptor:
    """Reads one element; `known` is the structure in force before it.

    Malformed `dependency_descriptor.truncated` when it ends too early, and
    `dependency_descriptor.structure` for a structure beyond all bounds.
    """
    if len(data) < SHORT_BYTES:
        raise Malformed(_TRUNCATED, f"{len(data)} bytes")
    lead = data[0]
    number = data[1] << 8 | data[2]
    structure, frame = None, None
    if len(data) == SHORT_BYTES:
        frame = known.frame(lead & 0x3F) if known else None
    else:
        structure, frame = _extended(Bits(data[SHORT_BYTES:], _TRUNCATED), lead & 0x3F, known)
    return Descriptor(bool(lead & _STARTS), bool(lead & _ENDS), number, structure, frame)


def _extended(
    bits: Bits, template_id: int, known: Structure | None
) -> tuple[Structure | None, Frame | None]:
    """(the structure that is attached, the frame)."""
    brings_structure, tells_active = bits.flag(), bits.flag()
    own_targets, own_references = bits.flag(), bits.flag()
    bits.read(1)  # own chains: the last field, and nothing here reads it
    structure = _structure(bits) if brings_structure else None
    in_force = structure or known
    frame = in_force.frame(template_id) if in_force else None
    if in_force is None or frame is None:
        return structure, None
    if tells_active:
        bits.read(len(in_force.targets))
    if own_targets:
        frame = frame._replace(switches=_switches(_indications(bits, in_force), in_force.targets))
    if own_references:
        frame = frame._replace(refers=_has_references(bits))
    return structure, frame


def _has_references(bits: Bits) -> bool:
    """Whether a frame names earlier frames; where they are does not matter here."""
    return bits.read(2) != 0


def _indications(bits: Bits, structure: Structure) -> list[int]:
    return [bits.read(2) for _ in structure.targets]


def _switches(indications: list[int], targets: tuple[tuple[int, int], ...]) -> int:
    """See Frame: targets of less than all spatial layers are nobody's, so they do not count."""
    top_spatial, top_temporal = max(targets)
    mask = 0
    for indication, (spatial, temporal) in zip(indications, targets, strict=True):
        if indication == _SWITCH and spatial == top_spatial:
            mask |= 1 << temporal
    above = (1 << _MOST_TEMPORAL) - (1 << top_temporal)
    return mask | above if mask >> top_temporal & 1 else mask


def _structure(bits: Bits) -> Structure:
    id_offset = bits.read(6)
    target_count = bits.read(5) + 1
    layers = _layers(bits)
    indications = [[bits.read(2) for _ in range(target_count)] for _ in layers]
    refers = [_skip_references(bits) for _ in layers]
    _skip_chains(bits, target_count, len(layers))
    if bits.flag():  # a size of 16 + 16 bits for each spatial layer
        bits.read(32 * (layers[-1][0] + 1))
    targets = tuple(
        _target([layer for layer, row in zip(layers, indications, strict=True) if row[index]])
        for index in range(target_count)
    )
    templates = tuple(
        Frame(spatial, temporal, _switches(row, targets), has_references)
        for (spatial, temporal), row, has_references in zip(
            layers, indications, refers, strict=True
        )
    )
    return Structure(id_offset, targets, templates)


def _layers(bits: Bits) -> list[tuple[int, int]]:
    """(spatial, temporal) of each template."""
    spatial = temporal = 0
    layers = [(0, 0)]
    while (step := bits.read(2)) != _END:
        if step == _NEXT_TEMPORAL:
            temporal += 1
        elif step == _NEXT_SPATIAL:
            spatial, temporal = spatial + 1, 0
        layers.append((spatial, temporal))
        if spatial >= _MOST_SPATIAL or temporal >= _MOST_TEMPORAL or len(layers) > _TEMPLATE_IDS:
            raise Malformed(f"{CODE}.structure", f"{len(layers)} templates")
    return layers


def _target(layers: list[tuple[int, int]]) -> tuple[int, int]:
    """The highest layers a decode target holds; the lowest when it holds none."""
    return max((s for s, _ in layers), default=0), max((t for _, t in layers), default=0)


def _skip_references(bits: Bits) -> bool:
    """Whether a template has any."""
    refers = False
    while bits.flag():
        bits.read(4)
        refers = True
    return refers


def _skip_chains(bits: Bits, target_count: int, template_count: int) -> None:
    chains = bits.read_below(target_count + 1)
    if chains:
        for _ in range(target_count):
            bits.read_below(chains)
        bits.read(4 * chains * template_count)
