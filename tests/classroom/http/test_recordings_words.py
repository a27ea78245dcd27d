"""What goes with a recording in words: captions, and the signed record of who agreed."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from classroom.clock import utc_now
from classroom.http.recording_record import is_true
from classroom.store import consent
from classroom.store.consent import ConsentDeed
from classroom.store.consent_tables import ConsentLine
from tests.support.people import House
from tests.support.recording_owner import REC, Owned, played


@pytest.fixture
async def owned(home: House) -> Owned:
    return await Owned(home).begin()


# Captions

VTT = (
    "WEBVTT\n\nSTYLE\n::cue { color: red }\n\nNOTE secret\n\n"
    "1\n00:01.000 --> 00:03.000 position:10%\n<v Lin>Acids &amp; <b>bases</b></v>\n\n"
    "00:19.500 --> 00:40.000\nThe end\n\n00:30.000 --> 00:31.000\nToo late\n"
)


async def puts(owned: Owned, body: bytes, locale: str = "en") -> Any:
    return await owned.owner.send(
        "PUT",
        f"{REC}/captions/{locale}?label=English",
        data=body,
        headers={"Content-Type": "text/vtt"},
    )


async def test_captions_are_written_out_anew(owned: Owned) -> None:
    assert (await puts(owned, VTT.encode())).status == 204
    assert (await owned.owner.get(REC)).json["captions"] == [{"locale": "en", "label": "English"}]
    base = await played(owned.owner)
    (told,) = (await owned.owner.get(f"{base}/manifest.json")).json["captions"]
    answer = await owned.owner.get(f"{base}/{told['url']}")
    assert answer.headers["content-type"] == "text/vtt; charset=utf-8"
    assert answer.body.decode() == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nAcids &amp; bases\n\n"
        "00:00:19.500 --> 00:00:20.000\nThe end\n"
    )
    assert (await owned.owner.send("DELETE", f"{REC}/captions/en")).status == 204
    assert (await owned.owner.get(REC)).json["captions"] == []


async def test_captions_of_what_was_cut_out_are_not_sent(owned: Owned) -> None:
    await puts(owned, VTT.encode())
    await owned.owner.send("PATCH", REC, {"cuts": [[2_000, 4_000]]})
    base = await played(owned.owner)
    body = (await owned.owner.get(f"{base}/captions-en.vtt")).body
    assert b"Acids" not in body
    assert b"The end" in body
    whole = await played(owned.owner, whole=True)
    assert b"Acids" in (await owned.owner.get(f"{whole}/captions-en.vtt")).body


@pytest.mark.parametrize(
    ("body", "locale"),
    [
        (b"", "en"),
        (b"WEBVTT", "en"),
        (b"<html>", "en"),
        (b"\xff\xfe", "en"),
        (VTT.encode(), "english"),
        (VTT.encode(), ".."),
    ],
)
async def test_what_is_no_captions_is_refused(owned: Owned, body: bytes, locale: str) -> None:
    answer = await puts(owned, body, locale)
    assert answer.status in (404, 422)
    assert (await owned.owner.get(REC)).json["captions"] == []


async def test_captions_are_bounded(owned: Owned) -> None:
    assert (await puts(owned, VTT.encode() + b"\n" * 512 * 1024)).status == 413
    for number in range(10):
        assert (await puts(owned, VTT.encode(), f"aa-{number:02}")).status == 204
    assert (await puts(owned, VTT.encode(), "aa-10")).code == "recording.caption"
    assert (await puts(owned, VTT.encode(), "aa-09")).status == 204


# The record


async def test_the_record_is_signed_and_shows_what_was_changed(owned: Owned) -> None:
    asked = ConsentDeed(utc_now(), "asked", "lin", "Lin", {"kinds": ["voice"]})
    await consent.add_lines("rec1", [asked])
    await consent.add_lines("rec1", [replace(asked, deed="answered", body={"voice": "yes"})])
    key = (await (await owned.guest()).get("/api/consent-key")).json["public_key"]
    answer = await owned.owner.get(f"{REC}/consents")
    assert answer.headers["content-disposition"].startswith("attachment; filename=consents-2026")
    told = answer.json
    assert [line["deed"] for line in told["record"]["lines"]] == ["asked", "answered"]
    assert told["public_key"] == key
    assert is_true(told, key)
    assert not is_true(told, "00" * 32)
    assert not is_true(told, "no key")
    changed = copy.deepcopy(told)
    changed["record"]["lines"][1]["body"]["voice"] = "no"
    assert not is_true(changed, key)
    await ConsentLine.filter(number=1).update(name="Bo")
    again = (await owned.owner.get(f"{REC}/consents")).json
    assert not is_true(again, key), "signed, but the chain does not hold"
    await ConsentLine.filter(number=1).delete()
    without = (await owned.owner.get(f"{REC}/consents")).json
    assert not is_true(without, key)


async def test_the_record_is_told_to_its_owner_when_the_recording_is_gone(owned: Owned) -> None:
    await owned.owner.send("DELETE", REC)
    told = (await owned.owner.get(f"{REC}/consents")).json
    assert (told["record"]["title"], told["record"]["recording_id"]) == ("Acids", "rec1")
    assert [line["deed"] for line in told["record"]["lines"]] == ["key_destroyed", "deleted"]
    assert is_true(told, told["public_key"])
    stranger = await owned.stranger()
    assert (await stranger.get(f"{REC}/consents")).code == "recording.unknown"
    assert (await (await owned.guest()).get(f"{REC}/consents")).code == "recording.unknown"
    retention = owned.home.doors.library.retention
    await retention.look(utc_now() + timedelta(days=3649))
    assert len(await consent.lines_of("rec1")) == 2
    await retention.look(utc_now() + timedelta(days=3651))
    assert await consent.lines_of("rec1") == []
