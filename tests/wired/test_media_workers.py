"""The worker processes: start, port, death by every hand, and what the classroom hears of it."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time
from pathlib import Path

import pytest

from media.errors import Refused
from media.ids import EndpointId, RouterId
from media.server.events import WorkerLost, WorkerReady
from media.server.process import MediaWorker
from media.server.protocol import MAX_FRAME_BYTES
from media.server.supervisor import SILENT_S
from media.server.worker import MediaServer
from tests.support.wired import (
    Browser,
    Tone,
    loudness,
    media_server,
    open_sockets,
    process_ended,
    until,
)

ROOT = Path(__file__).resolve().parents[2]


async def pid_of(media: MediaServer) -> int:
    (metrics,) = await media.metrics()
    return int(metrics["pid"])


async def test_it_starts_takes_a_router_and_leaves_nothing() -> None:
    async with media_server() as (media, _):
        assert media.ready
        router_id = await media.create_router()
        made = await media.create_transport(router_id, EndpointId("e"))
        told = {(one["ip"], one["port"]) for one in made["iceCandidates"]}
        assert told == {("127.0.0.1", media.ports[0])}
        assert made["dtlsParameters"]["fingerprints"][0]["algorithm"] == "sha-256"
        await media.close_router(router_id)
        await media.close_router(router_id)
        with pytest.raises(Refused) as caught:
            await media.create_transport(router_id, EndpointId("e"))
        assert caught.value.code == "router.unknown"


async def test_announced_addresses_may_have_a_port_of_their_own() -> None:
    async with media_server(announced=["192.0.2.7", "127.0.0.1:5000"]) as (media, _):
        made = await media.create_transport(await media.create_router(), EndpointId("e"))
        for protocol in {one["protocol"] for one in made["iceCandidates"]}:
            told = [
                (one["ip"], one["port"])
                for one in made["iceCandidates"]
                if one["protocol"] == protocol
            ]
            assert told == [("192.0.2.7", media.ports[0]), ("127.0.0.1", 5000)]


async def test_a_port_in_use_is_a_clear_refusal_and_leaves_nothing() -> None:
    sockets = open_sockets()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        media = MediaServer("127.0.0.1", port)
        with pytest.raises(Refused) as caught:
            await media.start()
        assert caught.value.code == "media.port_in_use"
        assert f"UDP port {port}" in str(caught.value)
        assert not media.ready
    assert open_sockets() == sockets


async def test_an_address_that_is_none_is_a_clear_refusal() -> None:
    media = MediaServer("127.0.0.1", 0, announced=["nobody.invalid"])
    with pytest.raises(Refused) as caught:
        await media.start()
    assert caught.value.code == "media.address"


async def test_rooms_that_open_at_once_spread_over_the_workers() -> None:
    async with media_server(workers=2) as (media, _):
        assert len(set(media.ports)) == 2
        await asyncio.gather(*(media.create_router() for _ in range(4)))
        metrics = await media.metrics()
        assert [(one["place"], one["routers"]) for one in metrics] == [(0, 2), (1, 2)]


async def test_a_room_goes_where_the_processor_has_time() -> None:
    async with media_server(workers=2) as (media, _):
        media._workers.running[0].load.share = 0.9
        for _ in range(3):
            await media.create_router()
        assert [one["routers"] for one in await media.metrics()] == [0, 3]


async def test_how_busy_a_worker_is_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("media.server.supervisor.PING_S", 0.02)
    async with media_server() as (media, _):
        async with asyncio.timeout(10):
            while not (await media.metrics())[0]["processor_share"]:
                pass
        assert media._workers.running[0].load.share <= 1.0


async def test_what_was_not_made_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    async with media_server() as (media, _):
        (worker,) = media._workers.running

        async def refuse(method: str, **params: object) -> dict[str, object]:
            raise Refused("media.unavailable", method)

        with monkeypatch.context() as patch:
            patch.setattr(worker, "request", refuse)
            with pytest.raises(Refused):
                await media.create_router()
        assert worker.routers == set()
        assert worker.load.expected(rooms=0, now=0.0) == worker.load.share


async def test_more_workers_than_there_are_port_numbers_is_a_clear_refusal() -> None:
    media = MediaServer("127.0.0.1", 65535, workers=2)
    with pytest.raises(Refused) as caught:
        await media.start()
    assert caught.value.code == "media.port_range"
    assert "65535 to 65536" in str(caught.value)
    assert not media._workers._processes


async def test_no_number_of_workers_is_one_for_each_core(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("media.server.worker.usable_cores", lambda: 3)
    media = MediaServer("127.0.0.1", 40000, announced=["192.0.2.7:5000"], workers=0)
    places = [(place.port, place.announced) for place in media._workers._places]
    assert places == [(40000 + i, (f"192.0.2.7:{5000 + i}",)) for i in range(3)]


async def test_a_death_leaves_the_rooms_of_other_workers_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("media.server.supervisor.FILL_WAIT_S", 30.0)
    async with media_server(workers=2) as (media, events):
        await until(lambda: media._workers._spare is not None, within=30)
        dying, living = media._workers.running
        for _ in range(4):
            await media.create_router()
        talk = await Browser.join(media, RouterId(min(living.routers)), "wu")
        listen = await Browser.join(media, RouterId(min(living.routers)), "li")
        heard = await listen.watch(await talk.publish(Tone(), "microphone"))
        await heard.until(lambda frame: loudness(frame) > 1000)
        lost = set(dying.routers)

        os.kill(dying.pid, signal.SIGKILL)
        assert set((await events.wait(WorkerLost)).router_ids) == lost
        back = await asyncio.gather(*(media.create_router() for _ in lost))
        heard.skip()
        await heard.until(lambda frame: loudness(frame) > 1000)
        assert living.alive
        assert not set(back) & living.routers, "rooms that come back at once find the new worker"
        assert [one["routers"] for one in await media.metrics()] == [2, 2]
        await talk.close()
        await listen.close()


async def test_rooms_do_not_wait_long_for_a_place_that_cannot_be_filled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def refuse(place: object) -> None:
        raise Refused("media.port_in_use", "somebody has it now")

    async with media_server(workers=2) as (media, events):
        dying, living = media._workers.running
        monkeypatch.setattr("media.server.supervisor.FILL_WAIT_S", 30.0)
        monkeypatch.setattr(media._workers, "_fill", refuse)
        os.kill(dying.pid, signal.SIGKILL)
        await events.wait(WorkerLost)
        router_id = await media.create_router()
        assert router_id in living.routers


async def test_a_killed_worker_is_reported_at_once_and_replaced() -> None:
    async with media_server() as (media, events):
        routers = {await media.create_router(), await media.create_router()}
        (port,) = media.ports
        await until(lambda: media._workers._spare is not None, within=30)
        killed_at = time.monotonic()
        os.kill(await pid_of(media), signal.SIGKILL)
        lost = await events.wait(WorkerLost)
        assert set(lost.router_ids) == routers
        await events.wait(WorkerReady)
        assert time.monotonic() - killed_at < SILENT_S, "nobody waited for its silence"
        assert media.ports == [port]
        with pytest.raises(Refused) as caught:
            await media.create_transport(next(iter(routers)), EndpointId("e"))
        assert caught.value.code == "router.unknown"
        await media.close_endpoint(EndpointId("e"))
        await media.create_transport(await media.create_router(), EndpointId("e"))


async def test_a_port_that_a_dead_worker_still_holds_is_waited_for() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as dying:
        dying.bind(("127.0.0.1", 0))
        media = MediaServer("127.0.0.1", dying.getsockname()[1])
        (place,) = media._workers._places
        place.was_filled = True
        starting = asyncio.create_task(media.start())
        await until(lambda: bool(media._workers._processes))
        (worker,) = media._workers._processes
        await until(lambda: worker.alive)
        assert not media.ready
        dying.close()
        await starting
        assert media.ports == [place.port]
        await media.close()
    assert process_ended(worker.pid)


async def test_it_survives_being_killed_again_and_again() -> None:
    async with media_server() as (media, events):
        for _ in range(3):
            events.all.clear()
            os.kill(await pid_of(media), signal.SIGKILL)
            await events.wait(WorkerReady, within=30)
            await media.create_router()


async def test_a_request_under_way_is_refused_when_the_worker_dies() -> None:
    async with media_server() as (media, events):
        pid = await pid_of(media)
        os.kill(pid, signal.SIGSTOP)
        asking = asyncio.create_task(media.create_router())
        counting = asyncio.create_task(media.metrics())
        await asyncio.sleep(0)
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(Refused) as caught:
            await asking
        assert caught.value.code == "media.unavailable"
        assert await counting == []
        await events.wait(WorkerReady)


async def test_a_worker_that_does_not_answer_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("media.server.supervisor.PING_S", 0.05)
    monkeypatch.setattr("media.server.supervisor.SILENT_S", 3.0)
    async with media_server() as (media, events):
        await until(lambda: media._workers._spare is not None, within=30)
        pid = await pid_of(media)
        os.kill(pid, signal.SIGSTOP)
        await events.wait(WorkerReady, within=30)
        await until(lambda: process_ended(pid))


async def test_sigterm_ends_a_worker_within_a_second() -> None:
    async with media_server() as (media, events):
        pid = await pid_of(media)
        os.kill(pid, signal.SIGTERM)
        await events.wait(WorkerLost, within=2)  # a few milliseconds; a starved machine takes more
        await until(lambda: process_ended(pid), within=2)
        await events.wait(WorkerReady)


async def test_sigint_is_left_to_the_web_process() -> None:
    async with media_server() as (media, events):
        pid = await pid_of(media)
        os.kill(pid, signal.SIGINT)
        await media.create_router()
        assert await pid_of(media) == pid
        assert not events.all


async def test_workers_die_with_the_web_process() -> None:
    program = """
