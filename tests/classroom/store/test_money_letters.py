"""What letters say of money that goes back."""

from __future__ import annotations

import pytest

from classroom.store.booking_rows import By
from classroom.store.bookings import Bookings
from classroom.store.clients_found import ClientGiven
from classroom.store.invoice_following import follow_money
from classroom.store.letter_posting import Letterhead, Letters
from classroom.store.letter_tables import Letter
from tests.support.hosts import NOW, make_place

HOUSE = By("account", "mei")


@pytest.mark.parametrize(
    ("locale", "percent", "said"),
    [
        ("en", 100, "You get €60 back."),
        ("zh-CN", 100, "将退回 €60。"),
        ("en", 50, "You get €30 back."),
        ("en", 0, ""),
    ],
)
async def test_a_cancellation_says_what_comes_back(
    store: str, locale: str, percent: int, said: str
) -> None:
    place = await make_place(price=6000, pay="before")
    letters = Letters(Letterhead("desk@class.example", "class.example"))
    bookings = Bookings((follow_money, letters.follow))
    ana = ClientGiven(name="Ana", email="ana@example.org", locale=locale)
    booking = await bookings.take(place.ask(client=ana), at=NOW)
    came = {"amount": 6000, "gateway": "offline"}
    await bookings.turn(booking.id, "pay", by=HOUSE, at=NOW, body=came)
    await bookings.drop(booking.id, by=HOUSE, why="", at=NOW, body={"refund": percent})
    letter = await Letter.get(kind="cancelled")
    paragraphs = letter.text.strip().split("\n\n")
    assert len(paragraphs) == (6 if said else 5)
    assert (said in paragraphs) is bool(said)
    assert said in letter.html


async def test_nothing_comes_back_of_what_was_not_paid(store: str) -> None:
    place = await make_place(price=6000, pay="before")
    letters = Letters(Letterhead("desk@class.example", "class.example"))
    bookings = Bookings((follow_money, letters.follow))
    booking = await bookings.take(place.ask(), at=NOW)
    await bookings.drop(booking.id, by=HOUSE, why="", at=NOW)
    letter = await Letter.get(kind="cancelled")
    assert "back." not in letter.text
