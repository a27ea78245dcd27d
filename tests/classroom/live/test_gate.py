"""The gate knows a signalling frame from anything else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom.live.gate import FRAME_MAX, RESERVED, FrameGate, gated

GOOD = [
    "3",
    "1",
    "41",
    "40",
    "40{}",
    '40{"seat":"a.b.c","tab":"t"}',
    '42["room.sync"]',
    '42["room.sync",null]',
    '427["chat.post",{"text":"名字","client_id":"c"}]',
    '429999999999["room.sync",{}]',
    '42["made.up",[1,2]]',
    '423["made.up",{},"a-Z_9"]',
]


@pytest.mark.parametrize("frame", GOOD)
def test_good_frames_pass(frame: str) -> None:
    assert FrameGate().refusal(frame) is None


@pytest.mark.parametrize(
    ("frame", "reason"),
    [
        (b"42[]", "binary"),
        (None, "binary"),
        ("42" + "x" * FRAME_MAX, "too_large"),
        ("", "unknown"),
        ("2probe", "unknown"),
        ("5", "unknown"),
        ("43[1]", "unknown"),
        ("40[1]", "malformed"),
        ("40/admin,", "malformed"),
        ("42/admin,[1]", "malformed"),
        ('42[{"_placeholder":true}]', "malformed"),
        ('42["a",1,2]', "malformed"),
        ('42["a",1,""]', "malformed"),
        ('42["a",1,"b c"]', "malformed"),
        ('42["a",1,"' + "b" * 33 + '"]', "malformed"),
        ('42["a",1,"b",1]', "malformed"),
        ('42["connect",1,"b"]', "reserved"),
        ("42" + "[" * 50_000, "malformed"),
        ("42[" + "9" * 5_000 + "]", "malformed"),
        ('4212345678901["a"]', "malformed"),
    ],
)
def test_bad_frames_have_a_reason(frame: Any, reason: str) -> None:
    assert FrameGate().refusal(frame) == reason


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_an_event_cannot_pretend_to_be_the_library(name: str) -> None:
    assert FrameGate().refusal("42" + json.dumps([name, {}])) == "reserved"


def test_a_socket_is_opened_once() -> None:
    gate = FrameGate()
    assert gate.refusal("40{}") is None
    assert gate.refusal("40{}") == "opened_twice"


@given(st.text() | st.text().map(lambda text: "42" + text) | st.binary())
def test_anything_passes_or_has_a_reason(frame: Any) -> None:
    assert FrameGate().refusal(frame) in {
        None,
        "binary",
        "unknown",
        "malformed",
        "reserved",
        "opened_twice",
    }


async def test_other_traffic_passes_as_it_is() -> None:
    seen: list[Any] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        seen.append(await receive())

    async def receive() -> Any:
        return {"type": "http.request", "body": b"\x00"}

    await gated(application)({"type": "http"}, receive, receive)
    assert seen == [{"type": "http.request", "body": b"\x00"}]


async def test_a_refused_frame_is_the_end_of_the_line() -> None:
    frames = iter(
        [
            {"type": "websocket.connect"},
            {"type": "websocket.receive", "text": "3"},
            {"type": "websocket.receive", "bytes": b"3"},
        ]
    )
    seen: list[Any] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        seen.extend([(await receive())["type"] for _ in range(3)])

    async def receive() -> Any:
        return next(frames)

    await gated(application)({"type": "websocket"}, receive, receive)
    assert seen == ["websocket.connect", "websocket.receive", "websocket.disconnect"]
