"""Joining, talking and leaving over real sockets, with the media twin."""

from __future__ import annotations

from tests.support.signalling import classroom


async def test_two_people_meet() -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        assert wu.welcome["rights"]["may_end"]
        assert wu.welcome["media"]["consumers"] == []
        microphone = await wu.produce("microphone")

        li = await place.join("Li")
        room = li.welcome["room"]
        assert [who["name"] for who in room["participants"]] == ["Wu", "Li"]
        assert room["participants"][0]["media"]["microphone"] == "live"
        (offer,) = li.welcome["media"]["consumers"]
        assert offer["producer_id"] == microphone
        assert offer["participant_id"] == wu.id

        joined = await wu.hear_event("participant_joined")
        assert joined["participant"]["name"] == "Li"
        camera = await li.produce("camera")
        (added,) = (await wu.hear("media.consumers_added"))["consumers"]
        assert (added["producer_id"], added["kind"]) == (camera, "video")
