"""Which gateway an organisation's keys open."""

from __future__ import annotations

from classroom.errors import Refused
from classroom.pay.gateway import Gateway
from classroom.pay.keys import unseal
from classroom.pay.stripe_gateway import NAME as STRIPE
from classroom.pay.stripe_gateway import StripeGateway
from classroom.people.secret import Secret

KEY, SIGNING = "key", "signing"
"""What a sealed key is for."""


class Gateways:
    """Opens sealed keys. `stripe_url` is another address of Stripe's interface, for tests."""

    def __init__(self, secret: Secret, stripe_url: str) -> None:
        self._secret = secret
        self._stripe_url = stripe_url

    def of(self, org_id: str, name: str, key_sealed: str, signing_sealed: str) -> Gateway:
        """Refused `payment.off` for an organisation that is paid by hand."""
        if name != STRIPE or not key_sealed:
            raise Refused("payment.off")
        signing = unseal(self._secret, org_id, SIGNING, signing_sealed) if signing_sealed else ""
        return self.with_keys(unseal(self._secret, org_id, KEY, key_sealed), signing)

    def with_keys(self, key: str, signing: str) -> Gateway:
        """Of keys as somebody typed them."""
        return StripeGateway(key, signing, url=self._stripe_url)
