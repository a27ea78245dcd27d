"""What is acknowledged is on disk: batches, failures, kills, unloading, snapshots."""

from __future__ import annotations

import pytest

from tests.support.board_lesson import Lesson, doc_id
from whiteboard import frame
from whiteboard.compaction import UPDATES_MAX
from whiteboard.effects import Commit
from whiteboard.errors import LocalError


def test_nothing_is_acknowledged_before_it_is_on_disk() -> None:
    lesson = Lesson()
    lesson.holds_commits = True
    tina, sam = lesson.comes("tina"), lesson.comes("sam")
    tina.opens()
    sam.opens()
    keys = {tina.draws() for _ in range(4)} | {sam.draws()}
    lesson.passes(0.1)
    assert not tina.acked
    assert sam.items() == keys, "the others see it all the same"
    assert lesson.stored().items() == {}
    [first] = lesson.held
    assert isinstance(first, Commit)
    assert len(first.batch.entries) == 1, "one under way, the others wait for it"
    lesson.release()
    [second] = lesson.held
    assert isinstance(second, Commit)
    assert [entry.seq for entry in second.batch.entries] == [2, 3, 4, 5]
    assert tina.heard(frame.Ack) == [frame.Ack(0, 1, 1)]
    lesson.release()
    assert tina.heard(frame.Ack)[-1] == frame.Ack(0, 4, 5)
    assert sam.heard(frame.Ack) == [frame.Ack(0, 1, 5)]
    assert lesson.stored().items().keys() == keys


def test_a_binding_is_on_disk_with_the_first_update_that_needs_it() -> None:
    lesson = Lesson()
    tina, sam = lesson.comes("tina"), lesson.comes("sam")
    tina.opens()
    sam.opens()
    assert lesson.batches == [], "who only looks on leaves no row"
    tina.draws()
    [batch] = lesson.batches
    assert (tina.docs[0].client_id, "tina") in batch.bindings
    sam.draws()
    assert lesson.stored().bound == {tina.docs[0].client_id: "tina", sam.docs[0].client_id: "sam"}


def test_after_a_kill_every_acknowledged_update_is_there_and_its_author_goes_on() -> None:
    lesson = Lesson()
    tina = lesson.comes("tina")
    tina.opens()
    acked = {tina.draws() for _ in range(3)}
    lesson.holds_commits = True
    lost_key, lost = tina.stroke()
    tina.updates(lost)
    document = tina.docs[0]
    lesson.begins(("p1",))
    lesson.holds_commits = False
    again = lesson.comes("tina")
    again.opens(document=document)
    assert lesson.stored().items().keys() == acked
    again.updates(lost)
    assert again.acked == {0: 1}
    assert lesson.stored().items().keys() == acked | {lost_key}


def test_a_resent_update_is_acknowledged_only_when_it_is_on_disk() -> None:
    lesson = Lesson()
    lesson.holds_commits = True
    tina = lesson.comes("tina")
    tina.opens()
    _, update = tina.stroke()
    tina.updates(update)
    document = tina.docs[0]
    tina.leaves()
    again = lesson.comes("tina")
    again.opens(document=document)
    again.sends(frame.Update(0, 1, update))
    assert not again.acked
    lesson.release()
    assert again.acked == {0: 1}
    again.sends(frame.Update(0, 1, update))
    assert again.heard(frame.Ack) == [frame.Ack(0, 1, 1)] * 2
    assert lesson.board.take_counts()["repeated"] == 2


def test_a_failing_disk_is_told_retried_and_loses_nothing() -> None:
    lesson = Lesson(pages=("p1", "p2"))
    tina, sam = lesson.comes("tina"), lesson.comes("sam")
    tina.opens()
    sam.opens(doc_id("p2"))
    kept = tina.draws()
    lesson.store.is_broken = True
    tina.draws()
    sam.draws()
    for client in (tina, sam):
        assert client.heard(frame.Fault) == [frame.Fault("board.not_saved")]
    late = lesson.comes("late")
    assert late.heard(frame.Fault) == [frame.Fault("board.not_saved")]
    lesson.passes(1.9)
    tina.draws()
    tries = len(lesson.batches)
    lesson.passes(0.2)
    assert len(lesson.batches) == tries + 2, "each page once"
    assert tina.acked == {0: 1}
    assert lesson.stored().items().keys() == {kept}
    lesson.store.is_broken = False
    lesson.passes(2)
    assert tina.acked == {0: 3}
    assert sam.acked == {0: 1}
    for client in (tina, sam, late):
        assert client.heard(frame.Fault)[-1] == frame.Fault("board.saved")
        assert len(client.heard(frame.Fault)) == 2
    assert lesson.stored().items().keys() == tina.items()
    assert lesson.stored(doc_id("p2")).items().keys() == sam.items()


def test_a_page_with_unsaved_work_is_not_let_go() -> None:
    lesson = Lesson()
    tina = lesson.comes("tina")
    tina.opens()
    lesson.store.is_broken = True
    key = tina.draws()
    tina.leaves()
    lesson.passes(120)
    assert not lesson.unloaded
    lesson.store.is_broken = False
    lesson.passes(3)
    assert lesson.stored().items().keys() == {key}
    lesson.passes(31)
    assert len(lesson.unloaded) == 1


