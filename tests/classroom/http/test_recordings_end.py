"""How recordings end: deleted, expired, held, people taken out; broken off at any step."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from classroom.clock import utc_now
from classroom.http.limits import Limits
from classroom.jobs.erasing import ERASE_JOB
from classroom.jobs.recording_lines import read_log
from classroom.jobs.room_log import leave_out_of_log
from classroom.people.links import consent_token
from classroom.store import consent
from classroom.store.jobs import JobRow, jobs_of, take_job
from classroom.store.recording_captions import CaptionRow, put_caption
from classroom.store.recording_exports import add_export, exports_of
from classroom.store.recording_people import people_of
from classroom.store.recording_tables import RecordingKey
from classroom.store.recordings import change_recording, find_recording
from recording import manifest as manifests
from recording.manifest import Manifest
from tests.support.people import House
from tests.support.recording_owner import LIN, REC, Owned, played
from tests.support.recording_shelf import store


@pytest.fixture
async def owned(home: House) -> Owned:
    return await Owned(home).begin()


def folder_of(owned: Owned) -> Path:
    return owned.home.doors.library.blobs.folder("rec1")


def manifest_of(owned: Owned) -> Manifest:
    key = owned.home.doors.secret.key("manifests")
    return manifests.unpack((folder_of(owned) / manifests.FILE).read_bytes(), key)


async def deeds() -> list[str]:
    return [line.deed.deed for line in await consent.lines_of("rec1")]


class Broken(Exception):
    """The server is killed here."""


async def test_deleting_takes_keys_files_and_row_and_leaves_the_record(owned: Owned) -> None:
    await played(owned.owner)
    assert (await owned.owner.send("DELETE", REC)).status == 204
    assert await RecordingKey.all() == []
    assert list(owned.home.doors.library.blobs.root.iterdir()) == []
    assert await find_recording("rec1") is None
    assert await deeds() == ["watched", "key_destroyed", "deleted"]
    assert (await owned.owner.send("DELETE", REC)).code == "recording.unknown"


async def test_files_that_cannot_be_taken_away_now_go_later_and_hold_up_no_others(
    owned: Owned, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = owned.home.doors.library

    async def away(recording_id: str) -> None:
        raise OSError("the bucket failed")

    with monkeypatch.context() as patched:
        patched.setattr(library.blobs, "remove", away)
        assert (await owned.owner.send("DELETE", REC)).status == 204
        assert await RecordingKey.all() == []
        assert (await owned.owner.get(REC)).status == 404
        await library.retention.look(utc_now())
        assert await find_recording("rec1") is not None
    await library.retention.look(utc_now())
    assert await find_recording("rec1") is None
    assert list(library.blobs.root.iterdir()) == []


@pytest.mark.parametrize("step", ["destroy_all", "end_all", "remove", "forget"])
async def test_deleting_goes_on_where_it_was_broken_off(
    owned: Owned, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = owned.home.doors.library

    def broken(*_: Any) -> None:
        raise Broken

    with monkeypatch.context() as patched:
        if step == "forget":
            patched.setattr("classroom.jobs.recording_deletion.forget_recording", broken)
        else:
            owner = {"destroy_all": library.keys, "end_all": library.sessions}.get(
                step, library.blobs
            )
            patched.setattr(owner, step, broken)
        with pytest.raises(Broken):
            await library.deletion.delete("rec1")
    if step != "destroy_all":
        assert await RecordingKey.all() == []
        assert (await owned.owner.get(REC)).code == "recording.unknown"
        await library.deletion.go_on()
    else:
        await library.deletion.delete("rec1")
    assert await find_recording("rec1") is None
    assert not folder_of(owned).exists()


async def test_what_is_recorded_now_is_not_deleted(owned: Owned) -> None:
    await change_recording("rec1", state="recording")
    assert (await owned.owner.send("DELETE", REC)).code == "recording.not_ready"


async def test_what_is_held_stays(owned: Owned) -> None:
    held = await owned.owner.send("PATCH", REC, {"hold": True, "hold_why": "court"})
    assert (held.json["hold"], held.json["hold_why"]) == (True, "court")
    assert (await owned.owner.send("DELETE", REC)).code == "recording.held"
    removing = await owned.owner.post(f"{REC}/people/bo/remove", {})
    assert removing.code == "recording.held"
    room = f"/api/rooms/{owned.room['id']}"
    assert (await owned.owner.send("DELETE", room)).code == "recording.held"
    await change_recording("rec1", delete_after=utc_now() - timedelta(days=1))
    await owned.home.doors.library.retention.look(utc_now())
    assert await find_recording("rec1") is not None
    await owned.owner.send("PATCH", REC, {"hold": False})
    await owned.home.doors.library.retention.look(utc_now())
    assert await find_recording("rec1") is None
    assert await deeds() == ["hold", "hold", "retention", "key_destroyed", "deleted"]


async def test_a_room_takes_its_recordings_along(owned: Owned) -> None:
    room = f"/api/rooms/{owned.room['id']}"
    assert (await owned.owner.send("DELETE", room)).status == 204
    assert await find_recording("rec1") is None
    assert await RecordingKey.all() == []


async def test_the_owner_is_reminded_once_and_then_it_is_deleted(owned: Owned) -> None:
    hook = {"url": "https://example.org/hook", "room_id": "", "kinds": []}
    made = await owned.owner.post("/api/webhooks", hook)
    assert made.status == 201, made.body
    at = utc_now()
    await change_recording("rec1", delete_after=at + timedelta(days=10))
    retention = owned.home.doors.library.retention
    await retention.look(at)
    assert await sent(made.json["id"]) == []
    await retention.look(at + timedelta(days=4))
    await retention.look(at + timedelta(days=5))
    assert await sent(made.json["id"]) == ["recording.expiring"]
    await retention.look(at + timedelta(days=9, hours=23))
    assert await find_recording("rec1") is not None
    await retention.look(at + timedelta(days=10))
    assert await find_recording("rec1") is None
    assert await sent(made.json["id"]) == ["recording.deleted", "recording.expiring"]


async def sent(hook_id: str) -> list[str]:
    return [job.body["type"] for job in await jobs_of("webhook", hook_id, limit=10)]


# Taking somebody out


async def taken() -> JobRow:
    job = await take_job(at=utc_now() + timedelta(hours=1), kinds=(ERASE_JOB,))
    assert job is not None
    return job


async def remade(owned: Owned) -> None:
    """What the crew does: everybody's sound anew, under the new key."""
    key = await owned.home.doors.library.keys.key("rec1", "", "derived")
    store(folder_of(owned), "rec1", "mix", key, 20, "audio/opus", "rest")


