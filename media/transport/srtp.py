"""Opens and seals the packets of one association: indexes, replay windows, named drops.

Does not parse RTP: header length, SSRC and sequence number come from its caller. Indexes of what
is sent belong to the caller too; two different packets must never share one (ssrc, index).
RFC 3711 section 3.3.
"""

from __future__ import annotations

from collections import Counter

from media.transport.cipher import RTCP_ENCRYPTED, GcmCipher, Octets, make_cipher
from media.transport.keys import MasterKey, SrtpKeys, SrtpProfile
from media.wire.sequence import unwrap

REPLAY_WINDOW = 1024
"""Packets an SSRC may be late by; a second of 8 Mbit/s video. RFC 3711 asks for 64 or more."""
MAX_STREAMS = 256
"""SSRCs remembered per direction and kind; then the one silent for longest is forgotten."""

_SEEN_MASK = (1 << REPLAY_WINDOW) - 1
_RTCP_INDEX_MASK = RTCP_ENCRYPTED - 1


class _ReplayWindow:
    """Which of the newest indexes of one SSRC came already; bit n is `highest - n`."""

    __slots__ = ("highest", "seen", "used")

    def __init__(self, first: int) -> None:
        self.highest = first
        self.seen = 1
        self.used = 0
        """The opener's packet count when this stream last got one."""

    def refusal(self, index: int) -> str | None:
        """Why a packet with `index` may not be opened."""
        behind = self.highest - index
        if behind < 0:
            return None
        if behind >= REPLAY_WINDOW:
            return "too_old"
        return "replay" if self.seen >> behind & 1 else None

    def mark(self, index: int) -> None:
        """Remembers an authentic packet."""
        ahead = index - self.highest
        if ahead <= 0:
            self.seen |= 1 << -ahead
        else:
            self.highest = index
            self.seen = (self.seen << ahead | 1) & _SEEN_MASK if ahead < REPLAY_WINDOW else 1


class SrtpOpener:
    """Turns received packets into clear ones, each at most once. Never raises for their bytes.

    `drops` counts what was refused: `srtp.auth`, `srtp.replay`, `srtp.too_old`, and the same with
    `srtcp.`; also `srtcp.truncated` and `srtcp.clear`.
    """

    def __init__(self, profile: SrtpProfile, master: MasterKey) -> None:
        self.drops: Counter[str] = Counter()
        self.opened = 0
        """Packets opened so far, RTP and RTCP."""
        self._cipher = make_cipher(profile, master)
        self._rtp: dict[int, _ReplayWindow] = {}
        self._rtcp: dict[int, _ReplayWindow] = {}

    def open_rtp(
        self, packet: Octets, header_length: int, ssrc: int, sequence: int
    ) -> tuple[int, bytes] | None:
        """(index, clear payload with any RTP padding), or None after counting the reason.

        `index` is ROC << 16 | sequence number, the extended number of the packet.
        """
        window = self._rtp.get(ssrc)
        if window is None:
            index = sequence
        else:
            index = unwrap(sequence, window.highest)
            refusal = window.refusal(index)
            if refusal is not None:
                self.drops["srtp." + refusal] += 1
                return None
        payload = self._cipher.open_rtp(packet, header_length, ssrc, index)
        if payload is None:
            self.drops["srtp.auth"] += 1
            return None
        self._mark(self._rtp, window, ssrc, index)
        return index, payload

    def open_rtcp(self, packet: Octets) -> bytes | None:
        """The clear compound packet, or None after counting the reason."""
        raw = bytes(packet)
        word = self._cipher.rtcp_index_word(raw)
        if word is None:
            self.drops["srtcp.truncated"] += 1
            return None
        index, ssrc = word & _RTCP_INDEX_MASK, int.from_bytes(raw[4:8])
        window = self._rtcp.get(ssrc)
        # RFC 3711 lets RTCP be sent in clear; the profiles of DTLS-SRTP do not (RFC 5764 s. 4.1.2).
        refusal = "clear" if not word & RTCP_ENCRYPTED else window and window.refusal(index)
        if refusal:
            self.drops["srtcp." + refusal] += 1
            return None
        compound = self._cipher.open_rtcp(raw, ssrc, index)
        if compound is None:
            self.drops["srtcp.auth"] += 1
            return None
        self._mark(self._rtcp, window, ssrc, index)
        return compound

    def _mark(
        self,
        windows: dict[int, _ReplayWindow],
        window: _ReplayWindow | None,
        ssrc: int,
        index: int,
    ) -> None:
        """Remembers an authentic packet; a new SSRC is only remembered here."""
        self.opened += 1
        if window is not None:
            window.mark(index)
        else:
            if len(windows) >= MAX_STREAMS:
                # Only an authenticated peer gets here, so it only forgets its own streams.
                del windows[min(windows, key=lambda known: windows[known].used)]
            window = windows[ssrc] = _ReplayWindow(index)
        window.used = self.opened


class SrtpSealer:
    """Turns clear packets into protected ones.

    `aead` and `salt` are for the batch path (None and 0 without AES-GCM), `tag_bytes` is what
    sealing adds to an RTP packet.
    """

    def __init__(self, profile: SrtpProfile, master: MasterKey) -> None:
        self._cipher = cipher = make_cipher(profile, master)
        gcm = cipher if isinstance(cipher, GcmCipher) else None
        self.aead = gcm.aead if gcm else None
        self.salt = gcm.salt if gcm else 0
        self.tag_bytes = profile.tag_bytes
        self._rtcp_index = 0

    def seal_rtp(self, header: Octets, payload: Octets, ssrc: int, index: int) -> bytes:
        """The protected packet. `index` is ROC << 16 | sequence number, unique for `ssrc`."""
        return self._cipher.seal_rtp(header, payload, ssrc, index)

    def seal_rtcp(self, compound: bytes) -> bytes:
        """The protected compound packet; one index counts for all SSRCs of ours."""
        self._rtcp_index += 1
        return self._cipher.seal_rtcp(compound, int.from_bytes(compound[4:8]), self._rtcp_index)


def make_pair(keys: SrtpKeys) -> tuple[SrtpOpener, SrtpSealer]:
    """Both ends of an association."""
    return SrtpOpener(keys.profile, keys.remote), SrtpSealer(keys.profile, keys.local)
