"""Certificates, made once, and a checking peer for the ICE side."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from media.transport.certificate import Certificate

AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def certificate() -> Certificate:
    """Ours."""
    return Certificate.generate(AT)


@pytest.fixture(scope="session")
def peer_certificate() -> Certificate:
    """The browser's."""
    return Certificate.generate(AT)
