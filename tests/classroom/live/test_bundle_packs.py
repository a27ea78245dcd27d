"""What is packed on its way to a client, and what it costs no more for."""

from __future__ import annotations

import base64
import json
import random
import zlib

from classroom.live.bundle_packs import PACK_FROM, PACK_MAX, pack


def test_a_long_text_becomes_short_and_is_the_same() -> None:
    text = json.dumps(
        [{"consumer_id": f"w1.{n}", "source": "camera", "名": "李"} for n in range(99)]
    )
    packed = pack(text)
    assert packed[0] == "Z"
    assert len(packed) < len(text) / 4
    assert zlib.decompress(base64.b64decode(packed[1:]), -zlib.MAX_WBITS).decode() == text


def test_what_is_one_packet_stays_as_it_is() -> None:
    assert pack("4" * PACK_FROM) == "4" * PACK_FROM


def test_what_is_very_long_keeps_nobody_waiting() -> None:
    assert pack("4" * (PACK_MAX + 1)) == "4" * (PACK_MAX + 1)


def test_what_does_not_become_shorter_stays_as_it_is() -> None:
    noise = base64.b85encode(random.Random(1).randbytes(2_000)).decode()
    assert pack(noise) == noise
