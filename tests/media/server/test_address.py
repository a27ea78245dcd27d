"""Announced addresses and the candidates made of them."""

from __future__ import annotations

import pytest

from media.errors import Refused
from media.server.address import candidates, split


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("192.0.2.7", ("192.0.2.7", 40000)),
        ("192.0.2.7:5000", ("192.0.2.7", 5000)),
        (" class.example ", ("class.example", 40000)),
        ("class.example:443", ("class.example", 443)),
        ("2001:db8::1", ("2001:db8::1", 40000)),
        ("[2001:db8::1]", ("2001:db8::1", 40000)),
        ("[2001:db8::1]:5000", ("2001:db8::1", 5000)),
    ],
)
def test_every_form_is_read(text: str, address: tuple[str, int]) -> None:
    assert split(text, 40000) == address


@pytest.mark.parametrize("text", ["", ":5000", "a:b", "a:0", "a:70000", "[]:3", "[::1]:x"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(Refused) as caught:
        split(text, 40000)
    assert caught.value.code == "media.address"


def test_the_first_announced_is_preferred_and_all_are_whole() -> None:
    made = candidates(("192.0.2.7:5000", "127.0.0.1"), ("0.0.0.0", 40000))
    assert [(one["ip"], one["port"]) for one in made] == [("192.0.2.7", 5000), ("127.0.0.1", 40000)]
    assert made[0]["priority"] > made[1]["priority"]
    assert len({one["foundation"] for one in made}) == 2
    for one in made:
        assert one["address"] == one["ip"]
        assert (one["protocol"], one["type"]) == ("udp", "host")
        assert 0 < one["priority"] < 2**31


def test_names_are_resolved_at_start() -> None:
    assert candidates(("localhost:1",), ("127.0.0.1", 9))[0]["ip"] in ("127.0.0.1", "::1")
    with pytest.raises(Refused) as caught:
        candidates(("nobody.invalid",), ("127.0.0.1", 9))
    assert caught.value.code == "media.address"


def test_nothing_announced_is_the_bound_host() -> None:
    (only,) = candidates((), ("127.0.0.1", 40000))
    assert (only["ip"], only["port"]) == ("127.0.0.1", 40000)


@pytest.mark.parametrize(("any_host", "loopback"), [("0.0.0.0", "127.0.0.1"), ("::", "::1")])
def test_every_interface_announces_loopback_and_no_wildcard(any_host: str, loopback: str) -> None:
    made = [one["ip"] for one in candidates((), (any_host, 40000))]
    assert loopback in made
    assert any_host not in made
