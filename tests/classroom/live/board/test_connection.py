"""One socket of the board: whatever its writer stumbles over, the connection ends with a reason."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from typing import Any

import pytest

from classroom.live.board.connection import Connection
from whiteboard import frame
from whiteboard.frame_reading import server_frames
from whiteboard.frame_writing import encode


class Socket:
    """Takes what is sent, or fails."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.failure = failure
        self.sent: list[MutableMapping[str, Any]] = []

    async def send(self, message: MutableMapping[str, Any]) -> None:
        if self.failure is not None:
            raise self.failure
        self.sent.append(message)


async def code_of(connection: Connection, pull: Any) -> str:
    """With what the connection is closed when there is something to write."""
    writing = asyncio.create_task(connection.write(pull))
    connection.wake()
    try:
        return await asyncio.wait_for(connection.closed(), 20)
    finally:
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)


async def test_a_bug_in_what_is_pulled_ends_the_connection() -> None:
    def pull() -> bytes:
        raise KeyError("a bug")

    assert await code_of(Connection(Socket().send), pull) == "server.error"


@pytest.mark.parametrize("failure", [RuntimeError("state"), TypeError("bytes")])
async def test_a_socket_that_fails_oddly_ends_the_connection(failure: Exception) -> None:
    connection = Connection(Socket(failure).send)
    assert await code_of(connection, lambda: b"x") == "server.error"
    await connection.say_goodbye("server.error")


async def test_a_socket_that_went_away_ends_it_silently() -> None:
    assert await code_of(Connection(Socket(ConnectionResetError()).send), lambda: b"x") == ""


async def test_the_last_words_come_before_the_reason() -> None:
    socket = Socket()
    connection = Connection(socket.send)
    connection.close("rate.limited", encode(frame.Ack(0, 3, 9)))
    connection.close("server.closing")
    await connection.say_goodbye(await connection.closed())
    [message, end] = socket.sent
    told = list(server_frames(message["bytes"]))
    assert told == [frame.Ack(0, 3, 9), frame.Fault("rate.limited")]
    assert end["type"] == "websocket.close"