import asyncio
from media.server.worker import MediaServer
async def main():
    media = MediaServer("127.0.0.1", 0)
    await media.start()
    while media._workers._spare is None:
        await asyncio.sleep(0.01)
    print(*(worker.pid for worker in media._workers._processes), flush=True)
    await asyncio.sleep(60)
asyncio.run(main())
"""
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert parent.stdout is not None
    workers = [int(pid) for pid in (await parent.stdout.readline()).split()]
    assert len(workers) == 2
    parent.kill()
    await parent.wait()
    await until(lambda: all(process_ended(pid) for pid in workers))


async def test_the_worker_is_light() -> None:
    """What its restart costs: neither the web framework nor the checker of messages."""
    heavy = {"quart", "pydantic", "socketio", "tortoise", "uvicorn", "aiortc", "av"}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "import sys, media.server.server; print(*sys.modules)",
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    assert not heavy & set(output.decode().split())


@pytest.mark.parametrize("garbage", [b"\xff" * 64, b"\x00\x00\x00\x02{}"])
async def test_a_control_socket_out_of_step_ends_the_worker(garbage: bytes) -> None:
    lost = asyncio.Event()
    worker = MediaWorker("w1", on_notice=lambda notice: None, on_lost=lambda worker: lost.set())
    await worker.spawn()
    await worker.request("ping")
    assert worker._link is not None
    worker._link.send(garbage)
    async with asyncio.timeout(20):
        await lost.wait()
    with pytest.raises(Refused) as caught:
        await worker.request("ping")
    assert caught.value.code == "media.unavailable"
    await worker.close()
    assert process_ended(worker.pid)


@pytest.mark.parametrize(
    ("method", "params", "code"),
    [
        ("explode", {}, "control.unknown_verb"),
        ("create_router", {}, "control.params"),
        ("create_router", {"router_id": 7}, "control.params"),
        ("close_router", {"router_id": "nobody"}, "router.unknown"),
        ("open", {"host": "127.0.0.1", "port": 0, "announced": []}, "control.open_already"),
    ],
)
async def test_a_verb_that_cannot_be_done_has_a_code(
    method: str, params: dict[str, object], code: str
) -> None:
    async with media_server() as (media, _):
        worker = await media._workers.least_busy()
        with pytest.raises(Refused) as caught:
            await worker.request(method, **params)
        assert caught.value.code == code
        await media.create_router()


async def test_an_answer_that_is_too_long_is_a_refusal_and_the_worker_goes_on() -> None:
    async with media_server() as (media, _):
        router_id = await media.create_router()
        for letter in "abcd":
            await media.create_transport(router_id, EndpointId(letter * (MAX_FRAME_BYTES // 3)))
        with pytest.raises(Refused) as caught:
            await media.router_stats(router_id)
        assert caught.value.code == "control.too_long"
        await media.create_router()


async def test_before_it_has_a_port_a_worker_takes_nothing() -> None:
    worker = MediaWorker("w1", on_notice=lambda notice: None, on_lost=lambda worker: None)
    await worker.spawn()
    with pytest.raises(Refused) as caught:
        await worker.request("create_router", router_id=RouterId("r"))
    assert caught.value.code == "control.not_open"
    await worker.close()
    assert process_ended(worker.pid)
