"""Pictures on their way: how many bytes come in at once, and how many go out to one seat."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

import pytest

from classroom.errors import Refused
from classroom.http.pictures import FETCHED_AT_ONCE, FetchingTurns, PictureBody, SendingRoom


def refusal(sending: SendingRoom, seat: str, size: int) -> str:
    with pytest.raises(Refused) as refused, sending.held(seat, size):
        pass
    assert refused.value.params == {"retry_after_s": 5}
    return refused.value.code


def test_a_seat_and_all_seats_send_so_many_bytes_at_once() -> None:
    sending = SendingRoom(total=10, each=4)
    with sending.held("li", 4), sending.held("bo", 3):
        assert refusal(sending, "li", 1) == "rate.limited"
        assert refusal(sending, "cy", 4) == "server.busy"
        with sending.held("cy", 3):
            assert refusal(sending, "di", 1) == "server.busy"
        assert refusal(sending, "bo", 2) == "rate.limited"
    with sending.held("li", 4), sending.held("bo", 4):
        pass


def test_what_fails_gives_its_bytes_back() -> None:
    sending = SendingRoom(total=4, each=4)
    for _ in range(3):
        with pytest.raises(ValueError, match="broken"), sending.held("li", 4):
            raise ValueError("broken")


class Source:
    """Pictures of two pieces, and how many of them are open."""

    def __init__(self) -> None:
        self.open = 0

    async def pieces(self) -> AsyncGenerator[bytes, None]:
        self.open += 1
        try:
            yield b"one "
            yield b"two"
        finally:
            self.open -= 1


async def test_one_seat_is_sent_so_many_at_once_and_the_rest_waits() -> None:
    source, turns = Source(), FetchingTurns()
    bodies = [PictureBody(source.pieces, turns.of("li")) for _ in range(FETCHED_AT_ONCE)]
    begun = [await body.__aenter__() for body in bodies]
    assert [await anext(pieces) for pieces in begun] == [b"one "] * FETCHED_AT_ONCE

    async def fetch(seat: str) -> bytes:
        async with PictureBody(source.pieces, turns.of(seat)) as pieces:
            return b"".join([piece async for piece in pieces])

    waiting = asyncio.create_task(fetch("li"))
    assert await fetch("bo") == b"one two"
    assert not waiting.done()
    assert source.open == FETCHED_AT_ONCE
    await bodies[0].__aexit__(None, None, None)  # its reader went away in the middle
    assert await waiting == b"one two"
    for body in bodies[1:]:
        await body.__aexit__(None, None, None)
    assert source.open == 0
