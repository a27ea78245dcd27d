"""Who comes to the board and who does not: tickets, first words, sizes, rates, and every end."""

from __future__ import annotations

import asyncio

import pytest

from bench.websocket import Line
from classroom.live.board import door, live_board, tickets
from classroom.live.opening import LiveTerms
from tests.support.board_class import BoardClass, Member, board_class
from tests.support.board_client import BoardClient, hello
from tests.support.boards import item_id, stroke
from tests.support.signalling import until
from whiteboard import frame, limits, peer
from whiteboard.frame_writing import encode, encode_all

UNKNOWN = "ticket.unknown"


async def ticket_of(member: Member) -> str:
    return str((await member.ask("board.ticket"))["ticket"])


async def told(room: BoardClass, first: str | bytes) -> str:
    """The fault with which somebody is closed who begins like this."""
    client = await BoardClient.connect(room.place.port)
    await client.line.send(first)
    return await client.ended()


async def still_works(member: Member) -> None:
    """Nobody else notices."""
    await member.board.settled()


# Tickets


async def test_a_ticket_is_worth_one_connection() -> None:
    async with board_class() as room:
        wu = await room.member("Wu", "host")
        ticket = await ticket_of(wu)
        first = await BoardClient.connect(room.place.port)
        await first.send(frame.Hello(ticket))
        await first.hear(frame.Welcome)
        assert await told(room, hello(ticket)) == UNKNOWN
        await first.settled()


async def test_first_words_that_let_nobody_in() -> None:
    async with board_class() as room:
        wu = await room.member("Wu", "host")
        opening = frame.Open(0, "b/p/0", 7, b"", frame.WRITE)
        for first in (hello(""), hello("x" * 10_000), hello("nonsense"), encode(opening)):
            assert await told(room, first) == UNKNOWN
        for first in (b"", b"\x00", b"\xff" * 40, "text", b"\x05\x01\x09abc"):
            assert await told(room, first) == "frame.malformed"
        for size in (limits.HELLO_BYTES_MAX, limits.MESSAGE_BYTES_MAX):
            assert await told(room, b"\x01" * (size + 1)) == "frame.large"
        await still_works(wu)


async def test_what_follows_a_ticket_that_is_worth_nothing_is_not_read() -> None:
    async with board_class() as room:
        wu = await room.member("Wu", "host")
        rest = encode(frame.Ping(0)) * 10_000 + b"\x01\x63"
        assert await told(room, hello("nonsense") + rest) == UNKNOWN
        assert await told(room, hello(await ticket_of(wu)) + b"\x01\x63") == "frame.malformed"


async def test_who_sends_too_many_bytes_waits_and_loses_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(peer, "BYTES_BURST", 2_000.0)
    monkeypatch.setattr(peer, "BYTES_PER_S", 50_000.0)
    async with board_class() as room:
        wu, li = await room.pair()
        theirs, ours = await li.page(), await wu.page()
        begun = asyncio.get_running_loop().time()
        drawn = await theirs.draw(200)
        await theirs.saved()
        lasted = asyncio.get_running_loop().time() - begun
        await ours.sees(*drawn)
        assert lasted > (len(theirs.doc.get_update()) - 2_000) / 50_000 > 0.3


async def test_an_old_ticket_is_worth_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tickets, "LIVES_S", 0.0)
    async with board_class() as room:
        person = await room.place.join("Wu", "host")
        ticket = (await person.ask("board.ticket"))["ticket"]
        assert await told(room, hello(ticket)) == UNKNOWN


async def test_a_ticket_is_worth_nothing_when_its_holder_has_left() -> None:
    async with board_class() as room:
        wu, li = await room.pair()
        ticket = await ticket_of(li)
        await li.ask("room.leave")
        assert await told(room, hello(ticket)) == UNKNOWN
        await still_works(wu)


async def test_a_ticket_is_worth_nothing_in_another_tab() -> None:
    async with board_class() as room:
        seat = room.place.seat("Li")
        li = await room.member("Li", seat=seat)
        ticket = await ticket_of(li)
        other = await room.place.connect(seat, tab="tab-2", takeover=True)
        await other.join()
        assert await told(room, hello(ticket)) == UNKNOWN


async def test_who_says_nothing_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "HELLO_WITHIN_S", 0.05)
    async with board_class() as room:
        await room.place.join("Wu", "host")
        silent = await BoardClient.connect(room.place.port)
        assert await silent.ended() == UNKNOWN


async def test_too_many_who_say_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "WAITING_MAX", 2)
    async with board_class() as room:
        wu = await room.member("Wu", "host")
        for _ in range(2):
            await BoardClient.connect(room.place.port)
        with pytest.raises(ConnectionError):
            await BoardClient.connect(room.place.port)
        await still_works(wu)


async def test_a_page_of_another_site_is_not_let_in() -> None:
    async with board_class() as room:
        port = room.place.port
        with pytest.raises(ConnectionError):
            await BoardClient.connect(port, {"Origin": "https://evil.example"})
        await BoardClient.connect(port, {"Origin": f"http://127.0.0.1:{port}"})


