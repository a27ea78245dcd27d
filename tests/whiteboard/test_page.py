"""A page as its callers see it: who is bound, what is handed out, loading, copies, and the day the
document library fails.
"""

from __future__ import annotations

import threading
from typing import Any

import pytest

from tests.support.boards import (
    ANN,
    BEN,
    DOC_ID,
    TUTOR,
    Browsers,
    Class,
    contents,
    item_id,
    note,
    stroke,
    value_struct,
    write_update,
)
from whiteboard.errors import LocalError, Refused
from whiteboard.ids import PageDocId, client_of_item
from whiteboard.page import Applied, Page, copy_pages
from whiteboard.pen import PEN_BYTE, lesser

COPY = PageDocId.parse("board/copy/0")


class Panic(BaseException):
    """What comes out of the document library when it fails inside."""


def drawn_on(lesson: Class) -> tuple[list[bytes], Class]:
    """A class that drew, wrote and erased, with the updates in order."""
    ann, ben = lesson.join(ANN), lesson.join(BEN)
    log = []
    for browser, by in ((ann, ANN), (ben, BEN), (ann, ANN)):
        one, two = browser.new_id(), browser.new_id()
        for steps in (
            [["set", "el", one, stroke(by)], ["set", "tf", one, {"o": 0.5}]],
            [["set", "el", two, note(by)], ["set_type", "tx", two, "text", "a🙂"]],
            [["type", two, 3, "b"]],
            [["delete", root, one] for root in ("el", "tf", "tx")],
        ):
            log += browser.edit(*steps)
            lesson.send(browser, log[-1:])
    return log, lesson


def test_a_client_id_belongs_to_one_author() -> None:
    page = Page(DOC_ID)
    assert page.bind(7, ANN)
    assert not page.bind(7, ANN)
    assert page.bind(2**32 - 1, ANN)
    for client_id, author in ((7, BEN), (0, BEN), (-1, BEN), (2**32, BEN)):
        with pytest.raises(Refused, match=r"client\.taken"):
            page.bind(client_id, author)
    assert page.bound == {7: ANN, 2**32 - 1: ANN}
    assert page.authors == {ANN}


def test_a_client_id_of_an_earlier_epoch_writes_nothing_in_a_later_one(lesson: Class) -> None:
    ann, ben = lesson.join(ANN), lesson.join(BEN)
    before = ann.edit(["set", "el", ann.new_id(), stroke(ANN)])
    lesson.send(ann, before)
    lesson.send(ben, ben.edit(["set", "el", ben.new_id(), stroke(BEN)]))
    later = PageDocId(DOC_ID.board, DOC_ID.page, 1)
    page = Page.load(later, snapshot=None, updates=[], seq=0, bound=lesson.page.bound)
    assert page.bind(77, ANN)
    for client, author in ((ann.client, ANN), (ann.client, BEN), (ben.client, BEN)):
        with pytest.raises(Refused, match=r"client\.taken"):
            page.bind(client, author)
    with pytest.raises(Refused, match=r"client\.foreign"):
        page.receive(before[0], author=ANN, client_id=77, pen="own")
    item = item_id(77, 1)
    struct = value_struct(0, "el", item, stroke(ANN))
    assert page.receive(write_update({77: [struct]}), author=ANN, client_id=77, pen="own")
    # Whoever wrote in this epoch, or was bound in its life, comes back.
    assert not page.bind(77, ANN)
    assert page.bind(78, BEN)
    assert not page.bind(78, BEN)
    page = Page.load(later, snapshot=page.snapshot(), updates=[], seq=1, bound=page.bound)
    assert not page.bind(77, ANN)
    # Who never wrote has no row; and in the first epoch there is no earlier one.
    first = Page.load(DOC_ID, snapshot=None, updates=[], seq=0, bound=lesson.page.bound)
    assert not first.bind(ann.client, ANN)


def test_a_binding_that_never_wrote_is_forgotten(lesson: Class) -> None:
    ann, ben = lesson.join(ANN), lesson.join(BEN)
    page = lesson.page
    lesson.send(ann, ann.edit(["set", "el", ann.new_id(), stroke(ANN)]))
    assert (page.has_written(ann.client), page.has_written(ben.client)) == (True, False)
    assert not page.unbind(ann.client)
    assert not page.unbind(4711)
    assert page.unbind(ben.client)
    assert not page.unbind(ben.client)
    assert page.bound == {ann.client: ANN}
    stored = Page.load(DOC_ID, snapshot=None, updates=[], seq=0, bound={7: ANN})
    assert not stored.unbind(7)


