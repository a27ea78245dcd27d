"""Notices a test says to a page in the server's stead: a class of thirty without thirty browsers.

The page is the product's own and stays connected to the real server; what is said here comes
between the server's own messages on the same socket, in the same words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import count
from typing import Any

from playwright.async_api import Page, WebSocketRoute

from tests.support.scene import Person

SOCKET = re.compile(r"/socket\.io/")
EVENT = "42"
"""Socket.IO's prefix of an event without an answer (protocol 5: message, then EVENT)."""
NAMES = (
    "Tomás Herrera", "Priya Nair", "Jonas Weber", "Aiko Tanaka", "Omar Haddad", "Zoë Martin",
    "陈伟", "Sofia Rossi", "Kwame Mensah", "Leila Farahani", "Mateusz Kowalczyk", "Ingrid Berg",
    "Diego Fernández", "Fatima Zahra", "Noah Becker", "Yuki Sato", "Elif Yılmaz", "Luca Bianchi",
    "王小明", "Chloé Dubois", "Ravi Patel", "Hanna Lindqvist", "Samuel Osei", "Nadia Petrova",
    "Park Min-jun", "Grace Wanjiru", "Oliver Smith", "Ana Souza", "Tariq Aziz", "Nguyễn Thị Lan",
)  # fmt: skip
PRESENT = {"screen": "off", "screen_audio": "off", "screen_mode": "text", "camera": "off"}


def guest_of(number: int, name: str) -> dict[str, Any]:
    """A student without a camera; each third of NAMES has the microphone on."""
    microphone = "live" if NAMES.index(name) % 3 == 0 else "muted"
    return {
        "id": f"guest-{number:03}",
        "name": name,
        "role": "student",
        "connection": "here",
        "pen": "none",
        "on_stage": None,
        "group": "",
        "chat_muted": False,
        "joined_at": f"2999-01-01T00:00:00.{number:06}Z",
        "media": {**PRESENT, "microphone": microphone},
    }


def makes_plain(route: WebSocketRoute) -> bool:
    """Whether it asked for a bundle: it is answered as by a server that knows none, so that the
    page goes on with a plain socket, whose messages a test can read.
    """
    if "bundle=1" not in route.url:
        return False
    route.on_message(lambda _: route.send("0"))
    return True


class Said:
    """The socket of one page. Make it before the page joins."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self._route: WebSocketRoute | None = None
        self._instead: dict[str, dict[str, Any]] = {}

    async def listen(self) -> None:
        page: Page = self._person.page
        await page.route_web_socket(SOCKET, self._connect)

    def _connect(self, route: WebSocketRoute) -> None:
        if makes_plain(route):
            return
        server = route.connect_to_server()
        self._route = route

        def pass_on(message: str | bytes) -> None:
            for name, notice in self._instead.items():
                if isinstance(message, str) and message.startswith(f'{EVENT}["{name}"'):
                    return self.say(name, notice)
            return route.send(message)

        server.on_message(pass_on)

    def say(self, name: str, notice: dict[str, Any]) -> None:
        """A notice as the server would send it."""
        assert self._route is not None, "the page has not connected"
        self._route.send(EVENT + json.dumps([name, notice]))

    def keep(self, name: str, notice: dict[str, Any]) -> None:
        """Said now, and from now on in place of every such notice of the server."""
        self._instead[name] = notice
        self.say(name, notice)

    async def join(self, names: Sequence[str]) -> list[str]:
        """People come in, one after the other; their ids. The server knows nothing of them.

        An event of the server may take the number of one that is said here, which is ignored
        then: whoever is not in the room comes in once more.
        """
        first = (await self._person.state())["seq"]
        people = {guest["id"]: guest for guest in map(guest_of, count(first), names)}
        missing = list(people)
        while missing:
            seq = (await self._person.state())["seq"]
            for number, who in enumerate(missing, seq + 1):
                event = {"type": "participant_joined", "participant": people[who]}
                entry = {"seq": number, "clock_ms": 0, "event": event}
                self.say("room.events", {"entries": [entry]})
            present = {one["id"] for one in (await self._person.state())["participants"]}
            missing = [who for who in missing if who not in present]
        return list(people)

    async def reduce(self, bitrate_bps: int, *reductions: tuple[str, str, str]) -> None:
        """Their network carries less of what they receive: (whose, source, reduction)."""
        rows = await self._person.stats()
        known = {(row["name"], row["source"]): row["consumerId"] for row in rows}
        listed = [
            {"consumer_id": known[whose, source], "reduction": reduction}
            for whose, source, reduction in reductions
        ]
        self.keep("media.downlink", {"bitrate_bps": bitrate_bps, "reductions": listed})

    def report(self, people: Sequence[dict[str, Any]]) -> None:
        """How everybody is connected; what is not given is well."""
        well = {
            "quality": "good",
            "round_trip_ms": 38.2,
            "loss_down": 0.0,
            "loss_up": 0.001,
            "downlink_bps": 4_200_000,
            "uplink_bps": 1_640_000,
            "protocol": "udp",
            "reductions": [],
            "down": "calm",
            "up": "calm",
            "measures": [],
        }
        self.keep("network.report", {"people": [{**well, **one} for one in people]})
