"""Presence: who is here, where they point, what the presenter looks at. Never stored.

Of all of it only the newest counts, so it is not queued: a receiver is given what changed since
its last message, however long ago that was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from whiteboard.frame import Peers, PeerView
from whiteboard.frame_writing import Segment, encode
from whiteboard.visitor import Visitor


class Cursors:
    """Of one page: each peer's newest CURSOR."""

    __slots__ = ("_by_peer", "version")

    def __init__(self) -> None:
        self.version = 0
        """Grows with every change; a receiver remembers the one it has seen."""
        self._by_peer: dict[int, tuple[int, Segment, Segment | None]] = {}

    def put(self, peer: int, segment: Segment, veiled: Segment | None = None) -> None:
        """The peer's cursor from now on; `veiled` for those who are not to know whose it is."""
        self.version += 1
        self._by_peer.pop(peer, None)  # so that the newest stand last
        self._by_peer[peer] = (self.version, segment, veiled)

    def forget(self, peer: int) -> bool:
        """The peer has no cursor any more. Whether it had one."""
        return self._by_peer.pop(peer, None) is not None

    def since(self, version: int, *, but: int, is_veiled: bool = False) -> Iterator[Segment]:
        """What changed after `version`, newest first, without that of peer `but`."""
        for peer, (changed, segment, veiled) in reversed(self._by_peer.items()):
            if changed <= version:
                return
            told = veiled if is_veiled else segment
            if peer != but and told is not None:
                yield told


class Outlook:
    """The presenter's newest VIEW."""

    __slots__ = ("_frame", "_peer", "version")

    def __init__(self) -> None:
        self.version = 0
        self._peer = 0
        self._frame = b""

    def put(self, view: PeerView) -> None:
        """What the presenter looks at from now on."""
        self.version += 1
        self._peer = view.peer
        self._frame = encode(view)

    def clear(self) -> None:
        """Nobody presents; newcomers are told nothing."""
        self._frame = b""

    def frame_for(self, peer: int) -> bytes:
        """The frame, or nothing for its sender."""
        return b"" if peer == self._peer else self._frame


class Roster:
    """The list of everybody connected, built once per change."""

    __slots__ = ("_frame", "version")

    def __init__(self) -> None:
        self.version = 0
        self._frame = b""

    def change(self, visitors: Mapping[int, Visitor]) -> None:
        """These are connected now, by peer number."""
        self.version += 1
        self._frame = encode(
            Peers(
                [
                    {
                        "peer": number,
                        "participant_id": visitor.participant_id,
                        "name": visitor.name,
                        "author": visitor.author,
                    }
                    for number, visitor in visitors.items()
                ]
            )
        )

    @property
    def frame(self) -> bytes:
        """The whole list as a PEERS frame."""
        return self._frame
