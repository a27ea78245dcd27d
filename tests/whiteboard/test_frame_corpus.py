"""The golden frames shared with TypeScript."""

from __future__ import annotations

import pytest

from tests.corpus import frames
from whiteboard.frame import CLIENT_FORMS, SERVER_FORMS
from whiteboard.frame_reading import client_frames, server_frames
from whiteboard.frame_writing import encode


def test_the_golden_file_is_the_generated_one() -> None:
    assert frames.FILE.read_text(encoding="utf-8") == frames.text()


def test_every_type_is_in_it() -> None:
    assert {type(frame) for frame in frames.CLIENT.values()} == {form.make for form in CLIENT_FORMS}
    assert {type(frame) for frame in frames.SERVER.values()} == {form.make for form in SERVER_FORMS}


@pytest.mark.parametrize("name", frames.CLIENT)
def test_the_golden_frames_of_clients(name: str) -> None:
    frame = frames.CLIENT[name]
    assert list(client_frames(encode(frame))) == [frame]


@pytest.mark.parametrize("name", frames.SERVER)
def test_the_golden_frames_of_the_server(name: str) -> None:
    frame = frames.SERVER[name]
    assert list(server_frames(encode(frame))) == [frame]
