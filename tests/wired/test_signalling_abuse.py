"""What no honest client sends: each has its code or its end, and the class goes on."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest
from engineio.packet import MESSAGE, Packet
from prometheus_client import REGISTRY

from classroom.ids import ParticipantId
from classroom.live import departures, engine, gate, limits, reception, signalling, silence
from classroom.live.engine import SocketServer
from classroom.live.gate import FRAME_MAX
from classroom.live.opening import LiveTerms
from classroom.people.seat import SeatClaims, issue_seat
from tests.support.signalling import Person, Place, Refusal, classroom, until


async def refused(asked: Any) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        await asked
    return refusal.value


def counted(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(f"{name}_total", labels) or 0.0


async def still_works(place: Place) -> None:
    """The server answers somebody else."""
    other = await place.join("Zo")
    await other.ask("room.sync")
    await other.leave_line()


# Connecting


async def test_seats_that_are_not_good() -> None:
    async with classroom() as place:
        expired = place.seat("Li", issued_ago_s=place.terms.seat_token_s + 1)
        assert (await refused(place.connect(expired))).code == "seat.expired"
        good = place.seat("Li")
        head, body, _ = good.split(".")
        assert (await refused(place.connect(f"{head}.{body}.AAAA"))).code == "seat.forged"
        assert (await refused(place.connect("nonsense"))).code == "seat.forged"
        claims = SeatClaims(
            room_id=place.room().id,
            code="kfm-qtw-xyz",
            participant_id=ParticipantId("li"),
            name="Li",
            role="host",
            account_id=None,
            expires_at=place.room().created_at.replace(year=2099),
        )
        other_key = issue_seat(claims, key=b"x" * 32)
        assert (await refused(place.connect(other_key))).code == "seat.forged"
        nowhere = place.seat("Li", room_id="deleted")
        assert (await refused(place.connect(nowhere))).code == "room.unknown"
        await still_works(place)


@pytest.mark.parametrize(
    "auth",
    [
        {},
        {"seat": 1, "tab": "a"},
        {"seat": "a", "tab": "a" * 65},
        {"seat": "a", "tab": "a", "takeover": "yes"},
        {"seat": "a", "tab": "a", "role": "host"},
        {"seat": "a" * 5000, "tab": "a"},
    ],
)
async def test_a_malformed_handshake(auth: dict[str, Any]) -> None:
    async with classroom() as place:
        person = await Person.open(place.port)
        assert (await refused(person.handshake(auth))).code == "message.malformed"


async def test_a_full_room() -> None:
    async with classroom(LiveTerms(capacity=2)) as place:
        seat = place.seat("Li")
        await place.join("Li", seat=seat)
        early = await place.connect(place.seat("Bo"))
        await place.join("Cy")
        full = await refused(place.connect(place.seat("Di")))
        assert (full.code, full.params) == ("room.full", {"capacity": 2})
        assert (await refused(early.join())).code == "room.full", "asked again when it joins"
        await place.join("Li", seat=seat)
        await place.join("Wu", "host")


async def test_too_many_connections_from_one_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reception, "ADDRESS_BURST", 2)
    monkeypatch.setattr(reception, "ADDRESS_RATE_PER_S", 0.001)
    async with classroom() as place:
        await place.join("Li")
        await place.join("Bo")
        limited = await refused(place.connect(place.seat("Cy")))
        assert limited.code == "rate.limited"
        assert limited.params["retry_ms"] > 0


@pytest.mark.parametrize(
    ("client", "key"),
    [
        (("2001:db8:1:2:3:4:5:6", 1), "2001:db8:1:2::/64"),
        (("10.0.0.1", 1), "10.0.0.1"),
        (None, "unknown"),
    ],
)
def test_connections_are_counted_as_http_counts_them(client: Any, key: str) -> None:
    assert reception.address_of({"asgi.scope": {"client": client}}) == key


async def test_a_page_of_another_site_is_refused() -> None:
    async with classroom() as place:
        with pytest.raises(ConnectionError):
            await Person.open(place.port, {"Origin": "https://evil.example"})
        own = await Person.open(place.port, {"Origin": f"https://127.0.0.1:{place.port}"})
        await own.handshake({"seat": place.seat("Li"), "tab": "a"})


async def test_a_store_that_fails_has_a_code(monkeypatch: pytest.MonkeyPatch) -> None:
    async with classroom() as place:

        async def broken(room_id: str) -> None:
            raise RuntimeError("the database is gone")

        door = place.live._signalling._reception._door
        monkeypatch.setattr(
            place.live._signalling._reception, "_door", replace(door, find_room=broken)
        )
        failed = await refused(place.connect(place.seat("Li")))
        assert failed.code == "server.error"
        assert len(failed.params["id"]) == 8


# Frames

FRAMES = [
    "",
    "garbage",
    "2",
    "6",
    "4",
    "43[1]",
    "45-[]",
    '451-["room.join",{"_placeholder":true,"num":0}]',
    "40/admin,{}",
    "42",
    "42{}",
    "42[]",
    "42[1]",
    '42[""]',
    '42["room.sync",{},{}]',
    '42["connect",{}]',
    '42["disconnect"]',
    '42["' + "x" * 65 + '"]',
    '421234567890123["room.sync"]',
    '42["room.sync",' + "[" * 30_000,
    '42["a",NaN' + "9" * 5000 + "]",
    '42["chat.post",{"text":"' + "x" * FRAME_MAX + '"}]',
    b"\x04\x00",
]


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: repr(frame[:20]))
async def test_a_frame_that_is_not_signalling_closes_its_socket(frame: Any) -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        li = await place.join("Li")
        await li.frame(frame)
        await li.closed.wait()
        changed = await wu.hear_event("participant_changed")
        assert changed["participant"]["connection"] == "away"
        await still_works(place)


async def test_a_second_opening_closes_the_socket() -> None:
    async with classroom() as place:
        li = await place.join("Li")
        await li.frame("40" + json.dumps({"seat": place.seat("Bo"), "tab": "b"}))
        await li.closed.wait()
        look = place.live.look(place.room().id)
        assert look is not None
        assert len(look.participant_ids) == 1


# Requests


async def test_requests_that_are_not_in_the_book() -> None:
    async with classroom() as place:
        li = await place.join("Li")
        assert (await refused(li.ask("room.destroy"))).code == "message.unknown"
        assert (await refused(li.ask("chat.post", text=1, client_id="c"))).params == {
            "field": "text"
        }
        answer = await li.ask_raw("chat.post", ["text"])
        assert answer["error"]["code"] == "message.malformed"
        assert (await li.ask_raw("room.sync"))["ok"], "no payload is an empty one"
        await li.send("room.sync", {})


async def test_requests_before_joining() -> None:
    async with classroom() as place:
        li = await place.connect(place.seat("Li"))
        for event in ("room.sync", "room.leave", "room.end"):
            assert (await refused(li.ask(event))).code == "room.not_joined"
        look = place.live.look(place.room().id)
        assert look is None, "a seat that was not taken is not seen"


async def test_our_own_failure_has_an_id_and_the_class_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with classroom() as place:
        li = await place.join("Li")

        async def broken(*arguments: Any) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(place.media, "produce", broken)
        failed = await refused(li.produce("camera"))
        assert failed.code == "server.error"
        assert len(failed.params["id"]) == 8
        await li.ask("chat.post", text="still here", client_id="c")


async def test_too_much_chat_is_refused_and_the_rest_still_works() -> None:
    async with classroom() as place:
        li = await place.join("Li")
        for number in range(int(limits.CHAT.burst)):
            await li.ask("chat.post", text="x", client_id=f"c{number}")
        limited = await refused(li.ask("chat.post", text="x", client_id="more"))
        assert limited.code == "rate.limited"
        assert 0 < limited.params["retry_ms"] <= 1001
        await li.ask("room.sync")


async def test_a_flood_is_refused_and_then_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "STRIKES", limits.Limit(0.001, 10))
    before = counted("classroom_sockets_dropped", reason="flood")
    async with classroom() as place:
        li = await place.join("Li")
        for _ in range(30):
            await li.send("nonsense")
        await li.closed.wait()
        assert counted("classroom_sockets_dropped", reason="flood") == before + 1
        await still_works(place)


async def test_whoever_joins_no_room_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signalling, "SWEEP_EVERY_S", 0.05)
    monkeypatch.setattr(signalling, "JOIN_WITHIN_S", 0.1)
    async with classroom() as place:
        silent = await Person.open(place.port)
        waiting = await place.connect(place.seat("Bo"))
        li = await place.join("Li")
        left = await place.join("Cy")
        await left.ask("room.leave")
        for person in (silent, waiting, left):
            await person.closed.wait()
        await li.ask("room.sync")


async def test_who_is_heard_nowhere_is_away_and_whose_sound_comes_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = counted("classroom_sockets_dropped", reason="silent")
    monkeypatch.setattr(departures, "LOOK_EVERY_S", 0.02)
    monkeypatch.setattr(silence, "LOOKS", 3)
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        li = await place.join("Li")
        place.media.stats[li.id] = {"is_heard": False}
        await li.closed.wait()
        assert (await wu.hear_event("participant_changed"))["participant"]["connection"] == "away"
        assert counted("classroom_sockets_dropped", reason="silent") == before + 1
        place.media.ready = False
        place.media.stats[wu.id] = {"is_heard": False}
        asked = place.media.asked.count("router_stats")
        await until(lambda: place.media.asked.count("router_stats") > asked + 3)
        assert not wu.closed.is_set(), "no worker tells anything"


async def test_whoever_does_not_read_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        li = await place.join("Li")
        slow = next(name for name, claim in place.live._hub.claims.items() if claim.who == li.id)
        monkeypatch.setattr(SocketServer, "is_behind", lambda self, socket: socket == slow)
        await wu.ask("chat.post", text="x", client_id="c")
        await li.closed.wait()
        assert (await wu.hear_event("participant_changed"))["participant"]["id"] == li.id


async def test_whoever_asks_and_does_not_read_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    before = counted("classroom_sockets_dropped", reason="behind")
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        li = await place.join("Li")
        slow = next(name for name, claim in place.live._hub.claims.items() if claim.who == li.id)
        monkeypatch.setattr(SocketServer, "is_behind", lambda self, socket: socket == slow)
        for _ in range(5):
            await li.send("room.sync")
        await li.closed.wait()
        assert (await wu.hear_event("participant_changed"))["participant"]["id"] == li.id
        assert counted("classroom_sockets_dropped", reason="behind") == before + 1


async def test_what_waits_is_measured_by_its_size_too(monkeypatch: pytest.MonkeyPatch) -> None:
    async with classroom() as place:
        li = await place.join("Li")
        server = place.live._server
        (socket,) = place.live._hub.claims
        backlog = server.eio.sockets[server.engine_id(socket)].queue
        await until(lambda: backlog.characters == 0)
        monkeypatch.setattr(engine, "BACKLOG_CHARACTERS_MAX", 100)
        assert not server.is_behind(socket)
        # Nobody reads between these lines: the writer gets its turn at the next wait.
        backlog.put_nowait(Packet(MESSAGE, '2["x",{"text":"' + "x" * 100 + '"}]'))
        assert backlog.characters > 100
        assert server.is_behind(socket)
        await li.hear("x")
        assert backlog.characters == 0
        assert not server.is_behind(socket)


async def test_the_whole_room_is_not_told_without_end() -> None:
    async with classroom() as place:
        li = await place.join("Li")
        answers = [await li.ask_raw("room.sync") for _ in range(int(limits.WHOLE.burst) + 1)]
        assert [answer["ok"] for answer in answers] == [True] * int(limits.WHOLE.burst) + [False]
        assert answers[-1]["error"]["code"] == "rate.limited"
        await li.ask("chat.post", text="x", client_id="c")


async def test_an_address_may_not_hold_connections_without_seats(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gate, "WAITING_MAX", 2)
    async with classroom() as place:
        silent = await Person.open(place.port)
        forged = await Person.open(place.port)
        await forged.frame("40" + json.dumps({"seat": "x", "tab": "a"}))
        with pytest.raises(ConnectionError):
            await Person.open(place.port)
        await silent.leave_line()
        for name in ("Li", "Bo", "Cy"):
            await joins_when_there_is_room(place, name)
        await forged.leave_line()


async def joins_when_there_is_room(place: Place, name: str) -> None:
    """The server hears of a closed line a moment later."""
    async with asyncio.timeout(20):
        while True:
            try:
                await place.join(name)
                return
            except ConnectionError:
                await asyncio.sleep(0.01)


async def test_idle_connections_are_closed_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that takes its time does not keep the others open."""
    monkeypatch.setattr(signalling, "SWEEP_EVERY_S", 0.05)
    monkeypatch.setattr(signalling, "JOIN_WITHIN_S", 0.1)
    drop, stuck = SocketServer.drop, asyncio.Event()
    seen: list[str] = []

    async def slow(self: SocketServer, connection: str) -> None:
        seen.append(connection)
        if len(seen) == 1:
            await stuck.wait()
        await drop(self, connection)

    monkeypatch.setattr(SocketServer, "drop", slow)
    async with classroom() as place:
        people = [await Person.open(place.port) for _ in range(3)]
        await until(lambda: sum(person.closed.is_set() for person in people) == 2)
        stuck.set()
        await asyncio.gather(*(person.closed.wait() for person in people))


async def test_joins_and_refusals_are_counted() -> None:
    async with classroom() as place:
        new = counted("classroom_joins", kind="new")
        unknown = counted("classroom_requests_refused", request="unknown", code="message.unknown")
        forged = counted("classroom_connections_refused", code="seat.forged")
        li = await place.join("Li")
        await refused(li.ask("made.up"))
        await refused(place.connect("x"))
        assert counted("classroom_joins", kind="new") == new + 1
        assert (
            counted("classroom_requests_refused", request="unknown", code="message.unknown")
            == unknown + 1
        )
        assert counted("classroom_connections_refused", code="seat.forged") == forged + 1
