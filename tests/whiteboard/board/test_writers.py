"""Client ids: whose they are, when they are stored, when they are free again; names of authors."""

from __future__ import annotations

from typing import Any

import pytest
from pycrdt import Doc, Map

from tests.support.board_lesson import Client, Lesson, doc_id
from whiteboard import frame
from whiteboard.ids import AuthorId
from whiteboard.limits import FRESH_IDS_BURST

TAKEN = frame.ChannelRefused(0, "client.taken")


def bound(lesson: Lesson) -> dict[int, AuthorId]:
    page = lesson.board.page(doc_id())
    assert page
    return dict(page.bound)


def opens_as(client: Client, client_id: int, epoch: int = 0) -> None:
    client.opens(doc_id(epoch=epoch), document=Doc(client_id=client_id))


def test_an_hour_of_looking_leaves_no_bindings() -> None:
    lesson = Lesson()
    tina, sam = lesson.comes("tina"), lesson.comes("sam", pen="none")
    tina.opens()
    for _ in range(200):
        sam.opens()
        assert len(bound(lesson)) == 2
        sam.sends(frame.CloseChannel(0))
        lesson.passes(10)
    assert bound(lesson) == {tina.docs[0].client_id: "tina"}
    tina.draws()
    [batch] = lesson.batches
    assert batch.bindings == ((tina.docs[0].client_id, "tina"),)
    assert sam.closed_with is None


def test_who_leaves_without_a_stroke_leaves_no_binding() -> None:
    lesson = Lesson()
    tina, sam = lesson.comes("tina"), lesson.comes("sam")
    tina.opens()
    sam.opens()
    tina.draws()
    sam.leaves()
    assert bound(lesson) == {tina.docs[0].client_id: "tina"}


def test_whoever_wrote_keeps_the_client_id() -> None:
    lesson = Lesson()
    lesson.holds_commits = True
    tina, sam = lesson.comes("tina"), lesson.comes("sam")
    tina.opens()
    tina.draws()
    tina.draws()
    client_id = tina.docs[0].client_id
    tina.leaves()
    opens_as(sam, client_id)
    assert sam.heard(frame.ChannelRefused) == [TAKEN]
    lesson.release()
    assert lesson.stored().bound == {client_id: "tina"}


def test_a_binding_goes_with_the_first_update_that_needs_it_and_no_sooner() -> None:
    lesson = Lesson()
    tina, sam = lesson.comes("tina"), lesson.comes("sam")
    tina.opens()
    sam.opens()
    tina.draws()
    sam.draws()
    sam.draws()
    ids = [client.docs[0].client_id for client in (tina, sam)]
    assert [batch.bindings for batch in lesson.batches] == [
        ((ids[0], "tina"),),
        ((ids[1], "sam"),),
        (),
    ]


def test_a_failed_batch_takes_its_bindings_along_again() -> None:
    lesson = Lesson()
    tina = lesson.comes("tina")
    tina.opens()
    lesson.store.is_broken = True
    tina.draws()
    lesson.store.is_broken = False
    lesson.passes(3)
    assert lesson.stored().bound == {tina.docs[0].client_id: "tina"}


def test_a_second_connection_keeps_the_client_id_when_the_first_goes() -> None:
    lesson = Lesson()
    old, sam = lesson.comes("tina"), lesson.comes("sam")
    old.opens()
    document = old.docs[0]
    new = lesson.comes("tina")
    new.opens(document=document)
    old.leaves()
    assert bound(lesson) == {document.client_id: "tina"}
    new.draws()
    assert new.acked == {0: 1}
    opens_as(sam, document.client_id)
    assert sam.heard(frame.ChannelRefused) == [TAKEN]


def test_a_client_id_in_use_is_nobody_elses_in_the_next_epoch() -> None:
    lesson = Lesson()
    lesson.holds_commits = True
    anna, mal = lesson.comes("anna"), lesson.comes("mal")
    anna.opens()
    drawn = anna.draws()
    client_id = anna.docs[0].client_id
    lesson.has_pages(doc_id(epoch=1))
    for client in (mal, anna):
        opens_as(client, client_id, epoch=1)
        assert client.heard(frame.ChannelRefused) == [TAKEN], "its author's neither"
    lesson.release()
    lesson.passes(60)
    assert lesson.stored().items().keys() == {drawn}
    mal.forgets()
    opens_as(mal, client_id, epoch=1)
    assert mal.heard(frame.ChannelRefused) == [TAKEN], "the store knows it by now"


