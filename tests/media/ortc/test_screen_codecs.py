"""Which screens a browser can show, from what it says of itself."""

from __future__ import annotations

from typing import Any

import pytest

from media.ortc.capabilities import ROUTER_CAPABILITIES
from media.ortc.screen import SCREEN_CODECS, shown_screens
from tests.support.packets import corpus_json


def without(*names: str, **parameters: Any) -> dict[str, Any]:
    """The router's capabilities without some codecs; parameters are those of all others."""
    codecs: Any = ROUTER_CAPABILITIES["codecs"]
    kept = [
        {**codec, "parameters": codec["parameters"] | parameters}
        for codec in codecs
        if codec["mimeType"] not in names
    ]
    return {**ROUTER_CAPABILITIES, "codecs": kept}


def test_the_last_is_the_one_every_browser_has() -> None:
    assert SCREEN_CODECS[-1] == "video/VP8"


@pytest.mark.parametrize(
    ("capabilities", "shown"),
    [
        (ROUTER_CAPABILITIES, ("video/AV1", "video/VP9", "video/VP8")),
        (without("video/AV1"), ("video/VP9", "video/VP8")),
        (without("video/VP9", "video/VP8"), ("video/AV1", "video/VP8")),
        (without(profile=1), ("video/VP9", "video/VP8")),  # the other AV1
        ({}, ("video/VP8",)),
        (None, ("video/VP8",)),
        ({"codecs": "all of them"}, ("video/VP8",)),
        (corpus_json("chromium/rtp_parameters.json")["recvRtpCapabilities"], ("video/VP8",)),
    ],
)
def test_what_can_be_shown(capabilities: object, shown: tuple[str, ...]) -> None:
    assert shown_screens(capabilities) == shown
