from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.ids import Address
from media.transport.ice import (
    CONSENT_S,
    MAX_ADDRESSES,
    AddressForgotten,
    AddressSelected,
    AddressValidated,
    FragmentRetired,
    IceAgent,
    IceCredentials,
)
from media.wire import stun
from media.wire.stun import StunClass, StunMessage

OURS = IceCredentials("ours", "password-of-twenty-two-chars")
NEXT = IceCredentials("next", "another-password-of-enough")
HOME: Address = ("192.0.2.1", 1000)
PHONE: Address = ("198.51.100.7", 2000)
STREAM: Address = ("192.0.2.1", 1000, "tcp")
TRANSACTION = b"transaction!"


def check(
    credentials: IceCredentials = OURS,
    *,
    nominates: bool = False,
    password: str | None = None,
    **changes: object,
) -> bytes:
    """A connectivity check as a controlling browser sends it."""
    fields: dict[str, object] = {
        "username": f"{credentials.username_fragment}:peer",
        "priority": 1845501695,
        "controlling": 77,
        "use_candidate": nominates,
    }
    message = StunMessage(StunClass.REQUEST, TRANSACTION, **(fields | changes))  # type: ignore[arg-type]
    return stun.pack(message, password=credentials.password if password is None else password)


@pytest.fixture
def agent() -> IceAgent:
    return IceAgent(OURS)


def only_reply(agent: IceAgent) -> tuple[StunMessage, Address]:
    ((datagram, address),) = agent.replies_to_send()
    message = stun.parse(datagram)
    assert stun.has_integrity(datagram, message, agent.credentials.password)
    return message, address


def test_a_valid_check_is_answered_with_the_address_it_came_from(agent: IceAgent) -> None:
    assert agent.receive(check(), HOME, now=5.0)
    message, address = only_reply(agent)
    assert address == HOME
    assert message.message_class is StunClass.SUCCESS
    assert message.transaction_id == TRANSACTION
    assert message.mapped_address == HOME
    assert agent.selected == HOME
    assert agent.checked_at == 5.0
    assert agent.take_events() == [AddressValidated(HOME), AddressSelected(HOME)]
    assert agent.take_events() == []
    assert not agent.drops


def test_a_wrong_password_is_not_answered(agent: IceAgent) -> None:
    assert not agent.receive(check(password="guess"), HOME, now=0)
    unsigned = stun.pack(StunMessage(StunClass.REQUEST, TRANSACTION, username="ours:peer"))
    assert not agent.receive(unsigned, HOME, now=0)
    assert agent.replies_to_send() == []
    assert agent.drops == {"stun.integrity": 2}
    assert agent.selected is None
    assert agent.checked_at is None


@pytest.mark.parametrize("username", ["theirs:peer", "our:s", "", None])
def test_a_check_for_somebody_else_is_not_answered(agent: IceAgent, username: str | None) -> None:
    assert not agent.receive(check(username=username), HOME, now=0)
    assert agent.replies_to_send() == []
    assert agent.drops == {"stun.username": 1}


def test_malformed_and_unexpected_datagrams_are_counted(agent: IceAgent) -> None:
    answer = stun.pack(StunMessage(StunClass.SUCCESS, TRANSACTION, mapped_address=HOME))
    keepalive = stun.pack(StunMessage(StunClass.INDICATION, TRANSACTION))
    for datagram in (b"\x00\x01", answer, keepalive):
        assert not agent.receive(datagram, HOME, now=0)
    assert agent.drops == {"stun.truncated": 1, "stun.unexpected": 1}
    assert agent.replies_to_send() == []


def test_the_first_valid_address_is_used_until_another_is_nominated(agent: IceAgent) -> None:
    agent.receive(check(), HOME, now=0)
    agent.receive(check(), PHONE, now=1)
    assert agent.selected == HOME
    assert agent.addresses == {HOME, PHONE}
    agent.receive(check(nominates=True), PHONE, now=2)
    assert agent.selected == PHONE
    agent.receive(check(), HOME, now=3)
    assert agent.selected == PHONE
    agent.receive(check(nominates=True), HOME, now=4)
    assert agent.selected == HOME
    changes = [event for event in agent.take_events() if isinstance(event, AddressSelected)]
    assert [event.address for event in changes] == [HOME, PHONE, HOME]