async def test_somebody_is_taken_out_for_good(owned: Owned) -> None:
    shelf, folder = owned.shelf, folder_of(owned)
    await shelf.log("rec1", "people/bo.chat.rj", "bo", "chat", [])
    await shelf.log("rec1", "people/lin.ink.rj", "lin", "ink", [])
    await add_export("x1", "rec1", form="mp4", order={}, at=utc_now())
    (folder / "exports").mkdir()
    (folder / "exports" / "x1").write_bytes(b"film")
    (folder / "poster.webp").write_bytes(b"picture")
    base = await played(owned.owner)
    old = await owned.home.doors.library.keys.key("rec1", "", "derived")
    assert (await owned.owner.post(f"{REC}/people/bo/remove", {})).status == 202
    told = (await owned.owner.get(REC)).json
    assert (told["state"], told["agreed"]) == ("erasing", 1)
    assert ("bo", "voice") not in await owned.home.doors.library.keys.all("rec1")
    assert (await owned.owner.get(f"{base}/mix.webm")).status == 404, "the session is over"
    assert (await owned.owner.post(f"{REC}/play", {})).code == "recording.changing"
    erasing = owned.home.doors.library.erasing
    erasing.remake = lambda _: remade(owned)
    await erasing.do(await taken())
    assert (await owned.owner.get(REC)).json["state"] == "ready"
    assert await owned.home.doors.library.keys.key("rec1", "", "derived") != old
    assert sorted(path.name for path in folder.rglob("*") if path.is_file()) == [
        "lin-camera.body",
        "lin-camera.index",
        "lin-microphone.body",
        "lin-microphone.index",
        "lin-screen.body",
        "lin-screen.index",
        "lin.ink.rj",
        "manifest.json",
        "mix.body",
        "mix.index",
    ]
    assert await exports_of("rec1") == []
    assert {track.pid for track in manifest_of(owned).tracks} == {"lin"}
    assert manifest_of(owned).people == (("lin", LIN.kinds),)
    base = await played(owned.owner)
    assert b"<rest 3>" in (await owned.owner.get(f"{base}/mix.webm")).body
    done = [deed for deed in await deeds() if deed != "watched"]
    assert done == ["erase_asked", "key_destroyed", "erased"]


