"""A class over bundles of WebSockets on loopback: broken ones, guests without a key, and limits."""

from __future__ import annotations

import asyncio
import base64
import json
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from prometheus_client import REGISTRY
from wsproto.events import CloseConnection

from bench.websocket import Line, LineClosed
from classroom.clock import monotonic
from classroom.live import bundle_posts, bundles
from classroom.live.bundle_frames import MalformedBundle
from classroom.live.gate import Message, Receive, Scope, Send
from tests.support import bundled as bundled_module
from tests.support.bundled import TARGET, Bundled
from tests.support.signalling import CAPABILITIES, Place, classroom, until


def gauge(name: str) -> float:
    return REGISTRY.get_sample_value(name) or 0.0


@asynccontextmanager
async def bundled(place: Place, name: str = "Li") -> AsyncIterator[Bundled]:
    """Somebody in the room, over one WebSocket so far."""
    bundle = Bundled(place.port)
    await bundle.dial()
    try:
        await bundle.hear("0{")
        seat = place.seat(name, participant_id=name.lower())
        await bundle.put("40" + json.dumps({"seat": seat, "tab": "t", "takeover": False}))
        await bundle.hear("40{")
        joined = await bundle.ask(0, "room.join", {"rtp_capabilities": CAPABILITIES})
        assert joined["ok"], joined
        yield bundle
    finally:
        await bundle.close()


async def say(bundle: Bundled, number: int) -> None:
    answer = await bundle.ask(number, "chat.post", {"text": f"{number}", "client_id": f"c{number}"})
    assert answer["ok"], answer


async def test_it_looks_like_one_socket() -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        async with bundled(place) as li:
            await say(li, 1)
            assert (await wu.hear_event("chat_posted"))["message"]["text"] == "1"
            await wu.ask("chat.post", text="hello", client_id="w")
            while "hello" not in await li.hear('42["room.events"'):
                pass
            assert gauge("classroom_bundles") == 1
            assert gauge("classroom_bundle_strands") == 1


async def test_who_asks_for_it_has_long_texts_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled_module, "TARGET", f"{TARGET}&pack=1")
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        li = Bundled(place.port)
        await li.dial()
        await li.hear("0{")
        seat = place.seat("Li", participant_id="li")
        await li.put("40" + json.dumps({"seat": seat, "tab": "t", "takeover": False}))
        await li.hear("40{")
        await li.put('420["room.join",{}]')
        packed = base64.b64decode((await li.hear("Z"))[1:])
        welcome = zlib.decompress(packed, -zlib.MAX_WBITS).decode()
        assert welcome.startswith('430[{"ok":true')
        await wu.ask("chat.post", text="hello", client_id="w")
        while "hello" not in await li.hear('42["room.events"'):
            pass
        await li.close()


async def test_when_all_break_the_next_one_goes_on() -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        async with bundled(place) as li:
            await li.dial()
            await say(li, 1)
            for name in list(li.lines):
                await li.cut(name)
            await wu.ask("chat.post", text="meanwhile", client_id="w")
            li.core.put('422["chat.post",{"text":"2","client_id":"c2"}]', now=1e9)
            await li.dial()
            await li.hear("432[")
            while "meanwhile" not in await li.hear('42["room.events"'):
                pass
            texts = [(await wu.hear_event("chat_posted"))["message"]["text"] for _ in range(3)]
            assert texts == ["1", "meanwhile", "2"]
            names = [name for name, _ in wu.heard]
            assert not any("changed" in str(event) for _, event in wu.heard), names


async def test_without_any_the_person_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "AWAY_S", 1.0)
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        async with bundled(place) as li:
            (name,) = li.lines
            await li.cut(name)
            changed = await wu.hear_event("participant_changed")
            while changed["participant"]["connection"] != "away":
                changed = await wu.hear_event("participant_changed")
            await until(lambda: gauge("classroom_bundles") == 0)
            name = await li.dial()
            await li.closed(name)
            assert li.answers == ["G"], "the key of a bundle that is over opens nothing"