def test_a_forged_nomination_moves_nothing(agent: IceAgent) -> None:
    agent.receive(check(nominates=True), HOME, now=0)
    agent.receive(check(nominates=True, password="guess"), PHONE, now=1)
    assert agent.selected == HOME
    assert not agent.is_validated(PHONE)


def test_a_controlled_peer_is_told_to_control(agent: IceAgent) -> None:
    assert not agent.receive(check(controlling=None, controlled=5), HOME, now=0)
    message, _ = only_reply(agent)
    assert message.message_class is StunClass.ERROR
    assert message.error is not None
    assert message.error[0] == 487
    assert agent.selected is None


def test_an_attribute_that_must_be_understood_is_refused_by_name(agent: IceAgent) -> None:
    plain = stun.pack(StunMessage(StunClass.REQUEST, TRANSACTION, username="ours:peer"))[:-8]
    body = plain[20:] + bytes.fromhex("77770000")
    header = plain[:2] + (len(body) + 24).to_bytes(2) + plain[4:20]
    tag = stun._integrity(header + body, OURS.password)
    datagram = header + body + bytes.fromhex("00080014") + tag
    assert not agent.receive(datagram, HOME, now=0)
    message, _ = only_reply(agent)
    assert message.error is not None
    assert message.error[0] == 420


def test_after_a_restart_the_old_credentials_hold_until_the_new_are_used(agent: IceAgent) -> None:
    agent.receive(check(nominates=True), HOME, now=0)
    agent.take_events()
    agent.restart(NEXT)
    assert agent.receive(check(OURS), HOME, now=1)
    assert agent.take_events() == [AddressValidated(HOME)]
    assert agent.receive(check(NEXT), PHONE, now=2)
    assert agent.take_events() == [
        FragmentRetired("ours"),
        AddressValidated(PHONE),
        AddressSelected(PHONE),
    ]
    assert not agent.receive(check(OURS, nominates=True), HOME, now=3)
    assert agent.drops == {"stun.username": 1}
    assert agent.selected == PHONE


def test_a_second_restart_ends_the_oldest_credentials(agent: IceAgent) -> None:
    agent.restart(NEXT)
    agent.restart(IceCredentials("last", "password-of-the-last-kind"))
    assert agent.take_events() == [FragmentRetired("ours")]
    assert not agent.receive(check(OURS), HOME, now=0)
    assert agent.receive(check(NEXT), HOME, now=0)


def test_an_answer_to_an_old_check_is_signed_with_the_old_password(agent: IceAgent) -> None:
    agent.restart(NEXT)
    agent.receive(check(OURS), HOME, now=0)
    ((datagram, _),) = agent.replies_to_send()
    assert stun.has_integrity(datagram, stun.parse(datagram), OURS.password)


def test_consent_expires_after_half_a_minute_without_checks(agent: IceAgent) -> None:
    assert not agent.expired(1e9)
    agent.receive(check(), HOME, now=10)
    assert not agent.expired(10 + CONSENT_S - 0.1)
    assert agent.expired(10 + CONSENT_S)
    agent.receive(check(), HOME, now=41)
    assert not agent.expired(60)


@pytest.mark.parametrize("milliseconds", range(27_600, 27_620))
def test_consent_has_expired_when_its_end_has_come(agent: IceAgent, milliseconds: int) -> None:
    """However sums and differences of seconds are rounded: a timer set for it is not set again."""
    checked_at = milliseconds / 1000 + 0.0004873745280882
    agent.receive(check(), HOME, now=checked_at)
    assert agent.expired(checked_at + CONSENT_S)


def test_addresses_are_bounded_and_the_selected_one_stays(agent: IceAgent) -> None:
    agent.receive(check(nominates=True), HOME, now=0)
    others: list[Address] = [("192.0.2.9", port) for port in range(MAX_ADDRESSES)]
    for address in others:
        agent.receive(check(), address, now=1)
    assert len(agent.addresses) == MAX_ADDRESSES
    assert agent.is_validated(HOME)
    assert not agent.is_validated(others[0])
    assert AddressForgotten(others[0]) in agent.take_events()