def test_a_client_id_that_never_wrote_is_free_in_the_next_epoch() -> None:
    lesson = Lesson()
    anna = lesson.comes("anna")
    anna.opens()
    client_id = anna.docs[0].client_id
    lesson.has_pages(doc_id(epoch=1))
    opens_as(anna, client_id, epoch=1)
    assert not anna.heard(frame.ChannelRefused)


def test_a_claim_outlives_the_unloading_of_its_epoch() -> None:
    lesson = Lesson()
    lesson.holds_commits = True
    anna, mal = lesson.comes("anna"), lesson.comes("mal")
    anna.opens()
    anna.draws()
    client_id = anna.docs[0].client_id
    lesson.has_pages(doc_id(epoch=1))
    mal.opens(doc_id(epoch=1))  # loaded while the store knows nothing of it
    lesson.release()
    lesson.holds_commits = False
    lesson.passes(60)
    assert [unloaded.doc_id.epoch for unloaded in lesson.unloaded] == [0]
    mal.sends(frame.CloseChannel(0))
    mal.forgets()
    opens_as(mal, client_id, epoch=1)
    assert mal.heard(frame.ChannelRefused) == [TAKEN]


def test_too_many_new_client_ids_on_one_page_close() -> None:
    lesson = Lesson(pages=("p1", "p2"))
    sam = lesson.comes("sam")
    for page in ("p2", "p1"):
        for _ in range(int(FRESH_IDS_BURST)):
            sam.opens(doc_id(page))
            sam.sends(frame.CloseChannel(0))
            lesson.passes(0.2)
            assert sam.closed_with is None
    for _ in range(20):
        if sam.closed_with is None:
            sam.opens()
            sam.sends(frame.CloseChannel(0))
    assert sam.closed_with == "rate.limited"


def test_the_same_client_id_costs_nothing_however_often() -> None:
    lesson = Lesson()
    sam = lesson.comes("sam")
    document: Doc[Any] = Doc(client_id=7)
    for _ in range(int(FRESH_IDS_BURST) * 2):
        sam.opens(document=document)
        sam.sends(frame.CloseChannel(0))
        lesson.passes(0.2)
    assert sam.closed_with is None


@pytest.mark.parametrize("is_first", [True, False])
def test_names_are_told_of_those_whose_items_are_there(is_first: bool) -> None:
    lesson = Lesson()
    gone, here = lesson.comes("gone"), lesson.comes("here")
    gone.opens()
    here.opens()
    key = gone.draws()
    here.draws()
    erased = gone.docs[0].get_state()
    elements: Map[Any] = gone.docs[0].get("el", type=Map)
    del elements[key]
    gone.updates(gone.docs[0].get_update(erased))
    looking = [lesson.comes(f"looking{number}") for number in range(3)]
    for client in looking:
        client.opens()
    if is_first:
        lesson.begins(("p1",))
    else:
        for client in (gone, here, *looking):
            client.leaves()
        lesson.passes(60)
    late = lesson.comes("late")
    late.opens()
    assert late.heard(frame.Authors) == [
        frame.Authors(0, {"here": "Here", "late": "Late"}),
    ]


def test_what_is_repeated_while_commits_fail_costs_no_memory() -> None:
    lesson = Lesson()
    lesson.holds_commits = True
    tina = lesson.comes("tina")
    tina.opens()
    _, update = tina.stroke()
    for _ in range(500):
        tina.updates(update)
    [channel] = lesson.board._peers[tina.peer].channels.values()
    assert len(channel._owed) == 1
    lesson.release()
    assert tina.acked == {0: 500}


def test_a_page_of_an_earlier_lesson_still_knows_its_writers() -> None:
    lesson = Lesson()
    old = lesson.comes("old")
    old.opens()
    old.draws()
    client_id = old.docs[0].client_id
    lesson.begins(("p1",))
    sam = lesson.comes("sam")
    opens_as(sam, client_id)
    assert sam.heard(frame.ChannelRefused) == [TAKEN]
