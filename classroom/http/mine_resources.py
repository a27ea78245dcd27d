"""Everything under `/api` for whoever books: public pages, and clients' own bookings."""

from __future__ import annotations

from quart import Blueprint

from classroom.http.book_new import book_new_routes
from classroom.http.book_pages import book_page_routes
from classroom.http.doors import Doors
from classroom.http.mine import mine_routes
from classroom.http.mine_after import mine_after_routes
from classroom.http.mine_changes import mine_change_routes
from classroom.http.mine_codes import mine_code_routes
from classroom.http.mine_forget import mine_forget_routes
from classroom.http.talk_files import talk_file_routes
from classroom.http.waitlist import waitlist_routes


def mine_resources(doors: Doors) -> tuple[Blueprint, ...]:
    """The routes of people without an account."""
    return (
        book_page_routes(doors),
        book_new_routes(doors),
        waitlist_routes(doors),
        mine_routes(doors),
        mine_change_routes(doors),
        mine_code_routes(doors),
        mine_after_routes(doors),
        mine_forget_routes(doors),
        talk_file_routes(doors),
    )