async def test_a_page_that_goes_is_away_at_once() -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        async with bundled(place) as li:
            (line,) = li.lines.values()
            line._send(CloseConnection(code=1001))
            changed = await wu.hear_event("participant_changed")
            while changed["participant"]["connection"] != "away":
                changed = await wu.hear_event("participant_changed")


async def test_the_end_ends_it() -> None:
    async with classroom() as place:
        await place.join("Wu", "host")
        async with bundled(place) as li:
            (name,) = li.lines
            await li.put("41")
            li.core.end(now=1e9)
            await li.flush()
            await li.closed(name)
            await until(lambda: gauge("classroom_bundles") == 0)


async def test_the_server_ends_it_with_its_last_words() -> None:
    async with classroom() as place, bundled(place) as li:
        (name,) = li.lines
        await place.live.close()
        assert "retry_ms" in await li.hear('42["server.closing"')
        await li.closed(name)
        assert li.core.is_over


@pytest.mark.parametrize("first", ["hello", '0{"sid":1}', "40{}", "Bshort,,0"])
async def test_who_does_not_greet_is_closed(first: str) -> None:
    async with classroom() as place:
        line = await Line.open(place.port, TARGET, {})
        await line.send(first)
        with pytest.raises(LineClosed):
            await asyncio.wait_for(line.receive(), 20)
        await line.close()


async def test_who_says_nothing_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "GREET_WITHIN_S", 0.05)
    async with classroom() as place:
        line = await Line.open(place.port, TARGET, {})
        with pytest.raises(LineClosed):
            await asyncio.wait_for(line.receive(), 20)
        await line.close()


async def test_too_many_that_do_not_greet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "GREETING_MAX", 2)
    async with classroom() as place:
        lines = [await Line.open(place.port, TARGET, {}) for _ in range(2)]
        with pytest.raises(ConnectionError):
            await Line.open(place.port, TARGET, {})
        for line in lines:
            await line.close()
        async with asyncio.timeout(20):
            while True:
                try:
                    await (await Line.open(place.port, TARGET, {})).close()
                    break
                except ConnectionError:
                    await asyncio.sleep(0.01)


async def test_one_too_many_takes_the_place_of_the_one_that_is_silent() -> None:
    async with classroom() as place:
        await place.join("Wu", "host")
        async with bundled(place) as li:
            await say(li, 1)
            second = await li.dial()
            for _ in range(bundles.STRANDS_MAX - 1):
                await li.dial()
            await li.closed(second)
            await until(lambda: gauge("classroom_bundle_strands") == bundles.STRANDS_MAX)
            await say(li, 2)


async def test_a_bad_line_ends_only_its_socket() -> None:
    async with classroom() as place:
        await place.join("Wu", "host")
        async with bundled(place) as li:
            second = await li.dial()
            await li.lines[second].send("F900,0:nonsense")
            await li.closed(second)
            await say(li, 1)


async def test_a_frame_that_is_none_ends_the_bundle() -> None:
    async with classroom() as place:
        await place.join("Wu", "host")
        async with bundled(place) as li:
            (name,) = li.lines
            await li.put("5upgrade")
            await li.closed(name)


async def test_somebody_elses_name_for_a_key() -> None:
    async with classroom() as place:
        await place.join("Wu", "host")
        async with bundled(place) as li:
            name = await li.dial(hello=f"B{li.key},00ff,0")
            await li.closed(name)
            assert li.answers == ["G"]
            await say(li, 1)


async def test_who_sends_faster_than_it_is_read_has_to_wait() -> None:
    taken = 0
    rest = asyncio.Event()

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        await rest.wait()
        while (await receive())["type"] != "websocket.disconnect":
            pass

    async def receive() -> Message:
        nonlocal taken
        taken += 1
        text = {1: f"B{'k' * 22},,0"}.get(taken - 1, f"F{taken - 2},0:x")
        return {"type": "websocket.receive", "text": text}

    async def send(message: Message) -> None:
        pass

    served = bundles.Bundles(application, monotonic)
    scope: Scope = {"type": "websocket", "query_string": b"bundle=1"}
    strand = asyncio.create_task(served.serve(scope, receive, send))
    await until(lambda: taken > bundles.INBOX_MAX)
    for _ in range(100):
        await asyncio.sleep(0)
    assert taken < bundles.INBOX_MAX + 5
    strand.cancel()
    await asyncio.gather(strand, return_exceptions=True)
    rest.set()
    await served.close()


