"""Every verb reaches the core with what it needs, and nothing of the wrong shape does."""

from __future__ import annotations

from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.endpoint.exchange import Exchange
from media.errors import Malformed, Refused
from media.forward.selector import TOP
from media.server import control
from media.source import Source

NOW = 12.5


class Core:
    """Writes down each call; answers with `answer`, or raises it."""

    def __init__(self, answer: object = None) -> None:
        self.calls: list[tuple[str, tuple[object, ...], dict[str, object]]] = []
        self.answer = answer

    def __getattr__(self, name: str) -> Any:
        if not hasattr(Exchange, name):
            raise AttributeError(name)

        def call(*positional: object, **named: object) -> object:
            self.calls.append((name, positional, named))
            if isinstance(self.answer, Exception):
                raise self.answer
            return self.answer

        return call


def apply(core: Core, method: str, values: dict[str, Any]) -> dict[str, Any]:
    return control.apply(cast(Exchange, core), method, values, now=NOW)


DTLS, RTP, CAPABILITIES = {"role": "client"}, {"codecs": []}, {"headerExtensions": []}
TIMED = {"now": NOW}
WISH = {"consumer_id": "c", "spatial": 1, "temporal": None, "priority": 200}


@pytest.mark.parametrize(
    ("method", "values", "call"),
    [
        ("create_router", {"router_id": "r"}, ("create_router", ("r",), {})),
        ("close_router", {"router_id": "r"}, ("close_router", ("r",), TIMED)),
        (
            "create_transport",
            {"router_id": "r", "endpoint_id": "e", "transport_id": "t"},
            ("create_transport", ("r", "e", "t"), TIMED),
        ),
        (
            "connect_transport",
            {"transport_id": "t", "dtls_parameters": DTLS},
            ("connect_transport", ("t", DTLS), TIMED),
        ),
        ("restart_ice", {"transport_id": "t"}, ("restart_ice", ("t",), TIMED)),
        ("close_endpoint", {"endpoint_id": "e"}, ("close_endpoint", ("e",), TIMED)),
        (
            "produce",
            {
                "transport_id": "t",
                "producer_id": "p",
                "source": "screen",
                "rtp_parameters": RTP,
                "paused": True,
            },
            (
                "produce",
                ("t", "p", Source.SCREEN, RTP),
                {"paused": True, "redundancy": None, "now": NOW},
            ),
        ),
        (
            "produce",
            {
                "transport_id": "t",
                "producer_id": "p",
                "source": "microphone",
                "rtp_parameters": RTP,
                "paused": False,
                "redundancy": "red",
            },
            (
                "produce",
                ("t", "p", Source.MICROPHONE, RTP),
                {"paused": False, "redundancy": "red", "now": NOW},
            ),
        ),
        ("pause_producer", {"producer_id": "p"}, ("pause_producer", ("p",), TIMED)),
        ("resume_producer", {"producer_id": "p"}, ("resume_producer", ("p",), TIMED)),
        ("close_producer", {"producer_id": "p"}, ("close_producer", ("p",), TIMED)),
        (
            "consume",
            {
                "transport_id": "t",
                "consumer_id": "c",
                "producer_id": "p",
                "rtp_capabilities": CAPABILITIES,
            },
            ("consume", ("t", "c", "p", CAPABILITIES), TIMED),
        ),
        ("resume_consumers", {"consumer_ids": ["c"]}, ("resume_consumer", ("c",), TIMED)),
        ("pause_consumers", {"consumer_ids": ["c"]}, ("pause_consumer", ("c",), TIMED)),
        ("close_consumer", {"consumer_id": "c"}, ("close_consumer", ("c",), TIMED)),
        (
            "set_preferences",
            {"consumers": [WISH]},
            ("set_preferences", ("c", 1, TOP, 200), TIMED),
        ),
        ("router_stats", {"router_id": "r"}, ("router_stats", ("r",), {})),
    ],
)
def test_a_verb_is_one_call(method: str, values: dict[str, Any], call: object) -> None:
    core = Core()
    assert apply(core, method, values) == {}
    assert core.calls == [call]


def test_every_verb_is_in_the_table_above() -> None:
    marks = cast(Any, test_a_verb_is_one_call).pytestmark
    assert {row[0] for row in marks[0].args[1]} == set(control.VERBS)


@pytest.mark.parametrize("method", ["create_transport", "restart_ice", "consume"])
def test_answers_come_back(method: str) -> None:
    names = ("router_id", "endpoint_id", "transport_id", "consumer_id", "producer_id")
    values: dict[str, Any] = dict.fromkeys(names, "x") | {"rtp_capabilities": {}}
    assert apply(Core({"id": "t"}), method, values) == {"id": "t"}


def test_wishes_come_in_batches_and_those_for_closed_consumers_are_passed_over() -> None:
    core = Core(Refused("consumer.unknown"))
    assert apply(core, "set_preferences", {"consumers": [WISH, WISH | {"consumer_id": "d"}]}) == {}
    assert [call[1][0] for call in core.calls] == ["c", "d"]


@pytest.mark.parametrize(
    "consumers", [None, {}, ["c"], [{}], [WISH | {"priority": None}], [WISH | {"spatial": "1"}]]
)
def test_wishes_of_the_wrong_shape_change_nothing(consumers: object) -> None:
    core = Core()
    with pytest.raises(Malformed):
        apply(core, "set_preferences", {"consumers": consumers})
    assert not core.calls


def test_consumers_that_closed_meanwhile_are_passed_over() -> None:
    core = Core(Refused("consumer.unknown"))
    assert apply(core, "resume_consumers", {"consumer_ids": ["a", "b"]}) == {}
    assert len(core.calls) == 2
    with pytest.raises(Refused):
        apply(Core(Refused("transport.closed")), "pause_consumers", {"consumer_ids": ["a"]})


def test_an_unknown_source_is_refused() -> None:
    values = {"transport_id": "t", "producer_id": "p", "source": "hologram"}
    with pytest.raises(Refused) as caught:
        apply(Core(), "produce", values)
    assert caught.value.code == "source.unknown"


values = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text("ab.", max_size=9)
    | st.lists(st.integers(), max_size=3)
)
names = st.sampled_from(
    ["router_id", "transport_id", "consumer_ids", "spatial", "paused", "rtp_parameters"]
)


@given(st.sampled_from(sorted(control.VERBS)), st.dictionaries(names, values))
def test_any_parameters_are_taken_or_malformed(method: str, given_values: dict[str, Any]) -> None:
    core = Core()
    try:
        apply(core, method, given_values)
    except (Malformed, Refused) as error:
        assert error.code in ("control.params", "source.unknown")  # noqa: PT017
        assert not core.calls


def test_an_unknown_verb_is_malformed() -> None:
    with pytest.raises(Malformed) as caught:
        apply(Core(), "__init__", {})
    assert caught.value.code == "control.unknown_verb"
