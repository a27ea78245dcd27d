"""Sound with earlier frames in it, with the payloads the client is tested with too."""

from __future__ import annotations

from typing import Any

import pytest

from media.repair.redundancy import Frame, earlier_frames, protect
from media.wire.red import split
from tests.support.packets import corpus_json

CORPUS = corpus_json("redundancy.json")


@pytest.mark.parametrize("case", CORPUS["cases"], ids=lambda case: str(case["about"]))
def test_payloads_of_the_corpus(case: dict[str, Any]) -> None:
    frames = [Frame(timestamp, bytes.fromhex(data)) for timestamp, data in case["frames"]]
    packed = [
        protect(frame, frames[max(at - case["depth"], 0) : at][::-1], 100)
        for at, frame in enumerate(frames)
    ]
    assert [payload.hex() for payload in packed[-3:]] == case["payloads"]


@pytest.mark.parametrize("case", CORPUS["cases"], ids=lambda case: str(case["about"]))
def test_a_publishers_payloads_are_read_back_by_their_places(case: dict[str, Any]) -> None:
    frames = [Frame(timestamp, bytes.fromhex(data)) for timestamp, data in case["frames"]]
    last = len(frames) - 1
    blocks = split(bytes.fromhex(case.get("packed", case["payloads"])[-1]))
    assert blocks[-1].data == frames[last].data
    for back, offset, data in earlier_frames(blocks):
        assert data == frames[last - back].data
        assert offset == (frames[last].timestamp - frames[last - back].timestamp) & 0xFFFFFFFF