def test_a_page_whose_document_failed_is_loaded_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    lesson = Lesson()
    lesson.holds_commits = True
    tina, sam = lesson.comes("tina"), lesson.comes("sam")
    tina.opens()
    sam.opens()
    keys = {tina.draws(), tina.draws()}
    page = lesson.board.page(doc_id())

    def fails(*_: object, **__: object) -> None:
        raise LocalError("the document failed")

    monkeypatch.setattr(page, "receive", fails, raising=True)
    sam.draws()
    assert sam.heard(frame.Deny) == [frame.Deny(0, 1, "update.malformed")]
    assert tina.heard(frame.Gone) == [frame.Gone(0)]
    sam.opens()
    assert len(sam.heard(frame.State)) == 1, "not before all that was taken is on disk"
    lesson.release()
    lesson.release()
    assert sam.items() == keys
    tina.opens()
    keys.add(tina.draws())
    lesson.release()
    assert lesson.stored().items().keys() == sam.items() | tina.items() == keys
    assert lesson.board.take_counts()["broken"] == 1


def test_too_much_unsaved_work_stays_with_its_writers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whiteboard.journal.UNSAVED_BYTES_MAX", 300_000)
    lesson = Lesson()
    lesson.holds_commits = True
    tina, sam = lesson.comes("tina"), lesson.comes("sam")
    tina.opens()
    sam.opens()
    sent = 0
    while tina.closed_with is None and sent < 100:
        tina.draws(points=b"\x01" + b"\x00\x00\x00" * 5000)
        sent += 1
        lesson.passes(1)
    assert tina.closed_with == "board.not_saved"
    assert sent == 21, "the one that did not fit was not taken"
    assert sam.closed_with is None
    assert len(sam.items()) == 20
    lesson.release()
    lesson.release()
    assert len(lesson.stored().items()) == 20
    sam.draws()
    assert sam.closed_with is None, "there is room again"


def test_a_page_goes_half_a_minute_after_its_last_channel_and_comes_back() -> None:
    lesson = Lesson()
    tina = lesson.comes("tina")
    tina.opens()
    key = tina.draws()
    tina.leaves()
    lesson.passes(29)
    assert not lesson.unloaded
    sam = lesson.comes("sam")
    sam.opens(mode=frame.LOOK)
    lesson.passes(120)
    assert not lesson.unloaded, "somebody looks"
    sam.sends(frame.CloseChannel(0))
    lesson.passes(29)
    assert lesson.board.page(doc_id()) is not None
    lesson.passes(2)
    [unloaded] = lesson.unloaded
    assert unloaded.is_dirty
    assert lesson.board.page(doc_id()) is None
    assert lesson.board.next_timer() is None
    sam.opens()
    assert sam.items() == {key}
    sam.leaves()
    lesson.passes(31)
    assert [one.is_dirty for one in lesson.unloaded] == [True, False]


def test_a_long_log_becomes_a_snapshot_while_the_page_is_open() -> None:
    lesson = Lesson()
    tina = lesson.comes("tina")
    tina.opens()
    for _ in range(UPDATES_MAX + 10):
        tina.draws()
    assert lesson.snapshots == [(doc_id(), UPDATES_MAX)]
    assert lesson.stored().item_count() == UPDATES_MAX + 10
    tina.leaves()
    lesson.passes(31)
    assert lesson.unloaded[0].is_dirty
    assert lesson.stored().item_count() == UPDATES_MAX + 10


def test_a_snapshot_never_holds_what_is_not_on_disk() -> None:
    lesson = Lesson()
    tina = lesson.comes("tina")
    tina.opens()
    for _ in range(UPDATES_MAX - 1):
        tina.draws()
    lesson.holds_commits = True
    tina.draws()
    tina.draws()
    lesson.release()
    assert lesson.snapshots == [], "one more is on its way"
    lesson.release()
    assert lesson.snapshots == [(doc_id(), UPDATES_MAX + 1)]


def test_a_log_that_was_long_already_is_known_at_loading() -> None:
    lesson = Lesson()
    tina = lesson.comes("tina")
    tina.opens()
    for _ in range(UPDATES_MAX - 1):
        tina.draws()
    lesson.begins(("p1",))  # killed: no snapshot was written
    tina = lesson.comes("tina")
    tina.opens()
    tina.draws()
    assert lesson.snapshots == [(doc_id(), UPDATES_MAX)]


def test_answers_to_what_was_not_asked_are_our_own_mistakes() -> None:
    lesson = Lesson()
    tina = lesson.comes("tina")
    with pytest.raises(LocalError):
        lesson.board.committed(doc_id(), seq=1)
    with pytest.raises(LocalError):
        lesson.board.page_failed(doc_id(), "board.unavailable")
    tina.opens()
    with pytest.raises(LocalError):
        lesson.board.committed(doc_id(), seq=1)
    with pytest.raises(LocalError):
        lesson.board.commit_failed(doc_id(), now=0.0)
    lesson.board.page_deflated(doc_id(), seq=5, update=b"")
    lesson.board.page_deflated(doc_id("p2"), seq=5, update=b"")
