"""One Node process with real Yjs documents for each file of tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.boards import Browsers, Class


@pytest.fixture(scope="module")
def browsers() -> Iterator[Browsers]:
    process = Browsers()
    yield process
    process.close()


@pytest.fixture
def lesson(browsers: Browsers) -> Class:
    return Class(browsers)
