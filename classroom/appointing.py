"""Appointments put together: who follows a change of a booking, and what works by itself.

What two floors are needed for is handed in from here as a function, so that neither knows the
other.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from classroom.hooks.fetching import fetcher
from classroom.ids import RoomId
from classroom.jobs.appointments import Appointments, Loop
from classroom.jobs.clients import ErasingClients
from classroom.jobs.closing import Closing
from classroom.jobs.feeds import Feeds, Reach
from classroom.jobs.holding import Holding
from classroom.jobs.paying import Paying
from classroom.jobs.zones import Zones
from classroom.letterhead import letter_loops, link_address, make_letters
from classroom.pay.gateways import Gateways
from classroom.people.secret import Secret
from classroom.settings import Settings
from classroom.store.booking_news import follow_with_news, tell_due
from classroom.store.booking_rows import Change, Follower
from classroom.store.bookings import Bookings
from classroom.store.forms import sign_agreed
from classroom.store.letter_posting import Letters
from classroom.store.money_letters import follow_with_money
from classroom.store.reminding import follow_reminders
from classroom.store.visits import end_visits
from classroom.store.waitlist import follow_waiting

FOLLOWERS: tuple[Follower, ...] = (
    sign_agreed,
    follow_reminders,
    end_visits,
    follow_waiting,
    follow_with_news,
)
"""Awaited in this order, in the transaction of each change. What one needs of the house is in
`_followers`."""

FREEING = ("cancel", "lapse", "move")
"""Deeds with which somebody's time becomes free."""

GIVING_BACK = ("cancel", "missed", "correct", "pay")
"""Deeds after which money may go back."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What appointments stand on. `address` is the whole address of our pages, without a slash at
    the end."""

    settings: Settings
    secret: Secret
    address: str
    on_news: Callable[[Change], None]
    """Told of every change, after it is true."""
    on_letter: Callable[[str, int], None] = lambda _org, _letter: None
    """Told of each letter of an organisation that nobody will get, or perhaps nobody."""
    remove_room: Callable[[RoomId], Awaitable[None]] | None = None
    """Takes a room away with all that is in it; without it nobody is erased here."""


def make_appointments(ground: Ground) -> Appointments:
    """The one value of a process."""
    letters = make_letters(ground.settings, ground.secret, ground.address)
    loops = _letter_loops(ground, letters)

    def wake_post(change: Change) -> None:
        loops["post"].wake()
        if change.deed in GIVING_BACK:
            loops["payments"].wake()

    def wake_holding(change: Change) -> None:
        if change.deed in FREEING:
            loops["holding"].wake()

    bookings = Bookings(_followers(letters), (ground.on_news, wake_post, wake_holding))
    loops["holding"] = Holding(bookings)
    gateways = Gateways(ground.secret, ground.settings.stripe_url)
    loops["zones"] = Zones(loops["post"].wake)
    loops["feeds"] = _feeds(ground, loops["post"].wake)
    loops["closing"] = Closing(bookings)
    if ground.remove_room is not None:
        loops["clients"] = ErasingClients(bookings, ground.remove_room, loops["post"].wake)
    loops["payments"] = Paying(bookings, gateways).loop()
    return Appointments(bookings, letters, loops)


def _feeds(ground: Ground, on_letter: Callable[[], None]) -> Loop:
    fetch = fetcher(may_be_private=ground.settings.hooks_private)
    host = urlsplit(ground.address).hostname or "localhost"
    return Feeds(Reach(fetch, f"@{host}", on_letter))


def _followers(letters: Letters) -> tuple[Follower, ...]:
    return (*FOLLOWERS, partial(follow_with_money, letters))


def _letter_loops(ground: Ground, letters: Letters) -> dict[str, Loop]:
    """The first to begin."""
    address_of = partial(link_address, ground.secret, ground.address)
    return letter_loops(
        ground.settings, letters, address_of, tell=tell_due, on_failed=ground.on_letter
    )
