"""What scenes share: a product, in which each has a class of its own, and a browser.

All run on one loop, because both live longer than a scene. Who needs other settings, or breaks
something, begins a product of their own.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bench.product import Product
from tests.support.scene import PATIENCE_S
from tests.support.standing import Standing
from tests.support.standing import standing as begin

HERE = Path(__file__).parent

expect.set_options(timeout=PATIENCE_S * 1000)  # its own five seconds are few on a busy machine


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    on_one_loop = pytest.mark.asyncio(loop_scope="session")
    for item in items:
        if item.path.parent == HERE:
            item.add_marker(on_one_loop, append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def standing(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Standing]:
    async with begin(tmp_path_factory.mktemp("standing")) as shared:
        yield shared


@pytest_asyncio.fixture(loop_scope="session")
async def running(standing: Standing) -> Product:
    """The shared product, with the links of a class in which nobody was."""
    return await standing.open_class()


@pytest_asyncio.fixture(loop_scope="session")
async def browser(standing: Standing) -> AsyncIterator[Browser]:
    """The shared browser with fake devices; what a scene opened in it is closed behind it."""
    shared = await standing.browser()
    yield shared
    for context in shared.contexts:
        await context.close()
