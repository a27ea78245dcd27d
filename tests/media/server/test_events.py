"""Events cross the control socket unchanged."""

from __future__ import annotations

import json

import pytest

from media.endpoint.event import Event
from media.errors import LocalError
from media.ids import ConsumerId, EndpointId, ProducerId, RouterId, TransportId
from media.server.events import (
    ConsumerLayersChanged,
    SpeakersChanged,
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
    ],
)
def test_an_event_survives_json(event: Event) -> None:
    name, params = json.loads(json.dumps(encode(event)))
    assert decode(name, params) == event


@pytest.mark.parametrize(
    ("name", "params"), [("WorkerLost", {}), ("Nonsense", {}), ("SpeakersChanged", {"x": 1})]
)
def test_a_notice_that_is_none_of_ours_is_a_bug(name: str, params: dict[str, object]) -> None:
    with pytest.raises(LocalError):
        decode(name, params)
