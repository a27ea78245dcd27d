"""AV1's aggregation header: beginnings, contradictions, and Chromium's own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.errors import Malformed
from media.wire import av1
from tests.support.packets import value_or_code
from tests.support.recorded import recorded

Z, N = 0x80, 0x08


def test_tells_continued_packets_from_beginnings() -> None:
    assert av1.parse(bytes((0, 1))) == av1.Av1Aggregation(begins_obu=True, key_frame=False)
    assert av1.parse(bytes((Z, 1))) == av1.Av1Aggregation(begins_obu=False, key_frame=False)
    assert av1.parse(bytes((N, 1))) == av1.Av1Aggregation(begins_obu=True, key_frame=True)


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (b"", "av1.truncated"),
        (bytes((N,)), "av1.truncated"),
        (bytes((Z | N, 1)), "av1.aggregation"),
    ],
)
def test_refuses_what_is_no_payload(payload: bytes, code: str) -> None:
    with pytest.raises(Malformed) as caught:
        av1.parse(payload)
    assert caught.value.code == code


@given(st.binary(max_size=4))
def test_any_bytes_give_a_header_or_malformed(payload: bytes) -> None:
    found, code = value_or_code(av1.parse, payload)
    assert (found is None) == (code in {"av1.truncated", "av1.aggregation"})


def test_reads_what_chromium_sent() -> None:
    found = [(each, av1.parse(each.payload)) for each in recorded("av1")]
    keys = [each.timestamp for each, header in found if header.key_frame]
    assert len(keys) == 2
    starts = [each.timestamp for each, header in found if header.begins_obu]
    assert starts == list(dict.fromkeys(each.timestamp for each, _ in found))
