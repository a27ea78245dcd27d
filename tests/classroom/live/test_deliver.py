"""One event to many sockets: encoded once, in order, without a task for each."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

from classroom.live.engine import Backlog, SocketServer


async def connected(server: SocketServer, *names: str) -> dict[str, Any]:
    """Sockets with nobody at the other end, each on a connection of its own."""
    connections = {}
    for name in names:
        connection = SimpleNamespace(queue=Backlog(), closed=False)
        server.eio.sockets[name] = connection
        connections[await server.manager.connect(name, "/")] = connection
    return connections


async def test_an_event_is_encoded_once_and_queued_for_each() -> None:
    server = SocketServer("")
    there = await connected(server, "a", "b")
    before = asyncio.all_tasks()
    server.deliver("room.events", {"entries": [{"seq": 1}]}, [*there, "gone"])
    assert asyncio.all_tasks() == before
    first, second = (one.queue.get_nowait() for one in there.values())
    assert first is second
    assert first.encode() == '42["room.events",{"entries":[{"seq":1}]}]'


async def test_events_keep_their_order_and_count_as_backlog() -> None:
    server = SocketServer("")
    ((socket, connection),) = (await connected(server, "a")).items()
    for number in range(3):
        server.deliver("room.events", {"n": number}, [socket])
    assert connection.queue.characters > 0
    texts = [connection.queue.get_nowait().encode() for _ in range(3)]
    assert [text[-3] for text in texts] == ["0", "1", "2"]
    assert connection.queue.characters == 0


async def test_a_closed_connection_gets_nothing() -> None:
    server = SocketServer("")
    ((socket, connection),) = (await connected(server, "a")).items()
    connection.closed = True
    server.deliver("room.events", {}, [socket])
    assert connection.queue.empty()
