"""Codecs for screens: which of them a browser can show.

A screen is seen by everybody in its room, so it is sent in what all of them decode. AV1 and VP9
write text in a fraction of VP8's bits, AV1 best of all (its screen content tools).
"""

from __future__ import annotations

from media.errors import Refused
from media.ortc.capabilities import ROUTER, parse_capabilities

SCREEN_CODECS = ("video/AV1", "video/VP9", "video/VP8")
"""Best first; the last is every WebRTC browser's (RFC 7742 section 5)."""


def shown_screens(rtp_capabilities: object) -> tuple[str, ...]:
    """Of `SCREEN_CODECS` those a browser with these capabilities decodes; VP8 always.

    Whoever sends no capabilities, or none that can be read, is taken to decode that alone.
    """
    try:
        capabilities = parse_capabilities(rtp_capabilities)
    except Refused:
        return SCREEN_CODECS[-1:]
    offered = {codec.mime_type: codec for codec in ROUTER.codecs if not codec.is_rtx}
    found = [name for name in SCREEN_CODECS[:-1] if capabilities.find(offered[name])]
    return (*found, SCREEN_CODECS[-1])