def test_a_large_update_that_is_known_is_not_read_again(
    lesson: Class, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, ben = lesson.join(ANN), lesson.join(BEN)
    large = stroke(ANN, d=b"\x01" + bytes(6000))
    (update,) = ann.edit(["set", "el", ann.new_id(), large])
    lesson.pens[ANN] = "none"
    for _ in range(2):
        with pytest.raises(Refused, match=r"pen\.missing"):
            lesson.send(ann, [update])
    lesson.pens[ANN] = "own"
    assert lesson.send(ann, [update, update]) == [Applied(1), None]
    lesson.pens[ANN] = "none"
    with pytest.raises(Refused, match=r"client\.foreign"):
        lesson.send(ben, [update])

    def read_again(_: bytes) -> None:
        raise AssertionError

    monkeypatch.setattr("whiteboard.page.read_update", read_again)
    assert lesson.send(ann, [update]) == [None]


def test_who_has_items_now(lesson: Class) -> None:
    ann, ben, _ = lesson.join(ANN), lesson.join(BEN), lesson.join(TUTOR)
    item = ann.new_id()
    lesson.send(ann, ann.edit(["set", "el", item, stroke(ANN)]))
    lesson.send(ben, ben.edit(["set", "el", ben.new_id(), stroke(BEN)]))
    assert lesson.page.writers == {ANN, BEN}
    assert lesson.page.authors == {ANN, BEN, TUTOR}
    lesson.send(ann, ann.edit(["delete", "el", item]))
    assert lesson.page.writers == {BEN}


def test_who_knows_something_is_given_the_rest(lesson: Class, browsers: Browsers) -> None:
    _, lesson = drawn_on(lesson)
    late = browsers.open(5)
    late.apply(lesson.page.state(b""))
    assert late.read() == {**contents(lesson.page), "pending": False}
    assert late.vector() == late.vector()
    assert len(lesson.page.state(late.vector())) < 60
    for vector in (b"\x01", b"\xff" * 9, b"\x00\x00"):
        with pytest.raises(Refused, match=r"update\.(malformed|trailing)"):
            lesson.page.state(vector)


@pytest.mark.parametrize("way", ["log", "snapshot", "snapshot and log", "snapshot and all"])
def test_a_page_is_loaded_as_it_was(lesson: Class, way: str) -> None:
    log, lesson = drawn_on(lesson)
    page = lesson.page
    half = Page.load(DOC_ID, snapshot=None, updates=log[:6], seq=6, bound=page.bound).snapshot()
    snapshot, updates = {
        "log": (None, log),
        "snapshot": (page.snapshot(), []),
        "snapshot and log": (half, log[6:]),
        "snapshot and all": (half, log),
    }[way]
    lesson.page = Page.load(DOC_ID, snapshot=snapshot, updates=updates, seq=12, bound=page.bound)
    assert contents(lesson.page) == contents(page)
    assert lesson.page.seq == 12
    assert lesson.page.bound == page.bound
    for update in log:
        author = ANN if b"ann" in update else None
        if author is not None:
            assert lesson.page.receive(update, author=ANN, client_id=1001, pen="own") is None
    (ann, _), *_ = lesson._joined
    answers = lesson.send(ann, ann.edit(["set", "el", ann.new_id(), stroke(ANN)]))
    assert answers == [Applied(13)]
    lesson.agrees()


def test_a_page_may_be_loaded_in_a_thread_and_left_to_another(lesson: Class) -> None:
    log, lesson = drawn_on(lesson)
    loaded: list[Page] = []

    def load() -> None:
        bound = lesson.page.bound
        loaded.append(Page.load(DOC_ID, snapshot=None, updates=log, seq=1, bound=bound))

    thread = threading.Thread(target=load)
    thread.start()
    thread.join()
    assert contents(loaded[0]) == contents(lesson.page)
    last = threading.Thread(target=loaded.clear)
    last.start()
    last.join()
    assert not loaded


def test_what_is_no_page_is_not_loaded() -> None:
    for snapshot in (b"", b"\x07", b"\x01\x01\x09\x00\x28\x01\x02xx\x01k\x01\x7e\x00"):
        with pytest.raises(LocalError):
            Page.load(DOC_ID, snapshot=snapshot, updates=[], seq=0, bound={})


@pytest.mark.parametrize("fault", [Panic, ValueError, RuntimeError])
def test_a_document_that_fails_while_loading_is_told(
    monkeypatch: pytest.MonkeyPatch, fault: type[BaseException]
) -> None:
    def fail(*_: Any) -> None:
        raise fault("inside")

    monkeypatch.setattr("whiteboard.page.Doc.apply_update", fail)
    with pytest.raises(LocalError):
        Page.load(DOC_ID, snapshot=b"\x00\x00", updates=[], seq=0, bound={})


def test_a_copy_lives_its_own_life(lesson: Class) -> None:
    _, lesson = drawn_on(lesson)
    copy = copy_pages(COPY, [lesson.page])
    assert (copy.doc_id, copy.seq, copy.bound) == (COPY, 0, lesson.page.bound)
    seen = contents(copy)
    assert seen == contents(lesson.page)
    original, lesson.page = lesson.page, copy
    tutor = lesson.join(TUTOR, pen="all")
    lesson.send(tutor, tutor.edit(["delete", "el", next(iter(seen["el"]))]))
    assert contents(original) == seen
    assert copy.item_count() == original.item_count() - 1


def test_a_cleared_page_comes_back_with_what_was_drawn_since(browsers: Browsers) -> None:
    _, old = drawn_on(Class(browsers))
    new = Class(browsers, first_client=2000)
    ben = new.join(BEN)
    new.send(ben, ben.edit(["set", "el", ben.new_id(), stroke(BEN)]))
    both = copy_pages(COPY, [old.page, new.page])
    assert both.items() == {**old.page.items(), **new.page.items()}
    assert both.item_count() == 4
    again = copy_pages(COPY, [old.page, both])
    assert contents(again) == contents(both)


@pytest.mark.parametrize("fault", [Panic, ValueError, RuntimeError])
def test_a_failing_document_is_told_and_left(
    lesson: Class, monkeypatch: pytest.MonkeyPatch, fault: type[BaseException]
) -> None:
    log, lesson = drawn_on(lesson)
    page = lesson.page
    (ann, _), *_ = lesson._joined
    (update,) = ann.edit(["set", "el", ann.new_id(), stroke(ANN)])

    def fail(*_: Any) -> None:
        raise fault("inside")

    with monkeypatch.context() as patch:
        patch.setattr(page._doc, "apply_update", fail)
        with pytest.raises(LocalError):
            page.receive(update, author=ANN, client_id=ann.client, pen="own")
    assert page.seq == 12
    with pytest.raises(LocalError):
        page.receive(update, author=ANN, client_id=ann.client, pen="own")
    lesson.page = Page.load(DOC_ID, snapshot=None, updates=log, seq=12, bound=page.bound)
    assert lesson.send(ann, [update]) == [Applied(13)]
    lesson.agrees()


def test_ids() -> None:
    doc_id = PageDocId.parse("b_-/P1/20")
    assert (doc_id.board, doc_id.page, doc_id.epoch, str(doc_id)) == ("b_-", "P1", 20, "b_-/P1/20")
    for wrong in ("", "a/b", "a/b/c", "a/b/-1", "a/b/01", "a//0", "a/b/0\n", "a/b/0/", "é/b/0"):
        with pytest.raises(Refused, match=r"page\.unknown"):
            PageDocId.parse(wrong)
    assert client_of_item("rs-1") == client_of_item("rs-0") == client_of_item("rs-10") == 1000
    wrong_forms = ("", "rs", "rs-", "RS-1", "rs-1-1", "rs-1\n", "a" * 13 + "-1", "a-" + 13 * "1")
    for wrong in (*wrong_forms, "0rs-1", "rs-01", "rs-00", "00-1"):
        with pytest.raises(Refused, match=r"schema\.value"):
            client_of_item(wrong)


def test_pens_have_an_order() -> None:
    assert [PEN_BYTE[pen] for pen in ("none", "own", "all")] == [0, 1, 2]
    assert lesser("all", "own") == lesser("own", "all") == "own"
