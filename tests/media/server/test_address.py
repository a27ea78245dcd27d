"""Announced addresses and the candidates made of them."""

from __future__ import annotations

from ipaddress import IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.errors import Refused
from media.server.address import candidates, split
from tests.support.packets import value_or_code


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


@pytest.mark.parametrize(
    "text", ["", ":5000", "a:b", "a:0", "a:70000", "[]:3", "[::1]:x", "[::1]5000"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(Refused) as caught:
        split(text, 40000)
    assert caught.value.code == "media.address"


def test_the_first_announced_is_preferred_and_all_are_whole() -> None:
    made = candidates(("192.0.2.7:5000", "127.0.0.1"), ("0.0.0.0", 40000))
    assert [(one["protocol"], one["ip"], one["port"]) for one in made] == [
        ("udp", "192.0.2.7", 5000),
        ("udp", "127.0.0.1", 40000),
        ("tcp", "192.0.2.7", 5000),
        ("tcp", "127.0.0.1", 40000),
    ]
    priorities = [one["priority"] for one in made]
    assert priorities == sorted(set(priorities), reverse=True)
    assert len({one["foundation"] for one in made}) == 4
    for one in made:
        assert one["address"] == one["ip"]
        assert one["type"] == "host"
        assert one.get("tcpType") == ("passive" if one["protocol"] == "tcp" else None)
        assert 0 < one["priority"] < 2**31


def test_priorities_are_those_of_the_rfcs() -> None:
    udp, tcp = candidates(("192.0.2.7",), ("0.0.0.0", 40000))
    assert udp["priority"] == 2130706431  # RFC 8445 section 5.1.2: 126, 65535, component 1
    assert tcp["priority"] == 2**24 * 126 + 2**8 * (2**13 * 4 + 8191) + 255  # RFC 6544 section 4.2


def test_names_are_resolved_at_start() -> None:
    assert candidates(("localhost:1",), ("127.0.0.1", 9))[0]["ip"] in ("127.0.0.1", "::1")
    with pytest.raises(Refused) as caught:
        candidates(("nobody.invalid",), ("127.0.0.1", 9))
    assert caught.value.code == "media.address"


def test_nothing_announced_is_the_bound_host() -> None:
    made = candidates((), ("127.0.0.1", 40000))
    assert [(one["ip"], one["port"]) for one in made] == [("127.0.0.1", 40000)] * 2


@pytest.mark.parametrize(("any_host", "loopback"), [("0.0.0.0", "127.0.0.1"), ("::", "::1")])
def test_every_interface_announces_loopback_and_no_wildcard(any_host: str, loopback: str) -> None:
    made = [one["ip"] for one in candidates((), (any_host, 40000))]
    assert loopback in made
    assert any_host not in made


labels = st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1, max_size=20)
hosts = st.lists(labels, min_size=1, max_size=3).map(".".join)
ports = st.integers(1, 65535)


@given(st.text(max_size=40) | st.text("[]:.0123456789ab ", max_size=20), ports)
def test_any_text_is_an_address_or_refused_by_name(text: str, default: int) -> None:
    found, code = value_or_code(split, text, default)
    if found is None:
        assert code == "media.address"
        return
    host, port = found
    assert host
    assert host in text
    assert 0 < port < 65536


@given(hosts, ports, ports)
def test_what_is_written_as_host_and_port_is_read(host: str, port: int, default: int) -> None:
    assert split(f"{host}:{port}", default) == (host, port)
    assert split(host, default) == (host, default)


@given(st.ip_addresses(v=6), ports, ports)
def test_a_v6_address_is_read_with_and_without_brackets(
    address: IPv6Address, port: int, default: int
) -> None:
    assert split(f"[{address}]:{port}", default) == (str(address), port)
    assert split(f"[{address}]", default) == (str(address), default)
    assert split(str(address), default) == (str(address), default)
