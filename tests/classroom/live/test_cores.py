"""The core of a live room is made on the terms that its row says."""

from __future__ import annotations

from dataclasses import replace

from classroom.clock import monotonic, utc_now
from classroom.ids import AccountId, RoomId
from classroom.live.cores import OWNERLESS_DAYS, make_core
from classroom.live.ports import Clocks
from classroom.room.lifecycle import RoomTerms
from classroom.room.record import KeptLesson
from classroom.store.rooms import RoomRow

ROW = RoomRow(RoomId("room-1"), "kfm-qtw-xyz", "Latin", AccountId("wu"), "Ms Wu", utc_now())


def terms_of(row: RoomRow) -> RoomTerms:
    lesson = KeptLesson("lesson", None, None)
    clocks = Clocks(monotonic, utc_now)
    return make_core(row, None, lesson, clocks, capacity=60, seat_grace_s=60.0).terms


def test_a_class_is_recorded_as_its_room_says() -> None:
    terms = terms_of(replace(ROW, recording_policy="required", recording_days=30))
    assert (terms.recording_policy, terms.kept_days) == ("required", 30)
    assert terms_of(ROW).recording_policy == "ask"


def test_a_room_that_belongs_to_nobody_keeps_for_a_week() -> None:
    assert terms_of(replace(ROW, owner_id=None, recording_days=180)).kept_days == OWNERLESS_DAYS
