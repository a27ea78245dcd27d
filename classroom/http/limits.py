"""How often somebody may try things over HTTP."""

from __future__ import annotations

import math

from classroom.clock import monotonic
from classroom.errors import Refused
from classroom.people.throttle import Throttle


class DeckLimits:
    """What is asked of decks."""

    def __init__(self) -> None:
        self.deck_new = Throttle(rate_per_s=1 / 2, burst=30)
        """Decks somebody announces."""
        self.deck_piece = Throttle(rate_per_s=10, burst=40)
        """Pieces of decks, of up to 4 MiB; who is faster waits."""
        self.deck_library = Throttle(rate_per_s=2, burst=40)
        self.deck_look = Throttle(rate_per_s=10, burst=200)
        """One deck somebody asks for: each half second while it is made."""
        self.deck_slides = Throttle(rate_per_s=1, burst=20)
        """All that the slides of a deck say, which may be megabytes."""
        self.deck_change = Throttle(rate_per_s=2, burst=60)
        """Decks and folders somebody changes."""
        self.deck_export = Throttle(rate_per_s=1 / 5, burst=10)
        """Decks with what was drawn on them, by seat; each is a child's work."""
        self.slide_look = Throttle(rate_per_s=60, burst=1500)
        """Pictures of slides, by print and address: a class behind one address looks through a
        strip of thumbnails."""
        self.activity_look = Throttle(rate_per_s=500, burst=20_000)
        """Files of activities, by print and address: a class of thirty behind one address opens a
        package of some hundred files at the same moment, and browsers ask for none twice."""


class RecordingLimits:
    """What is asked of recordings."""

    def __init__(self) -> None:
        self.recording_look = Throttle(rate_per_s=5, burst=100)
        """The library, by address: each second while something is made."""
        self.recording_watch = Throttle(rate_per_s=5, burst=300)
        """What is behind a link, by address: each few seconds while the recording is made."""
        self.recording_play = Throttle(rate_per_s=1, burst=200)
        """Sessions somebody opens, by address: a class of thirty behind one opens a link at once,
        and again after a wrong password or a page that was left."""
        self.recording_password = Throttle(rate_per_s=1 / 60, burst=10)
        """Passwords somebody tries, by link and address."""
        self.recorded = Throttle(rate_per_s=30, burst=300)
        """What a session fetches."""
        self.recording_export = Throttle(rate_per_s=1 / 10, burst=20)
        """Files somebody has made of recordings, by address."""
        self.consent_link = Throttle(rate_per_s=1 / 2, burst=30)
        """Links of who was recorded, by address."""


class PracticeLimits:
    """What is asked of organisations and their clients."""

    def __init__(self) -> None:
        self.invite_look = Throttle(rate_per_s=1, burst=60)
        """Invitations somebody opens, by address."""
        self.audit = Throttle(rate_per_s=2, burst=60)
        """Lists of who opened what, by address."""
        self.own_feed = Throttle(rate_per_s=2, burst=120)
        """Calendars of hosts that are read, by address: services that do read for many."""
        self.feed_read = Throttle(rate_per_s=1 / 5, burst=20)
        """Calendars somebody subscribes to or has read at once, by account."""
        self.hours_try = Throttle(rate_per_s=4, burst=60)
        """Hours that are tried while they are written, by account."""
        self.client_look = Throttle(rate_per_s=10, burst=200)
        """Clients somebody looks for, by account: at every letter typed."""
        self.note = Throttle(rate_per_s=2, burst=120)
        """Notes that are saved while typing, by account."""
        self.client_task = Throttle(rate_per_s=1 / 20, burst=20)
        """Exports and erasings somebody asks for, by account."""
        self.letter_look = Throttle(rate_per_s=5, burst=120)
        """Letters somebody reads, by address."""
        self.letter_again = Throttle(rate_per_s=1 / 10, burst=20)
        """Letters somebody has sent again, by account."""
        self.sign = Throttle(rate_per_s=1 / 2, burst=30)
        """Texts somebody reads or signs, by address."""


class WaitingLimits:
    """What is asked of waiting rooms."""

    def __init__(self) -> None:
        self.visit_new = Throttle(rate_per_s=1 / 60, burst=10)
        """Visitors without an appointment, by address."""
        self.visit_look = Throttle(rate_per_s=5, burst=100)
        """Places somebody looks at, by address."""
        self.visit_act = Throttle(rate_per_s=5, burst=100)
        """What those who wait do, by address."""
        self.visit_message = Throttle(rate_per_s=1, burst=10)
        """Messages to the desk, by visit."""
        self.desk_act = Throttle(rate_per_s=5, burst=100)
        """What is done at a desk, by account."""


