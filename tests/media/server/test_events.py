"""Events cross the control socket unchanged."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.endpoint.event import Event
from media.errors import LocalError
from media.ids import ConsumerId, EndpointId, ProducerId, RouterId, TransportId
from media.server.events import (
    ConsumerLayersChanged,
    DownlinkChanged,
    RecordingFailed,
    RemedyChanged,
    SpeakersChanged,
    Told,
    TransportStateChanged,
    decode,
    encode,
)


@pytest.mark.parametrize(
    "event",
    [
        TransportStateChanged(EndpointId("e"), TransportId("t"), "connected"),
        SpeakersChanged(RouterId("r"), (ProducerId("p"), ProducerId("q")), ProducerId("p")),
        SpeakersChanged(RouterId("r"), (), None),
        ConsumerLayersChanged(ConsumerId("c"), 2, None),
        DownlinkChanged(EndpointId("e"), 512_000, (("c", "frames"), ("d", "off"))),
        RemedyChanged(EndpointId("e"), "severe", "calm", 0xA0000000, ("sound_down", "buffer")),
        RemedyChanged(EndpointId("e"), "calm", "calm", None, ()),
        RecordingFailed(ProducerId("p"), "storage"),
    ],
)
def test_an_event_survives_json(event: Told) -> None:
    name, params = json.loads(json.dumps(encode(event)))
    assert decode(name, params) == event


@pytest.mark.parametrize(
    ("name", "params"), [("WorkerLost", {}), ("Nonsense", {}), ("SpeakersChanged", {"x": 1})]
)
def test_a_notice_that_is_none_of_ours_is_a_bug(name: str, params: dict[str, object]) -> None:
    with pytest.raises(LocalError):
        decode(name, params)


texts = st.text(max_size=20)
layers = st.none() | st.integers(0, 7)
events = st.one_of(
    st.builds(TransportStateChanged, texts, texts, texts),
    st.builds(SpeakersChanged, texts, st.lists(texts).map(tuple), st.none() | texts),
    st.builds(ConsumerLayersChanged, texts, layers, layers),
    st.builds(
        RemedyChanged,
        *(texts, texts, texts),
        st.none() | st.integers(0),
        st.lists(texts).map(tuple),
    ),
    st.builds(DownlinkChanged, texts, st.integers(0), st.lists(st.tuples(texts, texts)).map(tuple)),
)


@given(events)
def test_every_event_survives_json(event: Event) -> None:
    name, params = json.loads(json.dumps(encode(event)))
    assert decode(name, params) == event


values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
fields = st.sampled_from(
    ("router_id", "producer_ids", "dominant", "consumer_id", "spatial", "temporal", "state")
)
names = texts | st.sampled_from(
    ("TransportStateChanged", "SpeakersChanged", "ConsumerLayersChanged", "WorkerLost")
)


@given(names, st.dictionaries(fields | texts, values, max_size=5))
def test_any_notice_is_an_event_or_a_bug_of_ours(name: str, params: dict[str, Any]) -> None:
    try:
        event = decode(name, params)
    except LocalError:
        return
    assert type(event).__name__ == name
    assert set(asdict(event)) == set(params)
