"""The log's form, and what never gets into it."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
import structlog

from classroom.log import configure_log


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    kept, level = root.handlers[:], root.level
    stream = io.StringIO()
    configure_log("info", stream=stream)
    yield stream
    root.handlers, root.level = kept, level
    structlog.reset_defaults()


def test_one_line_of_keys_and_values(written: io.StringIO) -> None:
    structlog.get_logger("classroom.app").info("room ended", room="r1", count=3)
    line = written.getvalue()
    assert line.startswith("timestamp=")
    assert line.endswith('level=info logger=classroom.app event="room ended" room=r1 count=3\n')


def test_private_keys_are_blotted_out(written: io.StringIO) -> None:
    structlog.get_logger("x").warning("odd", name="Ann", email="a@b.c", token="t0k", room="r1")
    line = written.getvalue()
    for private in ("Ann", "a@b.c", "t0k"):
        assert private not in line
    assert "room=r1" in line


def test_an_exception_is_told_once(written: io.StringIO) -> None:
    try:
        raise ValueError("inside")
    except ValueError:
        structlog.get_logger("x").exception("failed", incident="i1")
    assert written.getvalue().count("ValueError: inside") == 1
    assert written.getvalue().count("\n") == 1


def test_libraries_only_warn(written: io.StringIO) -> None:
    logging.getLogger("tortoise.db").info("SELECT secrets")
    logging.getLogger("tortoise.db").warning("slow")
    structlog.get_logger("x").debug("too much")
    assert written.getvalue().count("\n") == 1
    assert "event=slow" in written.getvalue()
