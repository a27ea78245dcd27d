"""Where the links of letters lead: to what the doors they lead to take."""

from __future__ import annotations

from classroom.letterhead import link_address, mail_server_of, make_letters
from classroom.people.client_link import Shown, is_ticket_token
from classroom.people.enrolment import Ticket
from classroom.people.links import is_enrolment_token
from classroom.people.secret import Secret
from classroom.settings import Settings

SECRET = Secret(b"s" * 32)
ADDRESS = "https://class.example.org"


def test_a_page() -> None:
    assert link_address(SECRET, ADDRESS, "path:/b/north/helen") == f"{ADDRESS}/b/north/helen"


def test_the_link_of_a_booking() -> None:
    address = link_address(SECRET, ADDRESS, "ticket:b-1:c_2:3:4")
    token = address.removeprefix(f"{ADDRESS}/k/")
    assert is_ticket_token(SECRET, token, "b-1", Shown("c_2", 3), 4)
    assert not is_ticket_token(SECRET, token, "b-1", Shown("c_2", 4), 4)
    assert not is_ticket_token(SECRET, token, "b-1", Shown("c_2", 3), 5)


def test_the_link_of_somebody_enrolled() -> None:
    address = link_address(SECRET, ADDRESS, "enrolled:e-1:7")
    token = address.removeprefix(f"{ADDRESS}/enter/")
    assert is_enrolment_token(SECRET, Ticket("e-1", 7), token)
    assert not is_enrolment_token(SECRET, Ticket("e-1", 8), token)


def test_who_letters_come_from() -> None:
    assert Settings(public_url=ADDRESS).mail_sender == "no-reply@class.example.org"
    assert Settings(mail_from="desk@x.example").mail_sender == "desk@x.example"
    assert make_letters(Settings(), SECRET, ADDRESS).host == "class.example.org"
    assert mail_server_of(Settings()) is None
    server = mail_server_of(Settings(mail_url="smtp://mail:2525"))
    assert server is not None
    assert (server.host, server.port) == ("mail", 2525)
