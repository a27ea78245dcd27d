"""A network that lets no datagrams through: the class works over TCP on the same port number.

The server announces an address that is a relay's: there TCP passes, and what comes by UDP is
swallowed, as a firewall does. Browser and server are as everywhere else.
"""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

from bench.browser import chromium
from bench.product import free_port, product
from bench.relay import TcpRelay
from tests.support.scene import KEEP_PEERS, Person, eventually, person

SELECTED = """async () => {
    const found = [];
    for (const peer of window.peers) {
        const stats = await peer.getStats();
        for (const entry of stats.values()) {
            if (entry.type !== "transport" || entry.dtlsState !== "connected") continue;
            const pair = stats.get(entry.selectedCandidatePairId);
            const remote = stats.get(pair.remoteCandidateId);
            found.push([remote.protocol, remote.port]);
        }
    }
    return found;
}"""
OFFERED = """() => window.peers.filter((peer) => peer.remoteDescription).map((peer) =>
    peer.remoteDescription.sdp.split("\\r\\n")
        .filter((line) => line.startsWith("a=candidate:"))
        .map((line) => line.split(" ")[2]))"""


async def test_two_people_see_and_hear_each_other_over_tcp_alone(tmp_path: Path) -> None:
    media_port = free_port(socket.SOCK_DGRAM)
    async with TcpRelay(("127.0.0.1", media_port)) as relay:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as swallows:
            swallows.bind(("127.0.0.1", relay.port))
            announce = {"CLASSROOM_ANNOUNCE": f"127.0.0.1:{relay.port}"}
            async with (
                product(tmp_path, announce, media_port=media_port) as running,
                chromium() as browser,
            ):
                tutor = await person(browser, "Amara Okafor")
                student = await person(browser, "Lin Yue")
                for one, link in ((tutor, "/enter/"), (student, "/r/")):
                    await one.page.add_init_script(KEEP_PEERS)
                    await one.join(running.link(link))
                await asyncio.gather(
                    tutor.decodes(student.name),
                    student.decodes(tutor.name),
                    tutor.hears(student.name),
                    student.hears(tutor.name),
                )
                for one in (tutor, student):
                    assert await selected(one) == [["tcp", relay.port]] * 2
                    for protocols in await one.page.evaluate(OFFERED):
                        assert set(protocols) == {"udp", "tcp"}
                assert swallows.recv(100), "browsers did try datagrams"

                # the network drops the connections: browsers make new ones, without a new join
                relay.hang_up()
                await eventually(lambda: is_still(tutor, student.name), "nothing comes any more")
                relay.heal()
                await asyncio.gather(tutor.decodes(student.name), student.hears(tutor.name))
                assert [one.faults for one in (tutor, student)] == [[], []]


async def selected(one: Person) -> list[list[str | int]]:
    """Protocol and port of the server's candidate in each path in use."""
    found: list[list[str | int]] = await one.page.evaluate(SELECTED)
    return found


async def is_still(one: Person, whose: str) -> bool:
    before = (await one.received(whose, "camera"))["framesDecoded"]
    await asyncio.sleep(0.3)
    return bool((await one.received(whose, "camera"))["framesDecoded"] == before)
