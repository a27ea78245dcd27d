"""A practice of two hosts in a running product, made over HTTP as its people would.

`open_practice(port)` signs Helen and Amara up, makes the practice, invites Amara, and gives both
hours and offers. `practice.guest()` is a client's browser, `practice.books(...)` a booking.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

from tests.support.served import Visitor

BERLIN, NEW_YORK, SHANGHAI = "Europe/Berlin", "America/New_York", "Asia/Shanghai"
WORKING_DAYS = tuple({"weekday": day, "from_min": 540, "to_min": 1020} for day in range(5))
"""From 9 to 17 o'clock, Monday to Friday."""
HELEN, AMARA, ANA = "helen@example.org", "amara@example.org", "ana@example.org"


@dataclass
class Hosting:
    """Somebody appointments are made with, signed in at their desk."""

    desk: Visitor
    host_id: str
    slug: str
    offer_ids: dict[str, str]
    """By what they are called."""


@dataclass
class Booked:
    """A booking as the browser that made it knows it."""

    browser: Visitor
    id: str
    token: str
    state: str
    told: dict[str, Any] | None
    """The booking, when it was told at once."""

    def path(self, deed: str = "") -> str:
        """Of a deed of the client."""
        return f"/api/mine/bookings/{self.id}" + (f"/{deed}" if deed else "")


@dataclass
class Practice:
    """Ids and signed-in browsers of an organisation in which two take appointments."""

    port: int
    org_id: str
    slug: str
    helen: Hosting
    amara: Hosting

    def guest(self) -> Visitor:
        """A browser nobody knows, that has opened the page."""
        visitor = Visitor(self.port)
        answer(visitor.get("/api/session"))
        return visitor

    def page(self, host: Hosting | None = None) -> str:
        """The path of a host's public page."""
        return f"/b/{self.slug}/{(host or self.helen).slug}"

    def free(
        self,
        from_at: datetime,
        to_at: datetime,
        *,
        host: Hosting | None = None,
        offer: str = "Planning",
    ) -> list[str]:
        """The free starts of an offer, as instants."""
        chosen = host or self.helen
        query = f"from={instant(from_at)}&to={instant(to_at)}"
        path = f"/api/book/{self.slug}/{chosen.slug}/offers/{chosen.offer_ids[offer]}/free?{query}"
        return [one["at"] for one in answer(self.guest().get(path))["free"]]

    def books(
        self,
        at: datetime,
        *,
        host: Hosting | None = None,
        offer: str = "Planning",
        browser: Visitor | None = None,
        **more: Any,
    ) -> Booked:
        """A client who books from New York; `more` are fields of the form."""
        chosen, guest = host or self.helen, browser or self.guest()
        form = {
            "offer_id": chosen.offer_ids[offer],
            "at": instant(at),
            "name": "Ana",
            "email": ANA,
            "zone": NEW_YORK,
            "locale": "en",
            "intake": {},
            "once": f"page-of-tests-{next(_ONCE):08}",
            "website": "",
            "waited_ms": 9000,
            "agreed": [],
            **more,
        }
        told = answer(guest.post(f"/api/book/{self.slug}/{chosen.slug}/bookings", form), 201)
        return Booked(guest, told["id"], told["token"], told["state"], told["booking"])


_ONCE = count()


def open_practice(port: int, *, name: str = "North", vertical: str = "general") -> Practice:
    """Helen leads it and Amara is of it; both offer `Planning` (60 minutes, free) and `Check`
    (30 minutes, 60 euros, paid after)."""
    desk = _signed_up(port, HELEN, "Helen")
    made = answer(
        desk.post(
            "/api/organisations",
            {
                "name": name,
                "vertical": vertical,
                "zone": BERLIN,
                "locale": "en",
                "currency": "EUR",
                "hours": list(WORKING_DAYS),
            },
        ),
        201,
    )
    org = made["organisation"]
    helen = _hosting(desk, made["host_id"])
    colleague = _signed_up(port, AMARA, "Amara")
    invited = answer(
        desk.post(
            f"/api/organisations/{org['id']}/invitations", {"role": "counsellor", "name": "Amara"}
        ),
        201,
    )
    token = invited["link"].rpartition("/")[2]
    joined = answer(colleague.post(f"/api/invitations/{token}"))
    own = next(host["id"] for host in joined["hosts"] if host["is_own"])
    amara = _hosting(colleague, own)
    return Practice(port, org["id"], org["slug"], helen, amara)


def answer(got: Any, status: int = 200) -> Any:
    """What was answered, which had to be a yes."""
    assert got.status == status, (got.status, got.body)
    return got.json if got.is_json else got.body


def instant(at: datetime) -> str:
    """As the interface writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _signed_up(port: int, email: str, name: str) -> Visitor:
    visitor = Visitor(port)
    answer(visitor.get("/api/session"))
    answer(visitor.signs_up(email, name=name), 201)
    return visitor


def _hosting(desk: Visitor, host_id: str) -> Hosting:
    diary = {
        "zone": BERLIN,
        "hours": list(WORKING_DAYS),
        "specials": [],
        "away": [],
        "stays": [],
        "bounds": {"notice_min": 60, "horizon_days": 120, "daily_max": 0, "step_min": 15},
    }
    answer(desk.send("PUT", f"/api/hosts/{host_id}/hours", diary))
    offers = {
        "Planning": {"name": "Planning", "minutes": 60},
        "Check": {"name": "Check", "minutes": 30, "price": 6000, "pay": "after"},
    }
    ids = {
        name: answer(desk.post(f"/api/hosts/{host_id}/offers", body), 201)["id"]
        for name, body in offers.items()
    }
    return Hosting(desk, host_id, answer(desk.get(f"/api/hosts/{host_id}"))["slug"], ids)