class BookingLimits:
    """What is asked of pages where somebody books."""

    def __init__(self) -> None:
        self.book_look = Throttle(rate_per_s=5, burst=100)
        """Public pages and free times, by address."""
        self.book_new = Throttle(rate_per_s=1 / 10, burst=10)
        """Bookings, by address."""
        self.book_email = Throttle(rate_per_s=1 / 60, burst=5)
        """Bookings with the same e-mail, by organisation and e-mail."""
        self.book_code = Throttle(rate_per_s=1 / 60, burst=3)
        """Digits that are mailed, by e-mail."""
        self.book_change = Throttle(rate_per_s=1, burst=30)
        """What clients do with their bookings, by address."""
        self.wrong_ticket = Throttle(rate_per_s=1, burst=60)
        """By address; a right link holds a try only while it is looked up."""


class MoneyLimits:
    """What is asked of money."""

    def __init__(self) -> None:
        self.money = Throttle(rate_per_s=5, burst=100)
        """Invoices and figures, by account, and own ones by address."""
        self.pay_begin = Throttle(rate_per_s=1 / 2, burst=20)
        """Pages to pay on, and what became of them, by address: each asks a company."""
        self.pay_keys = Throttle(rate_per_s=1 / 10, burst=20)
        """Ways to be paid that somebody changes, by account."""
        self.pay_hook = Throttle(rate_per_s=1, burst=60)
        """Messages of payment companies that are not signed, by address; a right one holds a try
        only while it is looked at."""
        self.voucher = Throttle(rate_per_s=1 / 60, burst=10)
        """Codes of packages that are none, by address."""


class Limits(
    DeckLimits, RecordingLimits, PracticeLimits, WaitingLimits, BookingLimits, MoneyLimits
):
    """One throttle for each thing worth limiting. Bursts allow a class behind one address."""

    def __init__(self) -> None:
        DeckLimits.__init__(self)
        RecordingLimits.__init__(self)
        PracticeLimits.__init__(self)
        WaitingLimits.__init__(self)
        BookingLimits.__init__(self)
        MoneyLimits.__init__(self)
        self.sign_in_address = Throttle(rate_per_s=1 / 6, burst=20)
        self.sign_in_both = Throttle(rate_per_s=1 / 10, burst=10)
        """By address and account: nobody elsewhere can use up the owner's own tries."""
        self.sign_in_account = Throttle(rate_per_s=1 / 2, burst=300)
        """By account over all addresses: 43 000 passwords a day are nothing against a good one, and
        it takes as many strangers as a school has to keep its owner waiting."""
        self.sign_up = Throttle(rate_per_s=1 / 20, burst=20)
        self.seat = Throttle(rate_per_s=2, burst=200)
        self.wrong_code = Throttle(rate_per_s=1 / 2, burst=200)
        """A right code holds a try only while it is looked up: a school may do so at once."""
        self.picture_seat = Throttle(rate_per_s=1 / 3, burst=20)
        """Pictures somebody puts on a board: the pages of a document at once."""
        self.picture_room = Throttle(rate_per_s=1, burst=100)
        self.picture_look = Throttle(rate_per_s=20, burst=1000)
        """Pictures somebody fetches: twice all that a board may have."""
        self.token = Throttle(rate_per_s=10, burst=100)
        """What a program asks, by token."""
        self.wrong_token = Throttle(rate_per_s=1, burst=100)
        """By address; a right token holds a try only while it is looked up."""
        self.new_token = Throttle(rate_per_s=1 / 5, burst=20)
        """Tokens somebody makes, by account."""
        self.hook_test = Throttle(rate_per_s=1 / 5, burst=5)
        """Messages somebody has sent to see whether they arrive, by account."""
        self.report = Throttle(rate_per_s=2, burst=60)
        """Reports of lessons, by address: one takes some tenth of a second to make."""
        self.file_new = Throttle(rate_per_s=1 / 3, burst=20)
        """Files somebody announces."""
        self.file_piece = Throttle(rate_per_s=5, burst=20)
        """Pieces of files, of up to 4 MiB; who is faster waits."""
        self.file_look = Throttle(rate_per_s=20, burst=300)
        """Files somebody fetches, or asks about."""
        self.quiz = Throttle(rate_per_s=2, burst=60)
        """Prepared questions, by seat."""


def spend(throttle: Throttle, key: str) -> None:
    """Take one try; Refused `rate.limited` with the whole seconds to wait."""
    wait_s = throttle.take(key, now=monotonic())
    if wait_s > 0:
        raise Refused("rate.limited", {"retry_after_s": max(1, math.ceil(wait_s))})


def fine(throttle: Throttle, key: str, tries: int) -> None:
    """Take up to so many further tries, as far as there are any."""
    for _ in range(tries):
        throttle.take(key, now=monotonic())
