"""Refresh, a dead network, a dead media worker, a second tab: the same seat comes back."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from pathlib import Path

from playwright.async_api import Browser

from bench.product import Product, free_port, product
from bench.relay import TcpRelay, UdpRelay
from tests.support.scene import KEEP_PEERS, class_of_three, eventually, person

OUTAGE_S = 10
BACK_WITHIN_S = 10
"""The promise is 3 s on a calm machine; this one may be busy."""


async def test_a_refresh_returns_to_the_same_seat(running: Product, browser: Browser) -> None:
    tutor, lin, _ = await class_of_three(browser, running)
    await tutor.decodes(lin.name)
    before = await lin.state()
    await lin.press("Mute", exact=False)

    async def muted() -> bool:
        return bool((await lin.participant(lin.name))["media"]["microphone"] == "muted")

    await eventually(muted, "the room knows that Lin Yue is muted")
    await lin.page.reload()
    await lin.is_inside()
    after = await lin.state()
    assert after["selfId"] == before["selfId"]
    assert after["rights"] == before["rights"]
    assert after["microphone"] is False
    assert after["camera"] is True
    await tutor.decodes(lin.name)
    await lin.decodes(tutor.name)
    assert len((await tutor.state())["participants"]) == 3


async def test_the_media_worker_dies_and_the_class_heals(tmp_path: Path, browser: Browser) -> None:
    async with product(tmp_path) as running:
        tutor, lin, tomas = await class_of_three(browser, running)
        await tutor.decodes(lin.name)
        epoch = (await tutor.state())["epoch"]
        worker = running.worker_holding_media_port()
        os.kill(worker, signal.SIGKILL)

        async def renewed() -> bool:
            return bool((await tutor.state())["epoch"] not in (epoch, None))

        await eventually(renewed, "the tutor has new media paths", within_s=10)
        for one, other in ((tutor, lin), (lin, tomas), (tomas, tutor)):
            await one.decodes(other.name)
            await one.hears(other.name)
        assert (await lin.participant("Lin Yue"))["connection"] == "here"
        assert running.worker_holding_media_port() != worker


async def test_ten_seconds_without_network_are_survived(tmp_path: Path, browser: Browser) -> None:
    relay_port = free_port(socket.SOCK_DGRAM)
    media_port = free_port(socket.SOCK_DGRAM)
    settings = {"CLASSROOM_ANNOUNCE": f"127.0.0.1:{relay_port}"}
    async with (
        product(tmp_path, settings, media_port=media_port) as running,
        UdpRelay(("127.0.0.1", media_port), port=relay_port) as media,
        TcpRelay(("127.0.0.1", running.http_port)) as pages,
    ):
        tutor = await person(browser, "Amara Okafor")
        await tutor.join(running.link("/enter/"))
        lin = await person(browser, "Lin Yue")
        await lin.page.add_init_script(KEEP_PEERS)
        link = running.link("/r/").replace(running.address, f"http://127.0.0.1:{pages.port}")
        await lin.join(link)
        await asyncio.gather(lin.decodes(tutor.name), tutor.decodes(lin.name))
        seat = (await lin.state())["selfId"]

        pages.cut()
        ports = await lin.local_ports()
        media.cut(spared={client for client in media.clients if client[1] not in ports})
        await asyncio.gather(asyncio.sleep(OUTAGE_S), lin.sees("Reconnecting."))
        frozen = (await tutor.received(lin.name, "camera"))["framesDecoded"]
        pages.heal()
        media.heal()

        await lin.decodes(tutor.name, within_s=BACK_WITHIN_S)
        await tutor.decodes(lin.name, within_s=BACK_WITHIN_S)
        await lin.hears(tutor.name)
        assert (await tutor.received(lin.name, "camera"))["framesDecoded"] > frozen
        state = await lin.state()
        assert state["selfId"] == seat
        assert len(state["participants"]) == 2


async def test_who_closes_the_page_is_away_at_once(running: Product, browser: Browser) -> None:
    tutor = await person(browser, "Amara Okafor")
    await tutor.join(running.link("/enter/"))
    lin = await person(browser, "Lin Yue")
    sockets: list[str] = []
    lin.page.on("websocket", lambda socket: sockets.append(socket.url))
    await lin.join(running.link("/r/"))
    await tutor.decodes(lin.name)

    async def is_spare_open() -> bool:
        return len([url for url in sockets if "bundle=1" in url]) >= 2

    async def is_away() -> bool:
        return bool((await tutor.participant(lin.name))["connection"] == "away")

    await eventually(is_spare_open, "a second socket is open beside the first")
    await lin.page.close()
    await eventually(is_away, "the tutor sees that Lin is away", within_s=10.0)


async def test_whoever_is_cut_off_is_seen_as_away_and_then_as_here(
    running: Product, browser: Browser
) -> None:
    async with TcpRelay(("127.0.0.1", running.http_port)) as pages:
        tutor = await person(browser, "Amara Okafor")
        await tutor.join(running.link("/enter/"))
        lin = await person(browser, "Lin Yue")
        await lin.join(
            running.link("/r/").replace(running.address, f"http://127.0.0.1:{pages.port}")
        )
        await tutor.decodes(lin.name)
        seat = (await lin.state())["selfId"]
        await tutor.press("People")

        async def connection(wanted: str) -> bool:
            return bool((await tutor.participant(lin.name))["connection"] == wanted)

        pages.hang_up()
        await lin.sees("Reconnecting.")
        # The connection lives for 30 s without any socket (signalling_line.md).
        away = "the tutor sees that Lin is away"
        await eventually(lambda: connection("away"), away, within_s=40.0)
        await tutor.page.locator(".person.is-away").get_by_text("Reconnecting").wait_for()
        # The media path is another one: sound and pictures go on flowing (signalling.md, 6).
        await tutor.decodes(lin.name)
        await tutor.hears(lin.name)

        pages.heal()
        await eventually(lambda: connection("here"), "Lin is here again", within_s=BACK_WITHIN_S)
        await lin.is_inside()
        assert (await lin.state())["selfId"] == seat
        await lin.page.get_by_text("Reconnecting.").wait_for(state="detached")
        await lin.decodes(tutor.name)
        assert (tutor.faults, lin.faults) == ([], [])


async def test_a_second_tab_asks_which_one_goes_on(running: Product, browser: Browser) -> None:
    first = await person(browser, "Lin Yue")
    await first.join(running.link("/r/"))
    page = await first.page.context.new_page()
    second = type(first)("Lin Yue", page)
    await page.goto(running.link("/r/"))
    await page.get_by_role("textbox", name="Your name").fill("Lin Yue")
    await page.locator("form.join-form button[type=submit]").click()
    await second.sees("You are already in this class")
    await second.press("Use it here")
    await second.is_inside()
    await first.sees("You went on in another tab")
    assert len((await second.state())["participants"]) == 1
    await first.press("Use here")
    await first.is_inside()
    await second.sees("You went on in another tab")