# Inside


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("text", "frame.malformed"),
        (b"\x02\x63\x00", "frame.malformed"),
        (b"\x7f\x04", "frame.malformed"),
        (encode(frame.Hello("again")), "frame.malformed"),
        (b"\x01" * (limits.MESSAGE_BYTES_MAX + 1), "frame.large"),
        (encode_all([frame.Ping(1)] * 3000), "rate.limited"),
    ],
)
async def test_what_ends_a_connection_and_no_other(message: str | bytes, code: str) -> None:
    async with board_class() as room:
        wu, li = await room.pair()
        await li.board.line.send(message)
        assert await li.board.ended() == code
        await still_works(wu)
        assert (await room.seated(li.person)).board.peer > 0


async def test_frames_behind_the_first_words_are_heard() -> None:
    async with board_class() as room:
        wu = await room.member("Wu", "host")
        client = await BoardClient.connect(room.place.port)
        await client.send(frame.Hello(await ticket_of(wu)), frame.Ping(9))
        assert (await client.hear(frame.Pong)).n == 9


async def test_a_newer_connection_takes_the_place_of_the_older() -> None:
    async with board_class() as room:
        wu, li = await room.pair()
        again = await room.seated(li.person)
        assert await li.board.ended() == "seat.gone"
        await again.board.settled()
        await wu.board.hear(frame.Peers, lambda one: len(one.peers) == 2)


async def test_another_tab_takes_the_place_of_the_older() -> None:
    async with board_class() as room:
        seat = room.place.seat("Li")
        li = await room.member("Li", seat=seat)
        other = await room.place.connect(seat, tab="tab-2", takeover=True)
        assert await li.board.ended() == "seat.gone"
        await other.join()
        await (await room.seated(other)).board.settled()


async def test_the_same_tab_keeps_its_board_when_its_signalling_heals() -> None:
    async with board_class() as room:
        seat = room.place.seat("Li")
        li = await room.member("Li", seat=seat)
        await room.place.join("Li", seat=seat)
        await li.board.settled()


async def test_who_leaves_or_is_made_something_else_comes_anew_or_not_at_all() -> None:
    async with board_class() as room:
        wu, li = await room.pair()
        await li.ask("room.leave")
        assert await li.board.ended() == "seat.gone"
        seat = room.place.seat("Bo", participant_id="bo")
        bo = await room.member("Bo", seat=seat)
        await room.place.join("Bo", seat=room.place.seat("Bo", "assistant", participant_id="bo"))
        assert await bo.board.ended() == "seat.gone"
        await still_works(wu)


async def test_somebody_who_never_comes_back_loses_the_board_too() -> None:
    async with board_class(terms=LiveTerms(seat_grace_s=0.1)) as room:
        wu = await room.member("Wu", "host")
        li = await room.member("Li")
        await li.person.leave_line()
        assert await li.board.ended() == "seat.gone"
        await still_works(wu)


async def test_who_does_not_read_is_closed_and_nobody_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("whiteboard.postbox.PENDING_BYTES_MAX", 200_000)
    async with board_class() as room:
        wu, li = await room.pair()
        hers = await wu.page()
        deaf = await Line.open(room.place.port, "/ws/board", {})
        await deaf.send(hello(await ticket_of(li)))
        await li.board.ended()
        await deaf.send(encode(frame.Open(0, hers.doc_id, 77, b"", frame.WRITE)))
        live = room.place.live._hub.rooms[room.place.rooms["room-1"].id]
        seats = live.board._seats
        await until(lambda: seats[li.person.id][1].name == "Li")
        big = stroke(wu.board.author, d=b"\x01" + b"\x02" * 15_000)
        sent = 0
        while li.person.id in live.board._seats:
            sent += 1
            assert sent < 1000
            await hers.put(item_id(hers.client_id, sent), big)
            if sent % 20 == 0:
                await hers.saved()
        assert wu.board.fault == ""
        await deaf.close()
        await hers.saved()


async def test_a_bug_of_ours_ends_one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    async with board_class() as room:
        wu, li = await room.pair()
        hears = live_board.LiveBoard.receive

        def stumbles(self: live_board.LiveBoard, peer: int, message: bytes) -> None:
            if peer == li.board.peer:
                raise RuntimeError("a bug")
            hears(self, peer, message)

        monkeypatch.setattr(live_board.LiveBoard, "receive", stumbles)
        await li.board.settled()  # the message that was waited for already is heard as ever
        await li.board.send(frame.Ping(1))
        assert await li.board.ended() == "server.error"
        await still_works(wu)


async def test_when_the_server_stops_those_who_wait_are_told_too() -> None:
    async with board_class() as room:
        wu = await room.member("Wu", "host")
        waiting = await BoardClient.connect(room.place.port)
        await asyncio.gather(room.place.live.close(), waiting.ended())
        await wu.board.ended()
        assert (wu.board.fault, waiting.fault) == ("server.closing", "server.closing")
        with pytest.raises(ConnectionError):
            await BoardClient.connect(room.place.port)
