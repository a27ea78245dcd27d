"""Requests are read strictly; replies and notices are plain JSON."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom.errors import Refused
from classroom.wire import codec, messages

PREFERENCE = {"consumer_id": "c", "spatial": 2, "temporal": 0, "priority": 200}
GOOD: dict[str, dict[str, Any]] = {
    "room.join": {"rtp_capabilities": {"codecs": []}, "client_version": 1},
    "room.sync": {},
    "room.leave": {},
    "room.end": {},
    "chat.post": {
        "text": "hello",
        "client_id": "c-1_a",
        "to": "staff",
        "reply_to": "m1",
        "files": ["f1"],
    },
    "file.share": {"file_id": "f1", "to": "staff"},
    "file.remove": {"file_id": "f1"},
    "deck.place": {"deck_id": "d1", "placement_id": ""},
    "deck.leave": {"placement_id": "p-1_a"},
    "deck.update": {"placement_id": "p-1_a"},
    "deck.placements": {"deck_id": "d1"},
    "recording.ask": {
        "purpose": "For those who are ill",
        "kinds": ["voice", "ink"],
        "answers": {"voice": True, "ink": False},
        "text": "2026-11/en",
    },
    "recording.begin": {},
    "recording.pause": {},
    "recording.resume": {},
    "recording.stop": {},
    "recording.answer": {
        "recording_id": "r1",
        "answers": {"voice": True},
        "text": "2026-11/zh-CN",
    },
    "recording.seen": {},
    "recording.withdraw": {"kinds": ["voice"], "erase": True},
    "recording.catch_up": {},
    "recording.mark": {"title": "Roots"},
    "recording.text": {"locale": "en", "purpose": "", "kinds": []},
    "recording.consents": {},
    "ink.begin": {"look": "fade"},
    "ink.set": {"look": "stay", "open": False},
    "ink.clear": {},
    "ink.unclear": {},
    "ink.freeze": {"asset": "a1", "width": 1920, "height": 1080, "name": "Map"},
    "chat.delete": {"message_id": "m1"},
    "chat.react": {"message_id": "m1", "reaction": "like", "on": True},
    "chat.history": {"before": "m9", "limit": 50},
    "chat.mute": {"participant_id": "li", "on": True},
    "media.join": {"rtp_capabilities": {}},
    "media.prepare": {"rtp_capabilities": {}},
    "media.connect_transport": {"transport_id": "w1.t_-9", "dtls_parameters": {"role": "client"}},
    "media.restart_ice": {"transport_id": "t"},
    "media.produce": {
        "transport_id": "t",
        "source": "screen",
        "kind": "video",
        "rtp_parameters": {"encodings": [{"ssrc": 1}]},
        "paused": True,
        "share_mode": "motion",
    },
    "media.pause_producer": {"producer_id": "p"},
    "media.resume_producer": {"producer_id": "p"},
    "media.close_producer": {"producer_id": "p"},
    "media.set_share_mode": {"producer_id": "p", "share_mode": "text"},
    "media.resume_consumers": {"consumer_ids": ["a", "b"]},
    "media.pause_consumers": {"consumer_ids": []},
    "media.set_preferences": {"consumers": [PREFERENCE]},
    "network.watch": {"on": True},
    "board.ticket": {},
    "board.show": {"shown": True},
    "board.turn": {"page_id": "p1"},
    "board.add_page": {
        "width": 1280,
        "height": None,
        "paper": "ruled",
        "name": "",
        "after": "p1",
        "copy_of": None,
    },
    "board.change_page": {
        "page_id": "p1",
        "name": "Roots",
        "paper": "plain",
        "is_locked": True,
        "width": 640,
        "height": 480,
        "is_infinite": False,
    },
    "board.move_page": {"page_id": "p1", "before": "p2"},
    "board.remove_page": {"page_id": "p1"},
    "board.restore_page": {"page_id": "p1"},
    "board.clear_page": {"page_id": "p1"},
    "board.unclear_page": {"page_id": "p1"},
    "board.give_pen": {"pen": "own", "participant_id": "li"},
    "hand.raise": {},
    "hand.lower": {"participant_id": None, "all": True},
    "stage.bring": {
        "participant_id": "li",
        "microphone": True,
        "camera": False,
        "share": True,
        "pen": False,
    },
    "stage.leave": {"participant_id": "li"},
    "floor.mute": {"participant_id": None, "source": "camera"},
    "floor.ask": {"participant_id": "li", "source": "microphone"},
    "floor.decline": {"source": "microphone"},
    "floor.set_locks": {"microphones": True, "chat": False, "hands": None},
    "floor.spotlight": {"participant_id": None},
    "floor.focus": {"on": True},
    "floor.react": {"reaction": "clap"},
    "floor.layout": {"view": "gallery", "leads": True},
    "wall.open": {"task_page_id": "p1"},
    "wall.mark": {"mark": "stuck"},
    "wall.show": {"page_id": "p1", "named": True},
    "wall.lock": {"on": True},
    "wall.close": {"keep": False},
    "group.plan": {"names": ["A", "B"], "how": "hand", "members": []},
    "group.move": {"participant_id": "li", "group_id": None},
    "group.choose": {"group_id": "g1"},
    "group.open": {"minutes": 10, "task_page_id": None},
    "group.close": {"in_s": 60},
    "group.extend": {"minutes": 5},
    "group.rename": {"group_id": "g1", "name": "Owls"},
    "group.discard": {},
    "group.call": {},
    "group.answer_call": {"group_id": "g1"},
    "group.visit": {"group_id": "g1", "quiet": True},
    "group.speak": {"on": True},
    "ask.open": {
        "question": {
            "kind": "choice",
            "text": "How large?",
            "options": ["30", ""],
            "right": [1],
            "right_texts": [],
            "points": 3,
            "is_multiple": False,
            "is_anonymous": True,
            "seconds": 30,
        }
    },
    "ask.answer": {"poll_id": "q1", "choices": [0, 1], "text": ""},
    "ask.close": {"poll_id": "q1"},
    "ask.publish": {"poll_id": "q1", "on": True, "show_right": True},
    "ask.discard": {"poll_id": "q1"},
    "ask.pick": {"among": "hands"},
    "timer.start": {"seconds": None},
    "timer.pause": {"on": True},
    "timer.extend": {"seconds": 60},
    "timer.stop": {},
    "star.give": {"participant_id": "li", "count": -1},
    "lobby.set": {"on": True},
    "lobby.admit": {"participant_id": None},
    "lobby.turn_away": {"participant_id": "li"},
    "room.lock": {"on": True},
    "room.remove": {"participant_id": "li"},
    "room.set_role": {"participant_id": "li", "role": "observer"},
    "activity.set": {"page_id": "p1", "key": "count", "value": "[1]"},
    "activity.reset": {"page_id": "p1"},
    "activity.event": {"page_id": "p1", "name": "pressed", "value": "null"},
    "film.play": {"page_id": "p1", "position_ms": 0},
    "film.pause": {"page_id": "p1", "position_ms": 1500},
    "film.seek": {"page_id": "p1", "position_ms": 86_400_000},
    "film.rate": {"page_id": "p1", "rate": 150},
    "room.clock": {},
}


def malformed(event: str, payload: Any) -> dict[str, Any]:
    with pytest.raises(Refused) as refused:
        codec.decode(event, payload)
    assert refused.value.code == "message.malformed"
    return refused.value.params


def test_every_request_has_an_example() -> None:
    assert set(GOOD) == set(codec.BY_EVENT)


@pytest.mark.parametrize("event", GOOD)
def test_a_good_request_is_read(event: str) -> None:
    request = codec.decode(event, GOOD[event])
    assert type(request) is codec.BY_EVENT[event]
    assert dataclasses.asdict(request).items() >= GOOD[event].items()


@pytest.mark.parametrize("event", GOOD)
def test_an_unknown_field_is_refused_without_repeating_it(event: str) -> None:
    assert malformed(event, {**GOOD[event], "is_admin": True}) == {}


@pytest.mark.parametrize(
    ("event", "field"),
    [(event, name) for event, payload in GOOD.items() for name in payload],
)
def test_a_field_of_the_wrong_kind_is_refused_by_name(event: str, field: str) -> None:
    assert malformed(event, {**GOOD[event], field: 1.5}) == {"field": field}


def test_a_missing_field_is_refused_by_name() -> None:
    assert malformed("chat.post", {"text": "x"}) == {"field": "client_id"}


def test_defaults() -> None:
    assert codec.decode("room.join", None) == messages.JoinRoom()
    produce = {**GOOD["media.produce"]}
    del produce["paused"], produce["share_mode"]
    assert codec.decode("media.produce", produce).paused is False


@pytest.mark.parametrize(
    ("event", "change"),
    [
        ("chat.post", {"files": ["f1"] * 11}),
        ("chat.post", {"files": ["a b"]}),
        ("chat.post", {"text": "x" * (messages.CHAT_MAX + 1)}),
        ("chat.post", {"text": "half \ud83d"}),
        ("chat.post", {"client_id": "a b"}),
        ("chat.post", {"client_id": "x" * (messages.ID_MAX + 1)}),
        ("media.set_preferences", {"consumers": [PREFERENCE] * 501}),
        ("media.set_preferences", {"consumers": ["c"]}),
        ("media.set_preferences", {"consumers": [{**PREFERENCE, "spatial": "1"}]}),
        ("media.set_preferences", {"consumers": [{**PREFERENCE, "spatial": True}]}),
        ("media.set_preferences", {"consumers": [[PREFERENCE]]}),
        ("media.set_preferences", {"consumers": [{**PREFERENCE, "spatial": 4}]}),
        ("media.set_preferences", {"consumers": [{**PREFERENCE, "temporal": -1}]}),
        ("media.set_preferences", {"consumers": [{**PREFERENCE, "temporal": None}]}),
        ("media.set_preferences", {"consumers": [{**PREFERENCE, "priority": 256}]}),
        ("media.set_preferences", {"consumers": [{**PREFERENCE, "priority": True}]}),
        ("media.set_preferences", {"consumers": [{**PREFERENCE, "priority": 1.0}]}),
        ("media.set_preferences", {"consumers": [{**PREFERENCE, "consumer_id": "a b"}]}),
        ("media.set_preferences", {"consumers": [{**PREFERENCE, "rank": 1}]}),
        ("media.set_preferences", {"consumers": [{"consumer_id": "c"}]}),
        ("media.produce", {"source": "window"}),
        ("board.add_page", {"paper": "lined"}),
        ("board.add_page", {"name": "x" * 1001}),
        ("board.change_page", {"width": True}),
        ("board.give_pen", {"pen": "some"}),
        ("floor.mute", {"participant_id": "li", "source": "screen"}),
        ("floor.set_locks", {"microphones": "yes"}),
        ("group.plan", {"names": ["x" * 41], "how": "hand", "members": []}),
        ("group.plan", {"names": ["A"] * 21, "how": "hand", "members": []}),
        ("group.open", {"minutes": 0}),
        ("group.close", {"in_s": 61}),
        ("stage.bring", {"pen": "own"}),
        ("media.resume_consumers", {"consumer_ids": ["a"] * 501}),
        ("media.join", {"rtp_capabilities": {"x": float("nan")}}),
        ("media.join", {"rtp_capabilities": {"x": float("inf")}}),
        ("media.join", {"rtp_capabilities": {"x": 2**60}}),
        ("media.join", {"rtp_capabilities": {"x": b"bytes"}}),
        ("media.join", {"rtp_capabilities": {1: "x"}}),
        ("media.join", {"rtp_capabilities": {"\udc00": 1}}),
        ("media.join", {"rtp_capabilities": {"x": [0] * codec.VALUES_MAX}}),
    ],
)
def test_bounds(event: str, change: dict[str, Any]) -> None:
    malformed(event, {**GOOD[event], **change})


def test_depth_is_bounded_without_recursion() -> None:
    deep: Any = 1
    for _ in range(100_000):
        deep = [deep]
    malformed("media.join", {"rtp_capabilities": {"x": deep}})


@pytest.mark.parametrize("payload", [[], "x", 3, True, [{}]])
def test_a_payload_is_an_object(payload: Any) -> None:
    malformed("room.sync", payload)


def test_an_unknown_event() -> None:
    with pytest.raises(Refused, match=r"message\.unknown"):
        codec.decode("room.destroy", {})


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
fields = st.sampled_from(sorted({name for payload in GOOD.values() for name in payload}))


@given(st.sampled_from(sorted(GOOD)), st.dictionaries(fields, json_values) | json_values)
def test_anything_is_a_request_or_refused(event: str, payload: Any) -> None:
    answer: Any
    try:
        answer = codec.decode(event, payload)
    except Refused as refusal:
        answer = codec.refused(refusal)["error"]["code"]
    assert type(answer) is codec.BY_EVENT[event] or answer == "message.malformed"


def test_a_handshake() -> None:
    handshake = codec.decode_handshake({"seat": "a.b.c", "tab": "t1"})
    assert handshake == messages.Handshake("a.b.c", "t1", False)
    for wrong in (
        None,
        {},
        {"seat": "a"},
        {"seat": "a" * 3000, "tab": "t"},
        {"seat": 1, "tab": "t"},
    ):
        with pytest.raises(Refused, match=r"message\.malformed"):
            codec.decode_handshake(wrong)


def test_acknowledgements() -> None:
    assert codec.granted(messages.Done()) == {"ok": True, "data": {}}
    assert codec.refused(Refused("room.full", {"capacity": 3})) == {
        "ok": False,
        "error": {"code": "room.full", "params": {"capacity": 3}},
    }


def test_a_notice_is_json() -> None:
    who = messages.Participant("p", "名字", "host", "here", messages.MediaState(), "all", "now")
    line = messages.RoomEvent(3, 1500, messages.ParticipantJoined(who))
    form = codec.encode(messages.RoomEvents([line]))
    assert json.loads(json.dumps(form)) == form
    (entry,) = form["entries"]
    assert (entry["seq"], entry["clock_ms"]) == (3, 1500)
    assert entry["event"]["type"] == "participant_joined"
    assert entry["event"]["participant"]["media"]["screen_mode"] == "text"


def test_every_reply_and_notice_can_be_written() -> None:
    for kind in {*messages.REQUESTS.values(), *messages.NOTICES}:
        assert kind in codec._WRITERS
