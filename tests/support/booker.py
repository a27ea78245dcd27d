"""Somebody who books over HTTP, and a host who can be booked."""

from __future__ import annotations

from typing import Any

from classroom.booking.zone import iso_s
from classroom.clock import utc_now
from classroom.people.client_link import digits_of
from classroom.store.booking_tables import Booking, Client
from tests.support.people import Answer, Browser, House


class Practice:
    """An organisation of one, made over HTTP: Mei, open always, with a talk of 30 minutes."""

    def __init__(self, home: House, mei: Browser, org: dict[str, Any], host_id: str) -> None:
        self.home = home
        self.mei = mei
        self.org = org
        self.org_id: str = org["id"]
        self.slug: str = org["slug"]
        self.host_id = host_id
        self.host_slug = ""
        self.offer_id = ""

    @property
    def path(self) -> str:
        """Of the host's public page."""
        return f"/api/book/{self.slug}/{self.host_slug}"

    async def offers(self, **more: Any) -> dict[str, Any]:
        """A new offer."""
        body = {"name": "Talk", "minutes": 30, **more}
        answer = await self.mei.post(f"/api/hosts/{self.host_id}/offers", body)
        assert answer.status == 201, answer.body
        made: dict[str, Any] = answer.json
        return made

    async def free(self, browser: Browser, offer_id: str = "", days: int = 14) -> list[str]:
        """Free times from tomorrow on."""
        now = int(utc_now().timestamp())
        window = f"from={iso_s(now)}&to={iso_s(now + days * 86400)}"
        answer = await browser.get(f"{self.path}/offers/{offer_id or self.offer_id}/free?{window}")
        assert answer.status == 200, answer.body
        return [one["at"] for one in answer.json["free"]]

    async def books(self, browser: Browser, at: str, **more: Any) -> Answer:
        """One booking of the offer by this browser."""
        body = {
            "offer_id": self.offer_id,
            "at": at,
            "name": "Ana",
            "email": "ana@example.org",
            "zone": "America/New_York",
            "locale": "en",
            "intake": {},
            "once": f"once-{at.replace(':', '-')}-{id(browser)}",
            "website": "",
            "waited_ms": 5_000,
            "agreed": [],
            **more,
        }
        return await browser.post(f"{self.path}/bookings", body)

    async def proves(self, browser: Browser, booking_id: str) -> None:
        """The client reads their letter and types the digits."""
        path = f"/api/mine/bookings/{booking_id}"
        assert (await browser.post(f"{path}/code")).status == 202
        row = await Client.get(id=(await Booking.get(id=booking_id)).client_id)
        digits = digits_of(self.home.doors.secret, row.id, row.code_number)
        answer = await browser.post(f"{path}/known", {"digits": digits})
        assert answer.status == 200, answer.body


async def open_practice(home: House, **offer: Any) -> Practice:
    """Open at every hour of every day, so that a test is the same at any time of day."""
    mei = await home.browser("10.0.0.1").signs_up()
    body = {
        "name": "North",
        "vertical": "education",
        "zone": "Europe/Berlin",
        "locale": "en",
        "hours": [{"weekday": day, "from_min": 0, "to_min": 1440} for day in range(7)],
    }
    answer = await mei.post("/api/organisations", body)
    assert answer.status == 201, answer.body
    practice = Practice(home, mei, answer.json["organisation"], answer.json["host_id"])
    host = await mei.get(f"/api/hosts/{practice.host_id}")
    practice.host_slug = host.json["slug"]
    practice.offer_id = (await practice.offers(intake=[], **offer))["id"]
    return practice


async def visitor(home: House, address: str = "10.0.0.9") -> Browser:
    """A browser nobody knows."""
    return await home.browser(address).opens()


async def colleague(practice: Practice, role: str, email: str) -> Browser:
    """Somebody else of the team."""
    body = {"role": role, "name": role.title()}
    made = await practice.mei.post(f"/api/organisations/{practice.org_id}/invitations", body)
    assert made.status == 201, made.body
    browser = await practice.home.browser("10.0.0.2").signs_up(email, role.title())
    invitation = made.json["link"].rpartition("/")[2]
    answer = await browser.post(f"/api/invitations/{invitation}")
    assert answer.status == 200, answer.body
    return browser
