"""One product and one browser for many scenes, each in a class of its own.

A product takes some three seconds to begin and a browser one, and most scenes want nothing but a
class in which nobody was before.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from playwright.async_api import Browser

from bench.browser import chromium
from bench.product import Product, product
from classroom.ids import RoomId
from classroom.people.links import host_token
from classroom.people.secret import open_secret

OWNER = {"name": "The house", "email": "house@example.org", "password": "many quiet owls"}
TITLE = "Demo class"
SECRET = "secret.key"


@dataclass
class House:
    """A product, and who owns the rooms in it."""

    running: Product
    folder: Path
    opener: OpenerDirector = field(
        default_factory=lambda: build_opener(HTTPCookieProcessor(CookieJar()))
    )

    async def open_class(self) -> Product:
        """The product with the links of a class in which nobody was: `/enter/` and `/r/`."""
        room = await asyncio.to_thread(self._make_room)
        token = host_token(open_secret(self.folder / SECRET), RoomId(room["id"]))
        address = self.running.address
        links = f"{address}/enter/{token}\n{address}/r/{room['code']}\n"
        return replace(self.running, printed=links)

    def _make_room(self) -> dict[str, Any]:
        session = self._ask("GET", "/api/session")
        if session["account"] is None:
            session = self._ask("POST", "/api/accounts", OWNER, session["csrf"])
        return self._ask("POST", "/api/rooms", {"title": TITLE}, session["csrf"])

    def _ask(
        self, method: str, path: str, body: dict[str, str] | None = None, csrf: str = ""
    ) -> dict[str, Any]:
        request = Request(
            f"{self.running.address}{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "X-CSRF-Token": csrf},
            method=method,
        )
        with self.opener.open(request, timeout=10) as answer:
            found: dict[str, Any] = json.loads(answer.read())
        return found


class Standing:
    """Begun when a scene first asks, and anew when one of them has ended."""

    def __init__(self, folder: Path, stack: AsyncExitStack) -> None:
        self._folder = folder
        self._stack = stack
        self._house: House | None = None
        self._browser: Browser | None = None
        self._begun = 0

    async def open_class(self) -> Product:
        """The product, with the links of a class of its own."""
        if self._house is None or self._house.running.process.returncode is not None:
            self._begun += 1
            folder = self._folder / str(self._begun)
            running = await self._stack.enter_async_context(product(folder))
            self._house = House(running, folder)
        return await self._house.open_class()

    async def browser(self) -> Browser:
        """The browser with fake devices; whoever asks closes what they opened in it."""
        if self._browser is None or not self._browser.is_connected():
            self._browser = await self._stack.enter_async_context(chromium())
        return self._browser


@asynccontextmanager
async def standing(folder: Path) -> AsyncIterator[Standing]:
    """Ends what was begun."""
    async with AsyncExitStack() as stack:
        yield Standing(folder, stack)