async def test_nobody_who_was_taken_out_is_named_on_the_disk(owned: Owned) -> None:
    events = [
        {"ms": 0, "event": "joined", "pid": "bo", "name": "Boris", "role": "student"},
        {"ms": 1, "event": "joined", "pid": "lin", "name": "Lin", "role": "student"},
        {"ms": 2, "event": "file", "pid": "bo", "name": "Boris.pdf"},
        {
            "ms": 3,
            "event": "turned",
            "page": {"id": "p", "name": "Screen of Boris", "backdrop": "bo~screen~a"},
        },
        *({"ms": 4 + n, "event": "mark", "title": "x" * 90} for n in range(4_000)),
    ]
    await owned.shelf.log("rec1", "room.rj", "", "room", events)
    await owned.owner.post(f"{REC}/people/bo/remove", {})
    erasing = owned.home.doors.library.erasing
    erasing.remake = lambda _: remade(owned)
    await erasing.do(await taken())
    key = await owned.home.doors.library.keys.key("rec1", "", "room")
    lines = list(read_log(folder_of(owned) / "room.rj", key))
    assert "Boris" not in str(lines)
    assert len(lines) == 4_002
    before = (folder_of(owned) / "room.rj").read_bytes()
    leave_out_of_log(folder_of(owned), "rec1", key, {"lin": LIN.kinds})
    assert (folder_of(owned) / "room.rj").read_bytes() == before, "there is nothing to leave out"


async def test_one_kind_is_taken_out_and_the_rest_stays(owned: Owned) -> None:
    answer = await owned.owner.post(f"{REC}/people/lin/remove", {"kinds": ["camera"]})
    assert answer.status == 202
    erasing = owned.home.doors.library.erasing
    erasing.remake = lambda _: remade(owned)
    await erasing.do(await taken())
    lin = next(one for one in await people_of("rec1") if one.pid == "lin")
    assert set(lin.kinds) == {"voice", "screen", "chat", "ink"}
    assert {track.id for track in manifest_of(owned).tracks} == {
        "lin-microphone",
        "lin-screen",
        "bo-microphone",
    }


