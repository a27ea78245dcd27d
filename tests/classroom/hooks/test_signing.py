"""Signatures, and addresses that messages may go to."""

from __future__ import annotations

import pytest

from classroom.errors import Refused
from classroom.hooks.address import Target, is_public, read_url
from classroom.hooks.news import KINDS, news_of
from classroom.hooks.signing import secret_of, sign
from tests.classroom.lesson.log import LessonLog


def test_the_example_of_the_specification() -> None:
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    assert sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body) == (
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )


def test_a_secret_is_its_key() -> None:
    assert secret_of(b"k" * 24) == "whsec_a2tra2tra2tra2tra2tra2tra2tra2tr"
    with pytest.raises(ValueError, match="secret"):
        sign("whsec_no secret", "m", 1, b"")


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://x.example", Target(True, "x.example", 443, "/")),
        ("http://x.example:8080/a/b?c=d", Target(False, "x.example", 8080, "/a/b?c=d")),
        ("https://[2001:db8::1]/x#y", Target(True, "2001:db8::1", 443, "/x")),
    ],
)
def test_an_address_is_taken_apart(url: str, target: Target) -> None:
    assert read_url(url) == target


def test_the_header_names_the_host_as_it_was_written() -> None:
    assert read_url("https://x.example:8443/").name == "x.example:8443"
    assert read_url("http://[2001:db8::1]/").name == "[2001:db8::1]"


@pytest.mark.parametrize(
    "url",
    [
        *("", "x.example", "ftp://x.example", "file:///etc/passwd", "https://", "http:///x"),
        *("https://me:secret@x.example", "https://x.example:0", "https://x.example:99999"),
        *("https://x.example/a b", "https://x.example/\r\nHost: y", "https://exämple.org"),
        "https://x.example/" + "a" * 500,
    ],
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(Refused) as refused:
        read_url(url)
    assert refused.value.code == "webhook.address"


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_addresses_of_the_internet(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", "::", "::1", "fe80::1%eth0"),
        *("fc00::1", "ff02::1", "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::a00:1", "nowhere"),
    ],
)
def test_addresses_inside(address: str) -> None:
    assert not is_public(address)


def test_what_of_a_lesson_is_told() -> None:
    log = LessonLog()
    log.join(0, "mei")
    log.hand(1, "mei")
    log.say(1, "mei")
    log.close_poll(2, {"mei": True}, asked=["mei", "tom"])
    log.leave(3, "mei")
    told = [news for news in map(news_of, log.lines) if news is not None]
    assert told == [
        ("participant.joined", {"participant_id": "mei", "name": "Mei", "role": "student"}),
        ("hand.raised", {"participant_id": "mei"}),
        ("poll.closed", {"poll_id": "q1", "asked": 2, "answered": 1}),
        ("participant.left", {"participant_id": "mei", "reason": "left"}),
    ]
    assert {kind for kind, _ in told} <= set(KINDS)
