"""What happens to a board while the network is away, and when the server is killed."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

from playwright.async_api import Browser

from bench.product import Product, product
from bench.relay import TcpRelay
from tests.support.scene import person
from tests.support.sheet import give_pens, show_board

OUTAGE_S = 4
FIRST = [(200.0, 200.0), (400.0, 220.0), (500.0, 240.0)]
SECOND = [(200.0, 400.0), (400.0, 420.0), (500.0, 440.0)]
THIRD = [(700.0, 200.0), (800.0, 320.0), (900.0, 240.0)]


async def test_work_without_network_is_merged(running: Product, browser: Browser) -> None:
    async with TcpRelay(("127.0.0.1", running.http_port)) as relay:
        tutor, lin = await person(browser, "Amara Okafor"), await person(browser, "Lin Yue")
        await tutor.join(running.link("/enter/"))
        door = running.link("/r/").replace(str(running.http_port), str(relay.port))
        await lin.join(door)
        hers, his = await show_board(tutor, lin)
        await give_pens(tutor, "own", his)
        await hers.pick("pen")
        await his.pick("pen")
        await his.draw(FIRST)
        await hers.until_items(1)

        relay.cut()
        await hers.draw(SECOND)
        await his.draw(THIRD)
        await his.until(lambda it: it["unsaved"] > 0, "keeps what the server does not have")
        await asyncio.sleep(OUTAGE_S)
        assert len(await hers.items()) == 2
        assert len(await his.items()) == 2
        relay.heal()

        merged = await his.until_items(3, within_s=30)
        await his.until_saved()
        assert {item["id"] for item in await hers.until_items(3)} == {it["id"] for it in merged}
        await hers.sees_ink_at((750, 260))
        assert tutor.faults == []
        assert lin.faults == []


async def test_the_server_is_killed_and_nothing_is_lost(tmp_path: Path, browser: Browser) -> None:
    settings: dict[str, str] = {}
    async with product(tmp_path) as running:
        settings = {
            "CLASSROOM_HTTP_PORT": str(running.http_port),
            "CLASSROOM_MEDIA_PORT": str(running.media_port),
        }
        tutor = await person(browser, "Amara Okafor")
        await tutor.join(running.link("/enter/"))
        (hers,) = await show_board(tutor)
        await hers.pick("pen")
        await hers.draw(FIRST)
        await hers.draw(SECOND)
        await hers.until_items(2)
        await hers.until_saved()
        os.killpg(running.process.pid, signal.SIGKILL)
        await running.process.wait()
        await hers.draw(THIRD)
    async with product(tmp_path, settings, media_port=int(settings["CLASSROOM_MEDIA_PORT"])):
        await hers.until(lambda it: it["link"] == "up", "is back", within_s=30)
        await hers.until_saved()
        await tutor.page.reload()
        await tutor.is_inside()
        await show_board(tutor)  # a new server begins with faces on the stage
        await hers.until_items(3)
    assert tutor.faults == []
