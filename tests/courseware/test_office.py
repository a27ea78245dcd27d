"""Office files as LibreOffice draws them: steps, notes, hidden slides, links to elsewhere."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from courseware.deck import Drawn, Slide
from tests.support.office import Page, docx, effect, odp, on, pptx, soffice, timing
from tests.support.workshops import at_work, drawn, opened

LESSON = [
    Page(
        "Quadratics 二次",
        lines=["First", "Second", "Third"],
        boxes=[5, 6],
        timing=timing(
            effect("clickEffect", "entr", on(5)),
            effect("clickEffect", "entr", on(3, (1, 1))),
            effect("withEffect", "exit", on(5)),
            effect("clickEffect", "emph", on(6)),
        ),
        notes="Say hello.\nAsk about roots.",
    ),
    Page("Not shown", is_hidden=True, notes="secret"),
    Page("The end"),
]


@contextmanager
def listening() -> Iterator[tuple[int, list[bytes]]]:
    """A server on all of this machine's addresses: its port, and what it heard."""
    heard: list[bytes] = []
    server = socket.create_server(("", 0))

    def answer() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            heard.append(connection.recv(200))
            connection.close()

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    try:
        yield server.getsockname()[1], heard
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(5)


def own_address() -> str:
    """This machine's, as others see it."""
    return socket.gethostbyname(socket.gethostname())


def words(pictures: dict[tuple[int, int], Drawn]) -> list[str]:
    """The text of each leaf, in one line."""
    texts = [one.text or "" for (_, px), one in sorted(pictures.items()) if px == 1280]
    return [" ".join(text.replace("•", " ").split()) for text in texts]


async def test_clicks_of_a_presentation_are_steps(tmp_path: Path) -> None:
    async with (
        at_work(tmp_path, soffice=soffice()) as workshop,
        opened(workshop, "slides", pptx(LESSON), tmp_path) as (deck, job),
    ):
        assert workshop.office == "ready"
        assert [(leaf.slide, leaf.step) for leaf in deck.leaves] == [(1, 0), (1, 1), (1, 2), (2, 0)]
        assert {(leaf.width, leaf.height) for leaf in deck.leaves} == {(1280, 720)}
        assert deck.slides == (
            Slide("Quadratics 二次", "Say hello.\nAsk about roots."),
            Slide("The end", ""),
        )
        pictures = await drawn(workshop, deck, job)
        assert words(pictures) == [
            "Quadratics 二次 First Third Box 6",
            "Quadratics 二次 First Third Box 5 Box 6",
            "Quadratics 二次 First Second Third Box 6",
            "The end",
        ]


async def test_a_document_with_a_linked_picture_asks_for_nothing(tmp_path: Path) -> None:
    """On the machine's own address; the words are there all the same."""
    with listening() as (port, heard):
        with socket.create_connection((own_address(), port), timeout=5) as control:
            control.sendall(b"it hears")
            control.recv(1)
        raw = docx(picture_at=f"http://{own_address()}:{port}/x.png")
        async with (
            at_work(tmp_path, soffice=soffice()) as workshop,
            opened(workshop, "document", raw, tmp_path) as (deck, job),
        ):
            assert words(await drawn(workshop, deck, job)) == ["Hello words"]
            assert deck.slides == (Slide(),)
    assert heard == [b"it hears"]


async def test_slides_of_an_open_document_keep_their_notes(tmp_path: Path) -> None:
    """A hidden one is left out, and a picture linked over the loop is not asked for."""
    with listening() as (port, heard):
        raw = odp(LESSON, picture_at=f"http://127.0.0.1:{port}/x.png")
        async with (
            at_work(tmp_path, soffice=soffice()) as workshop,
            opened(workshop, "slides", raw, tmp_path) as (deck, job),
        ):
            assert [(leaf.slide, leaf.step) for leaf in deck.leaves] == [(1, 0), (2, 0)]
            assert deck.slides[0] == Slide("Quadratics 二次", "Say hello.\nAsk about roots.")
            assert words(await drawn(workshop, deck, job)) == ["Quadratics 二次", "The end"]
    assert heard == []