@pytest.mark.parametrize("step", ["destroy", "replace", "drop", "remake"])
async def test_erasing_goes_on_where_it_was_broken_off(
    owned: Owned, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = owned.home.doors.library
    erasing = library.erasing

    async def broken(*_: Any) -> None:
        raise Broken

    assert (await owned.owner.post(f"{REC}/people/bo/remove", {})).status == 202
    job = await taken()
    erasing.remake = broken if step == "remake" else lambda _: remade(owned)
    with monkeypatch.context() as patched:
        if step != "remake":
            patched.setattr(library.blobs if step == "drop" else library.keys, step, broken)
        with pytest.raises(Broken):
            await erasing.do(job)
    assert (await owned.owner.get(REC)).json["state"] == "erasing"
    assert (await owned.owner.post(f"{REC}/play", {})).code == "recording.changing"
    erasing.remake = lambda _: remade(owned)
    await erasing.do(job)
    await erasing.do(job)
    assert (await owned.owner.get(REC)).json["state"] == "ready"
    assert not list(folder_of(owned).glob("tracks/bo-*"))


async def test_a_recording_is_played_when_all_who_leave_are_out(owned: Owned) -> None:
    erasing = owned.home.doors.library.erasing
    erasing.remake = lambda _: remade(owned)
    await owned.owner.post(f"{REC}/people/bo/remove", {})
    await owned.owner.post(f"{REC}/people/lin/remove", {"kinds": ["voice"]})
    await erasing.do(await taken())
    assert (await owned.owner.get(REC)).json["state"] == "erasing"
    await erasing.do(await taken())
    assert (await owned.owner.get(REC)).json["state"] == "ready"


async def test_without_anybody_who_can_make_it_anew_it_waits(owned: Owned) -> None:
    owned.home.doors.library.erasing.remake = None
    await owned.owner.post(f"{REC}/people/bo/remove", {})
    job = await taken()
    await owned.home.doors.library.erasing.do(job)
    (kept,) = await jobs_of(ERASE_JOB, "rec1", limit=5)
    assert (kept.done_at, kept.failure) == (None, "nobody here can make it anew")
    assert (await owned.owner.get(REC)).json["state"] == "erasing"


async def test_somebody_who_is_not_in_it_is_not_taken_out(owned: Owned) -> None:
    answer = await owned.owner.post(f"{REC}/people/kim/remove", {})
    assert answer.code == "recording.unknown"
    wrong = await owned.owner.post(f"{REC}/people/bo/remove", {"kinds": ["face"]})
    assert wrong.code == "body.malformed"
    await change_recording("rec1", state="recording")
    early = await owned.owner.post(f"{REC}/people/bo/remove", {})
    assert early.code == "recording.not_ready"


async def test_who_takes_it_back_while_it_is_made_is_in_nothing(owned: Owned) -> None:
    erasing = owned.home.doors.library.erasing
    erasing.remake = lambda _: remade(owned)
    for state in ("interrupted", "processing"):
        await change_recording("rec1", state=state)
    assert (await owned.owner.post(f"{REC}/people/bo/remove", {})).status == 202
    assert ("bo", "voice") not in await owned.home.doors.library.keys.all("rec1")
    job = await taken()
    await erasing.do(job)
    assert folder_of(owned).joinpath("tracks", "bo-microphone.body").exists(), "it is made first"
    await change_recording("rec1", state="ready")
    assert (await owned.owner.post(f"{REC}/play", {})).code == "recording.changing"
    await erasing.do(job)
    assert not list(folder_of(owned).glob("tracks/bo-*"))
    base = await played(owned.owner)
    assert b"<rest 3>" in (await owned.owner.get(f"{base}/mix.webm")).body


async def test_who_takes_it_back_of_a_broken_one_has_no_keys(owned: Owned) -> None:
    await change_recording("rec1", state="broken")
    token = consent_token(owned.home.doors.secret, "rec1", "bo")
    guest = await owned.guest()
    path = f"/api/consents/{token}/withdraw"
    assert (await guest.post(path, {"kinds": ["voice"]})).status == 202
    assert ("bo", "voice") not in await owned.home.doors.library.keys.all("rec1")
    await owned.home.doors.library.erasing.do(await taken())
    assert (await owned.owner.get(REC)).json["state"] == "broken"
    assert await deeds() == ["erase_asked", "key_destroyed", "erased"]


async def test_killed_while_it_is_asked_nothing_or_all_of_it_is_done(
    owned: Owned, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: Any) -> None:
        raise Broken

    library = owned.home.doors.library
    with monkeypatch.context() as patched:
        patched.setattr("classroom.jobs.erasing.add_lines", broken)
        with pytest.raises(Broken):
            await library.take_out("rec1", "bo", ["voice"], by="", name="")
    assert (await owned.owner.get(REC)).json["state"] == "ready"
    assert await jobs_of(ERASE_JOB, "rec1", limit=5) == []
    with monkeypatch.context() as patched:
        patched.setattr(library.keys, "destroy", broken)
        with pytest.raises(Broken):
            await library.take_out("rec1", "bo", ["voice"], by="", name="")
    library.erasing.remake = lambda _: remade(owned)
    await library.erasing.do(await taken())
    assert ("bo", "voice") not in await library.keys.all("rec1")
    assert (await owned.owner.get(REC)).json["state"] == "ready"


async def test_a_start_goes_on_with_what_nobody_ordered(owned: Owned) -> None:
    await change_recording("rec1", state="erasing")
    erasing = owned.home.doors.library.erasing
    erasing.remake = lambda _: remade(owned)
    await erasing.go_on()
    await erasing.go_on()
    assert len(await jobs_of(ERASE_JOB, "rec1", limit=5)) == 1
    await erasing.do(await taken())
    assert (await owned.owner.get(REC)).json["state"] == "ready"
    assert len(manifest_of(owned).tracks) == 4


async def test_captions_go_with_a_voice(owned: Owned) -> None:
    await put_caption("rec1", CaptionRow("en", "English", "WEBVTT\n"))
    erasing = owned.home.doors.library.erasing
    erasing.remake = lambda _: remade(owned)
    await owned.owner.post(f"{REC}/people/lin/remove", {"kinds": ["camera"]})
    await erasing.do(await taken())
    assert (await owned.owner.get(REC)).json["captions"] != []
    await owned.owner.post(f"{REC}/people/lin/remove", {"kinds": ["voice"]})
    await erasing.do(await taken())
    assert (await owned.owner.get(REC)).json["captions"] == []


# The person's own page


async def test_a_person_takes_back_what_they_agreed_to(owned: Owned) -> None:
    token = consent_token(owned.home.doors.secret, "rec1", "bo")
    guest = await owned.guest()
    told = (await guest.get(f"/api/consents/{token}")).json
    assert (told["name"], told["kinds"], told["title"]) == ("Bo", ["voice"], "Acids")
    path = f"/api/consents/{token}/withdraw"
    assert (await guest.post(path, {"kinds": ["voice", "ink"]})).status == 202
    assert (await guest.get(f"/api/consents/{token}")).code == "consent.unknown"
    assert ("bo", "voice") not in await owned.home.doors.library.keys.all("rec1")
    assert (await owned.owner.get(REC)).json["state"] == "erasing"


async def test_who_left_takes_it_back_while_the_class_is_recorded(owned: Owned) -> None:
    await change_recording("rec1", state="recording")
    owned.home.live.recorded.add(owned.room["id"])
    token = consent_token(owned.home.doors.secret, "rec1", "bo")
    guest = await owned.guest()
    answer = await guest.post(f"/api/consents/{token}/withdraw", {"kinds": ["voice"]})
    assert answer.status == 202
    assert owned.home.live.taken_back == [("rec1", "bo", ("voice",))]
    assert (await owned.owner.get(REC)).json["state"] == "recording"
    await change_recording("rec1", hold=True)
    answer = await guest.post(f"/api/consents/{token}/withdraw", {"kinds": ["voice"]})
    assert answer.code == "recording.held"
    assert owned.home.live.taken_back[1:] == [("rec1", "bo", ("voice", "kept"))], "it stops"


async def test_a_made_up_link_is_unknown(owned: Owned) -> None:
    guest = await owned.guest()
    right = consent_token(owned.home.doors.secret, "rec1", "bo")
    for token in ("x", right[:-1], right.replace("bo", "lin"), "rec1.bo.", "a" * 400):
        assert (await guest.get(f"/api/consents/{token}")).code == "consent.unknown"
    await owned.home.doors.library.deletion.delete("rec1")
    assert (await guest.get(f"/api/consents/{right}")).code == "consent.unknown"


async def test_consent_links_are_throttled(owned: Owned) -> None:
    guest = await owned.guest()
    codes = [(await guest.get("/api/consents/x")).code for _ in range(31)]
    assert codes == ["consent.unknown"] * 30 + ["rate.limited"]
    assert Limits().consent_link.burst == 30