def test_an_address_not_checked_for_long_is_forgotten(agent: IceAgent) -> None:
    agent.receive(check(), HOME, now=0)
    agent.receive(check(nominates=True), PHONE, now=1)
    agent.receive(check(), ("192.0.2.3", 3), now=2 + CONSENT_S)
    assert agent.addresses == {PHONE, ("192.0.2.3", 3)}


def test_how_long_an_address_is_held_is_counted_without_long_pauses(agent: IceAgent) -> None:
    assert agent.held(HOME) is None
    for now in (3.0, 10.0, 39.0):
        agent.receive(check(nominates=True), HOME, now=now)
    assert agent.held(HOME) == (3.0, 39.0)
    agent.receive(check(password="a wrong one"), HOME, now=40)
    assert agent.held(HOME) == (3.0, 39.0)
    agent.receive(check(), HOME, now=39.0 + CONSENT_S)
    assert agent.held(HOME) == (69.0, 69.0)


def test_an_address_is_said_at_every_check(agent: IceAgent) -> None:
    agent.receive(check(), HOME, now=0)
    agent.take_events()
    agent.receive(check(), HOME, now=1)
    assert agent.take_events() == [AddressValidated(HOME)]


def test_forgetting_all_addresses_leaves_none_selected(agent: IceAgent) -> None:
    agent.receive(check(), HOME, now=0)
    agent.take_events()
    agent.forget_addresses()
    assert agent.selected is None
    assert agent.take_events() == [AddressForgotten(HOME)]
    agent.receive(check(), HOME, now=50)
    assert agent.selected == HOME


def test_a_connection_is_another_place_than_the_same_address_of_datagrams(agent: IceAgent) -> None:
    assert agent.receive(check(), STREAM, now=0.0)
    message, address = only_reply(agent)
    assert (message.mapped_address, address) == (HOME, STREAM)
    assert not agent.is_validated(HOME)
    assert agent.receive(check(nominates=True), HOME, now=1.0)
    assert agent.addresses == {HOME, STREAM}
    assert agent.selected == HOME


@pytest.mark.parametrize(
    ("host", "told"),
    [("::ffff:192.0.2.1", "192.0.2.1"), ("2001:db8::1", "2001:db8::1"), ("192.0.2.1", "192.0.2.1")],
)
def test_a_peer_is_told_the_address_it_has_itself(agent: IceAgent, host: str, told: str) -> None:
    agent.receive(check(), (host, 1000), now=0.0)
    message, address = only_reply(agent)
    assert (message.mapped_address, address) == ((told, 1000), (host, 1000))


def test_when_the_selected_address_is_gone_the_newest_of_the_others_is_used(
    agent: IceAgent,
) -> None:
    agent.receive(check(), HOME, now=0.0)
    agent.receive(check(), PHONE, now=1.0)
    agent.receive(check(nominates=True), STREAM, now=2.0)
    agent.receive(check(), HOME, now=3.0)
    agent.take_events()
    agent.forget(STREAM, now=4.0)
    assert agent.take_events() == [AddressForgotten(STREAM), AddressSelected(HOME)]
    agent.forget(PHONE, now=4.0)
    agent.forget(PHONE, now=4.0)
    assert agent.take_events() == [AddressForgotten(PHONE)]
    agent.forget(HOME, now=4.0)
    assert agent.take_events() == [AddressForgotten(HOME)]
    assert agent.selected is None


def test_an_address_without_consent_is_no_way_out(agent: IceAgent) -> None:
    agent.receive(check(), HOME, now=0.0)
    agent.receive(check(nominates=True), STREAM, now=CONSENT_S - 1)
    agent.forget(STREAM, now=CONSENT_S)
    assert agent.selected is None


def test_the_password_is_not_shown() -> None:
    assert OURS.password not in repr(OURS)


@given(st.binary(max_size=200), st.integers(0, 120))
def test_any_bytes_are_taken_without_error(noise: bytes, cut: int) -> None:
    agent = IceAgent(OURS)
    assert not agent.receive(noise, HOME, now=0)
    damaged = check()[:cut] + noise
    if damaged != check():
        assert not agent.receive(damaged, HOME, now=0)
    assert agent.selected is None
