"""Capabilities of receivers that are not like the router's own."""

from __future__ import annotations

import copy

from media.ortc.capabilities import COMFORT_NOISE, REDUNDANT_SOUND, ROUTER_CAPABILITIES

UNMEASURED = copy.deepcopy(ROUTER_CAPABILITIES)
"""Of a browser that tells nothing of what arrives: it gets all it wants, at once."""
for _codec in UNMEASURED["codecs"]:
    _codec["rtcpFeedback"] = [
        each for each in _codec["rtcpFeedback"] if each["type"] != "transport-cc"
    ]

REDUNDANT = copy.deepcopy(ROUTER_CAPABILITIES)
"""Of a browser that reads sound with redundancy, as Chromium does."""
UNMEASURED_REDUNDANT = copy.deepcopy(UNMEASURED)
"""Of one that reads it and tells nothing."""
for _capabilities in (REDUNDANT, UNMEASURED_REDUNDANT):
    _capabilities["codecs"].append(
        {"kind": "audio", **REDUNDANT_SOUND.to_json("preferredPayloadType"), "parameters": {}}
    )

NOISY = copy.deepcopy(REDUNDANT)
"""Of one that reads comfort noise, too."""
NOISY["codecs"].append({"kind": "audio", **COMFORT_NOISE.to_json("preferredPayloadType")})