# Requests


async def post(place: Place, *lines: str) -> AsyncIterator[str]:
    """What the server answers to a request with these lines, as it comes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", place.port)
    body = "\x1e".join(lines).encode()
    head = f"POST {TARGET} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + body)
    async with asyncio.timeout(20):
        await reader.readuntil(b"\r\n\r\n")
        while size := int(await reader.readline(), 16):
            chunk = (await reader.readexactly(size + 2))[:-2].decode()
            for line in chunk.split("\x1e")[:-1]:
                yield line
    writer.close()


async def test_a_request_carries_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle_posts, "OPEN_S", 0.2)
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        async with bundled(place) as li:
            for name in list(li.lines):
                await li.cut(name)
            seen, number = li.core.seen, li.core.said + 1
            ask = f'F{number},{seen}:425["chat.post",{{"text":"posted","client_id":"p"}}]'
            heard = [line async for line in post(place, f"B{li.key},{li.name},{seen}", ask)]
            assert heard[0] == f"B{li.name},{number - 1}"
            assert any(':435[{"ok":true' in line for line in heard)
            assert (await wu.hear_event("chat_posted"))["message"]["text"] == "posted"
            again = [line async for line in post(place, f"B{li.key},{li.name},{seen}", ask)]
            assert any(':435[{"ok":true' in line for line in again), "it was not seen yet"
            assert again[0] == f"B{li.name},{number}"


@pytest.mark.parametrize("first", ["B{key},,0", "B{key},ff,0"])
async def test_a_request_begins_no_bundle(first: str) -> None:
    async with classroom() as place:
        assert [one async for one in post(place, first.format(key="k" * 22))] == ["G"]
        assert gauge("classroom_bundles") == 0


@pytest.mark.parametrize("first", ["", "nonsense", "x" * 300_000, "B{key},,0,"])
async def test_a_request_that_is_none_gets_nothing(first: str) -> None:
    async with classroom() as place:
        assert [one async for one in post(place, first.format(key="k" * 22))] == []


async def test_who_does_not_know_a_key_is_read_no_further() -> None:
    asked = 0

    async def receive() -> Message:
        nonlocal asked
        asked += 1
        return {"type": "http.request", "body": b"x" * 4_096, "more_body": True}

    one = bundle_posts.Post(receive, send=None)  # type: ignore[arg-type]
    with pytest.raises(MalformedBundle):
        await one.read()
    assert asked == 1


async def test_a_line_counts_before_the_last_of_its_request_came() -> None:
    chunks: asyncio.Queue[Message] = asyncio.Queue()
    one = bundle_posts.Post(chunks.get, send=None)  # type: ignore[arg-type]
    chunks.put_nowait(
        {"type": "http.request", "body": b"Bkey,,0\x1eF1,0:a\x1eF2", "more_body": True}
    )
    assert await one.read() == "Bkey,,0"
    assert (await one.receive())["text"] == "F1,0:a"
    last = asyncio.ensure_future(one.receive())
    chunks.put_nowait(
        {"type": "http.request", "body": ",0:李\x1e".encode()[:-2], "more_body": True}
    )
    chunks.put_nowait({"type": "http.request", "body": ",0:李\x1e".encode()[-2:-1]})
    assert (await last)["text"] == "F2,0:李"
    chunks.put_nowait({"type": "http.disconnect"})
    assert (await one.receive())["type"] == "websocket.disconnect"


async def test_a_request_that_breaks_off_gives_no_half_line() -> None:
    chunks: asyncio.Queue[Message] = asyncio.Queue()
    one = bundle_posts.Post(chunks.get, send=None)  # type: ignore[arg-type]
    chunks.put_nowait({"type": "http.request", "body": b"Bkey,,0\x1eF1,0:hal", "more_body": True})
    chunks.put_nowait({"type": "http.disconnect"})
    await one.read()
    assert (await one.receive())["type"] == "websocket.disconnect"
